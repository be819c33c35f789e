/**
 * A strict reader of JSON, {@link https://www.rfc-editor.org/rfc/rfc8259 RFC 8259}, over the octets
 * that arrived. It takes what I-JSON ({@link https://www.rfc-editor.org/rfc/rfc7493 RFC 7493})
 * calls interoperable and refuses what two readers would understand in two ways: a name twice in
 * one object, half of a surrogate pair, a byte order mark, octets that are not UTF-8, an integer
 * that a double rounds.
 *
 * Objects are made without a prototype, so `claims['constructor']` is what the sender wrote or
 * `undefined`, and a member called `__proto__` is a member like any other. Spreading one copies it;
 * `Object.assign` would set the prototype of its target.
 *
 * A number with a fraction or an exponent is the nearest double, as everywhere; one beyond all
 * doubles is refused. Who needs its digits takes them from the octets, by `sliceMember`.
 *
 * @module
 */
import { integer, octets as octetsOf } from '../bytes/octets.js';
import { decodeUtf8 } from '../bytes/utf8.js';
import { CountersignError, type CountersignErrorCode } from '../errors.js';
import {
  type ALLOW_BIG_INTEGERS,
  type JsonOptions,
  type JsonValue,
  readOptions,
} from './json-value.js';

/** 1 MiB: a callback has some kilobytes. */
const DEFAULT_BYTES = 1_048_576;
/** Below the longest string of every JavaScript engine in use. */
const MOST_BYTES = 268_435_456;
/** An empty object takes 2 octets of text and some hundred of memory, so that octets are no limit. */
const DEFAULT_VALUES = 100_000;
/** Digits of the largest double. The time to read an integer grows faster than its digits. */
const LONGEST_INTEGER = 309;
/** Digits that fit a double whatever they are. */
const EXACT_DIGITS = 15;

/** Those of ten that a fraction of so many digits is divided by; all of them are doubles. */
const POWERS = /* @__PURE__ */ powersOfTen(EXACT_DIGITS);

const LONE_SURROGATE = /\p{Surrogate}/u;

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const UPPER_E = 0x45;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const LOWER_E = 0x65;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** What the reader can be told. */
export interface ReadJsonOptions extends JsonOptions {
  /** Octets of text, up to 2^28; 1 MiB unless given. */
  readonly maxBytes?: number | undefined;
  /** Members and items together, of all objects and arrays; 100,000 unless given. */
  readonly maxValues?: number | undefined;
}

/** A text while it is read. `octets[at]` is next, and `text[at - shift]` the same character. */
interface Reader {
  readonly octets: Uint8Array;
  readonly text: string;
  at: number;
  /** Octets less UTF-16 code units so far. */
  shift: number;
  /** Members and items that may follow. */
  values: number;
  readonly maxDepth: number;
  readonly bigIntegers: boolean;
}

/** Reads one JSON text. */
export function readJson(
  octets: Uint8Array,
  options: ReadJsonOptions & { readonly integers: typeof ALLOW_BIG_INTEGERS },
): JsonValue<bigint>;
export function readJson(
  octets: Uint8Array,
  options?: ReadJsonOptions & { readonly integers?: undefined },
): JsonValue;
export function readJson(octets: Uint8Array, options?: ReadJsonOptions): JsonValue<bigint>;
export function readJson(octets: Uint8Array, options?: ReadJsonOptions): JsonValue<bigint> {
  octets = octetsOf(octets, 'octets');
  const { options: given, maxDepth, bigIntegers } = readOptions(options, ['maxBytes', 'maxValues']);
  const maxBytes = integer(given.maxBytes ?? DEFAULT_BYTES, 'options.maxBytes', 0, MOST_BYTES);
  const values = integer(given.maxValues ?? DEFAULT_VALUES, 'options.maxValues', 0, 0xffff_ffff);
  if (!(octets.length <= maxBytes)) {
    throw new CountersignError(
      'ERR_JSON_LIMIT',
      `expected at most ${maxBytes} octets of JSON, found ${octets.length}`,
    );
  }
  const text = decodeUtf8(octets);
  const reader = { octets, text, at: 0, shift: 0, values, maxDepth, bigIntegers };
  const value = readValue(reader, nextToken(reader), 0);
  nextToken(reader);
  if (reader.at !== octets.length) throw refusal('ERR_JSON', 'nothing more', reader.at);
  return value;
}

/** Moves to what is not white space, and returns its octet; 0 at the end, which no rule takes. */
function nextToken(reader: Reader): number {
  const { octets } = reader;
  for (;;) {
    const octet = octets[reader.at] ?? 0;
    const isSpace =
      octet === SPACE || octet === LINE_FEED || octet === CARRIAGE_RETURN || octet === TAB;
    if (!isSpace) return octet;
    reader.at++;
  }
}

function readValue(reader: Reader, octet: number, depth: number): JsonValue<bigint> {
  switch (octet) {
    case QUOTE:
      return readString(reader);
    case OPEN_OBJECT:
      return readObject(reader, deeper(reader, depth));
    case OPEN_ARRAY:
      return readArray(reader, deeper(reader, depth));
    case 0x74:
      return readWord(reader, 'true', true);
    case 0x66:
      return readWord(reader, 'false', false);
    case 0x6e:
      return readWord(reader, 'null', null);
    default:
      return readNumber(reader, octet);
  }
}

function readObject(reader: Reader, depth: number): JsonValue<bigint> {
  const members = withoutPrototype();
  reader.at++;
  let octet = nextToken(reader);
  if (octet === CLOSE_OBJECT) {
    reader.at++;
    return members;
  }
  for (;;) {
    if (octet !== QUOTE) throw refusal('ERR_JSON', 'a name', reader.at);
    const start = reader.at;
    const name = readString(reader);
    // No value of JSON is undefined, and nothing is inherited.
    if (members[name] !== undefined) {
      throw refusal('ERR_JSON_DUPLICATE', 'names that differ', start);
    }
    if (nextToken(reader) !== COLON) throw refusal('ERR_JSON', 'a colon', reader.at);
    reader.at++;
    countValue(reader);
    members[name] = readValue(reader, nextToken(reader), depth);
    octet = nextToken(reader);
    if (octet !== COMMA && octet !== CLOSE_OBJECT) {
      throw refusal('ERR_JSON', 'a comma or the end of an object', reader.at);
    }
    reader.at++;
    if (octet === CLOSE_OBJECT) return members;
    octet = nextToken(reader);
  }
}

/** Of `Object.create(null)` V8 makes hash tables, which cost a third more to fill. */
function withoutPrototype(): Record<string, JsonValue<bigint>> {
  return Object.setPrototypeOf({}, null) as Record<string, JsonValue<bigint>>;
}

function readArray(reader: Reader, depth: number): JsonValue<bigint> {
  const items: JsonValue<bigint>[] = [];
  reader.at++;
  let octet = nextToken(reader);
  if (octet === CLOSE_ARRAY) {
    reader.at++;
    return items;
  }
  for (;;) {
    countValue(reader);
    items.push(readValue(reader, octet, depth));
    octet = nextToken(reader);
    if (octet !== COMMA && octet !== CLOSE_ARRAY) {
      throw refusal('ERR_JSON', 'a comma or the end of an array', reader.at);
    }
    reader.at++;
    if (octet === CLOSE_ARRAY) return items;
    octet = nextToken(reader);
  }
}

function readString(reader: Reader): string {
  const { octets } = reader;
  const start = reader.at - reader.shift;
  let { shift } = reader;
  let at = reader.at + 1;
  let hasEscapes = false;
  for (;;) {
    const octet = octets[at] ?? 0;
    if (octet === QUOTE) break;
    if (octet < SPACE) throw refusal('ERR_JSON', 'a character of a string', at);
    at++;
    if (octet === BACKSLASH) {
      hasEscapes = true;
      at++; // whatever is escaped is not the end; an escape that does not exist is found below
    } else if (octet >= 0x80) {
      // Two octets are one code unit, three are one, four are two; the rest of them count nothing.
      if (octet >= 0xe0) shift += 2;
      else if (octet >= 0xc0) shift++;
    }
  }
  const first = reader.at;
  reader.at = at + 1;
  reader.shift = shift;
  return hasEscapes
    ? unescape(reader.text.slice(start, at + 1 - shift), first)
    : reader.text.slice(start + 1, at - shift);
}

/** Reads a string with escapes in it, its quotes included. Its octets begin at `start`. */
function unescape(quoted: string, start: number): string {
  let text;
  try {
    text = JSON.parse(quoted) as string;
  } catch {
    throw refusal('ERR_JSON', 'a string without other escapes than JSON has', start);
  }
  // The octets are UTF-8, so that half a pair can only have come by an escape.
  if (!quoted.includes('\\u') || !LONE_SURROGATE.test(text)) return text;
  throw refusal('ERR_JSON_SURROGATE', 'a string without half a surrogate pair', start);
}

/** Section 6: `[ minus ] int [ frac ] [ exp ]`. */
function readNumber(reader: Reader, octet: number): number | bigint {
  const { octets } = reader;
  const start = reader.at;
  const first = octet === MINUS ? start + 1 : start;
  let value = 0;
  let at = first;
  for (; isDigit((octet = octets[at] ?? 0)); at++) value = value * 10 + (octet - ZERO);
  let digits = at - first;
  if (digits === 0) throw refusal('ERR_JSON', first === start ? 'a value' : 'a digit', at);
  if (digits > 1 && octets[first] === ZERO) {
    throw refusal('ERR_JSON', 'a number without a zero before it', first);
  }
  let fraction = 0;
  if (octet === POINT) {
    const point = at++;
    for (; isDigit((octet = octets[at] ?? 0)); at++) value = value * 10 + (octet - ZERO);
    fraction = at - point - 1;
    digits += fraction;
    if (fraction === 0) throw refusal('ERR_JSON', 'a digit', at);
  }
  const hasExponent = octet === LOWER_E || octet === UPPER_E;
  if (digits <= EXACT_DIGITS && !hasExponent) {
    reader.at = at;
    // Both are exact, so that their quotient is rounded once, to the nearest double.
    if (fraction > 0) value /= POWERS[fraction] ?? Number.NaN;
    return first === start ? value : -value;
  }
  if (hasExponent) {
    const sign = octets[at + 1];
    at = pastDigits(octets, sign === PLUS || sign === MINUS ? at + 2 : at + 1);
  }
  reader.at = at;
  const text = reader.text.slice(start - reader.shift, at - reader.shift);
  return fraction === 0 && !hasExponent
    ? longInteger(reader, text, start)
    : finite(Number(text), start);
}

function pastDigits(octets: Uint8Array, at: number): number {
  if (!isDigit(octets[at] ?? 0)) throw refusal('ERR_JSON', 'a digit', at);
  while (isDigit(octets[at] ?? 0)) at++;
  return at;
}

function isDigit(octet: number): boolean {
  return ZERO <= octet && octet <= NINE;
}

function longInteger(reader: Reader, text: string, start: number): number | bigint {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  if (!reader.bigIntegers) {
    throw refusal('ERR_JSON_NUMBER', 'an integer within 2^53 - 1', start);
  }
  if (text.length <= LONGEST_INTEGER) return BigInt(text);
  throw refusal('ERR_JSON_NUMBER', `an integer of at most ${LONGEST_INTEGER} characters`, start);
}

function finite(value: number, start: number): number {
  if (Number.isFinite(value)) return value;
  throw refusal('ERR_JSON_NUMBER', 'a number within the range of doubles', start);
}

function readWord<T>(reader: Reader, word: string, value: T): T {
  if (!reader.text.startsWith(word, reader.at - reader.shift)) {
    throw refusal('ERR_JSON', 'a value', reader.at);
  }
  reader.at += word.length;
  return value;
}

function countValue(reader: Reader): void {
  if (--reader.values >= 0) return;
  throw refusal('ERR_JSON_LIMIT', 'no more members and items', reader.at);
}

function deeper(reader: Reader, depth: number): number {
  if (depth < reader.maxDepth) return depth + 1;
  throw refusal('ERR_JSON_LIMIT', `at most ${reader.maxDepth} levels`, reader.at);
}

function refusal(code: CountersignErrorCode, expected: string, at: number): CountersignError {
  return new CountersignError(code, `expected ${expected} at octet ${at} of JSON`);
}

function powersOfTen(most: number): readonly number[] {
  return Array.from({ length: most + 1 }, (_, i) => Number(`1e${i}`));
}
