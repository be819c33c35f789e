// What a request signed by SigV4 must be to be taken. Its known answers are in vectors/http.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type FieldsInput, type HttpRequest, readRequest } from '../../src/http/message.js';
import {
  ACCEPT_UNSIGNED_PAYLOAD,
  ACCEPT_UNSIGNED_SESSION_TOKEN,
  deriveSigV4aKeyPair,
  deriveSigV4Key,
  identifySigV4,
  presignSigV4,
  presignSigV4Async,
  signSigV4,
  signSigV4Async,
  type SigV4PresignOptions,
  type SigV4SignOptions,
  type SigV4VerifyOptions,
  UNSIGNED_PAYLOAD,
  verifySigV4,
} from '../../src/http/sigv4.js';
import { createRing } from '../../src/key/ring.js';
import { ALLOW_WEAK_SECRET, importSecret } from '../../src/key/secret.js';
import { mac, sign } from '../../src/key/use.js';
import { ecdsaP256Sha256, ecdsaP384Sha384 } from '../../src/primitive/ecdsa.js';
import { hmacSha256, hmacSha512 } from '../../src/primitive/hmac.js';

const NOW = 1_440_938_160;
const ORIGIN = 'https://example.amazonaws.com';
const BODY = new TextEncoder().encode('{"total":1}');
const secret = importSecret('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', {
  alg: hmacSha256,
  use: 'mac',
  encoding: 'utf8',
});
const SCOPE = { accessKeyId: 'AKIDEXAMPLE', day: '20150830', region: 'eu-1', service: 'pay' };
const key = deriveSigV4Key(secret, { ...SCOPE, use: 'mac' });
const verifier = deriveSigV4Key(secret, { ...SCOPE, use: 'verify' });
const pair = deriveSigV4aKeyPair(secret, { accessKeyId: 'AKIDEXAMPLE', alg: ecdsaP256Sha256 });

const SIGN = { now: NOW, path: 'normalized', payload: 'header' } as const;
const VERIFY = {
  now: NOW,
  tolerance: 0,
  maxAge: 300,
  form: 'either',
  service: 'pay',
  region: 'eu-1',
  path: 'normalized',
} as const;

const request = (url = '/pay?a=1', headers: FieldsInput = [], body = BODY): HttpRequest =>
  readRequest({ method: 'POST', url, headers }, { origin: ORIGIN, body });

type Lines = readonly (readonly [string, string])[];

/** A signed request, with fields changed as `edit` says. */
function signed(
  options: Partial<SigV4SignOptions> = {},
  edit: (lines: Lines) => Lines = (lines) => lines,
  url?: string,
  headers: Lines = [],
): HttpRequest {
  const made = signSigV4(request(url, headers), key, { ...SIGN, ...options });
  return request(url, edit([...headers, ...made.headers]));
}

function presigned(
  options: Partial<SigV4PresignOptions> = {},
  edit: (target: string) => string = (target) => target,
  headers: Lines = [],
): HttpRequest {
  const asked = { ...SIGN, payload: 'signed', expires: 60, ...options } as const;
  return request(edit(presignSigV4(request(undefined, headers), key, asked).target), headers);
}

const replacing =
  (from: string | RegExp, to: string) =>
  (lines: Lines): Lines =>
    lines.map(([name, value]) => [name, value.replace(from, to)] as const);

function outcome(
  given: HttpRequest,
  options: Partial<SigV4VerifyOptions> = {},
  keys: Parameters<typeof verifySigV4>[1] = verifier,
): string {
  try {
    return verifySigV4(given, keys, { ...VERIFY, ...options }).accessKeyId;
  } catch (error) {
    return (error as { code?: string }).code ?? (error as Error).name;
  }
}

describe('what comes out', () => {
  test('is what was signed, frozen', () => {
    const headers = [
      ['X-Amz-Target', 'a  b'],
      ['X-Other', 'unsigned'],
    ] as const;
    const given = signed({ sessionToken: 'token/+=' }, undefined, '/a/../pay?b=%20&a=1', headers);
    const claims = verifySigV4(given, verifier, VERIFY);
    expect(claims).toEqual({
      algorithm: 'AWS4-HMAC-SHA256',
      accessKeyId: 'AKIDEXAMPLE',
      service: 'pay',
      region: 'eu-1',
      signedAt: NOW,
      expiresAt: undefined,
      method: 'POST',
      path: '/pay',
      query: [
        ['a', '1'],
        ['b', ' '],
      ],
      headers: {
        host: 'example.amazonaws.com',
        'x-amz-target': 'a b',
        'x-amz-date': '20150830T123600Z',
        'x-amz-content-sha256': createHash('sha256').update(BODY).digest('hex'),
        'x-amz-security-token': 'token/+=',
      },
      body: BODY,
      sessionToken: 'token/+=',
      relaxed: [],
    });
    expect(Object.isFrozen(claims) && Object.isFrozen(claims.headers)).toBe(true);
    expect(Object.isFrozen(claims.query)).toBe(true);
  });

  test('is the same when the query is turned round, of which nothing says the order', () => {
    const given = signed({}, undefined, '/pay?a=2&a=1&b');
    const turned = { ...given, target: '/pay?b=&a=1&a=2' };
    expect(verifySigV4(turned, verifier, VERIFY)).toEqual(verifySigV4(given, verifier, VERIFY));
  });

  test('of a presigned request, without the names of the signature', () => {
    const claims = verifySigV4(presigned({ sessionToken: 'token/+=' }), verifier, VERIFY);
    expect(claims).toMatchObject({
      expiresAt: NOW + 60,
      query: [['a', '1']],
      headers: { host: 'example.amazonaws.com' },
      sessionToken: 'token/+=',
      body: BODY,
    });
  });

  test('has no body that was not signed', () => {
    const accept = { payload: ACCEPT_UNSIGNED_PAYLOAD } as const;
    const inHeader = signed({ payload: UNSIGNED_PAYLOAD });
    expect(verifySigV4(inHeader, verifier, { ...VERIFY, ...accept }).body).toBeUndefined();
    const s3 = presigned({ payload: UNSIGNED_PAYLOAD, path: 's3' });
    const claims = verifySigV4(s3, verifier, { ...VERIFY, ...accept, path: 's3' });
    expect(claims.body).toBeUndefined();
    // Whoever accepts unsigned bodies still gets those that are signed.
    expect(verifySigV4(signed(), verifier, { ...VERIFY, ...accept }).body).toEqual(BODY);
  });

  test('has no session token that was not signed', () => {
    const accept = { sessionToken: ACCEPT_UNSIGNED_SESSION_TOKEN } as const;
    for (const given of [
      signed({ unsignedSessionToken: 'abc' }),
      presigned({ unsignedSessionToken: 'abc' }),
    ]) {
      expect(verifySigV4(given, verifier, { ...VERIFY, ...accept }).sessionToken).toBeUndefined();
    }
  });

  test('carries what the secret needed', () => {
    const weak = importSecret('short', {
      alg: hmacSha256,
      use: 'mac',
      encoding: 'utf8',
      relax: [ALLOW_WEAK_SECRET],
    });
    expect(deriveSigV4Key(weak, { ...SCOPE, use: 'mac' }).relaxed).toEqual([ALLOW_WEAK_SECRET]);
    const { publicKey, privateKey } = deriveSigV4aKeyPair(weak, {
      accessKeyId: 'A',
      alg: ecdsaP256Sha256,
    });
    expect([publicKey.relaxed, privateKey.relaxed]).toEqual([
      [ALLOW_WEAK_SECRET],
      [ALLOW_WEAK_SECRET],
    ]);
  });
});

test('a request without X-Amz-Date is refused by that name', () => {
  const date = [['Date', '20150830T123600Z']] as const;
  const given = signed(
    { headers: ['date'] },
    (all) => all.filter(([name]) => name !== 'X-Amz-Date'),
    '/',
    date,
  );
  expect(() => verifySigV4(given, verifier, VERIFY)).toThrow(/expected X-Amz-Date.*; Date is not/);
});

describe('a target without a path', () => {
  test.each(['*', 'example.amazonaws.com:443'])('is not signed as / is: %s', (target) => {
    const given = signed({}, undefined, '/');
    expect(outcome(given)).toBe('AKIDEXAMPLE');
    expect(outcome({ ...given, target: `${ORIGIN}/` })).toBe('AKIDEXAMPLE');
    expect(outcome({ ...given, target })).toBe('ERR_HTTP_MESSAGE');
    expect(() => signSigV4({ ...request('/'), target }, key, SIGN)).toThrow(
      expect.objectContaining({ code: 'ERR_HTTP_MESSAGE' }),
    );
  });
});

describe('what is presigned is verified', () => {
  const paths = ['normalized', 'verbatim', 's3'] as const;

  test.each(paths)('by each rule of payloads: %s', (path) => {
    const bare = presigned({ path, payload: 'signed' });
    expect(verifySigV4(bare, verifier, { ...VERIFY, path }).body).toEqual(BODY);
    expect(outcome({ ...bare, body: new TextEncoder().encode('other') }, { path })).toMatch(
      /^ERR_(?:HTTP_DIGEST|VERIFY_FAILED)$/,
    );
    const unsigned = presigned({ path, payload: UNSIGNED_PAYLOAD });
    expect(outcome(unsigned, { path })).toBe('ERR_HTTP_PAYLOAD');
    const accept = { path, payload: ACCEPT_UNSIGNED_PAYLOAD } as const;
    const claims = verifySigV4(unsigned, verifier, { ...VERIFY, ...accept });
    expect([claims.body, claims.query]).toEqual([undefined, [['a', '1']]]);
  });
});

describe('a request is refused', () => {
  const refused: readonly (readonly [string, string, HttpRequest, Partial<SigV4VerifyOptions>?])[] =
    [
      ['of which the body changed', 'ERR_HTTP_DIGEST', { ...signed(), body: new Uint8Array(1) }],
      [
        'of which the body changed, without a field for its digest',
        'ERR_VERIFY_FAILED',
        { ...signed({ payload: 'signed' }), body: new Uint8Array(1) },
      ],
      ['of which the method changed', 'ERR_VERIFY_FAILED', { ...signed(), method: 'GET' }],
      ['of which the target changed', 'ERR_VERIFY_FAILED', { ...signed(), target: '/pay?a=2' }],
      ['that is for another host', 'ERR_VERIFY_FAILED', { ...signed(), authority: 'b.example' }],
      [
        'of which a signed field changed',
        'ERR_VERIFY_FAILED',
        signed({}, replacing('one', 'two'), '/', [['X-Amz-Target', 'one']]),
      ],
      [
        'of which a signed field is gone',
        'ERR_HTTP_COVERAGE',
        signed({}, (all) => all.filter(([name]) => name !== 'X-Amz-Target'), '/', [
          ['X-Amz-Target', 'one'],
        ]),
      ],
      [
        'that gained an x-amz field',
        'ERR_HTTP_COVERAGE',
        signed({}, (all) => [...all, ['X-Amz-Acl', 'public-read']]),
      ],
      ['without a field that is required', 'ERR_HTTP_COVERAGE', signed(), { headers: ['x-id'] }],
      ['that does not sign its host', 'ERR_HTTP_COVERAGE', signed({}, replacing('=host;', '='))],
      ['whose body is not signed', 'ERR_HTTP_PAYLOAD', signed({ payload: UNSIGNED_PAYLOAD })],
      [
        'whose presigned body is not signed',
        'ERR_HTTP_PAYLOAD',
        presigned({ payload: UNSIGNED_PAYLOAD, path: 's3' }),
        { path: 's3' },
      ],
      [
        'that is signed in chunks',
        'ERR_HTTP_PAYLOAD',
        signed({}, replacing(/^[0-9a-f]{64}$/, 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD')),
        { payload: ACCEPT_UNSIGNED_PAYLOAD },
      ],
      [
        'with a session token unsigned',
        'ERR_HTTP_COVERAGE',
        signed({ unsignedSessionToken: 'abc' }),
      ],
      ['for another service', 'ERR_HTTP_SCOPE', signed(), { service: 'other' }],
      ['for another region', 'ERR_HTTP_SCOPE', signed(), { region: 'eu-2' }],
      [
        'whose time is of another day',
        'ERR_HTTP_SCOPE',
        signed({}, replacing('20150830T', '20150829T')),
        { now: NOW - 86_400 },
      ],
      [
        'whose time changed',
        'ERR_VERIFY_FAILED',
        signed({}, replacing('3600Z', '3601Z')),
        { now: NOW + 1 },
      ],
      ['whose time is none', 'ERR_TIME', signed({}, replacing('T123600Z', 'T126000Z'))],
      [
        'without a time',
        'ERR_TIME',
        signed({}, (all) => all.filter(([name]) => name !== 'X-Amz-Date')),
      ],
      ['without a signature', 'ERR_HTTP_SIGNATURE', request()],
      [
        'with a signature in both places',
        'ERR_HTTP_SIGNATURE',
        signed({}, undefined, '/pay?X-Amz-Signature=1'),
      ],
      [
        'in the query, where the header is asked for',
        'ERR_HTTP_SIGNATURE',
        presigned(),
        { form: 'header' },
      ],
      [
        'in the header, where the query is asked for',
        'ERR_HTTP_SIGNATURE',
        signed(),
        { form: 'query' },
      ],
      [
        'with two lines of authorization',
        'ERR_HTTP_DUPLICATE',
        signed({}, (all) => [...all, ['authorization', 'Basic QQ==']]),
      ],
      [
        'of another scheme',
        'ERR_HTTP_SIGNATURE',
        signed({}, replacing('AWS4-HMAC-SHA256 ', 'Bearer ')),
      ],
      [
        'of an unknown algorithm',
        'ERR_HTTP_SIGNATURE',
        signed({}, replacing('AWS4-HMAC-SHA256 ', 'AWS4-HMAC-SHA1 ')),
      ],
      [
        'of the other algorithm',
        'ERR_HTTP_ALGORITHM',
        signed(
          {},
          replacing(
            /AWS4-HMAC-SHA256 Credential=(\w+\/\w+)\/[^/]+/,
            'AWS4-ECDSA-P256-SHA256 Credential=$1',
          ),
        ),
      ],
      ['of another account', 'ERR_HTTP_SCOPE', signed({}, replacing('AKIDEXAMPLE', 'AKIDOTHER'))],
      [
        'with a credential of too few parts',
        'ERR_HTTP_SIGNATURE',
        signed({}, replacing('/eu-1', '')),
      ],
      [
        'with another end of the scope',
        'ERR_HTTP_SIGNATURE',
        signed({}, replacing('aws4_request', 'aws5')),
      ],
      [
        'with names out of order',
        'ERR_HTTP_SIGNATURE',
        signed({}, replacing('=host;x-amz', '=x-amz-a;host;x-amz')),
      ],
      ['with a name twice', 'ERR_HTTP_SIGNATURE', signed({}, replacing('=host;', '=host;host;'))],
      [
        'with a name in upper case',
        'ERR_HTTP_SIGNATURE',
        signed({}, replacing('=host;', '=Host;')),
      ],
      [
        'with a signature in upper case',
        'ERR_HEX',
        signed({}, replacing(/Signature=.*/, 'Signature=AB')),
      ],
      [
        'with a signature cut short',
        'ERR_VERIFY_FAILED',
        signed({}, replacing(/Signature=(..).*/, 'Signature=$1')),
      ],
      ['with a plus sign in its query', 'ERR_HTTP_MESSAGE', request('/?a=b+c')],
      [
        'with a name of the signature twice',
        'ERR_HTTP_DUPLICATE',
        presigned({}, (t) => `${t}&X-Amz-Date=1`),
      ],
      [
        'that expires later than was signed',
        'ERR_VERIFY_FAILED',
        presigned({}, (t) => t.replace('s=60', 's=61')),
      ],
      [
        'that lasts longer than a week',
        'ERR_TIME',
        presigned({}, (t) => t.replace('s=60', 's=604801')),
      ],
      ['that lasts no time', 'ERR_TIME', presigned({}, (t) => t.replace('s=60', 's=0'))],
      ['that gained a parameter', 'ERR_VERIFY_FAILED', presigned({}, (t) => `${t}&b=1`)],
      ['whose target is too long', 'ERR_LENGTH', request(`/${'a'.repeat(65_536)}`)],
    ];

  const cases = refused.map(
    ([title, code, given, options = {}]) => [title, code, given, options] as const,
  );
  test.each(cases)('%s: %s', (_title, code, given, options) => {
    expect(outcome(signed())).toBe('AKIDEXAMPLE');
    expect(outcome(given, options)).toBe(code);
  });

  test.each([
    ['a second before its time', -1, 'ERR_NOT_YET_VALID'],
    ['at its time', 0, 'AKIDEXAMPLE'],
    ['in its last second', 300, 'AKIDEXAMPLE'],
    ['after that', 301, 'ERR_TOO_OLD'],
  ])('by time: %s', (_title, after, expected) => {
    expect(outcome(signed(), { now: NOW + after })).toBe(expected);
  });

  test.each([
    ['a second before its time', -1, 'ERR_NOT_YET_VALID'],
    ['in its last second', 59, 'AKIDEXAMPLE'],
    ['after that', 60, 'ERR_EXPIRED'],
  ])('by time, presigned: %s', (_title, after, expected) => {
    expect(outcome(presigned(), { now: NOW + after })).toBe(expected);
  });

  test('with another rule for paths', () => {
    const url = '/a%20b/../c';
    for (const path of ['normalized', 'verbatim', 's3'] as const) {
      const given = signed({ path }, undefined, url);
      for (const other of ['normalized', 'verbatim', 's3'] as const) {
        const expected = path === other ? 'AKIDEXAMPLE' : 'ERR_VERIFY_FAILED';
        expect(outcome(given, { path: other })).toBe(expected);
      }
    }
  });
});

describe('SigV4a', () => {
  const made = (regionSet: string): HttpRequest =>
    request(
      '/pay',
      signSigV4(request('/pay'), pair.privateKey, { ...SIGN, service: 'pay', regionSet }).headers,
    );

  test.each([
    ['eu-1', 'AKIDEXAMPLE'],
    ['us-1,eu-1', 'AKIDEXAMPLE'],
    ['eu-*', 'AKIDEXAMPLE'],
    ['*', 'AKIDEXAMPLE'],
    ['us-1', 'ERR_HTTP_SCOPE'],
    ['eu-10', 'ERR_HTTP_SCOPE'],
    ['eu', 'ERR_HTTP_SCOPE'],
    ['us-*', 'ERR_HTTP_SCOPE'],
  ])('for the regions %s: %s', (regionSet, expected) => {
    expect(outcome(made(regionSet), {}, pair.publicKey)).toBe(expected);
  });

  test('is refused without its regions, and when they change', () => {
    const lines = [...made('us-1').headers.lines].map(
      ([name, [value = '']]) => [name, value] as const,
    );
    const without = lines.filter(([name]) => name !== 'x-amz-region-set');
    expect(outcome(request('/pay', without), {}, pair.publicKey)).toBe('ERR_HTTP_SCOPE');
    const other = replacing('us-1', 'eu-1')(lines);
    expect(outcome(request('/pay', other), {}, pair.publicKey)).toBe('ERR_VERIFY_FAILED');
  });

  test('in a query', () => {
    const { target } = presignSigV4(request('/pay'), pair.privateKey, {
      ...SIGN,
      payload: 'signed',
      expires: 60,
      service: 'pay',
      regionSet: '*',
    });
    expect(outcome(request(target), {}, pair.publicKey)).toBe('AKIDEXAMPLE');
    expect(outcome(request(target), { form: 'header' }, pair.publicKey)).toBe('ERR_HTTP_SIGNATURE');
  });
});

describe('keys', () => {
  test('are found in a ring by the credential, each algorithm by its own', () => {
    const ring = createRing([{ key: verifier }, { key: pair.publicKey }]);
    const algs = [hmacSha256, ecdsaP256Sha256];
    const asymmetric = request(
      '/pay',
      signSigV4(request('/pay'), pair.privateKey, { ...SIGN, service: 'pay', regionSet: '*' })
        .headers,
    );
    expect(outcome(signed(), { algs }, ring)).toBe('AKIDEXAMPLE');
    expect(outcome(asymmetric, { algs }, ring)).toBe('AKIDEXAMPLE');
    expect(outcome(asymmetric, { algs: [hmacSha256] }, ring)).toBe('ERR_HTTP_ALGORITHM');
    const other = signed({}, replacing('AKIDEXAMPLE', 'AKIDOTHER'));
    expect(outcome(other, { algs }, ring)).toBe('ERR_KEY_UNKNOWN');
    expect(outcome(signed(), {}, ring)).toBe('TypeError');
    expect(outcome(signed(), { algs: [] }, ring)).toBe('TypeError');
    expect(outcome(signed(), { algs })).toBe('TypeError');
  });

  test('are named by the request', () => {
    expect(identifySigV4(signed())).toEqual({
      algorithm: 'AWS4-HMAC-SHA256',
      ...SCOPE,
      keyId: verifier.id,
    });
    expect(identifySigV4(presigned()).keyId).toBe(verifier.id);
  });

  test('sign on their own day alone', () => {
    const options = { ...SIGN, now: NOW + 86_400 };
    expect(() => signSigV4(request(), key, options)).toThrow(
      expect.objectContaining({ code: 'ERR_HTTP_SCOPE' }),
    );
  });

  test('may be elsewhere', async () => {
    const credential = String(key.id);
    const remote = {
      alg: hmacSha256,
      keyId: 'arn',
      mac: (octets: Uint8Array) => Promise.resolve(mac(key, octets)),
    };
    const here = signSigV4(request(), key, SIGN);
    expect(await signSigV4Async(request(), remote, { ...SIGN, credential })).toEqual(here);
    expect(await signSigV4Async(request(), key, SIGN)).toEqual(here);
    await expect(signSigV4Async(request(), remote, SIGN)).rejects.toThrow(TypeError);
    const signer = {
      alg: ecdsaP256Sha256,
      publicKey: deriveSigV4aKeyPair(secret, { accessKeyId: 'A', alg: ecdsaP256Sha256 }).publicKey,
      keyId: 'arn',
      input: 'message',
      format: 'der',
      sign: (octets: Uint8Array) =>
        Promise.resolve(
          sign(
            deriveSigV4aKeyPair(secret, { accessKeyId: 'A', alg: ecdsaP256Sha256 }).privateKey,
            octets,
            { encoding: 'der', s: 'any' },
          ),
        ),
    } as const;
    const { target } = await presignSigV4Async(request(), signer, {
      ...SIGN,
      payload: 'signed',
      expires: 9,
      credential: 'A',
      service: 'pay',
      regionSet: '*',
    });
    expect(outcome(request(target), {}, signer.publicKey)).toBe('A');
  });

  test('of other algorithms are not taken', () => {
    const other = importSecret('wJalrXUtnFEMI/K7MDENG', {
      alg: hmacSha512,
      use: 'mac',
      encoding: 'utf8',
    });
    expect(() => deriveSigV4Key(other, { ...SCOPE, use: 'mac' })).toThrow(TypeError);
    expect(() => signSigV4(request(), other, SIGN)).toThrow(TypeError);
    expect(() => deriveSigV4aKeyPair(other, { accessKeyId: 'A', alg: ecdsaP256Sha256 })).toThrow(
      TypeError,
    );
    expect(() => deriveSigV4aKeyPair(secret, { accessKeyId: 'A', alg: ecdsaP384Sha384 })).toThrow(
      TypeError,
    );
  });
});

describe('mistakes of the caller', () => {
  test.each<[string, Partial<SigV4SignOptions>]>([
    ['an unknown option', { region: 'eu-1' } as never],
    ['another path', { path: 'other' as never }],
    ['another payload', { payload: 'other' as never }],
    ['milliseconds', { now: NOW * 1000 }],
    ['two session tokens', { sessionToken: 'a', unsignedSessionToken: 'b' }],
    ['a session token with a line end', { sessionToken: 'a\nb' }],
    ['a service with a key that has one', { service: 'pay' }],
    ['a credential with a key that has one', { credential: String(key.id) }],
    ['names in upper case', { headers: ['Date'] }],
  ])('in signing: %s', (_title, options) => {
    expect(() => signSigV4(request(), key, { ...SIGN, ...options })).toThrow(TypeError);
  });

  test.each([
    ['a field of a signature', request('/', [['X-Amz-Date', 'x']])],
    ['authorization', request('/', [['Authorization', 'x']])],
  ])('in signing: a request that has %s already', (_title, given) => {
    expect(() => signSigV4(given, key, SIGN)).toThrow(TypeError);
  });

  test.each([0, 604_801, 1.5])('in presigning: %d seconds', (expires) => {
    const options = { ...SIGN, payload: 'signed', expires } as const;
    expect(() => presignSigV4(request(), key, options)).toThrow(TypeError);
    expect(() => presignSigV4(request('/?x-amz-date=1'), key, { ...options, expires: 1 })).toThrow(
      TypeError,
    );
  });

  test.each<[string, Partial<SigV4VerifyOptions>]>([
    ['no window', { maxAge: undefined as never }],
    ['no tolerance', { tolerance: undefined as never }],
    ['no form', { form: undefined as never }],
    ['true for a symbol', { payload: true as never }],
    ['names in upper case', { headers: ['Date'] }],
    ['an unknown option', { skew: 1 } as never],
  ])('in verifying: %s', (_title, options) => {
    expect(() => verifySigV4(signed(), verifier, { ...VERIFY, ...options })).toThrow(TypeError);
  });
});
