/**
 * WeChat Pay, API v3: requests, responses, callbacks with their encrypted resource, certificates,
 * sensitive fields and what clients pay with. `countersign/provider/wechat-pay`.
 *
 * Shangmi, its mode of SM2 and SM4, is refused by its names. API v2 is another scheme.
 *
 * @module
 */
export type { Bytes } from '../../bytes/octets.js';
export type { JsonValue } from '../../canonical/json-value.js';
export type { KeyInput } from '../../key/content.js';
export type { Key } from '../../key/handle.js';
export type { KeyRing } from '../../key/ring.js';
export type { Certificate } from '../../key/x509-certificate.js';
export type { WeakVerdict } from '../../primitive/legacy/weak.js';
export type { Scheme, SchemeResult } from '../../scheme/scheme.js';
export type { SchemeMessage } from '../../scheme/message.js';
export type { Verified } from '../../scheme/verified.js';
export { about } from './about.js';
export { bootstrapCertificates, openCertificates } from './certificates.js';
export {
  type AppFields,
  type AppPayment,
  type JsapiFields,
  type JsapiPayment,
  type PaymentOptions,
  type RemoteSigner,
  type RsaAlgorithm,
  signAppPayment,
  signAppPaymentAsync,
  signJsapiPayment,
  signJsapiPaymentAsync,
} from './client-payment.js';
export {
  decryptField,
  decryptFieldAsync,
  encryptField,
  type OaepAlgorithm,
  type RemoteDecrypter,
} from './field.js';
export {
  type PlatformKeyInput,
  platformKeys,
  type PlatformPublicKey,
  platformSerial,
} from './platform-keys.js';
export { wechatPayRequest, type WechatPayRequestCovers } from './request.js';
export { type OpenedResource, openResource } from './resource.js';
export { wechatPayCallback, type WechatPayCovers, wechatPayResponse } from './response.js';
export { type AeadAlgorithm, importApiV3Key } from './sealed.js';
export {
  matchesStatement,
  wechatPayStatement,
  type WechatPayStatementCovers,
} from './statement.js';

export type { Fact } from '../../scheme/about.js';
export type { Direction } from '../../scheme/message.js';
export type { How } from '../../scheme/part.js';
export type { BaseOptions, Strength } from '../../scheme/scheme.js';
