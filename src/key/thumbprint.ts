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
import type { PairMaterial } from './material.js';
import { publicMembers } from './jwk-write.js';

/** The thumbprint of a public key, or of the public half of a private one. */
export function thumbprint(material: PairMaterial): string {
  // The required members in the order of their names, section 3.2 and RFC 8037, section 2. They are
  // base64url and curve names, of which JSON escapes nothing.
  const members = Object.entries(publicMembers(material)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return encodeBase64Url(sha256.digest(encodeUtf8(JSON.stringify(Object.fromEntries(members)))));
}
