// Compressed points, SEC 1, section 2.3.4, against OpenSSL.
import { ECDH } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { encodeInteger } from '../../src/bytes/integer.js';
import { publicHalf } from '../../src/key/material.js';
import { uncompressed } from '../../src/key/point.js';
import {
  ecdsaP256Sha256,
  ecdsaP384Sha384,
  ecdsaP521Sha512,
  ecdsaSecp256k1Sha256,
} from '../../src/primitive/ecdsa.js';
import { privateParts } from '../primitive/rsa-keys.js';
import { outcome } from '../vectors.js';

const NAMES = {
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
  secp256k1: 'secp256k1',
} as const;

describe.each([ecdsaP256Sha256, ecdsaP384Sha384, ecdsaP521Sha512, ecdsaSecp256k1Sha256])(
  'on $curve',
  (alg) => {
    const { curve, size } = alg;
    const compressed = (prefix: number, x: bigint): Uint8Array =>
      Uint8Array.of(prefix, ...encodeInteger(x, size));
    const byOpenSsl = (point: Uint8Array): string => {
      try {
        const converted = ECDH.convertKey(point, NAMES[curve], undefined, 'hex', 'uncompressed');
        return String(converted);
      } catch {
        return 'none';
      }
    };

    test('a point is the one of its x and its parity, or none', () => {
      let found = 0;
      for (let x = 0n; x < 24n; x++) {
        for (const prefix of [2, 3]) {
          const point = uncompressed(curve, compressed(prefix, x));
          const expected = byOpenSsl(compressed(prefix, x));
          if (expected === 'none') expect(outcome(() => alg.publicKey(point))).toBe('ERR_KEY');
          else {
            found += 1;
            expect(Buffer.from(point).toString('hex')).toBe(expected);
            expect(alg.publicKey(point).use).toBe('public');
          }
        }
      }
      expect(found).toBeGreaterThan(10);
      expect(found).toBeLessThan(38);
    });

    test('what is no compressed point of its size is left as it is', () => {
      for (const prefix of [0, 1, 4, 5, 6, 7]) {
        const point = compressed(prefix, 5n);
        expect(uncompressed(curve, point)).toBe(point);
      }
      for (const point of [compressed(2, 5n).subarray(1), Uint8Array.of(2), new Uint8Array(0)]) {
        expect(uncompressed(curve, point)).toBe(point);
      }
      const longer = Uint8Array.of(...compressed(3, 5n), 0);
      expect(uncompressed(curve, longer)).toBe(longer);
    });
  },
);

test('the public half of an RSA key is its modulus and its exponent', () => {
  const parts = privateParts('rsa-2048-a');
  const { n, e } = parts;
  expect(publicHalf({ kind: 'private', family: 'rsa', parts })).toEqual({
    kind: 'public',
    family: 'rsa',
    parts: { n, e },
  });
});

test('a secret has no public half', () => {
  const secret = { kind: 'secret', octets: new Uint8Array(32) } as const;
  expect(() => publicHalf(secret)).toThrow('key: expected half of a key pair');
});
