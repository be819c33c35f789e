/**
 * Unsigned big-endian integers, the only kind that the standards implemented here use.
 *
 * @module
 */
import { CountersignError } from '../errors.js';
import { hexOf } from './hex.js';
import { type Bytes, integer, octets, typeName } from './octets.js';

/** Octets of the largest integer that is read or written. */
const LONGEST = 0xffff;

/** Writes an integer below 2^32 in 4 octets. */
export function encodeUint32(value: number): Bytes {
  integer(value, 'value', 0, 0xffff_ffff);
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

/** Reads 4 octets at `offset`. */
export function decodeUint32(value: Uint8Array, offset: number): number {
  value = octets(value, 'value');
  integer(offset, 'offset', 0, Number.MAX_SAFE_INTEGER);
  if (!(offset + 4 <= value.length)) {
    throw new CountersignError('ERR_LENGTH', `expected 4 octets at ${offset} of ${value.length}`);
  }
  return (
    (((value[offset] ?? 0) << 24) |
      ((value[offset + 1] ?? 0) << 16) |
      ((value[offset + 2] ?? 0) << 8) |
      (value[offset + 3] ?? 0)) >>>
    0
  );
}

/**
 * I2OSP, {@link https://www.rfc-editor.org/rfc/rfc8017#section-4.1 RFC 8017, section 4.1}: writes
 * a non-negative integer in exactly `length` octets; one that needs more is `ERR_LENGTH`.
 */
export function encodeInteger(value: bigint, length: number): Bytes {
  integer(length, 'length', 0, LONGEST);
  if (typeof value !== 'bigint' || value < 0n) {
    throw new TypeError(`value: expected a bigint of 0 or more, found ${typeName(value)}`);
  }
  const digits = value === 0n ? '' : value.toString(16);
  if (digits.length > 2 * length) {
    throw new CountersignError('ERR_LENGTH', `expected an integer of at most ${length} octets`);
  }
  const out = new Uint8Array(length);
  for (let i = length - 1, end = digits.length; end > 0; i--, end -= 2) {
    out[i] = Number.parseInt(digits.slice(Math.max(0, end - 2), end), 16);
  }
  return out;
}

/**
 * OS2IP, {@link https://www.rfc-editor.org/rfc/rfc8017#section-4.2 RFC 8017, section 4.2}: reads
 * all octets as one integer.
 */
export function decodeInteger(value: Uint8Array): bigint {
  value = octets(value, 'value');
  if (value.length > LONGEST) {
    throw new CountersignError(
      'ERR_LENGTH',
      `expected at most ${LONGEST} octets, found ${value.length}`,
    );
  }
  return BigInt(`0x0${hexOf(value)}`);
}

/**
 * Orders two unsigned integers of the same number of octets: negative, zero or positive. Its time
 * depends on the values, so it is for public ones.
 */
export function compareIntegers(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
