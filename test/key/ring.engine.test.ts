// Rings: exact names, times, primaries, changes that leave the old ring as it was.
import { describe, expect, test } from 'vitest';
import { derInteger, derSequence } from '../../src/bytes/der.js';
import { CountersignError } from '../../src/errors.js';
import { generateKeyPair } from '../../src/key/ed25519.js';
import { importPublicKey } from '../../src/key/rsa.js';
import { createRing, type KeyRing } from '../../src/key/ring.js';
import { generateSecret } from '../../src/key/secret.js';
import { mac, sign, verify } from '../../src/key/use.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { hmacSha256, hmacSha512 } from '../../src/primitive/hmac.js';
import { aes256Gcm } from '../../src/primitive/aes-gcm.js';
import { rsaPkcs1Sha1 } from '../../src/primitive/legacy/rsa.js';
import { publicParts } from '../primitive/rsa-keys.js';

const NOW = 1_700_000_000;
const secret = (id?: string) =>
  generateSecret({ alg: hmacSha256, use: 'verify', ...(id === undefined ? {} : { id }) });
const slot = { alg: hmacSha256, use: 'verify' } as const;
const named = (id: string) => ({ ...slot, id });

function code(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error instanceof CountersignError ? error.code : error;
  }
}
const ids = (ring: KeyRing): string[] => ring.keys.map(({ id }) => id);

describe('a key is found by id, algorithm and use', () => {
  const pair = generateKeyPair({ alg: ed25519 });
  const key = secret('may');
  const make = (): KeyRing =>
    createRing([{ key }, { key: pair.publicKey }, { key: pair.privateKey }]);

  test('and by nothing less', () => {
    const ring = make();
    expect(ring.find(named('may'), NOW).key).toBe(key);
    expect(code(() => ring.find(named('june'), NOW))).toBe('ERR_KEY_UNKNOWN');
    expect(code(() => ring.find(named('MAY'), NOW))).toBe('ERR_KEY_UNKNOWN');
    expect(code(() => ring.find(named('may '), NOW))).toBe('ERR_KEY_UNKNOWN');
    expect(code(() => ring.find({ ...named('may'), use: 'mac' }, NOW))).toBe('ERR_KEY_UNKNOWN');
    expect(code(() => ring.find({ ...named('may'), alg: hmacSha512 }, NOW))).toBe(
      'ERR_KEY_UNKNOWN',
    );
    expect(code(() => ring.find(named('__proto__'), NOW))).toBe('ERR_KEY_UNKNOWN');
  });

  test('one id stands once for each algorithm and use', () => {
    const ring = make();
    const id = pair.publicKey.id ?? '';
    expect(pair.privateKey.id).toBe(id);
    const { key: signer } = ring.find({ id, alg: ed25519, use: 'sign' }, NOW);
    const { key: verifier } = ring.find({ id, alg: ed25519, use: 'verify' }, NOW);
    const message = Uint8Array.of(1, 2);
    expect(verify(verifier, message, sign(signer, message))).toBe(true);
    expect(code(() => createRing([{ key }, { key: secret('may') }]))).toBe('ERR_KEY_DUPLICATE');
  });

  test('an unknown id is not repeated in the text', () => {
    const id = 'ZZZ-from-the-message';
    const ring = make();
    expect(() => ring.find(named(id), NOW)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(id) as string }) as Error,
    );
  });
});

describe('secrets without a name', () => {
  test('are k1, k2, … among their like, and no position is given out twice', () => {
    const ring = createRing([{ key: secret() }, { key: secret('may') }, { key: secret() }]);
    expect(ids(ring)).toEqual(['k1', 'may', 'k3']);
    const signer = createRing([
      { key: generateSecret({ alg: hmacSha256, use: 'mac' }) },
      { key: secret() },
    ]);
    expect(ids(signer)).toEqual(['k1', 'k1']);
    const less = ring.with({ remove: [named('k3')] });
    expect(ids(less.with({ add: [{ key: secret() }] }))).toEqual(['k1', 'may', 'k4']);
  });

  test('are counted for each algorithm and each use', () => {
    const made = [
      secret(),
      generateSecret({ alg: hmacSha512, use: 'verify' }),
      generateSecret({ alg: hmacSha256, use: 'mac' }),
      secret(),
    ];
    expect(ids(createRing(made.map((key) => ({ key }))))).toEqual(['k1', 'k1', 'k1', 'k2']);
  });

  test('do not take a name that is there', () => {
    expect(code(() => createRing([{ key: secret('k2') }, { key: secret() }]))).toBe(
      'ERR_KEY_DUPLICATE',
    );
  });
});

describe('times', () => {
  const ring = createRing([{ key: secret('a'), notBefore: NOW, notAfter: NOW + 10 }]);

  test.each([
    [NOW - 1, 'ERR_KEY_NOT_YET_VALID'],
    [NOW, 'a'],
    [NOW + 10, 'a'],
    [NOW + 11, 'ERR_KEY_EXPIRED'],
  ])('at %i: %s', (now, expected) => {
    expect(code(() => ring.find(named('a'), now).id)).toBe(expected);
    expect(code(() => ring.primary(slot, now).id)).toBe(expected);
    const candidates = expected === 'a' ? 'a' : 'ERR_KEY_UNKNOWN';
    expect(code(() => ring.candidates(slot, now)[0]?.id)).toBe(candidates);
  });

  test.each([NaN, Infinity, undefined, '', '1', -1, 1.5, 1_700_000_000_000])(
    '%s is no time',
    (now) => {
      for (const call of [
        () => ring.find(named('a'), now as number),
        () => ring.primary(slot, now as number),
        () => ring.candidates(slot, now as number),
        () => ring.with({ retire: [{ ...named('a'), notAfter: now as number }] }),
      ]) {
        expect(call).toThrow(TypeError);
      }
      if (now === undefined) return;
      expect(() => createRing([{ key: secret(), notBefore: now as number }])).toThrow(TypeError);
      expect(() => createRing([{ key: secret(), notAfter: now as number }])).toThrow(TypeError);
    },
  );
});

describe('changes', () => {
  const [a, b] = [secret('a'), secret('b')];
  const ring = createRing([{ key: a }, { key: b }]);
  const primary = (of: KeyRing): string => of.primary(slot, NOW).id;

  test('make another ring', () => {
    const next = ring.with({
      add: [{ key: secret('c') }],
      promote: [named('c')],
      retire: [{ ...named('b'), notAfter: NOW - 1 }],
      remove: [named('a')],
    });
    expect(ids(next)).toEqual(['b', 'c']);
    expect(primary(next)).toBe('c');
    expect(code(() => next.find(named('b'), NOW))).toBe('ERR_KEY_EXPIRED');
    expect(ids(ring)).toEqual(['a', 'b']);
    expect(primary(ring)).toBe('a');
    expect(ring.find(named('b'), NOW).key).toBe(b);
    expect(Object.isFrozen(ring) && Object.isFrozen(ring.keys)).toBe(true);
    expect(ring.keys.every((entry) => Object.isFrozen(entry))).toBe(true);
  });

  test('a primary goes when another has been promoted, or with the last of its like', () => {
    expect(() => ring.with({ remove: [named('a')] })).toThrow(TypeError);
    expect(ids(ring.with({ remove: [named('b'), named('a')] }))).toEqual([]);
    expect(primary(ring.with({ promote: [named('b')], remove: [named('a')] }))).toBe('b');
  });

  test('retire a primary when another has been promoted, or when it is alone', () => {
    const retire = [{ ...named('a'), notAfter: NOW }];
    expect(() => ring.with({ retire })).toThrow(TypeError);
    expect(primary(ring.with({ promote: [named('b')], retire }))).toBe('b');
    const alone = createRing([{ key: a }]).with({ retire });
    expect(code(() => alone.primary(slot, NOW + 1))).toBe('ERR_KEY_EXPIRED');
  });

  test('do not lengthen a life, nor turn it round, nor give a key two names', () => {
    const short = createRing([{ key: a, notAfter: NOW }]);
    expect(() => short.with({ retire: [{ ...named('a'), notAfter: NOW + 1 }] })).toThrow(TypeError);
    expect(() => createRing([{ key: a, notBefore: NOW, notAfter: NOW - 1 }])).toThrow(TypeError);
    const later = (notAfter: number): unknown =>
      code(() => short.with({ retire: [{ ...named('a'), notAfter }] }).keys[0]?.notAfter);
    expect(later(NOW)).toBe(NOW);
    expect(later(NOW - 1)).toBe(NOW - 1);
    const unnamed = secret();
    expect(code(() => createRing([{ key: unnamed }, { key: unnamed }]))).toBe('ERR_KEY_DUPLICATE');
  });

  test('take a first second, a last one, both, or one that is both', () => {
    for (const times of [{ notBefore: NOW }, { notAfter: NOW }]) {
      expect(createRing([{ key: a, ...times }]).find(named('a'), NOW)).toMatchObject(times);
    }
    const second = createRing([{ key: a, notBefore: NOW, notAfter: NOW }]);
    expect(second.find(named('a'), NOW).key).toBe(a);
    expect(code(() => second.find(named('a'), NOW - 1))).toBe('ERR_KEY_NOT_YET_VALID');
    expect(code(() => second.find(named('a'), NOW + 1))).toBe('ERR_KEY_EXPIRED');
    expect(createRing([{ key: a, notBefore: NOW, notAfter: NOW + 1 }]).keys).toHaveLength(1);
  });

  test('that are spelled wrong are refused', () => {
    for (const none of ['x', {}, 1, null]) {
      expect(() => ring.with({ add: none as never })).toThrow(/changes\.add: expected an array/);
    }
    expect(() => createRing([{ key: a, notafter: 5 } as never])).toThrow(TypeError);
    expect(() => ring.with({ ad: [] } as never)).toThrow(TypeError);
    expect(() => ring.with({})).toThrow(TypeError);
  });

  test('promote within one algorithm and use alone', () => {
    const both = ring.with({ add: [{ key: generateSecret({ alg: hmacSha256, use: 'mac' }) }] });
    expect(both.with({ promote: [named('b')] }).primary({ ...slot, use: 'mac' }, NOW).id).toBe(
      'k1',
    );
  });

  test('of keys that are not there are refused', () => {
    for (const change of [
      { promote: [named('x')] },
      { remove: [named('x')] },
      { retire: [{ ...named('x'), notAfter: NOW }] },
    ]) {
      expect(code(() => ring.with(change))).toBe('ERR_KEY_UNKNOWN');
    }
  });

  test('rotate a secret while messages of both are under way', () => {
    const old = { key: secret('2025') };
    const rotated = createRing([old]).with({
      add: [{ key: secret('2026') }],
      promote: [named('2026')],
      retire: [{ ...named('2025'), notAfter: NOW + 3600 }],
    });
    expect(rotated.find(named('2025'), NOW + 3600).key).toBe(old.key);
    expect(code(() => rotated.find(named('2025'), NOW + 3601))).toBe('ERR_KEY_EXPIRED');
    expect(primary(rotated)).toBe('2026');
  });
});

describe('candidates', () => {
  test('come with the primary first', () => {
    const ring = createRing([{ key: secret('a') }, { key: secret('b') }, { key: secret('c') }]);
    const found = ring.with({ promote: [named('c')] }).candidates(slot, NOW);
    expect(found.map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });

  test('are at most 8 secrets or 2 public keys', () => {
    const secrets = Array.from({ length: 9 }, () => ({ key: secret() }));
    expect(createRing(secrets.slice(1)).candidates(slot, NOW)).toHaveLength(8);
    expect(code(() => createRing(secrets).candidates(slot, NOW))).toBe('ERR_KEY_AMBIGUOUS');
    const keys = Array.from({ length: 3 }, () => ({
      key: generateKeyPair({ alg: ed25519 }).publicKey,
    }));
    const verifying = { alg: ed25519, use: 'verify' } as const;
    expect(createRing(keys.slice(1)).candidates(verifying, NOW)).toHaveLength(2);
    expect(code(() => createRing(keys).candidates(verifying, NOW))).toBe('ERR_KEY_AMBIGUOUS');
  });

  test('are 2 of an algorithm that only verifies too', () => {
    const parts = publicParts('rsa-2048-a');
    const der = derSequence(...[parts.n, parts.e].map(derInteger));
    const verifying = { alg: rsaPkcs1Sha1, use: 'verify' } as const;
    const keys = ['a', 'b', 'c'].map((id) => ({ key: importPublicKey(der, { ...verifying, id }) }));
    expect(createRing(keys.slice(1)).candidates(verifying, NOW)).toHaveLength(2);
    expect(code(() => createRing(keys).candidates(verifying, NOW))).toBe('ERR_KEY_AMBIGUOUS');
  });

  test('of nothing are an error', () => {
    const ring = createRing([{ key: generateSecret({ alg: aes256Gcm, use: 'open' }) }]);
    expect(code(() => ring.candidates(slot, NOW))).toBe('ERR_KEY_UNKNOWN');
    expect(code(() => ring.primary(slot, NOW))).toBe('ERR_KEY_UNKNOWN');
    for (const none of [[], undefined, {}])
      expect(() => createRing(none as never)).toThrow(TypeError);
    expect(ring.candidates({ alg: aes256Gcm, use: 'open' }, NOW)).toHaveLength(1);
  });
});

test('only handles are taken', () => {
  expect(() => createRing([{ key: {} as never }])).toThrow(TypeError);
  expect(() => createRing([{ key: undefined as never }])).toThrow(TypeError);
  const tag = mac(generateSecret({ alg: hmacSha256, use: 'mac' }), Uint8Array.of(1));
  expect(() => createRing([{ key: tag as never }])).toThrow(TypeError);
});
