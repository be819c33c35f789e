// JWKs member by member, RFC 7517, 7518 and 8037. No engine has a part in reading them.
import { describe, expect, test } from 'vitest';
import { checkJwk } from '../../src/key/jwk-purpose.js';
import { type Jwk, readJwk } from '../../src/key/jwk.js';
import { outcome } from '../vectors.js';

const of = (...octets: number[]): string => Buffer.from(octets).toString('base64url');
const filled = (size: number, octet: number): string => of(...new Uint8Array(size).fill(octet));
const read = (jwk: Jwk, mayPad = false): string => outcome(() => readJwk(jwk, mayPad).kind);

describe('kty', () => {
  test('is RSA, EC or OKP', () => {
    for (const kty of [undefined, null, '', 'rsa', 'EC ', 'AKP', ['RSA'], 1]) {
      expect(read({ kty, n: of(1), e: of(3) }), String(kty)).toBe('ERR_KEY_FAMILY');
    }
    expect(read({ kty: 'oct', k: of(1) })).toBe('ERR_KEY_SECRET');
    expect(read(JSON.parse('{"keys":[]}') as Jwk)).toBe('ERR_KEY_SET');
    expect(read(JSON.parse('{"keys":{}}') as Jwk)).toBe('ERR_KEY_FAMILY');
    expect(read(JSON.parse('{"kty":"x","keys":[]}') as Jwk)).toBe('ERR_KEY_FAMILY');
    for (const none of [undefined, null, 'jwk', 1]) {
      expect(() => readJwk(none as never, false)).toThrow(TypeError);
    }
  });

  test('says what is missing', () => {
    expect(() => readJwk({}, false)).toThrow(/without kty/);
    expect(() => readJwk({ kty: 'x' }, false)).toThrow(/RSA, EC or OKP/);
  });
});

describe('an RSA key, RFC 7518, section 6.3', () => {
  const parts = { n: of(0x80, 1), e: of(3) };
  const others = { d: of(0, 5), p: of(0, 0, 6), q: of(7), dp: of(0, 8), dq: of(9), qi: of(10) };
  const rsa = { kty: 'RSA', ...parts };

  test('has n and e without leading zeros', () => {
    expect(readJwk(rsa, false)).toEqual({
      kind: 'public',
      family: 'rsa',
      parts: { n: Uint8Array.of(0x80, 1), e: Uint8Array.of(3) },
    });
    expect(read({ ...rsa, n: of(0, 0x80, 1) })).toBe('ERR_KEY_SIZE');
    expect(read({ ...rsa, e: of(0, 3) })).toBe('ERR_KEY_SIZE');
    for (const name of ['n', 'e']) {
      for (const value of [undefined, null, 1, [of(3)]]) {
        expect(read({ ...rsa, [name]: value })).toBe('ERR_KEY_FORM');
      }
      expect(read({ ...rsa, [name]: 'A' })).toBe('ERR_BASE64URL');
    }
  });

  test('is private with all its parts, in as many octets as they need', () => {
    const content = readJwk({ ...rsa, ...others }, false);
    expect(content).toMatchObject({ kind: 'private', family: 'rsa' });
    expect((content as { parts: object }).parts).toEqual({
      n: Uint8Array.of(0x80, 1),
      e: Uint8Array.of(3),
      d: Uint8Array.of(5),
      p: Uint8Array.of(6),
      q: Uint8Array.of(7),
      dp: Uint8Array.of(8),
      dq: Uint8Array.of(9),
      qi: Uint8Array.of(10),
    });
    for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi']) {
      const jwk: Record<string, unknown> = { ...rsa, ...others };
      expect(read({ ...jwk, [name]: 1 }), name).toBe('ERR_KEY_FORM');
      if (name === 'd') continue;
      delete jwk[name];
      expect(read(jwk), name).toBe('ERR_KEY_FORM');
    }
    expect(read({ ...rsa, d: of(5) })).toBe('ERR_KEY_FORM');
  });

  test('has two primes', () => {
    expect(read({ ...rsa, ...others, oth: [] })).toBe('ERR_KEY_FORM');
    // Of a public key it says nothing.
    expect(read({ ...rsa, oth: [] })).toBe('public');
  });

  test('has numbers of 16384 characters at most', () => {
    expect(read({ ...rsa, n: 'g'.repeat(16_384) })).toBe('public');
    expect(read({ ...rsa, n: 'g'.repeat(16_385) })).toBe('ERR_KEY_SIZE');
  });
});

describe('an EC key, RFC 7518, section 6.2', () => {
  const SIZES = { 'P-256': 32, 'P-384': 48, 'P-521': 66, secp256k1: 32 };
  test.each(Object.entries(SIZES))('on %s has coordinates of %i octets', (crv, size) => {
    const jwk = { kty: 'EC', crv, x: filled(size, 1), y: filled(size, 2) };
    const point = Uint8Array.of(
      4,
      ...new Uint8Array(size).fill(1),
      ...new Uint8Array(size).fill(2),
    );
    expect(readJwk(jwk, false)).toMatchObject({
      kind: 'public',
      curve: crv,
      isPadded: false,
      point,
    });
    const d = filled(size, 3);
    expect(readJwk({ ...jwk, d }, false)).toMatchObject({
      kind: 'private',
      curve: crv,
      point,
      scalar: new Uint8Array(size).fill(3),
    });
    for (const [name, octet] of [
      ['x', 1],
      ['y', 2],
      ['d', 3],
    ] as const) {
      for (const other of [0, 1, size - 1, size + 1]) {
        const changed = { ...jwk, d, [name]: filled(other, octet) };
        expect(read(changed), `${name} of ${other}`).toBe('ERR_KEY_SIZE');
      }
      expect(read({ ...jwk, d, [name]: 1 }), name).toBe('ERR_KEY_FORM');
    }
  });

  test('may have short coordinates where that is allowed, and no short scalar', () => {
    const full = { kty: 'EC', crv: 'P-256', x: filled(32, 1), y: filled(32, 2) };
    const padded = (change: object): unknown => readJwk({ ...full, ...change }, true);
    const expected = (x: number, y: number): Uint8Array => {
      const out = new Uint8Array(65);
      out[0] = 4;
      out.fill(1, 33 - x, 33);
      out.fill(2, 65 - y, 65);
      return out;
    };
    expect(padded({})).toMatchObject({ isPadded: false, point: expected(32, 32) });
    expect(padded({ x: filled(31, 1) })).toMatchObject({ isPadded: true, point: expected(31, 32) });
    expect(padded({ y: filled(1, 2) })).toMatchObject({ isPadded: true, point: expected(32, 1) });
    expect(padded({ x: filled(30, 1), y: filled(29, 2) })).toMatchObject({
      isPadded: true,
      point: expected(30, 29),
    });
    for (const bad of [{ x: '' }, { y: '' }, { x: filled(33, 1) }, { d: filled(31, 3) }]) {
      expect(read({ ...full, ...bad }, true)).toBe('ERR_KEY_SIZE');
    }
  });

  test('is on a curve that is named, by the JWK itself', () => {
    const jwk = { kty: 'EC', x: filled(32, 1), y: filled(32, 2) };
    for (const crv of [
      undefined,
      'p-256',
      'P-192',
      'Ed25519',
      '__proto__',
      'toString',
      256,
      ['P-256'],
    ]) {
      expect(read({ ...jwk, crv }), String(crv)).toBe('ERR_KEY_CURVE');
    }
    const heir = Object.assign(Object.create({ crv: 'P-256' }) as Jwk, jwk);
    expect(read(heir)).toBe('ERR_KEY_CURVE');
  });
});

describe('an octet key pair, RFC 8037, section 2', () => {
  test.each([
    ['Ed25519', 'ed25519'],
    ['X25519', 'x25519'],
  ])('on %s has 32 octets each', (crv, family) => {
    const jwk = { kty: 'OKP', crv, x: filled(32, 1) };
    const [octets, own] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
    expect(readJwk(jwk, false)).toEqual({ kind: 'public', family, octets });
    expect(readJwk({ ...jwk, d: filled(32, 2) }, false)).toEqual({
      kind: 'private',
      family,
      octets: own,
      publicOctets: octets,
    });
    for (const size of [0, 31, 33]) {
      expect(read({ ...jwk, x: filled(size, 1) }, true)).toBe('ERR_KEY_SIZE');
      expect(read({ ...jwk, d: filled(size, 1) }, true)).toBe('ERR_KEY_SIZE');
    }
    expect(read({ ...jwk, x: undefined })).toBe('ERR_KEY_FORM');
    expect(read({ ...jwk, d: undefined })).toBe('ERR_KEY_FORM');
  });

  test('is on one of two curves', () => {
    for (const crv of [undefined, 'ed25519', 'Ed448', 'P-256', '__proto__', 1, ['Ed25519']]) {
      expect(read({ kty: 'OKP', crv, x: filled(32, 1) }), String(crv)).toBe('ERR_KEY_CURVE');
    }
  });
});

describe('what a JWK says it is for', () => {
  const check = (jwk: Jwk, algorithm: string, purpose: string): string =>
    outcome(() => {
      checkJwk(jwk, algorithm, purpose);
      return 'ok';
    });
  // RFC 7518, sections 3.1 and 4.1, RFC 8037, RFC 8812, RFC 9864 and IANA's registry.
  const NAMES: readonly (readonly [algorithm: string, ...names: string[]])[] = [
    ['HMAC-SHA-256', 'HS256'],
    ['HMAC-SHA-384', 'HS384'],
    ['HMAC-SHA-512', 'HS512'],
    ['RSASSA-PKCS1-v1_5 SHA-1', 'RS1'],
    ['RSASSA-PKCS1-v1_5 SHA-256', 'RS256'],
    ['RSASSA-PKCS1-v1_5 SHA-384', 'RS384'],
    ['RSASSA-PKCS1-v1_5 SHA-512', 'RS512'],
    ['RSASSA-PSS SHA-256', 'PS256'],
    ['RSASSA-PSS SHA-384', 'PS384'],
    ['RSASSA-PSS SHA-512', 'PS512'],
    ['ECDSA P-256 SHA-256', 'ES256'],
    ['ECDSA P-384 SHA-384', 'ES384'],
    ['ECDSA P-521 SHA-512', 'ES512'],
    ['ECDSA secp256k1 SHA-256', 'ES256K'],
    ['Ed25519', 'EdDSA', 'Ed25519'],
    ['RSAES-OAEP SHA-1', 'RSA-OAEP'],
    ['RSAES-OAEP SHA-256', 'RSA-OAEP-256'],
    ['RSAES-OAEP SHA-512', 'RSA-OAEP-512'],
    ['AES-128-GCM', 'A128GCM'],
    ['AES-192-GCM', 'A192GCM'],
    ['AES-256-GCM', 'A256GCM'],
    ['AES-128-KW', 'A128KW'],
    ['AES-192-KW', 'A192KW'],
    ['AES-256-KW', 'A256KW'],
    ...['ECDH P-256', 'ECDH P-384', 'ECDH P-521', 'X25519'].map(
      (name) => [name, 'ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW'] as const,
    ),
  ];
  const all = [...new Set(NAMES.flatMap(([, ...names]) => names))];

  test.each(NAMES.map(([algorithm, ...names]) => ({ algorithm, names })))(
    'alg of $algorithm',
    ({ algorithm, names }) => {
      for (const alg of all) {
        const expected = names.includes(alg) ? 'ok' : 'ERR_KEY_USE';
        expect(check({ alg }, algorithm, 'sign'), alg).toBe(expected);
        for (const near of [`${alg} `, ` ${alg}`, alg.toLowerCase(), `x${alg}`, `${alg}x`, [alg]]) {
          expect(check({ alg: near }, algorithm, 'sign')).toBe('ERR_KEY_USE');
        }
      }
      expect(check({}, algorithm, 'sign')).toBe('ok');
      expect(check({ alg: null }, algorithm, 'sign')).toBe('ERR_KEY_USE');
    },
  );

  test('alg is none where the algorithm has no name', () => {
    expect(check({ alg: 'HS1' }, 'HMAC-SHA-1', 'mac')).toBe('ERR_KEY_USE');
    expect(check({}, 'HMAC-SHA-1', 'mac')).toBe('ok');
  });

  // RFC 7517, sections 4.2 and 4.3.
  test.each([
    ['sign', 'sig', ['sign']],
    ['verify', 'sig', ['verify']],
    ['mac', 'sig', ['sign']],
    ['seal', 'enc', ['encrypt']],
    ['open', 'enc', ['decrypt']],
    ['encrypt', 'enc', ['encrypt', 'wrapKey']],
    ['decrypt', 'enc', ['decrypt', 'unwrapKey']],
    ['wrap', 'enc', ['wrapKey']],
    ['unwrap', 'enc', ['unwrapKey']],
    ['agree', 'enc', ['deriveKey', 'deriveBits']],
    ['peer', 'enc', ['deriveKey', 'deriveBits']],
  ])('use and key_ops of a key to %s', (purpose, use, operations) => {
    const known = 'sign verify encrypt decrypt wrapKey unwrapKey deriveKey deriveBits'.split(' ');
    for (const other of ['sig', 'enc', 'tls', '', null, [use]]) {
      expect(check({ use: other }, 'Ed25519', purpose)).toBe(other === use ? 'ok' : 'ERR_KEY_USE');
    }
    for (const operation of known) {
      const expected = operations.includes(operation) ? 'ok' : 'ERR_KEY_USE';
      expect(check({ key_ops: [operation] }, 'Ed25519', purpose), operation).toBe(expected);
      expect(check({ key_ops: ['other', operation] }, 'Ed25519', purpose)).toBe(expected);
      expect(check({ key_ops: operation }, 'Ed25519', purpose)).toBe('ERR_KEY_USE');
    }
    const empty = purpose === 'peer' ? 'ok' : 'ERR_KEY_USE';
    expect(check({ key_ops: [] }, 'Ed25519', purpose)).toBe(empty);
    for (const none of ['', null, {}, { length: 0 }]) {
      expect(check({ key_ops: none }, 'Ed25519', purpose)).toBe('ERR_KEY_USE');
    }
  });

  test('is what the JWK itself has', () => {
    const heir = Object.create({ alg: 'none', use: 'x', key_ops: [] }) as Jwk;
    expect(check(heir, 'Ed25519', 'sign')).toBe('ok');
  });
});
