/**
 * Alipay's open platform, version 2: requests, answers, notifications and messages, the URL that a
 * payer comes back to, certificates and encrypted content. `countersign/provider/alipay`.
 *
 * {@link https://opendocs.alipay.com/common/02kf5q}. Version 3 is another scheme.
 *
 * @module
 */
export type { Bytes } from '../../bytes/octets.js';
export type { JsonValue } from '../../canonical/json-value.js';
export type { RingEntry } from '../../key/ring.js';
export type { Certificate } from '../../key/x509-certificate.js';
export type { Pin } from '../../key/x509-path.js';
export type { WeakRsaAlgorithm } from '../../primitive/legacy/rsa.js';
export type { RsaAlgorithm } from '../../primitive/rsa.js';
export type { SchemeMessage } from '../../scheme/message.js';
export type { Scheme, SchemeResult } from '../../scheme/scheme.js';
export type { Verified } from '../../scheme/verified.js';
export { about } from './about.js';
export {
  alipayCertSn,
  type AlipayCertificateOptions,
  alipayRootCertSn,
  alipaySubject,
  importAlipayCertificate,
  NO_PIN,
} from './certificate.js';
export {
  type AlipayContent,
  type AlipayContentKey,
  decryptContent,
  encryptContent,
  importContentKey,
} from './content.js';
export { alipayFields } from './fields.js';
export {
  type AlipayFormCovers,
  alipayMessage,
  alipayMessageSha1,
  alipayNotify,
  alipayNotifySha1,
  type AlipayNotifyCovers,
  alipayReturn,
  alipayReturnSha1,
} from './notify.js';
export {
  type AlipayCall,
  alipayCall,
  alipayPage,
  alipayPageCall,
  alipayRequest,
} from './request.js';
export { alipayResponse, type AlipayResponseCovers, alipayResponseSha1 } from './response.js';

export type { Fact } from '../../scheme/about.js';
export type { Direction } from '../../scheme/message.js';
export type { How } from '../../scheme/part.js';
export type { Strength } from '../../scheme/scheme.js';
