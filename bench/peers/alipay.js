// @ts-check
// alipay-sdk, Alipay's own library. What signs a request is not exported, so it is reached through
// what a program calls: the text for a client, the URL of a page, and a call of the gateway.
import { load } from './load.js';
import { overLoopback } from './loopback.js';
import { verdict, verdictOf } from './verdict.js';

/**
 * @typedef {object} AlipayConfig
 * @property {string} appId
 * @property {string} privateKey PEM, PKCS #8
 * @property {string} [alipayPublicKey] PEM
 * @property {string} [appCertContent] these three together: certificates instead
 * @property {string} [alipayPublicCertContent]
 * @property {string} [alipayRootCertContent]
 * @property {string} [encryptKey] base64
 * @property {'RSA' | 'RSA2'} [signType] RSA2 where there is none
 */
/**
 * @typedef {object} Alipay
 * @property {(method: string, params: object) => string} orderText the signed parameters, encoded and joined. `timestamp` of params is taken, else the clock in the machine's zone
 * @property {(method: string, params: object) => string} pageUrl
 * @property {(fields: Record<string, string>) => boolean} verifyNotify decodes the values once more; with sign_type signed, then without
 * @property {(fields: Record<string, string>) => boolean} verifyNotifyV2 the values as they are; likewise
 * @property {(text: string, root: string, sign: string) => boolean} verifyResponse the whole text, the name of the signed member. Without a key of Alipay's it accepts all
 * @property {(method: string, params: object, answer: (sent: import('./loopback.js').Sent) => import('./loopback.js').Answer) => Promise<boolean>} exchange a call of the gateway: false where the answer's signature is refused
 * @property {(text: string) => string} decrypt AES-CBC with an IV of zeros
 * @property {{ app?: string, alipay?: string, root?: string }} serials of the certificates
 */
/** @returns {Promise<((config: AlipayConfig) => Alipay) | undefined>} */
export async function alipay() {
  /** @typedef {{ appCertSn?: string, alipayCertSn?: string, alipayRootCertSn?: string }} Serials */
  /** @typedef {{ config: Serials, sdkExecute: (method: string, params: object) => string, pageExecute: (method: string, form: string, params: object) => string, checkNotifySign: (fields: object) => boolean, checkNotifySignV2: (fields: object) => boolean, checkResponseSign: (text: string, root: string, sign: string, trace: string) => void, exec: (method: string, params: object, options: object) => Promise<unknown>, aesDecrypt: (text: string) => string }} Sdk */
  /** @type {{ AlipaySdk: new (config: object) => Sdk, AlipayRequestError: new () => Error } | undefined} */
  const module = await load('alipay-sdk');
  if (module === undefined) return undefined;
  const { AlipaySdk, AlipayRequestError } = module;
  /** One class for all; 验签失败 says "checking the signature failed". @param {unknown} error */
  const isRefusal = (error) =>
    error instanceof AlipayRequestError && error.message.startsWith('验签失败');
  return (given) => {
    // It changes the configuration that it is given.
    const config = { ...given, keyType: 'PKCS8' };
    const sdk = new AlipaySdk({ ...config });
    const { appCertSn, alipayCertSn, alipayRootCertSn } = sdk.config;
    return {
      orderText: (method, params) => sdk.sdkExecute(method, params),
      pageUrl: (method, params) => sdk.pageExecute(method, 'GET', params),
      verifyNotify: (fields) => sdk.checkNotifySign(fields),
      verifyNotifyV2: (fields) => sdk.checkNotifySignV2(fields),
      verifyResponse: (text, root, sign) =>
        verdict(() => {
          sdk.checkResponseSign(text, root, sign, '');
        }, isRefusal),
      exchange: (method, params, answer) =>
        overLoopback(answer, (origin) => {
          const client = new AlipaySdk({ ...config, gateway: `${origin}/gateway.do` });
          return verdictOf(client.exec(method, params, { validateSign: true }), isRefusal);
        }),
      decrypt: (text) => sdk.aesDecrypt(text),
      serials: {
        ...(appCertSn !== undefined && { app: appCertSn }),
        ...(alipayCertSn !== undefined && { alipay: alipayCertSn }),
        ...(alipayRootCertSn !== undefined && { root: alipayRootCertSn }),
      },
    };
  };
}
