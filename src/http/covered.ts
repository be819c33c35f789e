/**
 * What the older schemes take from a message to sign it: its fields, its host, its body.
 *
 * @module
 */
import type { Bytes } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { givenMessage } from './given.js';
import { fieldLine, type HttpMessage, type HttpRequest } from './message.js';

/** As long as the fields of a message may be; servers take a fourth of it. */
const MAX_TARGET = 65_536;
const ASCII = /^[\n\t -~]*$/;
const WITH_PATH = /^(?:\/|https?:\/\/)/i;
const OCTETS = /^[^\u0100-\uffff]*$/;

/**
 * Returns a request as `readRequest` or `prepareRequest` made it, each part of it read once. Its target
 * has a path: that of `*` and of an authority would be signed as `/`.
 */
export function requestOf(request: HttpRequest): HttpRequest {
  const given = messageOf(request);
  if (given.kind !== 'request') {
    throw new TypeError('request: expected a request, found a response');
  }
  if (WITH_PATH.test(given.target)) return given;
  throw new CountersignError('ERR_HTTP_MESSAGE', 'target: expected a path or a URL');
}

/** Returns a message, request or response, in the same way. */
export function messageOf(message: HttpMessage): HttpMessage {
  const given = givenMessage(message);
  if (given.kind === 'response' || given.target.length <= MAX_TARGET) return given;
  throw new CountersignError('ERR_LENGTH', `target: expected at most ${MAX_TARGET} octets`);
}

/** Returns a request without fields of these names, which signing adds. */
export function unsignedRequest(request: HttpRequest, names: readonly string[]): HttpRequest {
  const given = requestOf(request);
  const found = names.find((name) => given.headers.lines.has(name));
  if (found === undefined) return given;
  throw new TypeError(`request: expected no field ${found}, which signing adds`);
}

/** The body, or no octets where none was given. */
export function bodyOf({ body }: HttpMessage): Uint8Array {
  return body ?? new Uint8Array(0);
}

let encoder: InstanceType<typeof TextEncoder> | undefined;

/** The octets of a text that has a character for each, as field values have; another is refused. */
export function octetsOf(text: string): Bytes {
  // Of ASCII, which is nearly all there is, UTF-8 is the same, and the platform's own is fast.
  if (ASCII.test(text)) return (encoder ??= new TextEncoder()).encode(text);
  if (!OCTETS.test(text)) {
    throw new CountersignError('ERR_HTTP_MESSAGE', 'expected a character for each octet');
  }
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/**
 * The host that a request is for: the caller's own word for this server. The `Host` line gives its
 * spelling where it says the same; a proxy may have written another one.
 */
export function hostOf(request: HttpRequest): string {
  const { scheme, authority, headers } = request;
  const line = fieldLine(headers, 'host');
  const port = scheme === 'https' ? /:443$/ : /:80$/;
  return line !== undefined && line.toLowerCase().replace(port, '') === authority
    ? line
    : authority;
}

/** The lines of a field that is signed; one that is not there is `ERR_HTTP_COVERAGE`. */
export function linesOf(message: HttpMessage, name: string): readonly string[] {
  if (name === 'host' && message.kind === 'request') return [hostOf(message)];
  const lines = message.headers.lines.get(name);
  if (lines !== undefined) return lines;
  throw new CountersignError('ERR_HTTP_COVERAGE', 'expected a field that is signed, found none');
}

/** Values by name, frozen and without a prototype: `__proto__` may be the name of a field. */
export function record(
  pairs: Iterable<readonly [string, string]>,
): Readonly<Record<string, string>> {
  const out = Object.create(null) as Record<string, string>;
  for (const [name, value] of pairs) out[name] = value;
  return Object.freeze(out);
}
