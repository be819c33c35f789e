/**
 * Text made of character codes at once: adding one character after another to a string takes ten
 * times as long for a large one.
 *
 * @module
 */

import { CountersignError } from '../errors.js';
import type { Bytes } from './octets.js';

/** Below the longest string of every JavaScript engine in use, V8's 2^29 - 24. */
const LONGEST = 1 << 28;
/** As many arguments as every engine takes in one call. */
const CHUNK = 8192;

/** Room for the codes of a text, which has a longest. */
export function newCodes(length: number): Bytes {
  if (length <= LONGEST) return new Uint8Array(length);
  throw new CountersignError('ERR_LENGTH', `expected at most ${LONGEST} characters of text`);
}

/** The text whose character codes are these octets. */
export function asciiText(codes: Uint8Array): string {
  if (codes.length <= CHUNK) return String.fromCharCode(...codes);
  let out = '';
  for (let at = 0; at < codes.length; at += CHUNK) {
    out += String.fromCharCode(...codes.subarray(at, at + CHUNK));
  }
  return out;
}
