// @ts-check
// Keys of JOSE files: a JWK, and the algorithm value that one of JOSE's names stands for.
import {
  ecdsaP256Sha256,
  ecdsaP384Sha384,
  ecdsaP521Sha512,
  ecdsaSecp256k1Sha256,
} from 'countersign/alg/ecdsa';
import { ed25519 } from 'countersign/alg/ed25519';
import { hmacSha256, hmacSha384, hmacSha512 } from 'countersign/alg/hmac';
import * as rsa from 'countersign/alg/rsa';
import { decodeBase64Url } from 'countersign/bytes';
import { importKey } from 'countersign/key';
import { text } from './fields.js';
import { macSecret } from './secrets.js';

/** @typedef {import('./fields.js').Fields} Fields */

/** @type {Readonly<Record<string, import('countersign/jose/jws').JwsAlgorithm>>} */
const ALGORITHMS = {
  HS256: hmacSha256,
  HS384: hmacSha384,
  HS512: hmacSha512,
  RS256: rsa.rsaPkcs1Sha256,
  RS384: rsa.rsaPkcs1Sha384,
  RS512: rsa.rsaPkcs1Sha512,
  PS256: rsa.rsaPssSha256,
  PS384: rsa.rsaPssSha384,
  PS512: rsa.rsaPssSha512,
  ES256: ecdsaP256Sha256,
  ES384: ecdsaP384Sha384,
  ES512: ecdsaP521Sha512,
  ES256K: ecdsaSecp256k1Sha256,
  EdDSA: ed25519,
  Ed25519: ed25519,
};
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi'];

/**
 * The algorithm of a name.
 * @param {unknown} name
 */
export function algorithmOf(name) {
  return typeof name === 'string' && Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name] : undefined;
}

/**
 * The key of a JWK that verifies; of a private one its public half.
 * @param {Fields} jwk
 * @param {import('countersign/jose/jws').JwsAlgorithm} alg
 */
export function verifyingKey(jwk, alg) {
  if (alg.kind === 'mac') return macSecret(decodeBase64Url(text(jwk, 'k')), alg, 'verify');
  const half = Object.fromEntries(Object.entries(jwk).filter(([name]) => !PRIVATE.includes(name)));
  return importKey(half, { alg, use: 'verify' });
}

/**
 * The key of a JWK that signs.
 * @param {Fields} jwk
 * @param {import('countersign/jose/jws').JwsAlgorithm} alg
 */
export function signingKey(jwk, alg) {
  if (alg.kind === 'mac') return macSecret(decodeBase64Url(text(jwk, 'k')), alg, 'mac');
  return importKey(jwk, { alg, use: 'sign' });
}
