/**
 * Secrets for HMAC, CMAC and AES. `countersign/key/secret`.
 *
 * The encoding is always given: 32 letters may be text, hexadecimal or Base64, and a library that
 * guesses verifies with another key than the one that signed.
 *
 * @module
 */
import { decodeBase64, decodeBase64Url } from '../bytes/base64.js';
import { decodeHex } from '../bytes/hex.js';
import { choice, octets, text } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';
import { randomOctets } from '../primitive/random.js';
import { contentsOf, type Key, type KeyPurpose, makeKey } from './handle.js';
import { named } from './options.js';
import { ALLOW_WEAK_SECRET, type Relaxation } from './policy.js';
import {
  checkUse,
  handleOf,
  importOctets,
  type SecretAlgorithm,
  type SecretUse,
} from './secret-octets.js';

export { ALLOW_WEAK_SECRET };
export type { Key, KeyPurpose, Relaxation, SecretAlgorithm, SecretUse };

/** How a secret is written. `raw` is octets; the others are text. */
export type SecretEncoding = 'raw' | 'utf8' | 'hex' | 'base64' | 'base64url';

/** How a secret is to be read and what it is for. */
export interface SecretOptions<A, U> {
  readonly alg: A;
  readonly use: U;
  readonly encoding: SecretEncoding;
  /** A text that stands before the secret and is no part of it, such as `whsec_`. */
  readonly prefix?: string | undefined;
  /** The name of the key; without one its position in a ring names it. */
  readonly id?: string | undefined;
  readonly relax?: readonly (typeof ALLOW_WEAK_SECRET)[] | undefined;
}

const ENCODINGS = ['raw', 'utf8', 'hex', 'base64', 'base64url'] as const;
const OPTIONS = ['alg', 'use', 'encoding', 'prefix', 'id', 'relax'];
/** Imports a secret. */
export function importSecret<A extends SecretAlgorithm, U extends SecretUse<A>>(
  input: string | Uint8Array,
  options: SecretOptions<A, U>,
): Key<A, U> {
  const { encoding, prefix } = named(options, 'options', OPTIONS);
  return importOctets(options, () => ({
    secret: decode(input, choice(encoding, 'options.encoding', ENCODINGS), prefix),
    isTrimmed: typeof input !== 'string' || input === input.trim(),
  }));
}

/** Draws a secret: as long as the key of an AES algorithm, or as the tag of a MAC. */
export function generateSecret<A extends SecretAlgorithm, U extends SecretUse<A>>(
  options: Pick<SecretOptions<A, U>, 'alg' | 'use' | 'id'>,
): Key<A, U> {
  const { alg, use, id } = checkUse(named(options, 'options', ['alg', 'use', 'id']));
  const size = 'keySize' in alg ? alg.keySize : Math.max(alg.size, LEAST_DRAWN);
  return handleOf(alg, use, id, randomOctets(size), []);
}

/**
 * The same secret for another use of its algorithm: who seals may open too, and who makes tags
 * verifies them. It keeps its id.
 */
export function withUse<A extends SecretAlgorithm, U extends SecretUse<A>>(
  key: Key<A>,
  use: U,
): Key<A, U> {
  const { alg, id, relaxed, prepared, material } = contentsOf(key);
  if (material.kind !== 'secret') throw new TypeError('key: expected a secret');
  checkUse({ alg, use });
  return makeKey({ alg, use, id, relaxed, prepared, material });
}

/** RFC 2104, section 3, has no shorter key than a digest; those of SHA-1 and MD5 are short. */
const LEAST_DRAWN = 32;

function decode(
  input: string | Uint8Array,
  encoding: SecretEncoding,
  prefix: string | undefined,
): Uint8Array {
  if (encoding === 'raw') {
    if (prefix !== undefined) throw new TypeError('options.prefix: expected one of text alone');
    return octets(input, 'input');
  }
  const whole = text(input, 'input');
  if (prefix !== undefined && !whole.startsWith(text(prefix, 'options.prefix'))) {
    throw new CountersignError('ERR_KEY_FORM', 'expected a secret that begins with its prefix');
  }
  const rest = prefix === undefined ? whole : whole.slice(prefix.length);
  if (encoding === 'utf8') return encodeUtf8(rest);
  if (encoding === 'hex') return decodeHex(rest, 'either');
  return encoding === 'base64' ? decodeBase64(rest) : decodeBase64Url(rest);
}
