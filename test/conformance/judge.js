// @ts-check
// One case judged: what its label asks for against what the library gave.
import { encodeHex } from 'countersign/bytes';
import { CAPABILITIES } from 'countersign/capabilities';
import { ENGINE } from 'countersign/engine';
import { CountersignError } from 'countersign/errors';

/**
 * What a call gave. `refused` is `false` or an error with a code; `thrown` is any other error, and
 * the engines' disagreement, which no label ever asks for.
 * @typedef {{ kind: 'octets' | 'accepted' | 'refused' | 'thrown', text: string }} Found
 */

/**
 * @typedef {object} Outcome
 * @property {'passed' | 'failed' | 'skipped'} verdict
 * @property {string} [reason] why it was not run, or what was expected and what was found
 * @property {readonly string[]} [relaxed] the relaxations that the key needed
 * @property {string} [choice] what was done with a case that may be taken or refused
 */

/**
 * @typedef {object} Question
 * @property {string} algorithm the name in the table of capabilities
 * @property {import('countersign/capabilities').Operation} operation
 * @property {string} label `valid`, `invalid` or `acceptable`
 * @property {Uint8Array} [expected] what a computation must give; without it a verdict is asked for
 * @property {Found} found
 * @property {string} [policy] why the library refuses this one although it is well formed
 * @property {readonly string[]} [relaxed]
 */

/** Characters of an answer that are printed. */
const MOST_PRINTED = 200;
const NO_REFUSAL = ['ERR_ENGINE_DISAGREEMENT', 'ERR_RANDOM_UNAVAILABLE'];

/**
 * What a call gives. A TypeError is a mistake of the caller, unless what was wrong is the case's.
 * @param {() => unknown} call
 * @param {{ typeErrorRefuses?: boolean }} [options]
 * @returns {Found}
 */
export function find(call, { typeErrorRefuses = false } = {}) {
  try {
    const result = call();
    if (result instanceof Uint8Array) return { kind: 'octets', text: encodeHex(result, 'lower') };
    const isAccepted = result === true || result === 'weak';
    return { kind: isAccepted ? 'accepted' : 'refused', text: String(result) };
  } catch (error) {
    if (error instanceof CountersignError) {
      const isRefusal = !NO_REFUSAL.includes(error.code);
      return { kind: isRefusal ? 'refused' : 'thrown', text: error.code };
    }
    const kind = typeErrorRefuses && error instanceof TypeError ? 'refused' : 'thrown';
    return { kind, text: error instanceof Error ? `${error.name}: ${error.message}` : 'an error' };
  }
}

/**
 * Judges a case. What the engine can't do and what policy keeps out must be refused, and then it
 * was not run; that something else than a refusal comes out is a failure as any other.
 * @param {Question} question
 * @returns {Outcome}
 */
export function judge({ algorithm, operation, label, expected, found, policy, relaxed = [] }) {
  if (!can(algorithm, operation)) {
    return refusedOrFailed(found, 'ERR_UNSUPPORTED_ENGINE', 'not on this engine');
  }
  if (found.text === 'ERR_UNSUPPORTED_ENGINE') return failed('an answer of this engine', found);
  // Whatever its label: what is refused for one reason shows nothing of another.
  if (policy !== undefined) {
    return refusedOrFailed(found, `a refusal (${policy})`, `policy: ${policy}`);
  }
  if (found.kind === 'thrown') return failed('a verdict or an error with a code', found);
  const answer = expected === undefined ? 'true' : encodeHex(expected, 'lower');
  const isAccepted = found.kind === (expected === undefined ? 'accepted' : 'octets');
  const isRight = isAccepted && (expected === undefined || found.text === answer);
  if (label === 'valid') return isRight ? { verdict: 'passed', relaxed } : failed(answer, found);
  if (label === 'invalid') {
    return found.kind === 'refused' ? { verdict: 'passed', relaxed } : failed('a refusal', found);
  }
  if (label !== 'acceptable') return failed('one of the three labels', found);
  if (found.kind === 'refused') return { verdict: 'passed', relaxed, choice: 'refused' };
  return isRight
    ? { verdict: 'passed', relaxed, choice: 'taken' }
    : failed(`${answer} or a refusal`, found);
}

/**
 * Whether this engine does it. A name that the table has not is a mistake of the suite.
 * @param {string} algorithm
 * @param {import('countersign/capabilities').Operation} operation
 */
export function can(algorithm, operation) {
  const row = CAPABILITIES[algorithm];
  if (row === undefined) throw new Error(`${algorithm} is not in the table of capabilities`);
  return row[ENGINE].includes(operation);
}

/**
 * @param {Found} found
 * @param {string} expected
 * @param {string} reason
 * @returns {Outcome}
 */
function refusedOrFailed(found, expected, reason) {
  return found.kind === 'refused' ? { verdict: 'skipped', reason } : failed(expected, found);
}

/**
 * @param {string} expected
 * @param {Found} found
 * @returns {Outcome}
 */
function failed(expected, { kind, text }) {
  return { verdict: 'failed', reason: `expected ${cut(expected)}, found ${kind}: ${cut(text)}` };
}

/** @param {string} text */
function cut(text) {
  return text.length > MOST_PRINTED ? `${text.slice(0, MOST_PRINTED)}…` : text;
}
