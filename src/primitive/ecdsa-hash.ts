/**
 * ECDSA under another hash function than the one its algorithm value is bound to, to verify
 * certificates alone: Apple's root for payments is a P-384 key that signs with SHA-256, and RFC
 * 5480, section 4, pairs curves and hash functions no further than by strength. It is no algorithm
 * value, so no key is ever imported for such a pair.
 *
 * @module
 */
import * as curves from '#engine/ecdsa';
import { sha256, sha384, sha512 } from '#engine/digest';
import { octets } from '../bytes/octets.js';
import type { DigestEngine, EcdsaEngine, EngineKey } from '../engine/contract.js';
import { CountersignError } from '../errors.js';
import type { EcdsaAlgorithm, EcdsaPublicKey } from './ecdsa.js';
import { stateOf } from './prepared.js';

const HASHES: Readonly<Record<string, DigestEngine>> = {
  'SHA-256': sha256,
  'SHA-384': sha384,
  'SHA-512': sha512,
};
/** P-521 is paired with SHA-512 alone: one runtime can't do it with another. */
const CURVES: Readonly<Record<string, EcdsaEngine>> = {
  'P-256': curves.p256,
  'P-384': curves.p384,
};

/** Whether a curve goes with a hash function here, by their names. */
export function isEcdsaPair(curve: string, hash: string): boolean {
  return curve in CURVES && hash in HASHES;
}

/** Whether `signature`, in DER, is one of `message` with the hash function of that name. */
export function verifyEcdsaHash(
  algorithm: EcdsaAlgorithm,
  hash: string,
  key: EcdsaPublicKey,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const [curve, digest] = [CURVES[algorithm.curve], HASHES[hash]];
  if (curve === undefined || digest === undefined) {
    throw new TypeError('hash: expected one that goes with the curve');
  }
  const state = stateOf<EngineKey<'ec-public'>>(key, algorithm, 'public');
  try {
    const fixed = algorithm.convert(signature, 'der', { encoding: 'fixed', s: 'any' });
    return curve.verify(state, digest, octets(message, 'message'), fixed);
  } catch (error) {
    if (error instanceof CountersignError && error.code === 'ERR_SIGNATURE') return false;
    throw error;
  }
}
