// @ts-check
// What signs and verifies tokens elsewhere: each with its keys parsed once, as its own documents say,
// and told what the token must claim.
import { load } from './load.js';

/** @typedef {import('../floor/jose.js').Expected} Expected */

/**
 * @typedef {object} Jose
 * @property {(jwk: object, alg: string) => Promise<unknown>} importJWK
 * @property {(token: string, key: unknown, options: object) => Promise<{ payload: unknown }>} jwtVerify
 * @property {new (claims: object) => { setProtectedHeader(header: object): { sign(key: unknown): Promise<string> } }} SignJWT
 */

/**
 * @typedef {object} FastJwt
 * @property {(options: object) => (token: string) => unknown} createVerifier
 * @property {(options: object) => (claims: object) => string} createSigner
 */

/**
 * @typedef {object} JsonWebToken
 * @property {(token: string, key: unknown, options: object) => unknown} verify
 * @property {(claims: object, key: unknown, options: object) => string} sign
 */

/** @returns {Promise<Jose | undefined>} */
export const jose = () => load('jose');

/** @returns {Promise<FastJwt | undefined>} */
export async function fastJwt() {
  /** @type {{ default: FastJwt } | undefined} */
  const module = await load('fast-jwt');
  return module?.default;
}

/** @returns {Promise<JsonWebToken | undefined>} */
export async function jsonWebToken() {
  /** @type {{ default: JsonWebToken } | undefined} */
  const module = await load('jsonwebtoken');
  return module?.default;
}
