/**
 * RSAES-OAEP, {@link https://www.rfc-editor.org/rfc/rfc8017#section-7.1 RFC 8017, section 7.1}, with
 * SHA-1, SHA-256 or SHA-512, and MGF1 over the same or another of them: Java's provider, and with
 * it much of the payment world, pairs SHA-256 with MGF1 over SHA-1. SHA-1 is sound here, where
 * collisions play no part.
 *
 * @module
 */
import { rsa } from '#engine/rsa';
import { sha1, sha256, sha512 } from '#engine/digest';
import { type Bytes, octets } from '../bytes/octets.js';
import type {
  DigestEngine,
  OaepParameters,
  RsaPrivateParts,
  RsaPublicParts,
} from '../engine/contract.js';
import { CountersignError } from '../errors.js';
import { PreparedKey, stateOf } from './prepared.js';
import { importRsaPrivate, importRsaPublic, isRepresentative, type RsaKey } from './rsa-key.js';

export type { Bytes, RsaPrivateParts, RsaPublicParts };

/** RSAES-OAEP with one pair of hash functions. */
export interface OaepAlgorithm {
  readonly kind: 'encryption';
  readonly family: 'rsa';
  readonly name: string;
  /** The names of the two hash functions, and the octets of a digest of the first. */
  readonly hash: string;
  readonly mgfHash: string;
  readonly hashSize: number;
  /** Parses n and e: 2048 to 8192 bits and 65537 to 2^32 - 1, both odd. */
  publicKey(parts: RsaPublicParts): OaepPublicKey;
  /** Parses a two-prime private key, and sees that it signs. */
  privateKey(parts: RsaPrivateParts): OaepPrivateKey;
  /** Encrypts at most as many octets as the modulus has, less two digests, less two. */
  encrypt(key: OaepPublicKey, plaintext: Uint8Array, label: Uint8Array): Bytes;
  /** Decrypts; every failure is `ERR_DECRYPT_FAILED`, with nothing said of the cause. */
  decrypt(key: OaepPrivateKey, ciphertext: Uint8Array, label: Uint8Array): Bytes;
}

export type OaepPublicKey = PreparedKey<'public', 'oaep'>;
export type OaepPrivateKey = PreparedKey<'private', 'oaep'>;

export const rsaOaepSha1: OaepAlgorithm = /* @__PURE__ */ oaep(sha1, sha1);
export const rsaOaepSha1Mgf1Sha256: OaepAlgorithm = /* @__PURE__ */ oaep(sha1, sha256);
export const rsaOaepSha1Mgf1Sha512: OaepAlgorithm = /* @__PURE__ */ oaep(sha1, sha512);
export const rsaOaepSha256: OaepAlgorithm = /* @__PURE__ */ oaep(sha256, sha256);
export const rsaOaepSha256Mgf1Sha1: OaepAlgorithm = /* @__PURE__ */ oaep(sha256, sha1);
export const rsaOaepSha256Mgf1Sha512: OaepAlgorithm = /* @__PURE__ */ oaep(sha256, sha512);
export const rsaOaepSha512: OaepAlgorithm = /* @__PURE__ */ oaep(sha512, sha512);
export const rsaOaepSha512Mgf1Sha1: OaepAlgorithm = /* @__PURE__ */ oaep(sha512, sha1);
export const rsaOaepSha512Mgf1Sha256: OaepAlgorithm = /* @__PURE__ */ oaep(sha512, sha256);

function oaep(hash: DigestEngine, mgfHash: DigestEngine): OaepAlgorithm {
  const name = `RSAES-OAEP ${hash.name}${hash === mgfHash ? '' : ` MGF1 ${mgfHash.name}`}`;
  const parameters = (label: unknown): OaepParameters => {
    return { hash, mgfHash, label: octets(label, 'label') };
  };
  const algorithm: OaepAlgorithm = {
    kind: 'encryption',
    family: 'rsa',
    name,
    hash: hash.name,
    mgfHash: mgfHash.name,
    hashSize: hash.size,
    publicKey: (parts) => new PreparedKey(algorithm, 'public', importRsaPublic(parts)),
    privateKey: (parts) => new PreparedKey(algorithm, 'private', importRsaPrivate(parts)),
    encrypt(key, plaintext, label) {
      const { key: state, n } = stateOf<RsaKey<'rsa-public'>>(key, algorithm, 'public');
      const most = n.length - 2 * hash.size - 2;
      plaintext = octets(plaintext, 'plaintext');
      if (plaintext.length > most) {
        throw new CountersignError(
          'ERR_LENGTH',
          `${name}: expected at most ${most} octets under this key, found ${plaintext.length}`,
        );
      }
      return rsa.oaepEncrypt(state, parameters(label), plaintext);
    },
    decrypt(key, ciphertext, label) {
      const { key: state, n } = stateOf<RsaKey<'rsa-private'>>(key, algorithm, 'private');
      const given = parameters(label);
      ciphertext = octets(ciphertext, 'ciphertext');
      const plaintext = isRepresentative(ciphertext, n)
        ? rsa.oaepDecrypt(state, given, ciphertext)
        : undefined;
      if (plaintext === undefined) {
        throw new CountersignError('ERR_DECRYPT_FAILED', `${name}: decryption failed`);
      }
      return plaintext;
    },
  };
  return Object.freeze(algorithm);
}
