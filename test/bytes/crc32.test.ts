import { crc32 as zlibCrc32 } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../../src/bytes/crc32.js';
import { refusal } from './support.js';

describe('crc32', () => {
  test('has the check value of CRC-32/ISO-HDLC', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf4_3926);
  });

  // python3 -c 'import zlib; print(hex(zlib.crc32(...)))'
  test.each([
    [[], 0],
    [[0x61], 0xe8b7_be43],
    [[0, 0, 0, 0], 0x2144_df1c],
    [[0xff, 0xff, 0xff, 0xff], 0xffff_ffff],
    [Array.from({ length: 256 }, (_, i) => i), 0x2905_8c73],
  ])('of %j is as zlib has it, unsigned', (octets, crc) => {
    expect(crc32(Uint8Array.from(octets))).toBe(crc);
  });

  test('agrees with zlib on any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ size: 'large', maxLength: 1000 }), (value) => {
        expect(crc32(value)).toBe(zlibCrc32(value));
      }),
    );
  });

  test('takes only octets', () => {
    for (const value of ['123456789', [1], new ArrayBuffer(1), undefined]) {
      expect(refusal(() => crc32(value as never))).toBe('TypeError: value');
    }
  });
});
