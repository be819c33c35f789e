// The rules stand above the engines: here each engine says yes to everything, and what is refused
// is refused by the rule alone. Engines and their versions may then be as lenient as they like.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { p256 as dhP256, x25519 as dhX25519 } from '#engine/agree';
import { aesGcm } from '#engine/cipher';
import { p256 } from '#engine/ecdsa';
import { ed25519 as eddsa } from '#engine/eddsa';
import { dsa as dsaEngine } from '#engine/legacy';
import { rsa } from '#engine/rsa';
import { CountersignError } from '../../src/errors.js';
import { aes256Gcm } from '../../src/primitive/aes-gcm.js';
import { ecdhP256, x25519 } from '../../src/primitive/agreement.js';
import { verifyEcdsaHash } from '../../src/primitive/ecdsa-hash.js';
import { ecdsaP256Sha256 } from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { dsaSha1, rsaPkcs1Sha1 } from '../../src/primitive/legacy/index.js';
import { rsaPkcs1Sha256, rsaPssSha256 } from '../../src/primitive/rsa.js';
import { engineName, hex as octetsOf, ofKind, outcome } from '../vectors.js';
import { privateParts, publicParts } from './rsa-keys.js';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const octets = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, i) => i + 1);
const message = octets(20);
const NONE = octets(0);

const engines = [p256, eddsa, rsa, aesGcm, dsaEngine, dhP256, dhX25519] as const;
const originals = engines.map((engine) => ({ ...engine }));

beforeEach(() => {
  for (const engine of [p256, eddsa, rsa]) Object.assign(engine, { verify: () => true });
  Object.assign(aesGcm, { open: () => octets(1) });
});
afterEach(() => {
  for (const [i, engine] of engines.entries()) Object.assign(engine, originals[i]);
});

describe('ECDSA', () => {
  const FIXED = { encoding: 'fixed', s: 'any' } as const;
  const key = ecdsaP256Sha256.publicKey(
    ecdsaP256Sha256.publicOf(ecdsaP256Sha256.privateKey(octets(32))),
  );
  // n of SP 800-186, section 3.2.1.3.
  const N = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
  const LAST = `${N.slice(0, -2)}50`;
  const ONE = '01'.padStart(64, '0');
  const verify = (r: string, s: string): boolean =>
    ecdsaP256Sha256.verify(key, message, hex(r + s), FIXED);

  test('r and s are from 1 to n - 1', () => {
    const zero = '0'.repeat(64);
    for (const good of [ONE, LAST]) {
      expect(verify(good, ONE)).toBe(true);
      expect(verify(ONE, good)).toBe(true);
      for (const bad of [zero, N, 'ff'.repeat(32)]) {
        expect(verify(bad, good)).toBe(false);
        expect(verify(good, bad)).toBe(false);
      }
    }
  });

  test('a DER signature is two integers', () => {
    const form = { encoding: 'der', s: 'any' } as const;
    const verifyDer = (der: string): boolean =>
      ecdsaP256Sha256.verify(key, message, hex(der), form);
    expect(verifyDer('3006020101020101')).toBe(true);
    expect(verifyDer('3003020101')).toBe(false);
    expect(verifyDer('3009020101020101020101')).toBe(false);
    expect(verifyDer('30080201010201010500')).toBe(false);
  });

  test('a point has 65 octets, and 04 first', () => {
    Object.assign(p256, { publicKey: () => ({}) });
    const load = (size: number, first: number): string =>
      outcome(() => {
        const point = new Uint8Array(size).fill(1);
        point[0] = first;
        return ecdsaP256Sha256.publicKey(point).use;
      });
    expect(load(65, 4)).toBe('public');
    for (const size of [1, 33, 64, 66, 97]) expect(load(size, 4)).toBe('ERR_KEY');
    for (const first of [0, 2, 3, 5, 6, 7]) expect(load(65, first)).toBe('ERR_KEY');
  });

  test('a fixed signature has 64 octets', () => {
    for (const size of [0, 63, 65, 128]) {
      const signature = new Uint8Array(size).fill(1);
      expect(ecdsaP256Sha256.verify(key, message, signature, FIXED)).toBe(false);
    }
  });
});

describe('Ed25519', () => {
  // Little-endian, as RFC 8032, section 5.1.2, has it. L and p as section 5.1 prints them.
  const L = 'edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010';
  const BELOW_L = `ec${L.slice(2)}`;
  const P = `ed${'ff'.repeat(30)}7f`;
  // The base point, section 5.1, and a key of RFC 8032, section 7.1, test 1.
  const GOOD = `58${'66'.repeat(31)}`;
  const KEY = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
  const zero = '00'.repeat(32);
  const verify = (r: string, s: string): boolean =>
    ed25519.verify(ed25519.publicKey(hex(KEY)), message, hex(r + s));

  test('S is below L', () => {
    expect(verify(GOOD, zero)).toBe(true);
    expect(verify(GOOD, BELOW_L)).toBe(true);
    for (const s of [L, `ee${L.slice(2)}`, 'ff'.repeat(32), `${zero.slice(2)}20`]) {
      expect(verify(GOOD, s)).toBe(false);
    }
  });

  // y of the small-order points: 1, p - 1 and 0, and two of order 8 (computed with Python from
  // d·y^4 + 2·y^2 = 1); each with both signs. Then y not below p: p itself, p + 1, and 2^255 - 1.
  const smallOrder = [
    `01${'00'.repeat(31)}`,
    `ec${'ff'.repeat(30)}7f`,
    zero,
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  ];
  const notCanonical = [P, `ee${P.slice(2)}`, `${'ff'.repeat(31)}7f`, `f7${P.slice(2)}`];
  const negative = (encoded: string): string => {
    const changed = hex(encoded);
    changed[31] = (changed[31] ?? 0) | 0x80;
    return Buffer.from(changed).toString('hex');
  };

  test.each([...smallOrder, ...notCanonical])('%s is no R and no A', (encoded) => {
    for (const point of [encoded, negative(encoded)]) {
      expect(verify(point, zero)).toBe(false);
      expect(outcome(() => ed25519.publicKey(hex(point)))).toBe('ERR_KEY');
    }
  });

  test('neighbours of what is refused are taken', () => {
    for (const y of [`02${'00'.repeat(31)}`, `eb${'ff'.repeat(30)}7f`]) {
      expect(verify(y, zero)).toBe(true);
    }
  });

  test('a signature has 64 octets, a key 32', () => {
    const key = ed25519.publicKey(hex(KEY));
    for (const size of [0, 63, 65, 96]) {
      const signature = new Uint8Array(size).fill(2);
      expect(ed25519.verify(key, message, signature)).toBe(false);
    }
    for (const size of [0, 31, 33, 64]) {
      expect(outcome(() => ed25519.publicKey(octets(size)))).toBe('ERR_KEY');
      expect(outcome(() => ed25519.privateKey(octets(size)))).toBe('ERR_KEY');
    }
  });
});

describe('RSA', () => {
  const parts = publicParts('rsa-2048-a');
  test.each([rsaPkcs1Sha256, rsaPssSha256, rsaPkcs1Sha1 as unknown as typeof rsaPssSha256])(
    '$name: a signature is as long as the modulus and below it',
    (algorithm) => {
      const key = algorithm.publicKey(parts);
      const below = Uint8Array.from(parts.n);
      below[255] = (below[255] ?? 0) - 1; // n is odd
      expect(algorithm.verify(key, message, below)).not.toBe(false);
      expect(algorithm.verify(key, message, parts.n)).toBe(false);
      expect(algorithm.verify(key, message, new Uint8Array(256).fill(0xff))).toBe(false);
      for (const size of [0, 1, 255, 257, 512]) {
        expect(algorithm.verify(key, message, octets(size))).toBe(false);
      }
    },
  );
});

describe('an engine’s word', () => {
  const failing = (error: Error) => (): never => {
    throw error;
  };
  const disagreement = new CountersignError('ERR_ENGINE_DISAGREEMENT', 'two answers');

  test('of a disagreement is not swallowed', () => {
    const point = ecdsaP256Sha256.publicOf(ecdsaP256Sha256.privateKey(octets(32)));
    const key = ecdsaP256Sha256.publicKey(point);
    const signature = hex('3006020101020101');
    const verify = (): boolean =>
      verifyEcdsaHash(ecdsaP256Sha256, 'SHA-384', key, message, signature);
    expect(verify()).toBe(true);
    Object.assign(p256, { verify: failing(disagreement) });
    expect(outcome(verify)).toBe('ERR_ENGINE_DISAGREEMENT');
    if (engineName === 'noble') return;
    Object.assign(rsa, { sign: failing(disagreement) });
    const load = (): unknown => rsaPssSha256.privateKey(privateParts('rsa-2048-a'));
    expect(outcome(load)).toBe('ERR_ENGINE_DISAGREEMENT');
  });

  test('of its own is not repeated', () => {
    if (engineName === 'noble') return;
    Object.assign(rsa, { sign: failing(new Error('octets of the key')) });
    expect(outcome(() => rsaPssSha256.privateKey(privateParts('rsa-2048-a')))).toBe('ERR_KEY');
  });
});

describe('ECDH', () => {
  test.each([
    [ecdhP256, 65, 4],
    [x25519, 32, 0],
  ] as const)('$0.name: a peer has $1 octets', (alg, size, first) => {
    for (const engine of [dhP256, dhX25519]) Object.assign(engine, { agree: () => octets(32) });
    const own = alg.privateKey(octets(32));
    const load = (length: number, head: number): string[] => {
      const peer = octets(length);
      peer[0] = head;
      return [
        outcome(() => alg.publicKey(peer).use),
        outcome(() => (alg.agree(own, peer).length === 32 ? 'agreed' : 'otherwise')),
      ];
    };
    expect(load(size, first)).toEqual(['public', 'agreed']);
    for (const other of [1, 33, 64, 66]) {
      expect(load(other, first)).toEqual(['ERR_KEY', 'ERR_KEY']);
    }
    if (alg === ecdhP256) {
      for (const head of [2, 3, 5, 6]) expect(load(size, head)).toEqual(['ERR_KEY', 'ERR_KEY']);
    }
  });
});

describe('AES-GCM', () => {
  const key = aes256Gcm.key(octets(32));
  test('sizes are checked before the engine is asked', () => {
    const open = (iv: number, tag: number): string =>
      outcome(() =>
        aes256Gcm.openForeign(key, {
          iv: octets(iv),
          ciphertext: octets(3),
          tag: octets(tag),
          aad: octets(0),
        }),
      );
    expect(open(12, 16)).toBe('01');
    expect(open(16, 16)).toBe('01');
    for (const iv of [0, 11, 13, 15, 17]) expect(open(iv, 16)).toBe('ERR_IV');
    for (const tag of [0, 4, 8, 12, 13, 14, 15, 17])
      expect(open(12, tag)).toBe('ERR_DECRYPT_FAILED');
    expect(outcome(() => aes256Gcm.open(key, octets(28), octets(0)))).toBe('01');
    for (const size of [0, 12, 27]) {
      expect(outcome(() => aes256Gcm.open(key, octets(size), octets(0)))).toBe(
        'ERR_DECRYPT_FAILED',
      );
    }
  });
});

describe('DSA', () => {
  const [item] = ofKind('dsa')[0]?.cases ?? [];
  if (item === undefined) throw new Error('no DSA vectors');
  if (engineName === 'noble') {
    test('is not on this engine', () => {
      const parts = { p: NONE, q: NONE, g: NONE, y: NONE };
      expect(() => dsaEngine.publicKey(parts)).toThrow(
        expect.objectContaining({ code: 'ERR_UNSUPPORTED_ENGINE' }),
      );
    });
    return;
  }
  const parts = { p: octetsOf(item, 'p'), q: octetsOf(item, 'q'), g: octetsOf(item, 'g') };
  const key = dsaSha1.publicKey({ ...parts, y: octetsOf(item, 'y') });
  const verify = (der: string): unknown => dsaSha1.verify(key, message, hex(der));

  test('r and s are above zero and below q', () => {
    Object.assign(dsaEngine, { verify: () => true });
    const q = Buffer.from(parts.q).toString('hex');
    const integer = (value: string): string =>
      `02${(value.length / 2).toString(16).padStart(2, '0')}${value}`;
    const both = (r: string, s: string): string => {
      const body = integer(r) + integer(s);
      return `30${(body.length / 2).toString(16).padStart(2, '0')}${body}`;
    };
    expect(verify(both('01', '01'))).toBe('weak');
    for (const bad of ['00', `00${q}`, `00${'ff'.repeat(parts.q.length)}`]) {
      expect(verify(both(bad, '01'))).toBe(false);
      expect(verify(both('01', bad))).toBe(false);
    }
    expect(verify(both('01', `01${'00'.repeat(parts.q.length)}`))).toBe(false);
    expect(verify('3003020101')).toBe(false);
    expect(verify('')).toBe(false);
    expect(verify('30060201010201')).toBe(false);
  });
});
