/**
 * Writes structured fields by the algorithms of
 * {@link https://www.rfc-editor.org/rfc/rfc9651#section-4.1 RFC 9651, section 4.1}: every value has
 * one form. A value that has none is `ERR_STRUCTURED_FIELD`; one of another type than the model's is
 * a `TypeError`.
 *
 * @module
 */
import { encodeBase64 } from '../bytes/base64.js';
import { fields, octets, text, typeName } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';
import {
  type BareItem,
  type Dictionary,
  type InnerList,
  isOf,
  type Item,
  KEY,
  KEY_START,
  type List,
  type Member,
  MOST_INTEGER,
  type Parameters,
  TOKEN,
  TOKEN_START,
} from './structured-values.js';

/** Writes an Item, section 4.1.3. */
export function writeItem(item: Item): string {
  const { value, params } = fields(item, 'item', '{ value, params }');
  return writeBareItem(value) + parameters(params);
}

/** Writes an Inner List, section 4.1.1.1. */
export function writeInnerList(list: InnerList): string {
  const { items, params } = fields(list, 'list', '{ items, params }');
  return `(${array(items, 'list.items').map(writeItem).join(' ')})${parameters(params)}`;
}

/** Writes a List, section 4.1.1. An empty one has no text: the field is left out. */
export function writeList(list: List): string {
  return members(array(list, 'list').map(member));
}

/** Writes a Dictionary, section 4.1.2. An empty one has no text: the field is left out. */
export function writeDictionary(dictionary: Dictionary): string {
  const entries = Object.entries(fields(dictionary, 'dictionary', 'members by their keys'));
  return members(
    entries.map(([name, value]) => {
      const written = member(value);
      // A member that is true is its key and its parameters, step 2.2.
      return (
        key(name) + ('value' in value && value.value === true ? written.slice(2) : `=${written}`)
      );
    }),
  );
}

/** Section 4.1, step 1. */
function members(texts: readonly string[]): string {
  if (texts.length > 0) return texts.join(', ');
  throw refused('a member or more; an empty List or Dictionary is sent as no field at all');
}

function member(value: Member): string {
  const given = fields(value, 'member', '{ value, params } or { items, params }');
  return 'items' in given ? writeInnerList(given) : writeItem(given);
}

/** Section 4.1.1.2. */
function parameters(params: Parameters | undefined): string {
  if (params === undefined) return '';
  return Object.entries(fields(params, 'params', 'values by their keys'))
    .map(([name, value]) => `;${key(name)}${value === true ? '' : `=${writeBareItem(value)}`}`)
    .join('');
}

/** Section 4.1.1.3. */
function key(name: string): string {
  if (isWord(name, KEY_START, KEY)) return name;
  throw refused('a key of lower-case letters, digits and _-.*');
}

/** Writes a Bare Item, section 4.1.3.1. */
export function writeBareItem(value: BareItem): string {
  if (typeof value === 'number') return integer(value);
  if (typeof value === 'string') return string(value);
  if (typeof value === 'boolean') return value ? '?1' : '?0';
  const found = fields<object>(value, 'value', 'a value of RFC 9651') as {
    readonly type?: unknown;
    readonly value?: unknown;
  };
  const { type } = found;
  if (type === 'token') return token(text(found.value, 'token'));
  if (type === 'decimal') return decimal(number(found.value, 'decimal'));
  if (type === 'date') return `@${integer(number(found.value, 'date'))}`;
  if (type === 'display') return display(text(found.value, 'display string'));
  return `:${encodeBase64(octets(value, 'value'))}:`;
}

/** Section 4.1.4. */
function integer(value: number): string {
  if (Number.isInteger(value) && -MOST_INTEGER <= value && value <= MOST_INTEGER) {
    return String(value);
  }
  throw refused('an Integer of at most 15 digits; a Decimal is { type, value }');
}

/** Section 4.1.5: three digits behind the point at most, the nearest, an even one where two are. */
function decimal(value: number): string {
  // The number is taken at its shortest spelling, where 0.0025 is half-way; its octets are not quite.
  const [digits, exponent] = value.toExponential().split('e');
  const scaled = Number(`${digits}e${Number(exponent) + 3}`);
  const thousandths = roundedToEven(scaled);
  if (!(-MOST_INTEGER <= thousandths && thousandths <= MOST_INTEGER)) {
    throw refused('a Decimal of at most 12 digits before the point');
  }
  const magnitude = String(Math.abs(thousandths)).padStart(4, '0');
  const fraction = magnitude.slice(-3).replace(/0{1,2}$/, '');
  return `${thousandths < 0 ? '-' : ''}${magnitude.slice(0, -3)}.${fraction}`;
}

function roundedToEven(value: number): number {
  const below = Math.floor(value);
  const isUp = value - below > 0.5 || (value - below === 0.5 && below % 2 !== 0);
  return isUp ? below + 1 : below;
}

/** Section 4.1.6. */
function string(value: string): string {
  if (/^[\x20\x21\x23-\x5b\x5d-\x7e]*$/.test(value)) return `"${value}"`;
  if (/^[\x20-\x7e]*$/.test(value)) return `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  throw refused('a String of printable ASCII; a Display String is { type, value }');
}

/** Section 4.1.7. */
function token(value: string): string {
  if (isWord(value, TOKEN_START, TOKEN)) return value;
  throw refused('a Token');
}

/** Section 4.1.11. */
function display(value: string): string {
  let out = '%"';
  for (const octet of encodeUtf8(value)) {
    const isPlain = 0x20 <= octet && octet <= 0x7e && octet !== 0x22 && octet !== 0x25;
    out += isPlain ? String.fromCharCode(octet) : `%${octet.toString(16).padStart(2, '0')}`;
  }
  return `${out}"`;
}

function isWord(value: string, first: number, others: number): boolean {
  if (!isOf(value.charCodeAt(0), first)) return false;
  for (let i = 1; i < value.length; i++) if (!isOf(value.charCodeAt(i), others)) return false;
  return true;
}

function array<T>(value: readonly T[], what: string): readonly T[] {
  if (Array.isArray(value)) return value as readonly T[];
  throw new TypeError(`${what}: expected an array, found ${typeName(value)}`);
}

function number(value: unknown, what: string): number {
  if (typeof value === 'number') return value;
  throw new TypeError(`${what}: expected a number, found ${typeName(value)}`);
}

function refused(expected: string): CountersignError {
  return new CountersignError('ERR_STRUCTURED_FIELD', `expected ${expected}`);
}
