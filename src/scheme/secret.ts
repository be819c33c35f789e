/**
 * The secret of a scheme as its provider hands it out.
 *
 * @module
 */
import { text } from '../bytes/octets.js';
import type { AlgorithmName, Key } from '../key/handle.js';
import { named } from '../key/options.js';
import { ALLOW_WEAK_SECRET } from '../key/policy.js';
import { importOctets, type SecretAlgorithm } from '../key/secret-octets.js';
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
  const form = engineOf(scheme).secret;
  if (form === undefined) {
    const found = scheme.strength === 'public-key' ? 'has public keys' : 'describes none';
    throw new TypeError(`scheme: expected one with a shared secret; ${scheme.id} ${found}`);
  }
  const alg = scheme.algs[0] as unknown as SecretAlgorithm;
  const given = text(secret, 'secret');
  return importOctets({ alg, use: use as never, id, relax }, () => ({
    secret: form.read(given),
    isTrimmed: given === given.trim(),
  })) as never;
}
