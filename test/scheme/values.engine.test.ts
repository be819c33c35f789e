// Parts that are not octets of the message: members of JSON, digests, lines with names; and what of
// them the compiler believes.
import { describe, expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../src/bytes/utf8.js';
import { sha224, sha256, sha512 } from '../../src/primitive/digest.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { md5, sha1 } from '../../src/primitive/legacy/digest.js';
import { createBuild } from '../../src/scheme/build.js';
import { firstAmbiguity } from '../../src/scheme/decodable.js';
import type { AnyDescription, Slots } from '../../src/scheme/description.js';
import {
  anyKey,
  anyText,
  anyWithout,
  base64,
  body,
  charset,
  configured,
  crc32Of,
  defineScheme,
  digestOf,
  digits,
  header,
  hexLower,
  hexUpper,
  integerMember,
  keyLines,
  member,
  optional,
  orEmpty,
  percentBase64,
  type Part,
  respelled,
  slot,
  utf8Secret,
} from '../../src/scheme/vocabulary.js';
import { openCall, type SchemeMessage } from '../../src/scheme/message.js';
import { emitAll, type MessagePart, type Piece, piecesOf } from '../../src/scheme/part.js';
import { joinChunks } from '../../src/scheme/verify.js';

const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const descriptionOf = (slots: Slots) => ({ slots, time: undefined }) as unknown as AnyDescription;

/** The text that is signed of a message. */
function textOf(
  slots: Slots,
  parts: readonly MessagePart[],
  message: SchemeMessage,
  settings?: Record<string, string>,
): string {
  const call = openCall(message, settings, Object.keys(settings ?? {}));
  const chunks: (string | Uint8Array)[] = [];
  emitAll(parts, createBuild(descriptionOf(slots)))(call, chunks);
  return decodeUtf8(joinChunks(chunks));
}

const unclear = (slots: Slots, parts: readonly MessagePart[]) =>
  firstAmbiguity(piecesOf(parts, createBuild(descriptionOf(slots))));

describe('a member of a JSON body', () => {
  const read = (path: string | readonly (string | number)[], json: string) =>
    textOf({ it: member(path) }, [slot('it')], { body: encodeUtf8(json) });

  test.each([
    ['a', '{"a":"x"}', 'x'],
    ['a', '{"a":"\\u00e9\\n\\ud83d\\ude00"}', 'é\n😀'],
    [['a', 'b'], '{"a":{"b":"x"}}', 'x'],
    [['a', 1, 'b'], '{"a":[0,{"b":"x"}],"big":123456789012345678901234567890}', 'x'],
    ['__proto__', '{"__proto__":"x"}', 'x'],
  ])('%j of %s', (path, json, text) => {
    expect(read(path, json)).toBe(text);
  });

  test.each([
    ['a', '{}', 'ERR_MESSAGE_MISSING'],
    ['a', '{"a":""}', 'ERR_MESSAGE_MISSING'],
    ['a', '["a"]', 'ERR_MESSAGE_MISSING'],
    ['a', 'null', 'ERR_MESSAGE_MISSING'],
    ['toString', '{}', 'ERR_MESSAGE_MISSING'],
    ['length', '"text"', 'ERR_MESSAGE_MISSING'],
    [['a', 'length'], '{"a":["x"]}', 'ERR_MESSAGE_MISSING'],
    [[0], '{"0":"x"}', 'ERR_MESSAGE_MISSING'],
    ['a', '{"a":1}', 'ERR_MESSAGE_FORM'],
    ['a', '{"a":null}', 'ERR_MESSAGE_FORM'],
    ['a', '{"a":["x"]}', 'ERR_MESSAGE_FORM'],
    ['a', '{"a":"x","a":"x"}', 'ERR_JSON_DUPLICATE'],
    ['a', '{"a":"\\ud83d"}', 'ERR_JSON_SURROGATE'],
    ['a', '{"a":"x"', 'ERR_JSON'],
    ['a', '', 'ERR_JSON'],
  ])('%j of %s is refused by %s', (path, json, code) => {
    expect(() => read(path, json)).toThrow(refusal(code));
  });

  test('that is an integer is its digits', () => {
    const sum = (json: string) =>
      textOf({ it: integerMember('a', charset('digits', '0-9\\-')) }, [slot('it')], {
        body: encodeUtf8(json),
      });
    expect(sum('{"a":1990}')).toBe('1990');
    expect(sum('{"a":-5}')).toBe('-5');
    expect(sum('{"a":90071992547409930}')).toBe('90071992547409930');
    for (const json of ['{"a":"5"}', '{"a":5.5}', '{"a":1e20}', '{"a":true}']) {
      expect(() => sum(json), json).toThrow(refusal('ERR_MESSAGE_FORM'));
    }
  });

  test('may be as long as the caller lets the body be', () => {
    const json = `{"a":"${'x'.repeat(1_048_576)}"}`;
    const call = openCall({ body: encodeUtf8(json) }, undefined, [], 2_000_000);
    const it = createBuild(descriptionOf({ it: member('a') })).slot('it');
    expect(it(call)).toHaveLength(1_048_576);
  });
});

describe('a slot', () => {
  const it = member('a');

  test('that may be empty is empty', () => {
    for (const json of ['{}', '{"a":""}']) {
      expect(textOf({ it: orEmpty(it) }, ['<', slot('it'), '>'], { body: encodeUtf8(json) })).toBe(
        '<>',
      );
    }
  });

  test('that is configured is that, or refused', () => {
    const slots = { it: configured('shop', it) };
    const at = (json: string) =>
      textOf(slots, [slot('it')], { body: encodeUtf8(json) }, { shop: 'x' });
    expect(at('{"a":"x"}')).toBe('x');
    expect(() => at('{"a":"y"}')).toThrow(refusal('ERR_MESSAGE_SETTING'));
    expect(() => at('{}')).toThrow(refusal('ERR_MESSAGE_MISSING'));
  });

  test('of any text is signed in UTF-8, whatever its characters may not be', () => {
    const slots = { it: member('a', anyWithout('no colon', ':')) };
    expect(textOf(slots, [slot('it')], { body: encodeUtf8('{"a":"é€"}') })).toBe('é€');
    expect(() => textOf(slots, [slot('it')], { body: encodeUtf8('{"a":"a:b"}') })).toThrow(
      refusal('ERR_MESSAGE_FORM'),
    );
  });
});

describe('a digest', () => {
  // printf 'a|{}' | openssl dgst -sha256, -md5, and so on; crc32 by Python's zlib.crc32(b'a|{}')
  const SHA256 = '2feadee5b72141f170ecd10ac48fbeba532e251a6c84379b222f0794bfc87927';
  const message = { headers: { A: 'a' }, body: encodeUtf8('{}') };
  const slots = { a: header('A') };
  const parts = [slot('a'), '|', body] as const;
  const emitted = (part: Part) => textOf(slots, [part], message);

  test('is written as it is asked for', () => {
    expect(emitted(digestOf(sha256, hexLower, parts))).toBe(SHA256);
    expect(emitted(digestOf(sha256, hexUpper, parts))).toBe(SHA256.toUpperCase());
    expect(emitted(digestOf(md5, base64, parts))).toBe('qianriqyigNKi7p7uqslrw==');
    expect(emitted(crc32Of(parts))).toBe('491418610');
  });

  test('covers its parts if it resists collisions', () => {
    expect(digestOf(sha512, hexLower, parts).covers).toEqual({ a: 'whole', body: 'whole' });
    for (const part of [
      digestOf(md5, hexLower, parts),
      digestOf(sha1, hexLower, parts),
      crc32Of(parts),
    ]) {
      expect(part.covers).toEqual({ a: 'checksum', body: 'checksum' });
    }
    expect(() => digestOf(sha224, hexLower, parts)).toThrow(TypeError);
  });

  test('needs parts of one reading', () => {
    const far = { ...slots, a: header('A', digits) };
    expect(unclear(far, [digestOf(sha256, hexLower, parts)])).toBeUndefined();
    expect(unclear(far, [digestOf(sha256, hexLower, [slot('a'), body])])).toBe('a');
    expect(unclear(slots, [crc32Of([slot('a'), body])])).toBe('a');
  });

  test('has a length, and a checksum ends where digits do', () => {
    const far = { ...slots, a: header('A', digits) };
    const of = digestOf(sha256, hexLower, [body]);
    expect(unclear(far, [of, slot('a')])).toBeUndefined();
    const escaped = digestOf(sha256, percentBase64, [body]);
    expect(unclear(far, [escaped, slot('a')])).not.toBeUndefined();
    expect(unclear(far, [crc32Of([body]), slot('a')])).not.toBeUndefined();
    expect(unclear(far, [crc32Of([body]), '|', slot('a')])).toBeUndefined();
  });

  test('that covers nothing is no reason to say it does', () => {
    const describeWith = (covers: object) => () =>
      defineScheme({
        id: 'x',
        version: 1,
        title: 'x',
        direction: 'callback',
        slots: { signature: header('S') },
        message: [crc32Of([body])],
        algs: [hmacSha256],
        keys: anyKey,
        secret: utf8Secret,
        signature: { slot: 'signature', encoding: hexLower },
        covers,
        freshness: 'none',
      } as never);
    expect(describeWith({ body: 'checksum' })).not.toThrow();
    expect(describeWith({ body: 'whole' })).toThrow(TypeError);
  });
});

describe('lines with their names', () => {
  const line = anyWithout('one line', '\n');
  const slots = {
    text: member('text'),
    id: member('id', line),
    note: optional(member('note', line)),
    open: member('open'),
  };
  const lines = keyLines([
    { key: 'Text', slot: 'text' },
    { key: 'Id', slot: 'id' },
    { key: 'Note', slot: 'note', ifPresent: true },
  ]);
  const written = (json: string) => textOf(slots, [lines], { body: encodeUtf8(json) });

  test('are written in their order, and left out with their names', () => {
    expect(written('{"id":"1","text":"a\\né","note":"n"}')).toBe('Text\na\né\nId\n1\nNote\nn\n');
    expect(written('{"text":"a","id":"1"}')).toBe('Text\na\nId\n1\n');
    expect(written('{"text":"a","id":"1","note":""}')).toBe('Text\na\nId\n1\nNote\n\n');
    expect(() => written('{"text":"a"}')).toThrow(refusal('ERR_MESSAGE_MISSING'));
    expect(lines.covers).toEqual({ text: 'whole', id: 'whole', note: 'optional' });
  });

  test('have names in ASCII', () => {
    expect(() => keyLines([{ key: 'Bet\u0131ag', slot: 'text' }])).toThrow(/printable ASCII/);
  });

  test('say which may be missing, as their slots do', () => {
    const make = (of: Parameters<typeof keyLines>[0]) => () =>
      textOf(slots, [keyLines(of)], { body: encodeUtf8('{"text":"a","id":"1"}') });
    const text = { key: 'Text', slot: 'text' };
    expect(make([text, { key: 'Note', slot: 'note' }])).toThrow(/ifPresent with note/);
    expect(make([text, { key: 'Id', slot: 'id', ifPresent: true }])).toThrow(/ifPresent with id/);
    const empty = { ...slots, note: orEmpty(slots.id) };
    const made = textOf(empty, [keyLines([{ key: 'Note', slot: 'note' }])], {
      body: encodeUtf8('{}'),
    });
    expect(made).toBe('Note\n\n');
  });

  test('have one reading, if one value alone has line feeds, above a name that is there', () => {
    expect(unclear(slots, [lines])).toBeUndefined();
    const wrong: readonly (readonly [Parameters<typeof keyLines>[0], string])[] = [
      // Two of them: "a\nOpen\nb" is one value, or two.
      [
        [
          { key: 'Text', slot: 'text' },
          { key: 'Open', slot: 'open' },
        ],
        'open',
      ],
      // Not the first.
      [
        [
          { key: 'Id', slot: 'id' },
          { key: 'Open', slot: 'open' },
          { key: 'Note', slot: 'note' },
        ],
        'open',
      ],
      // The name below it may be a part of it.
      [
        [
          { key: 'Text', slot: 'text' },
          { key: 'Note', slot: 'note', ifPresent: true },
        ],
        'text',
      ],
      [
        [
          { key: 'Id', slot: 'id' },
          { key: 'Id', slot: 'note' },
        ],
        'note',
      ],
      [[{ key: 'I\nd', slot: 'id' }], 'id'],
    ];
    for (const [bad, name] of wrong) expect(unclear(slots, [keyLines(bad)])).toBe(name);
  });
});

describe('a message that is read from both ends', () => {
  const colon = anyWithout('no colon', ':');
  const text = (name: string, of = colon, length?: number): Piece => ({
    kind: 'text',
    name,
    charset: of,
    length,
  });
  const literal = (of: string): Piece => ({ kind: 'literal', text: of });
  const any = (name: string) => text(name, anyText);

  test.each<[string, readonly Piece[], string | undefined]>([
    ['a:ANY', [text('a'), literal(':'), any('b')], undefined],
    ['ANY:b', [any('a'), literal(':'), text('b')], undefined],
    ['a:ANY:c', [text('a'), literal(':'), any('b'), literal(':'), text('c')], undefined],
    ['ANY:ANY', [any('a'), literal(':'), any('b')], 'a'],
    ['ANY:b:ANY', [any('a'), literal(':'), text('b'), literal(':'), any('c')], 'a'],
    ['ANY:ANY:c', [any('a'), literal(':'), any('b'), literal(':'), text('c')], 'a'],
    ['ANY then eight', [any('a'), text('b', anyText, 8)], undefined],
    ['eight then ANY', [text('a', anyText, 8), any('b')], undefined],
    ['ANY, eight, ANY', [any('a'), text('b', anyText, 8), any('c')], 'a'],
    ['digits then ANY', [text('a', digits), any('b')], 'a'],
    // Backwards it is the last character before a text that counts: a colon may stand in neither.
    ['ANY:xb', [any('a'), literal(':x'), text('b')], 'a'],
    ['ANYx:b', [any('a'), literal('x:'), text('b')], undefined],
    ['a:xANY', [text('a'), literal(':x'), any('b')], undefined],
    ['ax:ANY', [text('a'), literal('x:'), any('b')], 'a'],
    ['only literals', [literal('x'), literal('y')], undefined],
    ['nothing', [], undefined],
  ])('%s', (_, pieces, expected) => {
    expect(firstAmbiguity(pieces)).toBe(expected);
  });

  test('and so splits in one way, by trying', () => {
    // Every text of a few characters, split in every way that the pieces allow.
    const letters = ['a', ':'];
    const texts = (most: number): string[] =>
      most === 0 ? [''] : ['', ...letters.flatMap((one) => texts(most - 1).map((of) => one + of))];
    const all = [...new Set(texts(3))];
    const closed = all.filter((one) => !one.includes(':'));
    const seen = new Map<string, string>();
    for (const a of closed) {
      for (const b of all) {
        for (const c of closed) {
          const whole = `${a}:${b}:${c}`;
          const found = JSON.stringify([a, b, c]);
          expect(seen.get(whole) ?? found).toBe(found);
          seen.set(whole, found);
        }
      }
    }
    expect(seen.size).toBe(closed.length * all.length * closed.length);
  });
});

test('another spelling is signed in the place of the slot, and covers it', () => {
  const part = respelled('a', 'upper case', (of) => of.toUpperCase());
  const parts = ['<', part, '>'];
  expect(textOf({ a: header('A') }, parts, { headers: { A: 'xy' } })).toBe('<XY>');
  expect(part.covers).toEqual({ a: 'whole' });
  expect(unclear({ a: header('A') }, parts)).toBeUndefined();
  // What it may hold is no matter of what the slot may hold.
  expect(unclear({ a: header('A', digits) }, [slot('a'), '|', body])).toBeUndefined();
  expect(unclear({ a: header('A', digits) }, [part, '|', body])).toBe('a');
});
