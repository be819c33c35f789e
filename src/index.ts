/**
 * countersign: keys, the strong algorithms, the strict codecs and the one error. Each area is also its
 * own export (`countersign/alg/hmac`, `countersign/bytes`, …), which loads that area alone.
 *
 * @module
 */
export * from './bytes/index.js';
export { CountersignError, type CountersignErrorCode } from './errors.js';
export * from './key/export.js';
export * from './key/index.js';
export * from './key/remote.js';
export * from './key/ring.js';
export {
  generateSecret,
  importSecret,
  type SecretEncoding,
  type SecretOptions,
  withUse,
} from './key/secret.js';
export * from './key/use.js';
export * from './key/worker.js';
export {
  type Certificate,
  importCertificate,
  type Name,
  readCertificate,
  readCertificates,
} from './key/x509.js';
export { NO_PIN, type Pin, type VerifiedPath, verifyPath } from './key/x509-path.js';
export {
  aes128CbcHmacSha256,
  aes192CbcHmacSha384,
  aes256CbcHmacSha512,
} from './primitive/aes-cbc-hmac.js';
export * from './primitive/aes-gcm.js';
export * from './primitive/aes-kw.js';
export * from './primitive/agreement.js';
export * from './primitive/digest.js';
export * from './primitive/ecdsa.js';
export * from './primitive/ed25519.js';
export * from './primitive/engine.js';
export * from './primitive/hmac.js';
export * from './primitive/kdf.js';
export * from './primitive/random.js';
export * from './primitive/rsa-oaep.js';
export * from './primitive/rsa.js';
