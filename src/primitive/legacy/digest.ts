/**
 * MD5, {@link https://www.rfc-editor.org/rfc/rfc1321 RFC 1321}, and SHA-1,
 * {@link https://doi.org/10.6028/NIST.FIPS.180-4 FIPS 180-4}: collisions of both can be made at
 * will. Live schemes still prescribe them for identifiers and body hashes.
 *
 * @module
 */
import * as engine from '#engine/digest';
import { octets } from '../../bytes/octets.js';
import type { DigestEngine } from '../../engine/contract.js';
import { weak, type WeakOctets } from './weak.js';

/** A hash function without collision resistance. */
export interface WeakDigestAlgorithm {
  readonly kind: 'weak-digest';
  readonly strength: 'weak';
  readonly name: string;
  readonly size: number;
  digest(data: Uint8Array): WeakOctets;
}

export const md5: WeakDigestAlgorithm = /* @__PURE__ */ digest(engine.md5);
export const sha1: WeakDigestAlgorithm = /* @__PURE__ */ digest(engine.sha1);

function digest({ name, size, digest: compute }: DigestEngine): WeakDigestAlgorithm {
  return Object.freeze<WeakDigestAlgorithm>({
    kind: 'weak-digest',
    strength: 'weak',
    name,
    size,
    digest: (data) => weak(compute(octets(data, 'data'))),
  });
}
