// The strict reader: what it takes is what JSON.parse gives, and what it refuses has a code.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/bytes/index.js';
import {
  ALLOW_BIG_INTEGERS,
  readJson,
  type ReadJsonOptions,
  writeJson,
} from '../../src/canonical/json.js';
import { codeOf } from './support.js';

const read = (text: string, options?: ReadJsonOptions): unknown =>
  readJson(encodeUtf8(text), options);
/** The same with the prototypes that JSON.parse gives. */
const ordinary = (value: unknown): unknown => structuredClone(value);

describe('the reader takes', () => {
  test.each([
    'null',
    ' true\t\r\n',
    'false',
    '""',
    '0',
    '-0',
    '-1',
    '123456789012345',
    '9007199254740991',
    '-9007199254740991',
    '1.10',
    '1E30',
    '2e5',
    '3E+7',
    '1e-400',
    '-2.5e+10',
    '0.1',
    '-0.0',
    '1.005',
    '8.41',
    '99999.9999999999',
    '0.00000000000001',
    '0.000000000000001',
    '123456789012345.6',
    '9007199254740993.5',
    '[]',
    '{}',
    '[ ]',
    '{ }',
    '[1, [2, {"a": []}]]',
    '{"a":1,"b":{"a":2}}',
    String.raw`"\"\\\/\b\f\n\r\t\u20ac\ud83d\ude00"`,
    '"\u20ac \u{1f600} \u00e9 \u007f \u2028"',
    '{"\u20ac":1,"\u{1f600}":[true,"\u00e9",null],"z":-12.5}',
    '["\u0800\u0fff","\u07ff","b"]',
    String.raw`["\u20ac","€","\n","é\t",1e5,-2.5e1,12345678901234567.5]`,
    String.raw`{"é\"€":"\\","b":9007199254740991}`,
    '{"constructor":1,"toString":2,"hasOwnProperty":3,"":4}',
  ])('%s as JSON.parse does', (text) => {
    expect(ordinary(read(text))).toStrictEqual(JSON.parse(text));
  });

  test('any JSON, spaced out or not, escaped or not', () => {
    const spaces = fc.constantFrom(0, 1, '\t', ' \n\r');
    fc.assert(
      fc.property(fc.json(), spaces, fc.boolean(), (json, space, isEscaped) => {
        let text = JSON.stringify(JSON.parse(json), null, space);
        if (isEscaped) {
          text = text.replaceAll(
            /[^\0-\x7f]/g,
            (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
          );
        }
        const code = codeOf(() => {
          expect(ordinary(read(text))).toStrictEqual(JSON.parse(text));
        });
        expect(['none', 'ERR_JSON_NUMBER', 'ERR_JSON_SURROGATE']).toContain(code);
      }),
      { numRuns: 1000 },
    );
  });

  test('fractions as the nearest doubles', () => {
    const digits = fc.stringMatching(/^(?:0|[1-9]\d{0,9})\.\d{1,9}$/);
    fc.assert(
      fc.property(digits, fc.boolean(), (text, isNegative) => {
        const signed = isNegative ? `-${text}` : text;
        expect(read(signed)).toBe(Number(signed));
      }),
      { numRuns: 20_000 },
    );
  });

  test('a member called __proto__ as a member, and gives no object a prototype', () => {
    const value = read('{"__proto__":{"isAdmin":true},"a":{}}') as Record<string, object>;
    expect(Object.keys(value)).toEqual(['__proto__', 'a']);
    expect('isAdmin' in value).toBe(false);
    expect('isAdmin' in { ...value }).toBe(false);
    expect('toString' in value).toBe(false);
    expect('toString' in (value['a'] ?? {})).toBe(false);
    expect(Object.getPrototypeOf(value)).toBeNull();
  });

  test('integers beyond 2^53 - 1 as bigint, if told to, and other numbers as before', () => {
    const text = '[9007199254740991,9007199254740992,-9007199254740993,1E30,18446744073709551615]';
    expect(read(text, { integers: ALLOW_BIG_INTEGERS })).toEqual([
      9007199254740991,
      9007199254740992n,
      -9007199254740993n,
      1e30,
      18446744073709551615n,
    ]);
  });
});

describe('the reader refuses', () => {
  const S = String.raw;
  test.each([
    ['ERR_JSON', ''],
    ['ERR_JSON', ' '],
    ['ERR_JSON', '\ufeff{}'],
    ['ERR_JSON', '{} {}'],
    ['ERR_JSON', '[1,]'],
    ['ERR_JSON', '[,1]'],
    ['ERR_JSON', '[1 2]'],
    ['ERR_JSON', '[1'],
    ['ERR_JSON', '[1}'],
    ['ERR_JSON', '{"a":1]'],
    ['ERR_JSON', '{"a":1,}'],
    ['ERR_JSON', '{"a" 1}'],
    ['ERR_JSON', '{"a":}'],
    ['ERR_JSON', '{a:1}'],
    ['ERR_JSON', '{1:1}'],
    ['ERR_JSON', '{a":1}'],
    ['ERR_JSON', '{"b":1,a":1}'],
    ['ERR_JSON', '{"a":1;"b":2}'],
    ['ERR_JSON', '[1;2]'],
    ['ERR_JSON', '[1:2]'],
    ['ERR_JSON', '1ex5'],
    ['ERR_JSON', '-a'],
    ['ERR_JSON', "{'a':1}"],
    ['ERR_JSON', '{"a"'],
    ['ERR_JSON', '// a\n1'],
    ['ERR_JSON', '\u00a01'],
    ['ERR_JSON', '\u000b1'],
    ['ERR_JSON', '\0'],
    ['ERR_JSON', '1\0'],
    ['ERR_JSON', 'nul'],
    ['ERR_JSON', 'nulL'],
    ['ERR_JSON', 'NaN'],
    ['ERR_JSON', '-Infinity'],
    ['ERR_JSON', 'undefined'],
    ['ERR_JSON', '01'],
    ['ERR_JSON', '-01'],
    ['ERR_JSON', '+1'],
    ['ERR_JSON', '-'],
    ['ERR_JSON', '.5'],
    ['ERR_JSON', '1.'],
    ['ERR_JSON', '1.e1'],
    ['ERR_JSON', '1e'],
    ['ERR_JSON', '1e+'],
    ['ERR_JSON', '0x10'],
    ['ERR_JSON', '1_0'],
    ['ERR_JSON', '"'],
    ['ERR_JSON', '"a'],
    ['ERR_JSON', '"\t"'],
    ['ERR_JSON', '"\u001f"'],
    ['ERR_JSON', S`"\x41"`],
    ['ERR_JSON', S`"\u12g4"`],
    ['ERR_JSON', S`"\u12"`],
    ['ERR_JSON', S`"\'"`],
    ['ERR_JSON', S`"\"`],
    ['ERR_JSON', S`"\\\"`],
    ['ERR_JSON_SURROGATE', S`"\ud800"`],
    ['ERR_JSON_SURROGATE', S`"\udc00\ud800"`],
    ['ERR_JSON_SURROGATE', S`{"\udbff":1}`],
    ['ERR_JSON_DUPLICATE', '{"a":1,"a":1}'],
    ['ERR_JSON_DUPLICATE', S`{"a":1,"\u0061":2}`],
    ['ERR_JSON_DUPLICATE', '{"a":null,"a":2}'],
    ['ERR_JSON_DUPLICATE', '{"__proto__":1,"__proto__":2}'],
    ['ERR_JSON_DUPLICATE', '[{"x":{"1":1,"1":2}}]'],
    ['ERR_JSON_NUMBER', '9007199254740992'],
    ['ERR_JSON_NUMBER', '-9007199254740992'],
    ['ERR_JSON_NUMBER', '12345678901234567890'],
    ['ERR_JSON_NUMBER', '1e400'],
    ['ERR_JSON_NUMBER', '-1E+400'],
    ['ERR_JSON_NUMBER', '9'.repeat(400)],
  ])('%s: %s', (code, text) => {
    expect(codeOf(() => read(text))).toBe(code);
    expect(() => read(text)).toThrow(/^expected \S.* at octet \d+ of JSON$/);
  });

  test.each([
    [[0x22, 0x80, 0x22]],
    [[0x22, 0xc0, 0xaf, 0x22]],
    [[0x22, 0xed, 0xa0, 0x80, 0x22]],
    [[0x22, 0xf4, 0x90, 0x80, 0x80, 0x22]],
    [[0x22, 0xe2, 0x82, 0x22]],
    [[0xff, 0xfe, 0x31, 0x00]],
  ])('octets that are not UTF-8: %j', (octets) => {
    expect(codeOf(() => readJson(Uint8Array.from(octets)))).toBe('ERR_UTF8');
  });

  test('more octets, levels or values than allowed, and takes as many', () => {
    expect(codeOf(() => readJson(new Uint8Array((1 << 20) + 1)))).toBe('ERR_JSON_LIMIT');
    expect(read(`"${'a'.repeat((1 << 20) - 2)}"`)).toHaveLength((1 << 20) - 2);
    expect(codeOf(() => read('[]', { maxBytes: 1 }))).toBe('ERR_JSON_LIMIT');
    const nested = (levels: number): string =>
      '[{"a":'.repeat(levels / 2) + '1' + '}]'.repeat(levels / 2);
    expect(codeOf(() => read(nested(64)))).toBe('none');
    expect(codeOf(() => read(nested(66)))).toBe('ERR_JSON_LIMIT');
    expect(codeOf(() => read(nested(66), { maxDepth: 66 }))).toBe('none');
    expect(codeOf(() => read('[]', { maxDepth: 0 }))).toBe('ERR_JSON_LIMIT');
    expect(codeOf(() => read('1', { maxDepth: 0 }))).toBe('none');
    expect(codeOf(() => read('['.repeat(500_000)))).toBe('ERR_JSON_LIMIT');
    expect(codeOf(() => read('{"a":[1,2]}', { maxValues: 3 }))).toBe('none');
    expect(codeOf(() => read('{"a":[1,2]}', { maxValues: 2 }))).toBe('ERR_JSON_LIMIT');
    expect(codeOf(() => read(`[${'0,'.repeat(99_999)}0]`))).toBe('none');
    expect(codeOf(() => read(`[${'0,'.repeat(100_000)}0]`))).toBe('ERR_JSON_LIMIT');
    const big = { integers: ALLOW_BIG_INTEGERS } as const;
    expect(codeOf(() => read('9'.repeat(309), big))).toBe('none');
    expect(codeOf(() => read('9'.repeat(310), big))).toBe('ERR_JSON_NUMBER');
  });

  test('names no piece of the text, and the octet at which it stopped', () => {
    expect(() => read('{"\u20ac":"\u{1f600}","secret":"SECRET","b":SECRET}')).toThrow(
      /^expected a value at octet 36 of JSON$/,
    );
  });

  test.each([
    [{ maxByte: 1 }],
    [{ maxBytes: Number.NaN }],
    [{ maxBytes: 2 ** 28 + 1 }],
    [{ maxDepth: 513 }],
    [{ maxDepth: -1 }],
    [{ maxValues: 1.5 }],
    [{ integers: true }],
    [null],
    ['maxBytes'],
  ])('options that are none: %j', (options) => {
    expect(() => read('1', options as ReadJsonOptions)).toThrow(TypeError);
  });
});

test('what is written is read back, but integers beyond 2^53 - 1', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      let octets;
      try {
        octets = writeJson(value);
      } catch {
        return;
      }
      const plain = JSON.parse(JSON.stringify(value)) as unknown; // -0 is written as 0
      if (/\d{16}/.test(JSON.stringify(value))) return;
      expect(ordinary(readJson(octets))).toStrictEqual(plain);
    }),
    { numRuns: 1000 },
  );
});
