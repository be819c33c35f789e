// @ts-check
// Wycheproof, schema v1: https://github.com/C2SP/wycheproof. A file has groups of one type; the type
// says what the fields of its tests mean.
import { agreementGroups } from '../wycheproof/agreement.js';
import { cipherGroups } from '../wycheproof/ciphers.js';
import { jwsGroups } from '../wycheproof/jws.js';
import { jweGroups } from '../wycheproof/jwe.js';
import { jwkGroups } from '../wycheproof/jwk.js';
import { keyGroups } from '../wycheproof/keys.js';
import { macGroups } from '../wycheproof/macs.js';
import { rsaGroups } from '../wycheproof/rsa.js';
import { signatureGroups } from '../wycheproof/signatures.js';

export const name = 'Wycheproof';

/**
 * @typedef {Readonly<Record<string, unknown>>} Fields
 * @typedef {{ readonly tcId: number, readonly result: string, readonly flags?: readonly string[] } & Fields} Test
 */

/**
 * How a group is run: the algorithm that its cases are counted under and what runs one, or else why
 * none of it is run.
 * @typedef {{ algorithm: string, run: (test: Test, label: string) => import('../judge.js').Outcome }} Runnable
 * @typedef {(group: Fields, file: Fields) => Runnable | { scope: string }} GroupReader
 */

/** @type {Readonly<Record<string, GroupReader>>} */
const GROUPS = {
  ...agreementGroups,
  ...cipherGroups,
  ...jwsGroups,
  ...jweGroups,
  ...jwkGroups,
  ...keyGroups,
  ...macGroups,
  ...rsaGroups,
  ...signatureGroups,
};

/**
 * @param {import('../runner.js').File} file
 * @returns {Iterable<import('../runner.js').Case> | undefined}
 */
export function read(file) {
  if (!file.name.endsWith('.json')) return undefined;
  const content = /** @type {Fields | null | undefined} */ (file.json());
  const groups = content?.['testGroups'];
  if (content === null || content === undefined || !Array.isArray(groups)) return undefined;
  // ACVP has groups too, and says its revision.
  const isOther = 'vsId' in content || 'revision' in content;
  const isEmpty = groups.length === 0 && !('numberOfTests' in content);
  return isOther || isEmpty ? undefined : cases(content, /** @type {Fields[]} */ (groups));
}

/**
 * @param {Fields} content
 * @param {readonly Fields[]} groups
 * @returns {Generator<import('../runner.js').Case>}
 */
function* cases(content, groups) {
  let found = 0;
  for (const group of groups) {
    const type = String(group['type']);
    const runnable = runnableOf(type, group, content);
    for (const test of /** @type {Test[]} */ (group['tests'])) {
      found++;
      yield {
        id: String(test.tcId),
        algorithm: 'scope' in runnable ? nameOf(content, type) : runnable.algorithm,
        label: test.result,
        flags: test.flags ?? [],
        run: (label) =>
          'scope' in runnable
            ? { verdict: 'skipped', reason: runnable.scope }
            : runnable.run(test, label),
      };
    }
  }
  if (found === content['numberOfTests']) return;
  const reason = `the file says ${String(content['numberOfTests'])} cases and has ${found}`;
  yield { id: 'file', algorithm: 'file', run: () => ({ verdict: 'failed', reason }) };
}

/**
 * A group that can't be read fails all its cases.
 * @param {string} type
 * @param {Fields} group
 * @param {Fields} content
 * @returns {ReturnType<GroupReader>}
 */
function runnableOf(type, group, content) {
  const reader = Object.hasOwn(GROUPS, type) ? GROUPS[type] : undefined;
  try {
    return reader?.(group, content) ?? { scope: `out of scope: ${type}` };
  } catch (error) {
    return {
      algorithm: nameOf(content, type),
      run() {
        throw error;
      },
    };
  }
}

/**
 * What a file calls its algorithm; those of JOSE have no name.
 * @param {Fields} content
 * @param {string} type
 */
function nameOf(content, type) {
  return typeof content['algorithm'] === 'string' ? content['algorithm'] : type;
}
