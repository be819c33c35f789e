// Certificates taken apart and put together otherwise: what is missing, what is too much, and what
// is told apart from a certificate. Nothing here is signed; reading verifies nothing.
import { describe, expect, test } from 'vitest';
import {
  derBitString,
  derChildren,
  derEncode,
  derObjectId,
  derSequence,
  readDer,
} from '../../src/bytes/der.js';
import { encodePem } from '../../src/bytes/pem.js';
import { isCertificate, partsOf } from '../../src/key/x509-certificate.js';
import { type Certificate, readCertificate, readCertificates } from '../../src/key/x509.js';
import { codeOf, derOf } from './x509-fixtures.js';

const NULL = derEncode(0x05);
const SEQUENCE = derSequence(NULL);
const number = (...octets: number[]): Uint8Array => derEncode(0x02, Uint8Array.from(octets));
const encodings = (der: Uint8Array): Uint8Array[] =>
  derChildren(readDer(der, 0x30)).map(({ encoding }) => encoding);
const [TBS = NULL, ALGORITHM = NULL, SIGNATURE = NULL] = encodings(derOf('Leaf'));
const FIELDS = encodings(TBS);
const [, SERIAL = NULL, INNER = NULL, ISSUER = NULL, VALIDITY = NULL, SUBJECT = NULL, SPKI = NULL] =
  FIELDS;
const [NOT_BEFORE = NULL, NOT_AFTER = NULL] = encodings(VALIDITY);
const VERSION = derEncode(0xa0, number(2));

const read = (...fields: Uint8Array[]): Certificate =>
  readCertificate(derSequence(derSequence(...fields), ALGORITHM, SIGNATURE));
const of = (...fields: Uint8Array[]): string => codeOf(() => read(...fields));
/** The certificate with another field in one place. */
const withField = (at: number, field: Uint8Array): string =>
  of(...FIELDS.map((one, i) => (i === at ? field : one)));

test('the parts put together again are the certificate', () => {
  expect(read(...FIELDS).fingerprint).toBe(readCertificate(derOf('Leaf')).fingerprint);
  expect(of(...FIELDS)).toBe('ok');
});

describe('a certificate is what is signed, an algorithm and a signature', () => {
  const whole = (...members: Uint8Array[]): string =>
    codeOf(() => readCertificate(derSequence(...members)));

  test('all three, and nothing more', () => {
    expect(whole(TBS, ALGORITHM, SIGNATURE)).toBe('ok');
    for (const members of [
      [],
      [TBS],
      [TBS, ALGORITHM],
      [TBS, SIGNATURE],
      [NULL, ALGORITHM, SIGNATURE],
      [TBS, NULL, SIGNATURE],
      [TBS, ALGORITHM, derEncode(0x04, Uint8Array.of(0))],
      [TBS, ALGORITHM, SIGNATURE, NULL],
    ]) {
      expect(whole(...members)).toBe('ERR_CERTIFICATE');
    }
  });

  test('and not what it is told to be', () => {
    const told = (...members: Uint8Array[]): string => {
      try {
        readCertificate(derSequence(...members));
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    const octets = derEncode(0x04, Uint8Array.of(1));
    expect(told(...encodings(SPKI))).toBe('expected a certificate, found a public key');
    expect(told(SEQUENCE, octets)).toMatch(/^expected a certificate: found an encrypted private/);
    expect(told(number(3), SEQUENCE, SEQUENCE)).toMatch(/^expected a certificate: found a PKCS#12/);
    expect(told(derObjectId('1.2.3'), derEncode(0xa0))).toMatch(
      /^expected a certificate: found a PKCS#7/,
    );
    for (const members of [[], [NULL], [number(1), NULL]]) {
      expect(told(...members)).toBe(
        'expected a certificate: what is signed, an algorithm, a signature',
      );
    }
  });
});

describe('the fields of a certificate', () => {
  test('are all there, but for the extensions', () => {
    for (let count = 0; count < 7; count++) {
      expect(of(...FIELDS.slice(0, count)), String(count)).toBe('ERR_CERTIFICATE');
    }
    const bare = read(...FIELDS.slice(0, 7));
    expect(bare.extensions).toEqual([]);
    expect(bare.keyUsage).toBe(undefined);
  });

  test('begin with version 3', () => {
    for (const version of [
      derEncode(0xa0, number(0)),
      derEncode(0xa0, number(1)),
      derEncode(0xa0, number(3)),
      derEncode(0xa0, number(2, 2)),
      derEncode(0xa0, number(2), NULL),
    ]) {
      expect(withField(0, version)).toBe('ERR_CERTIFICATE_VERSION');
    }
    expect(withField(0, derEncode(0xa0))).toBe('ERR_DER');
    expect(withField(0, derEncode(0xa0, NULL))).toBe('ERR_DER');
  });

  test('without a version are those of version 1, or of something else', () => {
    const five = [SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE];
    expect(of(number(1), ...five)).toBe('ERR_CERTIFICATE_VERSION');
    expect(of(number(1), ...five, derEncode(0xa3, SEQUENCE))).toBe('ERR_CERTIFICATE_VERSION');
    expect(of(number(1), ...five.slice(1))).toBe('ERR_CERTIFICATE');
    expect(of(number(1), NULL, ...five.slice(1))).toBe('ERR_CERTIFICATE');
    expect(of(number(1), ...five.slice(1), NULL)).toBe('ERR_CERTIFICATE');
    expect(of(NULL, ...five)).toBe('ERR_CERTIFICATE');
  });

  test('have a serial number from 0 on, of 20 octets', () => {
    const octets = new Uint8Array(20).fill(0x7f);
    expect(withField(1, number(...octets))).toBe('ok');
    expect(withField(1, number(1, ...octets))).toBe('ERR_CERTIFICATE_SERIAL');
    for (const first of [0x80, 0x81, 0xff]) {
      expect(withField(1, number(first))).toBe('ERR_CERTIFICATE_SERIAL');
    }
    expect(withField(1, derEncode(0x02))).toBe('ERR_DER');
    const shown = read(...FIELDS.map((one, i) => (i === 1 ? number(0) : one)));
    expect(shown.serial).toEqual({ hex: '00', decimal: '0' });
    expect(read(VERSION, number(0, 0x80, 1), ...FIELDS.slice(2)).serial).toEqual({
      hex: '8001',
      decimal: '32769',
    });
    expect(read(VERSION, SERIAL, ...FIELDS.slice(2)).version).toBe(3);
  });

  test('name the algorithm that stands beside the signature', () => {
    expect(withField(2, derSequence(derObjectId('1.2.3')))).toBe('ERR_CERTIFICATE_ALGORITHM');
    expect(withField(2, INNER)).toBe('ok');
  });

  test('name an issuer, and perhaps a subject', () => {
    expect(withField(3, derSequence())).toBe('ERR_CERTIFICATE_NAME');
    expect(withField(3, ISSUER)).toBe('ok');
    expect(withField(5, derSequence())).toBe('ok');
    expect(withField(5, SUBJECT)).toBe('ok');
  });

  test('have a validity of two times', () => {
    expect(withField(4, derSequence(NOT_BEFORE, NOT_AFTER))).toBe('ok');
    for (const times of [[], [NOT_BEFORE], [NOT_BEFORE, NOT_AFTER, NOT_AFTER]]) {
      expect(withField(4, derSequence(...times))).toBe('ERR_CERTIFICATE');
    }
    expect(withField(4, derSequence(NOT_BEFORE, NULL))).toBe('ERR_CERTIFICATE_TIME');
  });

  test('end with extensions in their tag', () => {
    const [extensions = NULL] = derChildren(readDer(FIELDS.at(-1) ?? NULL, 0xa3)).map(
      ({ encoding }) => encoding,
    );
    expect(withField(7, derEncode(0xa3, extensions))).toBe('ok');
    expect(withField(7, derEncode(0xa3))).toBe('ERR_CERTIFICATE');
    expect(withField(7, derEncode(0xa3, extensions, NULL))).toBe('ERR_CERTIFICATE');
    expect(withField(7, derEncode(0xa3, NULL))).toBe('ERR_DER');
    expect(withField(7, extensions)).toBe('ERR_DER');
    for (const tag of [0x81, 0x82]) {
      expect(withField(7, derEncode(tag, Uint8Array.of(0)))).toBe('ERR_CERTIFICATE');
    }
    expect(of(...FIELDS, NULL)).toBe('ERR_CERTIFICATE');
  });
});

describe('the key of a certificate', () => {
  const bits = derBitString(new Uint8Array(65).fill(4));
  const shown = (...members: Uint8Array[]): unknown =>
    read(...FIELDS.map((one, i) => (i === 6 ? derSequence(...members) : one))).publicKey;
  const ecKey = (curve: string): Uint8Array =>
    derSequence(derObjectId('1.2.840.10045.2.1'), derObjectId(curve));

  test('has an algorithm and bits', () => {
    for (const members of [[], [SEQUENCE], [ecKey('1.2.840.10045.3.1.7'), bits, NULL]]) {
      expect(codeOf(() => shown(...members))).toBe('ERR_CERTIFICATE');
    }
    expect(codeOf(() => shown(ecKey('1.2.840.10045.3.1.7'), NULL))).toBe('ERR_DER');
  });

  test('is told, and of no use where its algorithm or curve is not here', () => {
    const algorithm = '1.2.840.10045.2.1';
    expect(shown(ecKey('1.2.840.10045.3.1.7'), bits)).toEqual({
      family: 'ec',
      algorithm,
      curve: 'P-256',
    });
    expect(shown(ecKey('1.3.132.0.33'), bits)).toEqual({ family: 'other', algorithm });
    expect(shown(derSequence(derObjectId('1.3.101.113')), bits)).toEqual({
      family: 'other',
      algorithm: '1.3.101.113',
    });
    for (const [oid, family] of [
      ['1.3.101.112', 'ed25519'],
      ['1.3.101.110', 'x25519'],
    ] as const) {
      const key = derBitString(new Uint8Array(32));
      expect(shown(derSequence(derObjectId(oid)), key)).toEqual({ family, algorithm: oid });
    }
    for (const [first, size] of [
      [1, 2041],
      [0x7f, 2047],
      [0x80, 2048],
    ] as const) {
      const n = new Uint8Array(256).fill(1);
      n[0] = first;
      const numbers = derSequence(first < 0x80 ? number(...n) : number(0, ...n), number(3));
      const rsa = derSequence(derObjectId('1.2.840.113549.1.1.1'), NULL);
      expect(shown(rsa, derBitString(numbers))).toEqual({
        family: 'rsa',
        algorithm: '1.2.840.113549.1.1.1',
        bits: size,
      });
    }
  });
});

describe('a bundle', () => {
  const pem = encodePem('CERTIFICATE', derOf('Leaf'));

  test('has 2^18 characters at most', () => {
    const longest = pem.padEnd(2 ** 18, '\n');
    expect(readCertificates(longest)).toHaveLength(1);
    expect(codeOf(() => readCertificates(`${longest}\n`))).toBe('ERR_CERTIFICATE');
  });

  test('has blocks, and no dashes but theirs', () => {
    for (const text of ['', '-----A-----B-----C-----D', '-----', `${pem}-----`]) {
      expect(codeOf(() => readCertificates(text))).toBe('ERR_CERTIFICATE');
    }
  });
});

test('a certificate is one that was read here', () => {
  const leaf = readCertificate(derOf('Leaf'));
  expect(isCertificate(leaf)).toBe(true);
  for (const none of [undefined, null, 1, 'x', Symbol('x'), {}, { ...leaf }, () => leaf]) {
    expect(isCertificate(none)).toBe(false);
    expect(() => partsOf(none as never, 'chain[0]')).toThrow(/^chain\[0\]: expected a certificate/);
  }
});
