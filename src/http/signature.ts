/**
 * HTTP Message Signatures, {@link https://www.rfc-editor.org/rfc/rfc9421 RFC 9421}.
 * `countersign/http/signature`.
 *
 * `signMessage` gives the two fields to send with a message. `verifyMessage` is told what must be
 * covered and gives the values of what was. `signatureBase` shows what is signed.
 *
 * @module
 */
export type { Bytes } from '../bytes/octets.js';
export type { Relaxation } from '../key/policy.js';
export type { RemoteMac, RemoteSigner } from '../key/remote.js';
export type { KeyRing } from '../key/ring.js';
export type { Key } from '../key/use.js';
export type { Verified } from '../scheme/verified.js';
export {
  answerAcceptSignature,
  type AnsweredSignature,
  type AnswerOptions,
  readAcceptSignature,
  type RequestedSignature,
  writeAcceptSignature,
} from './accept-signature.js';
export {
  type Component,
  type ComponentIdentifier,
  type ComponentSources,
  type FieldTypes,
} from './component.js';
export type { DigestName } from './digest.js';
export type { HttpMessage, HttpRequest, HttpResponse } from './message.js';
export type { HttpSignatureAlgorithm } from './signature-algorithm.js';
export {
  type Components,
  NO_COMPONENTS,
  signatureBase,
  type SignatureBaseOptions,
  type SignatureParameters,
} from './signature-base.js';
export {
  type AsyncHttpSigningKey,
  type HttpSigningKey,
  type SignedFields,
  signMessage,
  signMessageAsync,
  type SignMessageOptions,
} from './signature-sign.js';
export {
  ANY_SIGNATURE,
  CALLER_CHECKS_BODY,
  NO_MAX_AGE,
  type SignatureSelection,
  type VerifiedMessage,
  verifyMessage,
  type VerifyMessageOptions,
  type VerifyingKeys,
} from './signature-verify.js';
