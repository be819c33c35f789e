/**
 * Keys on P-256, P-384, P-521 and secp256k1, for ECDSA and for ECDH. `countersign/key/ec`.
 *
 * @module
 */
import { choice, fields } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import type { AgreementAlgorithm } from '../primitive/agreement.js';
import type { EcdsaAlgorithm } from '../primitive/ecdsa.js';
import { randomOctets } from '../primitive/random.js';
import type { KeyInput } from './content.js';
import type { Key } from './handle.js';
import { named } from './options.js';
import {
  importHalf,
  type KeyOptions,
  type KeyPair,
  pairOf,
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

/** How often a scalar is drawn; on the curves here one draw fails once in 2^32, or less often. */
const MOST_DRAWS = 8;

/** Draws a key pair, {@link https://doi.org/10.6028/NIST.FIPS.186-5 FIPS 186-5, appendix A.2.2}. */
export function generateKeyPair<A extends EcAlgorithm>(
  options: Omit<KeyOptions<A, never>, 'use'>,
): KeyPair<A> {
  const { alg, id } = named(options, 'options', ['alg', 'id']);
  choice(fields(alg, 'options.alg', 'an algorithm').family, 'options.alg.family', ['ec']);
  const { curve } = alg;
  if (curve === 'X25519')
    throw new TypeError('options.alg: expected an algorithm of a curve of EC');
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const scalar = randomOctets(alg.size);
    // n of P-521 has 521 bits in 66 octets; of the others it fills its octets.
    if (curve === 'P-521') scalar[0] = (scalar[0] ?? 0) & 1;
    try {
      return pairOf(alg, { kind: 'private', family: 'ec', curve, scalar, point: undefined }, id);
    } catch (error) {
      if (!(error instanceof CountersignError) || error.code !== 'ERR_KEY') throw error;
    }
  }
  /* v8 ignore next 2 -- once in 2^256 */
  throw new CountersignError('ERR_RANDOM_UNAVAILABLE', 'the platform draws no usable scalar');
}
