// @ts-check
// What a suite is made of: cases, in each of which subjects do the same job on the same inputs.
// Before anything is timed, every subject must give the right answer on genuine inputs and not give
// it on tampered ones; one that fails is an error and is not timed.
import { inFlight, inTurn, measure, ratioOf } from './measure.js';

const CHECK_MILLISECONDS = 200;

/**
 * Ours; what a careful engineer writes on the platform; the cheapest known way to call the same
 * machine code; what a user would install instead.
 * @typedef {'ours' | 'reference' | 'physical' | 'peer'} Role
 */

/**
 * @template I
 * @typedef {object} Subject
 * @property {string} name
 * @property {Role} role
 * @property {(input: I) => unknown} run the job; what it throws is a refusal
 * @property {number} [flights] for an asynchronous job: how many are under way at a time
 * @property {import('./measure.js').Rate} [rate] for a job that another process does and times
 * @property {number} [batch] how many calls make a round, where that is not to be found out
 */

/** @typedef {{ name: string, role: 'peer', missing: string }} Missing a peer that is not installed */

/**
 * @template I
 * @typedef {object} Work
 * @property {readonly I[]} inputs what subjects take turns on
 * @property {readonly I[]} tampered the first of them again, each spoilt
 * @property {(result: unknown, input: I) => boolean} isRight the answer to that genuine input
 * @property {readonly (Subject<I> | Missing)[]} subjects
 */

/**
 * An aim: how many times as fast ours must be as the subject of that name or role.
 * @typedef {{ least: number, against: string }} Aim
 */

/**
 * @template I
 * @typedef {object} CaseOf
 * @property {string} name
 * @property {number} [size] octets of a message, or keys of a ring
 * @property {'keys'} [unit] of the size, where it is not octets
 * @property {boolean} [quick] measured in a quick run too
 * @property {readonly Aim[]} [aims] for the first subject that is ours
 * @property {() => Work<I> | Promise<Work<I>>} build makes keys and inputs
 */

/** @typedef {CaseOf<never>} Case of inputs that only its own subjects know */
/** @typedef {{ title: string, about: string, cases: readonly Case[] }} Suite */

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {Role} role
 * @property {string} [missing]
 * @property {string} [wrong]
 * @property {number} [opsPerSec]
 * @property {number} [spread] what the middle half of the rounds spans, by their median
 * @property {number} [rounds]
 * @property {Record<string, number>} [ratios] to each other subject
 */

/**
 * @typedef {object} Options
 * @property {number} rounds
 * @property {number} milliseconds
 * @property {number} budget
 * @property {readonly string[]} [subjects] the names of those to measure; all without
 */

/**
 * A case whose inputs' type nobody outside needs to know.
 * @template I
 * @param {CaseOf<I>} given
 * @returns {Case}
 */
export function defineCase(given) {
  return /** @type {never} */ (given);
}

/**
 * A peer's subject, or the note that it is missing.
 * @template I, M
 * @param {string} name
 * @param {M | undefined} module
 * @param {(module: M) => (input: I) => unknown} make
 * @returns {Subject<I> | Missing}
 */
export function peer(name, module, make) {
  if (module === undefined) return { name, role: 'peer', missing: 'not installed' };
  return { name, role: 'peer', run: make(module) };
}

/**
 * An asynchronous subject twice: one call at a time, and 16 under way.
 * @template I
 * @param {Subject<I> | Missing} subject
 * @returns {(Subject<I> | Missing)[]}
 */
export function oneAndSixteen(subject) {
  return [1, 16].map((flights) => ({
    ...subject,
    name: `${subject.name}, ${flights} in flight`,
    flights,
  }));
}

/**
 * Checks and measures a case.
 * @param {Case} given
 * @param {Options} options
 * @returns {Promise<Result[]>}
 */
export async function runCase(given, options) {
  const work = await given.build();
  const chosen = work.subjects.filter(({ name }) => options.subjects?.includes(name) ?? true);
  /** @type {Result[]} */
  const results = [];
  const contenders = [];
  for (const subject of chosen) {
    const { name, role } = subject;
    if ('missing' in subject) {
      results.push({ name, role, missing: subject.missing });
      continue;
    }
    const wrong = await faultOf(subject, work);
    if (wrong !== undefined) results.push({ name, role, wrong });
    else {
      results.push({ name, role });
      contenders.push({ ...subject, rate: rateOf(subject, work.inputs) });
    }
  }
  const measured = await measure(contenders, options);
  return results.map((result) => {
    const own = measured.find(({ name }) => name === result.name);
    if (own === undefined) return result;
    const { opsPerSec, spread, rates } = own;
    const ratios = measured.map((other) => [other.name, ratioOf(own, other)]);
    return {
      ...result,
      opsPerSec,
      spread,
      rounds: rates.length,
      ratios: /** @type {Record<string, number>} */ (Object.fromEntries(ratios)),
    };
  });
}

/**
 * The first subject of a case, to be measured against itself in other sizes.
 * @param {Work<never>} work
 */
export function contenderOf({ inputs, subjects: [subject] }) {
  if (subject === undefined || 'missing' in subject) throw new Error('a case begins with ours');
  return { ...subject, rate: rateOf(subject, inputs) };
}

/**
 * What is wrong with a subject's answers.
 * @template I
 * @param {Subject<I>} subject
 * @param {Work<I>} work
 * @returns {Promise<string | undefined>}
 */
export async function faultOf({ run }, { inputs, tampered, isRight }) {
  if (inputs.length === 0 || tampered.length === 0) return 'has nothing to be checked on';
  // All of them, but of a slow subject no more than one for each key.
  const until = performance.now() + CHECK_MILLISECONDS;
  const enough = (/** @type {number} */ i) => i >= 2 && performance.now() > until;
  for (const [i, input] of inputs.entries()) {
    if (enough(i)) break;
    try {
      if (!isRight(await run(input), input)) return `gives a wrong answer to input ${i}`;
    } catch (error) {
      return `fails on input ${i}: ${String(error)}`;
    }
  }
  for (const [i, spoilt] of tampered.entries()) {
    if (enough(i)) break;
    const genuine = /** @type {I} */ (inputs[i]);
    let result;
    try {
      result = await run(spoilt);
    } catch {
      continue; // refused
    }
    if (isRight(result, genuine)) return `takes tampered input ${i} for the genuine one`;
  }
  return undefined;
}

/**
 * @template I
 * @param {Subject<I>} subject
 * @param {readonly I[]} inputs
 */
function rateOf({ run, flights, rate }, inputs) {
  if (rate !== undefined) return rate;
  return flights === undefined ? inTurn(run, inputs) : inFlight(run, inputs, flights);
}
