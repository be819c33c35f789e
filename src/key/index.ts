/**
 * One door for every key: `importKey`. `countersign/key`. The doors by family next to it
 * (`countersign/key/secret`, `countersign/key/ec` and so on) take less, and hold less.
 *
 * @module
 */
import { choice, fields } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import type { KeyInput } from './content.js';
import type { Key } from './handle.js';
import {
  importHalf,
  type PairAlgorithm,
  type PrivateUse,
  type PublicKeyOptions,
  type PublicUse,
} from './pair.js';
import { PAD_SHORT_COORDINATE, type Relaxation } from './policy.js';
import {
  importSecret,
  type SecretAlgorithm,
  type SecretOptions,
  type SecretUse,
} from './secret.js';
import { importCertificate } from './x509-import.js';

export type { KeyInput } from './content.js';
export type { AlgorithmName, Key, KeyPurpose } from './handle.js';
export type { Jwk } from './jwk.js';
export type { PairAlgorithm, PublicKeyOptions } from './pair.js';
export {
  ALLOW_RSA_1024,
  ALLOW_RSA_E3,
  ALLOW_WEAK_SECRET,
  PAD_SHORT_COORDINATE,
  type Relaxation,
} from './policy.js';

/** Every algorithm that takes a key. */
export type KeyAlgorithm = SecretAlgorithm | PairAlgorithm;

/** What a key of an algorithm may be for. */
export type KeyUse<A> = SecretUse<A> | PublicUse<A> | PrivateUse<A>;

/** What a key is imported for; a secret's encoding is given with it. */
export type ImportOptions<A, U> = [A] extends [SecretAlgorithm]
  ? SecretOptions<A, U>
  : PublicKeyOptions<A, U, Relaxation>;

/**
 * Imports a key of any family, for one algorithm and one use. A certificate gives its public key;
 * nothing is verified of it, see `countersign/key/x509-path`.
 */
export function importKey<A extends KeyAlgorithm, U extends KeyUse<A>>(
  input: KeyInput,
  options: ImportOptions<A, U>,
): Key<A, U> {
  const {
    alg,
    use,
    relax: given,
  } = fields(options as PublicKeyOptions<A, U, Relaxation>, 'options', '{ alg, use }');
  const { kind } = fields(alg, 'options.alg', 'an algorithm');
  if (SECRET_KINDS.includes(kind)) return importSecret(input as string, options as never) as never;
  const { family } = alg as PairAlgorithm;
  choice(family, 'options.alg.family', ['rsa', 'ec', 'ed25519', 'x25519']);
  const half = PUBLIC_USES.includes(use) ? 'public' : 'private';
  try {
    return importHalf(input, half, family, options as never) as never;
  } catch (error) {
    const isCertificate = error instanceof CountersignError && error.code === 'ERR_KEY_CERTIFICATE';
    if (!isCertificate || half === 'private') throw error;
    // Of a relaxation for JWKs a certificate has no need.
    const relax = given?.filter((one) => one !== PAD_SHORT_COORDINATE);
    return importCertificate(input as string, { ...options, relax } as never) as never;
  }
}

const SECRET_KINDS = ['mac', 'weak-mac', 'aead', 'wrap'];
const PUBLIC_USES = ['verify', 'encrypt', 'peer'];
