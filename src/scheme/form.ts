/**
 * Forms as slots: the body of a callback, or the query of its URL, as names and values in octets.
 * A form in GBK is no text of UTF-8, and a framework that reads it as such has destroyed what was
 * signed. One field of a form is a slot too: the signature stands in one.
 *
 * @module
 */
import { join } from '../bytes/concat.js';
import { same } from '../bytes/equal.js';
import { text as textOf } from '../bytes/octets.js';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.js';
import {
  encodeFormComponent,
  encodePercent,
  type FormPair,
  parseForm,
  type ParseFormRules,
} from '../canonical/form.js';
import { CountersignError } from '../errors.js';
import { type Charset, printable } from './charset.js';
import type { Draft } from './draft.js';
import type { Call } from './message.js';
import type { Build, FormSource, Read, TextSource } from './source.js';

export type { FormPair, FormSource, ParseFormRules };

/** Puts an encoded name and its value behind what a draft has. */
type Append = (draft: Draft, pair: string) => void;

/** The body, `name=value&name=value`. */
export function formBody(rules: ParseFormRules): FormSource<never> {
  return form<never>('form', rules, {}, () => (call) => call.body, appendToBody);
}

/** The query of the URL, without its `?`; a URL without a query has no names. */
export function formQuery(rules: ParseFormRules): FormSource<never> {
  return form<never>(
    'query',
    rules,
    { isQuery: true },
    () => (call) => encodeUtf8(queryOf(call.message.url)),
    appendToQuery,
  );
}

/** A text that is such a list: what is configured, or a header. Nothing is put into it. */
export function formOf<Setting extends string>(
  of: TextSource<Setting>,
  rules: ParseFormRules,
): FormSource<Setting> {
  const read = (build: Build) => {
    const readText = of.read(build);
    return (call: Call) => encodeUtf8(readText(call) ?? '');
  };
  return form<Setting>(of.what, rules, { setting: of.setting, within: of }, read, () => {
    throw new TypeError(`options.values: expected no field of ${of.what}`);
  });
}

function form<Setting extends string>(
  what: string,
  rules: ParseFormRules,
  more: Pick<FormSource<Setting>, 'setting' | 'within' | 'isQuery'>,
  octets: (build: Build) => Read<Uint8Array>,
  append: Append,
): FormSource<Setting> {
  // A rule that is missing is seen when the scheme is made, and not when a message comes.
  parseForm(new Uint8Array(0), rules);
  const source: FormSource<Setting> = {
    kind: 'form',
    what,
    ...more,
    read(build: Build) {
      const read = octets(build);
      return build.once(source, () => (call) => parseForm(read(call), rules));
    },
    one: (name: string, charset: Charset = printable) =>
      field(source, name, charset, rules, append),
  };
  return Object.freeze(source);
}

/** The value of one name. Two of them are refused, whatever the form may have twice. */
function field(
  of: FormSource,
  name: string,
  charset: Charset,
  rules: ParseFormRules,
  append: Append,
): TextSource<never, false> {
  const wanted = encodeUtf8(textOf(name, 'name'));
  const what = `${name} of ${of.what}`;
  const source: TextSource<never, false> = {
    kind: 'text',
    what,
    charset,
    isOptional: false,
    of,
    field: name,
    read(build: Build) {
      const read = of.read(build);
      return build.once(source, () => (call) => valueOf(read(call), wanted, what));
    },
    place(draft: Draft, value: string) {
      const encode = encoderOf(rules);
      append(draft, `${encode(wanted)}=${encode(encodeUtf8(value))}`);
    },
  };
  return Object.freeze(source);
}

function valueOf(pairs: readonly FormPair[], name: Uint8Array, what: string): string | undefined {
  const found = pairs.filter((pair) => same(pair.name, name));
  if (found.length > 1) {
    throw new CountersignError('ERR_MESSAGE_DUPLICATE', `${what}: expected it once`);
  }
  const [pair] = found;
  if (pair === undefined) return undefined;
  try {
    return decodeUtf8(pair.value);
  } catch {
    throw new CountersignError('ERR_MESSAGE_FORM', `${what}: expected UTF-8`);
  }
}

/** What is not decoded stands as it is; a `+` that is a space is written as one. */
function encoderOf({ decode, plus }: ParseFormRules): (octets: Uint8Array) => string {
  if (decode === 'never') return decodeUtf8;
  return plus === 'space' ? encodeFormComponent : encodePercent;
}

function appendToBody(draft: Draft, pair: string): void {
  draft.body = join(draft.body, encodeUtf8(draft.body.length === 0 ? pair : `&${pair}`));
}

function appendToQuery(draft: Draft, pair: string): void {
  const { url } = draft;
  if (url === undefined) throw new TypeError('message.url: expected a URL');
  const query = queryOf(url);
  draft.url = query === '' ? `${url.replace(/\?$/, '')}?${pair}` : `${url}&${pair}`;
}

/** Cut out as it stands. A fragment never reaches a server. */
function queryOf(url: unknown): string {
  if (url === undefined) {
    throw new CountersignError('ERR_MESSAGE_MISSING', 'url: expected it, found none');
  }
  const found = /^[^?#]*(?:\?([^#]*))?$/.exec(textOf(url, 'message.url'));
  if (found !== null) return found[1] ?? '';
  throw new CountersignError('ERR_MESSAGE_FORM', 'url: expected a URL without a fragment');
}
