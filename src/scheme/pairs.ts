/**
 * Lists within one header: `t=1700000000,v1=…,v1=…`, or `v1,… v1a,…`. Entries of other names are passed
 * over, since providers add some; a name that stands once by its scheme and twice in the message is
 * refused.
 *
 * @module
 */
import { CountersignError } from '../errors.js';
import { type Charset, without } from './charset.js';
import type { Call } from './message.js';
import type { Build, Draft, HeaderSource, ListSource, Read, TextSource } from './source.js';

/** How a list is written. */
export interface PairRules {
  /** What stands between two entries. Blanks around an entry are none of it. */
  readonly between: string;
  /** What stands between a name and its value. */
  readonly equals: string;
  /** What stands before and behind each value: the `"` of credentials. */
  readonly quote?: string | undefined;
}

/** A list of names and values. */
export interface Pairs {
  /** The value of a name that stands once. */
  one(name: string, charset?: Charset): TextSource<never, false>;
  /** The values of a name that may stand several times. */
  all(name: string): ListSource;
}

/** More than any provider sends while it rotates, with room for schemes to come. */
const MOST_ENTRIES = 32;
const MOST_VALUES = 8;
const BLANK = 0x20;

/** Reads a header as a list. */
export function pairs(of: HeaderSource, rules: PairRules): Pairs {
  const { between, equals, quote = '' } = rules;
  const node = {};
  const inEntry = without(between);
  const entries = (build: Build): Read<readonly string[]> => {
    const read = of.read(build);
    return build.once(node, () => (call) => {
      const list = read(call);
      return list === undefined ? [] : split(list, rules, of.what);
    });
  };
  const add = (draft: Draft, name: string, value: string) => {
    const list = of.peek(draft);
    const entry = name + equals + quote + value + quote;
    of.place(draft, list === undefined ? entry : list + between + entry);
  };
  return Object.freeze({
    one: (name: string, charset: Charset = inEntry): TextSource<never, false> =>
      Object.freeze({
        kind: 'text',
        what: `${name} of ${of.what}`,
        charset,
        isOptional: false,
        within: of,
        read(build: Build) {
          const list = entries(build);
          const { what } = this;
          return (call: Call) => valueOf(list(call), name, what);
        },
        place(draft: Draft, value: string) {
          add(draft, name, value);
        },
      }),
    all: (name: string): ListSource =>
      Object.freeze({
        kind: 'list',
        what: `${name} of ${of.what}`,
        read(build: Build) {
          const list = entries(build);
          const { what } = this;
          return (call: Call) => valuesOf(list(call), name, what);
        },
        place(draft: Draft, value: string) {
          add(draft, name, value);
        },
      }),
  });
}

/** Names and values by turns. */
function split(
  list: string,
  { between, equals, quote }: PairRules,
  what: string,
): readonly string[] {
  const entries: string[] = [];
  for (let start = 0, count = 1; start <= list.length; count++) {
    if (!(count <= MOST_ENTRIES)) {
      throw new CountersignError(
        'ERR_MESSAGE_LIMIT',
        `${what}: expected at most ${MOST_ENTRIES} entries`,
      );
    }
    let end = list.indexOf(between, start);
    if (end < 0) end = list.length;
    const next = end + between.length;
    while (start < end && list.charCodeAt(start) === BLANK) start++;
    while (end > start && list.charCodeAt(end - 1) === BLANK) end--;
    const middle = list.indexOf(equals, start);
    // What has no name is none of this scheme's, as an entry of another name is.
    if (middle >= 0 && middle < end) {
      const value = list.slice(middle + equals.length, end);
      entries.push(
        list.slice(start, middle),
        quote === undefined ? value : bare(value, quote, what),
      );
    }
    start = next;
  }
  return entries;
}

function bare(value: string, quote: string, what: string): string {
  const [start, end] = [quote.length, value.length - quote.length];
  if (start <= end && value.startsWith(quote) && value.endsWith(quote)) {
    return value.slice(start, end);
  }
  throw new CountersignError('ERR_MESSAGE_FORM', `${what}: expected values between ${quote}`);
}

function valueOf(entries: readonly string[], name: string, what: string): string | undefined {
  let value: string | undefined;
  for (let i = 0; i < entries.length; i += 2) {
    if (entries[i] !== name) continue;
    if (value !== undefined) {
      throw new CountersignError('ERR_MESSAGE_DUPLICATE', `${what}: expected it once`);
    }
    value = entries[i + 1];
  }
  return value;
}

function valuesOf(entries: readonly string[], name: string, what: string): readonly string[] {
  const values: string[] = [];
  for (let i = 0; i < entries.length; i += 2) {
    if (entries[i] === name) values.push(entries[i + 1] as string);
  }
  if (values.length <= MOST_VALUES) return values;
  throw new CountersignError('ERR_MESSAGE_LIMIT', `${what}: expected at most ${MOST_VALUES}`);
}
