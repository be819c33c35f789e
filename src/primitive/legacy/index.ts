/**
 * Broken and outdated algorithms, for old callbacks and stored data. `countersign/legacy`. Every
 * result is marked weak, and nothing strong takes it.
 *
 * @module
 */
export { md5, sha1, type WeakDigestAlgorithm } from './digest.js';
export { dsaSha1, dsaSha256, type DsaAlgorithm, type DsaPublicParts } from './dsa.js';
export { hmacMd5, hmacSha1, type WeakMacAlgorithm } from './hmac.js';
export { rsaPkcs1Sha1, rsaPssSha1, type WeakRsaAlgorithm } from './rsa.js';
export { tripleDes, type TripleDesAlgorithm } from './triple-des.js';
export type { WeakOctets, WeakVerdict } from './weak.js';
export type { RsaPublicParts, RsaScheme } from '../../engine/contract.js';
export type { PreparedKey } from '../prepared.js';
export type { RsaRelaxation } from '../rsa-policy.js';
