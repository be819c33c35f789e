/**
 * Keys on P-256, P-384, P-521 and secp256k1, for ECDSA and for ECDH. `countersign/key/ec`.
 *
 * @module
 */
import { choice, fields } from '../bytes/octets.js';
import type { AgreementAlgorithm } from '../primitive/agreement.js';
import type { EcdsaAlgorithm } from '../primitive/ecdsa.js';
import type { KeyInput } from './content.js';
import { drawEc } from './draw.js';
import type { Key } from './handle.js';
import { named } from './options.js';
import {
  importHalf,
  type KeyOptions,
  type KeyPair,
  pairWith,
  type PrivateUse,
  type PublicKeyOptions,
  type PublicUse,
} from './pair.js';
import { PAD_SHORT_COORDINATE, type Relaxation } from './policy.js';

export { PAD_SHORT_COORDINATE };
export type { Key, KeyInput, KeyOptions, KeyPair, PublicKeyOptions, Relaxation };

/** ECDSA, or ECDH on one of its curves. */
export type EcAlgorithm = EcdsaAlgorithm | AgreementAlgorithm;

/** Imports a public key that verifies, or that a secret is agreed with. */
export function importPublicKey<A extends EcAlgorithm, U extends PublicUse<A>>(
  input: KeyInput,
  options: PublicKeyOptions<A, U, typeof PAD_SHORT_COORDINATE>,
): Key<A, U> {
  return importHalf(input, 'public', 'ec', options);
}

/** Imports a private key that signs or agrees. A public key that comes with it must be its own. */
export function importPrivateKey<A extends EcAlgorithm, U extends PrivateUse<A>>(
  input: KeyInput,
  options: KeyOptions<A, U>,
): Key<A, U> {
  return importHalf(input, 'private', 'ec', options);
}

/** Draws a key pair, {@link https://doi.org/10.6028/NIST.FIPS.186-5 FIPS 186-5, appendix A.2.2}. */
export function generateKeyPair<A extends EcAlgorithm>(
  options: Omit<KeyOptions<A, never>, 'use'>,
): KeyPair<A> {
  const { alg, id } = named(options, 'options', ['alg', 'id']);
  choice(fields(alg, 'options.alg', 'an algorithm').family, 'options.alg.family', ['ec']);
  return pairWith(drawEc(alg, id), id);
}
