/**
 * Reads structured fields by the algorithms of
 * {@link https://www.rfc-editor.org/rfc/rfc9651#section-4.2 RFC 9651, section 4.2}. Where the RFC
 * leaves a choice, how Base64 is padded and what its spare bits are (section 4.2.7), one spelling is
 * taken.
 *
 * @module
 */
import { decodeBase64 } from '../bytes/base64.js';
import { choice, integer, named, text as textOf, typeName } from '../bytes/octets.js';
import { decodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';
import {
  Bare,
  DIGIT,
  isOf,
  KEY,
  KEY_START,
  type ReadBareItem,
  type ReadDictionary,
  type ReadInnerList,
  type ReadItem,
  type ReadList,
  type ReadMember,
  type ReadParameters,
  TOKEN,
  TOKEN_START,
} from './structured-values.js';

/** How a field is read. */
export interface ReadOptions {
  /** Characters of a field above which it is refused unread; 65,536 unless said otherwise. */
  readonly maxBytes?: number | undefined;
  /**
   * What is done about a key that stands twice in a Dictionary or in parameters. `last`: the later
   * value in the earlier place, as the RFC has it. `refuse` for what is to be trusted: two programs
   * that differ in it read two messages.
   */
  readonly duplicates?: 'last' | 'refuse' | undefined;
}

/** A field value, or the values of its lines in their order, section 4.2. */
export type FieldLines = string | readonly string[];

const MOST = 1 << 16;
/** Below what any engine of the language has for a string. */
const MOST_OF_ALL = 1 << 28;
const OPTIONS = ['maxBytes', 'duplicates'];
const DUPLICATES = ['last', 'refuse'] as const;
const INTEGER_DIGITS = 15;
const DECIMAL_DIGITS = 12;
const FRACTION_DIGITS = 3;

/** Reads an Item, section 4.2.3. */
export function readItem(field: FieldLines, options?: ReadOptions): ReadItem {
  return whole(field, options, item);
}

/** Reads a List, section 4.2.1. */
export function readList(field: FieldLines, options?: ReadOptions): ReadList {
  return whole(field, options, list);
}

/** Reads a Dictionary, section 4.2.2. */
export function readDictionary(field: FieldLines, options?: ReadOptions): ReadDictionary {
  return whole(field, options, dictionary);
}

/** Most values have none; an object for each of them takes a third of the time of a field. */
const NO_PARAMETERS: ReadParameters = /* @__PURE__ */ Object.freeze(/* @__PURE__ */ new Bare());

interface Cursor {
  readonly text: string;
  readonly refuses: boolean;
  at: number;
}

/** Section 4.2, steps 2 to 8. */
function whole<T>(
  field: FieldLines,
  options: ReadOptions | undefined,
  read: (cursor: Cursor) => T,
): T {
  const { maxBytes, duplicates } = optionsOf(options);
  const text = joined(field);
  if (!(text.length <= maxBytes)) {
    throw new CountersignError(
      'ERR_LENGTH',
      `expected a field of at most ${maxBytes} characters, found ${text.length}`,
    );
  }
  const cursor: Cursor = { text, refuses: duplicates === 'refuse', at: 0 };
  skipSpaces(cursor);
  const value = read(cursor);
  skipSpaces(cursor);
  if (cursor.at < text.length) throw refused(cursor, 'the end of the field');
  return value;
}

function optionsOf(options: ReadOptions | undefined): {
  maxBytes: number;
  duplicates: 'last' | 'refuse';
} {
  if (options === undefined) return { maxBytes: MOST, duplicates: 'last' };
  const { maxBytes = MOST, duplicates = 'last' } = named(options, 'options', OPTIONS);
  return {
    maxBytes: integer(maxBytes, 'options.maxBytes', 0, MOST_OF_ALL),
    duplicates: choice(duplicates, 'options.duplicates', DUPLICATES),
  };
}

/** The lines of a field are one value, RFC 9110, section 5.3. */
function joined(field: FieldLines): string {
  if (typeof field === 'string') return field;
  if (!Array.isArray(field) || field.length === 0) {
    throw new TypeError(`field: expected a string or some in an array, found ${typeName(field)}`);
  }
  return (field as readonly string[]).map((line) => textOf(line, 'field')).join(', ');
}

function list(cursor: Cursor): ReadList {
  const members: ReadMember[] = [];
  while (cursor.at < cursor.text.length) {
    members.push(member(cursor));
    if (!hasNext(cursor)) break;
  }
  return members;
}

function dictionary(cursor: Cursor): ReadDictionary {
  const members: Record<string, ReadMember> = new Bare();
  while (cursor.at < cursor.text.length) {
    const name = key(cursor);
    if (cursor.refuses && name in members) throw refused(cursor, 'each key once');
    const hasValue = codeAt(cursor) === EQUALS;
    if (hasValue) cursor.at++;
    members[name] = hasValue ? member(cursor) : { value: true, params: parameters(cursor) };
    if (!hasNext(cursor)) break;
  }
  return members;
}

/** Steps over the comma between two members; a comma at the end is refused. */
function hasNext(cursor: Cursor): boolean {
  skipOptionalWhiteSpace(cursor);
  if (cursor.at === cursor.text.length) return false;
  expect(cursor, COMMA, 'a comma');
  skipOptionalWhiteSpace(cursor);
  if (cursor.at < cursor.text.length) return true;
  throw refused(cursor, 'a member behind the comma');
}

function member(cursor: Cursor): ReadMember {
  return codeAt(cursor) === OPEN ? innerList(cursor) : item(cursor);
}

/** Section 4.2.1.2. */
function innerList(cursor: Cursor): ReadInnerList {
  const items: ReadItem[] = [];
  cursor.at++;
  for (;;) {
    skipSpaces(cursor);
    if (codeAt(cursor) === CLOSE) {
      cursor.at++;
      return { items, params: parameters(cursor) };
    }
    items.push(item(cursor));
    const next = codeAt(cursor);
    if (next !== SPACE && next !== CLOSE) throw refused(cursor, 'a space or a parenthesis');
  }
}

function item(cursor: Cursor): ReadItem {
  return { value: bareItem(cursor), params: parameters(cursor) };
}

/** Section 4.2.3.2. */
function parameters(cursor: Cursor): ReadParameters {
  if (codeAt(cursor) !== SEMICOLON) return NO_PARAMETERS;
  const params: Record<string, ReadBareItem> = new Bare();
  while (codeAt(cursor) === SEMICOLON) {
    cursor.at++;
    skipSpaces(cursor);
    const name = key(cursor);
    if (cursor.refuses && name in params) throw refused(cursor, 'each parameter once');
    const hasValue = codeAt(cursor) === EQUALS;
    if (hasValue) cursor.at++;
    params[name] = hasValue ? bareItem(cursor) : true;
  }
  return params;
}

/** Section 4.2.3.3. */
function key(cursor: Cursor): string {
  return word(cursor, KEY_START, KEY, 'a key');
}

/** Section 4.2.3.1. */
function bareItem(cursor: Cursor): ReadBareItem {
  const code = codeAt(cursor);
  if (code === MINUS || isOf(code, DIGIT)) {
    const { isInteger, value } = number(cursor);
    return isInteger ? value : { type: 'decimal', value };
  }
  if (code === QUOTE) return string(cursor);
  if (code === COLON) return byteSequence(cursor);
  if (code === QUESTION) return boolean(cursor);
  if (code === AT) return dateOf(cursor);
  if (code === PERCENT) return display(cursor);
  if (isOf(code, TOKEN_START))
    return { type: 'token', value: word(cursor, TOKEN_START, TOKEN, 'a token') };
  throw refused(cursor, 'a value');
}

/** Section 4.2.4. */
function number(cursor: Cursor): { isInteger: boolean; value: number } {
  const { text, at: start } = cursor;
  if (codeAt(cursor) === MINUS) cursor.at++;
  const digits = skip(cursor, DIGIT);
  const isInteger = codeAt(cursor) !== POINT;
  if (!(1 <= digits && digits <= (isInteger ? INTEGER_DIGITS : DECIMAL_DIGITS))) {
    throw refused(cursor, 'an Integer of 15 digits, or 12 before the point of a Decimal');
  }
  if (!isInteger) {
    cursor.at++;
    const fraction = skip(cursor, DIGIT);
    if (!(1 <= fraction && fraction <= FRACTION_DIGITS)) {
      throw refused(cursor, '1 to 3 digits behind the point');
    }
  }
  // There is no negative zero in the data model, section 3.3.1.
  return { isInteger, value: Number(text.slice(start, cursor.at)) + 0 };
}

/** Section 4.2.5. */
function string(cursor: Cursor): string {
  const { text } = cursor;
  let out = '';
  let from = ++cursor.at;
  for (;;) {
    const code = codeAt(cursor);
    if (code === QUOTE) break;
    if (!(SPACE <= code && code <= TILDE)) throw refused(cursor, 'printable ASCII');
    cursor.at++;
    if (code !== BACKSLASH) continue;
    const escaped = codeAt(cursor);
    if (escaped !== QUOTE && escaped !== BACKSLASH) throw refused(cursor, 'a quote or a backslash');
    out += text.slice(from, cursor.at - 1);
    from = cursor.at++;
  }
  return out + text.slice(from, cursor.at++);
}

/** Section 4.2.7. */
function byteSequence(cursor: Cursor): ReadBareItem {
  const start = cursor.at + 1;
  const end = cursor.text.indexOf(':', start);
  try {
    if (end >= 0) {
      const octets = decodeBase64(cursor.text.slice(start, end));
      cursor.at = end + 1;
      return octets;
    }
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
  }
  throw refused(cursor, 'padded Base64 between colons');
}

/** Section 4.2.8. */
function boolean(cursor: Cursor): boolean {
  cursor.at++;
  const code = codeAt(cursor);
  if (code !== ZERO && code !== ONE) throw refused(cursor, '?0 or ?1');
  cursor.at++;
  return code === ONE;
}

/** Section 4.2.9. */
function dateOf(cursor: Cursor): ReadBareItem {
  cursor.at++;
  const { isInteger, value } = number(cursor);
  if (isInteger) return { type: 'date', value };
  throw refused(cursor, 'whole seconds');
}

/** Section 4.2.10. */
function display(cursor: Cursor): ReadBareItem {
  const start = cursor.at;
  cursor.at++;
  expect(cursor, QUOTE, 'a quote');
  const octets: number[] = [];
  for (;;) {
    const code = codeAt(cursor);
    if (!(SPACE <= code && code <= TILDE)) throw refused(cursor, 'printable ASCII');
    cursor.at++;
    if (code === QUOTE) break;
    octets.push(code === PERCENT ? hexOctet(cursor) : code);
  }
  try {
    return { type: 'display', value: decodeUtf8(Uint8Array.from(octets)) };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    cursor.at = start;
    throw refused(cursor, 'the octets of UTF-8');
  }
}

/** Two digits of lower-case hexadecimal. */
function hexOctet(cursor: Cursor): number {
  const digits = cursor.text.slice(cursor.at, cursor.at + 2);
  if (!/^[0-9a-f]{2}$/.test(digits)) throw refused(cursor, 'two digits of lower-case hexadecimal');
  cursor.at += 2;
  return Number.parseInt(digits, 16);
}

function word(cursor: Cursor, first: number, others: number, what: string): string {
  const start = cursor.at;
  if (!isOf(codeAt(cursor), first)) throw refused(cursor, what);
  skip(cursor, others);
  return cursor.text.slice(start, cursor.at);
}

/** Steps over the characters of a class and says how many there were. */
function skip(cursor: Cursor, bits: number): number {
  const start = cursor.at;
  while (isOf(codeAt(cursor), bits)) cursor.at++;
  return cursor.at - start;
}

function skipSpaces(cursor: Cursor): void {
  while (codeAt(cursor) === SPACE) cursor.at++;
}

function skipOptionalWhiteSpace(cursor: Cursor): void {
  while (codeAt(cursor) === SPACE || codeAt(cursor) === TAB) cursor.at++;
}

function expect(cursor: Cursor, code: number, what: string): void {
  if (codeAt(cursor) !== code) throw refused(cursor, what);
  cursor.at++;
}

/** NaN at the end, which is in no class and equals nothing. */
function codeAt({ text, at }: Cursor): number {
  return text.charCodeAt(at);
}

function refused({ at }: Cursor, expected: string): CountersignError {
  return new CountersignError('ERR_STRUCTURED_FIELD', `expected ${expected} at position ${at}`);
}

const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const PERCENT = 0x25;
const OPEN = 0x28;
const CLOSE = 0x29;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const ONE = 0x31;
const COLON = 0x3a;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;
const QUESTION = 0x3f;
const AT = 0x40;
const BACKSLASH = 0x5c;
const TILDE = 0x7e;
