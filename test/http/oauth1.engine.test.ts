// What a request signed by OAuth 1.0 must be to be taken. Its known answers are in vectors/http.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fieldLine, type HttpRequest, readRequest } from '../../src/http/message.js';
import {
  ACCEPT_UNSIGNED_BODY,
  identifyOauth1,
  oauth1BaseString,
  oauth1Secret,
  type Oauth1SignOptions,
  type Oauth1VerifyOptions,
  signOauth1,
  signOauth1Async,
  verifyOauth1,
} from '../../src/http/oauth1.js';
import { createRing } from '../../src/key/ring.js';
import { importPrivateKey, importPublicKey } from '../../src/key/rsa.js';
import { ALLOW_WEAK_SECRET, withUse } from '../../src/key/secret.js';
import { mac } from '../../src/key/use.js';
import { hmacSha256, hmacSha512 } from '../../src/primitive/hmac.js';
import { hmacSha1 } from '../../src/primitive/legacy/index.js';
import { rsaPkcs1Sha256, rsaPssSha256 } from '../../src/primitive/rsa.js';
import { engineName, files } from '../vectors.js';

const NOW = 1_795_284_000;
const ORIGIN = 'https://a.example';
const JSON_BODY = new TextEncoder().encode('{"total":1}');
const FORM_BODY = new TextEncoder().encode('c2&a3=2+q');
const SECRETS = { consumerKey: 'consumer', consumerSecret: 'a secret of some length' };
const TOKEN = { token: 'a&b', tokenSecret: 'secret of the token' };
const key = oauth1Secret(SECRETS, { alg: hmacSha256, use: 'mac' });
const verifier = withUse(key, 'verify');
const SIGN: Oauth1SignOptions = {
  now: NOW,
  consumerKey: 'consumer',
  nonce: 'n',
  query: 'decoded',
  body: 'hash',
};
const VERIFY: Oauth1VerifyOptions = {
  now: NOW,
  tolerance: 0,
  maxAge: 300,
  query: 'decoded',
  body: 'hash',
};

type Lines = readonly (readonly [string, string])[];
const FORM: Lines = [['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8']];

const request = (
  headers: Lines = [],
  body: Uint8Array | undefined = JSON_BODY,
  url = '/pay?a=1&b=%20',
): HttpRequest => readRequest({ method: 'POST', url, headers }, { origin: ORIGIN, body });

function signed(
  options: Partial<Oauth1SignOptions> = {},
  edit: (field: string) => string = (field) => field,
  headers: Lines = [],
  body = JSON_BODY,
): HttpRequest {
  const { header } = signOauth1(request(headers, body), key, { ...SIGN, ...options });
  return request([...headers, [header[0], edit(header[1])]], body);
}

const replacing =
  (from: string | RegExp, to: string) =>
  (field: string): string =>
    field.replace(from, to);

const form = (body = FORM_BODY): HttpRequest => signed({ body: 'form' }, undefined, FORM, body);

function outcome(
  given: HttpRequest,
  options: Partial<Oauth1VerifyOptions> = {},
  keys: Parameters<typeof verifyOauth1>[1] = verifier,
): string {
  try {
    return verifyOauth1(given, keys, { ...VERIFY, ...options }).consumerKey;
  } catch (error) {
    return (error as { code?: string }).code ?? (error as Error).name;
  }
}

describe('what comes out', () => {
  test('is what was signed, frozen', () => {
    const further: Partial<Oauth1SignOptions> = {
      realm: 'Photos & more',
      parameters: [['oauth_callback', 'https://b.example/?c=1']],
    };
    const claims = verifyOauth1(signed(further), verifier, VERIFY);
    expect(claims).toEqual({
      signatureMethod: 'HMAC-SHA256',
      strength: 'strong',
      consumerKey: 'consumer',
      token: undefined,
      timestamp: NOW,
      nonce: 'n',
      method: 'POST',
      uri: 'https://a.example/pay',
      values: [
        ['a', '1'],
        ['b', ' '],
      ],
      body: JSON_BODY,
      parameters: [
        ['oauth_body_hash', createHash('sha256').update(JSON_BODY).digest('base64')],
        ['oauth_callback', 'https://b.example/?c=1'],
        ['oauth_consumer_key', 'consumer'],
        ['oauth_nonce', 'n'],
        ['oauth_signature_method', 'HMAC-SHA256'],
        ['oauth_timestamp', String(NOW)],
        ['oauth_version', '1.0'],
      ],
      relaxed: [],
    });
    expect(Object.isFrozen(claims) && Object.isFrozen(claims.values)).toBe(true);
  });

  test('of a form, its parameters and not its octets', () => {
    const claims = verifyOauth1(form(), verifier, { ...VERIFY, body: 'form' });
    expect(claims.body).toBeUndefined();
    expect(claims.values).toEqual([
      ['a', '1'],
      ['a3', '2 q'],
      ['b', ' '],
      ['c2', ''],
    ]);
  });

  test('of a raw query is in the order that is signed, which is that of what stands there', () => {
    const target = '/pay?a:=1&a.=2';
    const { header } = signOauth1(request([], JSON_BODY, target), key, { ...SIGN, query: 'raw' });
    const given = request([header], JSON_BODY, target);
    const turned = request([header], JSON_BODY, '/pay?a.=2&a:=1');
    for (const one of [given, turned]) {
      expect(verifyOauth1(one, verifier, { ...VERIFY, query: 'raw' }).values).toEqual([
        ['a.', '2'],
        ['a:', '1'],
      ]);
    }
  });

  test('of a form is as long as the caller says', () => {
    const options = { body: 'form', maxFormBytes: FORM_BODY.length } as const;
    expect(outcome(form(), options)).toBe('consumer');
    expect(outcome(form(), { ...options, maxFormBytes: FORM_BODY.length - 1 })).toBe('ERR_LENGTH');
  });

  test('is the same when parameters are turned round or moved, since nothing says where they stood', () => {
    const options = { ...VERIFY, body: 'form' } as const;
    const moved = {
      ...form(),
      target: '/pay?c2=&b=%20&a=1',
      body: new TextEncoder().encode('a3=2+q'),
    };
    expect(verifyOauth1(moved, verifier, options)).toEqual(verifyOauth1(form(), verifier, options));
  });

  test('has no body that was not signed', () => {
    const given = signed({ body: 'none' });
    expect(outcome(given)).toBe('ERR_HTTP_PAYLOAD');
    const options = { ...VERIFY, body: ACCEPT_UNSIGNED_BODY } as const;
    expect(verifyOauth1(given, verifier, options)).toMatchObject({ body: undefined });
    expect(verifyOauth1(signed(), verifier, options).body).toEqual(JSON_BODY);
    expect(verifyOauth1(form(), verifier, options).values).toHaveLength(4);
  });

  test('of HMAC-SHA1 is weak, both ways, and carries what the secret needed', () => {
    const secrets = { consumerKey: 'consumer', consumerSecret: 'short' };
    const options = { alg: hmacSha1, use: 'mac', relax: [ALLOW_WEAK_SECRET] } as const;
    const weak = oauth1Secret(secrets, options);
    const { header, strength } = signOauth1(request(), weak, { ...SIGN, body: 'none' });
    expect(strength).toBe('weak');
    const claims = verifyOauth1(request([header]), withUse(weak, 'verify'), {
      ...VERIFY,
      body: ACCEPT_UNSIGNED_BODY,
    });
    expect(claims).toMatchObject({ strength: 'weak', relaxed: [ALLOW_WEAK_SECRET] });
    expect(signOauth1(request(), key, SIGN).strength).toBe('strong');
  });
});

describe('a request is refused', () => {
  const refused: [string, string, HttpRequest, Partial<Oauth1VerifyOptions>?][] = [
    ['of which the body changed', 'ERR_HTTP_DIGEST', { ...signed(), body: FORM_BODY }],
    ['of which the body is gone', 'ERR_HTTP_DIGEST', { ...signed(), body: undefined }],
    [
      'of which the form changed',
      'ERR_VERIFY_FAILED',
      { ...form(), body: JSON_BODY },
      { body: 'form' },
    ],
    ['of which the method changed', 'ERR_VERIFY_FAILED', { ...signed(), method: 'PUT' }],
    ['of which the path changed', 'ERR_VERIFY_FAILED', { ...signed(), target: '/other?a=1&b=%20' }],
    ['of which the query changed', 'ERR_VERIFY_FAILED', { ...signed(), target: '/pay?a=2&b=%20' }],
    ['for another host', 'ERR_VERIFY_FAILED', { ...signed(), authority: 'b.example' }],
    ['for another scheme', 'ERR_VERIFY_FAILED', { ...signed(), scheme: 'http' }],
    ['whose nonce changed', 'ERR_VERIFY_FAILED', signed({}, replacing('nonce="n"', 'nonce="m"'))],
    ['whose time changed', 'ERR_VERIFY_FAILED', signed({}, replacing(`${NOW}`, `${NOW - 1}`))],
    [
      'whose digest is that of another body',
      'ERR_HTTP_DIGEST',
      signed({}, replacing(/hash="[^"]*"/, 'hash="AA%3D%3D"')),
    ],
    [
      'whose digest is gone',
      'ERR_HTTP_PAYLOAD',
      signed({}, replacing(/oauth_body_hash="[^"]*",/, '')),
    ],
    ['that is a form, where a digest is asked for', 'ERR_HTTP_PAYLOAD', form()],
    [
      'that has a digest, where a form is asked for',
      'ERR_HTTP_PAYLOAD',
      signed(),
      { body: 'form' },
    ],
    [
      'with another body where a form is asked for',
      'ERR_HTTP_PAYLOAD',
      signed({ body: 'none' }),
      { body: 'form' },
    ],
    [
      'of another consumer',
      'ERR_KEY_UNKNOWN',
      signed({}, replacing('key="consumer"', 'key="other"')),
    ],
    [
      'with a token that the key is not for',
      'ERR_KEY_UNKNOWN',
      signed({}, replacing(',oauth_version', ',oauth_token="t",oauth_version')),
    ],
    [
      'with another method',
      'ERR_HTTP_ALGORITHM',
      signed({}, replacing('HMAC-SHA256', 'HMAC-SHA1')),
    ],
    [
      'with a method of no key',
      'ERR_HTTP_ALGORITHM',
      signed({}, replacing('HMAC-SHA256', 'PLAINTEXT')),
    ],
    ['with another version', 'ERR_HTTP_SIGNATURE', signed({}, replacing('"1.0"', '"1.1"'))],
    [
      'with a parameter twice',
      'ERR_HTTP_DUPLICATE',
      signed({}, replacing('oauth_nonce', 'oauth_nonce="x",oauth_nonce')),
    ],
    [
      'with a parameter twice, once encoded',
      'ERR_HTTP_SIGNATURE',
      signed({}, replacing('oauth_nonce', 'oauth%5Fnonce="x",oauth_nonce')),
    ],
    [
      'with a parameter of another name',
      'ERR_HTTP_SIGNATURE',
      signed({}, replacing('oauth_nonce', 'scope="x",oauth_nonce')),
    ],
    [
      'with a parameter out of quotes',
      'ERR_HTTP_SIGNATURE',
      signed({}, replacing(`"${NOW}"`, `${NOW}`)),
    ],
    [
      'with a parameter in the query',
      'ERR_HTTP_SIGNATURE',
      { ...signed(), target: '/pay?oauth_nonce=n' },
    ],
    ['for an authority', 'ERR_HTTP_MESSAGE', { ...signed(), target: 'a.example:443' }],
    ['for a whole server', 'ERR_HTTP_MESSAGE', { ...signed(), target: '*' }],
    [
      'with a parameter in the query, encoded',
      'ERR_HTTP_SIGNATURE',
      { ...signed(), target: '/pay?o%61uth_nonce=n' },
    ],
    [
      'with a parameter in the form',
      'ERR_HTTP_SIGNATURE',
      form(new TextEncoder().encode('oauth_nonce=n')),
      { body: 'form' },
    ],
    ['without a nonce', 'ERR_HTTP_SIGNATURE', signed({}, replacing('nonce="n"', 'nonce=""'))],
    ['without a signature', 'ERR_HTTP_SIGNATURE', signed({}, replacing(/,oauth_signature=.*/, ''))],
    ['without a field', 'ERR_HTTP_SIGNATURE', request()],
    [
      'of another scheme of authentication',
      'ERR_HTTP_SIGNATURE',
      signed({}, replacing('OAuth ', 'Bearer ')),
    ],
    [
      'with two fields',
      'ERR_HTTP_DUPLICATE',
      request([...lines(signed()), ['Authorization', 'Basic QQ==']]),
    ],
    ['whose time is none', 'ERR_TIME', signed({}, replacing(`${NOW}`, `0${NOW}`))],
    ['without a time', 'ERR_TIME', signed({}, replacing(`${NOW}`, ''))],
    [
      'with base64url',
      'ERR_BASE64',
      signed({}, replacing(/signature="[^"]*"/, 'signature="A-_="')),
    ],
    ['with an escape that is none', 'ERR_FORM', signed({}, replacing('nonce="n"', 'nonce="%n"'))],
    ['with octets that are no text', 'ERR_UTF8', signed({}, replacing('nonce="n"', 'nonce="%FF"'))],
    [
      'with too many parameters',
      'ERR_LENGTH',
      { ...signed(), target: `/pay?${'a&'.repeat(1001)}` },
    ],
  ];
  const cases = refused.map(
    ([title, code, given, options = {}]) => [title, code, given, options] as const,
  );

  test.each(cases)('%s: %s', (_title, code, given, options) => {
    expect(outcome(signed())).toBe('consumer');
    expect(outcome(given, options)).toBe(code);
  });

  test.each([
    ['a second before its time', -1, 'ERR_NOT_YET_VALID'],
    ['at its time', 0, 'consumer'],
    ['in its last second', 300, 'consumer'],
    ['after that', 301, 'ERR_TOO_OLD'],
  ])('by time: %s', (_title, after, expected) => {
    expect(outcome(signed(), { now: NOW + after })).toBe(expected);
  });

  test('with the other rule for queries', () => {
    const target = '/pay?a=%21';
    const sent = (query: 'raw' | 'decoded'): HttpRequest => {
      const { header } = signOauth1(request([], JSON_BODY, target), key, { ...SIGN, query });
      return request([header], JSON_BODY, target);
    };
    expect(outcome(sent('raw'), { query: 'raw' })).toBe('consumer');
    expect(outcome(sent('decoded'))).toBe('consumer');
    // Unencoded it is another query when taken raw, and the same when decoded.
    expect(outcome({ ...sent('raw'), target: '/pay?a=!' }, { query: 'raw' })).toBe(
      'ERR_VERIFY_FAILED',
    );
    expect(outcome({ ...sent('decoded'), target: '/pay?a=!' })).toBe('consumer');
  });

  test('with the parameters as they stand, where the query is', () => {
    const raw = { query: 'raw' } as const;
    const whole = signed({ ...raw, nonce: 'a+b/c=!*', realm: 'r' });
    expect(fieldLine(whole.headers, 'authorization')).toContain('oauth_nonce="a+b/c=!*"');
    expect(outcome(whole, raw)).toBe('consumer');
    expect(outcome(whole)).toBe('ERR_VERIFY_FAILED');
    // Encoded it is another text, and signed as one it is taken.
    const encoded = replacing('a+b/c=!*', 'a%2Bb%2Fc%3D%21%2A');
    expect(outcome(signed({ ...raw, nonce: 'a+b/c=!*' }, encoded), raw)).toBe('ERR_VERIFY_FAILED');
    const given = signed({ ...raw, nonce: 'é "&' });
    expect(fieldLine(given.headers, 'authorization')).toContain('oauth_nonce="%C3%A9%20%22%26"');
    expect(verifyOauth1(given, verifier, { ...VERIFY, ...raw }).nonce).toBe('é "&');
  });

  test('two parameters that are written as one, where they are taken as they stand', () => {
    const parameters = [
      ['oauth_a', '1'],
      ['oauth_b', '2'],
    ] as const;
    const raw = { query: 'raw', parameters } as const;
    const joined = replacing('oauth_a="1",oauth_b="2"', 'oauth_a="1&oauth_b=2"');
    expect(outcome(signed(raw), { query: 'raw' })).toBe('consumer');
    expect(outcome(signed(raw, joined), { query: 'raw' })).toBe('ERR_HTTP_SIGNATURE');
  });
});

describe('parameters', () => {
  const sizes = ['&', 'a&', '%61&', '%C3%A9=%61&'];

  test.each(sizes)('are counted before any is decoded: %s', (pair) => {
    const body = new TextEncoder().encode(pair.repeat(Math.floor(1_048_576 / pair.length)));
    const given = request(lines(form()), body);
    const start = performance.now();
    expect(outcome(given, { body: 'form' })).toBe('ERR_LENGTH');
    expect(performance.now() - start).toBeLessThan(200);
    const target = `/pay?${pair.repeat(Math.floor(60_000 / pair.length))}`;
    expect(outcome({ ...signed(), target })).toBe('ERR_LENGTH');
    expect(() => identifyOauth1({ ...signed(), target })).toThrow(
      expect.objectContaining({ code: 'ERR_LENGTH' }),
    );
    expect(() => oauth1BaseString({ ...request(), target }, [], { query: 'raw' })).toThrow(
      expect.objectContaining({ code: 'ERR_LENGTH' }),
    );
  });

  test('of the query, of a form and of the field are counted together', () => {
    const pairs = (count: number): string => Array.from({ length: count }, () => 'a').join('&');
    const given = form(new TextEncoder().encode(pairs(500)));
    const target = (count: number): string => `/pay?${pairs(count)}`;
    expect(outcome({ ...given, target: target(495) }, { body: 'form' })).toBe('ERR_VERIFY_FAILED');
    expect(outcome({ ...given, target: target(496) }, { body: 'form' })).toBe('ERR_LENGTH');
  });

  // `to=a%2Bb` of a form stands for another value than the same of a query that is signed raw.
  test('of a form are not signed beside a raw query', () => {
    const given = form(new TextEncoder().encode('to=a%2Bb'));
    expect(outcome(given, { body: 'form' })).toBe('consumer');
    expect(outcome(given, { body: 'form', query: 'raw' })).toBe('ERR_HTTP_PAYLOAD');
    const unsigned = { body: ACCEPT_UNSIGNED_BODY, query: 'raw' } as const;
    expect(outcome(given, unsigned)).toBe('ERR_HTTP_PAYLOAD');
    const options = { ...SIGN, body: 'form', query: 'raw' } as const;
    expect(() => signOauth1(request(FORM, FORM_BODY), key, options)).toThrow(TypeError);
    expect(() => oauth1BaseString(given, [], { query: 'raw', form: 'a=1' })).toThrow(TypeError);
  });
});

describe('what other clients write is taken', () => {
  test.each<[string, (field: string) => string]>([
    ['white space after commas', (field) => field.replaceAll('",', '",  ')],
    ['a realm', (field) => field.replace('OAuth ', 'OAuth realm="a b",')],
    ['the scheme in another case', (field) => field.replace('OAuth', 'oauth')],
    [
      'a digest that is not encoded',
      (field) => field.replaceAll('%3D', '=').replaceAll('%2F', '/').replaceAll('%2B', '+'),
    ],
    [
      'escapes in lower case',
      (field) => field.replaceAll(/%[0-9A-F]{2}/g, (one) => one.toLowerCase()),
    ],
  ])('%s', (_title, edit) => {
    expect(outcome(signed({}, edit))).toBe('consumer');
  });

  test('no body where a form is asked for', () => {
    const given = signed({ body: 'none' }, undefined, [], new Uint8Array(0));
    expect(outcome(given, { body: 'form' })).toBe('consumer');
  });
});

describe('keys', () => {
  const withToken = oauth1Secret({ ...SECRETS, ...TOKEN }, { alg: hmacSha256, use: 'mac' });

  test('of secrets are for a consumer and a token', () => {
    expect([key.id, withToken.id]).toEqual(['consumer', 'consumer&a%26b']);
    const sent = signOauth1(request(), withToken, { ...SIGN, token: 'a&b' });
    const given = request([sent.header]);
    expect(verifyOauth1(given, withUse(withToken, 'verify'), VERIFY).token).toBe('a&b');
    const ring = createRing([{ key: verifier }, { key: withUse(withToken, 'verify') }]);
    const algs = [hmacSha256];
    expect(outcome(given, { algs }, ring)).toBe('consumer');
    expect(outcome(signed(), { algs }, ring)).toBe('consumer');
    const other = lines(given).map(([name, value]) => [name, value.replace('a%26b', 'c')] as const);
    expect(outcome(request(other), { algs }, ring)).toBe('ERR_KEY_UNKNOWN');
    expect(identifyOauth1(given)).toEqual({
      consumerKey: 'consumer',
      token: 'a&b',
      signatureMethod: 'HMAC-SHA256',
    });
  });

  test('of secrets are for no other consumer whose name is spelled like theirs', () => {
    const secrets = { consumerKey: 'consumer&a%26b', consumerSecret: 'a secret of their own' };
    const theirs = oauth1Secret(secrets, { alg: hmacSha256, use: 'mac' });
    expect(theirs.id).toBe('consumer%26a%2526b');
    const sent = signOauth1(request(), withToken, { ...SIGN, token: 'a&b' });
    const field = sent.header[1].replace(
      /oauth_signature="[^"]*"/,
      `oauth_signature="${encodeURIComponent(
        Buffer.from(mac(theirs, Buffer.from(sent.baseString))).toString('base64'),
      )}"`,
    );
    const ring = createRing([{ key: withUse(theirs, 'verify') }, { key: verifier }]);
    const algs = [hmacSha256];
    expect(outcome(request([['Authorization', field]]), { algs }, ring)).toBe('ERR_KEY_UNKNOWN');
    const own = signOauth1(request(), theirs, { ...SIGN, consumerKey: secrets.consumerKey });
    expect(outcome(request([own.header]), { algs }, ring)).toBe(secrets.consumerKey);
  });

  test('are those of the consumer where the token is empty', () => {
    const parameters = [
      ['oauth_consumer_key', 'consumer'],
      ['oauth_nonce', 'n'],
      ['oauth_signature_method', 'HMAC-SHA256'],
      ['oauth_timestamp', String(NOW)],
      ['oauth_token', ''],
    ] as const;
    const empty = request([], new Uint8Array(0));
    const base = oauth1BaseString(empty, parameters, { query: 'decoded' });
    const signature = Buffer.from(mac(key, Buffer.from(base))).toString('base64');
    const field = [...parameters, ['oauth_signature', signature]]
      .map(([name = '', value = '']) => `${name}="${encodeURIComponent(value)}"`)
      .join();
    const given = request([['Authorization', `OAuth ${field}`]], new Uint8Array(0));
    const claims = verifyOauth1(given, verifier, { ...VERIFY, body: 'form' });
    expect([claims.token, claims.parameters]).toEqual([undefined, parameters]);
    expect(identifyOauth1(given).token).toBeUndefined();
    expect(() =>
      oauth1Secret({ ...SECRETS, token: '', tokenSecret: '' }, { alg: hmacSha256, use: 'mac' }),
    ).toThrow(TypeError);
  });

  test('of weak secrets are refused though an ampersand follows', () => {
    for (const consumerSecret of ['', 'undefined', 'short', '1'.repeat(20)]) {
      const secrets = { ...SECRETS, consumerSecret };
      expect(() => oauth1Secret(secrets, { alg: hmacSha256, use: 'mac' })).toThrow(
        expect.objectContaining({ code: consumerSecret === '' ? 'ERR_KEY_EMPTY' : 'ERR_KEY_WEAK' }),
      );
    }
  });

  test('may be elsewhere', async () => {
    const remote = {
      alg: hmacSha256,
      keyId: 'arn',
      mac: (octets: Uint8Array) => Promise.resolve(mac(key, octets)),
    };
    const here = signOauth1(request(), key, SIGN);
    expect(await signOauth1Async(request(), remote, SIGN)).toEqual(here);
    expect(await signOauth1Async(request(), key, SIGN)).toEqual(here);
  });

  const jwk = jwkOf('rsa-2048-a');
  test.each([
    ['RSA-SHA256', rsaPkcs1Sha256],
    ['RSA-PSS', rsaPssSha256],
  ])('of RSA sign by %s, and are found by the consumer', (method, alg) => {
    if (engineName === 'noble') {
      const code = 'ERR_UNSUPPORTED_ENGINE';
      expect(() => importPrivateKey(jwk, { alg, use: 'sign' })).toThrow(
        expect.objectContaining({ code }),
      );
      return;
    }
    const signer = importPrivateKey(jwk, { alg, use: 'sign' });
    const { n = '', e = '' } = jwk;
    const publicKey = importPublicKey({ kty: 'RSA', n, e }, { alg, use: 'verify', id: 'consumer' });
    const given = request([signOauth1(request(), signer, SIGN).header]);
    const claims = verifyOauth1(given, publicKey, VERIFY);
    expect(claims).toMatchObject({ signatureMethod: method, strength: 'strong' });
    const nameless = importPublicKey({ kty: 'RSA', n, e }, { alg, use: 'verify' });
    expect(outcome(given, {}, nameless)).toBe('ERR_KEY_UNKNOWN');
    expect(outcome(signed(), {}, publicKey)).toBe('ERR_HTTP_ALGORITHM');
  });
});

describe('the base string', () => {
  // RFC 5849, section 3.4.1.2.
  test.each([
    ['http://EXAMPLE.COM:80', '/r%20v/X?id=123', 'http%3A%2F%2Fexample.com%2Fr%2520v%2FX'],
    ['https://www.example.net:8080', '/?q=1', 'https%3A%2F%2Fwww.example.net%3A8080%2F'],
    ['https://example.com:443', '/', 'https%3A%2F%2Fexample.com%2F'],
    ['http://example.com:443', '/', 'http%3A%2F%2Fexample.com%3A443%2F'],
  ])('of %s%s has the URI %s', (origin, url, expected) => {
    const given = readRequest({ method: 'get', url, headers: [] }, { origin });
    expect(oauth1BaseString(given, [], { query: 'decoded' }).split('&').slice(0, 2)).toEqual([
      'GET',
      expected,
    ]);
  });
});

describe('mistakes of the caller', () => {
  test.each<[string, Partial<Oauth1SignOptions>]>([
    ['no consumer', { consumerKey: '' }],
    ['another consumer than the key is for', { consumerKey: 'other' }],
    ['a token that the key is not for', { token: 'other' }],
    ['an empty nonce', { nonce: '' }],
    ['a quote in the realm', { realm: 'a"b' }],
    ['milliseconds', { now: NOW * 1000 }],
    ['a form that is none', { body: 'form' }],
    ['another body', { body: 'other' as never }],
    ['another query', { query: 'other' as never }],
    ['a parameter of its own', { parameters: [['oauth_nonce', 'x']] }],
    ['a parameter of another name', { parameters: [['scope', 'x']] }],
    [
      'a parameter twice',
      {
        parameters: [
          ['oauth_a', 'x'],
          ['oauth_a', 'y'],
        ],
      },
    ],
    ['an unknown option', { timestamp: NOW } as never],
  ])('in signing: %s', (_title, options) => {
    expect(() => signOauth1(request(), key, { ...SIGN, ...options })).toThrow(TypeError);
  });

  test('in the base string: an unknown option', () => {
    expect(() => oauth1BaseString(request(), [], { query: 'raw', from: 'a' } as never)).toThrow(
      TypeError,
    );
  });

  test('in signing: a form that is not signed, a request that is signed, a digest beside SHA-1', () => {
    expect(() => signOauth1(request(FORM), key, { ...SIGN, body: 'none' })).toThrow(TypeError);
    expect(() => signOauth1(signed(), key, SIGN)).toThrow(TypeError);
    const weak = oauth1Secret(SECRETS, { alg: hmacSha1, use: 'mac' });
    expect(() => signOauth1(request(), weak, SIGN)).toThrow(TypeError);
  });

  test('in making a key: half a token, another algorithm', () => {
    const options = { alg: hmacSha256, use: 'mac' } as const;
    expect(() => oauth1Secret({ ...SECRETS, token: 'a' }, options)).toThrow(TypeError);
    expect(() => oauth1Secret(SECRETS, { ...options, alg: hmacSha512 })).toThrow(TypeError);
  });

  test.each<[string, Partial<Oauth1VerifyOptions>]>([
    ['no window', { maxAge: undefined as never }],
    ['no tolerance', { tolerance: undefined as never }],
    ['no body', { body: undefined as never }],
    ['no query', { query: undefined as never }],
    ['algorithms beside a key', { algs: [hmacSha256] }],
    ['an unknown option', { skew: 1 } as never],
  ])('in verifying: %s', (_title, options) => {
    expect(outcome(signed(), options)).toBe('TypeError');
  });

  test('a nonce is drawn where none is given', () => {
    const nonces = Array.from({ length: 50 }, () => {
      const given = signed({ nonce: undefined });
      return verifyOauth1(given, verifier, VERIFY).nonce;
    });
    expect(new Set(nonces).size).toBe(50);
    expect(nonces[0]).toMatch(/^[0-9a-f]{32}$/);
  });
});

function lines({ headers }: HttpRequest): Lines {
  return [...headers.lines].flatMap(([name, values]) =>
    values.map((value) => [name, value] as const),
  );
}

function jwkOf(id: string): Record<string, string> & { readonly kty: string } {
  const row = files.find(({ kind }) => kind === 'rsa-keys')?.cases.find((one) => one.id === id);
  const member = (name: string): [string, string] => [
    name,
    Buffer.from(String(row?.[name]), 'hex').toString('base64url'),
  ];
  const members = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'].map(member);
  return { kty: 'RSA', ...Object.fromEntries(members) };
}
