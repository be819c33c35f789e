// @ts-check
// WeChat Pay, API v3: a request is signed, a callback verified and its resource opened, and a client
// gets what it pays with. Both private keys sign where they live, here in node:crypto.
import { createCipheriv, generateKeyPairSync, sign as serviceSign } from 'node:crypto';
import { rsaPkcs1Sha256 } from 'countersign/alg/rsa';
import { encodeBase64, encodeUtf8 } from 'countersign/bytes';
import { CountersignError } from 'countersign/errors';
import { importPublicKey } from 'countersign/key/rsa';
import * as wechatPay from 'countersign/provider/wechat-pay';
import { signAsync, verify } from 'countersign/scheme';

const now = Math.floor(Date.now() / 1000);
const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 });
const platform = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicKeyId = 'PUB_KEY_ID_0112345678902024110100382100000001';

// Once, at start-up: what the merchant platform shows. Certificates stand in the same ring:
// platformKeys({ certificates, publicKeys }).
const keys = wechatPay.platformKeys({
  publicKeys: [{ id: publicKeyId, key: pemOf(platform.publicKey) }],
});
const apiV3Key = wechatPay.importApiV3Key('an-apiv3-key-of-32-characters-xx');
const signer = signerOf(merchant, 'alias/merchant');

// A request. For an upload the body is the text of its part `meta`.
const order = await signAsync(
  wechatPay.wechatPayRequest,
  {
    method: 'POST',
    url: 'https://api.mch.weixin.qq.com/v3/pay/transactions/jsapi',
    body: encodeUtf8('{"mchid":"1900000001","amount":{"total":100,"currency":"CNY"}}'),
  },
  signer,
  // The id of a key that is imported here is its serial; a remote key's name is another.
  { now, values: { mchid: '1900000001', serial: '5C6D7E8F901234567A1B2C3D4E5F60718293A4B5' } },
);
console.log(order.headers[0]?.[1].slice(0, 60));

// What the answer's prepay_id becomes for wx.requestPayment.
const payment = { appId: 'wx0000000000000001', prepayId: 'wx201410272009395522657a690389285100' };
console.log(await wechatPay.signJsapiPaymentAsync(payment, signer, { now }));

/**
 * What a receiver does: anything but the answer 200 or 204 makes WeChat Pay send it again.
 * @param {import('countersign/scheme').SchemeMessage} message
 */
function receive(message) {
  try {
    const callback = verify(wechatPay.wechatPayCallback, message, keys, { now });
    const { id, eventType, json } = wechatPay.openResource(callback, apiV3Key);
    return { status: 204, text: `${id} ${eventType} ${JSON.stringify(json())}` };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    // A probe is refused like any wrong signature, and is no reason for an alarm.
    return { status: 401, text: error.code };
  }
}

// What WeChat Pay does, so that this file runs by itself.
const cipher = createCipheriv('aes-256-gcm', 'an-apiv3-key-of-32-characters-xx', '0123456789ab');
cipher.setAAD(encodeUtf8('transaction'));
const sealed = [cipher.update('{"trade_state":"SUCCESS"}'), cipher.final(), cipher.getAuthTag()];
const notification = {
  id: 'EV-1',
  event_type: 'TRANSACTION.SUCCESS',
  resource: {
    algorithm: 'AEAD_AES_256_GCM',
    nonce: '0123456789ab',
    associated_data: 'transaction',
    ciphertext: encodeBase64(Buffer.concat(sealed)),
  },
};
const body = encodeUtf8(JSON.stringify(notification));
const sender = signerOf(platform, publicKeyId);
const sent = await signAsync(wechatPay.wechatPayCallback, { body }, sender, { now });
const probe = { 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/and+what+no+key+made' };

show('as it was sent', receive(sent), 204);
show('another body', receive({ ...sent, body: encodeUtf8('{"id":"EV-2"}') }), 401);
show('a probe', receive({ headers: { ...Object.fromEntries(sent.headers), ...probe }, body }), 401);

/**
 * @param {import('node:crypto').KeyPairKeyObjectResult} pair
 * @param {string} keyId
 * @returns {import('countersign/key/remote').RemoteSigner<import('countersign/alg/rsa').RsaAlgorithm>}
 */
function signerOf({ publicKey, privateKey }, keyId) {
  return {
    alg: rsaPkcs1Sha256,
    publicKey: importPublicKey(pemOf(publicKey), { alg: rsaPkcs1Sha256, use: 'verify' }),
    keyId,
    input: 'message',
    format: 'raw',
    sign: async (message) => serviceSign('sha256', message, privateKey),
  };
}

/** @param {import('node:crypto').KeyObject} key */
function pemOf(key) {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

/**
 * @param {string} what
 * @param {{ status: number, text: string }} found
 * @param {number} expected
 */
function show(what, { status, text }, expected) {
  console.log(`${what.padEnd(16)} ${status} ${text}`);
  if (status !== expected) process.exitCode = 1;
}
