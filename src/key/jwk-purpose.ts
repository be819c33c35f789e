/**
 * What a JWK says it is for. `alg`, `use` and `key_ops` choose nothing: the caller has chosen, and a
 * key that says otherwise is refused.
 *
 * @module
 */
import { CountersignError } from '../errors.js';
import { type Jwk, own } from './jwk.js';

/** `alg` of RFC 7518, RFC 8037, RFC 8812 and RFC 9864, by the names of the algorithm values. */
const NAMES: Readonly<Record<string, RegExp>> = {
  'HMAC-SHA-256': /^HS256$/,
  'HMAC-SHA-384': /^HS384$/,
  'HMAC-SHA-512': /^HS512$/,
  'RSASSA-PKCS1-v1_5 SHA-1': /^RS1$/,
  'RSASSA-PKCS1-v1_5 SHA-256': /^RS256$/,
  'RSASSA-PKCS1-v1_5 SHA-384': /^RS384$/,
  'RSASSA-PKCS1-v1_5 SHA-512': /^RS512$/,
  'RSASSA-PSS SHA-256': /^PS256$/,
  'RSASSA-PSS SHA-384': /^PS384$/,
  'RSASSA-PSS SHA-512': /^PS512$/,
  'ECDSA P-256 SHA-256': /^ES256$/,
  'ECDSA P-384 SHA-384': /^ES384$/,
  'ECDSA P-521 SHA-512': /^ES512$/,
  'ECDSA secp256k1 SHA-256': /^ES256K$/,
  Ed25519: /^(?:EdDSA|Ed25519)$/,
  'RSAES-OAEP SHA-1': /^RSA-OAEP$/,
  'RSAES-OAEP SHA-256': /^RSA-OAEP-256$/,
  'RSAES-OAEP SHA-512': /^RSA-OAEP-512$/,
  // A key that encrypts content by itself, RFC 7518, section 4.5, is of `dir` or of its `enc`.
  'AES-128-GCM': /^(?:A128GCM|dir)$/,
  'AES-192-GCM': /^(?:A192GCM|dir)$/,
  'AES-256-GCM': /^(?:A256GCM|dir)$/,
  'AES-128-CBC-HMAC-SHA-256': /^(?:A128CBC-HS256|dir)$/,
  'AES-192-CBC-HMAC-SHA-384': /^(?:A192CBC-HS384|dir)$/,
  'AES-256-CBC-HMAC-SHA-512': /^(?:A256CBC-HS512|dir)$/,
  'AES-128-KW': /^A128KW$/,
  'AES-192-KW': /^A192KW$/,
  'AES-256-KW': /^A256KW$/,
  'ECDH P-256': /^ECDH-ES(?:\+A(?:128|192|256)KW)?$/,
  'ECDH P-384': /^ECDH-ES(?:\+A(?:128|192|256)KW)?$/,
  'ECDH P-521': /^ECDH-ES(?:\+A(?:128|192|256)KW)?$/,
  X25519: /^ECDH-ES(?:\+A(?:128|192|256)KW)?$/,
};
/** `use` and `key_ops` of RFC 7517, sections 4.2 and 4.3, by what a key is imported for. */
const PURPOSES: Readonly<Record<string, readonly [use: string, ...operations: string[]]>> = {
  sign: ['sig', 'sign'],
  verify: ['sig', 'verify'],
  mac: ['sig', 'sign'],
  seal: ['enc', 'encrypt'],
  open: ['enc', 'decrypt'],
  encrypt: ['enc', 'encrypt', 'wrapKey'],
  decrypt: ['enc', 'decrypt', 'unwrapKey'],
  wrap: ['enc', 'wrapKey'],
  unwrap: ['enc', 'unwrapKey'],
  agree: ['enc', 'deriveKey', 'deriveBits'],
  peer: ['enc', 'deriveKey', 'deriveBits'],
};

/** Refuses a JWK that says it is for something else than the caller says. */
export function checkJwk(jwk: Jwk, algorithm: string, purpose: string): void {
  const [alg, use, operations] = ['alg', 'use', 'key_ops'].map((name) => own(jwk, name));
  const [name, [only, ...allowed] = ['']] = [NAMES[algorithm], PURPOSES[purpose]];
  if (alg !== undefined && !(typeof alg === 'string' && name?.test(alg) === true)) {
    throw contradiction(algorithm, 'alg');
  }
  if (use !== undefined && use !== only) throw contradiction(algorithm, 'use');
  if (operations === undefined) return;
  // WebCrypto writes none for a public key that others agree with.
  if (purpose === 'peer' && Array.isArray(operations) && operations.length === 0) return;
  if (!Array.isArray(operations) || !allowed.some((one) => operations.includes(one))) {
    throw contradiction(algorithm, 'key_ops');
  }
}

function contradiction(algorithm: string, member: string): CountersignError {
  return new CountersignError(
    'ERR_KEY_USE',
    `${algorithm}: expected a JWK to be used so, found one whose ${member} says otherwise`,
  );
}
