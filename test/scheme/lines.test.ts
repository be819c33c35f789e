// One header among others, in every shape in which platforms hand them out.
import { describe, expect, test } from 'vitest';
import { headerLine, headerLines, headerValue, type HeadersInput } from '../../src/scheme/lines.js';

const SHAPES: readonly [string, (...pairs: readonly [string, string][]) => HeadersInput][] = [
  ['raw headers', (...pairs) => pairs.flat()],
  ['pairs', (...pairs) => pairs],
  ['Headers', (...pairs) => new Headers([...pairs] as [string, string][])],
  ['a Map', (...pairs) => new Map(pairs)],
  ['an object', (...pairs) => Object.fromEntries(pairs)],
  ['an object of lists', (...pairs) => Object.fromEntries(pairs.map(([name, v]) => [name, [v]]))],
];

describe.each(SHAPES)('%s', (name, shape) => {
  test('a header by its name in any case, without the blanks around it', () => {
    for (const given of ['X-Signature', 'x-signature', 'X-SIGNATURE']) {
      const headers = shape(['Host', 'shop.example'], [given, ' \tabc '], ['X-Other', 'd']);
      expect(headerValue(headers, 'x-signature')).toBe('abc');
      expect(headerLine(headers, 'x-signature')).toBe('abc');
      expect(headerLines(headers, 'x-signature').values).toEqual(['abc']);
    }
  });

  test('none where there is none', () => {
    for (const headers of [shape(), shape(['X-Signatures', 'abc'], ['X-Sig', 'd'])]) {
      expect(headerValue(headers, 'x-signature')).toBe(undefined);
      expect(headerLines(headers, 'x-signature').values).toEqual([]);
    }
  });

  test('a comma is a second value where lines are joined, and in a list it is none', () => {
    const headers = shape(['X-Signature', 't=1, t=2']);
    const isJoined = name !== 'raw headers' && name !== 'pairs';
    const value = () => headerValue(headers, 'x-signature');
    if (isJoined) expect(value).toThrow(refusal('ERR_MESSAGE_DUPLICATE'));
    else expect(value()).toBe('t=1, t=2');
    expect(headerLine(headers, 'x-signature')).toBe('t=1, t=2');
  });

  test('an empty value is one', () => {
    expect(headerValue(shape(['X-Signature', '']), 'x-signature')).toBe('');
  });

  test.each(['a\u007fb', 'a\nb', 'a\u0000'])('%j is refused', (value) => {
    // Headers of fetch refuse some of these themselves.
    let headers: HeadersInput;
    try {
      headers = shape(['X-Signature', value]);
    } catch {
      return;
    }
    expect(() => headerValue(headers, 'x-signature')).toThrow(refusal('ERR_MESSAGE_FORM'));
  });

  test('a value of more than 8,192 characters is refused', () => {
    expect(headerValue(shape(['X-Signature', 'a'.repeat(8192)]), 'x-signature')).toHaveLength(8192);
    const longer = shape(['X-Signature', 'a'.repeat(8193)]);
    expect(() => headerValue(longer, 'x-signature')).toThrow(refusal('ERR_MESSAGE_LIMIT'));
  });
});

describe('two lines of one name', () => {
  test.each<[string, HeadersInput]>([
    ['raw headers', ['X-Signature', 'a', 'x-signature', 'b']],
    ['pairs', [['X-Signature', 'a'] as const, ['x-signature', 'b'] as const]],
    [
      'a Map',
      new Map([
        ['X-Signature', 'a'],
        ['x-signature', 'b'],
      ]),
    ],
    ['an object', { 'X-Signature': 'a', 'x-signature': 'b' }],
    ['the same twice', ['X-Signature', 'a', 'X-Signature', 'a']],
    ['a list', { 'X-Signature': ['a', 'b'] }],
  ])('%s are refused, and neither is taken', (_, headers) => {
    expect(() => headerValue(headers, 'x-signature')).toThrow(refusal('ERR_MESSAGE_DUPLICATE'));
    expect(() => headerLine(headers, 'x-signature')).toThrow(refusal('ERR_MESSAGE_DUPLICATE'));
    expect(headerLines(headers, 'x-signature').values).toHaveLength(2);
  });

  test('at most eight are looked at', () => {
    const of = (count: number) => Array.from({ length: count }, () => ['X-A', 'a']).flat();
    expect(headerLines(of(8), 'x-a').values).toHaveLength(8);
    expect(() => headerLines(of(9), 'x-a')).toThrow(refusal('ERR_MESSAGE_LIMIT'));
  });
});

describe('what is no header', () => {
  test.each<[string, unknown]>([
    ['a number', { 'X-Signature': 1 }],
    ['null', { 'X-Signature': null }],
    ['an odd list', ['X-Signature']],
    ['a pair of three', [['X-Signature', 'a', 'b']]],
    ['text', 'X-Signature: a'],
    ['a number for all', 1],
  ])('%s is a mistake of the caller', (_, headers) => {
    expect(() => headerValue(headers as HeadersInput, 'x-signature')).toThrow(TypeError);
  });

  test('undefined is left out', () => {
    expect(headerValue({ 'X-Signature': undefined }, 'x-signature')).toBe(undefined);
    expect(headerValue(undefined, 'x-signature')).toBe(undefined);
  });

  test('an inherited name is none of the message', () => {
    const headers = Object.create({ 'x-signature': 'a' }) as HeadersInput;
    expect(headerValue(headers, 'x-signature')).toBe(undefined);
  });
});

function refusal(code: string): Error {
  return expect.objectContaining({ code }) as Error;
}
