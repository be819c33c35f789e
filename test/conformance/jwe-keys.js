// @ts-check
// What a caller says of a JWE: the algorithm of the key by one of JOSE's names, and what may have
// encrypted the content. Nothing of it is read from the message.
import {
  aes128CbcHmacSha256,
  aes192CbcHmacSha384,
  aes256CbcHmacSha512,
} from 'countersign/alg/aes-cbc-hmac';
import { aes128Gcm, aes192Gcm, aes256Gcm } from 'countersign/alg/aes-gcm';
import { aes128Kw, aes192Kw, aes256Kw } from 'countersign/alg/aes-kw';
import { ecdhP256, ecdhP384, ecdhP521, x25519 } from 'countersign/alg/agreement';
import { rsaOaepSha1, rsaOaepSha256, rsaOaepSha512 } from 'countersign/alg/rsa-oaep';
import { decryptJwe, DIRECT_AGREEMENT } from 'countersign/jose/jwe';
import { importJwk } from 'countersign/jose/jwk';

/** @typedef {import('./fields.js').Fields} Fields */

/** @type {Readonly<Record<string, import('countersign/jose/jwe').AeadAlgorithm>>} */
const ENCS = {
  A128GCM: aes128Gcm,
  A192GCM: aes192Gcm,
  A256GCM: aes256Gcm,
  'A128CBC-HS256': aes128CbcHmacSha256,
  'A192CBC-HS384': aes192CbcHmacSha384,
  'A256CBC-HS512': aes256CbcHmacSha512,
};
const WRAPS = { A128KW: aes128Kw, A192KW: aes192Kw, A256KW: aes256Kw };
const CARRIES = {
  ...WRAPS,
  'RSA-OAEP': rsaOaepSha1,
  'RSA-OAEP-256': rsaOaepSha256,
  'RSA-OAEP-512': rsaOaepSha512,
};
const CURVES = { 'P-256': ecdhP256, 'P-384': ecdhP384, 'P-521': ecdhP521, X25519: x25519 };
const OPERATIONS = /** @type {const} */ ({
  aead: 'open',
  wrap: 'unwrap',
  agreement: 'agree',
  encryption: 'decrypt',
});
/** What a key of an algorithm that is not here is imported for, to see it refused. */
const OTHERS = { RSA: rsaOaepSha256, oct: aes256Kw };

/**
 * How the messages to a key are opened: the algorithm that they are counted under, and why the library
 * refuses all of them, if it does.
 * @param {Fields} jwk
 * @param {string} name the `alg` that the key is for
 */
export function recipientOf(jwk, name) {
  const [base = '', wrapName] = name.split('+');
  const isAgreement = base === 'ECDH-ES';
  const own = isAgreement
    ? valueOf(CURVES, String(jwk['crv']))
    : base === 'dir'
      ? valueOf(ENCS, String(jwk['alg']))
      : (valueOf(CARRIES, base) ?? valueOf(ENCS, base));
  const alg = own ?? valueOf(OTHERS, String(jwk['kty']));
  if (alg === undefined) return undefined;
  const wrap = wrapName === undefined ? DIRECT_AGREEMENT : valueOf(WRAPS, wrapName);
  return {
    alg,
    operation: OPERATIONS[alg.kind],
    policy: own === undefined ? `${name} of JWE` : undefined,
    /**
     * @param {string} token
     * @param {string | undefined} enc
     */
    open(token, enc) {
      const use = /** @type {never} */ (OPERATIONS[alg.kind]);
      const key = /** @type {import('countersign/jose/jwe').JweDecryptionKey} */ (
        /** @type {unknown} */ (importJwk(jwk, { alg, use }))
      );
      const allowed = enc === undefined ? undefined : valueOf(ENCS, enc);
      return decryptJwe(token, key, {
        enc: allowed === undefined ? Object.values(ENCS) : [allowed],
        wrap: isAgreement ? wrap : undefined,
      }).plaintext;
    },
  };
}

/**
 * @template T
 * @param {Readonly<Record<string, T>>} table
 * @param {string} name
 * @returns {T | undefined}
 */
function valueOf(table, name) {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
