/**
 * OAuth 1.0a, {@link https://www.rfc-editor.org/rfc/rfc5849 RFC 5849}, signed in the field
 * `Authorization`: HMAC-SHA1, HMAC-SHA256, RSA-SHA256 and RSA-PSS; RSA-SHA1 to verify alone.
 * `countersign/http/oauth1`.
 *
 * RSA-PSS and `oauth_body_hash` are as Mastercard has them. The method is that of the key, and what
 * a request says of it is compared. Nonce and time come back for whoever keeps those that were seen;
 * a result of HMAC-SHA1 or RSA-SHA1 is marked weak.
 *
 * @module
 */
export type { Key } from '../key/handle.js';
export type { Relaxation } from '../key/policy.js';
export { ALLOW_WEAK_SECRET } from '../key/secret.js';
export type { Verified } from '../scheme/verified.js';
export type { VerifyingKeys } from './keys.js';
export type { HttpRequest } from './message.js';
export { oauth1BaseString, type Oauth1Query } from './oauth1-base.js';
export {
  type Oauth1Algorithm,
  type Oauth1Mac,
  oauth1Secret,
  type Oauth1SecretOptions,
  type Oauth1Secrets,
  type Oauth1SigningAlgorithm,
} from './oauth1-key.js';
export {
  type Oauth1RemoteKey,
  type Oauth1SigningKey,
  type Oauth1SignOptions,
  type SignedOauth1,
  signOauth1,
  signOauth1Async,
} from './oauth1-sign.js';
export {
  ACCEPT_UNSIGNED_BODY,
  identifyOauth1,
  type Oauth1Claims,
  type Oauth1Identity,
  type Oauth1VerifyOptions,
  verifyOauth1,
} from './oauth1-verify.js';
export type { Pair } from './percent.js';
