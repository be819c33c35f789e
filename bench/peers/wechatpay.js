// @ts-check
// WeChat Pay has no library of its own for Node; these two of others are the ones in use. The first
// is taken apart and run whole, the second in parts.
import { load } from './load.js';
import { overLoopback } from './loopback.js';
import { verdictOf } from './verdict.js';

/** @typedef {{ mchid: string, serial: string, privateKey: string }} Merchant the serial number of its certificate, PEM */
/** @typedef {{ method: string, url: string, timestamp: string, nonce: string, body: string }} Request path and query as sent */
/** @typedef {{ timestamp: string, nonce: string, body: string }} Reply a response or a callback */
/** @typedef {{ ciphertext: string, nonce: string, associatedData: string }} Resource base64 of ciphertext and tag */
/** @typedef {{ method: 'get' | 'post', path: string, data?: object, params?: object }} Call a path without its first slash */

/**
 * @typedef {object} WechatpayPlugin
 * @property {(merchant: Merchant, request: Request) => string} authorization
 * @property {(reply: Reply, privateKey: string) => string} signReply as the platform does
 * @property {(reply: Reply, signature: string, publicKey: string) => boolean} verifyReply a key or a certificate; no time is looked at
 * @property {(lines: string[], privateKey: string) => string} signLines what a client of WeChat is given: paySign
 * @property {(plaintext: string, key: string, resource: { nonce: string, associatedData: string }) => string} seal
 * @property {(resource: Resource, key: string) => string} open throws for any change
 * @property {(text: string, publicKey: string) => string} encrypt sensitive fields: OAEP with SHA-1
 * @property {(text: string, privateKey: string) => string} decrypt
 * @property {(merchant: Merchant, certs: Record<string, string>, call: Call, answer: (sent: import('./loopback.js').Sent) => import('./loopback.js').Answer) => Promise<boolean>} exchange its whole client, at the time of the clock: false where it refuses the answer
 */
/** wechatpay-axios-plugin. @returns {Promise<WechatpayPlugin | undefined>} */
export async function wechatpayPlugin() {
  /** @typedef {{ sign: (text: string, key: string) => string, verify: (text: string, signature: string, key: string) => boolean, encrypt: (text: string, key: string) => string, decrypt: (text: string, key: string) => string }} RsaOf */
  /** @typedef {{ request: (...parts: string[]) => string, response: (...parts: string[]) => string, joinedByLineFeed: (...parts: string[]) => string, authorization: (...parts: string[]) => string }} FormatterOf */
  /** @typedef {{ AesGcm: { encrypt: (...parts: string[]) => string, decrypt: (...parts: string[]) => string } }} AesOf */
  /** @typedef {new (config: object) => { client: { v3: { request: (call: object) => Promise<unknown> } } }} Client */
  /** @type {{ Wechatpay: Client, Rsa: RsaOf, Formatter: FormatterOf, Aes: AesOf } | undefined} */
  const module = await load('wechatpay-axios-plugin');
  if (module === undefined) return undefined;
  const { Wechatpay, Rsa, Formatter, Aes } = module;
  return {
    authorization: ({ mchid, serial, privateKey }, { method, url, timestamp, nonce, body }) => {
      const text = Formatter.request(method, url, timestamp, nonce, body);
      return Formatter.authorization(mchid, nonce, Rsa.sign(text, privateKey), timestamp, serial);
    },
    signReply: ({ timestamp, nonce, body }, privateKey) =>
      Rsa.sign(Formatter.response(timestamp, nonce, body), privateKey),
    verifyReply: ({ timestamp, nonce, body }, signature, publicKey) =>
      Rsa.verify(Formatter.response(timestamp, nonce, body), signature, publicKey),
    signLines: (lines, privateKey) => Rsa.sign(Formatter.joinedByLineFeed(...lines), privateKey),
    seal: (plaintext, key, { nonce, associatedData }) =>
      Aes.AesGcm.encrypt(plaintext, key, nonce, associatedData),
    open: ({ ciphertext, nonce, associatedData }, key) =>
      Aes.AesGcm.decrypt(ciphertext, key, nonce, associatedData),
    encrypt: (text, publicKey) => Rsa.encrypt(text, publicKey),
    decrypt: (text, privateKey) => Rsa.decrypt(text, privateKey),
    exchange: (merchant, certs, { path: url, ...call }, answer) =>
      overLoopback(answer, (origin) => {
        const config = { ...merchant, certs, baseURL: `${origin}/`, proxy: false };
        const { client } = new Wechatpay(config);
        return verdictOf(client.v3.request({ url, ...call }), isPluginRefusal);
      }),
  };
}

/** @param {unknown} error */
function isPluginRefusal(error) {
  return (
    error instanceof Error && 'code' in error && String(error.code).startsWith('EV3_RES_HEADER')
  );
}

/**
 * @typedef {object} WechatpayNode
 * @property {(request: Request) => string} authorization the body's line is left out where a request that is no GET has none
 * @property {(reply: Reply & { serial: string, signature: string }, publicKey: string) => Promise<boolean>} verifyReply no time is looked at
 * @property {(text: string) => string} sign what a client of WeChat is given: paySign of lines that the caller joined
 * @property {(resource: Resource, key: string) => unknown} open JSON is parsed. It never checks the tag: a changed ciphertext opens
 * @property {(text: string, publicKey: string) => string} encrypt
 * @property {(text: string) => string} decrypt
 * @property {(certificate: string) => string} serialOf
 * @property {(items: object[], key: string) => Promise<{ serial_no: string, publicKey: string }[]>} certificates what GET /v3/certificates gave as `data`
 */
/** wechatpay-node-v3. @returns {Promise<((merchant: Merchant) => WechatpayNode) | undefined>} */
export async function wechatpayNode() {
  /** @typedef {{ getSignature: (...parts: string[]) => string, getAuthorization: (...parts: string[]) => string, sign: (text: string) => string, verifySign: (reply: object) => Promise<boolean>, decipher_gcm: (...parts: string[]) => unknown, publicEncrypt: (text: string, key: string) => string, privateDecrypt: (text: string) => string, getSN: (certificate: string) => string, createHttp: (http: object) => void, get_certificates: (key: string) => Promise<{ serial_no: string, publicKey: string }[]> }} Pay */
  /** @type {{ default: { new (config: object): Pay, certificates: Record<string, string> } } | undefined} */
  const module = await load('wechatpay-node-v3');
  if (module === undefined) return undefined;
  const Pay = module.default;
  return ({ mchid, serial, privateKey }) => {
    // It asks for a certificate, which it reads for a serial number that it is not given.
    const pay = new Pay({ appid: 'wx', mchid, serial_no: serial, publicKey: 'unread', privateKey });
    return {
      authorization: ({ method, url, timestamp, nonce, body }) =>
        pay.getAuthorization(
          nonce,
          timestamp,
          pay.getSignature(method, nonce, timestamp, url, body),
        ),
      verifyReply: (reply, publicKey) => {
        // Without one it would download them.
        Pay.certificates = { [reply.serial]: publicKey };
        return pay.verifySign(reply);
      },
      sign: (text) => pay.sign(text),
      open: ({ ciphertext, nonce, associatedData }, key) =>
        pay.decipher_gcm(ciphertext, associatedData, nonce, key),
      encrypt: (text, publicKey) => pay.publicEncrypt(text, publicKey),
      decrypt: (text) => pay.privateDecrypt(text),
      serialOf: (certificate) => pay.getSN(certificate),
      certificates: (items, key) => {
        const answer = { status: 200, data: { data: structuredClone(items) } };
        pay.createHttp({ get: () => Promise.resolve(answer) });
        return pay.get_certificates(key);
      },
    };
  };
}
