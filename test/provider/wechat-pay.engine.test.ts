import { describe, expect, test } from 'vitest';
import { decodeBase64 } from '../../src/bytes/base64.js';
import { encodeUtf8 } from '../../src/bytes/utf8.js';
import { importPrivateKey, importPublicKey } from '../../src/key/rsa.js';
import { verify as verifyWith } from '../../src/key/use.js';
import { readCertificate } from '../../src/key/x509-certificate.js';
import { rsaOaepSha1 } from '../../src/primitive/rsa-oaep.js';
import { rsaPkcs1Sha256, rsaPssSha256 } from '../../src/primitive/rsa.js';
import {
  matchesStatement,
  platformKeys,
  platformSerial,
  wechatPayCallback,
  wechatPayRequest,
  wechatPayResponse,
  wechatPayStatement,
} from '../../src/provider/wechat-pay/index.js';
import {
  ACCEPT_UNVERIFIED_BODY,
  identify,
  type SchemeMessage,
  sign,
  verify,
} from '../../src/scheme/index.js';
import { engineName } from '../vectors.js';
import {
  certificates,
  merchantJwk,
  NOW,
  platform,
  received,
  sample,
  outcomeOf,
} from './wechat-pay-data.js';

const SIGNATURE = 'Wechatpay-Signature';
const [OLD = '', NEW = ''] = sample.certificates.map(({ serial }) => serial);
const STATEMENT = ['time', 'nonce', 'sha1'] as const;

/** `ok`, or the code of the refusal. */
function codeOf(message: SchemeMessage, keys = platform, now = NOW): string {
  return outcomeOf(() => verify(wechatPayCallback, message, keys, { now }));
}

describe('callbacks and responses', () => {
  test('are verified by the certificate or the public key that they name', () => {
    for (const scheme of [wechatPayCallback, wechatPayResponse]) {
      for (const [sent, keyId] of [
        [sample.callback, OLD],
        [sample.callbackByNew, NEW],
        [sample.callbackByPublicKey, sample.publicKeyId],
      ] as const) {
        const result = verify(scheme, received(sent), platform, { now: NOW });
        expect(result).toMatchObject({ scheme: scheme.id, keyId, timestamp: NOW });
        expect(result.body).toEqual(encodeUtf8(sent.body));
        expect(result.values).toEqual({
          time: String(NOW),
          nonce: sent.headers['Wechatpay-Nonce'],
        });
        expect(result.relaxed).toEqual([]);
      }
    }
  });

  test('of no body have a lone line end in its place', () => {
    const { headers } = received(sample.noBody);
    expect(verify(wechatPayResponse, { headers }, platform, { now: NOW }).body).toHaveLength(0);
    expect(codeOf({ headers, body: encodeUtf8('\n') })).toBe('ERR_VERIFY_FAILED');
  });

  test('name certificates in either case, and public keys in their own', () => {
    const lower = { 'Wechatpay-Serial': OLD.toLowerCase() };
    expect(codeOf(received(sample.callback, lower))).toBe('ok');
    expect(identify(wechatPayCallback, received(sample.callback)).keyId).toBe(OLD);
    const id = { 'Wechatpay-Serial': sample.publicKeyId.toLowerCase() };
    expect(codeOf(received(sample.callbackByPublicKey, id))).toBe('ERR_KEY_UNKNOWN');
    // Keys that are given one by one are compared in the same way.
    const { n = '', e = '' } = merchantJwk();
    const options = { alg: rsaPkcs1Sha256, use: 'verify', id: OLD.toLowerCase() } as const;
    const other = importPublicKey({ kty: 'RSA', n, e }, options);
    expect(
      outcomeOf(() => verify(wechatPayCallback, received(sample.callback), other, { now: NOW })),
    ).toBe('ERR_VERIFY_FAILED');
  });

  test('never try another key than the one that is named', () => {
    expect(codeOf(received(sample.callback, { 'Wechatpay-Serial': NEW }))).toBe(
      'ERR_VERIFY_FAILED',
    );
    const unknown = { 'Wechatpay-Serial': sample.merchantSerial };
    expect(codeOf(received(sample.callback, unknown))).toBe('ERR_KEY_UNKNOWN');
    expect(
      codeOf(received(sample.callback), platformKeys({ certificates: [certificates[1] ?? ''] })),
    ).toBe('ERR_KEY_UNKNOWN');
  });

  test.each(['Timestamp', 'Nonce', 'Serial', 'Signature'])('without %s are refused', (name) => {
    for (const value of [undefined, '']) {
      const message = received(sample.callback, { [`Wechatpay-${name}`]: value });
      expect(codeOf(message)).toBe('ERR_MESSAGE_MISSING');
    }
  });

  test('with anything changed are refused', () => {
    const changes: readonly [string, string][] = [
      ['Wechatpay-Timestamp', String(NOW + 1)],
      ['Wechatpay-Nonce', 'x'],
      [SIGNATURE, sample.callbackByNew.headers[SIGNATURE] ?? ''],
      [SIGNATURE, sample.noBody.headers[SIGNATURE] ?? ''],
    ];
    for (const [name, value] of changes) {
      expect(codeOf(received(sample.callback, { [name]: value }))).toBe('ERR_VERIFY_FAILED');
    }
    const { headers, body } = sample.callback;
    expect(codeOf({ headers, body: encodeUtf8(`${body} `) })).toBe('ERR_VERIFY_FAILED');
    const parsed = encodeUtf8(JSON.stringify(JSON.parse(body), null, 2));
    expect(codeOf({ headers, body: parsed })).toBe('ERR_VERIFY_FAILED');
    const signature = headers[SIGNATURE] ?? '';
    for (const spelling of [`${signature}=`, signature.replace('==', ''), `${signature}!`]) {
      expect(codeOf(received(sample.callback, { [SIGNATURE]: spelling }))).toBe('ERR_MESSAGE_FORM');
    }
  });

  test('are as far off as the tolerance that is given, and no further', () => {
    const within = (now: number, tolerance: number) =>
      outcomeOf(() =>
        verify(wechatPayCallback, received(sample.callback), platform, { now, tolerance }),
      );
    expect(within(NOW, 0)).toBe('ok');
    expect(within(NOW + 1, 0)).toBe('ERR_TOO_OLD');
    expect(within(NOW - 1, 0)).toBe('ERR_NOT_YET_VALID');
    for (const now of [NOW - 300, NOW + 300]) expect(within(now, 300)).toBe('ok');
  });

  test('are less than 300 seconds off, to both sides', () => {
    const message = received(sample.callback);
    for (const now of [NOW - 299, NOW + 299]) expect(codeOf(message, platform, now)).toBe('ok');
    expect(codeOf(message, platform, NOW + 300)).toBe('ERR_TOO_OLD');
    expect(codeOf(message, platform, NOW - 300)).toBe('ERR_NOT_YET_VALID');
    const milliseconds = { 'Wechatpay-Timestamp': `${NOW}000` };
    expect(codeOf(received(sample.callback, milliseconds))).not.toBe('ok');
  });

  test('name the one algorithm, or none', () => {
    const named = (value: string) =>
      received(sample.callback, { 'Wechatpay-Signature-Type': value });
    expect(codeOf(named('WECHATPAY2-SHA256-RSA2048'))).toBe('ok');
    for (const other of ['WECHATPAY2-SM2-WITH-SM3', 'wechatpay2-sha256-rsa2048', 'none', '']) {
      expect(codeOf(named(other))).toBe('ERR_MESSAGE_ALGORITHM');
    }
  });

  test('that are wrong on purpose have a code of their own, whatever else is wrong', () => {
    const signature = sample.callback.headers[SIGNATURE] ?? '';
    for (const value of ['WECHATPAY/SIGNTEST/', `WECHATPAY/SIGNTEST/${signature}`]) {
      expect(codeOf(received(sample.callback, { [SIGNATURE]: value }))).toBe('ERR_MESSAGE_PROBE');
      const unknown = { [SIGNATURE]: value, 'Wechatpay-Serial': 'AB' };
      expect(codeOf(received(sample.callback, unknown), platform, 1)).toBe('ERR_MESSAGE_PROBE');
    }
    const other = { [SIGNATURE]: `wechatpay/signtest/${signature.slice(19)}` };
    expect(codeOf(received(sample.callback, other))).toBe('ERR_VERIFY_FAILED');
  });

  test('after the last second of a certificate are refused', () => {
    const [{ notAfter }] = [readCertificate(certificates[0] ?? '')];
    const message = received(sample.callback);
    expect(codeOf(message, platform, notAfter)).toBe('ERR_TOO_OLD');
    expect(codeOf(message, platform, notAfter + 1)).toBe('ERR_KEY_EXPIRED');
  });
});

describe('the keys of the platform', () => {
  test('verify, and encrypt where their certificate allows it', () => {
    expect(platform.keys.map(({ id, key }) => [id, key.use])).toEqual([
      [OLD, 'verify'],
      [OLD, 'encrypt'],
      [NEW, 'verify'],
      [sample.publicKeyId, 'verify'],
      [sample.publicKeyId, 'encrypt'],
    ]);
    const { key } = platform.find({ id: OLD, alg: rsaOaepSha1, use: 'encrypt' }, NOW);
    expect(key.alg).toBe(rsaOaepSha1);
  });

  test('take certificates that were read, and keep leading zeros of their serials', () => {
    const read = certificates.map((pem) => readCertificate(pem));
    expect(read.map(platformSerial)).toEqual([OLD, NEW]);
    expect(platformKeys({ certificates: read }).keys).toHaveLength(3);
    expect(OLD.startsWith('0A')).toBe(true);
  });

  test.each<[string, Parameters<typeof platformKeys>[0]]>([
    ['none', {}],
    ['none of a list', { certificates: [], publicKeys: [] }],
    ['no list', { certificates: 'x' as never }],
    ['a serial as the id of a public key', { publicKeys: [{ id: OLD, key: sample.publicKey }] }],
    ['an id of other characters', { publicKeys: [{ id: 'PUB_KEY_ID_1a', key: sample.publicKey }] }],
    ['another name', { certificate: certificates } as never],
  ])('%s is a mistake of the program', (_, input) => {
    expect(() => platformKeys(input)).toThrow(TypeError);
  });

  test('of one serial twice are refused', () => {
    const twice = { certificates: [certificates[0] ?? '', certificates[0] ?? ''] };
    expect(outcomeOf(() => platformKeys(twice))).toBe('ERR_KEY_DUPLICATE');
  });
});

describe('statements of the overseas API', () => {
  const { headers, body } = received(sample.statement);

  test('cover a digest and no body', () => {
    const options = { now: NOW, covers: STATEMENT } as const;
    const result = verify(wechatPayStatement, { headers, body }, platform, options);
    expect(result.body).toBeUndefined();
    expect(result.unverifiedBody).toBeUndefined();
    expect(result.values.sha1).toBe(sample.statement.headers['Wechatpay-Statement-Sha1']);
    expect(matchesStatement(result, encodeUtf8(sample.statement.body))).toBe('weak');
    expect(matchesStatement(result, encodeUtf8(`${sample.statement.body}9`))).toBe(false);
    const taken = { ...options, body: ACCEPT_UNVERIFIED_BODY } as const;
    expect(verify(wechatPayStatement, { headers, body }, platform, taken).unverifiedBody).toEqual(
      body,
    );
    expect(() =>
      verify(wechatPayStatement, { headers, body }, platform, { now: NOW } as never),
    ).toThrow(TypeError);
  });

  test('of another digest, or verified as another response, are refused', () => {
    const other = { ...sample.statement.headers, 'Wechatpay-Statement-Sha1': '0'.repeat(40) };
    const options = { now: NOW, covers: STATEMENT } as const;
    const verified = (given: Readonly<Record<string, string>>) =>
      outcomeOf(() => verify(wechatPayStatement, { headers: given }, platform, options));
    expect(verified(other)).toBe('ERR_VERIFY_FAILED');
    expect(verified({ ...other, 'Wechatpay-Statement-Sha1': '"}' })).toBe('ERR_MESSAGE_FORM');
    expect(verified(sample.callback.headers)).toBe('ERR_MESSAGE_MISSING');
    expect(codeOf(received(sample.statement))).toBe('ERR_VERIFY_FAILED');
  });

  test('are compared by what verify returned of them alone', () => {
    const result = verify(wechatPayCallback, received(sample.callback), platform, { now: NOW });
    expect(() => matchesStatement(result as never, new Uint8Array(1))).toThrow(TypeError);
  });
});

describe('requests', () => {
  const jwk = merchantJwk();
  const { n = '', e = '' } = jwk;
  const merchant = importPublicKey(
    { kty: 'RSA', n, e },
    { alg: rsaPkcs1Sha256, use: 'verify', id: sample.merchantSerial },
  );
  const [get, post] = sample.requests.map(({ authorization, body, ...rest }) => ({
    ...rest,
    headers: [['Authorization', authorization]] as [string, string][],
    body: encodeUtf8(body),
  }));
  if (get === undefined || post === undefined) throw new Error('expected two requests');
  const requestCode = (message: SchemeMessage, now = NOW) =>
    outcomeOf(() => verify(wechatPayRequest, message, merchant, { now }));
  const authorized = (change: (text: string) => string): SchemeMessage => ({
    ...post,
    headers: { Authorization: change(post.headers[0]?.[1] ?? '') },
  });

  test('are verified whatever the order of their pairs', () => {
    const result = verify(wechatPayRequest, get, merchant, { now: NOW });
    expect(result.values).toMatchObject({
      method: 'GET',
      target: '/v3/pay/transactions/id/42?mchid=1900000001&note=%E6%94%AF',
    });
    expect(Object.keys(result.values)).not.toContain('mchid');
    expect(requestCode(post)).toBe('ok');
    expect(requestCode({ ...post, headers: { authorization: post.headers[0]?.[1] ?? '' } })).toBe(
      'ok',
    );
    expect(identify(wechatPayRequest, post)).toEqual({
      keyId: sample.merchantSerial,
      hints: { mchid: '1900000001' },
    });
  });

  test.each<[string, SchemeMessage, string]>([
    ['another method', { ...post, method: 'PUT' }, 'ERR_VERIFY_FAILED'],
    ['another path', { ...post, url: `${post.url}/x` }, 'ERR_VERIFY_FAILED'],
    ['another query', { ...get, url: get.url.replace('%E6', '%e6') }, 'ERR_VERIFY_FAILED'],
    ['another body', { ...post, body: encodeUtf8('{}') }, 'ERR_VERIFY_FAILED'],
    ['a path without its origin', { ...post, url: '/v3' }, 'ERR_MESSAGE_FORM'],
    ['no method', { ...post, method: undefined }, 'ERR_MESSAGE_MISSING'],
    ['no credentials', { ...post, headers: [] }, 'ERR_MESSAGE_MISSING'],
    [
      'credentials of Shangmi',
      authorized((text) => text.replace('SHA256-RSA2048', 'SM2-WITH-SM3')),
      'ERR_MESSAGE_ALGORITHM',
    ],
    [
      'other credentials',
      authorized((text) => text.replace('WECHATPAY2', 'BEARER')),
      'ERR_MESSAGE_FORM',
    ],
    ['a serial twice', authorized((text) => `${text},serial_no="AB"`), 'ERR_MESSAGE_DUPLICATE'],
    ['a value without quotes', authorized((text) => text.replaceAll('"', '')), 'ERR_MESSAGE_FORM'],
    [
      'another serial',
      authorized((text) => text.replace('serial_no="7', 'serial_no="8')),
      'ERR_KEY_UNKNOWN',
    ],
    [
      'the id of a public key',
      authorized((text) => text.replace('serial_no="7', 'serial_no="PUB_KEY_ID_')),
      'ERR_MESSAGE_FORM',
    ],
    [
      'another time',
      authorized((text) => text.replace('timestamp="17', 'timestamp="16')),
      'ERR_VERIFY_FAILED',
    ],
  ])('with %s are refused', (_, message, code) => {
    expect(requestCode(message)).toBe(code);
  });

  test('are five minutes off at most', () => {
    for (const now of [NOW - 300, NOW + 300]) expect(requestCode(post, now)).toBe('ok');
    expect(requestCode(post, NOW + 301)).toBe('ERR_TOO_OLD');
    expect(requestCode(post, NOW - 301)).toBe('ERR_NOT_YET_VALID');
  });

  test('are signed as cryptography signs them', () => {
    const importSigner = () =>
      importPrivateKey(jwk, {
        alg: rsaPkcs1Sha256,
        use: 'sign',
        id: sample.merchantSerial.toLowerCase(),
      });
    if (engineName === 'noble') {
      expect(outcomeOf(() => importSigner())).toBe('ERR_UNSUPPORTED_ENGINE');
      return;
    }
    const nonce = /nonce_str="(\w+)"/.exec(post.headers[0]?.[1] ?? '')?.[1] ?? '';
    const values = { mchid: '1900000001', nonce };
    const { method, url, body } = post;
    const signed = sign(wechatPayRequest, { method, url, body }, importSigner(), {
      now: NOW,
      values,
    });
    const pairs = (text: string) =>
      text
        .slice(text.indexOf(' ') + 1)
        .split(',')
        .toSorted();
    const [[name, value] = ['', '']] = signed.headers;
    expect(name).toBe('Authorization');
    expect(pairs(value)).toEqual(pairs(post.headers[0]?.[1] ?? ''));
    expect(value).toMatch(/^WECHATPAY2-SHA256-RSA2048 mchid="1900000001",nonce_str="/);
    expect(requestCode(signed)).toBe('ok');
    // A nonce is drawn where none is given.
    const nonces = [0, 1].map(() => {
      const again = sign(wechatPayRequest, { method, url }, importSigner(), {
        now: NOW,
        values: { mchid: '1900000001' },
      });
      expect(requestCode(again)).toBe('ok');
      return /nonce_str="([0-9a-f]{32})"/.exec(again.headers[0]?.[1] ?? '')?.[1];
    });
    expect(new Set([...nonces, undefined]).size).toBe(3);
    for (const wrong of [{}, { mchid: '' }, { mchid: 'a"b' }, { ...values, serial: 'not hex' }]) {
      expect(() =>
        sign(wechatPayRequest, { method, url }, importSigner(), {
          now: NOW,
          values: wrong,
        }),
      ).toThrow(TypeError);
    }
    // The thumbprint of a key that was given no serial is none.
    const nameless = importPrivateKey(jwk, { alg: rsaPkcs1Sha256, use: 'sign' });
    expect(() => sign(wechatPayRequest, post, nameless, { now: NOW, values })).toThrow(
      new TypeError("key: import the merchant's key with its serial as id"),
    );
    const pss = importPrivateKey(jwk, { alg: rsaPssSha256, use: 'sign', id: 'AB' });
    expect(() => sign(wechatPayRequest, post, pss, { now: NOW, values })).toThrow(TypeError);
  });

  test('that upload are signed by the text of their part meta', () => {
    if (engineName === 'noble') return;
    const signer = importPrivateKey(jwk, { alg: rsaPkcs1Sha256, use: 'sign', id: 'AB' });
    const meta = encodeUtf8('{"filename":"a.png","sha256":"00"}');
    const url = 'https://api.mch.weixin.qq.com/v3/merchant/media/upload';
    const signed = sign(wechatPayRequest, { method: 'POST', url, body: meta }, signer, {
      now: NOW,
      values: { mchid: '1900000001' },
    });
    const [[, value] = ['', '']] = signed.headers;
    const part = (name: string) => new RegExp(`${name}="([^"]+)"`).exec(value)?.[1] ?? '';
    const text = `POST\n/v3/merchant/media/upload\n${NOW}\n${part('nonce_str')}\n{"filename":"a.png","sha256":"00"}\n`;
    const key = importPublicKey({ kty: 'RSA', n, e }, { alg: rsaPkcs1Sha256, use: 'verify' });
    expect(verifyWith(key, encodeUtf8(text), decodeBase64(part('signature')))).toBe(true);
    expect(signed.body).toEqual(meta);
  });
});
