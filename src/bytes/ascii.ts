/**
 * Text made of character codes at once, by a decoder of UTF-8, of which ASCII is a part. One of
 * `latin1` is slower: on Node 20 to 26, 64 codes took 60 to 80 ns here and 80 to 140 there.
 *
 * @module
 */

import { CountersignError } from '../errors.js';
import type { Bytes } from './octets.js';

/** Below the longest string of every JavaScript engine in use, V8's 2^29 - 24. */
const LONGEST = 268_435_456;

let decoder: InstanceType<typeof TextDecoder> | undefined;

/** Room for the codes of a text, which has a longest. */
export function newCodes(length: number): Bytes {
  if (length <= LONGEST) return new Uint8Array(length);
  throw new CountersignError('ERR_LENGTH', `expected at most ${LONGEST} characters of text`);
}

/** The text whose character codes are these octets, all of them ASCII. */
export function asciiText(codes: Uint8Array): string {
  decoder ??= new TextDecoder();
  return decoder.decode(codes);
}
