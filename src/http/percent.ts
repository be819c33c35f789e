/**
 * Names and values of queries as text, for the schemes that sign them percent-encoded: in UTF-8, with
 * the one spelling that SigV4 and OAuth 1.0 share. `encodeURIComponent` leaves `!'()*` as they are.
 *
 * @module
 */
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.js';
import * as percent from '../canonical/percent.js';

/** RFC 3986, section 2.3. */
const UNRESERVED = /^[A-Za-z0-9\-._~]*$/;

/** Encodes text; half of a surrogate pair is `ERR_UTF8`. */
export function encodePercent(text: string): string {
  return UNRESERVED.test(text) ? text : percent.encodePercent(encodeUtf8(text));
}

/** The same, but for what Base64 has and what Mastercard's consumer keys have: it stays as it is. */
export function encodeSparely(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9\-._~!*'()+/=]+/g, encodePercent);
}

/** Decodes text once; an escape that is none is `ERR_FORM`, and what is no UTF-8 `ERR_UTF8`. */
export function decodePercent(text: string, plus: 'space' | 'plus'): string {
  return UNRESERVED.test(text) ? text : decodeUtf8(percent.decodePercent(encodeUtf8(text), plus));
}

/** A name and its value. */
export type Pair = readonly [name: string, value: string];

/** The pairs of a query or a form as they stand; one without `=` has an empty value. */
export function pairsOf(text: string): readonly Pair[] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? ([pair, ''] as const) : ([pair.slice(0, at), pair.slice(at + 1)] as const);
    });
}

/** Encoded pairs in the order in which they are signed, joined. */
export function sortedPairs(pairs: readonly Pair[]): string {
  return pairs
    .toSorted(inOrder)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/**
 * Pairs in the order in which they are signed, encoded or as they stand, frozen. That in which they arrived nothing vouches
 * for: whoever turns `a=1&a=2` round changes what a server takes for `a`, and not the signature.
 */
export function inSignedOrder(pairs: readonly Pair[], isRaw = false): readonly Pair[] {
  const encoded = pairs.map((pair) => ({
    pair,
    as: isRaw ? pair : ([encodePercent(pair[0]), encodePercent(pair[1])] as const),
  }));
  const sorted = encoded.toSorted((one, other) => inOrder(one.as, other.as));
  return Object.freeze(sorted.map(({ pair }) => Object.freeze(pair)));
}

/** By the octets of the name and then of the value: of ASCII the order is that of UTF-16. */
function inOrder([a, x]: Pair, [b, y]: Pair): number {
  return order(a, b) || order(x, y);
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
