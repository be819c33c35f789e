// A list whose values may hold its separators has several readings, wherever it stands.
import { expect, test } from 'vitest';
import { anyText } from '../../src/scheme/charset.js';
import { firstAmbiguity } from '../../src/scheme/decodable.js';

test('a part with several readings is found', () => {
  const list = { kind: 'ambiguous', name: 'form' } as const;
  const text = { kind: 'text', name: 'url', charset: anyText, length: 3 } as const;
  const literal = { kind: 'literal', text: '|' } as const;
  for (const pieces of [[list], [text, list], [list, literal, text], [literal, list, literal]]) {
    expect(firstAmbiguity(pieces)).toBe('form');
  }
  expect(firstAmbiguity([text, literal])).toBeUndefined();
});
