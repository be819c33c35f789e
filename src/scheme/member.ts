/**
 * Members of a JSON body as slots, for schemes that sign values in place of octets. The body is read
 * once in a call, by the strict reader: what two readers would understand in two ways is refused
 * before anything is taken out of it.
 *
 * @module
 */
import { insertMember } from '../canonical/json-insert.js';
import { readJson } from '../canonical/json-read.js';
import { ALLOW_BIG_INTEGERS, isJsonObject, type JsonValue } from '../canonical/json-value.js';
import { CountersignError } from '../errors.js';
import { anyText, type Charset } from './charset.js';
import type { Draft } from './draft.js';
import type { Call } from './message.js';
import type { Build, Read, TextSource } from './source.js';

/** The name of a member, or names and indices from the outside in. */
export type MemberPath = string | readonly (string | number)[];

const INTEGER = /^(?:0|-?[1-9][0-9]*)$/;
/** The most that the strict reader takes. */
const MOST_OCTETS = 1 << 28;
/** The body as JSON, which all members of one message share. */
const json = {};

/** A string. Its octets are those of UTF-8, whatever the escapes that it was written with. */
export function member(path: MemberPath, charset: Charset = anyText): TextSource<never, false> {
  return source(path, charset, JSON.stringify, (value, what) => {
    if (typeof value === 'string') return value;
    throw new CountersignError('ERR_MESSAGE_FORM', `${what}: expected a string`);
  });
}

/** An integer, as its decimal digits. */
export function integerMember(path: MemberPath, charset: Charset): TextSource<never, false> {
  return source(path, charset, integerOf, (value, what) => {
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
    throw new CountersignError('ERR_MESSAGE_FORM', `${what}: expected an integer`);
  });
}

type Json = JsonValue<bigint>;

/** The body as JSON, read once by all who ask for it. */
export function jsonBody(build: Build): Read<JsonValue<bigint>> {
  return build.once(json, () => bodyOf);
}

function integerOf(text: string): string {
  if (INTEGER.test(text)) return text;
  throw new TypeError('options.values: expected the digits of an integer');
}

function source(
  path: MemberPath,
  charset: Charset,
  jsonOf: (text: string) => string,
  textOf: (value: Json, what: string) => string,
): TextSource<never, false> {
  const steps = typeof path === 'string' ? [path] : path;
  const what = `member ${steps.join('.')}`;
  return Object.freeze({
    kind: 'text',
    what,
    charset,
    isOptional: false,
    read(build: Build) {
      const readBody = jsonBody(build);
      return build.once(this, () => (call) => {
        const value = valueAt(readBody(call), steps);
        return value === undefined ? undefined : textOf(value, what);
      });
    },
    place(draft: Draft, value: string) {
      draft.body = insertMember(draft.body, steps, jsonOf(value), { integers: ALLOW_BIG_INTEGERS });
    },
  });
}

/** Integers that nobody signed and a double would round are no reason to refuse a message. */
function bodyOf({ body }: Call): Json {
  return readJson(body, {
    integers: ALLOW_BIG_INTEGERS,
    // What is too long was refused before, by the caller's own bound.
    maxBytes: Math.min(body.length, MOST_OCTETS),
  });
}

function valueAt(value: Json, steps: readonly (string | number)[]): Json | undefined {
  let found: Json | undefined = value;
  for (const step of steps) {
    if (found === undefined) return undefined;
    if (typeof step === 'number')
      found = Array.isArray(found) ? (found as Json[])[step] : undefined;
    else found = isJsonObject<bigint>(found) ? found[step] : undefined;
  }
  return found;
}
