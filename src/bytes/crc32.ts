/**
 * CRC-32 as in {@link https://www.rfc-editor.org/rfc/rfc1952#section-8 RFC 1952, section 8} (the
 * reflected polynomial 0xedb88320). Some callbacks sign this in place of the body. It is a
 * checksum, not a digest: a body with another amount and the same CRC-32 takes well under a second
 * to make, so nothing that rests on it is ever called verified.
 *
 * @module
 */
import { octets } from './octets.js';

let table: Uint32Array | undefined;

/** The checksum, as an unsigned integer. */
export function crc32(value: Uint8Array): number {
  table ??= makeTable();
  let crc = 0xffff_ffff;
  for (const octet of octets(value, 'value')) {
    crc = (table[(crc ^ octet) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}

function makeTable(): Uint32Array {
  const out = new Uint32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = (c & 1) === 1 ? 0xedb8_8320 ^ (c >>> 1) : c >>> 1;
    out[n] = c;
  }
  return out;
}
