/**
 * The secret of a scheme as its provider hands it out. How the text becomes octets is a fact of the
 * provider: `whsec_` is a part of the secret at one, and stands before Base64 at another.
 *
 * @module
 */
import { decodeBase64 } from '../bytes/base64.js';
import { type Bytes, text } from '../bytes/octets.js';
import type { AlgorithmName, Key } from '../key/handle.js';
import { named } from '../key/options.js';
import { ALLOW_WEAK_SECRET, importSecret, type SecretAlgorithm } from '../key/secret.js';
import type { Covers } from './part.js';
import type { Scheme } from './scheme.js';
import { engineOf } from './verify.js';

export { ALLOW_WEAK_SECRET };

/** What a secret is for, and under which name. */
export interface SchemeSecretOptions<U extends 'verify' | 'mac'> {
  readonly use: U;
  readonly id?: string | undefined;
  readonly relax?: readonly (typeof ALLOW_WEAK_SECRET)[] | undefined;
}

/** Imports the secret of a scheme from the text that its provider shows. */
export function secretFor<A extends AlgorithmName, const U extends 'verify' | 'mac'>(
  scheme: Scheme<Covers, A>,
  secret: string,
  options: SchemeSecretOptions<U>,
): Key<A, U> {
  const { use, id, relax } = named(options, 'options', ['use', 'id', 'relax']);
  const description = engineOf(scheme).secret;
  if (description === undefined) {
    const found = scheme.strength === 'public-key' ? 'has public keys' : 'describes none';
    throw new TypeError(`scheme: expected one with a shared secret; ${scheme.id} ${found}`);
  }
  const { encoding, prefix, isPrefixOptional, isPaddingOptional } = description;
  if (encoding !== 'raw') text(secret, 'secret');
  const isBare = isPrefixOptional === true && prefix !== undefined && !secret.startsWith(prefix);
  const alg = scheme.algs[0] as unknown as SecretAlgorithm;
  const rest = { alg, use: use as never, id, relax };
  if (isPaddingOptional === true) {
    const bare = isBare || prefix === undefined ? secret : secret.slice(prefix.length);
    if (bare.length % 4 > 1) {
      return importSecret(unpadded(bare), { ...rest, encoding: 'raw' }) as never;
    }
  }
  return importSecret(secret, { ...rest, encoding, ...(isBare ? {} : { prefix }) }) as never;
}

/** Base64 without its padding, whose last bits are passed over: some tools cut secrets so. */
function unpadded(secret: string): Bytes {
  const missing = 4 - (secret.length % 4);
  return decodeBase64(secret + 'A'.repeat(missing)).slice(0, -missing);
}
