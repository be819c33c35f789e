import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/bytes/utf8.js';
import * as ec from '../../src/key/ec.js';
import { generateKeyPair, importPublicKey } from '../../src/key/rsa.js';
import { createRing } from '../../src/key/ring.js';
import { ecdsaP256Sha256 } from '../../src/primitive/ecdsa.js';
import { rsaPkcs1Sha256, rsaPssSha256 } from '../../src/primitive/rsa.js';
import { mastercard } from '../../src/provider/mastercard.js';
import {
  describeScheme,
  identify,
  replayDigest,
  type SchemeMessage,
  sign,
  verify,
} from '../../src/scheme/index.js';
import { code } from '../code.js';
import { can } from '../vectors.js';

const NOW = 1_700_000_000;
const CONSUMER = 'consumer!1';
// openssl genrsa -out rsa.pem 2048
const PUBLIC =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoDxySqDlAJsVwfnsw2DTS3cKe50kxwPl0+QErUot' +
  'Ty3HA/b7vGDP0tMBMKhrM2nQftVqunzdePkVJnzxTpJKnDRDenHiUjAxnB8NtxmDMl13dpjqslN27qGsIwNY' +
  'XNVcXDaWPE7JaolxrVufKI0X/xMBi81vmgUQ/8cl+NKtjJOGtUCYPD9UD1dQLDm1JM9cxCk9nzFezzvwVLZw' +
  '8rXJjIzls7edP68p1m899+GzmyJfxM65lDiaweDCtfLHVgu0Px7nQMHnDuF+7jI1xTbA15Y2BHEloEEtUHqA' +
  'D1E73zgWe4b2sBOXeVnU7Zf7SZkp4fBzajPOLIz+Hb9zZey7twIDAQAB';
// The base string by python3, with urllib.parse.quote(…, safe='-._~') of the parameters as they stand;
// the signatures by
// openssl dgst -sha256 -sign rsa.pem [-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32]
const FIELD =
  'OAuth oauth_body_hash="TUu+Wcaq0iRCzeGZpqil8DRAX814+1qBwk7ySd4cRfE=",' +
  'oauth_consumer_key="consumer!1",oauth_nonce="n1",oauth_signature_method="METHOD",' +
  'oauth_timestamp="1700000000",oauth_version="1.0",oauth_signature="VALUE"';
const PKCS1 =
  'mpMwzycVEt7VO1kZTU5HR%2FoyeYdjXKe2PG10cgmC2XK9Hzo38UjT%2BLWWbSvu0Cy5U%2F9mO18EtPrLad' +
  'mof1zrPOPQhkuZrwnQ2ldZOgyYKG2KPwpIrptkMmZEhI1H%2F1rjXJnD%2F75hqh58hr%2FQKZxo3G2qBJYr' +
  'S55vDBgVneOHS5baKdG0XRjOWwyok1b8RICaeK7IKRlR%2Bd49gKbyqchVMNL3dG4pNLOicLBtFjldvsPxhb' +
  'WZUy4JnuSm%2FSgBWRFapEZgwasbX5DHVR95Uggd%2BMqn12QQkl%2BT4GPqFKToewPBzptA75CzrvKB3q2n' +
  'owpwLeKVl7GlF4UQBhByOashsQ%3D%3D';
const PSS =
  'nQvXsgnq906xw8g56R55DyxQNUG9nvzlTnhcQdZQwcvg%2BgiN1zxFmCP0uvJp6%2Bhqp1XnfUxMua62UT9p' +
  'V6ZXVKHd6HjobSHj7EsXfICmi2A4ZbkHfiK1t%2BFz%2F0XQ8tDK1pto8QOM%2B7DLBLzazLdJoFsp8tOPNF' +
  'sfhXG46Zbs9B1ZOQSvwjMlDAYOoIsOSFpfnVjZs4uaQBPsU41a37yc1ygLH4zyV3DjqbUGa7IYJQYsECwFYO' +
  'ebouhpWh8U8vrP8kQduCW5Eluc2jgFHsfm4LgywjbWIOEBBvfMw5QSpPHoVDhlaiHULNtMKVU7s8zjp2dwnC' +
  'RhcYYotqmmpbKtJA%3D%3D';
const field = (method: string, value: string): string =>
  FIELD.replace('METHOD', method).replace('VALUE', value);

const message: SchemeMessage = {
  method: 'POST',
  url: 'https://api.mastercard.example/send?b=2%3A3&a=x',
  headers: { Authorization: field('RSA-SHA256', PKCS1), 'Content-Type': 'application/json' },
  body: encodeUtf8('{"amount":100}'),
};
const pkcs1 = importPublicKey(PUBLIC, { alg: rsaPkcs1Sha256, use: 'verify', id: CONSUMER });
const pss = importPublicKey(PUBLIC, { alg: rsaPssSha256, use: 'verify', id: CONSUMER });
const ring = createRing([{ key: pkcs1 }, { key: pss }]);

describe('a request signed by openssl', () => {
  test('by RSA-SHA256', () => {
    const result = verify(mastercard, message, pkcs1, { now: NOW });
    expect(result.values).toEqual({
      method: 'POST',
      uri: 'https://api.mastercard.example/send',
      query: 'a=x&b=2%3A3',
      consumerKey: CONSUMER,
      nonce: 'n1',
      time: '1700000000',
    });
    expect(result.timestamp).toBe(NOW);
    expect(result.body).toEqual(message.body);
    expect(result.keyId).toBe(CONSUMER);
  });

  test('by RSA-PSS; of a ring the key of that algorithm is taken', () => {
    const headers = { Authorization: field('RSA-PSS', PSS) };
    const result = verify(mastercard, { ...message, headers }, ring, { now: NOW });
    expect(result.values.nonce).toBe('n1');
    expect(verify(mastercard, message, ring, { now: NOW }).values.nonce).toBe('n1');
  });

  test('with every header shape', () => {
    const { Authorization } = message.headers as Record<string, string>;
    const shapes = [
      ['authorization', Authorization],
      [['Authorization', Authorization]],
      new Map([['authorization', Authorization]]),
      new Headers({ Authorization: Authorization ?? '' }),
    ];
    for (const headers of shapes) {
      const given = { ...message, headers } as SchemeMessage;
      expect(verify(mastercard, given, pkcs1, { now: NOW }).timestamp).toBe(NOW);
    }
    const rawHeaders = ['Authorization', Authorization ?? ''];
    const raw = { ...message, headers: undefined, rawHeaders };
    expect(verify(mastercard, raw, pkcs1, { now: NOW }).timestamp).toBe(NOW);
  });

  test('pairs of the query in another order were signed in this one', () => {
    const url = 'https://api.mastercard.example/send?a=x&b=2%3A3';
    expect(verify(mastercard, { ...message, url }, pkcs1, { now: NOW }).values.query).toBe(
      'a=x&b=2%3A3',
    );
  });
});

describe('what is refused', () => {
  const bad = (change: Partial<SchemeMessage>, now: number = NOW) =>
    code(() => verify(mastercard, { ...message, ...change }, ring, { now }));

  test.each<[string, Partial<SchemeMessage>, string]>([
    ['another body', { body: encodeUtf8('{"amount":900}') }, 'ERR_HTTP_DIGEST'],
    ['no body', { body: undefined }, 'ERR_HTTP_DIGEST'],
    ['another method', { method: 'PUT' }, 'ERR_VERIFY_FAILED'],
    ['another host', { url: 'https://x.example/send?b=2%3A3&a=x' }, 'ERR_VERIFY_FAILED'],
    ['a query decoded', { url: `${message.url}`.replace('%3A', ':') }, 'ERR_VERIFY_FAILED'],
    ['no URL', { url: undefined }, 'ERR_MESSAGE_MISSING'],
    ['a user in the URL', { url: 'https://u:p@api.mastercard.example/' }, 'ERR_MESSAGE_FORM'],
    ['a host that is none', { url: 'https://ex|ample/' }, 'ERR_MESSAGE_FORM'],
    ['a port alone', { url: 'https://:443/' }, 'ERR_MESSAGE_FORM'],
    ['no method', { method: undefined }, 'ERR_MESSAGE_MISSING'],
    ['no headers', { headers: undefined }, 'ERR_MESSAGE_MISSING'],
    [
      'two fields',
      { headers: ['Authorization', field('RSA-SHA256', PKCS1), 'Authorization', 'OAuth a="b"'] },
      'ERR_MESSAGE_DUPLICATE',
    ],
    ['another scheme', { headers: { Authorization: 'Bearer x' } }, 'ERR_HTTP_SIGNATURE'],
    ['RSA-SHA1', { headers: { Authorization: field('RSA-SHA1', PKCS1) } }, 'ERR_MESSAGE_ALGORITHM'],
    [
      'a method that the key is not of',
      { headers: { Authorization: field('RSA-PSS', PKCS1) } },
      'ERR_VERIFY_FAILED',
    ],
    [
      'another consumer',
      { headers: { Authorization: field('RSA-SHA256', PKCS1).replace('!1', '2') } },
      'ERR_KEY_UNKNOWN',
    ],
    [
      'no digest',
      {
        headers: {
          Authorization: field('RSA-SHA256', PKCS1).replace(/oauth_body_hash="[^"]*",/, ''),
        },
      },
      'ERR_HTTP_PAYLOAD',
    ],
    ['no signature', { headers: { Authorization: field('RSA-SHA256', '') } }, 'ERR_HTTP_SIGNATURE'],
  ])('%s', (_, change, expected) => {
    expect(bad(change)).toBe(expected);
  });

  test('a time that is not of now, at both edges', () => {
    expect(bad({}, NOW + 300)).toBeUndefined();
    expect(bad({}, NOW + 301)).toBe('ERR_TOO_OLD');
    expect(bad({}, NOW - 300)).toBeUndefined();
    expect(bad({}, NOW - 301)).toBe('ERR_NOT_YET_VALID');
    expect(bad({}, Number.NaN)).toBe('TypeError');
    for (const tolerance of [0, 900]) {
      const given = { now: NOW + tolerance, tolerance };
      expect(verify(mastercard, message, ring, given).timestamp).toBe(NOW);
    }
  });

  test('no key', () => {
    expect(code(() => verify(mastercard, message, [], { now: NOW }))).toBe('ERR_KEY_UNKNOWN');
  });
});

test('the digest against replays is that of the base string', () => {
  const digest = (given: SchemeMessage) =>
    verify(mastercard, given, pkcs1, { now: NOW, replay: replayDigest }).replayDigest;
  const turned = { ...message, url: 'https://api.mastercard.example/send?a=x&b=2%3A3' };
  expect(digest(message)).toHaveLength(32);
  expect(digest(turned)).toEqual(digest(message));
});

test.each([
  'https://user@api.mastercard.example/a',
  'https://a|b/',
  'https://a:x/',
  'https://\\/a',
])('a URL whose host is none is refused as the message that it is: %s', (url) => {
  const run = () => verify(mastercard, { ...message, url }, pkcs1, { now: NOW });
  expect(code(run)).toBe('ERR_MESSAGE_FORM');
});

test('says what it signs', () => {
  const { slots, signature } = describeScheme(mastercard);
  expect(slots.map(({ name }) => name)).toEqual(
    Object.keys(mastercard.covers).filter((name) => name !== 'body'),
  );
  expect(signature).toContain('oauth_signature');
});

test('who signed is claimed by the consumer key', () => {
  expect(identify(mastercard, message).keyId).toBe(CONSUMER);
});

describe('signing', () => {
  const isRefused = !can('RSASSA-PKCS1-v1_5 SHA-256', 'sign');
  const url = 'https://api.mastercard.example/send?b=2%3A3&a=x&a=x';
  const { body } = message;
  test.each([rsaPkcs1Sha256, rsaPssSha256])('is read back: $name', (alg) => {
    const generate = () => generateKeyPair({ alg, bits: 2048, id: 'c1' });
    if (isRefused) {
      expect(code(generate)).toBe('ERR_UNSUPPORTED_ENGINE');
      return;
    }
    const { privateKey, publicKey } = generate();
    const signed = sign(mastercard, { method: 'POST', url, body }, privateKey, { now: NOW });
    const result = verify(mastercard, signed, publicKey, { now: NOW });
    expect(result.values.consumerKey).toBe('c1');
    expect(result.values.nonce).toMatch(/^[0-9a-f]{32}$/);
    expect(result.values.query).toBe('a=x&a=x&b=2%3A3');
    const none = sign(mastercard, { method: 'GET', url }, privateKey, {
      now: NOW,
      values: { nonce: 'n-1' },
    });
    expect(none.headers[0]?.[1]).toContain('oauth_body_hash="47DEQpj8HBSa+/TImW+5JCeuQe');
    expect(verify(mastercard, none, publicKey, { now: NOW }).values.nonce).toBe('n-1');

    const run = (given: SchemeMessage, values: Record<string, string> = {}) =>
      code(() => sign(mastercard, given, privateKey, { now: NOW, values }));
    expect(run({ method: 'POST', body })).toBe('TypeError');
    expect(run({ url, body })).toBe('TypeError');
    expect(run({ method: 'POST', url: 'https://a.example/a b' })).toBe('TypeError');
    expect(run({ method: 'POST', url }, { time: '1' })).toBe('TypeError');
    expect(run({ method: 'POST', url }, { nonce: '' })).toBe('TypeError');
    // A thumbprint is no consumer key.
    const nameless = generateKeyPair({ alg, bits: 2048 }).privateKey;
    const under = (values: Record<string, string>) =>
      sign(mastercard, { method: 'GET', url }, nameless, { now: NOW, values });
    expect(() => under({})).toThrow(/id: consumerKey/);
    expect(() => under({ consumerKey: nameless.id ?? '' })).toThrow(/id: consumerKey/);
    expect(under({ consumerKey: 'c2' }).headers[0]?.[1]).toContain('oauth_consumer_key="c2"');
    const two = [privateKey, privateKey];
    expect(code(() => sign(mastercard, { method: 'GET', url }, two, { now: NOW }))).toBe(
      'TypeError',
    );
  });

  test('by no other algorithm', () => {
    const { privateKey } = ec.generateKeyPair({ alg: ecdsaP256Sha256, id: 'c1' });
    const run = () => sign(mastercard, { method: 'GET', url }, privateKey as never, { now: NOW });
    expect(run).toThrow(/algorithm of the scheme/);
  });
});
