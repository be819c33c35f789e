// What a message signed by draft-cavage-12 must be to be taken. Its known answers are in vectors/http.
import { describe, expect, test } from 'vitest';
import {
  ACCEPT_UNDATED,
  type CavageSignOptions,
  type CavageVerifyOptions,
  identifyCavage,
  legacyDigest,
  signCavage,
  signCavageAsync,
  verifyCavage,
} from '../../src/http/cavage.js';
import { type HttpRequest, readRequest, readResponse } from '../../src/http/message.js';
import { generateKeyPair } from '../../src/key/ec.js';
import { generateKeyPair as generateEd25519 } from '../../src/key/ed25519.js';
import { createRing } from '../../src/key/ring.js';
import { ALLOW_WEAK_SECRET, importSecret, withUse } from '../../src/key/secret.js';
import { mac } from '../../src/key/use.js';
import { ecdsaP256Sha256 } from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { hmacSha1 } from '../../src/primitive/legacy/index.js';

const NOW = 1_795_284_000;
const BODY = new TextEncoder().encode('{"total":1}');
const key = importSecret('11'.repeat(10) + '22'.repeat(10), {
  alg: hmacSha256,
  use: 'mac',
  encoding: 'hex',
  id: 'k',
});
const verifier = withUse(key, 'verify');
const FIELDS = [
  ['Date', 'Sat, 21 Nov 2026 18:00:00 GMT'],
  ['Digest', legacyDigest(BODY, 'SHA-256')],
  ['X-Request-ID', 'a'],
] as const;
const SIGN: CavageSignOptions = {
  keyId: 'k',
  headers: ['(request-target)', 'host', 'date', 'digest'],
  algorithm: 'hs2019',
  field: 'signature',
};
const VERIFY: CavageVerifyOptions = {
  now: NOW,
  tolerance: 0,
  maxAge: 300,
  headers: ['(request-target)', 'digest'],
  time: 'either',
  field: 'either',
};

type Lines = readonly (readonly [string, string])[];

const request = (headers: Lines, body: Uint8Array | undefined = BODY): HttpRequest =>
  readRequest({ method: 'POST', url: '/pay?a=1', headers }, { origin: 'https://a.example', body });

function signed(
  options: Partial<CavageSignOptions> = {},
  edit: (lines: Lines) => Lines = (lines) => lines,
  fields: Lines = FIELDS,
): HttpRequest {
  const { header } = signCavage(request(fields), key, { ...SIGN, ...options });
  return request(edit([...fields, header]));
}

const replacing =
  (from: string | RegExp, to: string) =>
  (lines: Lines): Lines =>
    lines.map(([name, value]) => [name, value.replace(from, to)] as const);

const TIMED = {
  headers: ['(request-target)', '(created)', '(expires)', 'digest'],
  created: NOW,
} as const;

function outcome(
  given: Parameters<typeof verifyCavage>[0],
  options: Partial<CavageVerifyOptions> = {},
  keys: Parameters<typeof verifyCavage>[1] = verifier,
): string {
  try {
    return String(verifyCavage(given, keys, { ...VERIFY, ...options }).keyId);
  } catch (error) {
    return (error as { code?: string }).code ?? (error as Error).name;
  }
}

describe('what comes out', () => {
  test('is what was signed, frozen', () => {
    const given = signed({
      headers: [...SIGN.headers, '(created)'],
      created: NOW,
      expires: NOW + 9,
    });
    const claims = verifyCavage(given, verifier, VERIFY);
    expect(claims).toEqual({
      keyId: 'k',
      algorithm: 'HMAC-SHA-256',
      method: 'post',
      target: '/pay?a=1',
      created: NOW,
      expires: undefined,
      headers: {
        host: 'a.example',
        date: 'Sat, 21 Nov 2026 18:00:00 GMT',
        digest: legacyDigest(BODY, 'SHA-256'),
      },
      body: BODY,
      relaxed: [],
    });
    expect(Object.isFrozen(claims) && Object.isFrozen(claims.headers)).toBe(true);
  });

  test('is nothing else', () => {
    const given = signed({ headers: ['date'] });
    const claims = verifyCavage(given, verifier, { ...VERIFY, headers: ['date'] });
    expect(claims).toMatchObject({ method: undefined, target: undefined, body: undefined });
    expect(claims.headers).toEqual({ date: 'Sat, 21 Nov 2026 18:00:00 GMT' });
  });

  test('of a response too', () => {
    const { header } = signCavage(readResponse({ status: 200, headers: FIELDS }), key, {
      ...SIGN,
      headers: ['date', 'digest'],
    });
    const response = readResponse({ status: 200, headers: [...FIELDS, header] }, { body: BODY });
    expect(outcome(response, { headers: ['digest'] })).toBe('k');
    expect(outcome(response)).toBe('ERR_HTTP_COVERAGE');
    expect(() => signCavage(response, key, SIGN)).toThrow(
      expect.objectContaining({ code: 'ERR_HTTP_COVERAGE' }),
    );
  });

  test('carries what the key needed', () => {
    const weak = importSecret('x', {
      alg: hmacSha256,
      use: 'mac',
      encoding: 'utf8',
      relax: [ALLOW_WEAK_SECRET],
    });
    const given = request([...FIELDS, signCavage(request(FIELDS), weak, SIGN).header]);
    const claims = verifyCavage(given, withUse(weak, 'verify'), VERIFY);
    expect(claims.relaxed).toEqual([ALLOW_WEAK_SECRET]);
  });
});

describe('a message is refused', () => {
  const refused: [string, string, HttpRequest, Partial<CavageVerifyOptions>?][] = [
    ['of which the body changed', 'ERR_HTTP_DIGEST', { ...signed(), body: new Uint8Array(1) }],
    ['of which the body is gone', 'ERR_HTTP_DIGEST', { ...signed(), body: undefined }],
    ['of which the method changed', 'ERR_VERIFY_FAILED', { ...signed(), method: 'PUT' }],
    ['of which the target changed', 'ERR_VERIFY_FAILED', { ...signed(), target: '/pay?a=2' }],
    ['for another host', 'ERR_VERIFY_FAILED', { ...signed(), authority: 'b.example' }],
    [
      'of which the digest changed',
      'ERR_VERIFY_FAILED',
      signed({}, replacing('SHA-256=', 'sha-256=')),
    ],
    ['without its date', 'ERR_HTTP_COVERAGE', signed({}, (all) => all.slice(1))],
    ['with a second date', 'ERR_HTTP_DUPLICATE', signed({}, (all) => [...all, ['Date', 'x']])],
    ['with a date of no calendar', 'ERR_TIME', signed({}, replacing('21 Nov', '31 Nov'))],
    ['with a date of the wrong weekday', 'ERR_TIME', signed({}, replacing('Sat,', 'Sun,'))],
    [
      'with a date in the obsolete form',
      'ERR_TIME',
      signed({}, replacing(/Sat.*/, 'Sat Nov 21 18:00:00 2026')),
    ],
    ['without what is required', 'ERR_HTTP_COVERAGE', signed(), { headers: ['x-request-id'] }],
    [
      'whose time is not signed',
      'ERR_HTTP_COVERAGE',
      signed({ headers: ['(request-target)', 'digest'] }),
    ],
    ['whose time is another', 'ERR_HTTP_COVERAGE', signed(), { time: 'created' }],
    [
      'whose time is another one',
      'ERR_HTTP_COVERAGE',
      signed({ ...TIMED, expires: NOW + 9 }),
      { time: 'date' },
    ],
    ['made in time to come, unsigned', 'ERR_NOT_YET_VALID', signed({ created: NOW + 1 })],
    ['past its end, unsigned', 'ERR_EXPIRED', signed({ expires: NOW })],
    ['past its end', 'ERR_EXPIRED', signed({ ...TIMED, expires: NOW })],
    [
      'made in time to come',
      'ERR_NOT_YET_VALID',
      signed({ ...TIMED, created: NOW + 1, expires: NOW + 9 }),
    ],
    [
      'whose end was moved',
      'ERR_VERIFY_FAILED',
      signed({ ...TIMED, expires: NOW + 9 }, replacing(/expires=\d+/, `expires=${NOW + 10}`)),
    ],
    [
      'that names no time which it signs',
      'ERR_HTTP_COVERAGE',
      signed({ ...TIMED, expires: NOW + 9 }, replacing(/created=\d+,/, '')),
    ],
    [
      'with a time in quotes',
      'ERR_HTTP_SIGNATURE',
      signed({ ...TIMED, expires: NOW + 9 }, replacing(/created=(\d+)/, 'created="$1"')),
    ],
    [
      'with a fraction of a second',
      'ERR_TIME',
      signed({ ...TIMED, expires: NOW + 9 }, replacing(/created=(\d+)/, 'created=$1.5')),
    ],
    [
      'that signs a time under an old name',
      'ERR_HTTP_SIGNATURE',
      signed({ ...TIMED, expires: NOW + 9 }, replacing('"hs2019"', '"hmac-sha256"')),
    ],
    [
      'with another algorithm',
      'ERR_HTTP_ALGORITHM',
      signed({ algorithm: 'own' }, replacing('hmac-sha256', 'rsa-sha256')),
    ],
    ['with an unknown algorithm', 'ERR_HTTP_ALGORITHM', signed({}, replacing('hs2019', 'none'))],
    ['without a signature', 'ERR_HTTP_SIGNATURE', request(FIELDS)],
    ['without a keyId', 'ERR_HTTP_SIGNATURE', signed({}, replacing('keyId="k",', ''))],
    [
      'with a parameter twice',
      'ERR_HTTP_DUPLICATE',
      signed({}, replacing('keyId="k"', 'keyId="k",keyId="k"')),
    ],
    [
      'with two fields of a signature',
      'ERR_HTTP_DUPLICATE',
      signed({}, (all) => [...all, ['signature', 'x']]),
    ],
    [
      'with a signature in both fields',
      'ERR_HTTP_SIGNATURE',
      signed({}, (all) => [...all, ['Authorization', 'Signature keyId="k"']]),
    ],
    ['with a backslash', 'ERR_HTTP_SIGNATURE', signed({}, replacing('keyId="k"', 'keyId="\\k"'))],
    ['with something behind', 'ERR_HTTP_SIGNATURE', signed({}, replacing(/"$/, '",'))],
    ['with no names', 'ERR_HTTP_SIGNATURE', signed({}, replacing(/headers="[^"]*"/, 'headers=""'))],
    [
      'with a name twice',
      'ERR_HTTP_SIGNATURE',
      signed({}, replacing('host date', 'host host date')),
    ],
    [
      'with a name twice, once in upper case',
      'ERR_HTTP_SIGNATURE',
      signed({}, replacing('host date', 'host Host date')),
    ],
    ['with a token', 'ERR_HTTP_SIGNATURE', signed({}, replacing('"hs2019"', 'hs2019'))],
    ['with an unknown name and no value', 'ERR_HTTP_SIGNATURE', signed({}, replacing(/$/, ',v='))],
    ['with a quote left open', 'ERR_HTTP_SIGNATURE', signed({}, replacing(/$/, ',v="a\\"'))],
    ['with two spaces', 'ERR_HTTP_SIGNATURE', signed({}, replacing('host date', 'host  date'))],
    [
      'without its names, which then are (created)',
      'ERR_HTTP_COVERAGE',
      signed({}, replacing(/headers="[^"]*",/, '')),
    ],
    [
      'with a field that is gone',
      'ERR_HTTP_COVERAGE',
      signed({ headers: [...SIGN.headers, 'x-request-id'] }, (all) =>
        all.filter(([name]) => name !== 'X-Request-ID'),
      ),
    ],
    [
      'with base64url',
      'ERR_BASE64',
      signed({}, replacing(/signature="[^"]*"/, 'signature="A-_="')),
    ],
    [
      'whose signature is cut short',
      'ERR_VERIFY_FAILED',
      signed({}, replacing(/signature="(....)[^"]*"/, 'signature="$1"')),
    ],
    ['in the wrong field', 'ERR_HTTP_SIGNATURE', signed(), { field: 'authorization' }],
    [
      'in the other wrong field',
      'ERR_HTTP_SIGNATURE',
      signed({ field: 'authorization' }),
      { field: 'signature' },
    ],
  ];
  const cases = refused.map(
    ([title, code, given, options = {}]) => [title, code, given, options] as const,
  );

  test.each(cases)('%s: %s', (_title, code, given, options) => {
    expect(outcome(signed())).toBe('k');
    expect(outcome(given, options)).toBe(code);
  });

  test.each([
    ['a second before its time', -1, 'ERR_NOT_YET_VALID'],
    ['at its time', 0, 'k'],
    ['in its last second', 300, 'k'],
    ['after that', 301, 'ERR_TOO_OLD'],
  ])('by date: %s', (_title, after, expected) => {
    expect(outcome(signed(), { now: NOW + after })).toBe(expected);
  });

  test.each([
    [-1, 'ERR_NOT_YET_VALID'],
    [0, 'k'],
    [300, 'k'],
    [301, 'ERR_TOO_OLD'],
  ])('by (created): %i seconds after', (after, expected) => {
    const given = signed({ headers: ['(request-target)', '(created)', 'digest'], created: NOW });
    expect(outcome(given, { now: NOW + after, time: 'created' })).toBe(expected);
  });

  test('without a time, unless that is taken by name', () => {
    const given = signed({ headers: ['(request-target)', 'digest'] });
    expect(outcome(given)).toBe('ERR_HTTP_COVERAGE');
    expect(outcome(given, { time: ACCEPT_UNDATED })).toBe('k');
  });
});

// Sections 2.1.6, 2.2 and 2.3 of the draft.
describe('what other signers write is taken', () => {
  test.each([
    ['names in upper case', 'host date', 'Host Date'],
    ['the target in upper case', '(request-target)', '(Request-Target)'],
    ['an unknown number', /$/, ',version=1'],
    ['an unknown token', /^/, 'ext=abc.1, '],
    ['an unknown string, twice', /$/, ',ext="a\\"b,keyId=\\"",ext=""'],
  ])('%s', (_title, from, to) => {
    const given = signed({}, (all) =>
      all.map(([name, value]) => [name, name === 'Signature' ? value.replace(from, to) : value]),
    );
    expect(outcome(given)).toBe('k');
    expect(verifyCavage(given, verifier, VERIFY).headers).toHaveProperty('date');
  });
});

describe('the digest', () => {
  const sent = (digest: string): HttpRequest =>
    signed({}, undefined, [FIELDS[0], ['Digest', digest]]);
  const sha512 = legacyDigest(BODY, 'SHA-512');
  const sha256 = legacyDigest(BODY, 'SHA-256');

  test.each([
    [sha512, 'k'],
    [`${sha256}, ${sha512}`, 'k'],
    [`${sha256.replace('SHA', 'sha')},MD5=AAAAAAAAAAAAAAAAAAAAAA==`, 'k'],
    [`${sha256}, ${legacyDigest(new Uint8Array(1), 'SHA-512')}`, 'ERR_HTTP_DIGEST'],
    [`${sha256},${sha256}`, 'ERR_HTTP_DIGEST'],
    ['MD5=AAAAAAAAAAAAAAAAAAAAAA==', 'ERR_HTTP_DIGEST'],
    ['', 'ERR_HTTP_DIGEST'],
    [`${sha256},`, 'ERR_HTTP_DIGEST'],
    [`${sha256},UNIXsum=1.5`, 'ERR_HTTP_DIGEST'],
    ['SHA-256=AA==', 'ERR_HTTP_DIGEST'],
  ])('%s: %s', (digest, expected) => {
    expect(outcome(sent(digest))).toBe(expected);
  });
});

describe('keys', () => {
  test('are found in a ring by keyId and the algorithms that are taken', () => {
    const { publicKey, privateKey } = generateKeyPair({ alg: ecdsaP256Sha256, id: 'ec' });
    const ed = generateEd25519({ alg: ed25519, id: 'ed' });
    const ring = createRing([{ key: verifier }, { key: publicKey }, { key: ed.publicKey }]);
    const ecdsa = { encoding: 'der', s: 'any' } as const;
    const algs = [hmacSha256, ecdsaP256Sha256, ed25519];
    const given = (keyId: string, by: Parameters<typeof signCavage>[1]): HttpRequest =>
      request([...FIELDS, signCavage(request(FIELDS), by, { ...SIGN, keyId, ecdsa }).header]);
    expect(outcome(given('k', key), { algs, ecdsa }, ring)).toBe('k');
    expect(outcome(given('ec', privateKey), { algs, ecdsa }, ring)).toBe('ec');
    expect(outcome(given('ed', ed.privateKey), { algs, ecdsa }, ring)).toBe('ed');
    expect(outcome(given('k', privateKey), { algs, ecdsa }, ring)).toBe('ERR_VERIFY_FAILED');
    expect(outcome(given('other', key), { algs, ecdsa }, ring)).toBe('ERR_KEY_UNKNOWN');
    expect(outcome(given('k', key), { algs: [ed25519] }, ring)).toBe('ERR_KEY_UNKNOWN');
    expect(outcome(given('k', key), { algs }, ring)).toBe('TypeError');
    expect(outcome(given('k', key), {}, ring)).toBe('TypeError');
    const twice = createRing([
      { key: generateKeyPair({ alg: ecdsaP256Sha256, id: 'k' }).publicKey },
      { key: verifier },
    ]);
    expect(outcome(given('k', key), { algs, ecdsa }, twice)).toBe('ERR_KEY_AMBIGUOUS');
  });

  test('are named by the message', () => {
    expect(identifyCavage(signed(), 'either')).toBe('k');
    expect(identifyCavage(signed({ field: 'authorization' }), 'authorization')).toBe('k');
    expect(() => identifyCavage(signed(), 'other' as never)).toThrow(TypeError);
  });

  test('may be elsewhere', async () => {
    const remote = {
      alg: hmacSha256,
      keyId: 'arn',
      mac: (octets: Uint8Array) => Promise.resolve(mac(key, octets)),
    };
    const here = signCavage(request(FIELDS), key, SIGN);
    expect(await signCavageAsync(request(FIELDS), remote, SIGN)).toEqual(here);
    expect(await signCavageAsync(request(FIELDS), key, SIGN)).toEqual(here);
  });

  test('of broken algorithms are not taken', () => {
    const weak = importSecret('a secret of some length', {
      alg: hmacSha1,
      use: 'mac',
      encoding: 'utf8',
    });
    expect(() => signCavage(request(FIELDS), weak as never, SIGN)).toThrow(TypeError);
    expect(outcome(signed(), {}, withUse(weak, 'verify') as never)).toBe('TypeError');
  });
});

describe('characters', () => {
  test('stand for an octet each, and others are not cut down to one', () => {
    const from = request(FIELDS);
    const { header } = signCavage(from, key, SIGN);
    const to = { ...request([...FIELDS, header]), target: '\u012f\u0170\u0161\u0179?a=1' };
    expect(outcome(to)).toBe('ERR_HTTP_MESSAGE');
    expect(outcome({ ...to, target: '/pay?a=1' })).toBe('k');
  });
});

describe('mistakes of the caller', () => {
  test.each<[string, Partial<CavageSignOptions>]>([
    ['a time that is not given', { headers: ['(created)'] }],
    ['an end that is not given', { headers: ['(expires)'], created: NOW }],
    ['a time under an old name', { headers: ['(created)'], created: NOW, algorithm: 'own' }],
    ['no names', { headers: [] }],
    ['a name twice', { headers: ['date', 'date'] }],
    ['a name in upper case', { headers: ['Date'] }],
    ['a quote in keyId', { keyId: 'a"b' }],
    ['no keyId', { keyId: '' }],
    ['another field', { field: 'other' as never }],
    ['another algorithm', { algorithm: 'rsa-sha256' as never }],
    ['milliseconds', { created: NOW * 1000 }],
    ['an unknown option', { alg: 'hs2019' } as never],
  ])('in signing: %s', (_title, options) => {
    expect(() => signCavage(request(FIELDS), key, { ...SIGN, ...options })).toThrow(TypeError);
  });

  test('in signing: an algorithm without a name of its own, and ECDSA without a form', () => {
    const { privateKey } = generateKeyPair({ alg: ecdsaP256Sha256 });
    expect(() => signCavage(request(FIELDS), privateKey, SIGN)).toThrow(TypeError);
  });

  test.each<[string, Partial<CavageVerifyOptions>]>([
    ['no names', { headers: [] }],
    ['no window', { maxAge: undefined as never }],
    ['no tolerance', { tolerance: undefined as never }],
    ['no field', { field: undefined as never }],
    ['no time', { time: undefined as never }],
    ['an unknown option', { skew: 1 } as never],
  ])('in verifying: %s', (_title, options) => {
    expect(outcome(signed(), options)).toBe('TypeError');
  });
});
