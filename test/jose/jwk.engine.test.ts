// JWKs, sets of them and their thumbprints: what is taken, what is left out and named, what refuses all.
import { describe, expect, test } from 'vitest';
import { decodeUtf8, encodeBase64Url, encodeUtf8 } from '../../src/bytes/index.js';
import { CountersignError } from '../../src/errors.js';
import {
  ALLOW_RSA_1024,
  importJwk,
  importJwkSet,
  type Jwk,
  jwkThumbprint,
  jwkThumbprintUri,
  PAD_SHORT_COORDINATE,
  readJwkSet,
  writeJwkSet,
} from '../../src/jose/jwk.js';
import * as ec from '../../src/key/ec.js';
import * as ed from '../../src/key/ed25519.js';
import { exportPrivateKeyInTheClear, exportPublicKey } from '../../src/key/export.js';
import { importSecret } from '../../src/key/secret.js';
import { mac, sign, verify } from '../../src/key/use.js';
import * as x from '../../src/key/x25519.js';
import { aes128Gcm } from '../../src/primitive/aes-gcm.js';
import { aes128Kw, aes256Kw } from '../../src/primitive/aes-kw.js';
import { ecdhP256, x25519 } from '../../src/primitive/agreement.js';
import { sha224, sha256, sha384, sha512 } from '../../src/primitive/digest.js';
import {
  ecdsaP256Sha256,
  ecdsaP384Sha384,
  ecdsaSecp256k1Sha256,
} from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { hmacSha256, hmacSha512 } from '../../src/primitive/hmac.js';
import { rsaPkcs1Sha1 } from '../../src/primitive/legacy/index.js';
import { rsaOaepSha256 } from '../../src/primitive/rsa-oaep.js';
import { rsaPkcs1Sha256, rsaPssSha256 } from '../../src/primitive/rsa.js';
import { outcome } from '../vectors.js';
import { publicJwkOf, secretOf } from './jwe-support.js';

const pair = ec.generateKeyPair({ alg: ecdsaP256Sha256 });
const EC = exportPublicKey(pair.publicKey, 'jwk');
const EC_PRIVATE = exportPrivateKeyInTheClear(pair.privateKey, 'jwk');
const ED = exportPublicKey(ed.generateKeyPair({ alg: ed25519 }).publicKey, 'jwk');
const RSA = publicJwkOf('rsa-2048-a');
/** The key of RFC 7517, appendix A.1, and RFC 7638, section 3.1. */
const RFC_RSA = {
  kty: 'RSA',
  n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
  e: 'AQAB',
};
const OCT = { kty: 'oct', k: encodeBase64Url(secretOf(32)) };
const FORM = { encoding: 'fixed', s: 'any' } as const;
const setOf = (...keys: unknown[]): ReturnType<typeof readJwkSet> =>
  readJwkSet(JSON.stringify({ keys }));
const es256 = { algs: [ecdsaP256Sha256], use: 'verify' } as const;

describe('a set', () => {
  test('is read from its text and from its octets', () => {
    const text = JSON.stringify({ keys: [{ ...EC, kid: 'a' }, RSA], other: 1 });
    for (const input of [text, encodeUtf8(text)]) {
      expect(readJwkSet(input).keys.map((jwk) => jwk.kty)).toEqual(['EC', 'RSA']);
    }
  });

  test.each([
    ['no JSON', 'ERR_JSON'],
    ['[]', 'ERR_KEY_FORM'],
    ['{}', 'ERR_KEY_FORM'],
    ['{"keys":{}}', 'ERR_KEY_FORM'],
    ['{"keys":[1]}', 'ERR_KEY_FORM'],
    ['{"keys":[[]]}', 'ERR_KEY_FORM'],
    ['{"keys":[null]}', 'ERR_KEY_FORM'],
    ['{"__proto__":{"keys":[]}}', 'ERR_KEY_FORM'],
    ['{"keys":[],"keys":[]}', 'ERR_JSON_DUPLICATE'],
    ['{"keys":[{"kty":"EC","kty":"RSA"}]}', 'ERR_JSON_DUPLICATE'],
  ])('is not %s', (text, code) => {
    expect(outcome(() => readJwkSet(text))).toBe(code);
  });

  test('has limits, which a caller may set', () => {
    const text = JSON.stringify({ keys: [EC, RSA, ED] });
    const read = (options: object): string => outcome(() => readJwkSet(text, options).keys.length);
    expect(read({ maxKeys: 2 })).toBe('ERR_LENGTH');
    expect(read({ maxKeys: 3 })).toBe('3');
    expect(read({ maxBytes: text.length - 1 })).toBe('ERR_LENGTH');
    expect(read({ maxBytes: text.length })).toBe('3');
    expect(outcome(() => readJwkSet(new Uint8Array((1 << 20) + 1)))).toBe('ERR_LENGTH');
    expect(outcome(() => setOf(...Array.from({ length: 257 }, () => ({}))))).toBe('ERR_LENGTH');
    for (const wrong of [{ maxKeys: 0 }, { maxBytes: Number.NaN }, { most: 1 }]) {
      expect(() => readJwkSet(text, wrong as never)).toThrow(TypeError);
    }
  });

  test('has no two keys of one kid, alg and use', () => {
    const a = { ...EC, kid: 'a', alg: 'ES256' };
    expect(outcome(() => setOf(a, { ...RSA, kid: 'a', alg: 'ES256' }))).toBe('ERR_KEY_DUPLICATE');
    expect(outcome(() => setOf({ ...EC, kid: 'a' }, { ...RSA, kid: 'a' }))).toBe(
      'ERR_KEY_DUPLICATE',
    );
    expect(setOf(a, { ...RSA, kid: 'a', alg: 'RS256' }, { ...a, kid: 'b' }).keys).toHaveLength(3);
    expect(setOf({ ...a, use: 'sig' }, { ...a, use: 'enc' }, EC, EC).keys).toHaveLength(4);
  });
});

describe('a set imported', () => {
  test('is a ring of its keys by their kid', () => {
    const { ring, ignored } = importJwkSet(
      setOf({ ...EC, kid: 'a', alg: 'ES256', use: 'sig', key_ops: ['verify'] }),
      es256,
    );
    const { key } = ring.find({ id: 'a', alg: ecdsaP256Sha256, use: 'verify' }, 1);
    const signature = sign(pair.privateKey, encodeUtf8('x'), FORM);
    expect(verify(key, encodeUtf8('x'), signature, FORM)).toBe(true);
    expect(ignored).toEqual([]);
    expect(() => ring.find({ id: 'a', alg: ecdsaP256Sha256, use: 'sign' }, 1)).toThrow(
      CountersignError,
    );
  });

  test('has keys without a kid under their thumbprints', () => {
    const { ring } = importJwkSet(setOf(EC), es256);
    expect(ring.keys.map(({ id }) => id)).toEqual([jwkThumbprint(EC, sha256)]);
  });

  test('leaves out what the caller’s algorithms don’t suit, and says which and why', () => {
    const off = { ...EC, y: encodeBase64Url(new Uint8Array(32).fill(1)) };
    const { ring, ignored } = importJwkSet(
      setOf(
        { ...EC, kid: 'good' },
        { kty: 'future', kid: '1' },
        { ...EC, crv: 'P-999', kid: '2' },
        { ...EC, alg: 'ES384', kid: '3' },
        { ...EC, alg: 'ES521', kid: '4' },
        { ...EC, use: 'enc', kid: '5' },
        { ...EC, key_ops: ['sign'], kid: '6' },
        { ...EC, x: 'AAAA', kid: '7' },
        { ...EC, x: `${EC['x']}=`, kid: '8' },
        { ...off, kid: '9' },
        { ...EC, kid: '' },
        { ...EC, kid: 7 },
        { ...EC, alg: 256, kid: '12' },
        { ...RSA, kid: '13' },
        { ...EC, use: 'tls', kid: '14' },
        { kty: 'EC', crv: 'P-256', kid: '15' },
      ),
      es256,
    );
    expect(ring.keys.map(({ id }) => id)).toEqual(['good']);
    expect(ignored).toEqual(
      [
        'ERR_KEY_FAMILY',
        'ERR_KEY_CURVE',
        'ERR_KEY_USE',
        'ERR_KEY_USE',
        'ERR_KEY_USE',
        'ERR_KEY_USE',
        'ERR_KEY_SIZE',
        'ERR_BASE64URL',
        'ERR_KEY',
        'ERR_KEY_FORM',
        'ERR_KEY_FORM',
        'ERR_KEY_USE',
        'ERR_KEY_FAMILY',
        'ERR_KEY_USE',
        'ERR_KEY_FORM',
      ].map((code, i) => ({ index: i + 1, code })),
    );
  });

  test('with no key left is refused', () => {
    for (const set of [setOf(), setOf(RSA), setOf({ kty: 'future' })]) {
      expect(outcome(() => importJwkSet(set, es256))).toBe('ERR_KEY_UNKNOWN');
    }
  });

  test('with a private key among the public ones is refused', () => {
    expect(outcome(() => importJwkSet(setOf(EC, EC_PRIVATE), es256))).toBe('ERR_KEY_PRIVATE');
    const peer = { algs: [ecdhP256], use: 'peer' } as const;
    expect(outcome(() => importJwkSet(setOf(EC, EC_PRIVATE), peer))).toBe('ERR_KEY_PRIVATE');
  });

  test('with a private member is refused, of whatever family and purpose its key is', () => {
    for (const stray of [
      { ...RSA, d: 'AQAB' },
      { ...ED, d: ED['x'] },
      { ...EC_PRIVATE, use: 'enc' },
      { ...EC_PRIVATE, alg: 'ES384' },
      { kty: 'future', k: 'AA' },
      ...['p', 'q', 'dp', 'dq', 'qi', 'oth'].map((name) => ({ ...RSA, [name]: 'AQAB' })),
    ]) {
      expect(outcome(() => importJwkSet(setOf(EC, stray), es256))).toBe('ERR_KEY_PRIVATE');
    }
  });

  test('with a secret among the public ones, or the other way round, is refused', () => {
    expect(outcome(() => importJwkSet(setOf(EC, OCT), es256))).toBe('ERR_KEY_SECRET');
    expect(outcome(() => importJwkSet(setOf(OCT), es256))).toBe('ERR_KEY_SECRET');
    const secrets = { algs: [hmacSha256], use: 'verify' } as const;
    expect(outcome(() => importJwkSet(setOf(OCT, EC), secrets))).toBe('ERR_KEY_SECRET');
    expect(() =>
      importJwkSet(setOf(OCT), { algs: [hmacSha256, ecdsaP256Sha256], use: 'verify' }),
    ).toThrow(TypeError);
  });

  test('of secrets is taken where secrets are asked for', () => {
    const { ring } = importJwkSet(setOf({ ...OCT, kid: 's', alg: 'HS256' }), {
      algs: [hmacSha256, hmacSha512],
      use: 'mac',
    });
    const { key } = ring.find({ id: 's', alg: hmacSha256, use: 'mac' }, 1);
    const same = importSecret(secretOf(32), { alg: hmacSha256, use: 'mac', encoding: 'raw' });
    expect(mac(key, secretOf(3))).toEqual(mac(same, secretOf(3)));
  });

  test('gives a private set its own keys alone', () => {
    const { ring, ignored } = importJwkSet(
      setOf({ ...EC_PRIVATE, kid: 'a' }, OCT, { ...EC, kid: 'b' }),
      {
        algs: [ecdsaP256Sha256],
        use: 'sign',
      },
    );
    expect(ring.keys.map(({ id }) => id)).toEqual(['a']);
    expect(ignored.map(({ code }) => code)).toEqual(['ERR_KEY_FAMILY', 'ERR_KEY_PUBLIC']);
  });

  test('lets no key be of two algorithms', () => {
    const both = { algs: [rsaPkcs1Sha256, rsaPssSha256], use: 'verify' } as const;
    expect(outcome(() => importJwkSet(setOf(RSA), both))).toBe('ERR_KEY_UNKNOWN');
    const { ring, ignored } = importJwkSet(
      setOf({ ...RSA, alg: 'PS256', kid: 'p' }, { ...RSA, kid: 'q' }),
      both,
    );
    expect(ring.keys.map(({ id, key }) => [id, key.alg])).toEqual([['p', rsaPssSha256]]);
    expect(ignored).toEqual([{ index: 1, code: 'ERR_KEY_AMBIGUOUS' }]);
    expect(
      importJwkSet(setOf(RSA), { algs: [rsaPssSha256], use: 'verify' }).ring.keys,
    ).toHaveLength(1);
  });

  test('follows nothing that a key points to', () => {
    const { ring } = importJwkSet(
      setOf({
        ...EC,
        x5c: ['AA=='],
        x5u: 'https://evil.example',
        x5t: 'AAAA',
        jku: 'https://evil.example',
      }),
      es256,
    );
    expect(ring.keys).toHaveLength(1);
  });

  test('has relaxations that are named, and show', () => {
    const short = { ...EC, x: EC['x'] ?? '' };
    expect(
      importJwkSet(setOf(short), { ...es256, relax: [PAD_SHORT_COORDINATE, ALLOW_RSA_1024] }).ring
        .keys[0]?.key.relaxed,
    ).toEqual([]);
    const small = { kty: 'RSA', n: encodeBase64Url(new Uint8Array(128).fill(0xc5)), e: 'AQAB' };
    const options = { algs: [rsaPkcs1Sha256], use: 'verify' } as const;
    expect(outcome(() => importJwkSet(setOf(small), options))).toBe('ERR_KEY_UNKNOWN');
    const relaxed = importJwkSet(setOf(small), { ...options, relax: [ALLOW_RSA_1024] });
    expect(relaxed.ring.keys[0]?.key.relaxed).toEqual([ALLOW_RSA_1024]);
  });

  test.each([
    { algs: [], use: 'verify' },
    { algs: [ecdsaP256Sha256], use: 'encrypt' },
    { algs: [ecdsaP256Sha256] },
    { algs: [rsaPkcs1Sha1], use: 'verify' },
    { algs: [sha256], use: 'verify' },
    { algs: 'ES256', use: 'verify' },
    { ...es256, relax: ['x'] },
    { ...es256, ring: 1 },
  ])('takes options of its own alone: %#', (options) => {
    expect(() => importJwkSet(setOf(EC), options as never)).toThrow(TypeError);
  });
});

describe('the set of RFC 7517, appendix A.1', () => {
  const set = setOf(
    {
      kty: 'EC',
      crv: 'P-256',
      x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
      y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
      use: 'enc',
      kid: '1',
    },
    { ...RFC_RSA, alg: 'RS256', kid: '2011-04-29' },
  );

  test('has one key to agree with and one that verifies', () => {
    const toAgree = importJwkSet(set, { algs: [ecdhP256], use: 'peer' });
    expect(toAgree.ring.keys.map(({ id }) => id)).toEqual(['1']);
    const toVerify = importJwkSet(set, { algs: [rsaPkcs1Sha256, ecdsaP256Sha256], use: 'verify' });
    expect(toVerify.ring.keys.map(({ id }) => id)).toEqual(['2011-04-29']);
    expect(toVerify.ignored).toEqual([{ index: 0, code: 'ERR_KEY_USE' }]);
  });
});

describe('one JWK', () => {
  test.each([
    ['a public key', EC, ecdsaP256Sha256, 'verify'],
    ['a private key', EC_PRIVATE, ecdsaP256Sha256, 'sign'],
    ['a secret', OCT, hmacSha256, 'mac'],
    ['a secret that wraps', { ...OCT, alg: 'A256KW', use: 'enc' }, aes256Kw, 'unwrap'],
    [
      'a key of content’s own',
      { kty: 'oct', k: encodeBase64Url(secretOf(16)), alg: 'dir' },
      aes128Gcm,
      'open',
    ],
    [
      'a key to agree with',
      exportPublicKey(x.generateKeyPair({ alg: x25519 }).publicKey, 'jwk'),
      x25519,
      'peer',
    ],
    [
      'a key to encrypt to',
      { ...RSA, alg: 'RSA-OAEP-256', key_ops: ['wrapKey'] },
      rsaOaepSha256,
      'encrypt',
    ],
  ] as const)('is %s', (_, jwk, alg, use) => {
    const key = importJwk(jwk as Jwk, { alg: alg as never, use: use as never });
    expect([key.alg, key.use]).toEqual([alg, use]);
  });

  test.each([
    [
      'a secret of the wrong size',
      { kty: 'oct', k: encodeBase64Url(secretOf(17)) },
      aes128Kw,
      'wrap',
      'ERR_KEY',
    ],
    [
      'a MAC’s secret shorter than its hash',
      { kty: 'oct', k: encodeBase64Url(secretOf(31)) },
      hmacSha256,
      'verify',
      'ERR_KEY_SIZE',
    ],
    ['an empty secret', { kty: 'oct', k: '' }, hmacSha256, 'verify', 'ERR_KEY_EMPTY'],
    ['no secret', { kty: 'oct' }, hmacSha256, 'verify', 'ERR_KEY_FORM'],
    [
      'a secret for another algorithm',
      { ...OCT, alg: 'A256GCM' },
      hmacSha256,
      'verify',
      'ERR_KEY_USE',
    ],
    ['a secret for another use', { ...OCT, use: 'enc' }, hmacSha256, 'verify', 'ERR_KEY_USE'],
    ['a public key for a secret', EC, hmacSha256, 'verify', 'ERR_KEY_FAMILY'],
    ['a secret for a public key', OCT, ecdsaP256Sha256, 'verify', 'ERR_KEY_SECRET'],
    ['a private key for a public one', EC_PRIVATE, ecdsaP256Sha256, 'verify', 'ERR_KEY_PRIVATE'],
    ['a public key for a private one', EC, ecdsaP256Sha256, 'sign', 'ERR_KEY_PUBLIC'],
    ['another curve', EC, ecdsaP384Sha384, 'verify', 'ERR_KEY_CURVE'],
    ['a signing key to agree with', { ...EC, use: 'sig' }, ecdhP256, 'peer', 'ERR_KEY_USE'],
  ] as const)('is not %s', (_, jwk, alg, use, code) => {
    expect(outcome(() => importJwk(jwk as Jwk, { alg: alg as never, use: use as never }))).toBe(
      code,
    );
  });

  test('has the caller’s name, or its own', () => {
    const options = { alg: ecdsaP256Sha256, use: 'verify' } as const;
    expect(importJwk({ ...EC, kid: 'own' }, options).id).toBe('own');
    expect(importJwk({ ...EC, kid: 'own' }, { ...options, id: 'given' }).id).toBe('given');
    expect(importJwk(EC, options).id).toBe(pair.publicKey.id);
  });
});

describe('a thumbprint', () => {
  // RFC 7638, section 3.1, and RFC 8037, appendix A.3.
  const rsa = { ...RFC_RSA, alg: 'RS256', kid: '2011-04-29' };
  const okp = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };

  test('is the standards’', () => {
    expect(jwkThumbprint(rsa, sha256)).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
    expect(jwkThumbprint(okp, sha256)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
    expect(jwkThumbprintUri(rsa, sha256)).toBe(
      'urn:ietf:params:oauth:jwk-thumbprint:sha-256:NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
    );
  });

  test('is of the public half, of a JWK and of a handle', () => {
    for (const hash of [sha256, sha384, sha512]) {
      const all = [EC, EC_PRIVATE, pair.publicKey, pair.privateKey].map((key) =>
        jwkThumbprint(key as Jwk, hash),
      );
      expect(new Set(all).size).toBe(1);
    }
    expect(jwkThumbprint(pair.publicKey, sha256)).toBe(pair.publicKey.id);
  });

  test('is of keys in their one spelling alone', () => {
    expect(outcome(() => jwkThumbprint({ ...okp, x: `${okp.x}=` }, sha256))).toBe('ERR_BASE64URL');
    expect(outcome(() => jwkThumbprint({ ...EC, x: 'AAAA' }, sha256))).toBe('ERR_KEY_SIZE');
    expect(outcome(() => jwkThumbprint({ ...rsa, e: 'AAEAAQ' }, sha256))).toBe('ERR_KEY_SIZE');
    expect(outcome(() => jwkThumbprint({ kty: 'future' }, sha256))).toBe('ERR_KEY_FAMILY');
    expect(outcome(() => jwkThumbprint({ kty: 'EC', x: EC['x'], y: EC['y'] }, sha256))).toBe(
      'ERR_KEY_CURVE',
    );
  });

  test('is of no secret, and by no short hash', () => {
    expect(outcome(() => jwkThumbprint(OCT, sha256))).toBe('ERR_KEY_SECRET');
    const key = importSecret(secretOf(32), { alg: hmacSha256, use: 'mac', encoding: 'raw' });
    expect(outcome(() => jwkThumbprint(key, sha256))).toBe('ERR_KEY_SECRET');
    for (const hash of [sha224, hmacSha256, undefined, 'SHA-256']) {
      expect(() => jwkThumbprint(okp, hash as never)).toThrow(TypeError);
    }
  });
});

describe('a set written', () => {
  const keys = [
    pair.privateKey,
    ec.generateKeyPair({ alg: ecdsaSecp256k1Sha256, id: 'k' }).publicKey,
    x.generateKeyPair({ alg: x25519, id: 'x' }).privateKey,
    importJwk(RSA, { alg: rsaOaepSha256, use: 'encrypt', id: 'r' }),
    importJwk(RSA, { alg: rsaPssSha256, use: 'verify', id: 'r' }),
    importJwk(ED, { alg: ed25519, use: 'verify' }),
  ];

  test('has the public halves, their ids and what they are for', () => {
    const { keys: written } = readJwkSet(writeJwkSet(keys));
    expect(written.map(({ kid, alg, use }) => [kid, alg, use])).toEqual([
      [pair.publicKey.id, 'ES256', 'sig'],
      ['k', 'ES256K', 'sig'],
      ['x', undefined, 'enc'],
      ['r', 'RSA-OAEP-256', 'enc'],
      ['r', 'PS256', 'sig'],
      [jwkThumbprint(ED, sha256), 'EdDSA', 'sig'],
    ]);
    expect(decodeUtf8(writeJwkSet(keys))).not.toMatch(/"(?:d|k|p|q)":/);
  });

  test('is read again', () => {
    const set = readJwkSet(writeJwkSet(keys));
    const { ring } = importJwkSet(set, {
      algs: [ecdsaP256Sha256, ecdsaSecp256k1Sha256, ed25519, rsaPssSha256],
      use: 'verify',
    });
    expect(ring.keys).toHaveLength(4);
  });

  test('has no secrets and no name twice', () => {
    const secret = importSecret(secretOf(32), { alg: hmacSha256, use: 'mac', encoding: 'raw' });
    expect(outcome(() => writeJwkSet([secret]))).toBe('ERR_KEY_SECRET');
    expect(outcome(() => writeJwkSet([pair.publicKey, pair.privateKey]))).toBe('ERR_KEY_DUPLICATE');
    expect(() => writeJwkSet(pair.publicKey as never)).toThrow(TypeError);
    expect(() => writeJwkSet([])).toThrow(TypeError);
    expect(() => writeJwkSet([RSA as never])).toThrow(TypeError);
  });
});
