import { describe, expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../src/bytes/utf8.js';
import { insertMember } from '../../src/canonical/json-insert.js';

const insert = (text: string, path: readonly (string | number)[], written: string) =>
  decodeUtf8(insertMember(encodeUtf8(text), path, written));

describe('a member is put into a text', () => {
  test.each([
    ['', ['a'], '{"a":1}'],
    ['{}', ['a'], '{"a":1}'],
    [' { \n } ', ['a'], ' { \n "a":1} '],
    ['{"x":1.10}', ['a'], '{"x":1.10,"a":1}'],
    ['{"x":1.10 }', ['a'], '{"x":1.10 ,"a":1}'],
    ['{"a": "old" ,"x":2}', ['a'], '{"a": 1 ,"x":2}'],
    ['{"\\u0061":[1,{}]}', ['a'], '{"\\u0061":1}'],
    ['{"x":{"a":2}}', ['a'], '{"x":{"a":2},"a":1}'],
    ['{"x":{"a":2}}', ['x', 'a'], '{"x":{"a":1}}'],
    ['{"x":{}}', ['x', 'b', 'c'], '{"x":{"b":{"c":1}}}'],
    ['{}', ['x', 'b', 'c'], '{"x":{"b":{"c":1}}}'],
    ['{"x":[{"a":0},{"y":"}"}]}', ['x', 1, 'a'], '{"x":[{"a":0},{"y":"}","a":1}]}'],
    ['{}', ['"\\'], '{"\\"\\\\":1}'],
    ['{"é":0}', ['é'], '{"é":1}'],
  ])('%s at %j', (text, path, expected) => {
    expect(insert(text, path, '1')).toBe(expected);
  });

  test('as it is written', () => {
    expect(insert('{}', ['a'], '"\u2028\\n"')).toBe('{"a":"\u2028\\n"}');
  });
});

describe('there is no place for one', () => {
  test.each([
    ['[]', ['a']],
    ['"x"', ['a']],
    ['{"x":1}', ['x', 'a']],
    ['{"x":[]}', ['x', 0]],
    ['{}', ['x', 0]],
  ])('in %s at %j', (text, path) => {
    expect(() => insert(text, path, '1')).toThrow(TypeError);
  });

  test('in what is no JSON, or for it', () => {
    const code = 'ERR_JSON';
    for (const [text, written] of [
      ['{"a":1', '1'],
      ['{}', '1}'],
      ['{}', '1,"b":2'],
      ['{}', ''],
    ] as const) {
      expect(() => insert(text, ['a'], written)).toThrow(
        expect.objectContaining({ code }) as Error,
      );
    }
  });
});
