// wechatpay-axios-plugin, wechatpay-node-v3 and this one: requests, responses and callbacks, what is
// encrypted in them, and what a client is handed.
import { createVerify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as peers from '../../../bench/peers/providers.js';
import { utf8Of } from '../../../src/bytes/utf8.js';
import { importPrivateKey, importPublicKey } from '../../../src/key/rsa.js';
import { readCertificate } from '../../../src/key/x509.js';
import { rsaOaepSha1 } from '../../../src/primitive/rsa-oaep.js';
import { rsaPkcs1Sha256 } from '../../../src/primitive/rsa.js';
import {
  decryptField,
  encryptField,
  importApiV3Key,
  openCertificates,
  openResource,
  platformKeys,
  signAppPayment,
  signJsapiPayment,
  wechatPayCallback,
  wechatPayRequest,
  wechatPayResponse,
} from '../../../src/provider/wechat-pay/index.js';
import { sign, verify } from '../../../src/scheme/index.js';
import { installed } from '../installed.js';
import {
  BODIES,
  certify,
  changed,
  codeOf,
  hasOpenssl,
  headerOf,
  NOW,
  rsaPair,
} from './messages.js';

const PLATFORM = 'PUB_KEY_ID_0100000000';
const API_KEY = '0123456789abcdefghijklmnopqrstuv';
const HOST = 'https://api.mch.weixin.qq.com';

const [merchant, platform] = [rsaPair(), rsaPair()];
const who = { mchid: '1900000109', serial: '0A1B', privateKey: merchant.privateKey };
const as = { alg: rsaPkcs1Sha256 };
const signs = importPrivateKey(merchant.privateKey, { ...as, use: 'sign', id: who.serial });
const verifies = importPublicKey(merchant.publicKey, { ...as, use: 'verify', id: who.serial });
const platformSigns = importPrivateKey(platform.privateKey, { ...as, use: 'sign', id: PLATFORM });
const keys = platformKeys({ publicKeys: [{ id: PLATFORM, key: platform.publicKey }] });
const apiKey = importApiV3Key(API_KEY);

const REQUESTS = [
  ...BODIES.map((body) => ({ method: 'POST', url: '/v3/pay/transactions/jsapi', body })),
  { method: 'GET', url: '/v3/pay/transactions/id/42?mchid=1900000109&note=%E6%94%AF', body: '' },
  { method: 'GET', url: '/v3/bill?a=%2B&b=+&c=%20&a=2&d', body: '' },
  { method: 'DELETE', url: '/', body: '' },
].map((request) => ({ ...request, timestamp: String(NOW), nonce: 'n0nce' }));

/** A request as it arrives with this field; verified by us. */
function authorized(field: string, { method, url, body }: (typeof REQUESTS)[number], now = NOW) {
  const message = {
    method,
    url: HOST + url,
    headers: { Authorization: field },
    body: utf8Of(body),
  };
  return codeOf(() => verify(wechatPayRequest, message, verifies, { now }));
}

/** A reply with this signature, verified by us; the result too. */
function replied(
  scheme: typeof wechatPayCallback,
  body: string,
  signature: string,
  at: { readonly now?: number; readonly nonce?: string } = {},
) {
  const { now = NOW, nonce = 'n' } = at;
  const headers = {
    'Wechatpay-Timestamp': String(NOW),
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': PLATFORM,
    'Wechatpay-Signature': signature,
  };
  return verify(scheme, { headers, body: utf8Of(body) }, keys, { now });
}

const plugin = await installed('wechatpay-axios-plugin', peers.wechatpayPlugin());
const node = (await installed('wechatpay-node-v3', peers.wechatpayNode()))?.(who);

describe.runIf(plugin !== undefined)('wechatpay-axios-plugin, where it is installed,', () => {
  const reply = (body: string) => ({ timestamp: String(NOW), nonce: 'n', body });

  test.each(REQUESTS)('signs requests and is verified here: $method $url $body', (request) => {
    const field = plugin?.authorization(who, request) ?? '';
    expect(authorized(field, request)).toBeUndefined();
    expect(authorized(field, { ...request, body: changed(request.body) })).toBe(
      'ERR_VERIFY_FAILED',
    );
    expect(authorized(field, { ...request, url: `${request.url}2` })).toBe('ERR_VERIFY_FAILED');
    expect(authorized(field, { ...request, method: 'PUT' })).toBe('ERR_VERIFY_FAILED');
    expect(authorized(field, request, NOW + 301)).toBe('ERR_TOO_OLD');
  });

  test.each(REQUESTS)(
    'signs what is signed here, octet for octet: $method $url $body',
    (request) => {
      const { method, url, body, nonce } = request;
      const message = { method, url: HOST + url, body: utf8Of(body) };
      const values = { nonce, mchid: who.mchid };
      const made = sign(wechatPayRequest, message, signs, { now: NOW, values });
      const pairs = (field: string) => field.replace(/^\S+ /, '').split(',').toSorted();
      expect(pairs(headerOf(made, 'Authorization'))).toEqual(
        pairs(plugin?.authorization(who, request) ?? ''),
      );
      expect(authorized(headerOf(made, 'Authorization'), request)).toBeUndefined();
    },
  );

  test.each([...BODIES, ''])('signs replies and is verified here: %j', (body) => {
    const signature = plugin?.signReply(reply(body), platform.privateKey) ?? '';
    for (const scheme of [wechatPayResponse, wechatPayCallback]) {
      const outcome = (given: string, at = {}) =>
        codeOf(() => replied(scheme, given, signature, at));
      expect(outcome(body)).toBeUndefined();
      expect(outcome(changed(body))).toBe('ERR_VERIFY_FAILED');
      expect(outcome(body, { nonce: 'm' })).toBe('ERR_VERIFY_FAILED');
      expect(outcome(body, { now: NOW + 300 })).toBe('ERR_TOO_OLD');
    }
  });

  test.each([...BODIES, ''])('verifies replies that are signed here: %j', (body) => {
    const message = { body: utf8Of(body) };
    const options = { now: NOW, values: { nonce: 'n' } };
    const made = sign(wechatPayCallback, message, platformSigns, options);
    const signature = headerOf(made, 'Wechatpay-Signature');
    expect(headerOf(made, 'Wechatpay-Serial')).toBe(PLATFORM);
    expect(plugin?.verifyReply(reply(body), signature, platform.publicKey)).toBe(true);
    expect(plugin?.verifyReply(reply(changed(body)), signature, platform.publicKey)).toBe(false);
    expect(plugin?.verifyReply(reply(body), signature, merchant.publicKey)).toBe(false);
  });

  test('its client takes a response that is signed here, and sends what is verified here', async () => {
    const [body = ''] = BODIES;
    const now = Math.floor(Date.now() / 1000);
    const outcomes: (string | undefined)[] = [];
    const exchange = (signed: string): Promise<boolean> | undefined =>
      plugin?.exchange(
        who,
        { [PLATFORM]: platform.publicKey },
        { method: 'post', path: 'v3/pay', params: { a: 'b c', d: '+%é' }, data: { note: 'é + %' } },
        ({ method, url, headers, body: sent }) => {
          const message = { method, url: HOST + url, headers, body: sent };
          outcomes.push(codeOf(() => verify(wechatPayRequest, message, verifies, { now })));
          const made = sign(wechatPayResponse, { body: utf8Of(signed) }, platformSigns, { now });
          return { headers: Object.fromEntries(made.headers), body };
        },
      );
    expect(await exchange(body)).toBe(true);
    expect(await exchange(changed(body))).toBe(false);
    expect(outcomes).toEqual([undefined, undefined]);
  });

  test.each(BODIES)('seals what is opened here: %j', (plaintext) => {
    const given = { nonce: '0123456789ab', associatedData: 'transaction' };
    const ciphertext = plugin?.seal(plaintext, API_KEY, given) ?? '';
    const opened = (sealed: string, associated = given.associatedData) => {
      const resource = {
        algorithm: 'AEAD_AES_256_GCM',
        nonce: given.nonce,
        associated_data: associated,
        ciphertext: sealed,
      };
      const body = JSON.stringify({ id: 'EV-1', event_type: 'A', resource });
      const signature = plugin?.signReply(reply(body), platform.privateKey) ?? '';
      return openResource(replied(wechatPayCallback, body, signature), apiKey).plaintext;
    };
    expect(opened(ciphertext)).toEqual(utf8Of(plaintext));
    const octets = Buffer.from(ciphertext, 'base64');
    octets[0] = (octets[0] ?? 0) ^ 1;
    expect(codeOf(() => opened(octets.toString('base64')))).toBe('ERR_DECRYPT_FAILED');
    expect(codeOf(() => opened(ciphertext, 'other'))).toBe('ERR_DECRYPT_FAILED');
  });

  test.each(['6222 0000 1111 2222', '支付 é 😀', 'a+b%2B='])('fields go both ways: %s', (field) => {
    const { publicKey, privateKey } = platform;
    const encrypts = importPublicKey(publicKey, { alg: rsaOaepSha1, use: 'encrypt' });
    const decrypts = importPrivateKey(privateKey, { alg: rsaOaepSha1, use: 'decrypt' });
    expect(plugin?.decrypt(encryptField(field, encrypts), privateKey)).toBe(field);
    expect(decryptField(plugin?.encrypt(field, publicKey) ?? '', decrypts)).toBe(field);
    const other = importPrivateKey(merchant.privateKey, { alg: rsaOaepSha1, use: 'decrypt' });
    expect(codeOf(() => decryptField(plugin?.encrypt(field, publicKey) ?? '', other))).toBe(
      'ERR_DECRYPT_FAILED',
    );
  });

  test('signs for clients what is signed here', () => {
    const payment = {
      appId: 'wx8888888888888888',
      prepayId: 'wx201410272009395522657a690389285100',
    };
    const jsapi = signJsapiPayment(payment, signs, { now: NOW });
    const lines = [jsapi.appId, jsapi.timeStamp, jsapi.nonceStr, jsapi.package];
    expect(plugin?.signLines(lines, merchant.privateKey)).toBe(jsapi.paySign);
    const app = signAppPayment({ ...payment, partnerId: '1' }, signs, { now: NOW });
    const appLines = [app.appid, app.timestamp, app.noncestr, app.prepayid];
    expect(plugin?.signLines(appLines, merchant.privateKey)).toBe(app.sign);
    expect(node?.sign(`${appLines.join('\n')}\n`)).toBe(app.sign);
  });
});

describe.runIf(node !== undefined)('wechatpay-node-v3, where it is installed,', () => {
  /** One without a body that is no GET it signs without its last line. */
  const complete = REQUESTS.filter(({ method, body }) => method === 'GET' || body !== '');

  test.each(complete)('signs requests and is verified here: $method $url $body', (request) => {
    const field = node?.authorization(request) ?? '';
    expect(authorized(field, request)).toBeUndefined();
    expect(authorized(field, { ...request, body: changed(request.body) })).toBe(
      'ERR_VERIFY_FAILED',
    );
    expect(authorized(field, { ...request, url: `${request.url}2` })).toBe('ERR_VERIFY_FAILED');
  });

  test('signs no line for the body of a DELETE, which is refused here', () => {
    const request = REQUESTS.find(({ method }) => method === 'DELETE');
    if (request === undefined) throw new Error('no DELETE');
    const field = node?.authorization(request) ?? '';
    const signature = /signature="([^"]*)"/.exec(field)?.[1] ?? '';
    const text = `DELETE\n/\n${NOW}\nn0nce\n`;
    expect(
      createVerify('sha256').update(text).verify(merchant.publicKey, signature, 'base64'),
    ).toBe(true);
    expect(authorized(field, request)).toBe('ERR_VERIFY_FAILED');
  });

  test.each(BODIES)('verifies replies that are signed here: %j', async (body) => {
    const options = { now: NOW, values: { nonce: 'n' } };
    const made = sign(wechatPayResponse, { body: utf8Of(body) }, platformSigns, options);
    const given = {
      timestamp: String(NOW),
      nonce: 'n',
      body,
      serial: PLATFORM,
      signature: headerOf(made, 'Wechatpay-Signature'),
    };
    expect(await node?.verifyReply(given, platform.publicKey)).toBe(true);
    expect(await node?.verifyReply({ ...given, body: changed(body) }, platform.publicKey)).toBe(
      false,
    );
    expect(await node?.verifyReply(given, merchant.publicKey)).toBe(false);
  });

  test('fields go both ways', () => {
    const field = '支付 6222+%';
    const alg = rsaOaepSha1;
    const encrypts = importPublicKey(merchant.publicKey, { alg, use: 'encrypt' });
    const decrypts = importPrivateKey(merchant.privateKey, { alg, use: 'decrypt' });
    expect(node?.decrypt(encryptField(field, encrypts))).toBe(field);
    expect(decryptField(node?.encrypt(field, merchant.publicKey) ?? '', decrypts)).toBe(field);
  });

  test.runIf(hasOpenssl && plugin !== undefined)(
    'reads the certificates that are read here',
    async () => {
      const { pem, serial } = certify(platform.privateKey, 'platform');
      const given = { nonce: '0123456789ab', associatedData: 'certificate' };
      const sealed = {
        algorithm: 'AEAD_AES_256_GCM',
        nonce: given.nonce,
        associated_data: given.associatedData,
        ciphertext: plugin?.seal(pem, API_KEY, given) ?? '',
      };
      const items = [{ serial_no: serial, encrypt_certificate: sealed }];
      const body = JSON.stringify({ data: items });
      const reply = { timestamp: String(NOW), nonce: 'n', body };
      const signature = plugin?.signReply(reply, platform.privateKey) ?? '';
      const [certificate] = openCertificates(replied(wechatPayResponse, body, signature), apiKey);
      expect(certificate?.serial).toEqual(readCertificate(pem).serial);
      expect(await node?.certificates(items, API_KEY)).toMatchObject([{ serial_no: serial }]);
      // Its key then verifies what the platform signs under that serial number.
      const ring = platformKeys({ certificates: certificate === undefined ? [] : [certificate] });
      const now = Math.floor(Date.now() / 1000);
      const key = importPrivateKey(platform.privateKey, { ...as, use: 'sign', id: serial });
      const made = sign(wechatPayResponse, { body: utf8Of(body) }, key, { now });
      expect(codeOf(() => verify(wechatPayResponse, made, ring, { now }))).toBeUndefined();
      expect(node?.serialOf(pem).toUpperCase()).toBe(serial);
    },
  );
});
