/**
 * Lists of names and values, as forms and queries carry them: read from the octets that arrived,
 * written as the octets that are signed. Providers differ in all of it, and a framework's parser has
 * made its choices before one can see them, so every rule is asked for and none has a default.
 * Octets go in and octets come out: nothing is transcoded, and no locale sorts.
 * `countersign/canonical/form`.
 *
 * @module
 */
import { join } from '../bytes/concat.js';
import { hexOf } from '../bytes/hex.js';
import {
  type Bytes,
  choice,
  integer,
  named,
  octets as octetsOf,
  text as textOf,
  typeName,
} from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';
import { type FormPair, joinPairs, sortPairs } from './form-pair.js';
import { decodePercent, encodeFormComponent, encodePercent, percentDecoded } from './percent.js';

export { decodePercent, encodeFormComponent, encodePercent };
export type { Bytes, FormPair };

const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const DEFAULT_BYTES = 1 << 20;
/** As many as PHP takes; a payment form has some dozens. */
const DEFAULT_PAIRS = 1000;

/**
 * Takes names and values that hold a separator. `a=1&b=2` is then one pair or two, and a signature
 * over it is one over both. Some providers sign decoded values and leave no choice.
 */
export const ALLOW_DELIMITERS: unique symbol = /* @__PURE__ */ Symbol(
  'countersign.ALLOW_DELIMITERS',
);

/** How a list is read. */
export interface ParseFormRules {
  /** Percent-encoding: left as it is, or decoded once. Twice is never right. */
  readonly decode: 'never' | 'once';
  /** A `+` is a space or a plus. With `decode: 'never'` it can only be a plus. */
  readonly plus: 'space' | 'plus';
  /** A name that stands twice, compared as it comes out. */
  readonly duplicates: 'refuse' | 'keep';
  /** `a=`, and `a` if `bare` takes it: refused, kept, or left out of the result. */
  readonly emptyValues: 'refuse' | 'keep' | 'drop';
  /** `a` without `=`: refused, or as `a=`. */
  readonly bare: 'refuse' | 'empty';
  /** Nothing between two `&`, or before the first or after the last: refused or skipped. */
  readonly emptySegments: 'refuse' | 'skip';
  /** `braces`: an `&` between `{` and `}`, or `[` and `]`, separates nothing, as UnionPay has it. */
  readonly nested?: 'braces' | undefined;
  /** Octets of the list; 1 MiB unless given. */
  readonly maxBytes?: number | undefined;
  /** Pairs; 1,000 unless given. */
  readonly maxPairs?: number | undefined;
}

/** How a list is written. */
export interface WriteFormRules {
  /**
   * By name and then by value, as they stand in the result: by octets, or by UTF-16 code units,
   * as JavaScript and Java compare. Pairs that are equal keep their order; `none` keeps all.
   */
  readonly sort: 'octets' | 'utf16' | 'none';
  /** Percent-encoding: none, RFC 3986's with upper-case letters, or that of HTML forms. */
  readonly encode: 'none' | 'rfc3986' | 'form';
  /** What stands between a name and its value: `=` mostly. */
  readonly equals: string;
  /** What stands between two pairs: `&` mostly. */
  readonly joiner: string;
  /** `ALLOW_DELIMITERS`, or a list that could be read in two ways is refused. */
  readonly delimiters?: typeof ALLOW_DELIMITERS | undefined;
}

/** Reads `name=value&name=value`. A query is given without its `?`. */
export function parseForm(octets: Uint8Array, rules: ParseFormRules): FormPair[] {
  octets = octetsOf(octets, 'octets');
  const maxPairs = checkParseRules(octets, rules);
  const pairs: FormPair[] = [];
  const names = new Set<string>();
  if (octets.length === 0) return pairs;
  for (let start = 0, count = 0; start <= octets.length;) {
    let end =
      rules.nested === undefined ? octets.indexOf(AMPERSAND, start) : endOfNested(octets, start);
    if (end === -1) end = octets.length;
    if (end === start) {
      if (rules.emptySegments === 'refuse') throw refusal('ERR_FORM', 'a name', start);
    } else {
      if (++count > maxPairs) {
        throw refusal('ERR_FORM_LIMIT', `no more than ${maxPairs} pairs`, start);
      }
      const pair = parsePair(octets, start, end, rules);
      if (rules.duplicates === 'refuse') {
        const name = hexOf(pair.name);
        if (names.has(name)) throw refusal('ERR_FORM_DUPLICATE', 'names that differ', start);
        names.add(name);
      }
      if (pair.value.length > 0 || rules.emptyValues === 'keep') pairs.push(pair);
    }
    start = end + 1;
  }
  return pairs;
}

/** Writes pairs in the order, the encoding and between the separators that the rules say. */
export function writeForm(pairs: readonly FormPair[], rules: WriteFormRules): Bytes {
  checkWriteRules(rules);
  const equals = encodeUtf8(rules.equals);
  const joiner = encodeUtf8(rules.joiner);
  const encoded = checkPairs(pairs).map(({ name, value }) => ({
    name: encodeWith(rules.encode, name),
    value: encodeWith(rules.encode, value),
  }));
  if (rules.delimiters !== ALLOW_DELIMITERS) checkDelimiters(encoded, equals, joiner);
  return joinPairs(sortPairs(encoded, rules.sort), equals, joiner);
}

/** Where the next `&` stands that is in no braces; those that are open at the end are refused. */
function endOfNested(octets: Uint8Array, start: number): number {
  let depth = 0;
  let at = start;
  for (; at < octets.length && (depth > 0 || octets[at] !== AMPERSAND); at++) {
    const octet = octets[at] as number;
    if (octet === 0x7b || octet === 0x5b) depth++;
    else if ((octet === 0x7d || octet === 0x5d) && --depth < 0) break;
  }
  if (depth === 0) return at;
  throw refusal('ERR_FORM', 'braces in pairs', at);
}

/** Returns how many pairs there may be. */
function checkParseRules(octets: Uint8Array, rules: ParseFormRules): number {
  named(rules, 'rules', [
    'decode',
    'plus',
    'duplicates',
    'emptyValues',
    'bare',
    'emptySegments',
    'nested',
    'maxBytes',
    'maxPairs',
  ]);
  choice(rules.decode, 'rules.decode', ['never', 'once']);
  choice(rules.plus, 'rules.plus', rules.decode === 'once' ? ['space', 'plus'] : ['plus']);
  choice(rules.duplicates, 'rules.duplicates', ['refuse', 'keep']);
  choice(rules.emptyValues, 'rules.emptyValues', ['refuse', 'keep', 'drop']);
  choice(rules.bare, 'rules.bare', ['refuse', 'empty']);
  choice(rules.emptySegments, 'rules.emptySegments', ['refuse', 'skip']);
  if (rules.nested !== undefined) choice(rules.nested, 'rules.nested', ['braces']);
  const maxBytes = integer(rules.maxBytes ?? DEFAULT_BYTES, 'rules.maxBytes', 0, 0xffff_ffff);
  if (!(octets.length <= maxBytes)) {
    throw new CountersignError(
      'ERR_FORM_LIMIT',
      `expected at most ${maxBytes} octets of a form, found ${octets.length}`,
    );
  }
  return integer(rules.maxPairs ?? DEFAULT_PAIRS, 'rules.maxPairs', 0, 0xffff_ffff);
}

function parsePair(
  octets: Uint8Array,
  start: number,
  end: number,
  rules: ParseFormRules,
): FormPair {
  const segment = octets.subarray(start, end);
  const equals = segment.indexOf(EQUALS);
  if (equals === -1 && rules.bare === 'refuse') throw refusal('ERR_FORM', 'a = in a pair', start);
  const middle = equals === -1 ? segment.length : equals;
  const raw = { name: segment.slice(0, middle), value: segment.slice(middle + 1) };
  if (raw.value.length === 0 && rules.emptyValues === 'refuse') {
    throw refusal('ERR_FORM', 'a value', start + middle + 1);
  }
  if (rules.decode === 'never') return raw;
  return {
    name: percentDecoded(raw.name, rules.plus),
    value: percentDecoded(raw.value, rules.plus),
  };
}

function checkWriteRules(rules: WriteFormRules): void {
  named(rules, 'rules', ['sort', 'encode', 'equals', 'joiner', 'delimiters']);
  choice(rules.sort, 'rules.sort', ['octets', 'utf16', 'none']);
  choice(rules.encode, 'rules.encode', ['none', 'rfc3986', 'form']);
  textOf(rules.equals, 'rules.equals');
  textOf(rules.joiner, 'rules.joiner');
  const delimiters: unknown = rules.delimiters;
  if (delimiters !== undefined && delimiters !== ALLOW_DELIMITERS) {
    throw new TypeError(
      `rules.delimiters: expected ALLOW_DELIMITERS, found ${typeName(delimiters)}`,
    );
  }
  if (delimiters === undefined && (rules.equals === '' || rules.joiner === '')) {
    throw new TypeError('rules: expected separators, or delimiters: ALLOW_DELIMITERS');
  }
}

function checkPairs(pairs: readonly FormPair[]): FormPair[] {
  if (!Array.isArray(pairs)) {
    throw new TypeError(`pairs: expected an array, found ${typeName(pairs)}`);
  }
  return pairs.map((pair: FormPair, i) => ({
    name: octetsOf((pair as FormPair | undefined)?.name, `pairs[${i}].name`),
    value: octetsOf((pair as FormPair | undefined)?.value, `pairs[${i}].value`),
  }));
}

function encodeWith(encode: WriteFormRules['encode'], octets: Uint8Array): Uint8Array {
  if (encode === 'none') return octets;
  return encodeUtf8(encode === 'form' ? encodeFormComponent(octets) : encodePercent(octets));
}

/**
 * Refuses what could be split in another way. No single octet of a separator is taken, since of
 * two separators of two octets each, one could begin in a value.
 */
function checkDelimiters(pairs: readonly FormPair[], equals: Bytes, joiner: Bytes): void {
  const both = join(equals, joiner);
  pairs.forEach(({ name, value }, i) => {
    const isAmbiguous =
      name.some((octet) => both.includes(octet)) || value.some((octet) => joiner.includes(octet));
    if (isAmbiguous) {
      throw new CountersignError('ERR_FORM_DELIMITER', `expected no separator in pair ${i}`);
    }
  });
}

function refusal(
  code: 'ERR_FORM' | 'ERR_FORM_DUPLICATE' | 'ERR_FORM_LIMIT',
  expected: string,
  at: number,
): CountersignError {
  return new CountersignError(code, `expected ${expected} at octet ${at} of a form`);
}
