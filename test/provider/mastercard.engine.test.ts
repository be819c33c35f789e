import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/bytes/utf8.js';
import { CountersignError } from '../../src/errors.js';
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
import { can } from '../vectors.js';

const NOW = 1_700_000_000;
const CONSUMER = 'consumer!1';
const code = (run: () => unknown): string | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof CountersignError ? error.code : (error as Error).name;
  }
};

// openssl genrsa -out rsa.pem 2048
const PUBLIC =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAvMSdDl9uaM1hu7a4qBR6H6G6V9sByb8Azqs3kR/9' +
  'jkQIVcpq2Q3qCePwUDieDhdTI5qcL7irYPbg75QyBIu8sWF8MB5KzUfnjiXPmDZmFWlwCPwfVZRyEkt+yXiR' +
  'PILF/4nEL8k50pAepC756M4/ieM+Zz3BuarGmbNi0JWRO69OSg5XCh4Pk8FgRVzXc5AaK0AC2PM0n+jbjPyh' +
  'KN/FSUgiEFaqLXvsPxQNgamb9TfZKw/Yjzpno9RoNFMduNdFLyRP1z706HlI/Urll+dYHjrk+HL/nHxHU+5m' +
  'K7wObaV8+qTUJgtt6vch02DHFV8bBMjWSO23e1+dKjB0SmpZYQIDAQAB';
// The base string by python3, with urllib.parse.quote(…, safe='-._~'); the signatures by
// openssl dgst -sha256 -sign rsa.pem [-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32]
const FIELD =
  'OAuth oauth_body_hash="TUu+Wcaq0iRCzeGZpqil8DRAX814+1qBwk7ySd4cRfE=",' +
  'oauth_consumer_key="consumer%211",oauth_nonce="n1",oauth_signature_method="METHOD",' +
  'oauth_timestamp="1700000000",oauth_version="1.0",oauth_signature="VALUE"';
const PKCS1 =
  'NPFGyw6BAxSFyU9eDEHQVCHxOSeunaWuUaZvag1eYB8CwZjTlrzR%2Fjjup2dEoF4W4R2gsvv6WKZK67%2BH' +
  'KA%2FWYwf%2BExqucWGac6m44a12KMD4M7ZsUNCzWJ8d5B1OgF%2B3DMjLirTndax%2BExt0wC4N6ELefj9b' +
  'VI0BAj4VpgkCNvvwmXIeUn1DAvBrJ3IcHvT7owgtrKlFLz2BQohlZuthdD3LHVY%2B24UjakJYqvkAGVrH%2' +
  'Blq7HRL8PV%2BELAnDv0dFUYA%2BUxCpMaPPdgsCS97ZJAC91zuCb%2FkHQ5BGQErSoY9P5iVzdjy2YxcsO4' +
  'cYsA6Kl0a0Cr6Jatrr83v2raJA0g%3D%3D';
const PSS =
  'RfOA6lJturxanIE%2FCetuD1KK4qkVIWtpCJGpzubiKSbwvZnjDJhpSTnkXcnTelqw6393QrDTkf6YLzWLDp' +
  'yiMizTsGFZzRf5NCyeT9%2FR1hKU1xzbgj9X%2FaMJg4CS%2FRlc5WRBff3iR9VeRbStH33TdFEsIQPCAjCt' +
  'CHZONi%2FXU0fFEvE81wCwMonaNVkAUMpFw5DE87gGcq7sD04fE0Y84UHV1xhLxuZG0P0sVQlFopWhwgyhFx' +
  'oAs%2FjUAAAG%2FdGUyEprec33nU%2F%2B4ZfF9ECZ3EJuCGHSk7e9ugzzxqF5nJbdNp3DWpCXXmzibKMKlE' +
  'vfDx6QV0P62znXvqTog2WHwQ%3D%3D';
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
      { headers: { Authorization: field('RSA-SHA256', PKCS1).replace('%211', '2') } },
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
    expect(verify(mastercard, message, ring, { now: NOW + 900, tolerance: 900 }).timestamp).toBe(
      NOW,
    );
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
    expect(none.headers[0]?.[1]).toContain('oauth_body_hash="47DEQpj8HBSa%2B%2FTImW%2B5JCeuQe');
    expect(verify(mastercard, none, publicKey, { now: NOW }).values.nonce).toBe('n-1');

    const run = (given: SchemeMessage, values: Record<string, string> = {}) =>
      code(() => sign(mastercard, given, privateKey, { now: NOW, values }));
    expect(run({ method: 'POST', body })).toBe('TypeError');
    expect(run({ url, body })).toBe('TypeError');
    expect(run({ method: 'POST', url: 'https://a.example/a b' })).toBe('TypeError');
    expect(run({ method: 'POST', url }, { time: '1' })).toBe('TypeError');
    expect(run({ method: 'POST', url }, { nonce: '' })).toBe('TypeError');
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
