/**
 * A message that is being signed: sources put their texts into it, and read them back from it, so that
 * what is signed is what is sent.
 *
 * @module
 */
import { type Bytes, octets, text } from '../bytes/octets.js';
import { eachLine } from './lines.js';
import type { Direction, SchemeMessage } from './message.js';
import type { SignedMessage } from './signed.js';

/** A message in the making. */
export interface Draft extends SchemeMessage {
  method: string | undefined;
  url: string | undefined;
  readonly headers: [name: string, value: string][];
  body: Uint8Array;
  /** Whether the caller gave one, though it may be empty. */
  readonly hasBody: boolean;
  header(name: string): string | undefined;
  /** In the place of one of this name, or behind all others. */
  setHeader(name: string, value: string): void;
}

/** Those that `fetch` writes itself: https://fetch.spec.whatwg.org/#forbidden-request-header. */
const WRITTEN_BY_FETCH =
  /^(?:connection|content-length|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade|via)$/i;

/** RFC 9110, sections 5.6.2 and 5.5: what would begin another line is refused, here and by no server. */
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[^\0\r\n]*$/;

/** Begins with what the caller gives: its headers are sent too, before those of the scheme. */
export function openDraft(message: SchemeMessage, direction: Direction): Draft {
  const { method, url, body, headers: given = [] } = message;
  const headers: [string, string][] = [];
  eachLine(given, (name, value) => {
    const [key, line] = [text(name, 'message.headers: name'), text(value, 'message.headers')];
    if (direction === 'request' && WRITTEN_BY_FETCH.test(key)) {
      throw new TypeError(`message.headers: expected no ${key.toLowerCase()}, which fetch writes`);
    }
    if (!NAME.test(key) || !VALUE.test(line)) {
      throw new TypeError('message.headers: expected names of headers, and values of one line');
    }
    headers.push([key, line]);
  });
  if (direction === 'request' && url !== undefined) checkUrl(url);
  const find = (name: string) =>
    headers.findIndex(([found]) => found.toLowerCase() === name.toLowerCase());
  return {
    method,
    url,
    headers,
    body: body === undefined ? new Uint8Array(0) : new Uint8Array(octets(body, 'message.body')),
    hasBody: body !== undefined,
    header: (name) => headers[find(name)]?.[1],
    setHeader(name, value) {
      const at = find(name);
      if (at < 0) headers.push([name, value]);
      else headers[at] = [name, value];
    },
  };
}

/** https://fetch.spec.whatwg.org/#concept-method-normalize */
const NORMALISED = /^(?:delete|get|head|options|post|put)$/i;

/** Refuses a method that `fetch` sends in other letters than it was signed in. */
export function checkMethod(method: string | undefined): void {
  if (method === undefined || !NORMALISED.test(text(method, 'message.method'))) return;
  if (method === method.toUpperCase()) return;
  throw new TypeError(`message.method: expected ${method.toUpperCase()}, as fetch writes it`);
}

/** What is handed out; `fetch` takes it. */
export function messageOf({ method, url, headers, body, hasBody }: Draft): SignedMessage {
  // fetch refuses a body of GET and HEAD, one of no octets too.
  const isSent = body.length > 0 || (hasBody && !/^(?:get|head)$/i.test(method ?? ''));
  return Object.freeze({
    method,
    url,
    headers: Object.freeze(headers) as typeof headers,
    ...(isSent ? { body: body as Bytes } : {}),
  });
}

/** What `fetch` would rewrite is sent otherwise than it was signed: https://url.spec.whatwg.org/. */
function checkUrl(url: string): void {
  let href: string | undefined;
  try {
    ({ href } = new URL(text(url, 'message.url')));
  } catch {
    href = undefined;
  }
  if (href !== url) {
    throw new TypeError(
      'message.url: expected a whole URL as it is sent; pass that of a URL object',
    );
  }
}
