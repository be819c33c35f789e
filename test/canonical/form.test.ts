// Forms and queries: every rule in both of its ways, and the octets that come out.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../src/bytes/index.js';
import {
  ALLOW_DELIMITERS,
  decodePercent,
  encodeFormComponent,
  encodePercent,
  type FormPair,
  parseForm,
  type ParseFormRules,
  writeForm,
  type WriteFormRules,
} from '../../src/canonical/form.js';
import { codeOf } from './support.js';

const STRICT: ParseFormRules = {
  decode: 'once',
  plus: 'space',
  duplicates: 'refuse',
  emptyValues: 'keep',
  bare: 'refuse',
  emptySegments: 'refuse',
};
const PLAIN: WriteFormRules = { sort: 'none', encode: 'none', equals: '=', joiner: '&' };
const latin1 = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));
const text = (octets: Uint8Array): string => String.fromCharCode(...octets);
const parse = (form: string, rules: Partial<ParseFormRules> = {}): string[][] =>
  parseForm(latin1(form), { ...STRICT, ...rules }).map(({ name, value }) => [
    text(name),
    text(value),
  ]);
const pairs = (...list: [string, string][]): FormPair[] =>
  list.map(([name, value]) => ({ name: latin1(name), value: latin1(value) }));
const write = (list: [string, string][], rules: Partial<WriteFormRules> = {}): string =>
  text(writeForm(pairs(...list), { ...PLAIN, ...rules }));

describe('a form', () => {
  test.each<[string, Partial<ParseFormRules>, string[][]]>([
    ['', {}, []],
    ['a=1', {}, [['a', '1']]],
    [
      'b=2&a=1',
      {},
      [
        ['b', '2'],
        ['a', '1'],
      ],
    ],
    ['a==', {}, [['a', '=']]],
    ['a=b=c', {}, [['a', 'b=c']]],
    ['=1', {}, [['', '1']]],
    ['a=', {}, [['a', '']]],
    ['a=&b=1', { emptyValues: 'drop' }, [['b', '1']]],
    ['a', { bare: 'empty' }, [['a', '']]],
    ['a&b=1', { bare: 'empty', emptyValues: 'drop' }, [['b', '1']]],
    [
      'a=1&a=2',
      { duplicates: 'keep' },
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    [
      '&a=1&&b=2&',
      { emptySegments: 'skip' },
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['a=x+y%2B%20', {}, [['a', 'x y+ ']]],
    ['a=x+y%2B%20', { plus: 'plus' }, [['a', 'x+y+ ']]],
    ['a=x+y%2B%20', { decode: 'never', plus: 'plus' }, [['a', 'x+y%2B%20']]],
    ['a=%2525', {}, [['a', '%25']]], // once, not twice
    [
      'a=%zz&%',
      { decode: 'never', plus: 'plus', bare: 'empty' },
      [
        ['a', '%zz'],
        ['%', ''],
      ],
    ],
    ['%61%3D=%26', {}, [['a=', '&']]],
    ['a=%d6%D0', {}, [['a', '\u00d6\u00d0']]], // the octets of GBK stay as they are
    ['a=\u00d6\u00d0', {}, [['a', '\u00d6\u00d0']]],
    ['a=1;b=2', {}, [['a', '1;b=2']]],
  ])('%s by %j', (form, rules, expected) => {
    expect(parse(form, rules)).toEqual(expected);
  });

  test.each<[string, string, Partial<ParseFormRules>]>([
    ['ERR_FORM', 'a=1&', {}],
    ['ERR_FORM', '&a=1', {}],
    ['ERR_FORM', 'a=1&&b=2', {}],
    ['ERR_FORM', '&', {}],
    ['ERR_FORM', 'a', {}],
    ['ERR_FORM', 'a=', { emptyValues: 'refuse' }],
    ['ERR_FORM', 'a', { bare: 'empty', emptyValues: 'refuse' }],
    ['ERR_FORM', 'a=%', {}],
    ['ERR_FORM', 'a=%4', {}],
    ['ERR_FORM', 'a=%4&b=1', {}],
    ['ERR_FORM', 'a=%g1', {}],
    ['ERR_FORM', 'a=%1g', {}],
    ['ERR_FORM', 'a=%u0041', {}],
    ['ERR_FORM', 'a%=1', {}],
    ['ERR_FORM_DUPLICATE', 'a=1&a=1', {}],
    ['ERR_FORM_DUPLICATE', 'a=1&b=2&%61=1', {}],
    ['ERR_FORM_DUPLICATE', 'a=&a=1', { emptyValues: 'drop' }],
    ['ERR_FORM_LIMIT', 'a=1&b=2', { maxBytes: 6 }],
    ['ERR_FORM_LIMIT', 'a=1&b=2', { maxPairs: 1 }],
  ])('%s: %s by %j', (code, form, rules) => {
    expect(codeOf(() => parse(form, rules))).toBe(code);
  });

  test('of 1,000 pairs and 1 MiB is taken, and none that is larger', () => {
    const form = (size: number): string =>
      Array.from({ length: size }, (_, i) => `${i}=`).join('&');
    expect(parse(form(1000))).toHaveLength(1000);
    expect(codeOf(() => parse(form(1001)))).toBe('ERR_FORM_LIMIT');
    expect(codeOf(() => parseForm(new Uint8Array(1 << 20), STRICT))).toBe('ERR_FORM');
    expect(codeOf(() => parseForm(new Uint8Array((1 << 20) + 1), STRICT))).toBe('ERR_FORM_LIMIT');
  });

  test('is read as the URL standard reads it, where every rule is its own', () => {
    const loose = { duplicates: 'keep', bare: 'empty', emptySegments: 'skip' } as const;
    const piece = fc.stringMatching(/^(?:[ -~]|%[0-9a-fA-F]{2}){0,12}$/);
    fc.assert(
      fc.property(piece, (form) => {
        if (/%(?![0-9a-f]{2})/i.test(form)) return;
        const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
        const got = parseForm(encodeUtf8(form), { ...STRICT, ...loose }).map(({ name, value }) => [
          decoder.decode(name),
          decoder.decode(value),
        ]);
        // A leading ? is no part of a query here.
        const expected = [...new URLSearchParams(form.startsWith('?') ? `?${form}` : form)];
        expect(got).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    [{ ...STRICT, decode: 'twice' }],
    [{ ...STRICT, decode: 'never' }], // with plus: 'space'
    [{ ...STRICT, plus: undefined }],
    [{ ...STRICT, duplicates: 'last' }],
    [{ ...STRICT, emptyValues: undefined }],
    [{ ...STRICT, bare: undefined }],
    [{ ...STRICT, emptySegments: undefined }],
    [{ ...STRICT, maxPairs: -1 }],
    [{ ...STRICT, maxBytes: Number.NaN }],
    [{ ...STRICT, sort: 'octets' }],
    [null],
  ])('takes no other rules: %j', (rules) => {
    expect(() => parseForm(latin1('a=1'), rules as ParseFormRules)).toThrow(TypeError);
  });
});

describe('a list is written', () => {
  test.each<[[string, string][], Partial<WriteFormRules>, string]>([
    [[], {}, ''],
    [
      [
        ['b', '2'],
        ['a', '1'],
      ],
      {},
      'b=2&a=1',
    ],
    [
      [
        ['b', '2'],
        ['a', '1'],
      ],
      { sort: 'octets' },
      'a=1&b=2',
    ],
    [
      [
        ['a', '2'],
        ['a', '10'],
        ['a', '1'],
      ],
      { sort: 'octets' },
      'a=1&a=10&a=2',
    ],
    [
      [
        ['a_b', '1'],
        ['aB', '2'],
        ['a', '3'],
        ['A_', '4'],
      ],
      { sort: 'utf16' },
      'A_=4&a=3&aB=2&a_b=1',
    ],
    [
      [
        ['a b', '~*/'],
        ['\u00d6', ''],
      ],
      { encode: 'rfc3986' },
      'a%20b=~%2A%2F&%D6=',
    ],
    [
      [
        ['a b', '~*/'],
        ['\u00d6', ''],
      ],
      { encode: 'form' },
      'a+b=%7E*%2F&%D6=',
    ],
    // by the encoded names: a%3D, a-
    [
      [
        ['a-', '1'],
        ['a=', '2'],
      ],
      { encode: 'rfc3986', sort: 'octets' },
      'a%3D=2&a-=1',
    ],
    [[['a', 'x=y']], {}, 'a=x=y'],
    [
      [
        ['a', '1'],
        ['b', '2'],
      ],
      { equals: ':', joiner: '|' },
      'a:1|b:2',
    ],
    [
      [
        ['a', '1'],
        ['b', '2'],
      ],
      { equals: '', joiner: '', delimiters: ALLOW_DELIMITERS },
      'a1b2',
    ],
    [[['a', '1&b=2']], { delimiters: ALLOW_DELIMITERS }, 'a=1&b=2'],
  ])('%j by %o', (list, rules, expected) => {
    expect(write(list, rules)).toBe(expected);
  });

  test('in the order of UTF-16 or of UTF-8, which differ', () => {
    const list = ['\ufb33', '\u{1f600}'].map((name) => ({
      name: encodeUtf8(name),
      value: latin1(''),
    }));
    const sorted = (sort: 'octets' | 'utf16'): string =>
      decodeUtf8(writeForm(list, { ...PLAIN, sort }));
    expect(sorted('octets')).toBe('\ufb33=&\u{1f600}=');
    expect(sorted('utf16')).toBe('\u{1f600}=&\ufb33=');
    expect(codeOf(() => write([['\u00d6', '']], { sort: 'utf16' }))).toBe('ERR_UTF8');
  });

  test('so that it is no other list, or refused', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', '=', '&', ':'), maxLength: 3 });
    const list = fc.array(fc.tuple(piece, piece), { maxLength: 3 });
    const separator = fc.string({
      unit: fc.constantFrom('=', '&', ':'),
      minLength: 1,
      maxLength: 2,
    });
    fc.assert(
      fc.property(list, list, separator, separator, (a, b, equals, joiner) => {
        const rules = { equals, joiner };
        const [first, second] = [a, b].map((one) => {
          let out: string | undefined;
          const code = codeOf(() => {
            out = write(one, rules);
          });
          return code === 'none' ? out : code === 'ERR_FORM_DELIMITER' ? undefined : code;
        });
        if (first === undefined || second === undefined) return;
        expect(first === second).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      { numRuns: 5000 },
    );
  });

  test.each<[[string, string][], Partial<WriteFormRules>]>([
    [[['a=', '1']], {}],
    [[['a&', '1']], {}],
    [[['a', '1&b=2']], {}],
    [[['a', '1|']], { joiner: '||' }],
  ])('but not where it could be read in two ways: %j', (list, rules) => {
    expect(codeOf(() => write(list, rules))).toBe('ERR_FORM_DELIMITER');
  });

  test('and read back as it was', () => {
    const octets = fc.uint8Array({ maxLength: 8 });
    const list = fc.array(fc.record({ name: octets, value: octets }), { maxLength: 6 });
    fc.assert(
      fc.property(list, fc.constantFrom('rfc3986', 'form'), (all, encode) => {
        const rules = { ...STRICT, duplicates: 'keep' } as const;
        expect(parseForm(writeForm(all, { ...PLAIN, encode }), rules)).toEqual(all);
      }),
    );
  });

  test.each([
    [{ ...PLAIN, sort: 'locale' }],
    [{ ...PLAIN, encode: undefined }],
    [{ ...PLAIN, equals: '' }],
    [{ ...PLAIN, joiner: '' }],
    [{ ...PLAIN, joiner: 1 }],
    [{ ...PLAIN, delimiters: true }],
    [{ ...PLAIN, decode: 'once' }],
    [null],
  ])('by no other rules: %j', (rules) => {
    expect(() => writeForm([], rules as WriteFormRules)).toThrow(TypeError);
  });

  test.each([[null], [[null]], [[{ name: 'a', value: 'b' }]], [[{ name: latin1('a') }]]])(
    'from nothing but pairs of octets: %j',
    (list) => {
      expect(() => writeForm(list as unknown as FormPair[], PLAIN)).toThrow(TypeError);
    },
  );
});

describe('percent-encoding', () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);

  test('leaves what RFC 3986 calls unreserved, or what a form leaves', () => {
    const plain = (encoded: string): string => encoded.replaceAll(/%[0-9A-F]{2}/g, '');
    const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
    expect(new Set(plain(encodePercent(all)))).toEqual(new Set(`${letters}-.~`));
    expect(new Set(plain(encodeFormComponent(all)))).toEqual(new Set(`${letters}-.*+`));
    expect(encodePercent(latin1(' +/\u00ff'))).toBe('%20%2B%2F%FF');
    expect(encodeFormComponent(latin1(' +/\u00ff'))).toBe('+%2B%2F%FF');
  });

  test('is undone', () => {
    expect(decodePercent(encodeUtf8(encodePercent(all)), 'plus')).toEqual(all);
    expect(decodePercent(encodeUtf8(encodeFormComponent(all)), 'space')).toEqual(all);
    expect(decodePercent(latin1('%c3%A9+'), 'plus')).toEqual(latin1('\u00c3\u00a9+'));
    expect(() => decodePercent(all, 'both' as 'plus')).toThrow(TypeError);
  });

  test('is what URLSearchParams writes, and encodeURIComponent with five more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        if (/\p{Surrogate}/u.test(value)) return;
        const octets = encodeUtf8(value);
        expect(`a=${encodeFormComponent(octets)}`).toBe(
          new URLSearchParams({ a: value }).toString(),
        );
        expect(encodePercent(octets)).toBe(
          encodeURIComponent(value).replaceAll(
            /[!'()*]/g,
            (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
          ),
        );
      }),
    );
  });
});
