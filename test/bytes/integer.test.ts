import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareIntegers,
  decodeInteger,
  decodeUint32,
  encodeInteger,
  encodeUint32,
} from '../../src/bytes/integer.js';
import { fromHex, refusal, toHex } from './support.js';

/** RFC 8017, section 4.2, step 2: the sum of the digits times powers of 256. */
function valueOf(octets: Uint8Array): bigint {
  return octets.reduce((sum, octet) => 256n * sum + BigInt(octet), 0n);
}

describe('encodeUint32', () => {
  test.each([
    [0, '00000000'],
    [1, '00000001'],
    [0x0102_0304, '01020304'],
    [0x7fff_ffff, '7fffffff'],
    [0x8000_0000, '80000000'],
    [0xffff_ffff, 'ffffffff'],
  ])('writes %i big-endian', (value, octets) => {
    expect(toHex(encodeUint32(value))).toBe(octets);
  });

  test('takes only an integer below 2^32', () => {
    for (const value of [-1, 2 ** 32, 2 ** 53, 0.5, NaN, Infinity, 1n, '1', null, undefined, [1]]) {
      expect(refusal(() => encodeUint32(value as never))).toBe('TypeError: value');
    }
  });
});

describe('decodeUint32', () => {
  test('reads what DataView reads, at any offset', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4 }), fc.nat(), (value, any) => {
        const offset = any % (value.length - 3);
        const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
        expect(decodeUint32(value, offset)).toBe(view.getUint32(offset));
      }),
    );
  });

  test('gives back what was written, with the highest bit', () => {
    expect(decodeUint32(encodeUint32(0xffff_fffe), 0)).toBe(0xffff_fffe);
  });

  test.each([
    [0, 0],
    [3, 0],
    [4, 1],
    [8, 5],
    [8, 8],
    [8, 9],
    [8, Number.MAX_SAFE_INTEGER],
  ])('refuses to read past the end: %i octets at %i', (length, offset) => {
    expect(refusal(() => decodeUint32(new Uint8Array(length), offset))).toBe('ERR_LENGTH');
  });

  test('takes only octets and an offset', () => {
    expect(refusal(() => decodeUint32('0000' as never, 0))).toBe('TypeError: value');
    for (const offset of [-1, 0.5, NaN, 2 ** 53, '0', 0n, undefined]) {
      expect(refusal(() => decodeUint32(new Uint8Array(8), offset as never))).toBe(
        'TypeError: offset',
      );
    }
  });
});

describe('encodeInteger', () => {
  test.each([
    [0n, 0, ''],
    [0n, 2, '0000'],
    [1n, 1, '01'],
    [0xabcn, 2, '0abc'],
    [255n, 3, '0000ff'],
    [256n, 2, '0100'],
    // python3 -c 'print((10**20).to_bytes(10, "big").hex())'
    [10n ** 20n, 10, '00056bc75e2d63100000'],
  ])('writes %i in %i octets', (value, length, octets) => {
    expect(toHex(encodeInteger(value, length))).toBe(octets);
  });

  test('writes the octets whose value by RFC 8017 is the integer', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 256n ** 40n - 1n }), (value) => {
        const octets = encodeInteger(value, 40);
        expect(octets).toHaveLength(40);
        expect(valueOf(octets)).toBe(value);
      }),
    );
  });

  test('refuses an integer that needs one octet more', () => {
    for (const length of [0, 1, 2, 31, 256]) {
      const limit = 256n ** BigInt(length);
      expect(valueOf(encodeInteger(limit - 1n, length))).toBe(limit - 1n);
      expect(refusal(() => encodeInteger(limit, length))).toBe('ERR_LENGTH');
      expect(refusal(() => encodeInteger(256n * limit, length))).toBe('ERR_LENGTH');
    }
  });

  test('takes only a bigint of 0 or more', () => {
    for (const value of [-1n, -(2n ** 64n), 1, NaN, '1', null, undefined]) {
      expect(refusal(() => encodeInteger(value as never, 8))).toBe('TypeError: value');
    }
  });

  test('takes only a length from 0 to 65535', () => {
    expect(encodeInteger(1n, 0xffff)).toHaveLength(0xffff);
    for (const length of [-1, 0x1_0000, 1.5, NaN, Infinity, '8', 8n, undefined]) {
      expect(refusal(() => encodeInteger(1n, length as never))).toBe('TypeError: length');
    }
  });
});

describe('decodeInteger', () => {
  test.each([
    ['', 0n],
    ['00', 0n],
    ['0a', 10n],
    ['000100', 256n],
    ['80', 128n],
    ['ffffffffffffffffff', 2n ** 72n - 1n],
  ])('reads %j', (octets, value) => {
    expect(decodeInteger(fromHex(octets))).toBe(value);
  });

  test('gives the value by RFC 8017, and writing it gives the octets back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (octets) => {
        const value = decodeInteger(octets);
        expect(value).toBe(valueOf(octets));
        expect(encodeInteger(value, octets.length)).toEqual(octets);
      }),
    );
  });

  test('reads 65535 octets and refuses one more', () => {
    expect(decodeInteger(new Uint8Array(65_535))).toBe(0n);
    expect(refusal(() => decodeInteger(new Uint8Array(65_536)))).toBe('ERR_LENGTH');
  });

  test('takes only octets', () => {
    expect(refusal(() => decodeInteger('10' as never))).toBe('TypeError: value');
    expect(refusal(() => decodeInteger([10] as never))).toBe('TypeError: value');
  });
});

describe('compareIntegers', () => {
  test('orders octets of one length as their values are ordered', () => {
    // Few values of an octet, so that many pairs share a beginning.
    const octet = fc.constantFrom(0, 1, 0x7f, 0x80, 0xff);
    const octets = fc
      .array(octet, { minLength: 3, maxLength: 3 })
      .map((all) => Uint8Array.from(all));
    fc.assert(
      fc.property(octets, octets, (a, b) => {
        const order = valueOf(a) - valueOf(b);
        const sign = order < 0n ? -1 : order > 0n ? 1 : 0;
        expect(Math.sign(compareIntegers(a, b))).toBe(sign);
        expect(compareIntegers(a, a)).toBe(0);
      }),
    );
  });
});
