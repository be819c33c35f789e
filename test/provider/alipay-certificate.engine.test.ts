// Alipay's certificates and encrypted content.
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../src/bytes/utf8.js';
import { createRing } from '../../src/key/ring.js';
import { importPublicKey } from '../../src/key/rsa.js';
import { readCertificates } from '../../src/key/x509-certificate.js';
import { rsaPkcs1Sha256 } from '../../src/primitive/rsa.js';
import {
  type AlipayContentKey,
  alipayCertSn,
  alipayNotify,
  alipayResponse,
  alipayRootCertSn,
  alipaySubject,
  decryptContent,
  encryptContent,
  importAlipayCertificate,
  importContentKey,
  NO_PIN,
} from '../../src/provider/alipay/index.js';
import { verify } from '../../src/scheme/index.js';
import { outcome } from '../vectors.js';
import { sample } from './alipay-data.js';

const now = sample.now;
const pin = alipaySubject('2088000000000000');
const options = { roots: sample.roots, now, pin };
const codeOf = (run: () => unknown) =>
  outcome(() => {
    run();
    return 'ok';
  });

describe('serial numbers', () => {
  test('are digests of the issuer and the decimal serial', () => {
    expect(alipayCertSn(sample.certificate)).toBe(sample.certSn);
    expect(alipayCertSn(sample.merchant)).toBe(sample.appCertSn);
    const [first] = readCertificates(sample.certificate);
    expect(first && alipayCertSn(first)).toBe(sample.certSn);
    const bare = sample.odd.replaceAll(/-----.*-----|\s/g, '');
    expect(codeOf(() => alipayCertSn(bare))).toBe('ERR_CERTIFICATE_NAME');
  });

  test('of roots are those signed by RSA', () => {
    expect(alipayRootCertSn(sample.roots)).toBe(sample.rootCertSn);
    expect(alipayRootCertSn(readCertificates(sample.roots))).toBe(sample.rootCertSn);
    expect(codeOf(() => alipayRootCertSn(sample.ecRoot))).toBe('ERR_CERTIFICATE');
    expect(codeOf(() => alipayRootCertSn([]))).toBe('ERR_CERTIFICATE');
  });

  test('are not made of names that programs write in two ways', () => {
    expect(codeOf(() => alipayCertSn(sample.odd))).toBe('ERR_CERTIFICATE_NAME');
    expect(codeOf(() => alipayCertSn(sample.email))).toBe('ERR_CERTIFICATE_NAME');
  });
});

describe('the certificate of Alipay', () => {
  test('is a key under its number, for as long as it is valid', () => {
    const entry = importAlipayCertificate(sample.certificate, options);
    expect(entry.key.id).toBe(sample.certSn);
    const ring = createRing([entry]);
    const body = encodeUtf8(sample.notifyOfCertificate);
    const covers = ['form', 'notifyId'] as const;
    expect(verify(alipayNotify, { body }, ring, { now, covers }).keyId).toBe(sample.certSn);
    const later = (entry.notAfter ?? 0) + 1;
    expect(codeOf(() => verify(alipayNotify, { body }, ring, { now: later, covers }))).toBe(
      'ERR_KEY_EXPIRED',
    );
  });

  test.each([
    ['of another merchant', sample.merchant, options, 'ERR_PATH_PIN'],
    [
      'for another merchant',
      sample.certificate,
      { ...options, pin: alipaySubject('2088000000000001') },
      'ERR_PATH_PIN',
    ],
    [
      'without its issuer',
      sample.certificate.slice(0, sample.certificate.indexOf('-----END') + 26),
      options,
      'ERR_PATH_ROOT',
    ],
    [
      'below another root',
      sample.certificate,
      { ...options, roots: sample.ecRoot },
      'ERR_PATH_ROOT',
    ],
    [
      'that has run out',
      sample.certificate,
      { ...options, now: 1_900_000_000 },
      'ERR_PATH_EXPIRED',
    ],
    ['that is none', sample.publicKey, options, 'ERR_CERTIFICATE'],
  ])('%s is refused', (_what, input, given, code) => {
    expect(codeOf(() => importAlipayCertificate(input, given))).toBe(code);
  });

  test('is any merchant without a pin, which is asked for by name', () => {
    const { key } = importAlipayCertificate(sample.merchant, { ...options, pin: NO_PIN });
    expect(key.id).toBe(sample.appCertSn);
    const { pin: _, ...without } = options;
    expect(() => importAlipayCertificate(sample.merchant, without as never)).toThrow(TypeError);
    expect(() => alipaySubject('2088')).toThrow(TypeError);
  });
});

describe('content', () => {
  const key = importContentKey(sample.contentKey);
  const publicKey = importPublicKey(sample.publicKey, { alg: rsaPkcs1Sha256, use: 'verify' });
  const response = (text: string) =>
    verify(alipayResponse, { body: encodeUtf8(text) }, publicKey, {
      now,
      settings: { method: 'alipay.trade.query' },
      covers: ['response'],
    });

  test('is encrypted as the cryptography package does', () => {
    expect(encryptContent(sample.content, key)).toBe(sample.ciphertext);
    expect(encryptContent(encodeUtf8(sample.content), key)).toBe(sample.ciphertext);
    expect(encryptContent('0123456789abcdef', key)).toBe(sample.ciphertextOfBlock);
    expect(encryptContent('', key)).toHaveLength(24);
    const content = new Uint8Array(32).fill(7);
    encryptContent(content, key);
    expect(content).toEqual(new Uint8Array(32).fill(7));
    expect(codeOf(() => encryptContent(new Uint8Array((1 << 20) + 1), key))).toBe('ERR_LENGTH');
  });

  test('is decrypted once its answer is verified, quotes and all', () => {
    const { plaintext, json } = decryptContent(response(sample.responseEncrypted), key);
    expect(decodeUtf8(plaintext)).toBe(sample.content);
    expect(json).toMatchObject({ out_trade_no: '1042' });
    // The signature is over the quotes too.
    const bare = sample.responseEncrypted.replace(/_response":"([^"]*)"/, '_response":{"a":"$1"}');
    expect(codeOf(() => response(bare))).toBe('ERR_VERIFY_FAILED');
  });

  test('fails by one code, whatever is wrong', () => {
    for (const text of Object.values(sample.responsesNotDecrypted)) {
      expect(codeOf(() => decryptContent(response(text), key))).toBe('ERR_DECRYPT_FAILED');
    }
    const other = importContentKey('AAAAAAAAAAAAAAAAAAAAAA==');
    expect(codeOf(() => decryptContent(response(sample.responseEncrypted), other))).toBe(
      'ERR_DECRYPT_FAILED',
    );
  });

  test('is not decrypted of a message that nobody verified, or of another scheme', () => {
    const other = verify(alipayNotify, { body: encodeUtf8(sample.notify) }, publicKey, {
      now,
      covers: ['form', 'notifyId'],
    });
    for (const given of [other, { values: { response: `"${sample.ciphertext}"` } }, 'x', null]) {
      expect(() => decryptContent(given as never, key)).toThrow(TypeError);
    }
    const found = response(sample.responseEncrypted);
    expect(() => decryptContent(found, {} as AlipayContentKey)).toThrow(TypeError);
    expect(() => encryptContent('x', Object.freeze({}) as AlipayContentKey)).toThrow(TypeError);
  });

  test('has a key that shows nothing', () => {
    expect(Object.keys(key)).toEqual([]);
    expect(JSON.stringify(key)).toBe('{}');
    expect(inspect(key, { showHidden: true, depth: 9 })).not.toMatch(/\d{2}/);
    // AES has longer keys; Alipay's content has not.
    for (const size of [3, 24, 32]) {
      const given = Buffer.alloc(size, 1).toString('base64');
      expect(codeOf(() => importContentKey(given))).toBe('ERR_KEY');
    }
    expect(codeOf(() => importContentKey('no Base64'))).toBe('ERR_BASE64');
  });
});
