// @ts-check
// http-message-signatures: RFC 9421 on node:crypto, asynchronous. It compares no Content-Digest.
import { load } from './load.js';

/** @typedef {{ method: string, url: string | URL, headers: Record<string, string | string[]> }} PeerRequest */
/** @typedef {{ status: number, headers: Record<string, string | string[]> }} PeerResponse */
/** @typedef {(data: Buffer) => Promise<Buffer>} PeerSign */
/** @typedef {(data: Buffer, signature: Buffer) => Promise<boolean | null>} PeerVerify */
/**
 * @typedef {object} SignConfig
 * @property {{ id?: string, alg?: string, sign: PeerSign }} key
 * @property {string} [name]
 * @property {string[]} [params]
 * @property {string[]} [fields]
 * @property {Record<string, Date | string>} [paramValues]
 */
/**
 * @typedef {object} VerifyConfig
 * @property {() => Promise<{ id?: string, algs?: string[], verify: PeerVerify }>} keyLookup
 * @property {number} [maxAge]
 * @property {string[]} [requiredParams]
 * @property {string[]} [requiredFields]
 */
/**
 * @typedef {object} HttpMessageSignatures
 * @property {(key: unknown, alg: string, id?: string) => { id?: string, alg?: string, sign: PeerSign }} createSigner
 * @property {(key: unknown, alg: string) => PeerVerify} createVerifier
 * @property {{ signMessage: <M extends PeerRequest | PeerResponse>(config: SignConfig, message: M, request?: PeerRequest) => Promise<M>, verifyMessage: (config: VerifyConfig, message: PeerRequest | PeerResponse, request?: PeerRequest) => Promise<boolean | null> }} httpbis
 */

/** @returns {Promise<HttpMessageSignatures | undefined>} */
export async function httpMessageSignatures() {
  /** @type {HttpMessageSignatures | undefined} */
  const module = await load('http-message-signatures');
  return module;
}
