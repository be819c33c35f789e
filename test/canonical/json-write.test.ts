// The canonical writer: RFC 8785 for what JSON can say, a code for what it can't.
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeUtf8 } from '../../src/bytes/index.js';
import {
  ALLOW_BIG_INTEGERS,
  readJson,
  writeJson,
  writeJsonText,
  type WriteJsonOptions,
} from '../../src/canonical/json.js';
import { codeOf } from './support.js';

/** The scheme in five lines, with none of the checks. */
function naive(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(naive).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${naive(member)}`).join(',')}}`;
}

describe('the writer', () => {
  test('equals the naive one over any JSON', () => {
    const value = fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' });
    fc.assert(
      fc.property(value, (json) => {
        expect(writeJsonText(json)).toBe(naive(json));
        expect(decodeUtf8(writeJson(json))).toBe(naive(json));
      }),
      { numRuns: 2000 },
    );
  });

  test('is injective, and idempotent over its own text', () => {
    const value = fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const isSame = naive(a) === naive(b);
        expect(writeJsonText(a) === writeJsonText(b)).toBe(isSame);
        const text = writeJson(a);
        if (!/\d{16}/.test(decodeUtf8(text))) expect(writeJson(readJson(text))).toEqual(text);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    [{ b: 1, a: 2, '': 3, aa: 4, A: 5 }, '{"":3,"A":5,"a":2,"aa":4,"b":1}'],
    // U+FB33 comes after U+1F600 in UTF-16 and before it in UTF-8
    [{ '\ufb33': 1, '\u{1f600}': 2, '\u20ac': 3 }, '{"\u20ac":3,"\u{1f600}":2,"\ufb33":1}'],
    [{ 10: 'a', 9: 'b', 1: 'c' }, '{"1":"c","10":"a","9":"b"}'],
    [-0, '0'],
    [1e21, '1e+21'],
    [1e20, '100000000000000000000'],
    [1e-7, '1e-7'],
    [5e-324, '5e-324'],
    [4.5, '4.5'],
    [9007199254740991n, '9007199254740991'],
    [-1n, '-1'],
    [-9007199254740991n, '-9007199254740991'],
    [`${'x'.repeat(63)}"`, `"${'x'.repeat(63)}\\""`],
    [`${'x'.repeat(64)}"`, `"${'x'.repeat(64)}\\""`],
    [`\\ud800${'x'.repeat(64)}`, `"\\\\ud800${'x'.repeat(64)}"`],
    ['\u{1f600}\n', '"\u{1f600}\\n"'],
    [
      '\b\t\n\f\r"\\/\0\u001f\u007f\u2028\u00e9',
      String.raw`"\b\t\n\f\r\"\\/\u0000\u001f` + '\u007f\u2028\u00e9"',
    ],
    ['\u0065\u0301', '"e\u0301"'],
    [[], '[]'],
    [{}, '{}'],
    [[[null, true], { a: [false] }], '[[null,true],{"a":[false]}]'],
    [Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    [runInNewContext('({ b: [1], a: { c: {} } })'), '{"a":{"c":{}},"b":[1]}'],
    [Object.defineProperty({ a: 1 }, 'hidden', { value: 1 }), '{"a":1}'],
    [JSON.parse('{"__proto__":1,"a":2}'), '{"__proto__":1,"a":2}'],
  ])('writes %o', (value, text) => {
    expect(writeJsonText(value)).toBe(text);
  });

  test('sorts many names as it sorts few', () => {
    const names = fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 3 }), { maxLength: 60 });
    fc.assert(
      fc.property(names, (all) => {
        const value = Object.fromEntries(all.map((name) => [name, 0]));
        expect(writeJsonText(value)).toBe(naive(value));
      }),
    );
  });

  test('writes more kinds of objects than it remembers, each as the first time', () => {
    const kinds = Array.from({ length: 600 }, (_, i) => ({
      [i % 2 === 0 ? 'z' : `y${i}`]: i,
      [`b${i % 40}`]: i,
      a: { [`n${i}`]: 1, ['x'.repeat(i % 70)]: 2 },
    }));
    for (const value of [...kinds, ...kinds.toReversed(), ...kinds]) {
      expect(writeJsonText(value)).toBe(naive(value));
    }
    const wide = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`n${i}`, i]));
    for (let again = 0; again < 2; again++) expect(writeJsonText(wide)).toBe(naive(wide));
  });

  test('tells kinds apart that begin alike', () => {
    const kinds = [{ a: 1, b: 2 }, { a: 1, c: 2 }, { a: 1 }, { a: 1, b: 2, c: 3 }, { b: 2, a: 1 }];
    for (const value of [...kinds, ...kinds]) expect(writeJsonText(value)).toBe(naive(value));
  });

  test('writes integers beyond 2^53 - 1 if told to', () => {
    const options = { integers: ALLOW_BIG_INTEGERS } as const;
    expect(writeJsonText([2n ** 64n, -(2n ** 53n), 1], options)).toBe(
      '[18446744073709551616,-9007199254740992,1]',
    );
  });

  test('does not mind one object in two places', () => {
    const shared = { a: [1] };
    expect(writeJsonText([shared, shared, { shared }])).toBe(
      '[{"a":[1]},{"a":[1]},{"shared":{"a":[1]}}]',
    );
  });
});

describe('the writer refuses', () => {
  const cycle: unknown[] = [];
  cycle.push({ a: { b: cycle } });
  const named = Object.assign([1], { name: 2 });
  const sparse = [1, 2, 3];
  Reflect.deleteProperty(sparse, 1);
  class Money {
    amount = 1;
  }
  class Items extends Array {}

  test.each<[string, string, unknown]>([
    ['ERR_JSON_TYPE', 'the root', undefined],
    ['ERR_JSON_TYPE', '/a', { a: undefined }],
    ['ERR_JSON_TYPE', '/0', [undefined]],
    ['ERR_JSON_TYPE', '/a/1/b', { a: [0, { b: () => 1 }] }],
    ['ERR_JSON_TYPE', '/a', { a: Symbol('s') }],
    ['ERR_JSON_TYPE', '/toJSON', { toJSON: () => 'signed' }],
    ['ERR_JSON_TYPE', 'the root', { [Symbol('s')]: 1 }],
    ['ERR_JSON_TYPE', 'the root', Object.defineProperty({}, Symbol('s'), { value: 1 })],
    ['ERR_JSON_TYPE', '/d', { d: new Date(0) }],
    ['ERR_JSON_TYPE', 'the root', new Map()],
    ['ERR_JSON_TYPE', 'the root', new Set()],
    ['ERR_JSON_TYPE', 'the root', new Uint8Array(1)],
    ['ERR_JSON_TYPE', 'the root', new Money()],
    ['ERR_JSON_TYPE', 'the root', Object.create({ inherited: 1 })],
    ['ERR_JSON_TYPE', 'the root', new Items(1)],
    ['ERR_JSON_TYPE', 'the root', Object('text')],
    ['ERR_JSON_TYPE', 'the root', Object(1)],
    ['ERR_JSON_TYPE', 'the root', Object(1n)],
    ['ERR_JSON_TYPE', 'the root', JSON],
    ['ERR_JSON_TYPE', 'the root', new Error('e')],
    ['ERR_JSON_TYPE', 'the root', /e/],
    ['ERR_JSON_TYPE', 'the root', Promise.resolve(1)],
    ['ERR_JSON_TYPE', 'the root', globalThis],
    ['ERR_JSON_TYPE', 'the root', runInNewContext('new Date(0)')],
    ['ERR_JSON_TYPE', 'the root', runInNewContext('new (class A { a = 1 })')],
    ['ERR_JSON_TYPE', 'the root', Object.create(Object.create(null) as object)],
    ['ERR_JSON_TYPE', 'the root', Object.assign([1], { [Symbol('s')]: 2 })],
    ['ERR_JSON_TYPE', 'the root', named],
    ['ERR_JSON_TYPE', 'the root', sparse],
    ['ERR_JSON_TYPE', 'the root', Object.assign([], { length: 1, name: 2 })],
    ['ERR_JSON_TYPE', 'the root', Object.assign([], { length: 1_000_000 })],
    ['ERR_JSON_NUMBER', '/a~1b/~0', { 'a/b': { '~': Number.NaN } }],
    ['ERR_JSON_NUMBER', '/1', [1, Number.POSITIVE_INFINITY]],
    ['ERR_JSON_NUMBER', 'the root', Number.NEGATIVE_INFINITY],
    ['ERR_JSON_NUMBER', 'the root', 9007199254740992n],
    ['ERR_JSON_NUMBER', 'the root', -9007199254740992n],
    ['ERR_JSON_SURROGATE', '/a', { a: '\ud800' }],
    ['ERR_JSON_SURROGATE', '/a', { a: '\udc00\ud800' }],
    ['ERR_JSON_SURROGATE', '/a', { a: `${'x'.repeat(500)}\udfff` }],
    ['ERR_JSON_SURROGATE', '/', { '\ud800': 1 }],
    ['ERR_JSON_CYCLE', '/a/b/0/a/b', cycle],
  ])('%s at %s', (code, place, value) => {
    expect(codeOf(() => writeJsonText(value))).toBe(code);
    expect(() => writeJsonText(value)).toThrow(place);
  });

  test('more levels than allowed, and writes as many', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });
    expect(codeOf(() => writeJson(nested(64)))).toBe('none');
    expect(codeOf(() => writeJson(nested(65)))).toBe('ERR_JSON_LIMIT');
    expect(codeOf(() => writeJson(nested(512), { maxDepth: 512 }))).toBe('none');
    expect(codeOf(() => writeJson([], { maxDepth: 0 }))).toBe('ERR_JSON_LIMIT');
  });

  test.each([[{ maxdepth: 1 }], [{ maxDepth: 1000 }], [{ integers: true }], [null]])(
    'options that are none: %j',
    (options) => {
      expect(() => writeJson(1, options as WriteJsonOptions)).toThrow(TypeError);
    },
  );

  test('to name a value, and names names of any length briefly', () => {
    const error = (value: unknown): string => {
      try {
        writeJson(value);
      } catch (thrown) {
        return (thrown as Error).message;
      }
      return '';
    };
    expect(error({ a: ['SECRET\ud800'] })).not.toContain('SECRET');
    expect(error({ ['n'.repeat(10_000)]: undefined }).length).toBeLessThan(300);
  });
});

describe('what changes while it is read', () => {
  test('is read once', () => {
    let reads = 0;
    const value = {
      get a() {
        return ++reads;
      },
    };
    expect(writeJsonText(value)).toBe('{"a":1}');
    expect(reads).toBe(1);
  });

  test('gives the text of what was read, or is refused', () => {
    const shrinking = {
      get a() {
        delete (shrinking as { b?: number }).b;
        return 1;
      },
      b: 2,
    };
    expect(codeOf(() => writeJson(shrinking))).toBe('ERR_JSON_TYPE');
    const items: unknown[] = [];
    items.push({
      get a() {
        items.length = 1;
        return 1;
      },
    });
    items.push(2);
    expect(codeOf(() => writeJson(items))).toBe('ERR_JSON_TYPE');
    const growing: unknown[] = [];
    growing.push({
      get a() {
        growing.push(3);
        return 1;
      },
    });
    expect(writeJsonText(growing)).toBe('[{"a":1}]');
  });

  test('may write JSON itself', () => {
    const value = {
      get a() {
        return writeJsonText({ c: [1, { d: 2 }] });
      },
      b: undefined,
    };
    expect(() => writeJsonText(value)).toThrow(/at \/b$/);
  });

  test('through a proxy is asked for each member once', () => {
    const asked: PropertyKey[] = [];
    const value = new Proxy(
      { b: 1, a: 'x' },
      {
        get: (target, name, receiver) => {
          asked.push(name);
          return Reflect.get(target, name, receiver) as unknown;
        },
      },
    );
    expect(writeJsonText(value)).toBe('{"a":"x","b":1}');
    expect(asked).toEqual(['a', 'b']);
  });
});
