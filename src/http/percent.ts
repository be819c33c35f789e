/**
 * Percent-encoding, {@link https://www.rfc-editor.org/rfc/rfc3986#section-2 RFC 3986, section 2}, of
 * text as UTF-8, with the one spelling that SigV4 and OAuth 1.0 share: everything but the unreserved
 * characters is encoded, in upper-case digits. `encodeURIComponent` leaves `!'()*` as they are.
 *
 * @module
 */
import { hexOf } from '../bytes/hex.js';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';

/** Section 2.3. */
const UNRESERVED = /^[A-Za-z0-9\-._~]*$/;
const RESERVED = /[^A-Za-z0-9\-._~]+/gu;
const ESCAPES = /(?:%[0-9A-Fa-f]{2})+/g;
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/;

/** Encodes text; half of a surrogate pair is `ERR_UTF8`. */
export function encodePercent(text: string): string {
  if (UNRESERVED.test(text)) return text;
  return text.replace(RESERVED, (run) =>
    hexOf(encodeUtf8(run), '0123456789ABCDEF').replace(/../g, '%$&'),
  );
}

/** Decodes text once; an escape that is none is `ERR_HTTP_MESSAGE`, and what is no UTF-8 `ERR_UTF8`. */
export function decodePercent(text: string, what: string): string {
  if (!text.includes('%')) return text;
  if (BAD_ESCAPE.test(text)) {
    throw new CountersignError('ERR_HTTP_MESSAGE', `${what}: expected two digits after each %`);
  }
  return text.replace(ESCAPES, (run) => {
    const octets = new Uint8Array(run.length / 3);
    for (let i = 0; i < octets.length; i++) {
      octets[i] = Number.parseInt(run.slice(3 * i + 1, 3 * i + 3), 16);
    }
    return decodeUtf8(octets);
  });
}

/** One pair of a query or a form, before anything in it is decoded. */
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

/** Encoded pairs in the order of their octets, by name and then by value, and joined. */
export function sortedPairs(pairs: readonly Pair[]): string {
  // All characters are ASCII by now, whose order is that of UTF-16.
  return pairs
    .toSorted(([a, x], [b, y]) => order(a, b) || order(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
