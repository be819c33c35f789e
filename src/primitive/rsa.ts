/**
 * RSA signatures, {@link https://www.rfc-editor.org/rfc/rfc8017#section-8 RFC 8017, section 8}:
 * RSASSA-PKCS1-v1_5, and RSASSA-PSS with MGF1 over the same hash and a salt as long as the digest,
 * the one form of it that JOSE, HTTP signatures and TLS use.
 *
 * @module
 */
import { rsa } from '#engine/rsa';
import { sha256, sha384, sha512 } from '#engine/digest';
import { type Bytes, octets } from '../bytes/octets.js';
import type {
  DigestEngine,
  RsaPrivateParts,
  RsaPublicParts,
  RsaScheme,
} from '../engine/contract.js';
import { PreparedKey, stateOf } from './prepared.js';
import type { RsaRelaxation } from './rsa-policy.js';
import { importRsaPrivate, importRsaPublic, isRepresentative, type RsaKey } from './rsa-key.js';

export type { Bytes, RsaPrivateParts, RsaPublicParts, RsaRelaxation, RsaScheme };

/** RSA signatures of one scheme with one hash function. */
export interface RsaAlgorithm {
  readonly kind: 'signature';
  readonly family: 'rsa';
  readonly name: string;
  readonly scheme: RsaScheme;
  /** The name of the hash function. */
  readonly hash: string;
  /**
   * Parses n and e: 2048 to 8192 bits and 65537 to 2^32 - 1, both odd; less is taken where a
   * relaxation says so.
   */
  publicKey(parts: RsaPublicParts, relax?: readonly RsaRelaxation[]): RsaPublicKey;
  /** Parses a two-prime private key, and sees that it signs. */
  privateKey(parts: RsaPrivateParts): RsaPrivateKey;
  /** Signs. */
  sign(key: RsaPrivateKey, message: Uint8Array): Bytes;
  /** Whether `signature`, exactly as long as the modulus, is one of `message`. */
  verify(key: RsaPublicKey, message: Uint8Array, signature: Uint8Array): boolean;
  /** The digest of `message` that is signed, for services that take digests. */
  digest(message: Uint8Array): Bytes;
}

export type RsaPublicKey = PreparedKey<'public', 'rsa'>;
export type RsaPrivateKey = PreparedKey<'private', 'rsa'>;

/** RS256 of RFC 7518. */
export const rsaPkcs1Sha256: RsaAlgorithm = /* @__PURE__ */ signature('pkcs1', sha256);
/** RS384 of RFC 7518. */
export const rsaPkcs1Sha384: RsaAlgorithm = /* @__PURE__ */ signature('pkcs1', sha384);
/** RS512 of RFC 7518. */
export const rsaPkcs1Sha512: RsaAlgorithm = /* @__PURE__ */ signature('pkcs1', sha512);
/** PS256 of RFC 7518. */
export const rsaPssSha256: RsaAlgorithm = /* @__PURE__ */ signature('pss', sha256);
/** PS384 of RFC 7518. */
export const rsaPssSha384: RsaAlgorithm = /* @__PURE__ */ signature('pss', sha384);
/** PS512 of RFC 7518. */
export const rsaPssSha512: RsaAlgorithm = /* @__PURE__ */ signature('pss', sha512);

function signature(scheme: RsaScheme, hash: DigestEngine): RsaAlgorithm {
  const algorithm: RsaAlgorithm = {
    kind: 'signature',
    family: 'rsa',
    scheme,
    hash: hash.name,
    name: `${scheme === 'pkcs1' ? 'RSASSA-PKCS1-v1_5' : 'RSASSA-PSS'} ${hash.name}`,
    publicKey(parts, relax = []) {
      return new PreparedKey(algorithm, 'public', importRsaPublic(parts, relax));
    },
    privateKey: (parts) => new PreparedKey(algorithm, 'private', importRsaPrivate(parts)),
    sign(key, message) {
      const { key: state } = stateOf<RsaKey<'rsa-private'>>(key, algorithm, 'private');
      return rsa.sign(state, scheme, hash, octets(message, 'message'));
    },
    verify(key, message, value) {
      const { key: state, n } = stateOf<RsaKey<'rsa-public'>>(key, algorithm, 'public');
      message = octets(message, 'message');
      value = octets(value, 'signature');
      if (!isRepresentative(value, n)) return false;
      return rsa.verify(state, scheme, hash, message, value);
    },
    digest: (message) => hash.digest(octets(message, 'message')),
  };
  return Object.freeze(algorithm);
}
