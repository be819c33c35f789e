// Broken messages of schemes that users describe, by pieces that no provider here has: each is refused
// with a code that it names, and what such a scheme takes is not among them.
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/bytes/utf8.js';
import { CountersignError } from '../../src/errors.js';
import { sha256 } from '../../src/primitive/digest.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import {
  anyKey,
  body,
  charset,
  crc32Of,
  defineScheme,
  digestOf,
  digits,
  formBody,
  formQuery,
  header,
  headersList,
  hexEither,
  hexLower,
  ifPresent,
  keyById,
  lengthPrefixed,
  lowerCase,
  minified,
  namedHeaders,
  optional,
  orEmpty,
  params,
  slot,
  utf8Secret,
} from '../../src/scheme/vocabulary.js';
import { type Scheme, verify } from '../../src/scheme/index.js';
import { ENGINE } from '../../src/scheme/scheme.js';
import { draftBroken } from '../../src/testing/broken.js';
import {
  broken,
  type BrokenMessage,
  simulate,
  type SimulateOptions,
} from '../../src/testing/index.js';

const NOW = 1_700_000_000;
const FORM = {
  decode: 'once',
  plus: 'space',
  duplicates: 'keep',
  emptyValues: 'keep',
  bare: 'empty',
  emptySegments: 'skip',
} as const;
const SORTED = { drop: [], sort: 'octets', repeated: 'once', equals: '=', joiner: '&' } as const;
const LISTED = { between: ' ', behind: '\n', joiner: '\n', require: ['id'] } as const;
const signature = header('X-Sig');
const facts = {
  version: 1,
  title: 'Own',
  direction: 'callback',
  algs: [hmacSha256],
  keys: anyKey,
  secret: utf8Secret,
  freshness: 'none',
  signature: { slot: 'signature', encoding: hexLower },
} as const;
const form = formBody(FORM);

type Options = Omit<SimulateOptions, 'now'>;

const schemes: readonly (readonly [Scheme, Options, leftOut: readonly string[]])[] = [
  [
    defineScheme({
      ...facts,
      id: 'minified',
      slots: { signature },
      message: [digestOf(sha256, hexLower, [minified])],
      covers: { body: 'whole' },
    }),
    { body: encodeUtf8('{ "id": "1" }') },
    ['body-written-again', 'body-line-end'],
  ],
  [
    defineScheme({
      ...facts,
      id: 'either-case',
      slots: { signature },
      message: [body],
      signature: { slot: 'signature', encoding: hexEither },
      covers: { body: 'whole' },
    }),
    {},
    ['signature-other-case'],
  ],
  [
    defineScheme({
      ...facts,
      id: 'lower-case',
      slots: { id: lowerCase(header('X-Id', charset('x', 'a-z0-9'))), signature },
      message: [slot('id'), '.', body],
      covers: { id: 'whole', body: 'whole' },
    }),
    { values: { id: 'abc' } },
    [],
  ],
  [
    defineScheme({
      ...facts,
      id: 'or-empty',
      slots: { id: orEmpty(header('X-Id', digits)), signature },
      message: [slot('id'), '.', body],
      covers: { id: 'whole', body: 'whole' },
    }),
    { values: { id: '5' } },
    [],
  ],
  [
    defineScheme({
      ...facts,
      id: 'if-present',
      slots: { id: optional(header('X-Id')), signature },
      message: [ifPresent('id', ['id:', slot('id'), ';'])],
      covers: { id: 'optional' },
    }),
    { values: { id: 'x' } },
    [],
  ],
  [
    defineScheme({
      ...facts,
      id: 'checksum',
      slots: { id: header('X-Id', digits), signature },
      message: [slot('id'), '|', crc32Of([body])],
      covers: { id: 'whole', body: 'checksum' },
    }),
    { values: { id: '5' } },
    [],
  ],
  [
    defineScheme({
      ...facts,
      id: 'query',
      slots: { query: formQuery(FORM), signature },
      message: [params('query', { ...SORTED, delimiters: 'refuse' })],
      covers: { query: 'pairs' },
    }),
    { url: 'https://shop.example/hook?b=2&a=1' },
    [],
  ],
  [
    defineScheme({
      ...facts,
      id: 'form',
      slots: { form, signature: form.one('sign') },
      message: [params('form', { ...SORTED, drop: ['sign'], delimiters: 'refuse' })],
      covers: { form: 'pairs' },
    }),
    { body: encodeUtf8('a=1&b=2') },
    [],
  ],
  [
    defineScheme({
      ...facts,
      id: 'key-id',
      slots: { kid: header('X-Kid'), signature },
      message: [body],
      keys: keyById('kid'),
      covers: { body: 'whole' },
    }),
    {},
    [],
  ],
  [
    defineScheme({
      ...facts,
      id: 'lines',
      slots: { signature: headersList('X-Sig', 'sha256=') },
      message: [body],
      covers: { body: 'whole' },
    }),
    {},
    ['signature-twice'],
  ],
  [
    defineScheme({
      ...facts,
      id: 'named-headers',
      slots: { list: header('X-List'), id: header('X-Id'), signature },
      message: [namedHeaders('list', LISTED), '\n', digestOf(sha256, hexLower, [body])],
      covers: { list: 'whole', id: 'whole', body: 'whole' },
    }),
    { values: { list: 'x-id', id: '7' } },
    [],
  ],
  [
    defineScheme({
      ...facts,
      id: 'lengths',
      slots: { id: header('X-Id'), signature },
      message: [lengthPrefixed('u32le', [slot('id')]), lengthPrefixed('u32be', [body])],
      covers: { id: 'whole', body: 'whole' },
    }),
    { values: { id: 'z' } },
    [],
  ],
] as never;

function codeOf(
  scheme: Scheme,
  { message, keys, options }: Pick<BrokenMessage, 'message' | 'keys' | 'options'>,
): string {
  try {
    verify(scheme, message, keys, options);
    return 'verified';
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
}

describe.each(schemes.map(([scheme, options, leftOut]) => [scheme.id, scheme, options, leftOut]))(
  '%s',
  (_, ...[scheme, options, leftOut]) => {
    const simulated = simulate(scheme, { ...options, now: NOW });
    const made = draftBroken(scheme, simulated);

    test('each is refused, with a code that it names', () => {
      expect(made.messages.length).toBeGreaterThanOrEqual(10);
      for (const one of made.messages) {
        expect(one.expected, one.kind).toContain(codeOf(scheme, one));
      }
    });

    test('what it takes is left out', () => {
      const kinds = made.leftOut.map(({ kind }) => kind as string);
      expect(kinds).toEqual(expect.arrayContaining(leftOut as string[]));
    });
  },
);

test('a value beside the list of headers is the one that is changed', () => {
  const [scheme, options] = schemes.find(([{ id }]) => id === 'named-headers') ?? [];
  const simulated = simulate(scheme as Scheme, { ...options, now: NOW });
  const { messages } = draftBroken(scheme as Scheme, simulated);
  const changed = messages.find(({ kind }) => kind === 'slot-changed');
  expect(changed?.message.headers).toContainEqual(['X-List', 'x-id']);
  expect(changed?.message.headers).not.toContainEqual(['X-Id', '7']);
});

test('what a scheme takes is no broken message of it, whatever its rules are', () => {
  const [[own]] = schemes.slice(1) as unknown as [[Scheme]];
  const simulated = simulate(own, { now: NOW });
  const engine = { ...own[ENGINE], verify: () => ({}) as never };
  const careless = { ...own, [ENGINE]: engine };
  const drafts = draftBroken(careless, simulated).messages;
  expect(drafts.map(({ kind }) => kind)).toContain('body-bit');
  const { messages, leftOut } = broken(careless, simulated);
  expect(messages).toEqual([]);
  for (const { kind } of drafts) {
    expect(leftOut).toContainEqual({ kind, why: 'the scheme takes it' });
  }
});
