// JWT: whose, for whom, of which type, and when. Each rule at its edge, and each way to leave it out.
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ALLOW_BIG_INTEGERS } from '../../src/canonical/json.js';
import {
  ANY_AUDIENCE,
  ANY_ISSUER,
  ANY_TYPE,
  type JwtOptions,
  NO_EXPIRY,
  NO_TYPE,
  signJwt,
  signJwtAsync,
  verifyJwt,
} from '../../src/jose/jwt.js';
import { exportSecretInTheClear } from '../../src/key/export.js';
import { createRing } from '../../src/key/ring.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { codeOf, encoded, NOW, pairOf } from './support.js';

const { signing, verifying } = pairOf('HS256');
const secret = exportSecretInTheClear(verifying);
const claims = { iss: 'https://issuer.example', sub: 'user', aud: 'api', exp: NOW + 60 };
const options: JwtOptions = {
  now: NOW,
  clockTolerance: 0,
  issuer: 'https://issuer.example',
  audience: 'api',
  typ: 'JWT',
};

/** A list of types that does something else while it is looked into. */
function nosyTypes(meanwhile: () => unknown): readonly string[] {
  return Object.assign(['JWT'], {
    includes: (type: string): boolean => {
      meanwhile();
      return type === 'JWT';
    },
  });
}

/** A token with a genuine tag over claims in any text. */
function tagged(payload: string | object, header: object = { alg: 'HS256', typ: 'JWT' }): string {
  const input = `${encoded(header)}.${encoded(payload)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

const code = (given: string | object, changes: object = {}): string =>
  codeOf(() => verifyJwt(tagged(given), verifying, { ...options, ...changes }));

test('what is signed verifies, and gives back its claims', async () => {
  const token = signJwt({ ...claims, admin: false }, signing, { typ: 'JWT', header: { kid: 'a' } });
  const found = verifyJwt(token, verifying, options);
  expect({ ...found.claims }).toEqual({ ...claims, admin: false });
  expect({ ...found.header }).toEqual({ alg: 'HS256', kid: 'a', typ: 'JWT' });
  expect(found).toMatchObject({ keyId: 'HS256', relaxed: [] });
  expect(JSON.parse(JSON.stringify(found))).toMatchObject({
    claims: { sub: 'user' },
    keyId: 'HS256',
  });
  expect(Object.isFrozen(found) && Object.isFrozen(found.claims)).toBe(true);
  expect(await signJwtAsync(claims, signing, { typ: 'JWT' })).toBe(
    signJwt(claims, signing, { typ: 'JWT' }),
  );
});

test('claims are those that were signed, whatever else is verified meanwhile', () => {
  const token = tagged(claims);
  const forged = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded({ ...claims, sub: 'evil' })}`;
  const spoilt = `${forged}.${'A'.repeat(43)}`;
  const typ = nosyTypes(() => codeOf(() => verifyJwt(spoilt, verifying, options)));
  expect(verifyJwt(token, verifying, { ...options, typ }).claims['sub']).toBe('user');
});

test('is as long as the caller says, also beyond what JSON has by itself', () => {
  const note = 'x'.repeat(1_100_000);
  const token = signJwt({ ...claims, note }, signing, { typ: 'JWT' });
  expect(codeOf(() => verifyJwt(token, verifying, options))).toBe('ERR_LENGTH');
  const found = verifyJwt(token, verifying, { ...options, maxBytes: 1 << 21 });
  expect(found.claims['note']).toBe(note);
});

test('a claim is what the sender wrote, and nothing that objects have', () => {
  const found = verifyJwt(
    tagged(`{"__proto__":{"admin":true},${JSON.stringify(claims).slice(1)}`),
    verifying,
    options,
  );
  expect(found.claims['admin']).toBeUndefined();
  expect(found.claims['constructor']).toBeUndefined();
  expect(code('{"__proto__":{"iss":"https://issuer.example"},"aud":"api","exp":1795000060}')).toBe(
    'ERR_JWT_ISSUER',
  );
});

test('a key of a ring is found by kid, at the time of the token’s rules', () => {
  const ring = createRing([{ key: verifying, notAfter: NOW }]);
  const token = signJwt(claims, signing, { typ: 'JWT', header: { kid: 'HS256' } });
  const rules = { ...options, algs: [hmacSha256] };
  expect(verifyJwt(token, ring, rules).keyId).toBe('HS256');
  expect(codeOf(() => verifyJwt(token, ring, { ...rules, now: NOW + 1 }))).toBe('ERR_KEY_EXPIRED');
  expect(codeOf(() => verifyJwt(token, ring, options))).toBe('TypeError: options.algs');
});

describe('time', () => {
  test.each([
    [{ exp: NOW + 1 }, {}, 'accepted'],
    [{ exp: NOW }, {}, 'ERR_EXPIRED'],
    [{ exp: NOW + 0.5 }, {}, 'accepted'],
    [{ exp: NOW - 9 }, { clockTolerance: 10 }, 'accepted'],
    [{ exp: NOW - 10 }, { clockTolerance: 10 }, 'ERR_EXPIRED'],
    [{ exp: NOW - 1 }, { expiry: NO_EXPIRY }, 'ERR_EXPIRED'],
    [{ exp: undefined }, {}, 'ERR_JWT_CLAIM'],
    [{ exp: undefined }, { expiry: NO_EXPIRY }, 'accepted'],
    [{ exp: (NOW + 60) * 1000 }, {}, 'ERR_TIME'],
    [{ exp: `${NOW + 60}` }, {}, 'ERR_TIME'],
    [{ exp: null }, { expiry: NO_EXPIRY }, 'ERR_TIME'],
    [{ exp: -1 }, {}, 'ERR_TIME'],
    [{ exp: true }, {}, 'ERR_TIME'],
    [{ nbf: NOW }, {}, 'accepted'],
    [{ nbf: NOW + 1 }, {}, 'ERR_NOT_YET_VALID'],
    [{ nbf: NOW + 10 }, { clockTolerance: 10 }, 'accepted'],
    [{ nbf: NOW + 11 }, { clockTolerance: 10 }, 'ERR_NOT_YET_VALID'],
    [{ nbf: `${NOW}` }, {}, 'ERR_TIME'],
    [{ iat: NOW }, {}, 'accepted'],
    [{ iat: NOW + 1 }, {}, 'ERR_NOT_YET_VALID'],
    [{ iat: NOW + 10 }, { clockTolerance: 10 }, 'accepted'],
    [{ iat: 'today' }, {}, 'ERR_TIME'],
    [{}, { maxAge: 60 }, 'ERR_JWT_CLAIM'],
    [{ iat: NOW - 60 }, { maxAge: 60 }, 'accepted'],
    [{ iat: NOW - 61 }, { maxAge: 60 }, 'ERR_TOO_OLD'],
    [{ iat: NOW - 70 }, { maxAge: 60, clockTolerance: 10 }, 'accepted'],
    [{ iat: NOW - 71 }, { maxAge: 60, clockTolerance: 10 }, 'ERR_TOO_OLD'],
    [{ iat: NOW + 1 }, { maxAge: 60 }, 'ERR_NOT_YET_VALID'],
    [{ iat: NOW }, { maxAge: 0 }, 'accepted'],
  ])('%j with %j', (times, changes, expected) => {
    expect(code({ ...claims, ...times }, changes)).toBe(expected);
  });

  test.each([
    undefined,
    null,
    Number.NaN,
    Infinity,
    '',
    `${NOW}`,
    NOW * 1000,
    NOW + 0.5,
    -1,
    new Date(),
  ])('is given, and in whole seconds: not as %s', (now) => {
    expect(code(claims, { now })).toBe('TypeError: options.now');
  });

  test.each([undefined, Number.NaN, -1, 0.5, 86_401, '0'])(
    'has a tolerance: not %s',
    (clockTolerance) => {
      expect(code(claims, { clockTolerance })).toBe('TypeError: options.clockTolerance');
    },
  );

  test.each([null, Number.NaN, -1, 0.5, '60', Infinity])('has an age or none: not %s', (maxAge) => {
    expect(code({ ...claims, iat: NOW }, { maxAge })).toBe('TypeError: options.maxAge');
  });
});

describe('issuer and audience', () => {
  test.each([
    [{ iss: 'https://other.example' }, {}, 'ERR_JWT_ISSUER'],
    [{ iss: 'https://issuer.example/' }, {}, 'ERR_JWT_ISSUER'],
    [{ iss: undefined }, {}, 'ERR_JWT_ISSUER'],
    [{ iss: ['https://issuer.example'] }, {}, 'ERR_JWT_CLAIM'],
    [{ iss: '' }, {}, 'ERR_JWT_ISSUER'],
    [{ iss: 'b' }, { issuer: ['a', 'b'] }, 'accepted'],
    [{ iss: undefined }, { issuer: ANY_ISSUER }, 'accepted'],
    [{ iss: 7 }, { issuer: ANY_ISSUER }, 'ERR_JWT_CLAIM'],
    [{ aud: 'other' }, {}, 'ERR_JWT_AUDIENCE'],
    [{ aud: 'API' }, {}, 'ERR_JWT_AUDIENCE'],
    [{ aud: undefined }, {}, 'ERR_JWT_AUDIENCE'],
    [{ aud: [] }, {}, 'ERR_JWT_AUDIENCE'],
    [{ aud: ['x', 'api'] }, {}, 'accepted'],
    [{ aud: ['x', 'y'] }, { audience: ['y', 'z'] }, 'accepted'],
    [{ aud: ['api', 7] }, {}, 'ERR_JWT_CLAIM'],
    [{ aud: { 0: 'api' } }, {}, 'ERR_JWT_CLAIM'],
    [{ aud: null }, { audience: ANY_AUDIENCE }, 'ERR_JWT_CLAIM'],
    [{ aud: undefined }, { audience: ANY_AUDIENCE }, 'accepted'],
    [{ sub: 7 }, {}, 'ERR_JWT_CLAIM'],
    [{ jti: null }, {}, 'ERR_JWT_CLAIM'],
    [{}, { required: ['jti'] }, 'ERR_JWT_CLAIM'],
    [{ jti: 'x' }, { required: ['jti', 'sub'] }, 'accepted'],
    [{}, { required: ['toString'] }, 'ERR_JWT_CLAIM'],
  ])('%j with %o', (changed, changes, expected) => {
    expect(code({ ...claims, ...changed }, changes)).toBe(expected);
  });

  test.each([
    [{ issuer: undefined }, 'options.issuer'],
    [{ issuer: '' }, 'options.issuer'],
    [{ issuer: [] }, 'options.issuer'],
    [{ issuer: ['a', ''] }, 'options.issuer'],
    [{ issuer: ANY_AUDIENCE }, 'options.issuer'],
    [{ audience: undefined }, 'options.audience'],
    [{ audience: true }, 'options.audience'],
    [{ audience: ANY_ISSUER }, 'options.audience'],
    [{ typ: undefined }, 'options.typ'],
    [{ typ: NO_TYPE }, 'options.typ'],
    [{ expiry: true }, 'options.expiry'],
    [{ required: [''] }, 'options.required'],
    [{ required: 'jti' }, 'options.required'],
    [{ required: '' }, 'options.required'],
    [{ required: { length: 0 } }, 'options.required'],
    [{ required: null }, 'options.required'],
    [{ required: ['jti'] }, 'accepted'],
    [{ required: [] }, 'accepted'],
    [{ understood: ['b64'] }, 'options.understood'],
    [{ understood: 'exp' }, 'options.understood'],
    [{ aud: 'api' }, 'options'],
  ])('are said: %o', (changes, what) => {
    const expected = what === 'accepted' ? what : `TypeError: ${what}`;
    expect(code({ ...claims, jti: 'x' }, changes)).toBe(expected);
  });
});

describe('type', () => {
  const typed = (typ: unknown, wanted: unknown): string => {
    const token = tagged(claims, { alg: 'HS256', ...(typ === undefined ? {} : { typ }) });
    return codeOf(() => verifyJwt(token, verifying, { ...options, typ: wanted as never }));
  };
  test.each([
    ['JWT', 'JWT', 'accepted'],
    ['jwt', 'JWT', 'accepted'],
    ['application/jwt', 'JWT', 'accepted'],
    ['application/at+jwt', 'at+jwt', 'accepted'],
    ['at+jwt', 'Application/AT+JWT', 'accepted'],
    ['at+jwt', 'JWT', 'ERR_JWT_TYPE'],
    ['JWT', 'at+jwt', 'ERR_JWT_TYPE'],
    ['text/jwt', 'JWT', 'ERR_JWT_TYPE'],
    ['to\u212aen', 'token', 'ERR_JWT_TYPE'],
    ['token', 'TO\u212aEN', 'ERR_JWT_TYPE'],
    ['application/x/jwt', 'x/jwt', 'ERR_JWT_TYPE'],
    [undefined, 'JWT', 'ERR_JWT_TYPE'],
    ['', 'JWT', 'ERR_JWT_TYPE'],
    [undefined, ANY_TYPE, 'accepted'],
    ['x', ANY_TYPE, 'accepted'],
    ['x', ['JWT', 'x'], 'accepted'],
  ])('%s where %s is wanted', (typ, wanted, expected) => {
    expect(typed(typ, wanted)).toBe(expected);
  });
});

describe('a token', () => {
  test.each([
    ['a list', '[]'],
    ['text', '"x"'],
    ['null', 'null'],
  ])('whose claims are %s is refused', (_, text) => {
    expect(code(text)).toBe('ERR_JWT_CLAIM');
  });

  test('with a claim twice is refused', () => {
    expect(code(`{"iss":"x",${JSON.stringify(claims).slice(1)}`)).toBe('ERR_JSON_DUPLICATE');
  });

  test('whose payload is not encoded is refused', () => {
    const header = { alg: 'HS256', typ: 'JWT', b64: false, crit: ['b64'] };
    expect(codeOf(() => verifyJwt(tagged(claims, header), verifying, options))).toBe(
      'ERR_JOSE_CRITICAL',
    );
  });

  test('is verified before its claims are looked at', () => {
    const forged = tagged({ exp: 0 }).replace(/.{5}$/, 'AAAAA');
    expect(codeOf(() => verifyJwt(forged, verifying, options))).toMatch(
      /^ERR_(?:VERIFY_FAILED|BASE64URL)$/,
    );
  });

  test('that is encrypted is none of these', () => {
    expect(codeOf(() => verifyJwt('eyJhbGciOiJkaXIifQ..a.b.c', verifying, options))).toBe(
      'ERR_JOSE_FORM',
    );
  });
});

describe('integers beyond 2^53 - 1', () => {
  const tenant = 1_234_567_890_123_456_789n;
  const big = { integers: ALLOW_BIG_INTEGERS } as const;

  test('are refused, or bigint where the caller takes them', () => {
    const text = JSON.stringify(claims).replace('{', `{"tenant":${tenant},`);
    expect(code(text)).toBe('ERR_JSON_NUMBER');
    const found = verifyJwt(tagged(text), verifying, { ...options, ...big });
    const claimed: bigint | undefined = found.claims['tenant'] as bigint | undefined;
    expect(claimed).toBe(tenant);
    expect(found.claims['exp']).toBe(claims.exp);
    expect(code(text, { integers: true })).toBe('TypeError: options.integers');
  });

  test('are written where the caller says so, as bigint or as number', () => {
    const given = { ...claims, tenant, wei: 1e18 };
    const token = signJwt(given, signing, { typ: 'JWT', ...big });
    const found = verifyJwt(token, verifying, { ...options, ...big });
    expect(found.claims).toMatchObject({ tenant, wei: 10n ** 18n });
    expect(codeOf(() => verifyJwt(token, verifying, options))).toBe('ERR_JSON_NUMBER');
  });

  test('are no times and no names', () => {
    for (const [name, expected] of [
      ['exp', 'ERR_TIME'],
      ['nbf', 'ERR_TIME'],
      ['iat', 'ERR_TIME'],
      ['iss', 'ERR_JWT_CLAIM'],
      ['aud', 'ERR_JWT_CLAIM'],
    ] as const) {
      const text = JSON.stringify({ ...claims, [name]: 0 }).replace(
        `"${name}":0`,
        `"${name}":${tenant}`,
      );
      expect(code(text, big)).toBe(expected);
    }
  });
});

describe('what is not signed', () => {
  test.each([
    [{ exp: (NOW + 60) * 1000 }, 'TypeError: claims.exp'],
    [{ nbf: '1' }, 'TypeError: claims.nbf'],
    [{ iat: Number.NaN }, 'TypeError: claims.iat'],
    [{ iss: 7 }, 'TypeError: claims.iss'],
    [{ aud: [7] }, 'TypeError: claims.aud'],
    [{ at: new Date() }, 'ERR_JSON_TYPE'],
    [{ wei: 2 ** 53 }, 'TypeError: claims'],
    [{ wei: 1e18 }, 'TypeError: claims'],
    [{ many: Array.from({ length: 100_001 }, () => 0) }, 'TypeError: claims'],
    [{ wei: 10n ** 18n }, 'ERR_JSON_NUMBER'],
  ])('%o', (given, expected) => {
    expect(codeOf(() => signJwt({ ...claims, ...given }, signing, { typ: 'JWT' }))).toBe(expected);
  });

  test('what is signed of numbers is read again', () => {
    const numbers = {
      a: 2 ** 53 - 1,
      b: 1e21,
      c: 0.1234567890123456,
      d: '9007199254740993',
      e: 7n,
    };
    const token = signJwt({ ...claims, ...numbers }, signing, { typ: 'JWT' });
    expect(verifyJwt(token, verifying, options).claims).toMatchObject({ ...numbers, e: 7 });
  });

  test('claims that are no object, and headers that say typ twice', () => {
    expect(codeOf(() => signJwt([] as never, signing, { typ: 'JWT' }))).toBe('TypeError: claims');
    expect(codeOf(() => signJwt(claims, signing, {} as never))).toBe('TypeError: options.typ');
    const twice = { typ: 'JWT', header: { typ: 'x' } };
    expect(codeOf(() => signJwt(claims, signing, twice))).toBe('TypeError: options.header.typ');
    const token = signJwt(claims, signing, { typ: NO_TYPE });
    expect('typ' in verifyJwt(token, verifying, { ...options, typ: ANY_TYPE }).header).toBe(false);
  });
});
