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
import { choice, fields, octets, text } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';
import type { AeadAlgorithm } from '../primitive/aes-gcm.js';
import type { KeyWrapAlgorithm } from '../primitive/aes-kw.js';
import type { CmacAlgorithm } from '../primitive/aes-modes.js';
import type { MacAlgorithm } from '../primitive/hmac.js';
import type { WeakMacAlgorithm } from '../primitive/legacy/hmac.js';
import { randomOctets } from '../primitive/random.js';
import { contentsOf, type Key, type KeyPurpose, makeKey } from './handle.js';
import { named } from './options.js';
import { ALLOW_WEAK_SECRET, checkSecret, readRelaxations, type Relaxation } from './policy.js';

export { ALLOW_WEAK_SECRET };
export type { Key, KeyPurpose, Relaxation };

/** The algorithms that take secrets. */
export type SecretAlgorithm =
  MacAlgorithm | CmacAlgorithm | WeakMacAlgorithm | AeadAlgorithm | KeyWrapAlgorithm;

/** How a secret is written. `raw` is octets; the others are text. */
export type SecretEncoding = 'raw' | 'utf8' | 'hex' | 'base64' | 'base64url';

/** What a secret of an algorithm may be for. */
export type SecretUse<A> = A extends { readonly kind: 'mac' | 'weak-mac' }
  ? 'mac' | 'verify'
  : A extends { readonly kind: 'aead' }
    ? 'seal' | 'open'
    : A extends { readonly kind: 'wrap' }
      ? 'wrap' | 'unwrap'
      : never;

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
const USES: Readonly<Record<string, readonly string[]>> = {
  mac: ['mac', 'verify'],
  'weak-mac': ['mac', 'verify'],
  aead: ['seal', 'open'],
  wrap: ['wrap', 'unwrap'],
};

/** Imports a secret. */
export function importSecret<A extends SecretAlgorithm, U extends SecretUse<A>>(
  input: string | Uint8Array,
  options: SecretOptions<A, U>,
): Key<A, U> {
  const { encoding, prefix, relax } = named(options, 'options', OPTIONS);
  const { alg, use, id } = checkUse(options);
  const allowed = readRelaxations(relax, isMac(alg) ? [ALLOW_WEAK_SECRET] : []);
  const secret = decode(input, choice(encoding, 'options.encoding', ENCODINGS), prefix);
  // AES keys have one size each, and are drawn, not chosen.
  const relaxed: readonly Relaxation[] = checkSecret(alg.name, secret, allowed);
  // Every file ends with a line end, and every template leaves a space; no tag says so.
  if (typeof input === 'string' && relaxed.length === 0 && input !== input.trim()) {
    throw new CountersignError(
      'ERR_KEY_FORM',
      `${alg.name}: expected a secret without white space around it; the encoding 'raw' takes any octets`,
    );
  }
  return handleOf(alg, use, id, secret, relaxed);
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

function handleOf<A extends SecretAlgorithm, U extends SecretUse<A>>(
  alg: A,
  use: U,
  id: string | undefined,
  secret: Uint8Array,
  relaxed: readonly Relaxation[],
): Key<A, U> {
  const prepared = alg.key(secret);
  const material = { kind: 'secret', octets: new Uint8Array(secret) } as const;
  return makeKey({ alg, use, id, relaxed, prepared, material });
}

function checkUse<A extends SecretAlgorithm, U>(
  options: Pick<SecretOptions<A, U>, 'alg' | 'use' | 'id'>,
): Pick<SecretOptions<A, U>, 'alg' | 'use' | 'id'> {
  const { alg, use } = fields(options, 'options', '{ alg, use }');
  const { kind } = fields(alg, 'options.alg', 'an algorithm');
  choice<string>(
    use,
    'options.use',
    USES[choice<string>(kind, 'options.alg.kind', Object.keys(USES))] ?? [],
  );
  return options;
}

function isMac(alg: SecretAlgorithm): boolean {
  return alg.kind === 'mac' || alg.kind === 'weak-mac';
}

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
