// @ts-check
// Libraries that sign requests of HTTP, as their own documentation has them called.
import { load } from './load.js';

/** @typedef {{ service: string, region: string, method: string, host: string, path: string, headers: Record<string, string>, body: Buffer }} AwsRequest */
/** @typedef {{ accessKeyId: string, secretAccessKey: string }} AwsCredentials */
/** @typedef {(request: AwsRequest, credentials: AwsCredentials) => { headers: Record<string, string> }} AwsSign */

/** It keeps the keys that it derives. @returns {Promise<AwsSign | undefined>} */
export async function aws4() {
  /** @type {{ default: { sign: AwsSign } } | undefined} */
  const module = await load('aws4');
  return module?.default.sign;
}

/** @typedef {{ authorize: (request: { url: string, method: string }) => object, toHeader: (data: object) => { Authorization: string } }} Oauth */
/** @typedef {(options: { consumer: { key: string, secret: string }, signature_method: string, hash_function: (text: string, key: string) => string }) => Oauth} OauthOf */

/** @returns {Promise<OauthOf | undefined>} */
export async function oauth1() {
  /** @type {{ default: OauthOf } | undefined} */
  const module = await load('oauth-1.0a');
  return module?.default;
}
