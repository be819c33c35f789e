// @ts-check
// NIST's ACVP, https://pages.nist.gov/ACVP: an `internalProjection` has questions and answers in one
// file; `prompt.json` has the questions alone, and `expectedResults.json` beside it the answers.
import { agreementGroups } from '../acvp/agreement.js';
import { blockGroups } from '../acvp/blocks.js';
import { cipherGroups } from '../acvp/ciphers.js';
import { derivationGroups } from '../acvp/derivation.js';
import { digestGroups } from '../acvp/digests.js';
import { skipped } from '../acvp/lengths.js';
import { macGroups } from '../acvp/macs.js';
import { rsaGroups } from '../acvp/rsa.js';
import { signatureGroups } from '../acvp/signatures.js';

export const name = 'ACVP';

/**
 * @typedef {import('../fields.js').Fields} Fields
 * @typedef {import('../judge.js').Outcome} Outcome
 * @typedef {import('../runner.js').Case} Case
 * @typedef {import('../runner.js').File} File
 */

/**
 * A vector set. `isPair` where questions and answers came in two files.
 * @typedef {{ readonly algorithm: string, readonly testGroups: readonly Fields[], readonly isPair?: boolean } & Fields} VectorSet
 */

/**
 * How a group is run: the algorithm that its cases are counted under and what runs one, or else why
 * none of it is run.
 * @typedef {{ algorithm: string, run: (test: Fields, label: string) => Outcome }} Runnable
 * @typedef {(group: Fields, set: VectorSet) => Runnable | { scope: string }} GroupReader
 */

/**
 * By algorithm and mode in lower case: revisions write modes in either.
 * @type {Readonly<Record<string, GroupReader>>}
 */
const GROUPS = {
  ...agreementGroups,
  ...blockGroups,
  ...cipherGroups,
  ...derivationGroups,
  ...digestGroups,
  ...macGroups,
  ...rsaGroups,
  ...signatureGroups,
};

/**
 * @param {File} file
 * @returns {Iterable<Case> | undefined}
 */
export function read(file) {
  if (!file.name.endsWith('.json')) return undefined;
  const set = vectorSet(file.json());
  if (set === undefined) return undefined;
  if (!hasQuestions(set)) {
    const prompt = vectorSet(file.beside('prompt.json')?.json());
    return prompt === undefined ? [broken('answers without their prompt.json')] : [];
  }
  return file.name === 'prompt.json' ? pairCases(file, set) : cases(set);
}

/**
 * A vector set by its content; older files are an array of the protocol's version and the set.
 * @param {unknown} content
 * @returns {VectorSet | undefined}
 */
function vectorSet(content) {
  const [, inArray] = Array.isArray(content) ? /** @type {unknown[]} */ (content) : [];
  const set = /** @type {Fields | null | undefined} */ (Array.isArray(content) ? inArray : content);
  const isSet =
    typeof set?.['algorithm'] === 'string' &&
    Array.isArray(set['testGroups']) &&
    ('vsId' in set || 'revision' in set);
  return isSet ? /** @type {VectorSet} */ (set) : undefined;
}

/**
 * Every question says the type of its tests, and no answer does.
 * @param {VectorSet} set
 */
function hasQuestions({ testGroups }) {
  return testGroups.some((group) => 'testType' in group);
}

/**
 * @param {File} file
 * @param {VectorSet} prompt
 * @returns {Generator<Case>}
 */
function* pairCases(file, prompt) {
  const results = vectorSet(file.beside('expectedResults.json')?.json());
  if (results === undefined) {
    yield broken('questions without their expectedResults.json');
    return;
  }
  if (nameOf(prompt) !== nameOf(results) || prompt['vsId'] !== results['vsId']) {
    yield broken('expectedResults.json belongs to another prompt.json');
    return;
  }
  const answers = new Map(results.testGroups.map((group) => [group['tgId'], group]));
  let asked = 0;
  const testGroups = prompt.testGroups.map((group) => {
    const answer = answers.get(group['tgId']) ?? {};
    const byId = new Map(testsOf(answer).map((test) => [test['tcId'], test]));
    const tests = testsOf(group).map((test) => {
      if (byId.has(test['tcId'])) asked++;
      return { ...byId.get(test['tcId']), ...test };
    });
    return { ...answer, ...group, tests };
  });
  yield* cases({ ...prompt, testGroups, isPair: true });
  const given = results.testGroups.reduce((sum, group) => sum + testsOf(group).length, 0);
  if (asked !== given) yield broken(`${given - asked} answers of no question`);
}

/**
 * @param {VectorSet} set
 * @returns {Generator<Case>}
 */
function* cases(set) {
  let found = 0;
  for (const group of set.testGroups) {
    const runnable = runnableOf(group, set);
    for (const test of testsOf(group)) {
      found++;
      yield {
        id: String(test['tcId']),
        algorithm: 'scope' in runnable ? nameOf(set) : runnable.algorithm,
        label: test['testPassed'] === false ? 'invalid' : 'valid',
        flags: typeof test['reason'] === 'string' ? [`${nameOf(set)}: ${test['reason']}`] : [],
        run: (label) =>
          'scope' in runnable
            ? skipped(`out of scope: ${runnable.scope}`)
            : runnable.run(test, label),
      };
    }
  }
  if (found === 0) yield broken('a vector set without a test');
}

/**
 * A group that can't be read fails all its cases.
 * @param {Fields} group
 * @param {VectorSet} set
 * @returns {ReturnType<GroupReader>}
 */
function runnableOf(group, set) {
  const called = nameOf(set);
  const reader = Object.hasOwn(GROUPS, called.toLowerCase())
    ? GROUPS[called.toLowerCase()]
    : undefined;
  try {
    return reader?.(group, set) ?? { scope: called };
  } catch (error) {
    return {
      algorithm: called,
      run() {
        throw error;
      },
    };
  }
}

/** @param {VectorSet} set */
function nameOf(set) {
  return typeof set['mode'] === 'string' ? `${set.algorithm} ${set['mode']}` : set.algorithm;
}

/**
 * @param {Fields} group
 * @returns {readonly Fields[]}
 */
function testsOf(group) {
  const tests = group['tests'];
  return Array.isArray(tests) ? /** @type {Fields[]} */ (tests) : [];
}

/**
 * What is wrong with a file as a whole is a failure.
 * @param {string} reason
 * @returns {Case}
 */
function broken(reason) {
  return { id: 'file', algorithm: 'file', run: () => ({ verdict: 'failed', reason }) };
}
