// Structured fields: the RFC's own examples, every refusal at its edge, and what is read written again.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BareItem,
  type Dictionary,
  type Item,
  type Member,
  readDictionary,
  readItem,
  readList,
  writeDictionary,
  writeInnerList,
  writeItem,
  writeList,
} from '../../src/canonical/structured-fields.js';
import { refusal } from '../bytes/support.js';

/** Without prototypes, as they are read. */
const bare = <T extends object>(value: T): T => Object.assign(Object.create(null) as object, value);
const none = bare({});

describe('the values', () => {
  // RFC 9651, sections 3.3.1 to 3.3.8.
  test.each<[string, BareItem]>([
    ['42', 42],
    ['-999999999999999', -999_999_999_999_999],
    ['4.5', { type: 'decimal', value: 4.5 }],
    ['1.0', { type: 'decimal', value: 1 }],
    ['"hello world"', 'hello world'],
    [String.raw`"a \"b\" \\"`, String.raw`a "b" \ `.trimEnd()],
    ['foo123/456', { type: 'token', value: 'foo123/456' }],
    ['*a:b', { type: 'token', value: '*a:b' }],
    [
      ':cHJldGVuZCB0aGlzIGlzIGJpbmFyeSBjb250ZW50Lg==:',
      Uint8Array.from(Buffer.from('pretend this is binary content.')),
    ],
    ['?1', true],
    ['?0', false],
    ['@1659578233', { type: 'date', value: 1_659_578_233 }],
    [
      '%"This is intended for display to %c3%bcsers."',
      { type: 'display', value: 'This is intended for display to üsers.' },
    ],
  ])('%s is read and written', (text, value) => {
    expect(readItem(text)).toEqual({ value, params: none });
    expect(writeItem({ value })).toBe(text);
  });

  // Section 4.1.5: half-way is to the even digit, at the number as it is spelled.
  test.each([
    [0.0015, '0.002'],
    [0.0025, '0.002'],
    [-0.0025, '-0.002'],
    [9.9995, '10.0'],
    [1e-9, '0.0'],
    [-1e-9, '0.0'],
    [999_999_999_999.999, '999999999999.999'],
    [100, '100.0'],
    [0.12, '0.12'],
  ])('the decimal %s is %s', (value, text) => {
    expect(writeItem({ value: { type: 'decimal', value } })).toBe(text);
  });

  test('zero has no sign', () => {
    expect(Object.is(readItem('-0').value, 0)).toBe(true);
    expect(writeItem({ value: -0 })).toBe('0');
  });
});

describe('the containers', () => {
  test('lists, inner lists and parameters', () => {
    const text = '("foo" "bar";a;b=?0);lvl=5, x;q=0.5';
    const list = readList(text);
    expect(list).toEqual([
      {
        items: [
          { value: 'foo', params: none },
          { value: 'bar', params: bare({ a: true, b: false }) },
        ],
        params: bare({ lvl: 5 }),
      },
      {
        value: { type: 'token', value: 'x' },
        params: bare({ q: { type: 'decimal', value: 0.5 } }),
      },
    ]);
    expect(writeList(list)).toBe(text);
  });

  test('dictionaries keep their order and need no value where it is true', () => {
    const text = 'b, a=?0;x, constructor=1;constructor, c=(1 2)';
    const dictionary = readDictionary(text);
    expect(Object.keys(dictionary)).toEqual(['b', 'a', 'constructor', 'c']);
    expect(writeDictionary(dictionary)).toBe(text);
  });

  test('what is not in a dictionary is not there', () => {
    expect(readDictionary('a=1')['constructor']).toBeUndefined();
    expect(readItem('1').params['constructor']).toBeUndefined();
  });

  test('lines are one field', () => {
    expect(readDictionary(['a=1', 'b=2'])).toEqual(readDictionary('a=1, b=2'));
    expect(refusal(() => readList(['a', '', 'b']))).toBe('ERR_STRUCTURED_FIELD');
    expect(refusal(() => readList([]))).toBe('TypeError: field');
  });

  test('a key that stands twice has its last value in its first place, or is refused', () => {
    expect(Object.entries(readDictionary('a=1,b=2,a=3;x'))).toEqual([
      ['a', { value: 3, params: bare({ x: true }) }],
      ['b', { value: 2, params: none }],
    ]);
    const refuse = { duplicates: 'refuse' } as const;
    expect(refusal(() => readDictionary('a=1,b=2,a=3', refuse))).toBe('ERR_STRUCTURED_FIELD');
    expect(refusal(() => readItem('1;a=1;a=1', refuse))).toBe('ERR_STRUCTURED_FIELD');
    expect(refusal(() => readList('(1;a;a)', refuse))).toBe('ERR_STRUCTURED_FIELD');
    expect(refusal(() => readList('(1;a 2;a);a, 1;a', refuse))).toBe('accepted');
  });

  test('an empty one has no text', () => {
    expect(readList('  ')).toEqual([]);
    expect(readDictionary('')).toEqual(none);
    expect(refusal(() => writeList([]))).toBe('ERR_STRUCTURED_FIELD');
    expect(refusal(() => writeDictionary({}))).toBe('ERR_STRUCTURED_FIELD');
    expect(writeInnerList({ items: [] })).toBe('()');
  });
});

describe('the reader refuses', () => {
  const ITEMS = [
    '',
    '1 2',
    '\t1',
    '1\t',
    '-',
    '-a',
    '1000000000000000',
    '1.',
    '1.1234',
    '1234567890123.0',
    '.1',
    '+1',
    '"',
    '"a',
    String.raw`"\a"`,
    '"\u007f"',
    '"\u0000"',
    '"é"',
    "'a'",
    'a,b',
    'a"',
    ':YQ:',
    ':YR==:',
    ':YQ==',
    ':Y Q==:',
    ':-_==:',
    '?2',
    '?',
    '?true',
    '@1.5',
    '@',
    '@@1',
    '%"%C3%BC"',
    '%"%c3"',
    '%"%e"',
    '%"ü"',
    '%a"',
    '%"a',
    '%"%ed%a0%80"',
    '1;A=1',
    '1;',
    '1; a =1',
    '1;a=',
    '1 ;a',
    '()',
    'é',
  ];
  test.each(ITEMS)('the item %j', (text) => {
    expect(refusal(() => readItem(text))).toBe('ERR_STRUCTURED_FIELD');
  });

  test.each(['a,', ',a', 'a b', 'a;b c', '(a', 'a)', '(a,b)', '((a))', '(a"b")', '(\ta)', 'a, ,b'])(
    'the list %j',
    (text) => {
      expect(refusal(() => readList(text))).toBe('ERR_STRUCTURED_FIELD');
    },
  );

  test.each(['A=1', '1=1', 'a=', 'a=1,', 'a= 1', 'a =1', '"a"=1', 'a=1 b=2', '__proto__=1'])(
    'the dictionary %j',
    (text) => {
      expect(refusal(() => readDictionary(text))).toBe('ERR_STRUCTURED_FIELD');
    },
  );

  test('a field over its limit, before a character of it is read', () => {
    expect(refusal(() => readItem('é'.repeat(65_537)))).toBe('ERR_LENGTH');
    expect(readItem(`"${'a'.repeat(65_534)}"`).value).toHaveLength(65_534);
    expect(refusal(() => readItem('12', { maxBytes: 1 }))).toBe('ERR_LENGTH');
    expect(refusal(() => readList(['1', '2'], { maxBytes: 3 }))).toBe('ERR_LENGTH');
  });

  test('options that it has not', () => {
    const options = { maxbytes: 1 } as object;
    expect(refusal(() => readItem('1', options))).toBe('TypeError: options');
    for (const maxBytes of [Number.NaN, -1, 0.5, 2 ** 40]) {
      expect(() => readItem('1', { maxBytes })).toThrow(/^options\.maxBytes: expected an integer/);
    }
    expect(() => readItem('1', { duplicates: 'first' as 'last' })).toThrow(/^options\.duplicates/);
  });
});

describe('the writer refuses', () => {
  test.each<[string, unknown]>([
    ['an Integer of 16 digits', 1_000_000_000_000_000],
    ['NaN', Number.NaN],
    ['a fraction that is not called a Decimal', 0.5],
    ['a Decimal of 13 digits', { type: 'decimal', value: 1_000_000_000_000 }],
    ['a Decimal that rounds to 13 digits', { type: 'decimal', value: 999_999_999_999.9995 }],
    ['a Decimal without end', { type: 'decimal', value: Number.POSITIVE_INFINITY }],
    ['a Decimal of NaN', { type: 'decimal', value: Number.NaN }],
    ['a String beyond ASCII', 'é'],
    ['a String with a line end', 'a\n'],
    ['an empty Token', { type: 'token', value: '' }],
    ['a Token with a space', { type: 'token', value: 'a b' }],
    ['a Token that begins with a digit', { type: 'token', value: '1a' }],
    ['a Date with a fraction', { type: 'date', value: 0.5 }],
  ])('%s', (_, value) => {
    expect(refusal(() => writeItem({ value: value as BareItem }))).toBe('ERR_STRUCTURED_FIELD');
  });

  test('a Display String of half a surrogate pair', () => {
    const value = { type: 'display', value: '\ud800' } as const;
    expect(refusal(() => writeItem({ value }))).toBe('ERR_UTF8');
  });

  test.each(['', 'A', '1a', 'a b', 'a=', '__proto__', 'é'])('the key %j', (key) => {
    expect(refusal(() => writeDictionary({ [key]: { value: 1 } }))).toBe('ERR_STRUCTURED_FIELD');
    expect(refusal(() => writeItem({ value: 1, params: { [key]: 1 } }))).toBe(
      'ERR_STRUCTURED_FIELD',
    );
  });

  test.each<unknown>([
    undefined,
    null,
    [],
    { type: 'decimal', value: '1' },
    { type: 'token', value: 1 },
    { type: 'display' },
    { type: 'string', value: 'a' },
  ])('%j, which is of no type', (value) => {
    expect(() => writeItem({ value: value as BareItem })).toThrow(TypeError);
  });
});

describe('what is written', () => {
  const keys = fc.stringMatching(/^[a-z*][a-z0-9_.*-]{0,6}$/);
  const printable = fc.string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  });
  const integers = fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 });
  const values: fc.Arbitrary<BareItem> = fc.oneof(
    integers,
    printable,
    fc.boolean(),
    fc.uint8Array({ maxLength: 20 }).map((octets) => Uint8Array.from(octets)),
    integers.map((n) => ({ type: 'decimal' as const, value: n / 1000 })),
    integers.map((value) => ({ type: 'date' as const, value })),
    fc
      .stringMatching(/^[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]{0,6}$/)
      .map((value) => ({ type: 'token' as const, value })),
    fc.string({ unit: 'binary' }).map((value) => ({ type: 'display' as const, value })),
  );
  const params = fc.dictionary(keys, values, { maxKeys: 3 }).map(bare);
  const items: fc.Arbitrary<Item> = fc.record({ value: values, params });
  const members: fc.Arbitrary<Member> = fc.oneof(
    items,
    fc.record({ items: fc.array(items, { maxLength: 3 }), params }),
  );

  test('is read as what it was', () => {
    fc.assert(
      fc.property(fc.array(members, { minLength: 1, maxLength: 4 }), (list) => {
        expect(readList(writeList(list))).toEqual(list);
      }),
    );
    fc.assert(
      fc.property(
        fc.dictionary(keys, members, { minKeys: 1, maxKeys: 4 }).map(bare<Dictionary>),
        (dictionary) => {
          const read = readDictionary(writeDictionary(dictionary));
          expect(read).toEqual(dictionary);
          expect(Object.keys(read)).toEqual(Object.keys(dictionary));
        },
      ),
    );
  });

  test('is the one form: what is read and written again stays as it is', () => {
    fc.assert(
      fc.property(fieldTexts, (text) => {
        for (const [read, write] of [
          [readItem, writeItem],
          [readList, writeList],
          [readDictionary, writeDictionary],
        ] as const) {
          let once: string;
          try {
            once = write(read(text) as never);
          } catch (error) {
            expect((error as { code?: string }).code).toBe('ERR_STRUCTURED_FIELD');
            continue;
          }
          expect(write(read(once) as never)).toBe(once);
        }
      }),
      { numRuns: 5000 },
    );
  });
});

const PIECES =
  'a b= 1 -0 1.50 "x\\"" :YQ==: ?1 @1 %"%c3%bc" ( ) , ; = " \\ : % A é \n * 00 \t'.split(' ');

/** Text made of the pieces that the grammar has, and of spaces. */
const fieldTexts = fc
  .array(fc.constantFrom(' ', ...PIECES), { maxLength: 12 })
  .map((pieces) => pieces.join(''));
