/**
 * Ids of public keys: the JWK thumbprint with SHA-256,
 * {@link https://www.rfc-editor.org/rfc/rfc7638#section-3 RFC 7638, section 3}, in base64url. There
 * is none for a secret: it would be an unsalted digest of it, printed in every log (section 7).
 *
 * @module
 */
import { encodeBase64Url } from '../bytes/base64.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { sha256 } from '../primitive/digest.js';
import type { CurveName } from './container.js';

/** The thumbprint of an RSA public key, RFC 7638, section 3.1. */
export function rsaThumbprint(n: Uint8Array, e: Uint8Array): string {
  return thumbprint({ e: encodeBase64Url(e), kty: 'RSA', n: encodeBase64Url(n) });
}

/** The thumbprint of a point, given uncompressed, RFC 7638, section 3.2. */
export function ecThumbprint(crv: CurveName, point: Uint8Array): string {
  const half = (point.length - 1) / 2;
  const [x, y] = [point.subarray(1, 1 + half), point.subarray(1 + half)].map(encodeBase64Url);
  return thumbprint({ crv, kty: 'EC', x: x ?? '', y: y ?? '' });
}

/** The thumbprint of an octet key pair, {@link https://www.rfc-editor.org/rfc/rfc8037#section-2}. */
export function okpThumbprint(crv: 'Ed25519' | 'X25519', encoded: Uint8Array): string {
  return thumbprint({ crv, kty: 'OKP', x: encodeBase64Url(encoded) });
}

/** The members are base64url and curve names, so JSON escapes nothing; they come in order. */
function thumbprint(members: Readonly<Record<string, string>>): string {
  return encodeBase64Url(sha256.digest(encodeUtf8(JSON.stringify(members))));
}
