/**
 * One header of a message, found without reading the others: a callback has a dozen, and its scheme
 * asks for two.
 *
 * @module
 */
import { fields, text } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';

/** Any of the shapes in which platforms hand out header fields. */
export type HeadersInput =
  /** `rawHeaders` of Node: names and values by turns. */
  | readonly string[]
  /** Names and values, pair by pair. */
  | readonly (readonly [name: string, value: string])[]
  /** `Headers` of fetch, or a `Map`. */
  | Iterable<readonly [name: string, value: string]>
  /** A plain object; a name without a value is left out. */
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** Longer than a header with eight signatures of RSA-4096, or than any certificate's URL. */
const LONGEST_LINE = 8192;
/** More lines of one name than any rotation sends. */
const MOST_LINES = 8;
/** RFC 9110, section 5.5, without obs-text: one character is one octet on every platform. */
const PRINTABLE = /^[\x20-\x7e]*$/;

/** The lines of one header. */
export interface Lines {
  readonly values: readonly string[];
  /** Whether the platform joins lines of one name by commas, as `headers` of Node does. */
  readonly joined: boolean;
}

const NONE: Lines = { values: [], joined: false };

/** Returns the lines of a header; `name` is in lower case. */
export function headerLines(input: HeadersInput | undefined, name: string): Lines {
  if (input === undefined) return NONE;
  fields(input, 'message.headers', 'header fields');
  if (!Array.isArray(input) && isHeaders(input)) {
    const value = input.get(name);
    return { values: value === null ? [] : [checked(value, name)], joined: true };
  }
  const values: string[] = [];
  eachLine(input, (found, value) => {
    if (!isNamed(text(found, 'message.headers: name'), name)) return;
    values.push(checked(value, name));
  });
  if (!(values.length <= MOST_LINES)) {
    throw new CountersignError(
      'ERR_MESSAGE_LIMIT',
      `${name}: expected at most ${MOST_LINES} lines`,
    );
  }
  return { values, joined: !Array.isArray(input) };
}

/** Calls `add` for each line, with whatever stands in the place of a name and a value. */
export function eachLine(input: HeadersInput, add: (name: unknown, value: unknown) => void): void {
  if (Array.isArray(input)) {
    eachOfArray(input, add);
  } else if (Symbol.iterator in input) {
    for (const [name, value] of input as Iterable<readonly string[]>) add(name, value);
  } else {
    for (const name of Object.keys(input)) {
      const value = (input as Readonly<Record<string, unknown>>)[name];
      if (Array.isArray(value)) for (const line of value as unknown[]) add(name, line);
      else if (value !== undefined) add(name, value);
    }
  }
}

/**
 * The only value of a header, if it is there. Two lines are refused, never the last one taken, and
 * so is a comma where the platform would have put it between two.
 */
export function headerValue(input: HeadersInput | undefined, name: string): string | undefined {
  const value = headerLine(input, name);
  if (value?.includes(',') !== true || Array.isArray(input)) return value;
  throw several(name);
}

/** The only line of a header that is a list by its own rules. */
export function headerLine(input: HeadersInput | undefined, name: string): string | undefined {
  if (isPlain(input)) return lineOfObject(input, name);
  const { values } = headerLines(input, name);
  if (values.length <= 1) return values[0];
  throw several(name);
}

type PlainHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What Node hands out and what most tests write, without a list of lines made of it. */
function lineOfObject(input: PlainHeaders, name: string): string | undefined {
  let line: string | undefined;
  for (const found of Object.keys(input)) {
    if (!isNamed(found, name)) continue;
    const value = input[found];
    if (value === undefined) continue;
    if (line !== undefined || (Array.isArray(value) && value.length > 1)) throw several(name);
    line = checked(Array.isArray(value) ? (value[0] ?? '') : value, name);
  }
  return line;
}

function isPlain(input: HeadersInput | undefined): input is PlainHeaders {
  if (typeof input !== 'object' || (input as HeadersInput | null) === null) return false;
  if (Object.getPrototypeOf(input) === Object.prototype) return !(Symbol.iterator in input);
  return !Array.isArray(input) && !(Symbol.iterator in input) && !isHeaders(input);
}

function several(name: string): CountersignError {
  return new CountersignError('ERR_MESSAGE_DUPLICATE', `${name}: expected one, found several`);
}

function eachOfArray(
  input: readonly unknown[],
  add: (name: unknown, value: unknown) => void,
): void {
  if (typeof input[0] === 'string') {
    if (input.length % 2 !== 0) {
      throw new TypeError('message.headers: expected names and values by turns');
    }
    for (let i = 0; i < input.length; i += 2) add(input[i], input[i + 1]);
    return;
  }
  for (const pair of input) {
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw new TypeError('message.headers: expected pairs of a name and a value');
    }
    add(pair[0], pair[1]);
  }
}

function isNamed(found: string, name: string): boolean {
  return found === name || (found.length === name.length && found.toLowerCase() === name);
}

/** A `Map` has `get` as well, and cares for case. */
function isHeaders(input: object): input is { get: (name: string) => string | null } {
  return 'get' in input && typeof input.get === 'function' && 'append' in input;
}

function checked(value: unknown, name: string): string {
  const line = text(value, `message.headers: ${name}`);
  if (!(line.length <= LONGEST_LINE)) {
    throw new CountersignError(
      'ERR_MESSAGE_LIMIT',
      `${name}: expected at most ${LONGEST_LINE} characters`,
    );
  }
  const bare = withoutBlanks(line);
  if (PRINTABLE.test(bare)) return bare;
  throw new CountersignError('ERR_MESSAGE_FORM', `${name}: expected printable ASCII`);
}

/** Without the white space around it, which is none of the value: RFC 9110, section 5.5. */
function withoutBlanks(line: string): string {
  let [start, end] = [0, line.length];
  while (start < end && isBlank(line.charCodeAt(start))) start++;
  while (end > start && isBlank(line.charCodeAt(end - 1))) end--;
  return start === 0 && end === line.length ? line : line.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
