/**
 * The message that a scheme is held against, and what is known of it during one call.
 *
 * @module
 */
import { fields, integer, octets, text, typeName } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import type { Key } from '../key/handle.js';
import type { HeadersInput } from './lines.js';

export type { HeadersInput };

/** A request, callback or response, as far as schemes look at it. */
export interface SchemeMessage {
  readonly headers?: HeadersInput | undefined;
  /** Read in place of `headers` where it is there: Node's `headers` drop repeated lines. */
  readonly rawHeaders?: readonly string[] | undefined;
  /** The octets that arrived, or are to be sent. Never what a framework parsed. */
  readonly body?: Uint8Array | undefined;
  readonly method?: string | undefined;
  /**
   * The whole URL as the sender knows it, `https://shop.example/hook?a=1`: configured, or made from
   * a configured origin. `Host` is the sender's word and `X-Forwarded-*` anybody's.
   */
  readonly url?: string | undefined;
}

/** Which way a message goes, as the user of this package sees it. */
export type Direction = 'callback' | 'request' | 'response' | 'client';

/** The configuration that a scheme signs and no message carries, by name. */
export type Settings<Names extends string = string> = Readonly<Record<Names, string>>;

/** One call. What is read of the message is read once. */
export interface Call {
  readonly message: Pick<SchemeMessage, 'method' | 'url'>;
  readonly headers: HeadersInput | undefined;
  readonly body: Uint8Array;
  readonly settings: Settings;
  /** What readers have read, by their number. */
  readonly memo: unknown[];
  /** The names that a ring gave to keys which have none. */
  ids?: Map<Key, string> | undefined;
  /** The key that is tried, for schemes with the secret in the text. */
  key: Key | undefined;
}

/** A part of a message that is signed: octets, or text in ASCII, which is one octet a character. */
export type Chunk = string | Uint8Array;

/** The most octets of a body unless the caller says otherwise: that of the strict JSON reader. */
export const MAX_BODY_BYTES = 1_048_576;
const LARGEST_BODY = 2_147_483_647;
const NO_BODY: Uint8Array = /* @__PURE__ */ new Uint8Array(0);
const NO_SETTINGS: Settings = /* @__PURE__ */ Object.freeze({});

/** Reads what the caller gave. */
export function openCall(
  message: SchemeMessage,
  settings: Settings | undefined,
  names: readonly string[],
  maxBodyBytes: number = MAX_BODY_BYTES,
): Call {
  const { headers, rawHeaders, body, method, url } = fields(
    message,
    'message',
    '{ headers, body }',
  );
  const given = rawHeaders ?? headers;
  if (isSpent(given)) {
    throw new TypeError('message.headers: expected what can be read more than once');
  }
  const octetsOfBody = body === undefined ? NO_BODY : bodyOf(body);
  const most =
    maxBodyBytes === MAX_BODY_BYTES
      ? MAX_BODY_BYTES
      : integer(maxBodyBytes, 'options.maxBodyBytes', 0, LARGEST_BODY);
  if (!(octetsOfBody.length <= most)) {
    throw new CountersignError(
      'ERR_MESSAGE_LIMIT',
      `body: expected at most ${most} octets, found ${octetsOfBody.length}`,
    );
  }
  return {
    message: { method: textOrNone(method, 'method'), url: textOrNone(url, 'url') },
    headers: given,
    body: octetsOfBody,
    settings: readSettings(settings, names),
    memo: [],
    key: undefined,
  };
}

function textOrNone(value: string | undefined, name: string): string | undefined {
  return value === undefined ? undefined : text(value, `message.${name}`);
}

/** An iterator, as `entries()` gives it, has nothing the second time. */
function isSpent(headers: HeadersInput | undefined): boolean {
  if (typeof headers !== 'object' || (headers as HeadersInput | null) === null) return false;
  return typeof (headers as { readonly next?: unknown }).next === 'function';
}

function bodyOf(body: unknown): Uint8Array {
  if (typeof body === 'string' || Array.isArray(body) || typeName(body) === 'an object') {
    throw new TypeError(
      `message.body: expected the octets that arrived, found ${typeName(body)}: text that was decoded and JSON that was parsed are not what was signed`,
    );
  }
  return octets(body, 'message.body');
}

function readSettings(settings: Settings | undefined, names: readonly string[]): Settings {
  if (settings === undefined && names.length === 0) return NO_SETTINGS;
  const given = fields(settings ?? NO_SETTINGS, 'options.settings', `{ ${names.join(', ')} }`);
  // First, since one that is spelled wrong is missing too.
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) {
      throw new TypeError(
        `options.settings: expected ${names.join(', ') || 'none'}, found ${name}`,
      );
    }
  }
  const read: Record<string, string> = {};
  for (const name of names) {
    // An empty one would be signed by nobody; it is what a missing variable of a deployment gives.
    const value = text(given[name], `options.settings.${name}`);
    if (value === '') throw new TypeError(`options.settings.${name}: expected text, found none`);
    read[name] = value;
  }
  return read;
}
