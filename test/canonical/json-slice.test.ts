// Pieces of a JSON text as they were sent.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../src/bytes/index.js';
import { sliceMember } from '../../src/canonical/json.js';
import { codeOf } from './support.js';

type Path = Parameters<typeof sliceMember>[1];

const slice = (text: string, path: Path): string | undefined => {
  const octets = sliceMember(encodeUtf8(text), path);
  return octets && decodeUtf8(octets);
};

test.each<[string, Path, string | undefined]>([
  ['{"a":1.10}', 'a', '1.10'],
  ['{ "x" : "]}" , "a" :\n{ "b": [1,"}"] }\t, "c":2}', 'a', '{ "b": [1,"}"] }'],
  ['{"a":"q\\"}\\\\","sign":"x"}', 'a', '"q\\"}\\\\"'],
  ['{"a":"q\\"}\\\\","sign":"x"}', 'sign', '"x"'],
  ['{"\u20ac":"\u{1f600}","b":"\u00e9"}', 'b', '"\u00e9"'],
  ['{"\\u0061":true}', 'a', 'true'],
  ['{"x":{"a":1},"a":2}', 'a', '2'],
  ['{"x":{"a":1}}', 'a', undefined],
  ['{"x":"a"}', 'a', undefined],
  ['{"":null }', '', 'null'],
  ['{"ab":1,"b":2,"a":3}', 'a', '3'],
  ['{"\\u00e9":1}', '\u00e9', '1'],
  ['{"\u00e9":1}', '\u00e9', '1'],
  ['{}', 'a', undefined],
  ['[1]', 'a', undefined],
  ['"a"', 'a', undefined],
  ['{"a":[1, {"b":[ ]}, -2e1 ]}', ['a', 1, 'b'], '[ ]'],
  ['{"a":[1, {"b":[ ]}, -2e1 ]}', ['a', 2], '-2e1'],
  ['{"a":[1, {"b":[ ]}, -2e1 ]}', ['a', 3], undefined],
  ['{"a":[]}', ['a', 0], undefined],
  ['{"a":{"0":1}}', ['a', 0], undefined],
  ['{"a":{"0":1}}', ['a', '0'], '1'],
  [' [1, 2 ] ', [], '[1, 2 ]'],
  [' 12 ', [], '12'],
])('%s at %j', (text, path, expected) => {
  expect(slice(text, path)).toBe(expected);
});

test('a piece is on memory of its own', () => {
  const text = encodeUtf8('{"a":"b"}');
  const piece = sliceMember(text, 'a');
  text.fill(0);
  expect(piece).toEqual(encodeUtf8('"b"'));
});

test('the whole text is held to the rules of the reader', () => {
  expect(codeOf(() => slice('{"a":1,"a":2}', 'a'))).toBe('ERR_JSON_DUPLICATE');
  expect(codeOf(() => slice('{"a":1,"b":{"c":1,"c":2}}', 'a'))).toBe('ERR_JSON_DUPLICATE');
  expect(codeOf(() => slice('{"a":1}x', 'a'))).toBe('ERR_JSON');
  expect(codeOf(() => sliceMember(encodeUtf8('{"a":1}'), 'a', { maxBytes: 6 }))).toBe(
    'ERR_JSON_LIMIT',
  );
});

test.each([[1], [null], [[-1]], [[1.5]], [['a', true]], [{ length: 0 }]])(
  'a path that is none: %j',
  (path) => {
    expect(() => sliceMember(encodeUtf8('{"a":1}'), path as unknown as Path)).toThrow(TypeError);
  },
);

test('every value of any JSON is found where it stands', () => {
  const spaces = fc.constantFrom(0, 2, '\n\t');
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }), spaces, (value, space) => {
      const text = encodeUtf8(JSON.stringify(value, null, space));
      const visit = (at: unknown, path: (string | number)[]): void => {
        const piece = sliceMember(text, path, { maxValues: 1e6 });
        expect(JSON.parse(decodeUtf8(piece ?? new Uint8Array()))).toEqual(at);
        if (Array.isArray(at)) at.forEach((item, i) => visit(item, [...path, i]));
        else if (typeof at === 'object' && at !== null) {
          for (const [name, member] of Object.entries(at)) visit(member, [...path, name]);
        }
      };
      if (/[^.\d]\d{16}|\d{17}/.test(decodeUtf8(text))) return;
      visit(JSON.parse(decodeUtf8(text)), []);
    }),
    { numRuns: 200 },
  );
});
