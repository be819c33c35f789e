// Length-prefixed lists: the octets, that no two lists share them, and what is refused.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeHex, encodeUtf8 } from '../../src/bytes/index.js';
import { decodeTuple, encodeTuple } from '../../src/canonical/tuple.js';
import { codeOf } from './support.js';

const LABEL = 'countersign/test/v1';
const octets = (...values: number[]): Uint8Array => Uint8Array.from(values);
const lists = fc.array(fc.uint8Array({ maxLength: 6 }), { maxLength: 5 });
const labels = fc.stringMatching(/^[!-~]{1,12}$/);

test('the octets are those of the page', () => {
  const hex = (label: string, parts: Uint8Array[]): string =>
    encodeHex(encodeTuple(label, parts), 'lower').replaceAll(/.{8}/g, '$& ');
  expect(hex('abcd', [octets(1, 2, 3, 4), octets()])).toBe(
    '00000004 61626364 00000002 00000004 01020304 00000000 ',
  );
  expect(hex('a', [])).toBe('00000001 61000000 00');
});

test('what is written is read back', () => {
  fc.assert(
    fc.property(labels, lists, (label, parts) => {
      expect(decodeTuple(encodeTuple(label, parts), label)).toEqual(parts);
    }),
  );
});

test('no two lists and no two labels have the same octets, and none begins another', () => {
  const tuples = fc.tuple(labels, lists);
  fc.assert(
    fc.property(tuples, tuples, ([a, x], [b, y]) => {
      const first = encodeHex(encodeTuple(a, x), 'lower');
      const second = encodeHex(encodeTuple(b, y), 'lower');
      const list = (parts: Uint8Array[]): string =>
        parts.map((part) => encodeHex(part, 'lower')).join();
      const isSame = a === b && x.length === y.length && list(x) === list(y);
      expect(first.startsWith(second)).toBe(isSame);
    }),
    { numRuns: 2000 },
  );
});

test('lists that join to the same octets stay apart', () => {
  const text = (...parts: string[]): Uint8Array => encodeTuple(LABEL, parts.map(encodeUtf8));
  const all = [text('ab', 'c'), text('a', 'bc'), text('abc'), text('abc', ''), text('', 'abc')];
  expect(new Set(all.map((one) => encodeHex(one, 'lower'))).size).toBe(all.length);
});

describe('the reader refuses', () => {
  const good = encodeTuple(LABEL, [octets(1, 2, 3), octets()]);

  test('every beginning of a list, and octets after it', () => {
    for (let size = 0; size < good.length; size++) {
      expect(codeOf(() => decodeTuple(good.slice(0, size), LABEL))).toBe('ERR_TUPLE');
    }
    expect(codeOf(() => decodeTuple(octets(...good, 0), LABEL))).toBe('ERR_TUPLE');
  });

  test('another label, of the same length and of another', () => {
    expect(codeOf(() => decodeTuple(good, 'countersign/test/v2'))).toBe('ERR_TUPLE_LABEL');
    expect(codeOf(() => decodeTuple(good, 'countersign/test'))).toBe('ERR_TUPLE_LABEL');
  });

  test('lengths and counts that the octets do not have, without making room for them', () => {
    const at = 4 + LABEL.length;
    for (const offset of [0, at, at + 4]) {
      for (const value of [0xff, 0x7f]) {
        const bad = good.slice();
        bad.fill(value, offset, offset + 4);
        expect(codeOf(() => decodeTuple(bad, LABEL, { maxParts: 0xffff_ffff }))).toBe('ERR_TUPLE');
      }
    }
  });

  test('more octets or parts than allowed, and takes as many', () => {
    const size = good.length;
    expect(decodeTuple(good, LABEL, { maxBytes: size, maxParts: 2 })).toHaveLength(2);
    expect(codeOf(() => decodeTuple(good, LABEL, { maxBytes: size - 1 }))).toBe('ERR_TUPLE');
    expect(codeOf(() => decodeTuple(good, LABEL, { maxParts: 1 }))).toBe('ERR_TUPLE');
    const many = encodeTuple(LABEL, Array<Uint8Array>(200_000).fill(octets()));
    expect(codeOf(() => decodeTuple(many, LABEL))).toBe('ERR_TUPLE');
    expect(decodeTuple(many, LABEL, { maxParts: 200_000 })).toHaveLength(200_000);
    expect(codeOf(() => decodeTuple(new Uint8Array((1 << 20) + 1), LABEL))).toBe('ERR_TUPLE');
  });

  test('any octets with its code and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(), fc.nat(255), (junk, at, value) => {
        const changed = good.slice();
        changed[at % good.length] = value;
        for (const bad of [junk, changed]) {
          expect(['none', 'ERR_TUPLE', 'ERR_TUPLE_LABEL']).toContain(
            codeOf(() => decodeTuple(bad, LABEL)),
          );
        }
      }),
    );
  });
});

test.each([[''], ['a b'], ['\u00e9'], ['a\n'], ['a'.repeat(256)], [1]])(
  'a label that is none: %j',
  (label) => {
    expect(() => encodeTuple(label as string, [])).toThrow(TypeError);
    expect(() => decodeTuple(octets(0), label as string)).toThrow(TypeError);
  },
);

test.each([[null], ['ab'], [[1]], [[octets(), 'a']], [Object.assign([], { length: 1 })]])(
  'parts that are none: %j',
  (parts) => {
    expect(() => encodeTuple(LABEL, parts as Uint8Array[])).toThrow(TypeError);
  },
);
