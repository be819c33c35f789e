// Which lists of pieces have one reading, with two readings beside those that have several.
import { describe, expect, test } from 'vitest';
import {
  anyText,
  charset as setOf,
  type Charset,
  digits,
  printable,
  without,
} from '../../src/scheme/charset.js';
import { firstAmbiguity } from '../../src/scheme/decodable.js';
import type { Piece } from '../../src/scheme/part.js';

const text = (
  name: string,
  charset: Charset,
  more: { length?: number; hasLength?: true; isCounted?: true } = {},
): Piece => ({ kind: 'text', name, charset, ...more });
const lit = (value: string): Piece => ({ kind: 'literal', text: value });

describe('one reading', () => {
  test.each<[string, readonly Piece[]]>([
    ['nothing', []],
    ['literal text', [lit('a')]],
    ['one text, any', [text('a', anyText)]],
    ['one text between literals that it may hold', [lit('('), text('a', anyText), lit(')')]],
    ['digits, a full stop, any', [text('a', digits), lit('.'), text('b', anyText)]],
    ['any, a full stop, digits', [text('a', anyText), lit('.'), text('b', digits)]],
    ['of one length, then any', [text('a', anyText, { length: 4 }), text('b', anyText)]],
    ['any, then of one length', [text('a', anyText), text('b', anyText, { length: 4 })]],
    [
      'lengths before each',
      [text('a', anyText, { hasLength: true }), text('b', anyText, { hasLength: true })],
    ],
    ['a length, then any', [text('a', anyText, { hasLength: true }), text('b', anyText)]],
    [
      'counted lines, then any',
      [
        text('a', digits),
        lit('.'),
        text('b', printable, { isCounted: true }),
        lit('\n'),
        text('c', anyText),
      ],
    ],
    [
      'digits, then one letter or more of another set',
      [text('a', digits), text('b', without('0123456789'), { length: 3 }), text('c', anyText)],
    ],
    [
      'any between digits',
      [text('a', digits), lit(':'), text('b', anyText), lit(':'), text('c', digits)],
    ],
    [
      'a literal in two pieces, the first of which begins it',
      [text('a', without('.')), lit('.'), lit('0'), text('b', anyText)],
    ],
    [
      'a line end behind what a header holds',
      [text('a', printable), lit('\n'), text('b', anyText)],
    ],
  ])('%s', (_, pieces) => {
    expect(firstAmbiguity(pieces)).toBeUndefined();
  });
});

describe('several readings', () => {
  test.each<[string, readonly Piece[], string]>([
    ['digits and any: 1 2x, 12 x', [text('a', digits), text('b', anyText)], 'a'],
    [
      'any before counted lines: a\\n1\\n b, a 2\\n1\\nb',
      [
        text('a', anyText),
        lit('\n'),
        text('b', digits),
        lit('\n'),
        text('c', printable, { isCounted: true }),
      ],
      'a',
    ],
    ['any, a full stop, any: a .b, a.b', [text('a', anyText), lit('.'), text('b', anyText)], 'a'],
    [
      'what begins with something that may stand in the text before: a 0.x, a0 .x',
      [text('a', printable), lit('0'), lit('.'), text('b', anyText)],
      'a',
    ],
    [
      'any, any, of one length',
      [text('a', anyText), text('b', anyText), text('c', anyText, { length: 4 })],
      'a',
    ],
    [
      'a length behind any: it is found from the front alone',
      [text('a', anyText), text('b', anyText, { hasLength: true })],
      'a',
    ],
    [
      'texts of other characters, either of which may be empty',
      [text('a', anyText), text('b', digits), text('c', anyText)],
      'a',
    ],
    [
      'digits, letters that may be none, digits: 12 3, 1 23',
      [text('a', digits), text('b', without('0123456789')), text('c', digits)],
      'a',
    ],
    [
      'texts that share a character beyond Latin-1',
      [
        text('a', setOf('a', '0-9\u0130')),
        text('b', setOf('b', 'a-z\u0130'), { length: 2 }),
        text('c', anyText),
      ],
      'a',
    ],
    [
      'texts of the same length beside texts of any: the empty one tells nothing',
      [text('a', digits), text('b', printable, { length: 0 }), text('c', anyText)],
      'a',
    ],
  ])('%s', (_, pieces, first) => {
    expect(firstAmbiguity(pieces)).toBe(first);
  });

  test('a list that is so by itself, wherever it stands', () => {
    const list: Piece = { kind: 'ambiguous', name: 'form' };
    expect(firstAmbiguity([list])).toBe('form');
    expect(firstAmbiguity([text('a', digits), lit('.'), list, lit('.')])).toBe('form');
  });

  test('a literal of no characters tells nothing', () => {
    expect(firstAmbiguity([text('a', digits), lit(''), text('b', digits)])).toBe('a');
  });
});
