/**
 * RSA signatures over SHA-1, to verify alone. Two messages with the same SHA-1 share a signature,
 * so one tells who signed, never which of the two.
 *
 * @module
 */
import { rsa } from '#engine/rsa';
import { sha1 } from '#engine/digest';
import { octets } from '../../bytes/octets.js';
import type { RsaPublicParts, RsaScheme } from '../../engine/contract.js';
import { PreparedKey, stateOf } from '../prepared.js';
import type { RsaRelaxation } from '../rsa-policy.js';
import { importRsaPublic, isRepresentative, type RsaKey } from '../rsa-key.js';
import { type WeakVerdict, weakVerdict } from './weak.js';

/** Verification of RSA signatures over SHA-1. */
export interface WeakRsaAlgorithm {
  readonly kind: 'weak-signature';
  readonly strength: 'weak';
  readonly family: 'rsa';
  readonly name: string;
  readonly scheme: RsaScheme;
  /** The name of the hash function. */
  readonly hash: string;
  publicKey(
    parts: RsaPublicParts,
    relax?: readonly RsaRelaxation[],
  ): PreparedKey<'public', 'weak-rsa'>;
  verify(
    key: PreparedKey<'public', 'weak-rsa'>,
    message: Uint8Array,
    signature: Uint8Array,
  ): WeakVerdict;
}

export const rsaPkcs1Sha1: WeakRsaAlgorithm = /* @__PURE__ */ verifier('pkcs1');
export const rsaPssSha1: WeakRsaAlgorithm = /* @__PURE__ */ verifier('pss');

function verifier(scheme: RsaScheme): WeakRsaAlgorithm {
  const algorithm: WeakRsaAlgorithm = {
    kind: 'weak-signature',
    strength: 'weak',
    family: 'rsa',
    scheme,
    hash: sha1.name,
    name: `${scheme === 'pkcs1' ? 'RSASSA-PKCS1-v1_5' : 'RSASSA-PSS'} SHA-1`,
    publicKey(parts, relax = []) {
      return new PreparedKey(algorithm, 'public', importRsaPublic(parts, relax));
    },
    verify(key, message, signature) {
      const { key: state, n } = stateOf<RsaKey<'rsa-public'>>(key, algorithm, 'public');
      message = octets(message, 'message');
      signature = octets(signature, 'signature');
      if (!isRepresentative(signature, n)) return false;
      return weakVerdict(rsa.verify(state, scheme, sha1, message, signature));
    },
  };
  return Object.freeze(algorithm);
}
