// Scalars are drawn above the engines, so that one of them is enough.
import { describe, expect, test } from 'vitest';
import { generateKeyPair } from '../../src/key/ec.js';
import { exportPrivateKeyInTheClear } from '../../src/key/export.js';
import {
  ecdsaP256Sha256,
  ecdsaP384Sha384,
  ecdsaP521Sha512,
  ecdsaSecp256k1Sha256,
} from '../../src/primitive/ecdsa.js';

describe('a drawn scalar', () => {
  const firstOctets = (alg: typeof ecdsaP256Sha256): number[] =>
    Array.from({ length: 40 }, () => {
      const { d = '' } = exportPrivateKeyInTheClear(generateKeyPair({ alg }).privateKey, 'jwk');
      return Buffer.from(d, 'base64url')[0] ?? -1;
    });

  test.each([ecdsaP256Sha256, ecdsaP384Sha384, ecdsaSecp256k1Sha256])(
    'of $curve has any first octet',
    (alg) => {
      // That none is above 1 happens once in 2^280.
      expect(Math.max(...firstOctets(alg))).toBeGreaterThan(1);
    },
  );

  test('of P-521 has 521 bits, of the first octet the last one alone', () => {
    expect(new Set(firstOctets(ecdsaP521Sha512))).toEqual(new Set([0, 1]));
  });
});
