/**
 * Keys as keys of another algorithm, with the same octets.
 *
 * @module
 */
import { contentsOf, makeKey } from '../../key/handle.js';
import { publicHalf } from '../../key/material.js';
import type { AlgorithmName } from '../../key/handle.js';
import type {
  EcdsaAlgorithm,
  RsaAlgorithm,
  VerifyingAlgorithm,
  WeakRsaAlgorithm,
} from '../../key/use.js';
import type { Ed25519Algorithm } from '../../primitive/ed25519.js';
import { hmacMd5, hmacSha1 } from '../../primitive/legacy/hmac.js';
import { rsaPkcs1Sha1 } from '../../primitive/legacy/rsa.js';
import { hmacSha224, hmacSha256, hmacSha384, hmacSha512 } from '../../primitive/hmac.js';
import {
  rsaPkcs1Sha256,
  rsaPkcs1Sha384,
  rsaPkcs1Sha512,
  rsaPssSha256,
  rsaPssSha384,
  rsaPssSha512,
} from '../../primitive/rsa.js';
import { type Case, type Found, type GivenKey, nameOf, proved, type VerifyKey } from './case.js';
import { orNone } from './try.js';

/** What a sender may have used in place of the algorithm of its scheme. */
const MACS: readonly VerifyingAlgorithm[] = [
  hmacSha1,
  hmacSha512,
  hmacSha256,
  hmacSha384,
  hmacMd5,
  hmacSha224,
];
const RSA: readonly VerifyingAlgorithm[] = [
  rsaPkcs1Sha1,
  rsaPkcs1Sha256,
  rsaPssSha256,
  rsaPkcs1Sha512,
  rsaPssSha512,
  rsaPkcs1Sha384,
  rsaPssSha384,
];

/** The algorithms by which the message would verify. */
export function* algorithmFaults(at: Case): Iterable<Found> {
  if (at.description === undefined) return;
  for (const given of at.given) {
    const { material } = contentsOf(given.key);
    const family = material.kind === 'secret' ? MACS : material.family === 'rsa' ? RSA : [];
    for (const alg of family) {
      if (at.scheme.algs.includes(alg)) continue;
      const key = asAlgorithm(given, alg);
      const description = { algs: [alg], algBy: undefined };
      if (key === undefined || !at.holds({ keys: [key], description })) continue;
      const detail = [alg.name, nameOf(given) ?? []].flat().join(', ');
      yield proved('ALGORITHM_OTHER', detail);
    }
  }
}

/** The same key to verify by an algorithm; `undefined` if it is of another family. */
export function asAlgorithm({ key, id }: GivenKey, of: AlgorithmName): VerifyKey | undefined {
  const { material, relaxed } = contentsOf(key);
  const alg = of as VerifyingAlgorithm | Ed25519Algorithm;
  const made = orNone(() => {
    if (material.kind === 'secret') {
      return 'key' in alg ? alg.key(material.octets) : undefined;
    }
    const half = publicHalf(material);
    if (!('family' in alg) || alg.family !== half.family) return undefined;
    if (half.family === 'rsa') {
      return (alg as RsaAlgorithm | WeakRsaAlgorithm).publicKey(half.parts, relaxed as never);
    }
    if (half.family !== 'ec') return (alg as Ed25519Algorithm).publicKey(half.octets);
    const ecdsa = alg as EcdsaAlgorithm;
    return ecdsa.curve === half.curve ? ecdsa.publicKey(half.point) : undefined;
  });
  if (made === undefined) return undefined;
  const kept = material.kind === 'secret' ? material : publicHalf(material);
  return makeKey({ alg, use: 'verify', id, relaxed, prepared: made, material: kept });
}
