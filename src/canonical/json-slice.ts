/**
 * The octets of one member of a JSON text as they were sent, for schemes that sign a piece of it.
 * Reading and writing it again would not give them back: `1.10` would become `1.1`.
 *
 * The whole text is read first, by the same rules as in json-read.ts, so that a piece of a text
 * that means two things is not cut out of it.
 *
 * @module
 */
import { same } from '../bytes/equal.js';
import { type Bytes, octets as octetsOf, typeName } from '../bytes/octets.js';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.js';
import { readJson, type ReadJsonOptions } from './json-read.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Returns the octets of a member's value, the quotes of a string and the brackets of an object
 * included and the white space around it not, or `undefined` if there is no such member. `path` is
 * the name of a member of the text's object, or names and indices from the outside in.
 */
export function sliceMember(
  octets: Uint8Array,
  path: string | readonly (string | number)[],
  options?: ReadJsonOptions,
): Bytes | undefined {
  octets = octetsOf(octets, 'octets');
  const steps: readonly unknown[] = typeof path === 'string' ? [path] : path;
  if (!Array.isArray(steps) || !steps.every(isStep)) {
    throw new TypeError(`path: expected a name or names and indices, found ${typeName(path)}`);
  }
  readJson(octets, options);
  let start = skipSpace(octets, 0);
  for (const step of steps) {
    const found =
      typeof step === 'string' ? member(octets, start, step) : item(octets, start, step);
    if (found === undefined) return undefined;
    start = found;
  }
  return octets.slice(start, pastValue(octets, start));
}

function isStep(step: unknown): step is string | number {
  return typeof step === 'string' || (Number.isSafeInteger(step) && (step as number) >= 0);
}

// From here on the text is known to be JSON in which no name stands twice in one object; json-insert.ts
// steps through it too.

/** Where the value of a member begins. */
export function member(octets: Uint8Array, start: number, name: string): number | undefined {
  if (octets[start] !== OPEN_OBJECT) return undefined;
  const wanted = encodeUtf8(name);
  for (let at = skipSpace(octets, start + 1); octets[at] === QUOTE;) {
    const end = pastValue(octets, at);
    const value = skipSpace(octets, skipSpace(octets, end) + 1); // past the colon
    if (isNamed(octets.subarray(at, end), name, wanted)) return value;
    at = nextInList(octets, value);
  }
  return undefined;
}

/** Whether a quoted name is that one; names without escapes are compared as they stand. */
function isNamed(quoted: Uint8Array, name: string, wanted: Uint8Array): boolean {
  if (quoted.includes(BACKSLASH)) return JSON.parse(decodeUtf8(quoted)) === name;
  return same(quoted.subarray(1, -1), wanted);
}

/** Where an item begins. */
export function item(octets: Uint8Array, start: number, index: number): number | undefined {
  if (octets[start] !== OPEN_ARRAY) return undefined;
  let at = skipSpace(octets, start + 1);
  for (; index > 0 && octets[at] !== CLOSE_ARRAY; index--) at = nextInList(octets, at);
  return octets[at] === CLOSE_ARRAY ? undefined : at;
}

/** Past a value and the comma behind it, or to the end of the list. */
function nextInList(octets: Uint8Array, at: number): number {
  at = skipSpace(octets, pastValue(octets, at));
  return octets[at] === COMMA ? skipSpace(octets, at + 1) : at;
}

/** Past a value; within lists commas, colons and white space are stepped over one by one. */
export function pastValue(octets: Uint8Array, at: number): number {
  let depth = 0;
  do {
    const octet = octets[at];
    if (octet === QUOTE) {
      at = pastString(octets, at);
    } else if (octet === OPEN_OBJECT || octet === OPEN_ARRAY) {
      depth++;
      at++;
    } else if (octet === CLOSE_OBJECT || octet === CLOSE_ARRAY) {
      depth--;
      at++;
    } else if (depth > 0) {
      at++;
    } else {
      return pastScalar(octets, at);
    }
  } while (depth > 0);
  return at;
}

function pastString(octets: Uint8Array, at: number): number {
  do at += octets[at] === BACKSLASH ? 2 : 1;
  while (octets[at] !== QUOTE);
  return at + 1;
}

/** A number or a word: what there is up to what can follow it. */
function pastScalar(octets: Uint8Array, at: number): number {
  while (at < octets.length && !isSpace(octets[at]) && !isStop(octets[at])) at++;
  return at;
}

export function skipSpace(octets: Uint8Array, at: number): number {
  while (isSpace(octets[at])) at++;
  return at;
}

function isSpace(octet: number | undefined): boolean {
  return octet === 0x20 || octet === 0x0a || octet === 0x0d || octet === 0x09;
}

function isStop(octet: number | undefined): boolean {
  return octet === COMMA || octet === CLOSE_ARRAY || octet === CLOSE_OBJECT;
}
