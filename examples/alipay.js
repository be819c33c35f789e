// @ts-check
// Alipay, version 2: a request is signed, its answer verified, and a notification of the payment. The
// private keys sign where they live, here in node:crypto.
import { generateKeyPairSync, sign as serviceSign } from 'node:crypto';
import { rsaPkcs1Sha256 } from 'countersign/alg/rsa';
import { encodeUtf8 } from 'countersign/bytes';
import { CountersignError } from 'countersign/errors';
import { importPublicKey } from 'countersign/key/rsa';
import {
  alipayCall,
  alipayFields,
  alipayNotify,
  alipayRequest,
  alipayResponse,
} from 'countersign/provider/alipay';
import { signAsync, verify } from 'countersign/scheme';

const now = Math.floor(Date.now() / 1000);
// Alipay's key comes by importPublicKey, or by importAlipayCertificate, which verifies the path to its
// roots. A private key of yours that is at hand comes by importPrivateKey.
const merchant = signerOf(generateKeyPairSync('rsa', { modulusLength: 2048 }));
const alipay = signerOf(generateKeyPairSync('rsa', { modulusLength: 2048 }));

// A request: send `url`, `headers` and `body` as they are.
const method = 'alipay.trade.query';
const call = alipayCall(
  {
    gateway: 'https://openapi.alipay.com/gateway.do',
    appId: '2021000000000000',
    method,
    bizContent: JSON.stringify({ out_trade_no: '1042' }),
  },
  { now },
);
const request = await signAsync(alipayRequest, call, merchant, { now });
console.log(request.method, request.url, request.body.length);

/**
 * The answer, as octets. Nothing of it is read before its signature is right.
 * @param {Uint8Array} body
 */
function answerOf(body) {
  const options = /** @type {const} */ ({ now, settings: { method }, covers: ['response'] });
  const { values } = verify(alipayResponse, { body }, alipay.publicKey, options);
  const trade = /** @type {Record<string, string>} */ (JSON.parse(values.response));
  // The signature ties the answer to no request.
  if (trade['out_trade_no'] !== '1042') throw new Error('an answer to another question');
  return trade['trade_status'];
}

/** @type {Set<string | undefined>} */
const handled = new Set();
/**
 * What a receiver answers: `success`, or Alipay sends it again for 25 hours.
 * @param {Uint8Array} body
 */
function notified(body) {
  try {
    const covers = /** @type {const} */ (['form', 'notifyId']);
    const message = verify(alipayNotify, { body }, alipay.publicKey, { now, covers });
    const { app_id, out_trade_no, total_amount } = alipayFields(message);
    const isOurs = app_id === '2021000000000000' && out_trade_no === '1042';
    if (!isOurs || total_amount !== '19.90') return 'failure';
    // It stays when a notification is sent again.
    handled.add(message.deliveryId);
    return 'success';
  } catch (error) {
    if (error instanceof CountersignError) return 'failure';
    throw error;
  }
}

// What Alipay does, so that this file runs by itself.
const trade = '{"code":"10000","out_trade_no":"1042","trade_status":"TRADE_SUCCESS"}';
const answer = await signAsync(
  alipayResponse,
  { body: encodeUtf8(`{"alipay_trade_query_response":${trade}}`) },
  alipay,
  { now, settings: { method } },
);
const form =
  'notify_id=2023111500222&app_id=2021000000000000&out_trade_no=1042&total_amount=19.90' +
  '&subject=umbrella+%2B+cover&charset=utf-8&sign_type=RSA2';
const notification = await signAsync(alipayNotify, { body: encodeUtf8(form) }, alipay, { now });
const text = new TextDecoder().decode(notification.body);

console.log(answerOf(answer.body));
console.log(notified(notification.body));
console.log(notified(encodeUtf8(text.replace('19.90', '0.01'))));
if (handled.size !== 1) process.exitCode = 1;

/**
 * @param {import('node:crypto').KeyPairKeyObjectResult} pair
 * @returns {import('countersign/key/remote').RemoteSigner<import('countersign/alg/rsa').RsaAlgorithm>}
 */
function signerOf({ publicKey: theirs, privateKey }) {
  const pem = theirs.export({ type: 'spki', format: 'pem' }).toString();
  const publicKey = importPublicKey(pem, { alg: rsaPkcs1Sha256, use: 'verify' });
  return {
    alg: rsaPkcs1Sha256,
    publicKey,
    keyId: publicKey.id ?? '',
    input: 'message',
    format: 'raw',
    sign: async (message) => serviceSign('sha256', message, privateKey),
  };
}
