/**
 * Hash functions: SHA-2, {@link https://doi.org/10.6028/NIST.FIPS.180-4 FIPS 180-4}, and SHA-3,
 * {@link https://doi.org/10.6028/NIST.FIPS.202 FIPS 202}.
 *
 * @module
 */
import * as engine from '#engine/digest';
import { type Bytes, octets } from '../bytes/octets.js';
import type { DigestEngine } from '../engine/contract.js';

export type { Bytes };

/** A hash function. */
export interface DigestAlgorithm {
  readonly kind: 'digest';
  readonly name: string;
  /** Octets of output. */
  readonly size: number;
  /** The digest of all of `data`. */
  digest(data: Uint8Array): Bytes;
}

export const sha224: DigestAlgorithm = /* @__PURE__ */ digest(engine.sha224);
export const sha256: DigestAlgorithm = /* @__PURE__ */ digest(engine.sha256);
export const sha384: DigestAlgorithm = /* @__PURE__ */ digest(engine.sha384);
export const sha512: DigestAlgorithm = /* @__PURE__ */ digest(engine.sha512);
export const sha3_256: DigestAlgorithm = /* @__PURE__ */ digest(engine.sha3_256);
export const sha3_384: DigestAlgorithm = /* @__PURE__ */ digest(engine.sha3_384);
export const sha3_512: DigestAlgorithm = /* @__PURE__ */ digest(engine.sha3_512);

function digest({ name, size, digest: compute }: DigestEngine): DigestAlgorithm {
  return Object.freeze<DigestAlgorithm>({
    kind: 'digest',
    name,
    size,
    digest: (data) => compute(octets(data, 'data')),
  });
}
