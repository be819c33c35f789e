// What WeChat Pay encrypts, and what clients pay with.
import { describe, expect, test } from 'vitest';
import { decodeBase64 } from '../../src/bytes/base64.js';
import { encodeUtf8 } from '../../src/bytes/utf8.js';
import type { RemoteDecrypter, RemoteSigner } from '../../src/key/remote.js';
import { importPrivateKey, importPublicKey } from '../../src/key/rsa.js';
import { importSecret } from '../../src/key/secret.js';
import { decrypt, encrypt, sign, verify as verifyWith } from '../../src/key/use.js';
import { aes128Gcm, aes256Gcm } from '../../src/primitive/aes-gcm.js';
import { rsaOaepSha1, rsaOaepSha256 } from '../../src/primitive/rsa-oaep.js';
import { rsaPkcs1Sha256, type RsaAlgorithm, rsaPssSha256 } from '../../src/primitive/rsa.js';
import {
  bootstrapCertificates,
  decryptField,
  decryptFieldAsync,
  encryptField,
  importApiV3Key,
  openCertificates,
  openResource,
  platformKeys,
  platformSerial,
  signAppPayment,
  signAppPaymentAsync,
  signJsapiPayment,
  signJsapiPaymentAsync,
  wechatPayCallback,
  wechatPayResponse,
} from '../../src/provider/wechat-pay/index.js';
import { verify } from '../../src/scheme/index.js';
import { engineName } from '../vectors.js';
import {
  apiV3Key,
  merchantJwk,
  NOW,
  platform,
  received,
  sample,
  outcomeOf,
} from './wechat-pay-data.js';

const otherKey = importApiV3Key('another-key-of-thirty-2-letters!');
const callbackOf = (sent: typeof sample.callback) =>
  verify(wechatPayCallback, received(sent), platform, { now: NOW });
const responseOf = (sent: typeof sample.callback) =>
  verify(wechatPayResponse, received(sent), platform, { now: NOW });

describe('the resource of a callback', () => {
  test('is opened once the callback is verified', () => {
    const opened = openResource(callbackOf(sample.callback), apiV3Key);
    expect(opened.plaintext).toEqual(encodeUtf8(sample.resource));
    expect(opened).toMatchObject({ id: 'EV-20231114-1', eventType: 'TRANSACTION.SUCCESS' });
    expect(opened.json()).toEqual(JSON.parse(sample.resource));
    expect(Object.isFrozen(opened)).toBe(true);
  });

  test.each([
    ['without associated data', 'ok'],
    ['of a tag alone', 'ok'],
    ['of Shangmi', 'ERR_MESSAGE_ALGORITHM'],
    ['with a nonce of 16', 'ERR_IV'],
    ['with other associated data', 'ERR_DECRYPT_FAILED'],
    ['shorter than a tag', 'ERR_DECRYPT_FAILED'],
    ['with a number', 'ERR_MESSAGE_FORM'],
    ['missing', 'ERR_MESSAGE_FORM'],
  ])('%s: %s', (name, code) => {
    const sent = sample.resources[name];
    if (sent === undefined) throw new Error(`no sample ${name}`);
    const opened = outcomeOf(() => openResource(callbackOf(sent), apiV3Key));
    expect(opened).toBe(code);
  });

  test('is opened by the right key alone', () => {
    const callback = callbackOf(sample.callback);
    expect(outcomeOf(() => openResource(callback, otherKey))).toBe('ERR_DECRYPT_FAILED');
    const seals = importSecret(sample.apiV3Key, { alg: aes256Gcm, use: 'seal', encoding: 'utf8' });
    expect(outcomeOf(() => openResource(callback, seals as never))).toBe('ERR_KEY_USE');
    // The tests of Go's library have a key of 16 octets, which is another algorithm's.
    const short = importSecret('0123456789abcdef', {
      alg: aes128Gcm,
      use: 'open',
      encoding: 'utf8',
    });
    expect(() => openResource(callback, short)).toThrow(TypeError);
    for (const text of ['', 'short', `${sample.apiV3Key}x`, 'ab'.repeat(32)]) {
      expect(outcomeOf(() => importApiV3Key(text))).toBe('ERR_KEY');
      expect(() => importApiV3Key(text)).toThrow('apiV3Key: expected 32 characters of ASCII');
    }
  });

  test('is no certificate, which the same key opens', () => {
    const { data } = JSON.parse(sample.download.body) as {
      data: { encrypt_certificate: object }[];
    };
    const resource = data[0]?.encrypt_certificate;
    const notification = { id: 'EV-1', event_type: 'TRANSACTION.SUCCESS', resource };
    const body = encodeUtf8(JSON.stringify(notification));
    const callback = { ...callbackOf(sample.callback), body } as never;
    expect(outcomeOf(() => openResource(callback, apiV3Key))).toBe('ERR_MESSAGE_FORM');
  });

  test('is not opened of what is no verified callback', () => {
    for (const other of [received(sample.callback), responseOf(sample.callback), undefined]) {
      expect(() => openResource(other as never, apiV3Key)).toThrow(TypeError);
    }
    const notJson = callbackOf(sample.noBody);
    expect(outcomeOf(() => openResource(notJson, apiV3Key))).toBe('ERR_JSON');
  });
});

describe('the download of certificates', () => {
  const serials = sample.certificates.map(({ serial }) => serial);
  const bootstrap = (name: string, key = apiV3Key) =>
    outcomeOf(() =>
      bootstrapCertificates(received(sample.downloads[name] ?? sample.download), key, { now: NOW }),
    );

  test('is opened once it is verified', () => {
    const certificates = openCertificates(responseOf(sample.download), apiV3Key);
    expect(certificates.map(platformSerial)).toEqual(serials);
    // 2020-01-01 and 2024-12-31, as the certificate itself has them.
    expect(certificates[0]).toMatchObject({ notBefore: 1_577_836_800, notAfter: 1_735_603_200 });
    expect(platformKeys({ certificates }).keys[0]?.notAfter).toBe(1_735_603_200);
    const callback = callbackOf(sample.download);
    expect(() => openCertificates(callback, apiV3Key)).toThrow(TypeError);
  });

  test('verifies itself where nothing else can', () => {
    const message = received(sample.download);
    const certificates = bootstrapCertificates(message, apiV3Key, { now: NOW });
    expect(certificates.map(platformSerial)).toEqual(serials);
    const keys = platformKeys({ certificates });
    expect(verify(wechatPayCallback, received(sample.callback), keys, { now: NOW }).keyId).toBe(
      serials[0],
    );
  });

  test.each([
    ['of no certificates', 'ERR_MESSAGE_FORM'],
    ['of another shape', 'ERR_MESSAGE_FORM'],
    ['of an item of another shape', 'ERR_MESSAGE_FORM'],
    ['of too many', 'ERR_MESSAGE_LIMIT'],
    ['of another serial', 'ERR_MESSAGE_FORM'],
    ['of another purpose', 'ERR_MESSAGE_FORM'],
    ['of no certificate', 'ERR_KEY_FORM'],
    ['of another signer', 'ERR_VERIFY_FAILED'],
  ])('%s: %s', (name, code) => {
    expect(sample.downloads[name]).toBeDefined();
    expect(bootstrap(name)).toBe(code);
  });

  test('is refused as any response is, and gives nothing away', () => {
    expect(bootstrap('', otherKey)).toBe('ERR_DECRYPT_FAILED');
    const message = received(sample.download);
    const code = (changed: Readonly<Record<string, string | undefined>>, now = NOW) =>
      outcomeOf(() => bootstrapCertificates(received(sample.download, changed), apiV3Key, { now }));
    expect(code({ 'Wechatpay-Signature': undefined })).toBe('ERR_MESSAGE_MISSING');
    expect(code({ 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/x' })).toBe('ERR_MESSAGE_PROBE');
    expect(code({ 'Wechatpay-Nonce': 'x' })).toBe('ERR_VERIFY_FAILED');
    expect(code({ 'Wechatpay-Serial': sample.publicKeyId })).toBe('ERR_KEY_UNKNOWN');
    expect(code({}, NOW + 300)).toBe('ERR_TOO_OLD');
    expect(() => bootstrapCertificates({ headers: [] }, apiV3Key, { now: NOW })).toThrow(TypeError);
    expect(() => bootstrapCertificates(message, apiV3Key, {} as never)).toThrow(TypeError);
  });
});

describe('sensitive fields', () => {
  const jwk = merchantJwk();
  const { n = '', e = '' } = jwk;
  const encrypts = importPublicKey({ kty: 'RSA', n, e }, { alg: rsaOaepSha1, use: 'encrypt' });
  const importDecrypter = () => importPrivateKey(jwk, { alg: rsaOaepSha1, use: 'decrypt' });
  const remote = (answer: (ciphertext: Uint8Array) => Uint8Array | undefined): RemoteDecrypter => ({
    alg: rsaOaepSha1,
    keyId: 'remote',
    decrypt: (ciphertext) => Promise.resolve(answer(ciphertext)),
  });

  test('are encrypted to the platform, each time anew, and empty ones stay empty', () => {
    const [serial = ''] = sample.certificates.map((one) => one.serial);
    const { key } = platform.find({ id: serial, alg: rsaOaepSha1, use: 'encrypt' }, NOW);
    const made = [0, 1].map(() => encryptField('张三', key));
    expect(made.map((field) => decodeBase64(field).length)).toEqual([256, 256]);
    expect(new Set(made).size).toBe(2);
    expect(encryptField('', key)).toBe('');
    expect(outcomeOf(() => encryptField('x'.repeat(215), key))).toBe('ERR_LENGTH');
    expect(outcomeOf(() => encryptField('\ud800', key))).toBe('ERR_UTF8');
    const other = importPublicKey({ kty: 'RSA', n, e }, { alg: rsaOaepSha256, use: 'encrypt' });
    expect(() => encryptField('x', other)).toThrow(TypeError);
  });

  test('are decrypted, and every failure has one code', () => {
    if (engineName === 'noble') {
      expect(outcomeOf(() => importDecrypter())).toBe('ERR_UNSUPPORTED_ENGINE');
      return;
    }
    const key = importDecrypter();
    // Made by cryptography.
    expect(decryptField(sample.field, key)).toBe('张三');
    expect(decryptField(encryptField('李四', encrypts), key)).toBe('李四');
    expect(decryptField('', key)).toBe('');
    const changed = sample.field.startsWith('A') ? 'B' : 'A';
    expect(outcomeOf(() => decryptField(changed + sample.field.slice(1), key))).toBe(
      'ERR_DECRYPT_FAILED',
    );
    expect(outcomeOf(() => decryptField('AAAA', key))).toBe('ERR_DECRYPT_FAILED');
    expect(outcomeOf(() => decryptField(`${sample.field}=`, key))).toBe('ERR_BASE64');
    const notText = Buffer.from(encrypt(encrypts, Uint8Array.of(0xff), new Uint8Array(0)));
    expect(outcomeOf(() => decryptField(notText.toString('base64'), key))).toBe(
      'ERR_DECRYPT_FAILED',
    );
    const other = importPrivateKey(jwk, { alg: rsaOaepSha256, use: 'decrypt' });
    expect(() => decryptField(sample.field, other)).toThrow(TypeError);
  });

  test('are decrypted elsewhere too', async () => {
    const answered = remote(() => encodeUtf8('张三'));
    expect(await decryptFieldAsync(sample.field, answered)).toBe('张三');
    expect(await decryptFieldAsync('', answered)).toBe('');
    const refused: unknown = expect.objectContaining({ code: 'ERR_DECRYPT_FAILED' });
    await expect(
      decryptFieldAsync(
        sample.field,
        remote(() => undefined),
      ),
    ).rejects.toEqual(refused);
    const other = { ...answered, alg: rsaOaepSha256 };
    await expect(decryptFieldAsync(sample.field, other)).rejects.toThrow(TypeError);
    await expect(decryptFieldAsync('', other)).rejects.toThrow(TypeError);
    if (engineName === 'noble') return;
    expect(await decryptFieldAsync(sample.field, importDecrypter())).toBe('张三');
    const empty = new Uint8Array(0);
    const real = remote((ciphertext) => decrypt(importDecrypter(), ciphertext, empty));
    expect(await decryptFieldAsync(sample.field, real)).toBe('张三');
  });
});

describe('payments of clients', () => {
  const jwk = merchantJwk();
  const { n = '', e = '' } = jwk;
  const publicKey = importPublicKey({ kty: 'RSA', n, e }, { alg: rsaPkcs1Sha256, use: 'verify' });
  const payment = { appId: 'wx0000000000000001', prepayId: 'wx201410272009395522657a690389285100' };
  const app = { ...payment, partnerId: '1900000001' };
  const isSigned = (lines: readonly string[], signature: string) =>
    verifyWith(publicKey, encodeUtf8(lines.join('\n')), decodeBase64(signature));

  test('of apps and of JSAPI differ in the fourth line', async () => {
    if (engineName === 'noble') return;
    const key = importPrivateKey(jwk, { alg: rsaPkcs1Sha256, use: 'sign' });
    const remote: RemoteSigner<RsaAlgorithm> = {
      alg: rsaPkcs1Sha256,
      publicKey,
      keyId: 'remote',
      input: 'message',
      format: 'raw',
      sign: (message) => Promise.resolve(sign(key, message)),
    };
    const options = { now: NOW };
    for (const fields of [
      signJsapiPayment(payment, key, options),
      await signJsapiPaymentAsync(payment, remote, options),
    ]) {
      const { paySign, nonceStr, ...rest } = fields;
      expect(rest).toEqual({
        appId: payment.appId,
        timeStamp: String(NOW),
        package: `prepay_id=${payment.prepayId}`,
        signType: 'RSA',
      });
      expect(nonceStr).toMatch(/^[0-9a-f]{32}$/);
      const lines = [payment.appId, String(NOW), nonceStr, `prepay_id=${payment.prepayId}`, ''];
      expect(isSigned(lines, paySign)).toBe(true);
    }
    for (const fields of [
      signAppPayment(app, key, options),
      await signAppPaymentAsync(app, remote, options),
    ]) {
      const { sign: signature, noncestr, ...rest } = fields;
      expect(rest).toEqual({
        appid: payment.appId,
        partnerid: '1900000001',
        prepayid: payment.prepayId,
        package: 'Sign=WXPay',
        timestamp: String(NOW),
      });
      const lines = [payment.appId, String(NOW), noncestr, payment.prepayId, ''];
      expect(isSigned(lines, signature)).toBe(true);
    }
    for (const prepayId of ['', 'a\nb', `prepay_id=${payment.prepayId}`]) {
      expect(() => signJsapiPayment({ ...payment, prepayId }, key, options)).toThrow(TypeError);
      expect(() => signAppPayment({ ...app, prepayId }, key, options)).toThrow(TypeError);
    }
    for (const wrong of [{ now: NOW * 1000 }, { now: Number.NaN }, { now: NOW, x: 1 }, {}]) {
      expect(() => signJsapiPayment(payment, key, wrong as never)).toThrow(TypeError);
    }
    const pss = importPrivateKey(jwk, { alg: rsaPssSha256, use: 'sign' });
    expect(() => signAppPayment(app, pss, options)).toThrow(TypeError);
    await expect(
      signJsapiPaymentAsync(payment, { ...remote, alg: rsaPssSha256 }, options),
    ).rejects.toThrow(TypeError);
  });

  test('take a key that signs', () => {
    const options = { now: NOW };
    expect(outcomeOf(() => signJsapiPayment(payment, publicKey as never, options))).toBe(
      'ERR_KEY_USE',
    );
    expect(() => signAppPayment(app, {} as never, options)).toThrow(TypeError);
  });
});
