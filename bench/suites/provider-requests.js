// @ts-check
// Requests to providers, signed with RSA: WeChat Pay and Alipay, from their parts to what is sent; and
// a callback of WeChat Pay, from headers and octets to what was verified.
import { randomBytes, sign as signText, verify as check } from 'node:crypto';
import { rsaPkcs1Sha256 } from 'countersign/alg/rsa';
import { decodeUtf8, encodeUtf8 } from 'countersign/bytes';
import { importPrivateKey, importPublicKey } from 'countersign/key/rsa';
import { alipayCall, alipayRequest } from 'countersign/provider/alipay';
import { wechatPayCallback, wechatPayRequest } from 'countersign/provider/wechat-pay';
import { sign, verify } from 'countersign/scheme';
import { defineCase, peer } from '../case.js';
import { both, callbacks, spoilt, turn, twoPairs } from '../inputs.js';
import { alipay } from '../peers/alipay.js';
import { wechatpayNode, wechatpayPlugin } from '../peers/wechatpay.js';

const SIZE = 1024;
const NOW = 1_795_284_000;
const MCHID = '1900000001';
const TARGET = '/v3/pay/transactions/jsapi';
const URL_SENT = `https://api.mch.weixin.qq.com${TARGET}`;
const SERIALS = /** @type {const} */ ([
  '5C6D7E8F901234567A1B2C3D4E5F60718293A4B5',
  '6C6D7E8F901234567A1B2C3D4E5F60718293A4B5',
]);
const AIMS = [
  { least: 0.95, against: 'reference' },
  { least: 2.5, against: 'wechatpay-axios-plugin' },
  { least: 2.5, against: 'wechatpay-node-v3' },
];

/** @typedef {{ which: 0 | 1, body: Uint8Array }} Sent */
/** @typedef {Sent & { headers: [string, string][] }} Received */

export const suite = {
  title: 'Requests and callbacks with RSA',
  about:
    'RSA-2048. Reference: `crypto.sign` and `crypto.verify` with keys parsed once, the same text, the ' +
    'same headers read and written. Peers are given keys in PEM, as their documentation has it.',
  cases: [wechatSign(), wechatVerify(), alipaySign()],
};

const objects = twoPairs('RSA 2048');
const pems = both(objects, ({ privatePem, publicPem }) => ({
  privateKey: privatePem,
  publicKey: publicPem,
}));
const RSA = /** @type {const} */ ({ alg: rsaPkcs1Sha256 });
const signers = both(/** @type {const} */ ([0, 1]), (which) =>
  importPrivateKey(pems[which].privateKey, { ...RSA, use: 'sign', id: SERIALS[which] }),
);
const verifiers = both(/** @type {const} */ ([0, 1]), (which) =>
  importPublicKey(pems[which].publicKey, { ...RSA, use: 'verify', id: SERIALS[which] }),
);

function wechatSign() {
  return defineCase({
    name: 'WeChat Pay request, sign',
    size: SIZE,
    quick: true,
    aims: AIMS,
    async build() {
      /** @type {Sent[]} */
      const inputs = callbacks(SIZE).map((body, i) => ({ which: turn(i), body }));
      const nonce = () => randomBytes(16).toString('hex');
      const merchants = both(/** @type {const} */ ([0, 1]), (which) => ({
        mchid: MCHID,
        serial: SERIALS[which],
        privateKey: pems[which].privateKey,
      }));
      const request = (/** @type {Uint8Array} */ body) => ({
        method: 'POST',
        url: TARGET,
        timestamp: String(NOW),
        nonce: nonce(),
        body: decodeUtf8(body),
      });
      return {
        inputs,
        tampered: spoilt(inputs, 'body'),
        isRight: (result, { which, body }) => isAuthorization(String(result), which, body),
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: ({ which, body }) => {
              const message = { method: 'POST', url: URL_SENT, body };
              const options = { now: NOW, values: { mchid: MCHID } };
              return sign(wechatPayRequest, message, signers[which], options).headers[0]?.[1];
            },
          },
          {
            name: 'reference',
            role: 'reference',
            run: ({ which, body }) => {
              const drawn = nonce();
              const text = Buffer.concat([
                Buffer.from(`POST\n${TARGET}\n${NOW}\n${drawn}\n`),
                body,
                Buffer.from('\n'),
              ]);
              const made = signText('sha256', text, objects[which].privateKey).toString('base64');
              return `WECHATPAY2-SHA256-RSA2048 mchid="${MCHID}",nonce_str="${drawn}",timestamp="${NOW}",serial_no="${SERIALS[which]}",signature="${made}"`;
            },
          },
          peer(
            'wechatpay-axios-plugin',
            await wechatpayPlugin(),
            ({ authorization }) =>
              (/** @type {Sent} */ input) =>
                authorization(merchants[input.which], request(input.body)),
          ),
          peer('wechatpay-node-v3', await wechatpayNode(), (of) => {
            const pays = both(merchants, of);
            return (/** @type {Sent} */ input) =>
              pays[input.which].authorization(request(input.body));
          }),
        ],
      };
    },
  });
}

/** @param {string} line @param {0 | 1} which @param {Uint8Array} body */
function isAuthorization(line, which, body) {
  const field = (/** @type {string} */ name) =>
    new RegExp(`${name}="([^"]*)"`).exec(line)?.[1] ?? '';
  const text = `POST\n${TARGET}\n${field('timestamp')}\n${field('nonce_str')}\n${decodeUtf8(body)}\n`;
  const signature = Buffer.from(field('signature'), 'base64');
  return (
    line.startsWith('WECHATPAY2-SHA256-RSA2048 ') &&
    field('serial_no') === SERIALS[which] &&
    check('sha256', Buffer.from(text), objects[which].publicKey, signature)
  );
}

function wechatVerify() {
  return defineCase({
    name: 'WeChat Pay callback, verify only',
    size: SIZE,
    quick: true,
    aims: [{ least: 0.95, against: 'reference' }],
    async build() {
      /** @type {Received[]} */
      const inputs = callbacks(SIZE).map((body, i) => {
        const which = turn(i);
        const [time, nonce] = [String(NOW - i), randomBytes(16).toString('hex')];
        const text = Buffer.concat([Buffer.from(`${time}\n${nonce}\n`), body, Buffer.from('\n')]);
        const signature = signText('sha256', text, objects[which].privateKey).toString('base64');
        return {
          which,
          body,
          headers: [
            ['Wechatpay-Timestamp', time],
            ['Wechatpay-Nonce', nonce],
            ['Wechatpay-Signature', signature],
            ['Wechatpay-Serial', SERIALS[which]],
          ],
        };
      });
      const plain = (/** @type {Received} */ { headers }) => headers.map(([, value]) => value);
      return {
        inputs,
        tampered: spoilt(inputs, 'body'),
        isRight: (result) => result === true,
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: ({ which, headers, body }) => {
              verify(wechatPayCallback, { headers, body }, verifiers[which], { now: NOW });
              return true;
            },
          },
          {
            name: 'reference',
            role: 'reference',
            run: (input) => {
              const [time = '', nonce = '', signature = '', serial] = plain(input);
              const isOurs = serial === SERIALS[input.which];
              if (!isOurs || !(Math.abs(NOW - Number(time)) < 300)) return false;
              const text = Buffer.concat([
                Buffer.from(`${time}\n${nonce}\n`),
                input.body,
                Buffer.from('\n'),
              ]);
              const octets = Buffer.from(signature, 'base64');
              return check('sha256', text, objects[input.which].publicKey, octets);
            },
          },
          peer(
            'wechatpay-axios-plugin',
            await wechatpayPlugin(),
            ({ verifyReply }) =>
              (/** @type {Received} */ input) => {
                const [timestamp = '', nonce = '', signature = ''] = plain(input);
                const reply = { timestamp, nonce, body: decodeUtf8(input.body) };
                return verifyReply(reply, signature, pems[input.which].publicKey);
              },
          ),
        ],
      };
    },
  });
}

function alipaySign() {
  const method = 'alipay.trade.query';
  const [appId, gateway] = ['2021000000000000', 'https://openapi.alipay.com/gateway.do'];
  /** @typedef {{ which: 0 | 1, content: Uint8Array }} Call */
  return defineCase({
    name: 'Alipay request, sign',
    size: SIZE,
    quick: false,
    aims: [
      { least: 0.95, against: 'reference' },
      { least: 2.5, against: 'alipay-sdk' },
    ],
    async build() {
      /** @type {Call[]} */
      const inputs = callbacks(SIZE).map((content, i) => ({ which: turn(i), content }));
      return {
        inputs,
        tampered: spoilt(inputs, 'content'),
        isRight: (result, { which, content }) => isSigned(String(result), which, content),
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: ({ which, content }) => {
              const call = alipayCall(
                { gateway, appId, method, bizContent: decodeUtf8(content) },
                { now: NOW },
              );
              return formOf(sign(alipayRequest, call, signers[which], { now: NOW }));
            },
          },
          {
            name: 'reference',
            role: 'reference',
            run: ({ which, content }) => {
              const fields = /** @type {[string, string][]} */ ([
                ['app_id', appId],
                ['biz_content', decodeUtf8(content)],
                ['charset', 'utf-8'],
                ['format', 'JSON'],
                ['method', method],
                ['sign_type', 'RSA2'],
                ['timestamp', '2026-11-22 02:00:00'],
                ['version', '1.0'],
              ]);
              const text = fields.map(([name, value]) => `${name}=${value}`).join('&');
              const made = signText('sha256', Buffer.from(text), objects[which].privateKey);
              return [...fields, ['sign', made.toString('base64')]]
                .map((pair) => pair.map(encodeURIComponent).join('='))
                .join('&');
            },
          },
          peer('alipay-sdk', await alipay(), (of) => {
            const clients = both(pems, ({ privateKey, publicKey }) =>
              of({ appId, privateKey, alipayPublicKey: publicKey }),
            );
            return (/** @type {Call} */ { which, content }) =>
              clients[which].orderText(method, {
                bizContent: /** @type {unknown} */ (JSON.parse(decodeUtf8(content))),
              });
          }),
        ],
      };
    },
  });
}

/** Query and body of a request together. @param {import('countersign/scheme').SignedMessage} message */
function formOf({ url = '', body = new Uint8Array(0) }) {
  return [url.split('?')[1] ?? '', decodeUtf8(body)].filter((part) => part !== '').join('&');
}

/** @param {string} form @param {0 | 1} which @param {Uint8Array} content */
function isSigned(form, which, content) {
  const fields = [...new URLSearchParams(form)];
  const signature = fields.find(([name]) => name === 'sign')?.[1] ?? '';
  const text = [...new Map(fields)]
    .filter(([name, value]) => name !== 'sign' && value !== '')
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const octets = Buffer.from(signature, 'base64');
  return (
    text.includes(decodeUtf8(content)) &&
    check('sha256', encodeUtf8(text), objects[which].publicKey, octets)
  );
}
