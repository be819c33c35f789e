// What the compiler of descriptions refuses when the types were got round.
import { describe, expect, test } from 'vitest';
import { hmacSha256, hmacSha512 } from '../../src/primitive/hmac.js';
import { ecdsaP256Sha256 } from '../../src/primitive/ecdsa.js';
import { md5 } from '../../src/primitive/legacy/digest.js';
import { sha224, sha256 } from '../../src/primitive/digest.js';
import { type Scheme } from '../../src/scheme/index.js';
import {
  anyKey,
  base64,
  body,
  bodyDigestIn,
  crc32Of,
  defineScheme,
  digestOf,
  digits,
  formBody,
  header,
  hexLower,
  ifPresent,
  keyById,
  lengthPrefixed,
  optional,
  orEmpty,
  respelled,
  slot,
  unixSeconds,
  utf8Secret,
} from '../../src/scheme/vocabulary.js';

const good = {
  id: 'good',
  version: 1,
  title: 'Good',
  direction: 'callback',
  slots: {
    id: header('Id', digits),
    time: header('Time', digits),
    extra: optional(header('Extra')),
    alg: header('Alg'),
    signature: header('S'),
    other: header('Other'),
  },
  message: [slot('time'), '.', slot('id'), '.', body],
  algs: [hmacSha256],
  keys: anyKey,
  secret: utf8Secret,
  signature: { slot: 'signature', encoding: hexLower },
  covers: { time: 'whole', id: 'whole', body: 'whole' },
  delivery: 'id',
  time: { slot: 'time', unit: unixSeconds, past: 300, future: 300, edge: 'inclusive' },
} as const;

/** As a program in JavaScript would, which no types keep from it. */
const define = (change: Record<string, unknown>) => (): Scheme =>
  defineScheme({ ...good, ...change });
const time = good.time;
const form = formBody({
  decode: 'once',
  plus: 'plus',
  duplicates: 'refuse',
  emptyValues: 'keep',
  bare: 'refuse',
  emptySegments: 'refuse',
});

test('the description that the others differ from is one', () => {
  expect(define({})().freshness).toBe('signed time');
  expect(define({ time: undefined, freshness: 'none' })().freshness).toBe('none');
  expect(Object.isFrozen(define({})())).toBe(true);
});

describe('refused', () => {
  const crc = [crc32Of([slot('time')]), '.', slot('id'), '.', body];
  test.each<[string, Record<string, unknown>, RegExp]>([
    [
      'an unsigned time',
      { time: { ...time, slot: 'other' } },
      /time: expected a slot that is signed/,
    ],
    [
      'a time under a checksum',
      { message: crc, covers: { ...good.covers, time: 'checksum' } },
      /time: expected a slot that is signed/,
    ],
    ['a time and none', { freshness: 'none' }, /either time or freshness/],
    ['no time, and nothing said of it', { time: undefined }, /either time or freshness/],
    ['a window without an end', { time: { ...time, past: Infinity } }, /window of 0 to/],
    ['a window that is no number', { time: { ...time, future: Number.NaN } }, /window of 0 to/],
    ['an unsigned id of deliveries', { delivery: 'other' }, /delivery: expected/],
    ['covers without what is signed', { covers: { time: 'whole', id: 'whole' } }, /covers/],
    ['covers with more', { covers: { ...good.covers, other: 'whole' } }, /covers/],
    ['covers of another kind', { covers: { ...good.covers, body: 'checksum' } }, /covers/],
    [
      'a body that a checksum stands for, as whole',
      { message: [slot('time'), '.', slot('id'), '.', crc32Of([body])] },
      /covers/,
    ],
    [
      'a body that MD5 stands for, as whole',
      { message: [slot('time'), '.', slot('id'), '.', digestOf(md5, hexLower, [body])] },
      /covers/,
    ],
    [
      'an attempt that covers less',
      { attempts: [{ name: 'less', message: [slot('time'), '.', slot('id')] }] },
      /covers/,
    ],
    [
      'an attempt with several readings',
      { attempts: [{ name: 'several', message: [slot('time'), slot('id'), body] }] },
      /where time ends/,
    ],
    [
      'nine attempts',
      { attempts: Array.from({ length: 9 }, () => ({ name: 'x', message: good.message })) },
      /attempts: expected fewer/,
    ],
    ['no algorithm', { algs: [] }, /algs: expected an algorithm/],
    ['no message', { message: [], covers: {} }, /message: expected a part/],
    [
      'an algorithm by name that is none of its own',
      { algBy: { slot: 'alg', names: { a: hmacSha512 } } },
      /algBy: expected algorithms of algs/,
    ],
    [
      'an algorithm for messages without a name, where the slot has to be there',
      { algBy: { slot: 'alg', names: { a: hmacSha256 }, absent: 'a' } },
      /optional slot/,
    ],
    [
      'an algorithm for messages without a name that has no such name',
      { algBy: { slot: 'extra', names: { a: hmacSha256 }, absent: 'b' } },
      /one of its names/,
    ],
    [
      'a signature in no slot',
      { signature: { ...good.signature, slot: 'none' } },
      /none: expected/,
    ],
    ['a key named by no slot', { keys: keyById('none') }, /none: expected a slot/],
    ['a hint from no slot', { hints: ['none'] }, /none: expected a slot/],
    ['an algorithm named by no slot', { algBy: { slot: 'none', names: {} } }, /none: expected/],
    [
      'a part of no slot',
      { message: [slot('none'), '.', body], covers: { none: 'whole', body: 'whole' } },
      /expected a slot/,
    ],
    [
      'a signature that is signed',
      { signature: { ...good.signature, slot: 'id' } },
      /signature: expected a slot that is not signed/,
    ],
    [
      'a signature that is a form',
      { slots: { ...good.slots, signature: form } },
      /a field of a form/,
    ],
    ['a slot of the name body', { slots: { ...good.slots, body: header('B') } }, /name body/],
    [
      'ECDSA without its form',
      {
        algs: [ecdsaP256Sha256],
        secret: undefined,
        signature: { ...good.signature, encoding: base64 },
      },
      /signature.form/,
    ],
    [
      'HMAC with a form',
      { signature: { ...good.signature, form: { encoding: 'der', s: 'any' } } },
      /signature.form/,
    ],
    ['several readings', { message: [slot('time'), slot('id'), body] }, /where time ends/],
    [
      'one reading that is said to be several',
      { ambiguous: { why: 'x', example: () => [{}, {}] } },
      /ambiguous: expected none/,
    ],
    [
      'a body by a digest in a text that is not signed, within another part',
      {
        slots: { ...good.slots, extra: header('Extra') },
        message: [
          slot('time'),
          '.',
          slot('id'),
          '.',
          lengthPrefixed('u32be', [bodyDigestIn('extra', 'other', sha256, hexLower)]),
        ],
      },
      /expected extra to be signed as well/,
    ],
    [
      'a slot that may be missing, as whole',
      {
        message: [...good.message.slice(0, 4), slot('extra'), '\n', body],
        covers: { ...good.covers, extra: 'whole' },
      },
      /extra: expected ifPresent or orEmpty/,
    ],
    [
      'a literal of several octets',
      { message: [slot('time'), '\u0130', slot('id'), '.', body] },
      /literals in printable ASCII/,
    ],
    [
      'one within another part',
      { message: [slot('time'), '.', slot('id'), digestOf(sha256, hexLower, ['\x80', body])] },
      /literals in printable ASCII/,
    ],
    [
      'several readings of what may be left out',
      {
        message: [slot('time'), '.', slot('id'), '.', ifPresent('extra', [slot('extra'), body])],
        covers: { time: 'whole', id: 'whole', extra: 'optional' },
      },
      /where extra ends/,
    ],
    [
      'a slot of the message that is spelled wrong',
      { message: [slot('tiem'), '.', slot('id'), '.', body] },
      /tiem: expected a slot of this name/,
    ],
    [
      'covers, by what they lack and what they have',
      { covers: { time: 'whole', body: 'checksum', other: 'whole' } },
      /it lacks id: 'whole', body: 'whole', and has body: 'checksum', other: 'whole'/,
    ],
    ['an edge of no kind', { time: { ...time, edge: 'exclusiv' } }, /time.edge: expected 'incl/],
    ['no edge', { time: { ...time, edge: undefined } }, /time.edge: expected 'incl/],
    ['a unit by name', { time: { ...time, unit: 'seconds' } }, /time.unit: expected a unit/],
    ['keys by name', { keys: 'any' }, /keys: expected anyKey or keyById/],
    [
      'an encoding by name',
      { signature: { ...good.signature, encoding: 'hex' } },
      /signature.encoding: expected an encoding/,
    ],
    ['another direction', { direction: 'webhook' }, /direction: expected 'callback'/],
    ['an id that is a title', { id: 'My Scheme' }, /id: expected lower case/],
    ['no id', { id: undefined }, /id: expected a string/],
    ['a version that is text', { version: '1' }, /version: expected an integer from 1/],
    ['a version of none', { version: 0 }, /version: expected an integer from 1/],
    ['no title', { title: '' }, /title: expected text/],
    [
      'a secret in no encoding',
      { secret: { encoding: 'hex64' } },
      /secret: expected how its text becomes/,
    ],
    ['HMAC without its secret', { secret: undefined }, /secret: expected how its text becomes/],
    [
      'public keys with a secret',
      {
        algs: [ecdsaP256Sha256],
        signature: { ...good.signature, form: { encoding: 'der', s: 'any' } },
      },
      /secret: expected none, since it has public keys/,
    ],
    ['algorithms by name', { algs: ['HMAC-SHA-256'] }, /algs: expected algorithms, such as/],
    ['algorithms that are no list', { algs: hmacSha256 }, /algs: expected an array/],
    ['a message that is a template', { message: '{time}.{body}' }, /message: expected an array/],
    ['a message of names', { message: [{ slot: 'time' }] }, /message: expected parts/],
    [
      'an attempt without a message',
      { attempts: [{ name: 'a' }] },
      /attempts: message: expected an/,
    ],
    ['a slot by its header', { slots: { ...good.slots, id: 'Id' } }, /slots.id: expected a source/],
    ['a name that nobody knows', { freshnes: 'none' }, /description/],
  ])('%s', (_, change, expected) => {
    expect(define(change)).toThrow(TypeError);
    expect(define(change)).toThrow(expected);
  });

  describe('attempts', () => {
    const id = slot('id');
    const upper = respelled('id', 'upper case', (text) => text.toUpperCase());
    const ambiguous = { why: 'x', example: () => [{}, {}] as const };
    const covers = { id: 'whole' };
    const make = (message: readonly unknown[], other: readonly unknown[], more: object = {}) =>
      define({
        time: undefined,
        freshness: 'none',
        delivery: undefined,
        message,
        attempts: [{ name: 'other', message: other }],
        covers,
        ...more,
      });

    test.each<[string, readonly unknown[], readonly unknown[]]>([
      ['a text that holds what stands before the other', ['v1:', id], [id]],
      ['a beginning that is one of the other', ['v1:', id], ['v1', upper]],
      ['an end that is one of the other', [id, ':v1'], [id, '1']],
      [
        'the same by another length',
        [lengthPrefixed('u32be', [id])],
        [lengthPrefixed('u32le', [id])],
      ],
    ])('with one text for two values: %s', (_, message, other) => {
      expect(make(message, other)).toThrow(/attempts: expected/);
      expect(make(message, other, { ambiguous })).not.toThrow();
    });

    test.each<[string, readonly unknown[], readonly unknown[]]>([
      ['another spelling', ['v1:', id], ['v1:', upper]],
      ['the same by another object', ['v1:', id], ['v1:', slot('id')]],
      ['the same within a part', [lengthPrefixed('u32be', [id])], [lengthPrefixed('u32be', [id])]],
      ['another beginning', ['v1:', id], ['v2:', '', id]],
      ['another end', [id, ':v1'], [id, ':v2']],
    ])('that are told apart: %s', (_, message, other) => {
      expect(make(message, other)).not.toThrow();
      expect(make(message, other, { ambiguous })).toThrow(/ambiguous: expected none/);
    });
  });

  test('and not a slot that is empty where it is missing', () => {
    const slots = { ...good.slots, extra: orEmpty(header('Extra')) };
    const message = [...good.message.slice(0, 4), slot('extra'), '\n', body];
    expect(define({ slots, message, covers: { ...good.covers, extra: 'whole' } })).not.toThrow();
  });

  test('a piece that may be left out and does not hold what tells so', () => {
    expect(() => ifPresent('extra', ['x;'])).toThrow(/expected extra in them/);
    expect(() => ifPresent('extra', [crc32Of([slot('extra')])])).toThrow(/whole/);
    expect(ifPresent('extra', ['x:', slot('extra')]).covers).toEqual({ extra: 'optional' });
  });

  test('a digest that is too short for what it stands for', () => {
    expect(() => digestOf(sha224, hexLower, [body])).toThrow(/32 octets/);
    expect(digestOf(sha256, hexLower, [body]).covers).toEqual({ body: 'whole' });
  });
});
