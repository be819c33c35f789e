/**
 * Octet strings joined. For what is signed, prefer a form with lengths in it: two lists of parts
 * may join to the same octets.
 *
 * @module
 */
import { type Bytes, octets } from './octets.js';

/** Joins octet strings into new memory. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  return join(...parts.map((part) => octets(part, 'part')));
}

/** The same for octets that are known to be some; see `same` in equal.ts for what that spares. */
export function join(...parts: readonly Uint8Array[]): Bytes {
  return joinAll(parts);
}

/** The same for a list of any length; a call takes some ten thousand arguments. */
export function joinAll(parts: readonly Uint8Array[]): Bytes {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
