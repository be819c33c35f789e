/**
 * Hash functions of @noble/hashes. One value each, so that a bundle holds what it names.
 *
 * @module
 */
import { md5 as nobleMd5, sha1 as nobleSha1 } from '@noble/hashes/legacy.js';
import * as sha2 from '@noble/hashes/sha2.js';
import * as sha3 from '@noble/hashes/sha3.js';
import type { CHash } from '@noble/hashes/utils.js';
import type { DigestEngine } from '../contract.js';

/** A hash function of this engine: it also holds noble's own, which HMAC takes. */
interface NobleDigest extends DigestEngine {
  readonly native: CHash;
}

export const sha224: DigestEngine = /* @__PURE__ */ digest('SHA-224', sha2.sha224);
export const sha256: DigestEngine = /* @__PURE__ */ digest('SHA-256', sha2.sha256);
export const sha384: DigestEngine = /* @__PURE__ */ digest('SHA-384', sha2.sha384);
export const sha512: DigestEngine = /* @__PURE__ */ digest('SHA-512', sha2.sha512);
export const sha3_256: DigestEngine = /* @__PURE__ */ digest('SHA3-256', sha3.sha3_256);
export const sha3_384: DigestEngine = /* @__PURE__ */ digest('SHA3-384', sha3.sha3_384);
export const sha3_512: DigestEngine = /* @__PURE__ */ digest('SHA3-512', sha3.sha3_512);
export const sha1: DigestEngine = /* @__PURE__ */ digest('SHA-1', nobleSha1);
export const md5: DigestEngine = /* @__PURE__ */ digest('MD5', nobleMd5);

/** Noble's own hash function. */
export function nativeHash(hash: DigestEngine): CHash {
  return (hash as NobleDigest).native;
}

function digest(name: string, native: CHash): NobleDigest {
  return {
    name,
    native,
    size: native.outputLen,
    blockSize: native.blockLen,
    digest: (data) => native(data),
  };
}
