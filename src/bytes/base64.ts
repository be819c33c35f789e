/**
 * Base64 and base64url, {@link https://www.rfc-editor.org/rfc/rfc4648#section-4 RFC 4648, sections
 * 4} and {@link https://www.rfc-editor.org/rfc/rfc4648#section-5 5}: one accepted spelling each.
 *
 * Base64 must be padded and base64url must not be; no white space, no foreign character
 * ({@link https://www.rfc-editor.org/rfc/rfc4648#section-3.3 section 3.3}), and the spare bits of
 * the last character must be zero
 * ({@link https://www.rfc-editor.org/rfc/rfc4648#section-3.5 section 3.5}). A decoder that is
 * lenient in any of these makes a second text for the same signature, which passes every
 * comparison of texts (a replay guard, a cache key) as something new.
 *
 * @module
 */
import { CountersignError } from '../errors.js';
import { asciiText, newCodes } from './ascii.js';
import { type Bytes, octets, text as textOf } from './octets.js';

interface Spelling {
  readonly code: 'ERR_BASE64' | 'ERR_BASE64URL';
  readonly alphabet: string;
  readonly padded: boolean;
  readonly values: Uint8Array;
}

const INVALID = 0xff;
const PAD = 0x3d; // '='
const COMMON = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const BASE64 = /* @__PURE__ */ spelling('ERR_BASE64', '+/', true);
const BASE64URL = /* @__PURE__ */ spelling('ERR_BASE64URL', '-_', false);

/** Writes octets in Base64, with padding. */
export function encodeBase64(value: Uint8Array): string {
  return encode(octets(value, 'value'), BASE64);
}

/** Reads Base64, with padding; anything else is `ERR_BASE64`. */
export function decodeBase64(text: string): Bytes {
  return decode(textOf(text, 'text'), BASE64);
}

/** Writes octets in base64url, without padding. */
export function encodeBase64Url(value: Uint8Array): string {
  return encode(octets(value, 'value'), BASE64URL);
}

/**
 * Writes octets in base64url into `out`, as codes of characters, from `at` on; returns where they end.
 * Both are known to be octets, and `out` to have the room.
 */
export function writeBase64Url(value: Uint8Array, out: Uint8Array, at: number): number {
  const { length } = value;
  const whole = length - (length % 3);
  const { alphabet } = BASE64URL;
  for (let i = 0; i < whole; i += 3) {
    const group = ((value[i] ?? 0) << 16) | ((value[i + 1] ?? 0) << 8) | (value[i + 2] ?? 0);
    out[at] = alphabet.charCodeAt(group >> 18);
    out[at + 1] = alphabet.charCodeAt((group >> 12) & 63);
    out[at + 2] = alphabet.charCodeAt((group >> 6) & 63);
    out[at + 3] = alphabet.charCodeAt(group & 63);
    at += 4;
  }
  if (whole === length) return at;
  const group = ((value[whole] ?? 0) << 16) | ((value[whole + 1] ?? 0) << 8);
  out[at] = alphabet.charCodeAt(group >> 18);
  out[at + 1] = alphabet.charCodeAt((group >> 12) & 63);
  if (length - whole === 1) return at + 2;
  out[at + 2] = alphabet.charCodeAt((group >> 6) & 63);
  return at + 3;
}

/** Reads base64url, without padding; anything else is `ERR_BASE64URL`. */
export function decodeBase64Url(text: string): Bytes {
  return decode(textOf(text, 'text'), BASE64URL);
}

/**
 * Reads base64url that stands in `source` from `start` to `end`, and writes what it spells into `out`
 * from `at` on; returns where that ends. Both are known to be octets, and `out` to have the room. It
 * spares a token's reader the memory of three small arrays, which takes longer than their octets.
 */
export function readBase64Url(
  source: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  at: number,
): number {
  const { values } = BASE64URL;
  const valueAt = (i: number): number => values[source[i] ?? PAD] ?? INVALID;
  const spare = (end - start) % 4;
  const whole = end - spare;
  let seen = 0;
  for (let i = start; i < whole; i += 4) {
    const a = values[source[i] ?? PAD] ?? INVALID;
    const b = values[source[i + 1] ?? PAD] ?? INVALID;
    const c = values[source[i + 2] ?? PAD] ?? INVALID;
    const d = values[source[i + 3] ?? PAD] ?? INVALID;
    seen |= a | b | c | d;
    out[at] = (a << 2) | (b >> 4);
    out[at + 1] = (b << 4) | (c >> 2);
    out[at + 2] = (c << 6) | d;
    at += 3;
  }
  if (spare > 1) {
    const [a, b, c] = [valueAt(whole), valueAt(whole + 1), spare > 2 ? valueAt(whole + 2) : 0];
    // The spare bits of the last character must be zero.
    seen |= a | b | c | ((spare > 2 ? c & 3 : b & 15) === 0 ? 0 : INVALID);
    out[at] = (a << 2) | (b >> 4);
    if (spare > 2) out[at + 1] = (b << 4) | (c >> 2);
    at += spare - 1;
  }
  if (seen < 64 && spare !== 1) return at;
  // What is wrong, the reader of texts says.
  decode(asciiText(source.subarray(start, end)), BASE64URL);
  throw new CountersignError('ERR_BASE64URL', 'expected base64url');
}

function encode(value: Uint8Array, { alphabet, padded }: Spelling): string {
  const characters = Math.ceil((value.length * 4) / 3);
  const codes = newCodes(padded ? 4 * Math.ceil(value.length / 3) : characters);
  for (let i = 0, at = 0; i < value.length; i += 3, at += 4) {
    const group = ((value[i] ?? 0) << 16) | ((value[i + 1] ?? 0) << 8) | (value[i + 2] ?? 0);
    codes[at] = alphabet.charCodeAt(group >> 18);
    codes[at + 1] = alphabet.charCodeAt((group >> 12) & 63);
    codes[at + 2] = alphabet.charCodeAt((group >> 6) & 63);
    codes[at + 3] = alphabet.charCodeAt(group & 63);
  }
  // What the last group has too many are padded over, or fell behind the end.
  codes.fill(PAD, characters);
  return asciiText(codes);
}

function decode(text: string, { code, padded, values }: Spelling): Bytes {
  let characters = text.length;
  if (padded) {
    if (characters % 4 !== 0) {
      throw new CountersignError(code, `expected groups of 4 characters, found ${characters}`);
    }
    if (text.endsWith('==')) characters -= 2;
    else if (text.endsWith('=')) characters -= 1;
  }
  if (characters % 4 === 1) {
    throw new CountersignError(code, `no octets are spelled in ${characters} characters`);
  }
  const out = new Uint8Array(Math.floor((characters * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < characters; i++) {
    const unit = text.charCodeAt(i);
    // Within the table: V8 never forgets that one was read beyond, and is slower from then on.
    const value = values[unit & 127] ?? INVALID;
    if ((unit | value) > 127) {
      throw new CountersignError(code, `expected a character of the alphabet at position ${i}`);
    }
    // At most 12 bits are held; older ones are shifted out of the 32 and never read again.
    bits = (bits << 6) | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out[at++] = bits >> held;
    }
  }
  if ((bits & ((1 << held) - 1)) !== 0) {
    throw new CountersignError(code, 'expected the spare bits of the last character to be zero');
  }
  return out;
}

function spelling(code: Spelling['code'], last: string, padded: boolean): Spelling {
  const alphabet = COMMON + last;
  const values = new Uint8Array(128).fill(INVALID);
  for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i;
  return { code, alphabet, padded, values };
}
