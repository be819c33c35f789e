// How a certificate says that it was signed, and whose key may have done it: each form by itself,
// written by hand. Whole paths are in x509.engine.test.ts.
import { describe, expect, test } from 'vitest';
import { derEncode, derObjectId, derSequence, readDer } from '../../src/bytes/der.js';
import { CountersignError } from '../../src/errors.js';
import type { CertificateParts } from '../../src/key/x509-certificate.js';
import {
  checkKey,
  checkSuits,
  isSignedBy,
  readMethod,
  type SignatureMethod,
} from '../../src/key/x509-signature.js';
import { ecdsaP256Sha256, ecdsaSecp256k1Sha256 } from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import {
  type RsaAlgorithm,
  rsaPkcs1Sha256,
  rsaPkcs1Sha384,
  rsaPkcs1Sha512,
  rsaPssSha256,
  rsaPssSha384,
  rsaPssSha512,
} from '../../src/primitive/rsa.js';
import { publicParts } from '../primitive/rsa-keys.js';
import { codeOf } from './x509-fixtures.js';

const NULL = derEncode(0x05);
const number = (value: number): Uint8Array => derEncode(0x02, Uint8Array.of(value));
const method = (oid: string, ...parameters: Uint8Array[]): SignatureMethod =>
  readMethod(readDer(derSequence(derObjectId(oid), ...parameters), 0x30));
const methodOf = (oid: string, ...parameters: Uint8Array[]): string =>
  codeOf(() => method(oid, ...parameters));

describe('a method', () => {
  test('is RSASSA-PKCS1-v1_5 with NULL, RFC 4055, section 5', () => {
    for (const [last, alg] of [
      [11, rsaPkcs1Sha256],
      [12, rsaPkcs1Sha384],
      [13, rsaPkcs1Sha512],
    ] as const) {
      const oid = `1.2.840.113549.1.1.${last}`;
      expect(method(oid, NULL)).toEqual({ family: 'rsa', alg });
      for (const parameters of [
        [],
        [derEncode(0x05, Uint8Array.of(0))],
        [derEncode(0x04)],
        [derSequence()],
      ]) {
        expect(methodOf(oid, ...parameters)).toBe('ERR_PATH_ALGORITHM');
      }
      expect(methodOf(oid, NULL, NULL)).toBe('ERR_KEY_FORM');
    }
  });

  test('is ECDSA or Ed25519 without parameters, RFC 5758 and RFC 8410', () => {
    for (const [last, hash] of [
      [2, 'SHA-256'],
      [3, 'SHA-384'],
      [4, 'SHA-512'],
    ] as const) {
      expect(method(`1.2.840.10045.4.3.${last}`)).toEqual({ family: 'ec', hash });
      expect(methodOf(`1.2.840.10045.4.3.${last}`, NULL)).toBe('ERR_PATH_ALGORITHM');
    }
    expect(method('1.3.101.112')).toEqual({ family: 'ed25519' });
    expect(methodOf('1.3.101.112', NULL)).toBe('ERR_PATH_ALGORITHM');
  });

  test('is none that is unknown, or over SHA-224', () => {
    // RSA and ECDSA over SHA-224, DSA over SHA-256, Ed448, RSA as keys have it, and nothing.
    for (const oid of [
      '1.2.840.113549.1.1.14',
      '1.2.840.10045.4.3.1',
      '2.16.840.1.101.3.4.3.2',
      '1.3.101.113',
      '1.2.840.113549.1.1.1',
      '1.2.3',
    ]) {
      expect(methodOf(oid)).toBe('ERR_PATH_ALGORITHM');
      expect(methodOf(oid, NULL)).toBe('ERR_PATH_ALGORITHM');
    }
  });

  test.each([
    ['MD2 with RSA', '1.2.840.113549.1.1.2'],
    ['MD4 with RSA', '1.2.840.113549.1.1.3'],
    ['MD5 with RSA', '1.2.840.113549.1.1.4'],
    ['SHA-1 with RSA', '1.2.840.113549.1.1.5'],
    ['MD5 with RSA, OIW', '1.3.14.3.2.3'],
    ['SHA-1 with RSA, OIW', '1.3.14.3.2.29'],
    ['SHA-1 with DSA, OIW', '1.3.14.3.2.27'],
    ['SHA-1 with DSA', '1.2.840.10040.4.3'],
    ['SHA-1 with ECDSA', '1.2.840.10045.4.1'],
  ])('is not %s', (_, oid) => {
    expect(methodOf(oid)).toBe('ERR_PATH_WEAK_HASH');
    expect(methodOf(oid, NULL)).toBe('ERR_PATH_WEAK_HASH');
  });
});

describe('RSASSA-PSS, RFC 4055, section 3.1', () => {
  const PSS = '1.2.840.113549.1.1.10';
  const HASHES = {
    'SHA-1': '1.3.14.3.2.26',
    'SHA-224': '2.16.840.1.101.3.4.2.4',
    'SHA-256': '2.16.840.1.101.3.4.2.1',
    'SHA-384': '2.16.840.1.101.3.4.2.2',
    'SHA-512': '2.16.840.1.101.3.4.2.3',
  } as const;
  const parameters = (
    hash: keyof typeof HASHES,
    mgf: keyof typeof HASHES,
    salt: number,
  ): Uint8Array => {
    const [own, other] = [hash, mgf].map((name) => derSequence(derObjectId(HASHES[name]), NULL));
    return derSequence(
      derEncode(0xa0, own ?? NULL),
      derEncode(0xa1, derSequence(derObjectId('1.2.840.113549.1.1.8'), other ?? NULL)),
      derEncode(0xa2, number(salt)),
    );
  };

  test('has one hash function, and a salt as long as its digest', () => {
    for (const [hash, size, alg] of [
      ['SHA-256', 32, rsaPssSha256],
      ['SHA-384', 48, rsaPssSha384],
      ['SHA-512', 64, rsaPssSha512],
    ] as const) {
      expect(method(PSS, parameters(hash, hash, size))).toEqual({ family: 'rsa', alg });
      for (const salt of [0, 20, size - 1, size + 1]) {
        expect(methodOf(PSS, parameters(hash, hash, salt))).toBe('ERR_PATH_ALGORITHM');
      }
      for (const other of ['SHA-224', 'SHA-256', 'SHA-384', 'SHA-512'] as const) {
        if (other === hash) continue;
        expect(methodOf(PSS, parameters(hash, other, size))).toBe('ERR_PATH_ALGORITHM');
      }
    }
    expect(methodOf(PSS, parameters('SHA-224', 'SHA-224', 28))).toBe('ERR_PATH_ALGORITHM');
  });

  test('has no SHA-1, in neither place and by no default', () => {
    for (const [hash, mgf, salt] of [
      ['SHA-1', 'SHA-1', 20],
      ['SHA-1', 'SHA-256', 20],
      ['SHA-256', 'SHA-1', 32],
    ] as const) {
      expect(methodOf(PSS, parameters(hash, mgf, salt))).toBe('ERR_PATH_WEAK_HASH');
    }
    expect(methodOf(PSS, derSequence())).toBe('ERR_PATH_WEAK_HASH');
  });

  test('has parameters, well formed', () => {
    expect(methodOf(PSS)).toBe('ERR_PATH_ALGORITHM');
    for (const bad of [NULL, derSequence(NULL), derSequence(derEncode(0xa4, number(1)))]) {
      expect(methodOf(PSS, bad)).toBe('ERR_PATH_ALGORITHM');
    }
  });
});

type Keys = Readonly<Record<string, CertificateParts['key']>>;
const scalar = new Uint8Array(32).fill(7);
const rsa = { kind: 'public', family: 'rsa', parts: publicParts('rsa-2048-a') } as const;
const keys: Keys = {
  rsa,
  ec: {
    kind: 'public',
    family: 'ec',
    curve: 'P-256',
    point: ecdsaP256Sha256.publicOf(ecdsaP256Sha256.privateKey(scalar)),
  },
  secp256k1: {
    kind: 'public',
    family: 'ec',
    curve: 'secp256k1',
    point: ecdsaSecp256k1Sha256.publicOf(ecdsaSecp256k1Sha256.privateKey(scalar)),
  },
  ed25519: {
    kind: 'public',
    family: 'ed25519',
    octets: ed25519.publicOf(ed25519.privateKey(scalar)),
  },
  x25519: { kind: 'public', family: 'x25519', octets: scalar },
};
const methods: Readonly<Record<string, SignatureMethod>> = {
  rsa: { family: 'rsa', alg: rsaPkcs1Sha256 },
  ec: { family: 'ec', hash: 'SHA-256' },
  ed25519: { family: 'ed25519' },
};

describe('a key', () => {
  const part = { tbs: scalar, signature: scalar } as unknown as CertificateParts;

  test('signs by the methods of its family', () => {
    for (const [family, way] of Object.entries(methods)) {
      for (const [name, key] of Object.entries(keys)) {
        const expected = name === family ? 'ok' : 'ERR_PATH_ALGORITHM';
        expect(
          codeOf(() => checkSuits(way, key)),
          `${name} by ${family}`,
        ).toBe(expected);
        expect(isSignedBy(part, way, key)).toBe(false);
      }
    }
  });

  test('that is of no use here says why', () => {
    const fault = new CountersignError('ERR_KEY_CURVE', 'on another curve');
    expect(codeOf(() => checkKey(fault))).toBe('ERR_KEY_CURVE');
    for (const way of Object.values(methods)) {
      expect(codeOf(() => checkSuits(way, fault))).toBe('ERR_KEY_CURVE');
      expect(codeOf(() => isSignedBy(part, way, fault))).toBe('ERR_KEY_CURVE');
    }
  });

  test('verifies what it signed, and nothing else', () => {
    const tbs = Uint8Array.from({ length: 90 }, (_, i) => i);
    const made = ed25519.sign(ed25519.privateKey(scalar), tbs);
    const verify = (signed: Uint8Array, signature: Uint8Array): boolean =>
      isSignedBy(
        { tbs: signed, signature } as unknown as CertificateParts,
        { family: 'ed25519' },
        keys['ed25519'] as never,
      );
    expect(verify(tbs, made)).toBe(true);
    expect(verify(tbs.subarray(1), made)).toBe(false);
    for (const way of [methods['rsa'], methods['ec']] as SignatureMethod[]) {
      const signed = { tbs, signature: made } as unknown as CertificateParts;
      expect(isSignedBy(signed, way, keys['ed25519'] as never)).toBe(false);
    }
    const form = { encoding: 'der', s: 'any' } as const;
    const signer = ecdsaP256Sha256.privateKey(scalar);
    const ecPart = { tbs, signature: ecdsaP256Sha256.sign(signer, tbs, form) };
    const byHash = (hash: string): boolean =>
      isSignedBy(
        ecPart as unknown as CertificateParts,
        { family: 'ec', hash },
        keys['ec'] as never,
      );
    expect(byHash('SHA-256')).toBe(true);
    expect(byHash('SHA-384')).toBe(false);
  });

  test('that is for RSASSA-PSS keeps to what it says', () => {
    type Restriction = 'any' | { hash: string; mgfHash: string; saltLength: number };
    const suits = (alg: RsaAlgorithm, pss: Restriction): string =>
      codeOf(() => checkSuits({ family: 'rsa', alg }, { ...rsa, pss }));
    const exact = { hash: 'SHA-256', mgfHash: 'SHA-256', saltLength: 32 };
    expect(suits(rsaPssSha256, 'any')).toBe('ok');
    expect(suits(rsaPkcs1Sha256, 'any')).toBe('ERR_PATH_ALGORITHM');
    expect(suits(rsaPssSha256, exact)).toBe('ok');
    expect(suits(rsaPssSha256, { ...exact, saltLength: 20 })).toBe('ok');
    expect(suits(rsaPkcs1Sha256, exact)).toBe('ERR_PATH_ALGORITHM');
    for (const change of [
      { hash: 'SHA-384' },
      { mgfHash: 'SHA-384' },
      { hash: 'SHA-384', mgfHash: 'SHA-384' },
      { saltLength: 33 },
    ]) {
      expect(suits(rsaPssSha256, { ...exact, ...change })).toBe('ERR_PATH_ALGORITHM');
    }
  });
});
