/**
 * The JSON Canonicalization Scheme, {@link https://www.rfc-editor.org/rfc/rfc8785 RFC 8785}: one
 * text for one value. Members are sorted by the UTF-16 code units of their names, numbers have
 * ECMAScript's form (-0 is 0), strings its escapes, and there is no white space.
 *
 * What JSON can't say is refused, never left out or replaced, as `JSON.stringify` does: signed
 * would be something else than was meant. So an object is plain, its own enumerable members with
 * string names are what it says, `toJSON` is not called, and an array has its items and no gap.
 * Each member is read once, so that a getter or a proxy can't show one value to the checks and
 * write another. Strings are not normalised: two spellings of a letter are two texts.
 *
 * An integer from 2^53 to below 10^21 that is given as a number is written, as appendix B of the RFC
 * has it, and not read back: who reads its digits can't know that they were rounded.
 *
 * @module
 */
import { type Bytes, typeName } from '../bytes/octets.js';
import { utf8Of } from '../bytes/utf8.js';
import { CountersignError, type CountersignErrorCode } from '../errors.js';
import { membersOf } from './json-members.js';
import { type JsonOptions, readOptions } from './json-value.js';

const LONE_SURROGATE = /\p{Surrogate}/u;
/** Characters of a position that stand in an error; names of members can have any length. */
const LONGEST_POSITION = 200;
/** Characters up to which a loop is faster than the call of a function that is not JavaScript. */
const FEW_CHARACTERS = 64;

/** What the writer can be told. */
export type WriteJsonOptions = JsonOptions;

interface Writer {
  readonly maxDepth: number;
  readonly bigIntegers: boolean;
  /** The name or the index at each level, for errors. */
  readonly position: (string | number)[];
  /** The object or the array at each level, to tell a cycle from depth. */
  readonly within: object[];
}

/** Writes the canonical text of a value in UTF-8: the octets to sign or to digest. */
export function writeJson(value: unknown, options?: WriteJsonOptions): Bytes {
  return utf8Of(writeJsonText(value, options)); // each string of it was looked at
}

/** Writes the canonical text of a value. */
export function writeJsonText(value: unknown, options?: WriteJsonOptions): string {
  const { maxDepth, bigIntegers } = readOptions(options, []);
  return writeValue({ maxDepth, bigIntegers, position: [], within: [] }, value, 0);
}

function writeValue(writer: Writer, value: unknown, depth: number): string {
  if (typeof value === 'string') return writeString(writer, value, depth);
  if (typeof value === 'number') return writeNumber(writer, value, depth);
  if (value === true) return 'true';
  if (value === false) return 'false';
  if (value === null) return 'null';
  if (typeof value === 'object') {
    enter(writer, value, depth);
    return Array.isArray(value)
      ? writeArray(writer, value, depth)
      : writeObject(writer, value, depth);
  }
  if (typeof value === 'bigint') return writeBigInteger(writer, value, depth);
  throw refusal(writer, depth, 'ERR_JSON_TYPE', `a JSON value, found ${typeof value}`);
}

function enter(writer: Writer, value: object, depth: number): void {
  writer.within[depth] = value;
  if (depth < writer.maxDepth) return;
  if (writer.within.indexOf(value) < depth) {
    throw refusal(writer, depth, 'ERR_JSON_CYCLE', 'no value within itself');
  }
  throw refusal(writer, depth, 'ERR_JSON_LIMIT', `at most ${writer.maxDepth} levels`);
}

function writeArray(writer: Writer, items: readonly unknown[], depth: number): string {
  const { length } = items;
  const keys = Object.keys(items);
  // Indices come first and in order, so that the last one in its place says that all are there.
  const isWhole = keys.length === length && (length === 0 || keys[length - 1] === `${length - 1}`);
  if (!isWhole || Object.getOwnPropertySymbols(items).length > 0) {
    throw refusal(writer, depth, 'ERR_JSON_TYPE', 'an array without gaps or names');
  }
  let out = '[';
  for (let i = 0; i < length; i++) {
    writer.position[depth] = i;
    if (i > 0) out += ',';
    out += writeValue(writer, items[i], depth + 1);
  }
  return `${out}]`;
}

function writeObject(writer: Writer, value: object, depth: number): string {
  if (!isPlain(value)) {
    throw refusal(writer, depth, 'ERR_JSON_TYPE', `a plain object, found ${typeName(value)}`);
  }
  if (Object.getOwnPropertySymbols(value).length > 0) {
    throw refusal(writer, depth, 'ERR_JSON_TYPE', 'names that are strings, found a symbol');
  }
  const names = Object.keys(value);
  if (names.length === 0) return '{}';
  const { sorted, opened } = membersOf(names);
  let out = '';
  for (let i = 0; i < sorted.length; i++) {
    const name = sorted[i] as string;
    writer.position[depth] = name;
    const open = opened[i];
    if (open === undefined) {
      throw refusal(
        writer,
        depth + 1,
        'ERR_JSON_SURROGATE',
        'a name without half a surrogate pair',
      );
    }
    out += open;
    out += writeValue(writer, (value as Record<string, unknown>)[name], depth + 1);
  }
  return `${out}}`;
}

/** Of `{}` in this realm or another, or without a prototype. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return (
    prototype === Object.prototype ||
    prototype === null ||
    (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf'))
  );
}

/** Section 3.2.2.2. ECMAScript writes half of a surrogate pair as an escape, which is refused. */
function writeString(writer: Writer, text: string, depth: number): string {
  const { length } = text;
  if (length <= FEW_CHARACTERS) {
    let i = 0;
    while (i < length && isPlainCharacter(text.charCodeAt(i))) i++;
    if (i === length) return `"${text}"`;
  }
  const quoted = JSON.stringify(text);
  const hasEscapes = quoted.length !== length + 2;
  if (hasEscapes && quoted.includes('\\ud') && LONE_SURROGATE.test(text)) {
    throw refusal(writer, depth, 'ERR_JSON_SURROGATE', 'a string without half a surrogate pair');
  }
  return quoted;
}

/** Whether it stands for itself whatever stands beside it. */
function isPlainCharacter(code: number): boolean {
  return 0x20 <= code && code < 0xd800 && code !== 0x22 && code !== 0x5c;
}

/** Section 3.2.2.3: as ECMAScript does, which writes -0 as 0. */
function writeNumber(writer: Writer, value: number, depth: number): string {
  if (Number.isFinite(value)) return `${value}`;
  throw refusal(writer, depth, 'ERR_JSON_NUMBER', 'a finite number');
}

function writeBigInteger(writer: Writer, value: bigint, depth: number): string {
  const isSafe = -Number.MAX_SAFE_INTEGER <= value && value <= Number.MAX_SAFE_INTEGER;
  if (isSafe || writer.bigIntegers) return String(value);
  throw refusal(writer, depth, 'ERR_JSON_NUMBER', 'an integer within 2^53 - 1');
}

/** An error that names the place by a JSON pointer (RFC 6901), and no value. */
function refusal(
  writer: Writer,
  depth: number,
  code: CountersignErrorCode,
  expected: string,
): CountersignError {
  const pointer = writer.position
    .slice(0, depth)
    .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
  const place = pointer === '' ? 'the root' : pointer.slice(0, LONGEST_POSITION);
  return new CountersignError(code, `expected ${expected}, at ${place}`);
}
