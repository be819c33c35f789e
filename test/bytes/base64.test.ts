import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeBase64,
  decodeBase64Url,
  encodeBase64,
  encodeBase64Url,
  readBase64Url,
  writeBase64Url,
} from '../../src/bytes/base64.js';
import { refusal, unitsThat } from './support.js';

// RFC 4648, section 10.
const BASE64 = [
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
] as const;
const COMMON = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Text that is Base64 but for a few characters replaced, inserted or left out. */
const mutated = fc
  .tuple(
    fc.uint8Array({ maxLength: 12 }),
    fc.constantFrom('base64' as const, 'base64url' as const),
    fc.array(
      fc.record({
        at: fc.nat(16),
        drop: fc.nat(1),
        put: fc.string({
          unit: fc.constantFrom(...'ABgv89+/-_= \n\u0141\ud83d'.split('')),
          maxLength: 2,
        }),
      }),
      { maxLength: 2 },
    ),
  )
  .map(([value, encoding, edits]) =>
    edits.reduce(
      (text, { at, drop, put }) => text.slice(0, at) + put + text.slice(at + drop),
      Buffer.from(value).toString(encoding),
    ),
  );

/** A text is a spelling if Buffer, which reads nearly anything, writes it again. */
function acceptsOneSpelling(
  encoding: 'base64' | 'base64url',
  code: string,
  decode: (text: string) => Uint8Array,
): void {
  test('accepts a text exactly if it is the one that its octets are written as', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const octets = Buffer.from(text, encoding);
        if (octets.toString(encoding) === text) expect(Buffer.from(decode(text))).toEqual(octets);
        else expect(refusal(() => decode(text))).toBe(code);
      }),
      { numRuns: 2000 },
    );
  });
}

describe('encodeBase64', () => {
  test.each(BASE64)('writes %j as %j', (plain, text) => {
    expect(encodeBase64(Buffer.from(plain))).toBe(text);
  });

  test('agrees with Buffer on any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (value) => {
        expect(encodeBase64(value)).toBe(Buffer.from(value).toString('base64'));
      }),
    );
  });

  test('takes only octets', () => {
    expect(refusal(() => encodeBase64('foo' as never))).toBe('TypeError: value');
    expect(refusal(() => encodeBase64([1] as never))).toBe('TypeError: value');
  });
});

describe('decodeBase64', () => {
  acceptsOneSpelling('base64', 'ERR_BASE64', decodeBase64);

  test.each(BASE64)('reads %j', (plain, text) => {
    expect(Buffer.from(decodeBase64(text)).toString()).toBe(plain);
  });

  test('gives back what was written, in memory of its own', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (value) => {
        const read = decodeBase64(encodeBase64(value));
        expect(read).toEqual(value);
        expect(read.buffer.byteLength).toBe(value.length);
      }),
    );
  });

  test('refuses every code unit outside the alphabet, first and last', () => {
    expect(unitsThat((unit) => decodeBase64(`${unit}AAA`))).toBe(`+/${COMMON}`);
    // Last, '=' is padding.
    expect(unitsThat((unit) => decodeBase64(`AAA${unit}`))).toBe(
      `+/0123456789=${COMMON.slice(10)}`,
    );
  });

  test.each([
    ['missing padding', ['Zg', 'Zg=', 'Zm8', 'Zm9vYg', 'Zm9vYg=']],
    ['surplus padding', ['=', '==', '====', 'Zg===', 'Zm8==', 'Zm9v=', 'Zm9v==', 'Zm9v====']],
    ['padding that stands for three characters', ['Z===', 'Zm9vZ===']],
    ['padding inside', ['Zg==Zg==', 'Zm8=Zm9v', 'Z=9v', '=m9v', 'Zg=v', '=Zg=']],
    ['white space', ['Zm9v\n', ' Zm9v', 'Zg= =', 'Zm9vYm\r\n', 'Zm9v\n\n\n\n', 'Zm 9', '    ']],
    ['the other alphabet', ['-_-_', 'Zm9-', 'Zm_v']],
    ['spare bits that are not zero', ['Zh==', 'Zv==', 'Zm9=', 'Zm+=', 'Zm9vYh==', 'Zm9vYmF=']],
    ['1 character more than whole groups', ['Z', 'Zm9vZ', 'Zm9vYmFyZ']],
  ])('refuses %s', (_rule, texts) => {
    for (const text of texts)
      expect(
        refusal(() => decodeBase64(text)),
        text,
      ).toBe('ERR_BASE64');
  });

  test('takes for the last character 1 of 16, or 1 of 4, that leave no spare bits', () => {
    const last = (before: string, after: string): string =>
      `+/${COMMON}`
        .split('')
        .filter((unit) => refusal(() => decodeBase64(before + unit + after)) === 'accepted')
        .join('');
    // The values that are multiples of 16, and of 4, in table 1 of RFC 4648.
    expect(last('A', '==')).toBe('AQgw');
    expect(last('AA', '=')).toBe('048AEIMQUYcgkosw');
  });

  test('takes only a string', () => {
    expect(refusal(() => decodeBase64(Buffer.from('Zm9v') as never))).toBe('TypeError: text');
    expect(refusal(() => decodeBase64(undefined as never))).toBe('TypeError: text');
  });
});

describe('encodeBase64Url', () => {
  test.each(BASE64)('writes %j without padding', (plain, text) => {
    expect(encodeBase64Url(Buffer.from(plain))).toBe(text.replaceAll('=', ''));
  });

  test('agrees with Buffer on any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (value) => {
        expect(encodeBase64Url(value)).toBe(Buffer.from(value).toString('base64url'));
      }),
    );
  });

  test('takes only octets', () => {
    expect(refusal(() => encodeBase64Url('foo' as never))).toBe('TypeError: value');
    expect(refusal(() => encodeBase64Url([1] as never))).toBe('TypeError: value');
  });
});

describe('decodeBase64Url', () => {
  acceptsOneSpelling('base64url', 'ERR_BASE64URL', decodeBase64Url);

  test.each(BASE64)('reads %j without padding', (plain, text) => {
    expect(Buffer.from(decodeBase64Url(text.replaceAll('=', ''))).toString()).toBe(plain);
  });

  test('gives back what was written, in memory of its own', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (value) => {
        const read = decodeBase64Url(encodeBase64Url(value));
        expect(read).toEqual(value);
        expect(read.buffer.byteLength).toBe(value.length);
      }),
    );
  });

  test('refuses every code unit outside the alphabet, first and last', () => {
    const alphabet = `-_${COMMON}`.split('').toSorted().join('');
    expect(unitsThat((unit) => decodeBase64Url(`${unit}AAA`))).toBe(alphabet);
    expect(unitsThat((unit) => decodeBase64Url(`AAA${unit}`))).toBe(alphabet);
  });

  test.each([
    ['padding', ['Zg==', 'Zg=', 'Zm8=', 'Zm9v=', '=', '==', '====']],
    ['padding inside', ['Zg==Zg', 'Z=9v', '=m9v']],
    ['white space', ['Zm9v\n', ' Zm9v', 'Zm9vYm\r\n', 'Zm 9', '    ']],
    ['the other alphabet', ['+/+/', 'Zm9+', 'Zm/v']],
    ['spare bits that are not zero', ['Zh', 'Zv', 'Zm9', 'Zm-', 'Zm9vYh', 'Zm9vYmF']],
    ['1 character more than whole groups', ['Z', 'A', 'Zm9vA', 'Zm9vYmFyA']],
  ])('refuses %s', (_rule, texts) => {
    for (const text of texts) {
      expect(
        refusal(() => decodeBase64Url(text)),
        text,
      ).toBe('ERR_BASE64URL');
    }
  });

  test('takes for the last character 1 of 16, or 1 of 4, that leave no spare bits', () => {
    const last = (before: string): string =>
      `-_${COMMON}`
        .split('')
        .filter((unit) => refusal(() => decodeBase64Url(before + unit)) === 'accepted')
        .join('');
    // The values that are multiples of 16, and of 4, in table 2 of RFC 4648.
    expect(last('A')).toBe('AQgw');
    expect(last('AA')).toBe('048AEIMQUYcgkosw');
  });

  test('takes only a string', () => {
    expect(refusal(() => decodeBase64Url(Buffer.from('Zm9v') as never))).toBe('TypeError: text');
    expect(refusal(() => decodeBase64Url(undefined as never))).toBe('TypeError: text');
  });
});

describe('base64url in place', () => {
  const codes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

  test('is what the text is, at any place', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(9), fc.nat(9), (octets, from, to) => {
        const text = encodeBase64Url(octets);
        const room = new Uint8Array(200).fill(0x2e);
        const end = writeBase64Url(octets, room, from);
        expect(Buffer.from(room.subarray(from, end)).toString()).toBe(text);
        expect([room[from - 1] ?? 0x2e, room[end]]).toEqual([0x2e, 0x2e]);
        const at = 100 + to;
        expect(readBase64Url(room, from, end, room, at)).toBe(at + octets.length);
        expect(room.slice(at, at + octets.length)).toEqual(Uint8Array.from(octets));
        expect(room[at + octets.length]).toBe(0x2e);
      }),
    );
  });

  test('is refused where the text is', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const source = codes(text);
        const read = (): unknown => readBase64Url(source, 0, source.length, new Uint8Array(99), 0);
        expect(refusal(read)).toBe(refusal(() => decodeBase64Url(text)));
      }),
    );
    for (const bad of ['A', 'AB', 'ABC', 'AAAAA', 'AAAAAB', 'AAA=', 'AA+A', 'AAA/', 'AA A', 'é']) {
      const source = codes(bad);
      expect(refusal(() => readBase64Url(source, 0, source.length, new Uint8Array(9), 0))).toBe(
        'ERR_BASE64URL',
      );
    }
  });
});
