/**
 * Base16, {@link https://www.rfc-editor.org/rfc/rfc4648#section-8 RFC 4648, section 8}.
 *
 * The RFC's alphabet is upper case while most payment APIs print lower case; a decoder that takes
 * both gives every signature 2^n spellings. So the caller says which it expects.
 *
 * @module
 */
import { CountersignError } from '../errors.js';
import { asciiText, newCodes } from './ascii.js';
import { type Bytes, choice, octets, text as textOf } from './octets.js';

/** Which letters a hexadecimal text may hold. `either` is a declared equivalence, to be chosen. */
export type HexCase = 'lower' | 'upper' | 'either';

const CASES = ['lower', 'upper', 'either'] as const;
const LOWER = '0123456789abcdef';
const UPPER = '0123456789ABCDEF';
const INVALID = 0xff;
const TABLES = {
  lower: /* @__PURE__ */ valuesOf(LOWER),
  upper: /* @__PURE__ */ valuesOf(UPPER),
  either: /* @__PURE__ */ valuesOf(LOWER, UPPER),
} as const;

/** Writes octets in hexadecimal, `lower` or `upper` case. */
export function encodeHex(value: Uint8Array, letters: 'lower' | 'upper'): string {
  choice(letters, 'letters', ['lower', 'upper']);
  return hexOf(octets(value, 'value'), letters === 'lower' ? LOWER : UPPER);
}

/** The same for octets that are known to be some; see `same` in equal.ts for what that spares. */
export function hexOf(value: Uint8Array, digits: string = LOWER): string {
  const codes = newCodes(2 * value.length);
  for (let i = 0; i < value.length; i++) {
    const octet = value[i] ?? 0;
    codes[2 * i] = digits.charCodeAt(octet >> 4);
    codes[2 * i + 1] = digits.charCodeAt(octet & 15);
  }
  return asciiText(codes);
}

/** Reads hexadecimal text in the letters named; anything else is `ERR_HEX`. */
export function decodeHex(text: string, letters: HexCase): Bytes {
  const digits = textOf(text, 'text');
  const table = TABLES[choice(letters, 'letters', CASES)];
  if (digits.length % 2 !== 0) {
    throw new CountersignError(
      'ERR_HEX',
      `expected an even number of digits, found ${digits.length}`,
    );
  }
  const out = new Uint8Array(digits.length / 2);
  for (let i = 0; i < digits.length; i += 2) {
    const first = digits.charCodeAt(i);
    const second = digits.charCodeAt(i + 1);
    // Within the table: V8 never forgets that one was read beyond, and is slower from then on.
    const high = table[first & 127] ?? INVALID;
    const low = table[second & 127] ?? INVALID;
    if ((first | second | high | low) > 127) {
      const at = (first | high) > 127 ? i : i + 1;
      throw new CountersignError('ERR_HEX', `expected a digit (${letters} case) at position ${at}`);
    }
    out[i >> 1] = (high << 4) | low;
  }
  return out;
}

function valuesOf(...alphabets: string[]): Uint8Array {
  const table = new Uint8Array(128).fill(INVALID);
  for (const alphabet of alphabets) {
    for (let i = 0; i < alphabet.length; i++) table[alphabet.charCodeAt(i)] = i;
  }
  return table;
}
