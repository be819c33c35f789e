/**
 * AWS Signature Version 4, by HMAC, and SigV4a, by ECDSA: in the field `Authorization` and in the
 * query of a presigned URL. `countersign/http/sigv4`.
 *
 * @module
 */
export { deriveSigV4aKeyPair, deriveSigV4Key } from './sigv4-key.js';
export type { SigV4aKeyOptions, SigV4KeyOptions } from './sigv4-key.js';
export {
  presignSigV4,
  presignSigV4Async,
  signSigV4,
  signSigV4Async,
  UNSIGNED_PAYLOAD,
} from './sigv4-sign.js';
export type {
  PresignedSigV4,
  SignedSigV4,
  SigV4PresignOptions,
  SigV4RemoteKey,
  SigV4SigningKey,
  SigV4SignOptions,
} from './sigv4-sign.js';
export {
  ACCEPT_UNSIGNED_PAYLOAD,
  ACCEPT_UNSIGNED_SESSION_TOKEN,
  identifySigV4,
  verifySigV4,
} from './sigv4-verify.js';
export type { SigV4Claims, SigV4Identity, SigV4VerifyOptions } from './sigv4-verify.js';
export type { SigV4Path } from './sigv4-canonical.js';
export type { SigV4Algorithm, SigV4Name } from './sigv4-scope.js';
export type { Relaxation } from '../key/policy.js';
export type { HttpRequest } from './message.js';
export type { Pair } from './percent.js';
export type { VerifyingKeys } from './keys.js';
export type { Verified } from '../scheme/verified.js';
