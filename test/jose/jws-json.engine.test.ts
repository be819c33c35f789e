// JWS in the JSON serializations: one signature and several, protected and unprotected headers,
// detached and unencoded payloads.
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CountersignError } from '../../src/errors.js';
import {
  signFlattenedJws,
  signFlattenedJwsAsync,
  signGeneralJws,
  signGeneralJwsAsync,
  signJws,
  verifyFlattenedJws,
  verifyGeneralJws,
} from '../../src/jose/jws.js';
import { exportSecretInTheClear } from '../../src/key/export.js';
import { createRing } from '../../src/key/ring.js';
import { importSecret, withUse } from '../../src/key/secret.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { hmacSha256, hmacSha512 } from '../../src/primitive/hmac.js';
import { codeOf, codeOfAsync, encoded, NOW, pairOf, utf8 } from './support.js';

const payload = utf8('{"amount":"9,99 €"}');
const hs256 = pairOf('HS256');
const eddsa = pairOf('EdDSA');
const secret = exportSecretInTheClear(hs256.verifying);
const tagOf = (input: string): string =>
  createHmac('sha256', secret).update(input).digest('base64url');

type Json = Record<string, unknown>;
const read = (text: string): Json => JSON.parse(text) as Json;
const written = (value: unknown): Uint8Array => utf8(JSON.stringify(value));

/** A flattened JWS with a genuine tag. */
function flattened(header: string | undefined, more: Json = {}, content = encoded(payload)): Json {
  const own = header === undefined ? {} : { protected: header };
  return { payload: content, ...own, signature: tagOf(`${header ?? ''}.${content}`), ...more };
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const HEADER = encoded({ alg: 'HS256' });

describe('the flattened serialization', () => {
  test('holds one signature, and gives back what it covers', () => {
    const making = { header: { typ: 'x' }, unprotected: { kid: 'a', other: 1 } };
    const text = signFlattenedJws(payload, hs256.signing, making);
    const found = verifyFlattenedJws(utf8(text), hs256.verifying);
    expect(found.payload).toEqual(payload);
    expect({ ...found.header }).toEqual({ alg: 'HS256', typ: 'x' });
    expect(read(text)['header']).toEqual({ kid: 'a', other: 1 });
    const message = utf8(text.replace('"kid":"a"', '"kid":"b"'));
    expect(verifyFlattenedJws(message, hs256.verifying).header).toEqual(found.header);
  });

  test('is the compact one in other words', () => {
    const [header, content, signature] = signJws(payload, hs256.signing).split('.');
    const text = signFlattenedJws(payload, hs256.signing);
    expect(read(text)).toEqual({ payload: content, protected: header, signature });
  });

  test('may leave its payload out, or have it as text', () => {
    const detached = signFlattenedJws(payload, hs256.signing, { detached: true });
    expect(Object.keys(read(detached))).toEqual(['protected', 'signature']);
    const options = { payload };
    expect(verifyFlattenedJws(utf8(detached), hs256.verifying, options).payload).toEqual(payload);
    expect(codeOf(() => verifyFlattenedJws(utf8(detached), hs256.verifying))).toBe('ERR_JOSE_FORM');
    const plain = signFlattenedJws(payload, hs256.signing, { b64: false });
    expect(read(plain)['payload']).toBe('{"amount":"9,99 €"}');
    const understood = { understood: ['b64'] };
    expect(verifyFlattenedJws(utf8(plain), hs256.verifying, understood).payload).toEqual(payload);
    expect(codeOf(() => verifyFlattenedJws(utf8(plain), hs256.verifying))).toBe(
      'ERR_JOSE_CRITICAL',
    );
    const twice = { payload, ...understood };
    expect(codeOf(() => verifyFlattenedJws(utf8(plain), hs256.verifying, twice))).toBe(
      'ERR_JOSE_FORM',
    );
    const binary = Uint8Array.of(0xff);
    expect(codeOf(() => signFlattenedJws(binary, hs256.signing, { b64: false }))).toBe('ERR_UTF8');
  });

  test('may say alg and kid unprotected, which the keys confirm or not', () => {
    const message = flattened(undefined, { header: { alg: 'HS256', kid: 'HS256', typ: 'x' } });
    const ring = createRing([{ key: hs256.verifying }]);
    const options = { algs: [hmacSha256], now: NOW };
    const found = verifyFlattenedJws(written(message), ring, options);
    expect(Object.keys(found.header)).toEqual([]);
    expect(found.header['toString']).toBeUndefined();
    expect(Object.isFrozen(found.header)).toBe(true);
    expect(found.keyId).toBe('HS256');
    for (const [header, code] of [
      [{ alg: 'HS256', kid: 'x' }, 'ERR_KEY_UNKNOWN'],
      [{ alg: 'none' }, 'ERR_JOSE_ALGORITHM'],
      [{ alg: 'HS512' }, 'ERR_JOSE_ALGORITHM'],
      [{ typ: 'x' }, 'ERR_JOSE_HEADER'],
      [{}, 'ERR_JOSE_FORM'],
    ] as const) {
      const other = written({ ...message, header });
      expect(codeOf(() => verifyFlattenedJws(other, ring, options))).toBe(code);
    }
  });

  test.each([
    ['no JSON', utf8('{'), 'ERR_JSON'],
    ['a list', written([]), 'ERR_JOSE_FORM'],
    ['text', written('x'), 'ERR_JOSE_FORM'],
    ['nothing', new Uint8Array(0), 'ERR_JSON'],
    [
      'a payload twice',
      utf8(JSON.stringify(flattened(HEADER)).replace('{', '{"payload":"AAAA",')),
      'ERR_JSON_DUPLICATE',
    ],
    ['a payload that is no text', written(flattened(HEADER, { payload: 1 })), 'ERR_JOSE_FORM'],
    ['a payload that is no base64url', written(flattened(HEADER, {}, 'A')), 'ERR_BASE64URL'],
    ['no signature', written({ ...flattened(HEADER), signature: undefined }), 'ERR_JOSE_FORM'],
    ['a signature that is no text', written(flattened(HEADER, { signature: [] })), 'ERR_JOSE_FORM'],
    [
      'a signature that is no base64url',
      written(flattened(HEADER, { signature: '=' })),
      'ERR_BASE64URL',
    ],
    ['another signature', written(flattened(HEADER, { signature: 'AAAA' })), 'ERR_VERIFY_FAILED'],
    ['signatures too', written(flattened(HEADER, { signatures: [] })), 'ERR_JOSE_FORM'],
    ['no header', written(flattened(undefined)), 'ERR_JOSE_FORM'],
    ['an empty protected header', written(flattened('', {})), 'ERR_JOSE_FORM'],
    [
      'a protected header that is no text',
      written(flattened(HEADER, { protected: {} })),
      'ERR_JOSE_FORM',
    ],
    [
      'an empty protected header beside another',
      written(flattened('', { header: { alg: 'HS256' } })),
      'ERR_JOSE_FORM',
    ],
    ['an empty header', written(flattened(HEADER, { header: {} })), 'ERR_JOSE_FORM'],
    ['a header that is no object', written(flattened(HEADER, { header: [] })), 'ERR_JOSE_FORM'],
    ['a header that is null', written(flattened(HEADER, { header: null })), 'ERR_JOSE_FORM'],
    [
      'alg in both headers',
      written(flattened(HEADER, { header: { alg: 'HS256' } })),
      'ERR_JOSE_HEADER',
    ],
    [
      'crit unprotected',
      written(flattened(HEADER, { header: { crit: ['x'], x: 1 } })),
      'ERR_JOSE_HEADER',
    ],
    ['b64 unprotected', written(flattened(HEADER, { header: { b64: true } })), 'ERR_JOSE_HEADER'],
    [
      'a kid that is no text',
      written(flattened(HEADER, { header: { kid: 7 } })),
      'ERR_JOSE_HEADER',
    ],
  ])('with %s is refused', (_, message, code) => {
    expect(codeOf(() => verifyFlattenedJws(message, hs256.verifying))).toBe(code);
  });

  test('may have members that nobody knows', () => {
    const message = written(flattened(HEADER, { note: 'x', header: { note: 1 } }));
    expect(verifyFlattenedJws(message, hs256.verifying).payload).toEqual(payload);
  });

  test('is measured before it is read', () => {
    const message = new Uint8Array(8193).fill(0x20);
    expect(codeOf(() => verifyFlattenedJws(message, hs256.verifying))).toBe('ERR_LENGTH');
    expect(codeOf(() => verifyGeneralJws(message, hs256.verifying))).toBe('ERR_LENGTH');
    const options = { maxBytes: 9000 };
    expect(codeOf(() => verifyFlattenedJws(message, hs256.verifying, options))).toBe('ERR_JSON');
    const wide = { maxBytes: 1 << 21 };
    const large = new Uint8Array(1_100_000);
    const flat = utf8(signFlattenedJws(large, hs256.signing));
    expect(verifyFlattenedJws(flat, hs256.verifying, wide).payload).toHaveLength(large.length);
    const general = utf8(signGeneralJws(large, [{ key: hs256.signing }]));
    expect(verifyGeneralJws(general, hs256.verifying, wide).payload).toHaveLength(large.length);
  });
});

describe('the general serialization', () => {
  const signers = [
    { key: hs256.signing, header: { kid: 'HS256' } },
    { key: eddsa.signing, unprotected: { kid: eddsa.verifying.id } },
  ];
  const text = signGeneralJws(payload, signers);
  const ring = createRing([{ key: hs256.verifying }, { key: eddsa.verifying }]);
  const algs = [hmacSha256, ed25519];

  test('holds several signatures, and gives back those that verify', () => {
    const all = verifyGeneralJws(utf8(text), ring, { algs, now: NOW });
    expect(all.payload).toEqual(payload);
    expect(all.signatures.map(({ keyId }) => keyId)).toEqual(['HS256', eddsa.verifying.id]);
    expect(all.signatures.map(({ header }) => ({ ...header }))).toEqual([
      { alg: 'HS256', kid: 'HS256' },
      { alg: 'EdDSA' },
    ]);
    const one = verifyGeneralJws(utf8(text), eddsa.verifying);
    expect(one.signatures.map(({ keyId }) => keyId)).toEqual([eddsa.verifying.id]);
    expect(Object.isFrozen(one.signatures) && Object.isFrozen(one.signatures[0])).toBe(true);
  });

  test('with a forged one beside it gives back the genuine one alone', () => {
    const { payload: content, signatures } = read(text) as { payload: string; signatures: Json[] };
    const [first, second] = signatures;
    const forged = [{ ...first, signature: second?.['signature'] }, second];
    const found = verifyGeneralJws(written({ payload: content, signatures: forged }), ring, {
      algs,
      now: NOW,
    });
    expect(found.signatures.map(({ keyId }) => keyId)).toEqual([eddsa.verifying.id]);
    const bad = written({ payload: content, signatures: [forged[0]] });
    expect(codeOf(() => verifyGeneralJws(bad, ring, { algs, now: NOW }))).toBe('ERR_VERIFY_FAILED');
    const moved = written({ payload: encoded('other'), signatures });
    expect(codeOf(() => verifyGeneralJws(moved, ring, { algs, now: NOW }))).toBe(
      'ERR_VERIFY_FAILED',
    );
    const others = written({ payload: content, signatures: [second] });
    expect(codeOf(() => verifyGeneralJws(others, hs256.verifying))).toBe('ERR_JOSE_ALGORITHM');
  });

  test('has 1 to 8 signatures, and nothing of one beside them', () => {
    const one = { protected: HEADER, signature: tagOf(`${HEADER}.${encoded(payload)}`) };
    const message = (signatures: unknown, more: Json = {}): Uint8Array =>
      written({ payload: encoded(payload), signatures, ...more });
    const code = (given: Uint8Array): string =>
      codeOf(() => verifyGeneralJws(given, hs256.verifying));
    expect(code(message(times(8, one)))).toBe('accepted');
    expect(verifyGeneralJws(message(times(8, one)), hs256.verifying).signatures).toHaveLength(1);
    for (const bad of [undefined, {}, 'x', [], [null], ['x'], [[]], times(9, one)]) {
      expect(code(message(bad))).toBe('ERR_JOSE_FORM');
    }
    for (const name of ['protected', 'header', 'signature']) {
      expect(code(message([one], { [name]: one.protected }))).toBe('ERR_JOSE_FORM');
    }
    const nine = times(9, { key: hs256.signing });
    expect(codeOf(() => signGeneralJws(payload, nine))).toBe('TypeError: signers');
    expect(codeOf(() => signGeneralJws(payload, []))).toBe('TypeError: signers');
  });

  test('with one signature that is malformed is that without it', () => {
    const good = { protected: HEADER, signature: tagOf(`${HEADER}.${encoded(payload)}`) };
    const header = (json: string): Json => ({ ...good, protected: encoded(json) });
    for (const [bad, code] of [
      ['x', 'ERR_JOSE_FORM'],
      [{ protected: good.protected }, 'ERR_JOSE_FORM'],
      [{ ...good, signature: '!' }, 'ERR_BASE64URL'],
      [{ ...good, header: { alg: 'HS256' } }, 'ERR_JOSE_HEADER'],
      [header('{}'), 'ERR_JOSE_HEADER'],
      [header('{'), 'ERR_JSON'],
      [header('{"alg":"HS256","x":9007199254740993}'), 'ERR_JSON_NUMBER'],
      [header('{"alg":"HS256","crit":["x"],"x":1}'), 'ERR_JOSE_CRITICAL'],
      [header('{"alg":"HS256","crit":["b64"],"b64":false}'), 'ERR_JOSE_CRITICAL'],
    ] as const) {
      const message = (signatures: unknown[]): Uint8Array =>
        written({ payload: encoded(payload), signatures });
      for (const signatures of [
        [good, bad],
        [bad, good],
      ]) {
        const found = verifyGeneralJws(message(signatures), hs256.verifying);
        expect(found.signatures).toHaveLength(1);
        expect(found.payload).toEqual(payload);
      }
      expect(codeOf(() => verifyGeneralJws(message([bad]), hs256.verifying))).toBe(code);
    }
  });

  test('of one key that signed more than once counts once, of two keys of one name twice', () => {
    const twice = [...signers, { key: eddsa.signing, header: { kid: eddsa.verifying.id, n: 2 } }];
    const options = { algs, now: NOW };
    const found = verifyGeneralJws(utf8(signGeneralJws(payload, twice)), ring, options);
    expect(found.signatures.map(({ keyId }) => keyId)).toEqual(['HS256', eddsa.verifying.id]);
    const namesake = importSecret(secret, {
      alg: hmacSha512,
      use: 'mac',
      encoding: 'raw',
      id: 'HS256',
    });
    const both = [signers[0], { key: namesake, header: { kid: 'HS256' } }] as typeof signers;
    const wide = createRing([{ key: hs256.verifying }, { key: withUse(namesake, 'verify') }]);
    expect(
      verifyGeneralJws(utf8(signGeneralJws(payload, both)), wide, {
        algs: [hmacSha256, hmacSha512],
        now: NOW,
      }).signatures,
    ).toHaveLength(2);
  });

  test('passes on what says nothing of a signature', () => {
    const broken = (error: Error): typeof ring => ({
      ...ring,
      find: (name, now) => {
        if (name.id === 'HS256') throw error;
        return ring.find(name, now);
      },
    });
    const options = { algs, now: NOW };
    const disagreement = new CountersignError('ERR_ENGINE_DISAGREEMENT', 'x');
    for (const error of [disagreement, new TypeError('x'), new Error('no network')]) {
      expect(() => verifyGeneralJws(utf8(text), broken(error), options)).toThrow(error);
    }
  });

  test('is encoded for all or for none, and detached so too', () => {
    const making = { b64: false, detached: true };
    const plain = signGeneralJws(payload, signers, making);
    const options = { algs, now: NOW, payload, understood: ['b64'] };
    expect(verifyGeneralJws(utf8(plain), ring, options).signatures).toHaveLength(2);
    const mixed = {
      signatures: [
        (read(plain)['signatures'] as Json[])[0],
        (read(text)['signatures'] as Json[])[1],
      ],
    };
    expect(codeOf(() => verifyGeneralJws(written(mixed), ring, options))).toBe('ERR_JOSE_FORM');
  });
});

test('an empty header is not written', () => {
  const flat = signFlattenedJws(payload, hs256.signing, { unprotected: {} });
  expect(Object.keys(read(flat))).toEqual(['payload', 'protected', 'signature']);
  const general = signGeneralJws(payload, [{ key: hs256.signing, unprotected: {} }]);
  expect(verifyGeneralJws(utf8(general), hs256.verifying).signatures).toHaveLength(1);
});

test('what must be protected is not written unprotected', () => {
  for (const unprotected of [{ alg: 'HS256' }, { crit: ['x'] }, { b64: true }, { typ: 'x' }]) {
    const making = { header: { typ: 'y' }, unprotected };
    expect(codeOf(() => signFlattenedJws(payload, hs256.signing, making))).toBe(
      'TypeError: options.unprotected',
    );
  }
});

test('both are made with keys elsewhere too', async () => {
  const flat = await signFlattenedJwsAsync(payload, eddsa.signing, { unprotected: { kid: 'x' } });
  expect(verifyFlattenedJws(utf8(flat), eddsa.verifying).payload).toEqual(payload);
  const remote = {
    alg: hmacSha256,
    keyId: 'x',
    mac: (input: Uint8Array) =>
      Promise.resolve(createHmac('sha256', secret).update(input).digest()),
  };
  const general = await signGeneralJwsAsync(payload, [{ key: remote }, { key: eddsa.signing }]);
  expect(verifyGeneralJws(utf8(general), hs256.verifying).signatures).toHaveLength(1);
  expect(await codeOfAsync(() => signGeneralJwsAsync(payload, []))).toBe('TypeError: signers');
});
