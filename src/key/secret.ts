/**
 * Secrets for HMAC and AES. `countersign/key/secret`.
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
import type { MacAlgorithm } from '../primitive/hmac.js';
import { Key } from './handle.js';
import { checkSecret, type Relaxation } from './policy.js';

/** How a secret is written. `raw` is octets; the others are text. */
export type SecretEncoding = 'raw' | 'utf8' | 'hex' | 'base64' | 'base64url';

/** What a secret of an algorithm may be for. */
export type SecretUse<A> = A extends MacAlgorithm
  ? 'sign' | 'verify'
  : A extends AeadAlgorithm
    ? 'seal' | 'open'
    : A extends KeyWrapAlgorithm
      ? 'wrap' | 'unwrap'
      : never;

/** How a secret is to be read and what it is for. */
export interface SecretOptions<A, U> {
  readonly alg: A;
  readonly use: U;
  readonly encoding: SecretEncoding;
  /** A text that stands before the secret and is no part of it, such as `whsec_`. */
  readonly prefix?: string;
  /** The name of the key in its ring; without one its position there names it. */
  readonly id?: string;
  readonly relax?: readonly Relaxation[];
}

const ENCODINGS = ['raw', 'utf8', 'hex', 'base64', 'base64url'] as const;

/** Imports a secret. */
export function importSecret<
  A extends MacAlgorithm | AeadAlgorithm | KeyWrapAlgorithm,
  U extends SecretUse<A>,
>(input: string | Uint8Array, options: SecretOptions<A, U>): Key<A, U> {
  const {
    alg,
    use,
    encoding,
    prefix,
    id,
    relax = [],
  } = fields(options, 'options', '{ alg, use, encoding }');
  const uses = { mac: ['sign', 'verify'], aead: ['seal', 'open'], wrap: ['wrap', 'unwrap'] };
  choice(use as string, 'options.use', uses[fields(alg, 'options.alg', 'an algorithm').kind]);
  const secret = decode(input, choice(encoding, 'options.encoding', ENCODINGS), prefix);
  // AES keys have one size each, and are drawn, not chosen; what is weak about them shows not.
  const relaxed = alg.kind === 'mac' ? checkSecret(alg.name, secret, relax) : [];
  return new Key({ alg, use, id, relaxed, prepared: alg.key(secret), material: { secret } });
}

function decode(
  input: string | Uint8Array,
  encoding: SecretEncoding,
  prefix: string | undefined,
): Uint8Array {
  if (encoding === 'raw') return octets(input, 'input');
  const whole = text(input, 'input');
  if (prefix !== undefined && !whole.startsWith(text(prefix, 'options.prefix'))) {
    throw new CountersignError('ERR_KEY_FORM', 'expected a secret that begins with its prefix');
  }
  const rest = prefix === undefined ? whole : whole.slice(prefix.length);
  if (encoding === 'utf8') return encodeUtf8(rest);
  if (encoding === 'hex') return decodeHex(rest, 'either');
  return encoding === 'base64' ? decodeBase64(rest) : decodeBase64Url(rest);
}
