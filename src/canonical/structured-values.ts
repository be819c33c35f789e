/**
 * The values of structured fields, {@link https://www.rfc-editor.org/rfc/rfc9651#section-3 RFC 9651,
 * section 3}, as plain values of the language, so that what is read and written again has the types
 * that it had. An Integer is a number, a String a string, a Boolean a boolean, a Byte Sequence octets.
 * The four that the language has no type for carry their name: a Decimal of 1 is not an Integer.
 *
 * @module
 */
import type { Bytes } from '../bytes/octets.js';

/** Up to 12 digits before the point and 3 after it, section 3.3.2. */
export interface Decimal {
  readonly type: 'decimal';
  readonly value: number;
}

/** A word without quotes, section 3.3.4. */
export interface Token {
  readonly type: 'token';
  readonly value: string;
}

/** Seconds since 1970, section 3.3.7. */
export interface SfDate {
  readonly type: 'date';
  readonly value: number;
}

/** Text beyond ASCII, section 3.3.8. */
export interface DisplayString {
  readonly type: 'display';
  readonly value: string;
}

/** A Bare Item, section 3.3: a number is an Integer. */
export type BareItem =
  number | string | boolean | Uint8Array | Decimal | Token | SfDate | DisplayString;

/** The parameters of a value in their order, section 3.1.2. As they are read they inherit nothing. */
export type Parameters = Readonly<Record<string, BareItem>>;

/** A Bare Item with its parameters, section 3.3. */
export interface Item {
  readonly value: BareItem;
  readonly params?: Parameters | undefined;
}

/** Items in parentheses with the parameters of all of them, section 3.1.1. */
export interface InnerList {
  readonly items: readonly Item[];
  readonly params?: Parameters | undefined;
}

/** A member of a List or a Dictionary. */
export type Member = Item | InnerList;

/** A List, section 3.1. */
export type List = readonly Member[];

/** A Dictionary in its order, section 3.2. As it is read it inherits nothing. */
export type Dictionary = Readonly<Record<string, Member>>;

/** A Bare Item as it is read. */
export type ReadBareItem = Exclude<BareItem, Uint8Array> | Bytes;

/** The parameters as they are read; a value without any has an empty one. */
export type ReadParameters = Readonly<Record<string, ReadBareItem>>;

/** An Item as it is read. */
export interface ReadItem extends Item {
  readonly value: ReadBareItem;
  readonly params: ReadParameters;
}

/** An Inner List as it is read. */
export interface ReadInnerList extends InnerList {
  readonly items: readonly ReadItem[];
  readonly params: ReadParameters;
}

/** A member as it is read. */
export type ReadMember = ReadItem | ReadInnerList;

/** A List as it is read. */
export type ReadList = readonly ReadMember[];

/** A Dictionary as it is read. */
export type ReadDictionary = Readonly<Record<string, ReadMember>>;

/**
 * Makes an object that inherits nothing, so that no key finds what was not read. One of
 * `Object.create(null)` does the same and is a hash table to V8, which takes four times as long.
 */
export const Bare: new () => Record<string, never> = /* @__PURE__ */ (() => {
  const make = function () {} as unknown as new () => Record<string, never>;
  make.prototype = Object.freeze(Object.create(null) as object);
  return make;
})();

/** Digits of an Integer, section 3.3.1. */
export const MOST_INTEGER = 999_999_999_999_999;

/** Characters by what they may be part of, one bit each. */
export const KEY_START = 1;
export const KEY = 2;
export const TOKEN_START = 4;
export const TOKEN = 8;
export const DIGIT = 16;

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const LETTERS = `${LOWER}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;
/** tchar of RFC 9110, section 5.6.2, without letters and digits. */
const TCHAR = "!#$%&'*+-.^_`|~";

/** The classes of the 128 characters; 0 is in none. */
export const CLASSES: Uint8Array = /* @__PURE__ */ classes([
  [KEY_START, `${LOWER}*`],
  [KEY, `${LOWER}${DIGITS}_-.*`],
  [TOKEN_START, `${LETTERS}*`],
  [TOKEN, `${LETTERS}${DIGITS}${TCHAR}:/`],
  [DIGIT, DIGITS],
]);

/** Whether a character code is of a class. */
export function isOf(code: number, bits: number): boolean {
  return ((CLASSES[code] ?? 0) & bits) !== 0;
}

function classes(table: readonly (readonly [number, string])[]): Uint8Array {
  const out = new Uint8Array(128);
  for (const [bit, characters] of table) {
    for (let i = 0; i < characters.length; i++) {
      const code = characters.charCodeAt(i);
      out[code] = (out[code] ?? 0) | bit;
    }
  }
  return out;
}
