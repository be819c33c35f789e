/**
 * Percent-encoding of octets: of RFC 3986, in the one spelling that OAuth and AWS sign, and of HTML
 * forms. There is no charset here. Who has text says in which octets.
 *
 * @module
 */
import { asciiText, newCodes } from '../bytes/ascii.js';
import { type Bytes, choice, octets as octetsOf } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';

const HEX = '0123456789ABCDEF';
const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;
const NONE = 0xff;

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** {@link https://www.rfc-editor.org/rfc/rfc3986#section-2.3 RFC 3986, section 2.3}. */
const UNRESERVED = /* @__PURE__ */ setOf(`${ALPHANUMERIC}-._~`);
/** What the URL standard's application/x-www-form-urlencoded serializer leaves as it is. */
const FORM = /* @__PURE__ */ setOf(`${ALPHANUMERIC}*-._`);

/** Encodes all but the unreserved characters of RFC 3986, with upper-case letters: `%2F`. */
export function encodePercent(octets: Uint8Array): string {
  return encode(octetsOf(octets, 'octets'), UNRESERVED, false);
}

/** Encodes as an HTML form does: a space is `+`, `*` stays and `~` does not. */
export function encodeFormComponent(octets: Uint8Array): string {
  return encode(octetsOf(octets, 'octets'), FORM, true);
}

/**
 * Decodes `%` and two hexadecimal digits of either case, once; another `%` is `ERR_FORM`. A `+` is
 * a space in forms, and a plus everywhere else.
 */
export function decodePercent(octets: Uint8Array, plus: 'space' | 'plus'): Bytes {
  return percentDecoded(octetsOf(octets, 'octets'), choice(plus, 'plus', ['space', 'plus']));
}

/** The same for octets that are known to be some; see `same` of bytes/equal.ts for what that spares. */
export function percentDecoded(octets: Uint8Array, plus: 'space' | 'plus'): Bytes {
  const out = new Uint8Array(octets.length);
  let size = 0;
  for (let at = 0; at < octets.length; at++) {
    let octet = octets[at] ?? 0;
    if (octet === PERCENT) {
      const high = digit(octets[at + 1]);
      const low = digit(octets[at + 2]);
      if (high === NONE || low === NONE) {
        throw new CountersignError('ERR_FORM', `expected two hexadecimal digits after octet ${at}`);
      }
      octet = high * 16 + low;
      at += 2;
    } else if (octet === PLUS && plus === 'space') {
      octet = SPACE;
    }
    out[size++] = octet;
  }
  return out.slice(0, size);
}

function encode(octets: Uint8Array, plain: Uint8Array, isForm: boolean): string {
  const codes = newCodes(3 * octets.length);
  let size = 0;
  for (let at = 0; at < octets.length; at++) {
    const octet = octets[at] ?? 0;
    if (plain[octet] === 1) {
      codes[size++] = octet;
    } else if (isForm && octet === SPACE) {
      codes[size++] = PLUS;
    } else {
      codes[size++] = PERCENT;
      codes[size++] = HEX.charCodeAt(octet >> 4);
      codes[size++] = HEX.charCodeAt(octet & 15);
    }
  }
  return asciiText(codes.subarray(0, size));
}

/** The value of a hexadecimal digit, or `NONE`. */
function digit(octet: number | undefined): number {
  if (octet === undefined) return NONE;
  if (0x30 <= octet && octet <= 0x39) return octet - 0x30;
  const lower = octet | 0x20;
  return 0x61 <= lower && lower <= 0x66 ? lower - 0x57 : NONE;
}

function setOf(characters: string): Uint8Array {
  const set = new Uint8Array(256);
  for (let i = 0; i < characters.length; i++) set[characters.charCodeAt(i)] = 1;
  return set;
}
