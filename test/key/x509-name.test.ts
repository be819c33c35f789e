// Distinguished names by hand: structure, strings of each type, and how they are printed.
import { describe, expect, test } from 'vitest';
import { derEncode, derObjectId, derSequence, readDer } from '../../src/bytes/der.js';
import { foldedName, type Name, readName } from '../../src/key/x509-name.js';
import { outcome } from '../vectors.js';

const [UTF8, NUMERIC, PRINTABLE, TELETEX, IA5, VISIBLE, UNIVERSAL, BMP] = [
  0x0c, 0x12, 0x13, 0x14, 0x16, 0x1a, 0x1c, 0x1e,
];
const CN = '2.5.4.3';
const octets = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));
const attribute = (oid: string, text: string | Uint8Array, tag = UTF8): Uint8Array =>
  derSequence(derObjectId(oid), derEncode(tag, typeof text === 'string' ? octets(text) : text));
const set = (...members: Uint8Array[]): Uint8Array => derEncode(0x31, ...members);
const nameOf = (...sets: Uint8Array[]): Name => readName(readDer(derSequence(...sets), 0x30));
const of = (...sets: Uint8Array[]): string => outcome(() => nameOf(...sets).attributes.length);
/** The string in a name of one attribute. */
const string = (tag: number, content: Uint8Array): string =>
  outcome(() => nameOf(set(attribute(CN, content, tag))).attributes[0]?.value);

describe('a name', () => {
  test('is a list of sets of attributes, each of a type and a string', () => {
    const name = nameOf(
      set(attribute('2.5.4.6', 'GB', PRINTABLE)),
      set(attribute(CN, 'a'), attribute('2.5.4.11', 'b')),
    );
    expect(name.attributes).toEqual([
      { oid: '2.5.4.6', value: 'GB', rdn: 0 },
      { oid: CN, value: 'a', rdn: 1 },
      { oid: '2.5.4.11', value: 'b', rdn: 1 },
    ]);
    expect(Object.isFrozen(name) && Object.isFrozen(name.attributes)).toBe(true);
    expect(name.attributes.every((one) => Object.isFrozen(one))).toBe(true);
    expect(of()).toBe('0');
    expect(of(set())).toBe('ERR_CERTIFICATE_NAME');
    expect(of(derSequence(attribute(CN, 'a')))).toBe('ERR_DER');
    const type = derObjectId(CN);
    for (const members of [[], [type], [type, derEncode(UTF8, octets('a')), derEncode(0x05)]]) {
      expect(of(set(derSequence(...members)))).toBe('ERR_CERTIFICATE_NAME');
    }
    expect(of(set(derEncode(0x31, type, derEncode(UTF8, octets('a')))))).toBe('ERR_DER');
  });

  test('has its sets in the order of DER, and nothing in them twice', () => {
    const [a, b, longer] = [attribute(CN, 'a'), attribute(CN, 'b'), attribute(CN, 'aa')];
    expect(of(set(a, b))).toBe('2');
    expect(of(set(a, longer))).toBe('2');
    expect(of(set(a, b, longer))).toBe('3');
    for (const members of [
      [b, a],
      [a, a],
      [longer, a],
      [a, longer, b],
    ]) {
      expect(of(set(...members))).toBe('ERR_CERTIFICATE_NAME');
    }
    expect(of(set(b), set(a))).toBe('2');
  });

  test('has 64 attributes, 4096 octets in a string and 8192 in all', () => {
    const many = Array.from({ length: 65 }, () => set(attribute(CN, 'a')));
    expect(of(...many.slice(1))).toBe('64');
    expect(of(...many)).toBe('ERR_CERTIFICATE_NAME');
    expect(string(UTF8, new Uint8Array(4096).fill(0x61))).toHaveLength(4096);
    for (const size of [0, 4097]) {
      expect(string(UTF8, new Uint8Array(size).fill(0x61))).toBe('ERR_CERTIFICATE_NAME');
    }
    const filled = (size: number): Uint8Array[] =>
      [4000, 2000, size].map((length) => set(attribute(CN, 'a'.repeat(length))));
    const rest = 8192 - derSequence(...filled(2000)).length;
    expect(of(...filled(2000 + rest))).toBe('3');
    expect(of(...filled(2001 + rest))).toBe('ERR_CERTIFICATE_NAME');
  });
});

describe('a string', () => {
  // X.680, tables 9 and 10, and what T.61, Latin-1 and ASCII have in common.
  test.each<[string, number, RegExp]>([
    ['NumericString', NUMERIC, /[0-9 ]/],
    ['PrintableString', PRINTABLE, /[A-Za-z0-9 '()+,\-./:=?]/],
    ['VisibleString', VISIBLE, /[ -~]/],
    ['IA5String', IA5, /[^\u0080-\u00ff]/],
    ['TeletexString', TELETEX, /[ !"%&'()*+,\-./0-9:;<=>?@A-Z[\]_a-z|]/],
  ])('of type %s has its characters and no others', (_, tag, allowed) => {
    for (let code = 0; code < 256; code++) {
      const character = String.fromCharCode(code);
      const expected = allowed.test(character);
      for (const [around, content] of [
        [character, [code]],
        [`0${character}1`, [0x30, code, 0x31]],
      ] as const) {
        expect(string(tag, Uint8Array.from(content)), String(code)).toBe(
          expected ? around : 'ERR_CERTIFICATE_NAME',
        );
      }
    }
  });

  test('of type UTF8String is well formed', () => {
    expect(string(UTF8, octets('Zoë 錢 \u{1f600}'))).toBe('Zoë 錢 \u{1f600}');
    for (const bad of [[0xff], [0xc3], [0xed, 0xa0, 0x80]]) {
      expect(string(UTF8, Uint8Array.from(bad))).toBe('ERR_CERTIFICATE_NAME');
    }
  });

  test('of type BMPString is of two octets each, and no halves of pairs', () => {
    expect(string(BMP, Uint8Array.of(0, 0x41, 0x93, 0x22))).toBe('A錢');
    for (const [high, low, isText] of [
      [0xd7, 0xff, true],
      [0xd8, 0, false],
      [0xdb, 0xff, false],
      [0xdf, 0xff, false],
      [0xe0, 0, true],
      [0xff, 0xff, true],
    ] as const) {
      const found = string(BMP, Uint8Array.of(0, 0x41, high, low));
      expect(found !== 'ERR_CERTIFICATE_NAME').toBe(isText);
    }
    expect(string(BMP, Uint8Array.of(0xd8, 0x3d, 0xde, 0))).toBe('ERR_CERTIFICATE_NAME');
    expect(string(BMP, Uint8Array.of(0, 0x41, 0))).toBe('ERR_CERTIFICATE_NAME');
  });

  test('of type UniversalString is of four octets each, up to U+10FFFF', () => {
    expect(string(UNIVERSAL, Uint8Array.of(0, 0, 0, 0x41, 0, 1, 0xf6, 0))).toBe('A\u{1f600}');
    expect(string(UNIVERSAL, Uint8Array.of(0, 0x10, 0xff, 0xff))).toBe('\u{10ffff}');
    for (const bad of [
      [0, 0x11, 0, 0],
      [1, 0, 0, 0x41],
      [0, 0, 0xd8, 0],
      [0, 0, 0xdf, 0xff],
      [0, 0, 0, 0x41, 0, 0],
      [0, 0x41],
      [0xff, 0xff, 0xff, 0xff],
    ]) {
      expect(string(UNIVERSAL, Uint8Array.from(bad))).toBe('ERR_CERTIFICATE_NAME');
    }
  });

  test('is of one of these types', () => {
    for (const tag of [0x01, 0x02, 0x04, 0x05, 0x15, 0x19, 0x1b, 0x4c, 0x8c]) {
      expect(string(tag, octets('1'))).toBe('ERR_CERTIFICATE_NAME');
    }
  });
});

describe('a name is printed', () => {
  // RFC 4514, section 4, but that what does not print is escaped as well.
  const text = (...sets: Uint8Array[]): string => nameOf(...sets).text;
  const cn = (value: string): string => text(set(attribute(CN, value)));

  test('from its end, with the short names of RFC 4514', () => {
    expect(
      text(
        set(attribute('0.9.2342.19200300.100.1.25', 'net', IA5)),
        set(attribute('0.9.2342.19200300.100.1.25', 'example', IA5)),
        set(attribute('0.9.2342.19200300.100.1.1', 'jsmith')),
      ),
    ).toBe('UID=jsmith,DC=example,DC=net');
    const members = [attribute('2.5.4.11', 'Sales'), attribute(CN, 'J.  Smith')];
    expect(text(set(attribute('2.5.4.6', 'GB')), set(...members))).toBe(
      'OU=Sales+CN=J.  Smith,C=GB',
    );
    for (const [oid, short] of [
      [CN, 'CN'],
      ['2.5.4.7', 'L'],
      ['2.5.4.8', 'ST'],
      ['2.5.4.10', 'O'],
      ['2.5.4.9', 'STREET'],
    ] as const) {
      expect(text(set(attribute(oid, 'x')))).toBe(`${short}=x`);
    }
    expect(text(set(attribute('1.3.6.1.4.1.1466.0', 'Hi')))).toBe('1.3.6.1.4.1.1466.0=#0c024869');
    expect(text()).toBe('');
  });

  test.each([
    ['James "Jim" Smith, III', 'James \\"Jim\\" Smith\\, III'],
    ['a+b;c<d>e\\f=g', 'a\\+b\\;c\\<d\\>e\\\\f=g'],
    ['#1', '\\#1'],
    ['1#', '1#'],
    [' a b ', '\\ a b\\ '],
    ['  ', '\\ \\ '],
    ['Before\rAfter', 'Before\\0dAfter'],
    ['a\0\0b', 'a\\00\\00b'],
    ['a\u202eb\u2028', 'a\\e2\\80\\aeb\\e2\\80\\a8'],
    ['Lučić', 'Lučić'],
  ])('%j', (value, expected) => {
    expect(cn(value)).toBe(`CN=${expected}`);
  });
});

describe('a folded name', () => {
  const folded = (...sets: Uint8Array[]): string => foldedName(nameOf(...sets));
  const good = folded(set(attribute('2.5.4.6', 'GB')), set(attribute(CN, 'Example CA')));

  test('is the same whatever its types, case and white space are', () => {
    for (const [value, tag] of [
      ['EXAMPLE ca', UTF8],
      ['  example \t CA ', UTF8],
      ['Example CA', PRINTABLE],
      ['Ｅｘａｍｐｌｅ CA', UTF8],
    ] as const) {
      const other = folded(set(attribute('2.5.4.6', 'gb')), set(attribute(CN, value, tag)));
      expect(other).toBe(good);
    }
    const [a, b] = [attribute(CN, 'a'), attribute('2.5.4.11', 'b')];
    const [c, d] = [attribute(CN, 'A'), attribute('2.5.4.11', 'B', PRINTABLE)];
    expect(folded(set(a, b))).toBe(folded(set(c, derEncode(0x30, ...[d].map(inner)))));
  });

  test('is another for other words, types or places', () => {
    for (const sets of [
      [set(attribute('2.5.4.6', 'GB')), set(attribute(CN, 'ExampleCA'))],
      [set(attribute('2.5.4.6', 'GB')), set(attribute('2.5.4.11', 'Example CA'))],
      [set(attribute(CN, 'Example CA')), set(attribute('2.5.4.6', 'GB'))],
      [set(attribute(CN, 'Example CA'))],
    ]) {
      expect(folded(...sets)).not.toBe(good);
    }
  });
});

/** The members of a SEQUENCE, to be put into one again. */
function inner(der: Uint8Array): Uint8Array {
  return readDer(der, 0x30).content;
}
