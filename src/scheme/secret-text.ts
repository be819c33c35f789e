/**
 * How the text of a secret becomes its octets. It is a fact of the provider: `whsec_` is a part of the
 * secret at one, and stands before Base64 at another. A description holds the one that it needs, so that
 * a program has no decoder of another.
 *
 * @module
 */
import { decodeBase64 } from '../bytes/base64.js';
import { decodeHex } from '../bytes/hex.js';
import type { Bytes } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';

/** How a secret is written. */
export interface SecretText {
  /** For people. */
  readonly encoding: 'utf8' | 'hex' | 'base64';
  /** What stands before it and is no part of it. */
  readonly prefix?: string | undefined;
  read(text: string): Bytes;
}

/** How Base64 is written at a provider. */
export interface Base64SecretRules {
  readonly prefix?: string | undefined;
  /** Whether the provider also hands it out without its prefix. */
  readonly isPrefixOptional?: boolean | undefined;
  /** Whether Base64 may stand without its padding. */
  readonly isPaddingOptional?: boolean | undefined;
}

/** The whole text. */
export const utf8Secret: SecretText = /* @__PURE__ */ Object.freeze({
  encoding: 'utf8',
  read: encodeUtf8,
});

/** Hex in letters of either case. */
export const hexSecret: SecretText = /* @__PURE__ */ Object.freeze({
  encoding: 'hex',
  read: (text: string) => decodeHex(text, 'either'),
});

/** Base64. */
export function base64Secret(rules: Base64SecretRules = {}): SecretText {
  const { prefix = '', isPrefixOptional, isPaddingOptional } = rules;
  return Object.freeze({
    encoding: 'base64',
    prefix: rules.prefix,
    read(text: string) {
      const hasPrefix = text.startsWith(prefix);
      if (!hasPrefix && isPrefixOptional !== true) {
        throw new CountersignError('ERR_KEY_FORM', 'expected a secret that begins with its prefix');
      }
      const bare = hasPrefix ? text.slice(prefix.length) : text;
      return isPaddingOptional === true && bare.length % 4 > 1
        ? unpadded(bare)
        : decodeBase64(bare);
    },
  });
}

/** Base64 without its padding, whose last bits are passed over: some tools cut secrets so. */
function unpadded(secret: string): Bytes {
  const missing = 4 - (secret.length % 4);
  return decodeBase64(secret + 'A'.repeat(missing)).slice(0, -missing);
}
