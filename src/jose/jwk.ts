/**
 * JSON Web Keys: one, a set of them, and their thumbprints. `countersign/jose/jwk`.
 *
 * {@link https://www.rfc-editor.org/rfc/rfc7517 RFC 7517},
 * {@link https://www.rfc-editor.org/rfc/rfc7638 RFC 7638} and
 * {@link https://www.rfc-editor.org/rfc/rfc9278 RFC 9278}. The numbers of a key are base64url in its
 * one spelling and of exactly the size that RFC 7518, section 6, has.
 *
 * @module
 */
import { encodeBase64Url } from '../bytes/base64.js';
import { choice, fields } from '../bytes/octets.js';
import { writeJson } from '../canonical/json.js';
import { exportPublicKey } from '../key/export.js';
import { Key } from '../key/handle.js';
import { type Jwk, own, readJwk } from '../key/jwk.js';
import type { DigestAlgorithm } from '../primitive/digest.js';

export type { Bytes } from '../bytes/octets.js';
export type { CountersignErrorCode } from '../errors.js';
export type { AlgorithmName, KeyPurpose } from '../key/handle.js';
export type { KeyAlgorithm, KeyUse } from '../key/index.js';
export {
  ALLOW_RSA_1024,
  ALLOW_RSA_E3,
  PAD_SHORT_COORDINATE,
  type Relaxation,
} from '../key/policy.js';
export type { KeyRing } from '../key/ring.js';
export { importJwk, type ImportJwkOptions } from './jwk-import.js';
export * from './jwk-set.js';
export type { DigestAlgorithm, Jwk, Key };

const LEAST_HASH = 32;
/** RFC 7638, section 3.2, and RFC 8037, section 2. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  RSA: ['e', 'kty', 'n'],
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
};

/**
 * The thumbprint of a public key, or of the public half of a private one. There is none of a secret: it
 * could be searched for by it (RFC 7638, section 7).
 */
export function jwkThumbprint(key: Jwk | Key, hash: DigestAlgorithm): string {
  const { kind, size } = fields(hash, 'hash', 'a hash function of countersign/alg/digest');
  choice<string>(kind, 'hash.kind', ['digest']);
  if (!(LEAST_HASH <= size)) {
    throw new TypeError(`hash: expected a hash function of ${LEAST_HASH} octets or more`);
  }
  const members = key instanceof Key ? exportPublicKey(key, 'jwk') : requiredMembers(key);
  // RFC 8785 sorts, and escapes nothing here: the text of RFC 7638, section 3.
  return encodeBase64Url(hash.digest(writeJson(members)));
}

/** The thumbprint as a URI, RFC 9278, section 3. */
export function jwkThumbprintUri(key: Jwk | Key, hash: DigestAlgorithm): string {
  const thumbprint = jwkThumbprint(key, hash);
  return `urn:ietf:params:oauth:jwk-thumbprint:${hash.name.toLowerCase()}:${thumbprint}`;
}

function requiredMembers(jwk: Jwk): Readonly<Record<string, unknown>> {
  readJwk(jwk, false);
  const names = REQUIRED[own(jwk, 'kty') as string] ?? [];
  return Object.fromEntries(names.map((name) => [name, own(jwk, name)]));
}
