import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../src/bytes/utf8.js';
import { fromHex, refusal, toHex } from './support.js';

// RFC 3629, section 7, and the last character of each length with the first of the next, from the
// table of section 3.
const EXAMPLES = [
  ['A\u2262\u0391.', '41 e289a2 ce91 2e'],
  ['\ud55c\uad6d\uc5b4', 'ed959c eab5ad ec96b4'],
  ['\u65e5\u672c\u8a9e', 'e697a5 e69cac e8aa9e'],
  ['\ufeff\u{233b4}', 'efbbbf f0a38eb4'],
  ['\0\x7f\x80\u07ff', '00 7f c280 dfbf'],
  ['\u0800\ud7ff\ue000\uffff', 'e0a080 ed9fbf ee8080 efbfbf'],
  ['\u{10000}\u{10ffff}', 'f0908080 f48fbfbf'],
] as const;

// UTF8-octets, the grammar of RFC 3629, section 4, on octets read as latin1.
const tail = '[\\x80-\\xbf]';
const WELL_FORMED = new RegExp(
  `^(?:${[
    '[\\x00-\\x7f]',
    `[\\xc2-\\xdf]${tail}`,
    `\\xe0[\\xa0-\\xbf]${tail}|[\\xe1-\\xec]${tail}{2}|\\xed[\\x80-\\x9f]${tail}|[\\xee\\xef]${tail}{2}`,
    `\\xf0[\\x90-\\xbf]${tail}{2}|[\\xf1-\\xf3]${tail}{3}|\\xf4[\\x80-\\x8f]${tail}{2}`,
  ].join('|')})*$`,
);

describe('encodeUtf8', () => {
  test.each(EXAMPLES)('writes %j', (text, octets) => {
    expect(toHex(encodeUtf8(text))).toBe(octets.replaceAll(' ', ''));
  });

  test('agrees with Buffer on any code units, and refuses half of a surrogate pair', () => {
    const units = fc.oneof(fc.nat(0xffff), fc.integer({ min: 0xd7f0, max: 0xe00f }));
    fc.assert(
      fc.property(fc.array(units), (codes) => {
        const text = String.fromCharCode(...codes);
        const octets = Buffer.from(text); // which writes half of a pair as U+FFFD
        if (octets.toString() === text)
          expect(toHex(encodeUtf8(text))).toBe(octets.toString('hex'));
        else expect(refusal(() => encodeUtf8(text))).toBe('ERR_UTF8');
      }),
      { numRuns: 1000 },
    );
  });

  test.each(['\ud800', '\udc00', 'a\udbff', '\udfffa', '\udc00\ud800', '\ud83d\ud83d\ude00'])(
    'refuses half of a surrogate pair: %j',
    (text) => {
      expect(refusal(() => encodeUtf8(text))).toBe('ERR_UTF8');
    },
  );

  test('gives memory of its own', () => {
    expect(encodeUtf8('h\u00e9').buffer.byteLength).toBe(3);
  });

  test('takes only a string', () => {
    expect(refusal(() => encodeUtf8(5 as never))).toBe('TypeError: text');
    expect(refusal(() => encodeUtf8(undefined as never))).toBe('TypeError: text');
    expect(refusal(() => encodeUtf8(Object('text') as never))).toBe('TypeError: text');
  });
});

describe('decodeUtf8', () => {
  test.each(EXAMPLES)('reads %j', (text, octets) => {
    expect(decodeUtf8(fromHex(octets))).toBe(text);
  });

  test('keeps a byte order mark, alone, first, twice and inside', () => {
    for (const text of ['\ufeff', '\ufeffa', '\ufeff\ufeffa', 'a\ufeff']) {
      expect(decodeUtf8(Buffer.from(text))).toBe(text);
    }
  });

  test.each([
    [
      'characters written longer than they must be',
      ['c080', 'c1bf', 'e08080', 'e09fbf', 'f08fbfbf'],
    ],
    ['surrogates', ['eda080', 'edafbf', 'edb080', 'edbfbf', 'eda0bd edb880']],
    ['what is above U+10FFFF', ['f4908080', 'f5808080', 'f7bfbfbf', 'f888808080', 'fc8480808080']],
    ['octets that never occur', ['c0', 'c1', 'f5', 'fe', 'ff']],
    ['a continuation on its own', ['80', 'bf', '4180', 'e282ac80']],
    ['a character cut short', ['c2', 'e2', 'e282', 'f0', 'f09f', 'f09f98', 'e28241', 'f09f9841']],
  ])('refuses %s', (_rule, all) => {
    for (const octets of all) {
      expect(
        refusal(() => decodeUtf8(fromHex(octets))),
        octets,
      ).toBe('ERR_UTF8');
    }
  });

  test('accepts exactly what the grammar of RFC 3629 accepts, and then agrees with Buffer', () => {
    const edges = '00 41 7f 80 8f 90 9f a0 bf c1 c2 df e0 e1 ec ed ee ef f0 f1 f3 f4 f5 ff';
    const octet = fc.oneof(fc.constantFrom(...fromHex(edges)), fc.nat(0xff));
    const octets = fc.oneof(
      fc.array(octet, { maxLength: 6 }),
      fc.string({ unit: 'binary' }).map((text) => [...Buffer.from(text)]),
    );
    fc.assert(
      fc.property(octets, (any) => {
        const value = Buffer.from(any);
        if (WELL_FORMED.test(value.toString('latin1'))) {
          expect(decodeUtf8(value)).toBe(value.toString('utf8'));
        } else expect(refusal(() => decodeUtf8(value))).toBe('ERR_UTF8');
      }),
      { numRuns: 2000 },
    );
  });

  test('starts anew after a refusal', () => {
    expect(refusal(() => decodeUtf8(fromHex('e282')))).toBe('ERR_UTF8');
    expect(refusal(() => decodeUtf8(fromHex('ac')))).toBe('ERR_UTF8');
    expect(decodeUtf8(fromHex('efbbbf61'))).toBe('\ufeffa');
  });

  test('takes only octets, of this realm or another', () => {
    const foreign = runInNewContext('Uint8Array.of(0xc3, 0xa9)') as Uint8Array;
    expect(decodeUtf8(foreign)).toBe('\u00e9');
    expect(refusal(() => decodeUtf8('a' as never))).toBe('TypeError: value');
    expect(refusal(() => decodeUtf8(new ArrayBuffer(1) as never))).toBe('TypeError: value');
    expect(refusal(() => decodeUtf8(new DataView(new ArrayBuffer(1)) as never))).toBe(
      'TypeError: value',
    );
  });
});
