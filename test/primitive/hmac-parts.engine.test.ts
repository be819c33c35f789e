// HMAC of a message in parts: the same tag as of the parts joined, and what counts as a part.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as hmac from '../../src/primitive/hmac.js';
import * as legacy from '../../src/primitive/legacy/hmac.js';
import { tagParts } from '../../src/primitive/parts.js';
import { aesCmac } from '../../src/primitive/aes-modes.js';

const { hmacSha256 } = hmac;
const key = hmacSha256.key(Buffer.from('0123456789abcdef'));
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const shared = new Uint8Array(new SharedArrayBuffer(3));

/** A message, cut at any places, each piece as text or as octets. */
const cut = fc
  .tuple(
    fc.uint8Array({ maxLength: 300 }),
    fc.array(fc.tuple(fc.nat(300), fc.boolean()), { maxLength: 6 }),
  )
  .map(([message, cuts]) => {
    const ends = cuts.map(([at]) => Math.min(at, message.length)).toSorted((a, b) => a - b);
    const parts = [...ends, message.length].map((end, i) => {
      const piece = message.slice(ends[i - 1] ?? 0, end);
      return cuts[i]?.[1] === true ? Buffer.from(piece).toString('latin1') : piece;
    });
    return { message, parts };
  });

describe.each([
  ...Object.values(hmac).map((alg) => [alg.name, alg] as const),
  ...Object.values(legacy).map((alg) => [alg.name, alg] as const),
])('%s', (_name, alg) => {
  const secret = alg.key(bytes('a secret'));
  const tagOf = (message: Uint8Array): Uint8Array => {
    const tag = alg.tag(secret as never, message);
    return 'strength' in tag ? tag.octets : tag;
  };

  test('of every split is that of the whole', () => {
    fc.assert(
      fc.property(cut, ({ message, parts }) => {
        expect(tagParts(alg, secret, parts)).toEqual(tagOf(message));
      }),
      { numRuns: 40 },
    );
  });

  test('of nothing is that of no octets, however nothing is said', () => {
    const tag = tagOf(new Uint8Array(0));
    for (const parts of [[], [''], [new Uint8Array(0)], ['', new Uint8Array(0), '']]) {
      expect(tagParts(alg, secret, parts)).toEqual(tag);
    }
  });
});

describe('parts', () => {
  // printf '1700000000.{"paid":true}' | openssl dgst -sha256 -hmac 0123456789abcdef
  test('are signed one after another', () => {
    const tag = tagParts(hmacSha256, key, ['1700000000', '.', bytes('{"paid":true}')]);
    expect(Buffer.from(tag).toString('hex')).toBe(
      '97557eaee1d99e1822cfab265e439080c0d55b8b529a10df709d65c239924659',
    );
  });

  test.each([16_383, 16_384, 16_385, 100_000])('may have %i octets in all', (size) => {
    const message = Uint8Array.from({ length: size }, (_, i) => (i * 7) & 0xff);
    const text = Buffer.from(message).toString('latin1');
    const tag = hmacSha256.tag(key, message);
    for (const at of [0, 1, 64, 16_000, size - 1, size]) {
      const parts = [text.slice(0, at), message.subarray(at)];
      expect(tagParts(hmacSha256, key, parts)).toEqual(tag);
      expect(tagParts(hmacSha256, key, [message.subarray(0, at), text.slice(at)])).toEqual(tag);
    }
  });

  test('may be many', () => {
    const parts = Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? 'a' : bytes('b')));
    expect(tagParts(hmacSha256, key, parts)).toEqual(
      hmacSha256.tag(key, bytes('ab'.repeat(10_000))),
    );
  });

  test('of text have no character beyond U+00FF', () => {
    expect(tagParts(hmacSha256, key, ['\u00ff'])).toEqual(hmacSha256.tag(key, Uint8Array.of(255)));
    for (const text of ['\u0100', '1700000000\u0130', '\u{1f600}', '\ud800']) {
      for (const parts of [
        [text],
        ['a', text],
        [text, bytes('a')],
        [`${'a'.repeat(20_000)}${text}`],
      ]) {
        expect(() => tagParts(hmacSha256, key, parts)).toThrow(
          new TypeError('part: expected characters up to U+00FF, found one beyond'),
        );
      }
    }
  });

  test('are text or octets that nobody else can change, in a list', () => {
    for (const part of [
      1,
      null,
      undefined,
      ['a'],
      new Uint16Array(1),
      new ArrayBuffer(1),
      shared,
    ]) {
      expect(() => tagParts(hmacSha256, key, ['a', part as never])).toThrow(/^part: /);
    }
    // A hole is no part.
    expect(() => tagParts(hmacSha256, key, Array<string>(1))).toThrow(/^part: /);
    for (const parts of ['ab', bytes('ab'), { length: 0 }, new Set(['a']), null, undefined]) {
      expect(() => tagParts(hmacSha256, key, parts as never)).toThrow(/^parts: /);
    }
  });

  test('are each looked at once', () => {
    let looks = 0;
    const tricky = new Proxy(['a'], {
      get(list, name) {
        if (name === '0') looks++;
        return name === '0' && looks > 1
          ? 'b'.repeat(100_000)
          : (Reflect.get(list, name) as unknown);
      },
    });
    expect(tagParts(hmacSha256, key, tricky)).toEqual(hmacSha256.tag(key, bytes('a')));
    expect(looks).toBe(1);
  });

  test('ask for a key of the algorithm', () => {
    expect(() => tagParts(hmac.hmacSha512, key, ['a'])).toThrow(/HMAC-SHA-256/);
    expect(() => tagParts(legacy.hmacSha1, key, ['a'])).toThrow(/HMAC-SHA-256/);
    const cmac = aesCmac.key(bytes('0123456789abcdef'));
    expect(() => tagParts(aesCmac as never, cmac as never, ['a'])).toThrow(
      new TypeError('key: expected one of HMAC, found one of AES-CMAC'),
    );
  });
});
