/**
 * A message that is being signed: sources put their texts into it, and read them back from it, so that
 * what is signed is what is sent.
 *
 * @module
 */
import { octets } from '../bytes/octets.js';
import type { SchemeMessage } from './message.js';

/** A message in the making. */
export interface Draft extends SchemeMessage {
  method: string | undefined;
  url: string | undefined;
  readonly headers: [name: string, value: string][];
  body: Uint8Array;
  header(name: string): string | undefined;
  /** In the place of one of this name, or behind all others. */
  setHeader(name: string, value: string): void;
}

/** Begins with what the caller gives. */
export function openDraft(message: SchemeMessage): Draft {
  const { method, url, body } = message;
  const headers: [string, string][] = [];
  const find = (name: string) =>
    headers.findIndex(([given]) => given.toLowerCase() === name.toLowerCase());
  return {
    method,
    url,
    headers,
    body: body === undefined ? new Uint8Array(0) : new Uint8Array(octets(body, 'message.body')),
    header: (name) => headers[find(name)]?.[1],
    setHeader(name, value) {
      const at = find(name);
      if (at < 0) headers.push([name, value]);
      else headers[at] = [name, value];
    },
  };
}
