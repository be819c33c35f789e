// JSON texts, changed at random, and what must hold of each: a refusal by one of the codes, or the
// value that JSON.parse gives. A run is its seed and its count, so that a failure can be repeated.
import { encodeUtf8 } from '../../src/bytes/index.js';
import { readJson, sliceMember, writeJson } from '../../src/canonical/json.js';
import { CountersignError } from '../../src/errors.js';

/** Whole numbers below one given. */
export type Random = (below: number) => number;

/** Texts that have a bit of everything. */
const TEXTS = [
  '{"id":"evt_1","amount":{"value":"12.90","currency":"EUR"},"live":true,"n":[1,-2.5,3e7,null]}',
  String.raw`{"a\"b":"\u20ac\ud83d\ude00\\","\u0061":[[],{},""],"e":-0.1E-2,"f":false}`,
  ' [ 0 , {"k" :\t"\u00e9\u20ac\u{1f600}"} ,\r\n"\u007f" , 9007199254740991 , 1e400 ] ',
  '{"__proto__":{"x":1},"constructor":0,"1":2,"01":3,"":4}',
  '[[[[[[[["deep"]]]]]]]]',
  '-12345678901234567890.5e-10',
];
/** What makes another text of one, or none. */
const PIECES = [
  ...Array.from('{}[]:,"\\/ue.+-0123456789tfn \t\n\r\0\u0001\u007f\u00e9\u20ac'),
  'true',
  'null',
  '"a":1',
  ',"a":1,"a":2',
  String.raw`\u0061`,
  String.raw`\ud83d`,
  String.raw`\ude00`,
  '\u{1f600}',
  '\ufeff',
  '\u00a0',
  '1e5',
  '9007199254740993',
  '[[',
  ']]',
  '{"b":',
].map(encodeUtf8);
const OCTETS = [0x00, 0x22, 0x5c, 0x7f, 0x80, 0xa0, 0xbf, 0xc0, 0xc3, 0xe0, 0xed, 0xf0, 0xf5, 0xff];

/** Refusals of texts that JSON.parse takes: what the reader does not leave to chance. */
const STRICTER = ['ERR_JSON_DUPLICATE', 'ERR_JSON_SURROGATE', 'ERR_JSON_NUMBER', 'ERR_JSON_LIMIT'];

/** Numbers that follow from a seed: mulberry32. */
export function generator(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** One of the texts, changed in one to four places. */
export function mutated(random: Random): Uint8Array {
  let octets = encodeUtf8(TEXTS[random(TEXTS.length)] ?? '');
  for (let changes = 1 + random(4); changes > 0; changes--) octets = change(octets, random);
  return octets;
}

function change(octets: Uint8Array<ArrayBuffer>, random: Random): Uint8Array<ArrayBuffer> {
  const at = random(octets.length + 1);
  const until = Math.min(octets.length, at + random(4));
  const piece = PIECES[random(PIECES.length)] ?? new Uint8Array();
  switch (random(5)) {
    case 0:
      return joined(octets.subarray(0, at), octets.subarray(until));
    case 1:
      return joined(octets.subarray(0, at), piece, octets.subarray(at));
    case 2:
      return joined(octets.subarray(0, at), piece, octets.subarray(until));
    case 3:
      return joined(
        octets.subarray(0, at),
        Uint8Array.of(OCTETS[random(OCTETS.length)] ?? 0),
        octets.subarray(until),
      );
    default: {
      const from = random(octets.length + 1);
      const copied = octets.subarray(from, from + random(12));
      return joined(octets.subarray(0, at), copied, octets.subarray(at));
    }
  }
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** What came of a text: `read`, or the code. Throws where that is wrong. */
export function verdictOf(octets: Uint8Array): string {
  const expected = parsed(octets);
  let value: unknown;
  try {
    value = readJson(octets);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    const isRight = expected === undefined || STRICTER.includes(error.code);
    if (!isRight) throw wrong(`${error.code} for what JSON.parse takes`, octets);
    return error.code;
  }
  if (expected === undefined) throw wrong('read what JSON.parse refuses', octets);
  if (!isSame(value, expected.value)) throw wrong('another value than JSON.parse gives', octets);
  if (isUnsafe(value)) return 'read'; // canonical, and not to be read back
  if (!isSame(readJson(writeJson(value)), value, true)) throw wrong('not read back', octets);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [name, member] of Object.entries(value)) {
      const piece = parsed(sliceMember(octets, name) ?? new Uint8Array());
      if (!isSame(piece?.value, member)) throw wrong(`another piece of member ${name}`, octets);
    }
  }
  return 'read';
}

function parsed(octets: Uint8Array): { readonly value: unknown } | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/**
 * The same by every member, whatever the prototype: in the same order and with -0 apart from 0, but
 * where one of them was written and read back.
 */
function isSame(a: unknown, b: unknown, isWritten = false): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return Object.is(a, b) || (isWritten && a === b);
  }
  const names = (value: object): string[] =>
    isWritten ? Object.keys(value).toSorted() : Object.keys(value);
  const [first, second] = [names(a), names(b)];
  const [left, right] = [a, b] as Record<string, unknown>[];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    first.length === second.length &&
    first.every((name, i) => name === second[i] && isSame(left?.[name], right?.[name], isWritten))
  );
}

/** Whether it holds an integer that is written with digits that a double can't tell apart. */
function isUnsafe(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(isUnsafe);
}

function wrong(what: string, octets: Uint8Array): Error {
  return new Error(`${what}: ${Buffer.from(octets).toString('hex')}`);
}
