/**
 * Digests come from `crypto.hash` as text of one octet per character, because Node makes such a
 * string in a third of the time that it needs for a Buffer.
 *
 * @module
 */
import { hash } from 'node:crypto';
import type { Bytes } from '../contract.js';

/** The digest as text of one octet per character. */
export function hashText(native: string, data: Uint8Array): string {
  return hash(native, data, 'binary');
}

/** Writes the octets of such a text at `at`. */
export function writeText(text: string, out: Uint8Array, at: number): void {
  for (let i = 0; i < text.length; i++) out[at + i] = text.charCodeAt(i);
}

/** The octets of such a text. */
export function octetsOfText(text: string): Bytes {
  const out = new Uint8Array(text.length);
  writeText(text, out, 0);
  return out;
}
