// @ts-check
// Reading what published cases write as text.
import { decodeHex } from 'countersign/bytes';

/**
 * @typedef {Readonly<Record<string, unknown>>} Fields
 */

/**
 * The octets of a field in hexadecimal, of either case. A field that is not there is a mistake.
 * @param {Fields} fields
 * @param {string} name
 */
export function hex(fields, name) {
  const value = fields[name];
  if (typeof value !== 'string') throw new Error(`no ${name}`);
  return decodeHex(value, 'either');
}

/**
 * A big-endian integer in hexadecimal as exactly `size` octets: its zeros are cut or filled up.
 * What does not fit stays as it is, so that the library refuses it.
 * @param {Uint8Array} octets
 * @param {number} size
 */
export function sized(octets, size) {
  const digits = octets.subarray(octets.findIndex((octet) => octet !== 0));
  if (digits.length > size || octets.every((octet) => octet === 0)) return octets;
  const out = new Uint8Array(size);
  out.set(digits, size - digits.length);
  return out;
}

/**
 * @param {Fields} fields
 * @param {string} name
 * @returns {Fields}
 */
export function object(fields, name) {
  const value = fields[name];
  if (typeof value !== 'object' || value === null) throw new Error(`no ${name}`);
  return /** @type {Fields} */ (value);
}

/**
 * @param {Fields} fields
 * @param {string} name
 */
export function text(fields, name) {
  const value = fields[name];
  if (typeof value !== 'string') throw new Error(`no ${name}`);
  return value;
}

/**
 * @param {Fields} fields
 * @param {string} name
 */
export function number(fields, name) {
  const value = fields[name];
  if (typeof value !== 'number') throw new Error(`no ${name}`);
  return value;
}

/**
 * The names of the relaxations that a key needed.
 * @param {readonly symbol[]} relaxed
 */
export function namesOf(relaxed) {
  return relaxed.map(({ description = '' }) => description.replace('countersign.', ''));
}
