/**
 * RSA keys as backends take them.
 *
 * @module
 */
import { derEncode, derInteger, derObjectId, derSequence, DER_TAG } from '../bytes/der.js';
import type { Bytes, RsaPrivateParts, RsaPublicParts } from './contract.js';

/** RSAPublicKey, {@link https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.1}. */
export function rsaPublicDer({ n, e }: RsaPublicParts): Bytes {
  return derSequence(derInteger(n), derInteger(e));
}

/** RSAPrivateKey, {@link https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.2}. */
export function rsaPrivateDer({ n, e, d, p, q, dp, dq, qi }: RsaPrivateParts): Bytes {
  const version = new Uint8Array(0);
  return derSequence(...[version, n, e, d, p, q, dp, dq, qi].map((part) => derInteger(part)));
}

/** PrivateKeyInfo, {@link https://www.rfc-editor.org/rfc/rfc5208#section-5 RFC 5208}. */
export function rsaPkcs8Der(parts: RsaPrivateParts): Bytes {
  const algorithm = derSequence(derObjectId('1.2.840.113549.1.1.1'), derEncode(DER_TAG.null));
  const key = derEncode(DER_TAG.octetString, rsaPrivateDer(parts));
  return derSequence(derInteger(new Uint8Array(0)), algorithm, key);
}
