// Extensions by hand, RFC 5280, section 4.2. No engine has a part in reading them.
import { describe, expect, test } from 'vitest';
import { derEncode, derObjectId, derSequence, readDer } from '../../src/bytes/der.js';
import {
  readBasicConstraints,
  readExtendedKeyUsage,
  readExtensions,
  readKeyUsage,
} from '../../src/key/x509-extensions.js';
import { codeOf } from './x509-fixtures.js';

const NULL = derEncode(0x05);
const TRUE = derEncode(0x01, Uint8Array.of(0xff));
const FALSE = derEncode(0x01, Uint8Array.of(0));
const number = (...octets: number[]): Uint8Array => derEncode(0x02, Uint8Array.from(octets));

describe('extensions', () => {
  const octets = derEncode(0x04, Uint8Array.of(7));
  const one = (i: number): Uint8Array => derSequence(derObjectId(`1.2.${i}`), octets);
  const read = (...values: Uint8Array[]) => readExtensions(readDer(derSequence(...values), 0x30));
  const of = (...values: Uint8Array[]): string => codeOf(() => read(...values));

  test('are 1 to 64, each once', () => {
    const many = Array.from({ length: 65 }, (_, i) => one(i));
    expect(of()).toBe('ERR_CERTIFICATE_EXTENSION');
    expect(of(one(1))).toBe('ok');
    expect(read(...many.slice(1))).toHaveLength(64);
    expect(of(...many)).toBe('ERR_CERTIFICATE_EXTENSION');
    expect(of(one(1), one(2), one(1))).toBe('ERR_CERTIFICATE_DUPLICATE');
  });

  test('have a type, TRUE where they are critical, and a value', () => {
    const type = derObjectId('1.2.3');
    const value = Uint8Array.of(7);
    expect(read(derSequence(type, octets))).toEqual([{ oid: '1.2.3', critical: false, value }]);
    expect(read(derSequence(type, TRUE, octets))).toEqual([
      { oid: '1.2.3', critical: true, value },
    ]);
    for (const members of [
      [],
      [type],
      [type, TRUE, octets, NULL],
      [type, FALSE, octets],
      [type, FALSE, octets, octets],
    ]) {
      expect(of(derSequence(...members))).toBe('ERR_CERTIFICATE_EXTENSION');
    }
    for (const members of [
      [type, TRUE],
      [octets, type],
      [type, octets, octets],
      [type, NULL, octets],
    ]) {
      expect(of(derSequence(...members))).toBe('ERR_DER');
    }
  });
});

describe('basicConstraints', () => {
  const read = (...members: Uint8Array[]) => readBasicConstraints(derSequence(...members));

  test('are of a CA, with a length or without, or of none', () => {
    expect(read()).toEqual({ ca: false });
    expect(read(TRUE)).toEqual({ ca: true });
    for (const [octets, pathLength] of [
      [[0], 0],
      [[1], 1],
      [[1, 2], 258],
      [[1, 2, 3], 66_051],
      [[0x7f, 0xff, 0xff, 0xff], 2_147_483_647],
      [[0, 0xff, 0xff, 0xff, 0xff], 4_294_967_295],
    ] as const) {
      expect(read(TRUE, number(...octets))).toEqual({ ca: true, pathLength });
    }
  });

  test('are nothing else', () => {
    for (const members of [
      [FALSE],
      [number(0)],
      [FALSE, number(0)],
      [TRUE, number(0), number(0)],
      [TRUE, number(1, 0, 0, 0, 0)],
      [NULL],
    ]) {
      expect(codeOf(() => read(...members))).toBe('ERR_CERTIFICATE_EXTENSION');
    }
    expect(codeOf(() => read(TRUE, NULL))).toBe('ERR_DER');
    expect(codeOf(() => read(TRUE, number(0xff)))).toBe('ERR_DER');
  });
});

describe('keyUsage', () => {
  const USAGES = [
    'digitalSignature',
    'nonRepudiation',
    'keyEncipherment',
    'dataEncipherment',
    'keyAgreement',
    'keyCertSign',
    'cRLSign',
    'encipherOnly',
    'decipherOnly',
  ];
  const read = (...octets: number[]): readonly string[] =>
    readKeyUsage(derEncode(0x03, Uint8Array.from(octets)));

  test('has bits in their order, and ends with one that is set', () => {
    for (const [i, usage] of USAGES.entries()) {
      const [octet, unused] = [0x80 >> (i % 8), 7 - (i % 8)];
      expect(read(unused, ...(i < 8 ? [octet] : [0, octet]))).toEqual([usage]);
    }
    expect(read(0, 0xff)).toEqual(USAGES.slice(0, 8));
    expect(read(7, 0xff, 0x80)).toEqual(USAGES);
    expect(read(1, 0x06)).toEqual(['keyCertSign', 'cRLSign']);
  });

  test.each([
    [[]],
    [[0]],
    [[8]],
    [[0, 0]],
    [[7, 0]],
    [[6, 0x80]],
    [[0, 0x80]],
    [[7, 0x80, 0]],
    [[0, 0x80, 0]],
    [[6, 0, 0x40]],
    [[0, 0, 1]],
    [[7, 0, 0, 0x80]],
    [[7, 0x80, 0x80, 0x80]],
    [[255, 0x80]],
  ])('is not %j', (octets) => {
    expect(codeOf(() => read(...octets))).toBe('ERR_CERTIFICATE_EXTENSION');
  });
});

describe('extendedKeyUsage', () => {
  test('has 1 to 64 purposes', () => {
    const read = (count: number) =>
      readExtendedKeyUsage(
        derSequence(...Array.from({ length: count }, (_, i) => derObjectId(`1.2.${i}`))),
      );
    expect(read(1)).toEqual(['1.2.0']);
    expect(read(64)).toHaveLength(64);
    for (const count of [0, 65]) {
      expect(codeOf(() => read(count))).toBe('ERR_CERTIFICATE_EXTENSION');
    }
  });
});
