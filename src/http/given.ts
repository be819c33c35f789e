/**
 * What callers give as a message: one that was read, never a platform's own, of which nobody knows what
 * it dropped.
 *
 * @module
 */
import { fields, octets } from '../bytes/octets.js';
import type { HttpMessage, HttpRequest, HttpResponse } from './message.js';

/**
 * Returns the message with each part read once and a body of octets that nobody else can change: what
 * is handed out in the end is what was compared, though a getter should say something new each time.
 */
export function givenMessage(message: HttpMessage): HttpMessage {
  const { kind, headers, trailers, body } = fields(message, 'message', WHAT);
  if (!KINDS.includes(kind) || !isSection(headers) || !isSection(trailers)) {
    throw new TypeError(`message: expected ${WHAT}`);
  }
  const plain = body === undefined ? undefined : octets(body, 'message.body');
  const sections = { headers, trailers, body: plain };
  if (kind === 'response') {
    return { kind, status: (message as HttpResponse).status, ...sections };
  }
  const { method, scheme, authority, target } = message as HttpRequest;
  return { kind, method, scheme, authority, target, ...sections };
}

const KINDS = ['request', 'response'];
const WHAT = 'what readRequest, readResponse or prepareRequest gives';

function isSection(section: unknown): boolean {
  return (section as { lines?: unknown } | undefined)?.lines instanceof Map;
}
