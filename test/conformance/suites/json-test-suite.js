// @ts-check
// JSONTestSuite, https://github.com/nst/JSONTestSuite: one text in each file, and what a parser must
// do with it in the first letter of its name: y takes it, n refuses it, i does either.
import { readJson } from 'countersign/canonical/json';
import { CountersignError } from 'countersign/errors';

export const name = 'JSONTestSuite';

const LABELS = { y: 'valid', n: 'invalid', i: 'acceptable' };
/** Names twice in one object, however spaced or spelled: RFC 8259 says SHOULD, the library MUST. */
const POLICY = 'policy: a name twice in one object';

/** @typedef {import('../judge.js').Outcome} Outcome */

/**
 * @param {import('../runner.js').File} file
 * @returns {Iterable<import('../runner.js').Case> | undefined}
 */
export function read(file) {
  const [, letter] = /^([yni])_\w.*\.json$/.exec(file.name) ?? [];
  if (letter === undefined) return undefined;
  const label = LABELS[/** @type {'y' | 'n' | 'i'} */ (letter)];
  return [{ id: file.name, algorithm: 'JSON', label, run: (asked) => run(file.octets(), asked) }];
}

/**
 * @param {Uint8Array} octets
 * @param {string} label
 * @returns {Outcome}
 */
function run(octets, label) {
  const found = readOrCode(octets);
  if (label === 'valid' && hasTwins(octets)) {
    return 'code' in found && found.code === 'ERR_JSON_DUPLICATE'
      ? { verdict: 'skipped', reason: POLICY }
      : failed('ERR_JSON_DUPLICATE', found);
  }
  if ('code' in found) {
    if (label === 'valid') return failed('a value', found);
    return label === 'acceptable'
      ? { verdict: 'passed', choice: 'refused' }
      : { verdict: 'passed' };
  }
  if (label === 'invalid') return failed('a refusal', found);
  const expected = JSON.stringify(parse(octets));
  if (found.text !== expected) return failed(expected, found);
  return label === 'acceptable' ? { verdict: 'passed', choice: 'taken' } : { verdict: 'passed' };
}

/**
 * @param {Uint8Array} octets
 * @returns {{ code: string } | { text: string }}
 */
function readOrCode(octets) {
  try {
    return { text: JSON.stringify(readJson(octets)) };
  } catch (error) {
    if (error instanceof CountersignError) return { code: error.code };
    throw error;
  }
}

/**
 * Whether an object has two members of one name, by the platform's own parser: without the second it
 * gives fewer members than the text has colons outside its strings.
 * @param {Uint8Array} octets
 */
function hasTwins(octets) {
  const text = new TextDecoder('utf-8').decode(octets);
  const colons = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').split(':').length - 1;
  return colons !== countMembers(parse(octets));
}

/** @param {Uint8Array} octets @returns {unknown} */
function parse(octets) {
  return JSON.parse(new TextDecoder('utf-8').decode(octets));
}

/** @param {unknown} value @returns {number} */
function countMembers(value) {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce(
    (/** @type {number} */ sum, one) => sum + countMembers(one),
    own,
  );
}

/**
 * @param {string} expected
 * @param {{ code: string } | { text: string }} found
 * @returns {Outcome}
 */
function failed(expected, found) {
  return { verdict: 'failed', reason: `expected ${expected}, found ${JSON.stringify(found)}` };
}
