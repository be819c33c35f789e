/**
 * Base64 in a place where its signs have a meaning of their own, as Antom writes signatures.
 *
 * @module
 */
import { decodeBase64, encodeBase64 } from '../bytes/base64.js';
import { CountersignError } from '../errors.js';
import type { Encoding } from './encoding.js';

const SIGNS: Readonly<Record<string, string>> = { '%2B': '+', '%2F': '/', '%3D': '=' };

/** Base64 with `+`, `/` and `=` as `%2B`, `%2F` and `%3D`: capital letters, and nothing else encoded. */
export const percentBase64: Encoding = /* @__PURE__ */ Object.freeze({
  name: 'Base64, percent-encoded',
  equivalence: 'exact',
  decode(text: string) {
    if (/[+/=]/.test(text)) throw refusal();
    const plain = text.replace(/%../g, (escape) => SIGNS[escape] ?? escape);
    if (plain.includes('%')) throw refusal();
    return decodeBase64(plain);
  },
  encode: (octets: Uint8Array) => encodeURIComponent(encodeBase64(octets)),
});

function refusal(): CountersignError {
  return new CountersignError('ERR_BASE64', 'expected Base64 with %2B, %2F and %3D');
}
