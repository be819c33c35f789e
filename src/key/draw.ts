/**
 * Private keys drawn here. Whoever needs no handle of the public half, as for the key of one message,
 * is spared the check of it, which takes as long as agreeing with it.
 *
 * @module
 */
import { CountersignError } from '../errors.js';
import type { AgreementAlgorithm } from '../primitive/agreement.js';
import type { EcdsaAlgorithm } from '../primitive/ecdsa.js';
import { randomOctets } from '../primitive/random.js';
import type { Key } from './handle.js';
import { type PrivateUse, privateOf } from './pair.js';

/** How often a scalar is drawn; on the curves here one draw fails once in 2^32, or less often. */
const MOST_DRAWS = 8;

/** Draws a private key on a curve of NIST, or on secp256k1. */
export function drawEc<A extends EcdsaAlgorithm | AgreementAlgorithm>(
  alg: A,
  id: string | undefined,
): Key<A, PrivateUse<A>> {
  const { curve } = alg;
  if (curve === 'X25519')
    throw new TypeError('options.alg: expected an algorithm of a curve of EC');
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const scalar = randomOctets(alg.size);
    // n of P-521 has 521 bits in 66 octets; of the others it fills its octets.
    if (curve === 'P-521') scalar[0] = (scalar[0] ?? 0) & 1;
    try {
      return privateOf(alg, { kind: 'private', family: 'ec', curve, scalar, point: undefined }, id);
    } catch (error) {
      if (!(error instanceof CountersignError) || error.code !== 'ERR_KEY') throw error;
    }
  }
  /* v8 ignore next 2 -- once in 2^256 */
  throw new CountersignError('ERR_RANDOM_UNAVAILABLE', 'the platform draws no usable scalar');
}

/** Draws a private key of X25519. */
export function drawX25519(
  alg: AgreementAlgorithm,
  id: string | undefined,
): Key<AgreementAlgorithm, 'agree'> {
  return privateOf(alg, { kind: 'private', family: 'x25519', octets: randomOctets(32) }, id);
}
