// Containers written by hand, octet by octet: the versions, the order and the count of what stands in
// them. What openssl writes is in the corpus; what it would never write is here.
import { describe, expect, test } from 'vitest';
import { derBitString, derEncode, derObjectId, derSequence, readDer } from '../../src/bytes/der.js';
import { readContainer } from '../../src/key/container.js';
import * as ec from '../../src/key/ec.js';
import * as ed from '../../src/key/ed25519.js';
import { readPssParameters } from '../../src/key/pss.js';
import * as rsa from '../../src/key/rsa.js';
import { ecdsaP256Sha256 } from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { type RsaAlgorithm, rsaPkcs1Sha256, rsaPssSha256 } from '../../src/primitive/rsa.js';
import { privateParts } from '../primitive/rsa-keys.js';
import { engineName, outcome } from '../vectors.js';

const OCTETS = 0x04;
const NULL = derEncode(0x05);
const number = (...digits: number[]): Uint8Array => derEncode(0x02, Uint8Array.from(digits));
const oid = (dotted: string): Uint8Array => derObjectId(dotted);

const scalar = new Uint8Array(32).fill(0x11);
const point = ecdsaP256Sha256.publicOf(ecdsaP256Sha256.privateKey(scalar));
const CURVE = oid('1.2.840.10045.3.1.7');
const P256 = derSequence(oid('1.2.840.10045.2.1'), CURVE);
const seed = new Uint8Array(32).fill(0x22);
const ED25519 = derSequence(oid('1.3.101.112'));

const asEc = (der: Uint8Array): string =>
  outcome(() => ec.importPrivateKey(der, { alg: ecdsaP256Sha256, use: 'sign' }).use);
const asEd = (der: Uint8Array): string =>
  outcome(() => ed.importPrivateKey(der, { alg: ed25519, use: 'sign' }).use);
const asRsa = (der: Uint8Array, alg: RsaAlgorithm = rsaPkcs1Sha256): string =>
  outcome(() => rsa.importPublicKey(der, { alg, use: 'verify' }).use);
const asPrivateRsa = (der: Uint8Array): string =>
  outcome(() => rsa.importPrivateKey(der, { alg: rsaPkcs1Sha256, use: 'sign' }).use);

describe('PrivateKeyInfo, RFC 5958, section 2', () => {
  const pkcs8 = (version: Uint8Array, ...rest: Uint8Array[]): string =>
    asEd(derSequence(version, ED25519, derEncode(OCTETS, derEncode(OCTETS, seed)), ...rest));
  const attributes = derEncode(0xa0);
  const own = ed25519.publicOf(ed25519.privateKey(seed));
  const publicKey = derEncode(0x81, Uint8Array.of(0), own);

  test('has a public key in version 1 alone, after the attributes', () => {
    expect(pkcs8(number(0))).toBe('sign');
    expect(pkcs8(number(0), attributes)).toBe('sign');
    for (const rest of [[], [attributes], [publicKey], [attributes, publicKey]]) {
      expect(pkcs8(number(1), ...rest)).toBe('sign');
    }
    expect(pkcs8(number(0), publicKey)).toBe('ERR_KEY_FORM');
    expect(pkcs8(number(0), attributes, publicKey)).toBe('ERR_KEY_FORM');
    expect(pkcs8(number(1), publicKey, attributes)).toBe('ERR_KEY_FORM');
  });

  test('has no other version, and nothing twice or unknown', () => {
    for (const version of [number(2), number(0x7f), number(1, 0), number(1, 1)]) {
      expect(pkcs8(version)).toBe('ERR_KEY_FORM');
    }
    for (const rest of [
      [attributes, attributes],
      [publicKey, publicKey],
      [derEncode(0xa2)],
      [NULL],
      [attributes, NULL],
    ]) {
      expect(pkcs8(number(0), ...rest)).toBe('ERR_KEY_FORM');
      expect(pkcs8(number(1), ...rest)).toBe('ERR_KEY_FORM');
    }
  });

  test('has a public key that is the private one’s, and whole octets', () => {
    const changed = Uint8Array.from(own, (octet, i) => (i === 9 ? octet ^ 1 : octet));
    expect(pkcs8(number(1), derEncode(0x81, Uint8Array.of(0), changed))).toBe('ERR_KEY');
    expect(pkcs8(number(1), derEncode(0x81, Uint8Array.of(1), own))).toBe('ERR_DER');
  });

  test('has one key in it, written as RFC 8410, section 7, has it', () => {
    const holding = (...key: Uint8Array[]): string =>
      asEd(derSequence(number(0), ED25519, derEncode(OCTETS, ...key)));
    expect(holding(derEncode(OCTETS, seed))).toBe('sign');
    expect(holding(seed)).toBe('ERR_DER');
    expect(holding(derEncode(OCTETS, seed), NULL)).toBe('ERR_DER');
  });
});

describe('AlgorithmIdentifier', () => {
  const withAlgorithm = (...members: Uint8Array[]): string =>
    asEd(
      derSequence(number(0), derSequence(...members), derEncode(OCTETS, derEncode(OCTETS, seed))),
    );

  test('has at most two members, and no parameters with Ed25519, RFC 8410, section 3', () => {
    expect(withAlgorithm(oid('1.3.101.112'))).toBe('sign');
    expect(withAlgorithm(oid('1.3.101.112'), NULL)).toBe('ERR_KEY_FAMILY');
    expect(withAlgorithm(oid('1.3.101.112'), NULL, NULL)).toBe('ERR_KEY_FORM');
    expect(withAlgorithm()).toBe('ERR_KEY_FORM');
    expect(withAlgorithm(oid('1.3.101.113'))).toBe('ERR_KEY_FAMILY');
  });
});

describe('ECPrivateKey, RFC 5915, section 3', () => {
  const secret = derEncode(OCTETS, scalar);
  const sec1 = (...members: Uint8Array[]): string => asEc(derSequence(...members));
  const curve = derEncode(0xa0, CURVE);
  const publicKey = derEncode(0xa1, derBitString(point));

  test('has version 1, then its curve, then its public key', () => {
    expect(sec1(number(1), secret, curve)).toBe('sign');
    expect(sec1(number(1), secret, curve, publicKey)).toBe('sign');
    for (const version of [number(0), number(2), number(1, 1)]) {
      expect(sec1(version, secret, curve)).toBe('ERR_KEY_FORM');
    }
    for (const rest of [
      [publicKey, curve],
      [curve, curve],
      [curve, publicKey, publicKey],
      [curve, derEncode(0xa2)],
      [curve, NULL],
    ]) {
      expect(sec1(number(1), secret, ...rest)).toBe('ERR_KEY_FORM');
    }
  });

  test('names a curve, unless its container does', () => {
    const inside = (...rest: Uint8Array[]): string =>
      asEc(
        derSequence(number(0), P256, derEncode(OCTETS, derSequence(number(1), secret, ...rest))),
      );
    expect(sec1(number(1), secret)).toBe('ERR_KEY_CURVE');
    expect(sec1(number(1), secret, publicKey)).toBe('ERR_KEY_CURVE');
    expect(inside()).toBe('sign');
    expect(inside(curve)).toBe('sign');
    expect(inside(derEncode(0xa0, oid('1.3.132.0.10')))).toBe('ERR_KEY_CURVE');
    // Parameters that are no name, ANSI X9.62, and a curve that is not here.
    expect(inside(derEncode(0xa0, derSequence(number(1))))).toBe('ERR_KEY_CURVE');
    expect(inside(derEncode(0xa0, oid('1.3.132.0.33')))).toBe('ERR_KEY_CURVE');
  });

  test('has one value in each of its tags', () => {
    expect(sec1(number(1), secret, derEncode(0xa0, CURVE, CURVE))).toBe('ERR_KEY_FORM');
    expect(sec1(number(1), secret, derEncode(0xa0))).toBe('ERR_KEY_FORM');
    const twice = derEncode(0xa1, derBitString(point), derBitString(point));
    expect(sec1(number(1), secret, curve, twice)).toBe('ERR_KEY_FORM');
  });

  test('has one public key, inside and beside it', () => {
    const beside = (inner: Uint8Array, outer: Uint8Array): string => {
      const key = derSequence(number(1), secret, derEncode(0xa1, derBitString(inner)));
      const outside = derEncode(0x81, Uint8Array.of(0), outer);
      return asEc(derSequence(number(1), P256, derEncode(OCTETS, key), outside));
    };
    const compressed = Uint8Array.of(2 + ((point[64] ?? 0) & 1), ...point.subarray(1, 33));
    const other = ecdsaP256Sha256.publicOf(ecdsaP256Sha256.privateKey(seed));
    expect(beside(point, point)).toBe('sign');
    expect(beside(point, compressed)).toBe('sign');
    expect(beside(compressed, point)).toBe('sign');
    expect(beside(point, other)).toBe('ERR_KEY');
    expect(beside(other, point)).toBe('ERR_KEY');
    expect(beside(other, other)).toBe('ERR_KEY');
  });
});

describe('an RSA key, RFC 8017, appendix A.1', () => {
  const { n, e, d, p, q, dp, dq, qi } = privateParts('rsa-2048-a');
  const unsigned = (part: Uint8Array): Uint8Array =>
    (part[0] ?? 0) < 0x80 ? number(...part) : number(0, ...part);
  const numbers = [n, e, d, p, q, dp, dq, qi].map(unsigned);
  const [modulus, exponent] = [unsigned(n), unsigned(e)];
  const good = engineName === 'noble' ? 'ERR_UNSUPPORTED_ENGINE' : 'sign';

  test('has version 0 and eight numbers when it is private', () => {
    expect(asPrivateRsa(derSequence(number(0), ...numbers))).toBe(good);
    for (const version of [number(1), number(2)]) {
      expect(asPrivateRsa(derSequence(version, ...numbers))).toBe('ERR_KEY_FORM');
    }
    expect(asPrivateRsa(derSequence(number(0), ...numbers.slice(1)))).toBe('ERR_KEY_FORM');
    expect(asPrivateRsa(derSequence(number(0), ...numbers, number(1)))).toBe('ERR_KEY_FORM');
    const others = derSequence(number(0), ...numbers, derSequence(derSequence(...numbers)));
    expect(asPrivateRsa(others)).toBe('ERR_KEY_FORM');
  });

  test('has two numbers when it is public', () => {
    expect(asRsa(derSequence(modulus, exponent))).toBe('verify');
    const spki = (...members: Uint8Array[]): string =>
      asRsa(
        derSequence(
          derSequence(oid('1.2.840.113549.1.1.1'), NULL),
          derBitString(derSequence(...members)),
        ),
      );
    expect(spki(modulus, exponent)).toBe('verify');
    expect(spki(modulus)).toBe('ERR_KEY_FORM');
    expect(spki(modulus, exponent, exponent)).toBe('ERR_KEY_FORM');
  });

  test('has NULL for its parameters, RFC 3279, section 2.3.1', () => {
    const key = derBitString(derSequence(modulus, exponent));
    const spki = (...parameters: Uint8Array[]): string =>
      asRsa(derSequence(derSequence(oid('1.2.840.113549.1.1.1'), ...parameters), key));
    expect(spki(NULL)).toBe('verify');
    expect(spki()).toBe('ERR_KEY_FORM');
    expect(spki(derEncode(0x05, Uint8Array.of(0)))).toBe('ERR_DER');
    expect(spki(derEncode(OCTETS))).toBe('ERR_DER');
  });
});

describe('the parameters of RSASSA-PSS, RFC 4055, section 3.1', () => {
  const { n, e } = privateParts('rsa-2048-a');
  const key = derBitString(derSequence(number(0, ...n), number(...e)));
  const load = (...members: Uint8Array[]): string =>
    asRsa(
      derSequence(derSequence(oid('1.2.840.113549.1.1.10'), derSequence(...members)), key),
      rsaPssSha256,
    );
  const SHA256 = '2.16.840.1.101.3.4.2.1';
  const sha256 = derSequence(oid(SHA256), NULL);
  const hash = derEncode(0xa0, sha256);
  const mgf = derEncode(0xa1, derSequence(oid('1.2.840.113549.1.1.8'), sha256));
  const salt = derEncode(0xa2, number(32));
  const trailer = derEncode(0xa3, number(1));

  test('are four, each under its tag, in order, of which the last may be left out', () => {
    expect(load(hash, mgf, salt)).toBe('verify');
    expect(load(hash, mgf, salt, trailer)).toBe('verify');
    expect(load(hash, mgf)).toBe('verify'); // a salt of 20 or more
    // SHA-1, which a key for SHA-256 is not for.
    expect(load()).toBe('ERR_KEY_USE');
    expect(load(hash, salt)).toBe('ERR_KEY_USE');
    expect(load(mgf, salt)).toBe('ERR_KEY_USE');
    for (const members of [
      [mgf, hash],
      [hash, mgf, trailer, salt],
      [hash, hash, mgf],
      [hash, mgf, salt, trailer, trailer],
      [hash, mgf, salt, derEncode(0xa4, number(1))],
      [derEncode(0x9e, Uint8Array.of(1)), hash, mgf],
      [NULL],
    ]) {
      expect(load(...members)).toBe('ERR_KEY_FORM');
    }
  });

  test('stand for SHA-1 where they are left out, as in PKCS #1', () => {
    expect(readPssParameters(readDer(derSequence(), 0x30))).toEqual({
      hash: 'SHA-1',
      mgfHash: 'SHA-1',
      saltLength: 20,
    });
  });

  test('have the trailer field 1 and no other', () => {
    for (const value of [number(0), number(2), number(0x3c), number(1, 1)]) {
      expect(load(hash, mgf, salt, derEncode(0xa3, value))).toBe('ERR_KEY_FORM');
    }
  });

  test('have MGF1 over a hash function, and nothing else', () => {
    const withMgf = (...members: Uint8Array[]): string =>
      load(hash, derEncode(0xa1, derSequence(...members)), salt);
    expect(withMgf(oid('1.2.840.113549.1.1.8'), sha256)).toBe('verify');
    expect(withMgf(oid('1.2.840.113549.1.1.9'), sha256)).toBe('ERR_KEY_FORM');
    expect(withMgf(oid(SHA256), sha256)).toBe('ERR_KEY_FORM');
    expect(withMgf(oid('1.2.840.113549.1.1.8'))).toBe('ERR_KEY_FORM');
    expect(withMgf(oid('1.2.840.113549.1.1.8'), sha256, NULL)).toBe('ERR_KEY_FORM');
    expect(withMgf()).toBe('ERR_KEY_FORM');
  });

  test('have a hash function of FIPS 180-4 with NULL or nothing beside it', () => {
    const withHash = (...members: Uint8Array[]): string =>
      load(derEncode(0xa0, derSequence(...members)), mgf, salt);
    expect(withHash(oid(SHA256))).toBe('verify');
    expect(withHash(oid(SHA256), NULL)).toBe('verify');
    expect(withHash(oid(SHA256), derEncode(OCTETS))).toBe('ERR_DER');
    expect(withHash(oid(SHA256), NULL, NULL)).toBe('ERR_KEY_FORM');
    expect(withHash(oid('1.2.840.113549.2.5'), NULL)).toBe('ERR_KEY_FORM'); // MD5
    expect(withHash()).toBe('ERR_KEY_FORM');
  });

  test('have one value in each tag, and a salt of one octet', () => {
    expect(load(hash, mgf, derEncode(0xa2, number(20), number(20)))).toBe('ERR_KEY_FORM');
    expect(load(hash, mgf, derEncode(0xa2))).toBe('ERR_KEY_FORM');
    expect(load(hash, mgf, derEncode(0xa2, number(0)))).toBe('verify');
    expect(load(hash, mgf, derEncode(0xa2, number(33)))).toBe('ERR_KEY_USE');
    expect(load(hash, mgf, derEncode(0xa2, number(1, 0)))).toBe('ERR_KEY_FORM');
  });
});

describe('what stands in a SEQUENCE', () => {
  const [ZERO, BITS, OCTET] = [number(0), derBitString(scalar), derEncode(OCTETS, scalar)];
  const SEQUENCE = derSequence(NULL);
  const TIME = derEncode(0x17, Uint8Array.from(Buffer.from('260101000000Z')));
  const CONTEXT = derEncode(0xa0, NULL);
  const SIGNED = derSequence(ZERO, SEQUENCE);
  const OID = oid('1.2.3');
  const load = (...members: Uint8Array[]): string =>
    outcome(() => readContainer(derSequence(...members), 'public').kind);

  test.each<[string, string, Uint8Array[]]>([
    ['nothing', 'ERR_KEY_FORM', []],
    ['one SEQUENCE', 'ERR_KEY_FORM', [SEQUENCE]],
    ['an algorithm, bits and more', 'ERR_KEY_FORM', [SEQUENCE, BITS, NULL]],
    ['an algorithm and octets', 'ERR_KEY_ENCRYPTED', [SEQUENCE, OCTET]],
    ['an algorithm, octets and more', 'ERR_KEY_FORM', [SEQUENCE, OCTET, NULL]],
    ['an algorithm and NULL', 'ERR_KEY_FORM', [SEQUENCE, NULL]],
    ['two SEQUENCEs', 'ERR_KEY_FORM', [SEQUENCE, SEQUENCE]],
    ['two SEQUENCEs and NULL', 'ERR_KEY_FORM', [SEQUENCE, SEQUENCE, NULL]],
    ['a SEQUENCE, NULL and bits', 'ERR_KEY_FORM', [SEQUENCE, NULL, BITS]],
    ['what a certificate signs', 'ERR_KEY_FORM', [SIGNED]],
    ['that and an algorithm', 'ERR_KEY_FORM', [SIGNED, SEQUENCE]],
    ['that, NULL and bits', 'ERR_KEY_FORM', [SIGNED, NULL, BITS]],
    ['that, an algorithm and NULL', 'ERR_KEY_FORM', [SIGNED, SEQUENCE, NULL]],
    ['that, an algorithm and bits', 'ERR_KEY_CERTIFICATE', [SIGNED, SEQUENCE, BITS]],
    ['a version, NULL and octets', 'ERR_KEY_FORM', [ZERO, NULL, OCTET]],
    ['a version and two SEQUENCEs', 'ERR_KEY_PKCS12', [ZERO, SEQUENCE, SEQUENCE]],
    ['a version, NULL and a SEQUENCE', 'ERR_KEY_FORM', [ZERO, NULL, SEQUENCE]],
    ['a version, a SEQUENCE and NULL', 'ERR_KEY_FORM', [ZERO, SEQUENCE, NULL]],
    ['six numbers', 'ERR_KEY_FAMILY', [ZERO, ZERO, ZERO, ZERO, ZERO, ZERO]],
    ['an OID and [0]', 'ERR_KEY_PKCS7', [OID, CONTEXT]],
    ['an OID and NULL', 'ERR_KEY_FORM', [OID, NULL]],
    ['NULL and [0]', 'ERR_KEY_FORM', [NULL, CONTEXT]],
  ])('%s: %s', (_, code, members) => {
    expect(load(...members)).toBe(code);
  });

  test.each<[string, string, Uint8Array[]]>([
    ['nothing', 'ERR_KEY_FORM', []],
    ['a version in [0]', 'ERR_KEY_CERTIFICATE', [CONTEXT, ZERO, SEQUENCE]],
    ['a serial number and an algorithm', 'ERR_KEY_CERTIFICATE', [ZERO, SEQUENCE, SEQUENCE]],
    ['a number and NULL', 'ERR_KEY_FORM', [ZERO, NULL]],
    ['one number', 'ERR_KEY_FORM', [ZERO]],
    ['NULL and a SEQUENCE', 'ERR_KEY_FORM', [NULL, SEQUENCE]],
    ['two of NULL', 'ERR_KEY_FORM', [NULL, NULL]],
    ['a version, a name, a key and [0]', 'ERR_KEY_REQUEST', [ZERO, SEQUENCE, SEQUENCE, CONTEXT]],
    ['NULL, a name, a key and [0]', 'ERR_KEY_FORM', [NULL, SEQUENCE, SEQUENCE, CONTEXT]],
    ['a time in the third place', 'ERR_KEY_REVOCATION_LIST', [SEQUENCE, SEQUENCE, TIME]],
    ['a time in the fourth', 'ERR_KEY_REVOCATION_LIST', [ZERO, SEQUENCE, SEQUENCE, TIME]],
  ])('signed, with %s: %s', (_, code, members) => {
    expect(load(derSequence(...members), SEQUENCE, BITS)).toBe(code);
  });

  test('an OID alone is parameters, and with more after it no DER', () => {
    const read = (der: Uint8Array): string => outcome(() => readContainer(der, 'public').kind);
    expect(read(CURVE)).toBe('ERR_KEY_PARAMETERS');
    expect(read(Uint8Array.of(...CURVE, ...NULL))).toBe('ERR_DER');
  });

  test('a public key is of an algorithm that is here, and of a named curve', () => {
    const spki = (...algorithm: Uint8Array[]): string => load(derSequence(...algorithm), BITS);
    expect(spki(oid('1.3.101.112'))).toBe('public');
    expect(spki(oid('1.3.101.113'))).toBe('ERR_KEY_FAMILY');
    expect(spki(oid('1.2.840.10045.2.1'))).toBe('ERR_KEY_CURVE');
    expect(spki(oid('1.2.840.10045.2.1'), NULL)).toBe('ERR_KEY_CURVE');
  });
});
