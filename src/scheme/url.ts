/**
 * Method and URL as slots. The URL is the caller's word, whole, as the sender knows it, and what is
 * signed of it is cut out of it as it stands: nothing is decoded, sorted or resolved.
 *
 * @module
 */
import { CountersignError } from '../errors.js';
import { charset, type Charset } from './charset.js';
import type { Call, SchemeMessage } from './message.js';
import type { TextSource } from './source.js';

/** RFC 9110, section 9.1: a token. */
const token: Charset = /* @__PURE__ */ charset('a token', "!#$%&'*+\\-.^_`|~0-9A-Za-z");
/** What RFC 3986 leaves in a URL, and what browsers let stand beside it; no space, no quote. */
const urlText: Charset = /* @__PURE__ */ charset('a URL in ASCII', '\\x21\\x23-\\x7e');

const WHOLE = /^(https?:\/\/[^/?#]+)(\/[^?#]*)?(\?[^#]*)?$/i;

/** The method, in its own case. */
export function method(): TextSource<never, false> {
  return fixed('method', token, ({ message }) => message.method);
}

/** The whole URL, without a fragment. */
export function url(): TextSource<never, false> {
  const of = fixed('url', urlText, ({ message }) => whole(message.url)?.[0]);
  return Object.freeze({ ...of, hasQuery: true });
}

/** Path and query, as they stand in the request line. */
export function target(): TextSource<never, false> {
  const of = fixed('path and query of url', urlText, ({ message }) => {
    const found = whole(message.url);
    return found && (found[2] ?? '/') + (found[3] ?? '');
  });
  return Object.freeze({ ...of, hasQuery: true });
}

/** The path alone. */
export function path(): TextSource<never, false> {
  return fixed('path of url', urlText, ({ message }) => {
    const found = whole(message.url);
    return found && (found[2] ?? '/');
  });
}

/** The pieces of a whole URL, for composed schemes: `https://shop.example`, `/hook`, `?a=1`. */
export function partsOfUrl({ url: given }: SchemeMessage): UrlParts {
  const found = given !== undefined && urlText.test(given) ? whole(given) : undefined;
  if (found !== undefined) {
    return { origin: found[1] as string, path: found[2] ?? '/', query: found[3] ?? '' };
  }
  throw given === undefined
    ? new CountersignError('ERR_MESSAGE_MISSING', 'url: expected it, found none')
    : new CountersignError('ERR_MESSAGE_FORM', `url: expected ${urlText.name}`);
}

/** A whole URL without a fragment, in pieces. */
export interface UrlParts {
  readonly origin: string;
  readonly path: string;
  /** With its question mark, or empty. */
  readonly query: string;
}

/** The method of a message, for composed schemes. */
export function methodOf({ method: given }: SchemeMessage): string {
  if (given !== undefined && given !== '' && token.test(given)) return given;
  throw given === undefined
    ? new CountersignError('ERR_MESSAGE_MISSING', 'method: expected it, found none')
    : new CountersignError('ERR_MESSAGE_FORM', `method: expected ${token.name}`);
}

function whole(given: string | undefined): RegExpExecArray | undefined {
  if (given === undefined) return undefined;
  const found = WHOLE.exec(given);
  if (found !== null) return found;
  throw new CountersignError(
    'ERR_MESSAGE_FORM',
    'url: expected a whole URL, https://shop.example/hook, without a fragment',
  );
}

function fixed(
  what: string,
  of: Charset,
  read: (call: Call) => string | undefined,
): TextSource<never, false> {
  return Object.freeze({
    kind: 'text',
    what,
    charset: of,
    isOptional: false,
    read: () => read,
    place() {
      throw new TypeError(`options.values: expected no ${what}, which the message has`);
    },
  });
}
