/**
 * The padding of block modes, {@link https://www.rfc-editor.org/rfc/rfc5652#section-6.3 RFC 5652,
 * section 6.3}, for blocks of 16 octets.
 *
 * @module
 */
import type { Bytes } from '../bytes/octets.js';

const BLOCK = 16;

/** Fills the last block up, or adds one. */
export function pad(plaintext: Uint8Array): Bytes {
  const count = BLOCK - (plaintext.length % BLOCK);
  const out = new Uint8Array(plaintext.length + count).fill(count);
  out.set(plaintext);
  return out;
}

/** Takes it away again. Every octet of the last block is looked at, whatever it holds. */
export function unpad(blocks: Bytes): Bytes | undefined {
  const count = blocks[blocks.length - 1] ?? 0;
  let bad = ((count - 1) | (BLOCK - count)) >> 31; // below 1 or above 16
  for (let i = 1; i <= BLOCK; i++) {
    const isPadding = (i - count - 1) >> 31;
    bad |= isPadding & ((blocks[blocks.length - i] ?? 0) ^ count);
  }
  return bad === 0 ? blocks.slice(0, blocks.length - count) : undefined;
}
