import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DER_TAG,
  type DerValue,
  derBitOctets,
  derBitString,
  derBoolean,
  derChildren,
  derEncode,
  derInteger,
  derNull,
  derObjectId,
  derObjectIdentifier,
  derOctets,
  derSequence,
  derUnsigned,
  expectTag,
  readDer,
} from '../../src/bytes/der.js';
import { CountersignError } from '../../src/errors.js';
import { fromHex, refusal, toHex } from './support.js';

// Made by openssl 3.0.19 for these tests and used nowhere else.
const SAMPLES = [
  // openssl ecparam -name prime256v1 -genkey | openssl pkcs8 -topk8 -nocrypt -outform DER
  '308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b020101042065e7bd4928feb60af74014e6' +
    'eb244b12f3c777b80ff4ccb6aeeca2114c68e6d8a14403420004daf01f5c133e36ca7b81d28131979e3382a4bddfa3' +
    '12519f63f77aacd8d613d3dad849478a090961c353609d7b9cba2ab1121ed2f3a13d97b35e4ed63e8655ec',
  // openssl pkey -pubout -outform DER
  '3059301306072a8648ce3d020106082a8648ce3d03010703420004daf01f5c133e36ca7b81d28131979e3382a4bddfa3' +
    '12519f63f77aacd8d613d3dad849478a090961c353609d7b9cba2ab1121ed2f3a13d97b35e4ed63e8655ec',
  // openssl dgst -sha256 -sign
  '3045022021df08cb055a4c1c5aef836864dce9f5b8de04e9aaa5020dfa0d4eac8c7cab40022100a77be659a10b7234f5' +
    'ba871d5849791b1e2e0a08a309afd620e4c069eb10643a',
  // openssl genpkey -algorithm ed25519 -outform DER, and its public key
  '302e020100300506032b65700422042027bb28a2e58eee66f010cd740bc53a205ac069b31577265e814e3761b3c9156d',
  '302a300506032b6570032100683dd0814f33fbec10b83580851976c5523666b295e1125114a449f379c7576d',
  // openssl asn1parse -genconf, a SEQUENCE of INTEGER, OBJECT IDENTIFIER, OCTET STRING and SET of
  // BOOLEAN
  '3019020301000106092a864886f70d01010b0402cafe31030101ff',
].map(fromHex);

// X.690 section 8.1.2: what the reader takes, the universal tags that are strings or numbers, and
// other classes in either form.
const READABLE = Array.from({ length: 256 }, (_, tag) => tag).filter((tag) => {
  if (tag === 0 || (tag & 0x1f) === 0x1f) return false;
  return tag >= 0x40 || [0x10, 0x11].includes(tag & 0x1f) === tag >= 0x20;
});

/** Reads any value, whatever its identifier octet. */
function read(octets: Uint8Array): DerValue {
  return readDer(octets, octets[0] ?? 0);
}

function readHex(digits: string): DerValue {
  return read(fromHex(digits));
}

/** The value written again from its parts, through the reader and the writer of its type. */
function rewrite(value: DerValue): Uint8Array {
  const { tag, content } = value;
  if ((tag & 0x20) !== 0) return derEncode(tag, ...derChildren(value).map(rewrite));
  if (tag === DER_TAG.boolean) return derEncode(tag, Uint8Array.of(derBoolean(value) ? 0xff : 0));
  if (tag === DER_TAG.integer) return derInteger(derUnsigned(value));
  if (tag === DER_TAG.bitString) return derBitString(derBitOctets(value));
  return derEncode(tag, content);
}

describe('readDer', () => {
  test('gives the identifier, the content and the whole encoding', () => {
    const value = readDer(fromHex('0403010203'), DER_TAG.octetString);
    expect(value.tag).toBe(DER_TAG.octetString);
    expect(toHex(value.content)).toBe('010203');
    expect(toHex(value.encoding)).toBe('0403010203');
  });

  test('reads what openssl writes, down to the last value', () => {
    for (const octets of SAMPLES) expect(toHex(rewrite(read(octets)))).toBe(toHex(octets));
  });

  test.each([
    ['nothing', '', 'found its start'],
    ['an identifier alone', '04', 'found its start'],
    ['an identifier of more octets', '1f8101 00', 'an identifier of one octet'],
    ['the same in a class of its own', 'bf2100', 'an identifier of one octet'],
    ['a string in parts', '2405 0403010203', 'strings primitive'],
    ['an INTEGER in parts', '2203 020101', 'strings primitive'],
    ['a SEQUENCE that is primitive', '1003 020101', 'sequences constructed'],
    ['a SET that is primitive', '1103 020101', 'sequences constructed'],
    ['an indefinite length', '3080 020101 0000', 'a definite length'],
    ['a length of 5 octets', '04850000000001 61', 'at most 4 octets'],
    ['the reserved length ff', '04ff 61', 'at most 4 octets'],
    ['length 5 in 2 octets', '048105 0102030405', 'the fewest octets'],
    ['length 127 in 2 octets', `04817f ${'00'.repeat(127)}`, 'the fewest octets'],
    ['length 128 in 3 octets', `04820080 ${'00'.repeat(128)}`, 'the fewest octets'],
    ['length 255 in 3 octets', `048200ff ${'00'.repeat(255)}`, 'the fewest octets'],
    ['length 256 in 4 octets', `0483000100 ${'00'.repeat(256)}`, 'the fewest octets'],
    ['length 256 in 5 octets', `048400000100 ${'00'.repeat(256)}`, 'the fewest octets'],
    ['length 0 in 2 octets', '048100', 'the fewest octets'],
    ['content cut short', '0403 0102', '3 octets of content, found 2'],
    ['no content', '0401', '1 octets of content, found 0'],
    ['a length cut short', '048201', 'octets of content, found 0'],
    ['the longest length', '0484ffffffff 00', 'octets of content, found 1'],
    ['an octet after the value', '040161 00', '1 octets after it'],
    ['a second value', '040161 040161', '3 octets after it'],
  ])('refuses %s', (_rule, digits, reason) => {
    expect(refusal(() => readHex(digits))).toBe('ERR_DER');
    expect(() => readHex(digits)).toThrow(reason);
  });

  test('takes the form of a tag of another class as it comes', () => {
    for (const digits of ['800101', 'a003020101', '9000', 'b000', '5000', 'f100']) {
      expect(toHex(readHex(digits).encoding)).toBe(digits);
    }
  });

  test('refuses every identifier but the one expected', () => {
    expect(refusal(() => readDer(fromHex('020101'), DER_TAG.octetString))).toBe('ERR_DER');
    expect(refusal(() => readDer(fromHex('020101'), DER_TAG.integer))).toBe('accepted');
  });

  test('gives back what derEncode wrote', () => {
    const size = fc.oneof(fc.nat(300), fc.constantFrom(0x7f, 0x80, 0xff, 0x100, 0xffff, 0x1_0000));
    fc.assert(
      fc.property(fc.constantFrom(...READABLE), size, (tag, length) => {
        const content = new Uint8Array(length).fill(tag);
        const value = readDer(derEncode(tag, content), tag);
        expect(value.tag).toBe(tag);
        expect(Buffer.compare(value.content, content)).toBe(0);
      }),
    );
  });

  test('accepts of mutated values only what is written again as the same octets', () => {
    const mutation = fc.record({
      octets: fc.constantFrom(...SAMPLES),
      at: fc.oneof(fc.nat(30), fc.nat(140)),
      drop: fc.nat(2),
      put: fc.array(
        fc.oneof(fc.nat(0xff), fc.constantFrom(...fromHex('000102030405061030317f80818284ff'))),
        { maxLength: 2 },
      ),
    });
    fc.assert(
      fc.property(mutation, ({ octets, at, drop, put }) => {
        const mutated = Uint8Array.from([
          ...octets.subarray(0, at),
          ...put,
          ...octets.subarray(at + drop),
        ]);
        let again: Uint8Array;
        try {
          again = rewrite(read(mutated));
        } catch (error) {
          if (error instanceof CountersignError && error.code === 'ERR_DER') return;
          throw error;
        }
        expect(toHex(again)).toBe(toHex(mutated));
      }),
      { numRuns: 2000 },
    );
  });

  test('refuses any octets with ERR_DER or accepts them, and never throws anything else', () => {
    const octet = fc.oneof(fc.nat(0xff), fc.constantFrom(0x02, 0x04, 0x30, 0x80, 0x81, 0x82, 0x84));
    fc.assert(
      fc.property(fc.array(octet, { maxLength: 8 }), (octets) => {
        const any = Uint8Array.from(octets);
        if (refusal(() => read(any)) === 'ERR_DER') return;
        expect(toHex(derEncode(any[0] ?? 0, read(any).content))).toBe(toHex(any));
      }),
      { numRuns: 2000 },
    );
  });

  test('takes only octets', () => {
    for (const value of ['0500', [5, 0], undefined, new ArrayBuffer(2)]) {
      expect(refusal(() => readDer(value as never, DER_TAG.null))).toBe('TypeError: value');
    }
  });
});

describe('derNull', () => {
  test('is a value without content', () => {
    expect(derNull(readHex('0500'))).toBe(null);
    expect(refusal(() => derNull(readHex('050100')))).toBe('ERR_DER');
    expect(refusal(() => derNull(readHex('020100')))).toBe('ERR_DER');
  });
});

describe('derChildren', () => {
  test('gives each value in order', () => {
    const children = derChildren(readHex('3009 020101 0402cafe 0500'));
    expect(children.map(({ encoding }) => toHex(encoding))).toEqual(['020101', '0402cafe', '0500']);
  });

  test('gives none of an empty value', () => {
    expect(derChildren(readHex('3000'))).toEqual([]);
    expect(derChildren(readHex('a000'))).toEqual([]);
  });

  test('gives 4096 at most', () => {
    const holding = (count: number): DerValue =>
      readDer(
        derEncode(
          0x30,
          new Uint8Array(2 * count).map((_, i) => (i % 2 === 0 ? 5 : 0)),
        ),
        0x30,
      );
    expect(derChildren(holding(4096)).length).toBe(4096);
    expect(refusal(() => derChildren(holding(4097)))).toBe('ERR_DER');
  });

  test('refuses to look into a primitive value', () => {
    expect(refusal(() => derChildren(readHex('0403020101')))).toBe('ERR_DER');
    expect(refusal(() => derChildren(readHex('8003020101')))).toBe('ERR_DER');
  });

  test.each([
    ['the end-of-contents octets of BER', '3002 0000'],
    ['a child that reaches past its parent', '3003 040301'],
    ['a child without a length', '3004 020101 02'],
    ['a child whose length is cut short', '3002 0481'],
    ['a child whose length is not the shortest', '3004 04810161'],
  ])('refuses %s', (_rule, digits) => {
    expect(refusal(() => derChildren(readHex(digits)))).toBe('ERR_DER');
  });

  test('reads nothing that lies behind the parent in memory', () => {
    const [inner, last] = derChildren(readHex('3007 3003040301 0500'));
    expect(last?.tag).toBe(DER_TAG.null);
    expect(refusal(() => derChildren(expectTag(inner, DER_TAG.sequence)))).toBe('ERR_DER');
  });
});

describe('expectTag', () => {
  test('gives back a value of the identifier expected, and refuses another and none', () => {
    const value = readHex('020101');
    expect(expectTag(value, DER_TAG.integer)).toBe(value);
    expect(refusal(() => expectTag(value, DER_TAG.boolean))).toBe('ERR_DER');
    expect(refusal(() => expectTag(undefined, DER_TAG.boolean))).toBe('ERR_DER');
  });
});

describe('derBoolean', () => {
  // openssl asn1parse -genstr BOOL:TRUE, BOOL:FALSE
  test('reads 00 and ff', () => {
    expect(derBoolean(readHex('0101ff'))).toBe(true);
    expect(derBoolean(readHex('010100'))).toBe(false);
  });

  test('refuses every other octet, none and two', () => {
    for (let octet = 1; octet < 0xff; octet++) {
      expect(refusal(() => derBoolean(read(Uint8Array.of(1, 1, octet))))).toBe('ERR_DER');
    }
    for (const digits of ['0100', '01020000', '0102ffff', '0102ff00']) {
      expect(refusal(() => derBoolean(readHex(digits)))).toBe('ERR_DER');
    }
  });

  test('refuses another type', () => {
    expect(refusal(() => derBoolean(readHex('0201ff')))).toBe('ERR_DER');
  });
});

// openssl asn1parse -genstr INT:0, INT:1, INT:127, ...
const INTEGERS = [
  ['', '020100'],
  ['01', '020101'],
  ['7f', '02017f'],
  ['80', '02020080'],
  ['ff', '020200ff'],
  ['0100', '02020100'],
  ['7fffffffffffffff', '02087fffffffffffffff'],
  ['ffffffffffffffff', '020900ffffffffffffffff'],
] as const;

describe('derUnsigned', () => {
  test.each(INTEGERS)('reads the digits %j', (digits, encoding) => {
    expect(toHex(derUnsigned(readHex(encoding)))).toBe(digits);
  });

  test.each([
    ['no octets', '0200'],
    ['-1', '0201ff'],
    ['-128', '020180'],
    ['a negative one with a needless ff', '0202ff80'],
    ['0 with a needless 00', '02020000'],
    ['1 with a needless 00', '02020001'],
    ['127 with a needless 00', '0202007f'],
    ['128 with two of 00', '0203000080'],
    ['another type', '040101'],
  ])('refuses %s', (_rule, digits) => {
    expect(refusal(() => derUnsigned(readHex(digits)))).toBe('ERR_DER');
  });
});

describe('derOctets', () => {
  test('gives the content of an OCTET STRING alone', () => {
    expect(toHex(derOctets(readHex('0402cafe')))).toBe('cafe');
    expect(toHex(derOctets(readHex('0400')))).toBe('');
    expect(refusal(() => derOctets(readHex('0302cafe')))).toBe('ERR_DER');
    expect(refusal(() => derOctets(readHex('8002cafe')))).toBe('ERR_DER');
  });
});

describe('derBitOctets', () => {
  test('gives the octets of a BIT STRING of whole octets', () => {
    // openssl asn1parse -genstr FORMAT:HEX,BITSTR:0102ff
    expect(toHex(derBitOctets(readHex('0304000102ff')))).toBe('0102ff');
    expect(toHex(derBitOctets(readHex('030100')))).toBe('');
  });

  test.each([
    ['without the octet that counts unused bits', '0300'],
    ['with 1 unused bit', '0302010e'],
    ['with 7 unused bits', '03020780'],
    ['with a count above 7', '03020880'],
    ['that is an OCTET STRING', '04020080'],
  ])('refuses one %s', (_rule, digits) => {
    expect(refusal(() => derBitOctets(readHex(digits)))).toBe('ERR_DER');
  });
});

// openssl asn1parse -genstr OID:...
const IDENTIFIERS = [
  ['1.2.840.10045.3.1.7', '06082a8648ce3d030107'],
  ['2.5.4.3', '0603550403'],
  ['0.39', '060127'],
  ['1.39', '06014f'],
  ['2.0', '060150'],
  ['2.48', '06028100'],
  ['2.999.3', '0603883703'],
  ['1.3.6.1.4.1.4294967295', '060a2b060104018fffffff7f'],
] as const;

describe('derObjectIdentifier', () => {
  test.each(IDENTIFIERS)('reads %s', (dotted, encoding) => {
    expect(derObjectIdentifier(readHex(encoding))).toBe(dotted);
  });

  test('reads arcs up to 2^45 - 1 and refuses 2^45', () => {
    // openssl asn1parse -genstr OID:1.2.35184372088831, OID:1.2.35184372088832, OID:2.100000000000
    const largest = readHex('06082a87ffffffffff7f');
    expect(derObjectIdentifier(largest)).toBe('1.2.35184372088831');
    expect(derObjectIdentifier(readHex('060682f4c3dbd050'))).toBe('2.100000000000');
    expect(refusal(() => derObjectIdentifier(readHex('06082a88808080808000')))).toBe('ERR_DER');
  });

  test('reads 128 octets of arcs and refuses 129', () => {
    const arcs = (count: number): DerValue =>
      readDer(derEncode(0x06, new Uint8Array(count).fill(1)), 0x06);
    expect(derObjectIdentifier(arcs(128))).toBe(`0.1${'.1'.repeat(127)}`);
    expect(refusal(() => derObjectIdentifier(arcs(129)))).toBe('ERR_DER');
  });

  test.each([
    ['no octets', '0600'],
    ['a leading zero in the first arc', '06028001'],
    ['a leading zero in a later arc', '06042a800103'],
    ['a leading zero in the last arc', '06042a038001'],
    ['an arc cut short', '06022a86'],
    ['a first arc cut short', '060188'],
    ['another type', '04012a'],
  ])('refuses %s', (_rule, digits) => {
    expect(refusal(() => derObjectIdentifier(readHex(digits)))).toBe('ERR_DER');
  });

  test('reads of any content only what derObjectId writes as the same octets', () => {
    const octet = fc.oneof(fc.nat(0xff), fc.constantFrom(0, 1, 0x27, 0x28, 0x7f, 0x80, 0x81, 0xff));
    fc.assert(
      fc.property(fc.array(octet, { maxLength: 6 }), (content) => {
        const value = read(derEncode(DER_TAG.objectIdentifier, Uint8Array.from(content)));
        if (refusal(() => derObjectIdentifier(value)) === 'ERR_DER') return;
        const dotted = derObjectIdentifier(value);
        fc.pre(dotted.split('.').every((arc) => arc.length <= 10)); // the writer's limit
        expect(toHex(derObjectId(dotted))).toBe(toHex(value.encoding));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('derEncode', () => {
  test.each([
    // The first octets of: openssl asn1parse -genconf, asn1=FORMAT:ASCII,OCTETSTRING:aaa...
    [0, '0400'],
    [127, '047f'],
    [128, '048180'],
    [255, '0481ff'],
    [256, '04820100'],
    [65535, '0482ffff'],
    [65536, '0483010000'],
    [16777215, '0483ffffff'],
    [16777216, '048401000000'],
  ])('writes a length of %i as openssl does', (length, head) => {
    const content = new Uint8Array(length).fill(0x61);
    const encoding = derEncode(DER_TAG.octetString, content);
    const start = head.length / 2;
    expect(toHex(encoding.subarray(0, start))).toBe(head);
    expect(Buffer.compare(encoding.subarray(start), content)).toBe(0);
  });

  test('joins its contents', () => {
    const parts = [Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3)];
    expect(toHex(derEncode(0x80, ...parts))).toBe('8003010203');
  });

  test('takes only an octet for the identifier, and octets', () => {
    for (const tag of [-1, 256, 2.5, NaN, '2', undefined]) {
      expect(refusal(() => derEncode(tag as never))).toBe('TypeError: tag');
    }
    expect(refusal(() => derEncode(4, 'abc' as never))).toBe('TypeError: part');
  });
});

describe('derSequence', () => {
  test('writes what openssl writes', () => {
    // The last of the samples above.
    const written = derSequence(
      derInteger(fromHex('010001')),
      derObjectId('1.2.840.113549.1.1.11'),
      derEncode(DER_TAG.octetString, fromHex('cafe')),
      derEncode(DER_TAG.set, derEncode(DER_TAG.boolean, fromHex('ff'))),
    );
    expect(toHex(written)).toBe('3019020301000106092a864886f70d01010b0402cafe31030101ff');
    expect(toHex(derSequence())).toBe('3000');
  });
});

describe('derInteger', () => {
  test.each(INTEGERS)('writes the digits %j, with or without leading zeros', (digits, encoding) => {
    expect(toHex(derInteger(fromHex(digits)))).toBe(encoding);
    expect(toHex(derInteger(fromHex(`00${digits}`)))).toBe(encoding);
    expect(toHex(derInteger(fromHex(`000000${digits}`)))).toBe(encoding);
  });

  test('takes only octets', () => {
    for (const value of ['1', 1, 1n, [1], undefined]) {
      expect(refusal(() => derInteger(value as never))).toBe('TypeError: value');
    }
  });
});

describe('derObjectId', () => {
  test.each(IDENTIFIERS)('writes %s', (dotted, encoding) => {
    expect(toHex(derObjectId(dotted))).toBe(encoding);
  });

  test.each([
    ['fewer than two arcs', ['', '1', '1.', '.1']],
    ['an empty arc', ['1..2', '1.2.']],
    ['a leading zero', ['01.2', '1.02', '1.2.00']],
    ['what is no decimal number', ['1.-2', '1.2.x', '1.2.1e3', '1.2.0x1', '1.2.\u0663']],
    ['white space', ['1.2 ', ' 1.2', '1.2\n', '1. 2']],
    ['a first arc above 2', ['3.1', '10.1']],
    ['a second arc above 39 under 0 and 1', ['0.40', '1.40', '1.999']],
    ['an arc of more than 10 digits', ['1.2.12345678901']],
  ])('refuses %s', (_rule, all) => {
    for (const dotted of all) expect(refusal(() => derObjectId(dotted))).toBe('TypeError: dotted');
  });

  test('takes only a string', () => {
    expect(refusal(() => derObjectId(1.2 as never))).toBe('TypeError: dotted');
    expect(refusal(() => derObjectId(['1.2'] as never))).toBe('TypeError: dotted');
  });
});

describe('derBitString', () => {
  test('writes octets with no unused bits', () => {
    expect(toHex(derBitString(fromHex('0102ff')))).toBe('0304000102ff');
    expect(toHex(derBitString(new Uint8Array(0)))).toBe('030100');
  });

  test('takes only octets', () => {
    expect(refusal(() => derBitString('01' as never))).toBe('TypeError: part');
  });
});
