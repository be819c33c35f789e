/**
 * Text made of character codes at once. Of the ways to do it this one costs least at every size: a
 * tenth of `String.fromCharCode` for the 64 digits of a SHA-256.
 *
 * @module
 */

import { CountersignError } from '../errors.js';
import type { Bytes } from './octets.js';

/** Below the longest string of every JavaScript engine in use, V8's 2^29 - 24. */
const LONGEST = 1 << 28;

let decoder: InstanceType<typeof TextDecoder> | undefined;

/** Room for the codes of a text, which has a longest. */
export function newCodes(length: number): Bytes {
  if (length <= LONGEST) return new Uint8Array(length);
  throw new CountersignError('ERR_LENGTH', `expected at most ${LONGEST} characters of text`);
}

/** The text whose character codes are these octets, all of them ASCII. */
export function asciiText(codes: Uint8Array): string {
  decoder ??= newDecoder();
  return decoder.decode(codes);
}

/** ASCII is the same in every encoding of the web; of UTF-8 a decoder looks for more. */
function newDecoder(): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder('latin1');
  } catch {
    return new TextDecoder(); // where UTF-8 is all there is
  }
}
