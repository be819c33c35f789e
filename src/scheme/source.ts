/**
 * Where the slots of a scheme are filled from: headers, here, and the configuration. Each source reads
 * its text from a message that arrived, and puts it into one that is to be sent.
 *
 * @module
 */
import { hexOf } from '../bytes/hex.js';
import { text as textOf } from '../bytes/octets.js';
import type { FormPair } from '../canonical/form-pair.js';
import { CountersignError } from '../errors.js';
import { randomOctets } from '../primitive/random.js';
import type { Draft } from './draft.js';
import { headerLine, headerValue } from './lines.js';
import type { Call } from './message.js';
import { type Charset, printable } from './charset.js';

export type { Charset, Draft };

/** Reads a message; what it returns is read once in a call. */
export type Read<T> = (call: Call) => T;

/** Numbers the readers of one scheme, each for all who read by it. */
export interface Build {
  /** The reader of `key`, made at its first use. */
  once<T>(key: object, make: () => Read<T>): Read<T>;
  /** The text of a slot; one that is missing is refused, unless the slot may be. */
  slot(name: string): Read<string | undefined>;
  /** What the text of a slot may hold. */
  charsetOf(name: string): Charset;
  /** Whether the slot may be missing; one that is empty then is there. */
  mayBeMissing(name: string): boolean;
  /** The reader of a slot that is a form. */
  form(name: string): Read<readonly FormPair[]>;
  /** What fills a slot. */
  source(name: string): TextSource | ListSource | FormSource;
}

/** One text of a message. */
export interface TextSource<Setting extends string = string, Optional extends boolean = boolean> {
  readonly kind: 'text';
  /** For people: `header webhook-id`. */
  readonly what: string;
  readonly charset: Charset;
  readonly isOptional: Optional;
  /** Whether one that is missing is read as an empty text. */
  readonly isOrEmpty?: true | undefined;
  /** The configuration that it needs, if that is what it reads. */
  readonly setting?: Setting | undefined;
  /** Whether its text is printable ASCII before any slot looks at it, as that of a header is. */
  readonly isPrintable?: true | undefined;
  /** Draws a text for a message that is to be sent, where the caller gives none: a nonce. */
  readonly draw?: ((draft: Draft) => string | undefined) | undefined;
  /** The form that it is a field of, and the field's name there; see form.ts. */
  readonly of?: FormSource | undefined;
  readonly field?: string | undefined;
  /** The name of the header that it is the whole of, in lower case. */
  readonly header?: string | undefined;
  /** The source that it is cut out of. */
  readonly within?: TextSource | undefined;
  read(build: Build): Read<string | undefined>;
  place(draft: Draft, value: string): void;
}

/** A source that more can be added to. */
export interface HeaderSource extends TextSource<never, false> {
  /** What a draft has there so far. */
  peek(draft: Draft): string | undefined;
}

/** Some texts of a message: signatures, of which one has to be right. */
export interface ListSource {
  readonly kind: 'list';
  readonly what: string;
  /** Whether each may have a line of its own, so that a line more is no fault. */
  readonly hasLines?: true | undefined;
  read(build: Build): Read<readonly string[]>;
  /** Adds one, made by the key of this id. */
  place(draft: Draft, value: string, keyId?: string): void;
}

/** Names and values in octets; see form.ts. */
export interface FormSource<Setting extends string = string> {
  readonly kind: 'form';
  readonly what: string;
  readonly setting?: Setting | undefined;
  read(build: Build): Read<readonly FormPair[]>;
  /** The value of a name that stands once, as text of UTF-8. */
  one(name: string, charset?: Charset): TextSource<never, false>;
}

/** A header that stands once. A comma counts as a second one where the platform joins lines. */
export function header(name: string, charset: Charset = printable): HeaderSource {
  const lower = textOf(name, 'name').toLowerCase();
  return source(`header ${name}`, charset, (call) => headerValue(call.headers, lower), name);
}

/** A header that stands once and is a list by rules of its own, for {@link pairs} and its like. */
export function headerList(name: string, charset: Charset = printable): HeaderSource {
  const lower = textOf(name, 'name').toLowerCase();
  return source(`header ${name}`, charset, (call) => headerLine(call.headers, lower), name);
}

/** What the caller configured and nobody sends: the id of a webhook. */
export function setting<const Name extends string>(
  name: Name,
  charset: Charset = printable,
): TextSource<Name, false> {
  return Object.freeze({
    kind: 'text',
    what: `setting ${name}`,
    charset,
    isOptional: false,
    setting: name,
    read: () => (call: Call) => call.settings[name],
    place() {
      // It is never sent.
    },
  });
}

/** A text that has to be the configured one: the sender says which of its topics a message is of. */
export function configured<const Name extends string>(
  name: Name,
  of: TextSource<never, false>,
): TextSource<Name, false> {
  return Object.freeze({
    ...of,
    setting: name,
    read(build: Build) {
      const read = of.read(build);
      return build.once(this, () => (call) => {
        const value = read(call);
        // `verify` has seen to it that there is one; `identify` has none, and verifies nothing.
        const expected = call.settings[name];
        if (value === undefined || expected === undefined || value === expected) return value;
        throw new CountersignError('ERR_MESSAGE_SETTING', `${of.what}: expected that of ${name}`);
      });
    },
  });
}

/** A source whose text may be missing or empty, and is the same to the scheme. */
export function orEmpty<Of extends TextSource>(
  of: Of,
): TextSource<NonNullable<Of['setting']>, true> {
  return Object.freeze({
    ...optional(of),
    isOrEmpty: true,
    read(build: Build) {
      const read = of.read(build);
      return build.once(this, () => (call) => read(call) ?? '');
    },
  });
}

/** A source whose text may be missing. */
export function optional<Of extends TextSource>(
  of: Of,
): TextSource<NonNullable<Of['setting']>, true> {
  return Object.freeze({ ...of, isOptional: true }) as never;
}

/** A source whose text is drawn for each message that is sent: 16 octets in lower-case hex. */
export function drawn<Of extends TextSource>(of: Of): Of {
  return Object.freeze({ ...of, draw: () => hexOf(randomOctets(16)) });
}

/** What stands behind a prefix that has to be there: the `sha256=` of a signature. */
export function after(prefix: string, of: HeaderSource): HeaderSource {
  return Object.freeze({
    ...of,
    header: undefined,
    within: of,
    read(build: Build) {
      const read = of.read(build);
      return (call: Call) => {
        const value = read(call);
        if (value === undefined) return undefined;
        if (value.startsWith(prefix)) return value.slice(prefix.length);
        throw new CountersignError('ERR_MESSAGE_FORM', `${of.what}: expected ${prefix} before it`);
      };
    },
    place(draft: Draft, value: string) {
      of.place(draft, prefix + value);
    },
    peek: (draft: Draft) => of.peek(draft)?.slice(prefix.length),
  });
}

function source(
  what: string,
  charset: Charset,
  read: Read<string | undefined>,
  name: string,
): HeaderSource {
  return Object.freeze({
    kind: 'text',
    what,
    charset,
    isOptional: false,
    isPrintable: true,
    header: name.toLowerCase(),
    read: () => read,
    place(draft: Draft, value: string) {
      draft.setHeader(name, value);
    },
    peek: (draft: Draft) => draft.header(name),
  });
}
