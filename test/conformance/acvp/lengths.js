// @ts-check
// ACVP counts in bits; what is here, in octets.
import { hex } from '../fields.js';

/** @typedef {import('../fields.js').Fields} Fields */

/** Why a case of bits is not run. */
export const NOT_OCTETS = 'out of scope: lengths that are not whole octets';

/**
 * The number of bits that a test gives, or else its group; `undefined` where neither does.
 * @param {Fields} test
 * @param {Fields} group
 * @param {string} name
 * @returns {number | undefined}
 */
export function bitsOf(test, group, name) {
  const value = test[name] ?? group[name];
  if (value === undefined || typeof value === 'number') return value;
  throw new Error(`${name} is no number`);
}

/** @param {readonly (number | undefined)[]} bits */
export function areOctets(...bits) {
  return bits.every((count) => count === undefined || count % 8 === 0);
}

/**
 * The octets of a field, which has as many bits as are said beside it. Older files write an empty
 * message as one octet of zero.
 * @param {Fields} fields
 * @param {string} name
 * @param {number | undefined} bits
 */
export function sizedHex(fields, name, bits) {
  const octets = hex(fields, name);
  if (bits === undefined || octets.length * 8 === bits) return octets;
  if (bits === 0 && octets.length === 1 && octets[0] === 0) return octets.subarray(1);
  throw new Error(`${name} has ${octets.length * 8} bits, and ${bits} are said`);
}

/**
 * Whether a test that asks for a verdict says which.
 * @param {Fields} test
 */
export function checkVerdict(test) {
  if (typeof test['testPassed'] !== 'boolean') throw new Error('no testPassed');
}

/**
 * @param {string} reason
 * @returns {import('../judge.js').Outcome}
 */
export function skipped(reason) {
  return { verdict: 'skipped', reason };
}
