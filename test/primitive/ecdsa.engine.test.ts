// ECDSA beside its vectors: one encoding into the other, and the hash functions of certificates.
import { createPrivateKey, sign as nodeSign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { derEncode, derInteger, derSequence } from '../../src/bytes/der.js';
import { decodeInteger, encodeInteger } from '../../src/bytes/integer.js';
import { isEcdsaPair, verifyEcdsaHash } from '../../src/primitive/ecdsa-hash.js';
import {
  type EcdsaAlgorithm,
  ecdsaP256Sha256,
  ecdsaP384Sha384,
  ecdsaP521Sha512,
  ecdsaSecp256k1Sha256,
} from '../../src/primitive/ecdsa.js';
import { outcome } from '../vectors.js';

// n of SP 800-186, section 3.2.1.3, less one, and halved.
const HALF = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;
const ORDER = 2n * HALF + 1n;
const message = Uint8Array.from({ length: 40 }, (_, i) => i);
const fixed = (r: bigint, s: bigint): Uint8Array =>
  Uint8Array.of(...encodeInteger(r, 32), ...encodeInteger(s, 32));
const der = (...parts: Uint8Array[]): Uint8Array => derSequence(...parts.map(derInteger));
const octets = (value: bigint, size = 32): Uint8Array => encodeInteger(value, size);

describe('a signature is converted', () => {
  const convert = (signature: Uint8Array, from: 'fixed' | 'der', s: 'low' | 'any'): string =>
    outcome(() => ecdsaP256Sha256.convert(signature, from, { encoding: 'fixed', s }));
  const shown = (r: bigint, s: bigint): string => Buffer.from(fixed(r, s)).toString('hex');

  test('to its low form if that is asked for, and half of the order is low', () => {
    for (const from of ['fixed', 'der'] as const) {
      const written = (s: bigint): Uint8Array =>
        from === 'fixed' ? fixed(5n, s) : der(octets(5n), octets(s));
      for (const s of [1n, HALF - 1n, HALF]) {
        expect(convert(written(s), from, 'low')).toBe(shown(5n, s));
        expect(convert(written(s), from, 'any')).toBe(shown(5n, s));
        expect(convert(written(ORDER - s), from, 'low')).toBe(shown(5n, s));
        expect(convert(written(ORDER - s), from, 'any')).toBe(shown(5n, ORDER - s));
      }
    }
  });

  test('unless it is none', () => {
    const bad: [Uint8Array, 'fixed' | 'der'][] = [
      [new Uint8Array(0), 'fixed'],
      [new Uint8Array(64), 'fixed'],
      [fixed(1n, ORDER), 'fixed'],
      [fixed(1n, 1n).subarray(1), 'fixed'],
      [fixed(1n, 1n), 'der'],
      [der(octets(1n)), 'der'],
      [der(octets(1n), octets(1n), octets(1n)), 'der'],
      [der(octets(1n), octets(0n)), 'der'],
      // Longer than a coordinate: written at its end, the second would reach into the first.
      [der(octets(1n), octets(5n * 2n ** 256n + 1n, 33)), 'der'],
      [der(octets(1n), octets(decodeInteger(fixed(5n, 7n)), 64)), 'der'],
      [der(octets(5n * 2n ** 256n + 1n, 33), octets(1n)), 'der'],
      [derEncode(0x30), 'der'],
    ];
    for (const [signature, from] of bad) {
      expect(convert(signature, from, 'any'), Buffer.from(signature).toString('hex')).toBe(
        'ERR_SIGNATURE',
      );
      const key = ecdsaP256Sha256.publicKey(
        ecdsaP256Sha256.publicOf(ecdsaP256Sha256.privateKey(octets(9n))),
      );
      const form = { encoding: from, s: 'any' } as const;
      expect(ecdsaP256Sha256.verify(key, message, signature, form)).toBe(false);
    }
  });
});

describe('a hash function beside the curve’s own', () => {
  const hashes = ['SHA-256', 'SHA-384', 'SHA-512'];
  const nameOf: Readonly<Record<string, string>> = {
    'P-256': 'prime256v1',
    'P-384': 'secp384r1',
  };

  test('goes with P-256 and P-384 alone', () => {
    for (const curve of ['P-256', 'P-384']) {
      for (const hash of hashes) expect(isEcdsaPair(curve, hash)).toBe(true);
      for (const hash of ['SHA-1', 'SHA-224', 'MD5', '']) {
        expect(isEcdsaPair(curve, hash)).toBe(false);
      }
    }
    for (const curve of ['P-521', 'secp256k1', '']) {
      for (const hash of hashes) expect(isEcdsaPair(curve, hash)).toBe(false);
    }
  });

  test.each([ecdsaP256Sha256, ecdsaP384Sha384])('$curve: is the one that was signed', (alg) => {
    const secret = encodeInteger(77n, alg.size);
    const point = alg.publicOf(alg.privateKey(secret));
    const [x, y] = [point.subarray(1, 1 + alg.size), point.subarray(1 + alg.size)];
    const jwk = { kty: 'EC', crv: alg.curve, d: text(secret), x: text(x), y: text(y) };
    const signer = createPrivateKey({ key: jwk, format: 'jwk' });
    expect(signer.asymmetricKeyDetails?.namedCurve).toBe(nameOf[alg.curve]);
    const key = alg.publicKey(point);
    for (const hash of hashes) {
      const made = Uint8Array.from(nodeSign(hash.replace('-', ''), message, signer));
      for (const other of hashes) {
        expect(verifyEcdsaHash(alg, other, key, message, made)).toBe(other === hash);
      }
      expect(verifyEcdsaHash(alg, hash, key, message.subarray(1), made)).toBe(false);
      expect(verifyEcdsaHash(alg, hash, key, message, made.subarray(1))).toBe(false);
      const raw = alg.convert(made, 'der', { encoding: 'fixed', s: 'any' });
      expect(verifyEcdsaHash(alg, hash, key, message, raw)).toBe(false);
      expect(() => verifyEcdsaHash(alg, hash, key, 'text' as never, made)).toThrow(TypeError);
    }
    expect(() => verifyEcdsaHash(alg, 'SHA-1', key, message, message)).toThrow(/goes with/);
    const foreign = alg === ecdsaP256Sha256 ? ecdsaP384Sha384 : ecdsaP256Sha256;
    expect(() => verifyEcdsaHash(foreign, 'SHA-256', key, message, message)).toThrow(TypeError);
  });

  test.each<EcdsaAlgorithm>([ecdsaP521Sha512, ecdsaSecp256k1Sha256])('$curve: none', (alg) => {
    const key = alg.publicKey(alg.publicOf(alg.privateKey(encodeInteger(77n, alg.size))));
    for (const hash of hashes) {
      expect(() => verifyEcdsaHash(alg, hash, key, message, message)).toThrow(/goes with/);
    }
  });
});

function text(value: Uint8Array): string {
  return Buffer.from(value).toString('base64url');
}
