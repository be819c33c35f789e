/**
 * What callers give as a message: one that was read, never a platform's own, of which nobody knows what
 * it dropped.
 *
 * @module
 */
import { fields, octets } from '../bytes/octets.js';
import type { HttpMessage } from './message.js';

/** Returns a message whose body is octets that nobody else can change. */
export function givenMessage(message: HttpMessage): HttpMessage {
  const { kind, headers, trailers, body } = fields(message, 'message', WHAT);
  if (!KINDS.includes(kind) || !isSection(headers) || !isSection(trailers)) {
    throw new TypeError(`message: expected ${WHAT}`);
  }
  if (body === undefined) return message;
  const plain = octets(body, 'message.body');
  return plain === body ? message : { ...message, body: plain };
}

const KINDS = ['request', 'response'];
const WHAT = 'what readRequest, readResponse or prepareRequest gives';

function isSection(section: unknown): boolean {
  return (section as { lines?: unknown } | undefined)?.lines instanceof Map;
}
