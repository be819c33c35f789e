// What the vectors of AES-CBC with HMAC don't show: the IV is fresh, the order of the checks, and
// that a key of one size serves no other.
import { describe, expect, test } from 'vitest';
import * as cbcHmac from '../../src/primitive/aes-cbc-hmac.js';
import { outcome } from '../vectors.js';

const ALL = Object.values(cbcHmac);
const secret = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, i) => 3 * i + 1);
const message = secret(70);
const aad = secret(13);

describe.each(ALL.map((algorithm) => [algorithm.name, algorithm] as const))(
  '%s',
  (_, algorithm) => {
    const { keySize, nonceSize, tagSize } = algorithm;
    const key = algorithm.key(secret(keySize));
    const sealed = algorithm.seal(key, message, aad);
    const part = (start: number, end?: number): Uint8Array => sealed.slice(start, end);

    test('draws an IV for each message', () => {
      const ivs = Array.from({ length: 20 }, () =>
        algorithm.seal(key, message, aad).subarray(0, nonceSize).join(),
      );
      expect(new Set(ivs).size).toBe(20);
    });

    test('has whole blocks between the IV and the tag', () => {
      expect([nonceSize, tagSize]).toEqual([16, keySize / 2]);
      expect(sealed.length).toBe(nonceSize + 80 + tagSize);
    });

    test('opens in parts as in one', () => {
      const parts = { iv: part(0, 16), ciphertext: part(16, -tagSize), tag: part(-tagSize), aad };
      expect(algorithm.openForeign(key, parts)).toEqual(message);
      expect(algorithm.open(key, sealed, aad)).toEqual(message);
    });

    test('opens nothing with one bit changed, wherever it is', () => {
      for (let bit = 0; bit < 8 * sealed.length; bit += 3) {
        const changed = new Uint8Array(sealed);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(outcome(() => algorithm.open(key, changed, aad))).toBe('ERR_DECRYPT_FAILED');
      }
    });

    test.each([0, 15, 16, 31, 32])('opens nothing of %i octets', (length) => {
      expect(outcome(() => algorithm.open(key, sealed.slice(0, length), aad))).toBe(
        'ERR_DECRYPT_FAILED',
      );
    });

    test.each([12, 15, 17])('takes no IV of %i octets', (length) => {
      const parts = {
        iv: secret(length),
        ciphertext: part(16, -tagSize),
        tag: part(-tagSize),
        aad,
      };
      expect(outcome(() => algorithm.openForeign(key, parts))).toBe('ERR_IV');
    });

    test('takes keys of its size alone', () => {
      for (const size of [0, 16, 32, 48, 64].filter((one) => one !== keySize)) {
        expect(outcome(() => algorithm.key(secret(size)))).toBe('ERR_KEY');
      }
    });
  },
);
