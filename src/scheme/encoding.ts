/**
 * How signatures and digests are written. Each has one spelling, but for `hexEither`, which says so.
 *
 * @module
 */
import { decodeBase64, decodeBase64Url, encodeBase64, encodeBase64Url } from '../bytes/base64.js';
import { decodeHex, encodeHex } from '../bytes/hex.js';
import type { Bytes } from '../bytes/octets.js';

export type { Bytes };

/** A way to write octets as text. */
export interface Encoding {
  readonly name: string;
  /** `exact`: one text for any octets; `letter-case`: letters may be of either case. */
  readonly equivalence: 'exact' | 'letter-case';
  /** What platforms call it, if they write exactly this. */
  readonly native?: 'hex' | 'base64' | undefined;
  decode(text: string): Bytes;
  encode(octets: Uint8Array): string;
}

export const hexLower: Encoding = /* @__PURE__ */ Object.freeze({
  name: 'hex, lower case',
  equivalence: 'exact',
  native: 'hex',
  decode: (text: string) => decodeHex(text, 'lower'),
  encode: (octets: Uint8Array) => encodeHex(octets, 'lower'),
});
export const hexUpper: Encoding = /* @__PURE__ */ Object.freeze({
  name: 'hex, upper case',
  equivalence: 'exact',
  decode: (text: string) => decodeHex(text, 'upper'),
  encode: (octets: Uint8Array) => encodeHex(octets, 'upper'),
});
/** Letters of either case are read, lower case is written. */
export const hexEither: Encoding = /* @__PURE__ */ Object.freeze({
  name: 'hex, either case',
  equivalence: 'letter-case',
  decode: (text: string) => decodeHex(text, 'either'),
  encode: (octets: Uint8Array) => encodeHex(octets, 'lower'),
});
/** RFC 4648, section 4, with its padding. */
export const base64: Encoding = /* @__PURE__ */ Object.freeze({
  name: 'Base64',
  equivalence: 'exact',
  native: 'base64',
  decode: decodeBase64,
  encode: encodeBase64,
});
/** RFC 4648, section 5, without padding. */
export const base64Url: Encoding = /* @__PURE__ */ Object.freeze({
  name: 'base64url',
  equivalence: 'exact',
  decode: decodeBase64Url,
  encode: encodeBase64Url,
});
