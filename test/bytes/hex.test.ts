import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeHex, encodeHex } from '../../src/bytes/hex.js';
import { refusal, unitsThat } from './support.js';

// RFC 4648, section 10.
const BASE16 = [
  ['', ''],
  ['f', '66'],
  ['fo', '666F'],
  ['foo', '666F6F'],
  ['foob', '666F6F62'],
  ['fooba', '666F6F6261'],
  ['foobar', '666F6F626172'],
] as const;

const DIGITS = {
  lower: '0123456789abcdef',
  upper: '0123456789ABCDEF',
  either: '0123456789ABCDEFabcdef',
} as const;
const CASES = ['lower', 'upper', 'either'] as const;

describe('encodeHex', () => {
  test.each(BASE16)('writes %j as RFC 4648 does, in upper and in lower case', (plain, text) => {
    expect(encodeHex(Buffer.from(plain), 'upper')).toBe(text);
    expect(encodeHex(Buffer.from(plain), 'lower')).toBe(text.toLowerCase());
  });

  test('agrees with Buffer on any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (value) => {
        expect(encodeHex(value, 'lower')).toBe(Buffer.from(value).toString('hex'));
      }),
    );
  });

  test('takes only octets and a case that it can write', () => {
    expect(refusal(() => encodeHex('66' as never, 'lower'))).toBe('TypeError: value');
    expect(refusal(() => encodeHex([0x66] as never, 'lower'))).toBe('TypeError: value');
    expect(refusal(() => encodeHex(new Uint8Array(1), 'either' as never))).toBe(
      'TypeError: letters',
    );
    expect(refusal(() => encodeHex(new Uint8Array(1), undefined as never))).toBe(
      'TypeError: letters',
    );
  });
});

describe('decodeHex', () => {
  test.each(BASE16)('reads %j as RFC 4648 does', (plain, text) => {
    expect(Buffer.from(decodeHex(text, 'upper')).toString()).toBe(plain);
    expect(Buffer.from(decodeHex(text.toLowerCase(), 'lower')).toString()).toBe(plain);
    expect(Buffer.from(decodeHex(text, 'either')).toString()).toBe(plain);
  });

  test('takes mixed case only when either was asked for', () => {
    expect(decodeHex('aAFf', 'either')).toEqual(Uint8Array.of(0xaa, 0xff));
    expect(refusal(() => decodeHex('aA', 'lower'))).toBe('ERR_HEX');
    expect(refusal(() => decodeHex('aA', 'upper'))).toBe('ERR_HEX');
  });

  test.each(CASES)('refuses an odd number of digits (%s)', (letters) => {
    for (const text of ['0', '000', '00000']) {
      expect(refusal(() => decodeHex(text, letters))).toBe('ERR_HEX');
    }
  });

  test.each(CASES)('refuses every code unit that is no digit, in both places (%s)', (letters) => {
    expect(unitsThat((unit) => decodeHex(`${unit}0`, letters))).toBe(DIGITS[letters]);
    expect(unitsThat((unit) => decodeHex(`0${unit}`, letters))).toBe(DIGITS[letters]);
  });

  test.each([
    ['g0ff', 0],
    ['0gff', 1],
    ['fff0g0', 4],
    ['fff00g', 5],
    ['ggff', 0],
    ['fg', 1],
  ])('says where %s has the first character that is no digit', (text, at) => {
    expect(() => decodeHex(text, 'lower')).toThrow(new RegExp(`position ${at}$`));
  });

  test('accepts no other text than the one that Buffer writes', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'0123456789abcdefAFgx \n=\u0130'.split('')),
    });
    fc.assert(
      fc.property(text, (any) => {
        const isSpelling = Buffer.from(any, 'hex').toString('hex') === any;
        expect(refusal(() => decodeHex(any, 'lower'))).toBe(isSpelling ? 'accepted' : 'ERR_HEX');
      }),
    );
  });

  test('gives back what was written, in memory of its own', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom('lower', 'upper'), (value, letters) => {
        const read = decodeHex(encodeHex(value, letters), letters);
        expect(read).toEqual(value);
        expect(read.buffer.byteLength).toBe(value.length);
      }),
    );
  });

  test('takes only a string and a known case', () => {
    expect(refusal(() => decodeHex(66 as never, 'lower'))).toBe('TypeError: text');
    expect(refusal(() => decodeHex(Buffer.from('66') as never, 'lower'))).toBe('TypeError: text');
    expect(refusal(() => decodeHex('66', 'mixed' as never))).toBe('TypeError: letters');
    expect(refusal(() => decodeHex('66', undefined as never))).toBe('TypeError: letters');
  });
});
