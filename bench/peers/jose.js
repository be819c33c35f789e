// @ts-check
// jose: keys are CryptoKeys of the platform, and everything but base64url is asynchronous.
import { load } from './load.js';

/**
 * @typedef {object} Jose
 * @property {{ encode: (octets: Uint8Array) => string, decode: (text: string) => Uint8Array }} base64url
 * @property {(pem: string, alg: string) => Promise<unknown>} importSPKI
 * @property {(pem: string, alg: string) => Promise<unknown>} importPKCS8
 * @property {(jwk: object, alg: string) => Promise<unknown>} importJWK
 */

/** @returns {Promise<Jose | undefined>} */
export const jose = () => load('jose');

export async function joseBase64Url() {
  return (await jose())?.base64url;
}
