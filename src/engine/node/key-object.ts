/**
 * KeyObjects from DER that was made here.
 *
 * `Buffer.from(octets)` would copy the DER, and with it private keys, into the pool that every small
 * Buffer of the process is a window on; so it is passed as it is. Private DER is wiped after; the parts that it was joined from are not,
 * and stay in the heap until it is collected.
 *
 * @module
 */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** Parses a public key. */
export function publicKeyObject(der: Uint8Array, type: 'spki' | 'pkcs1'): KeyObject {
  return createPublicKey({ key: asBuffer(der), format: 'der', type });
}

/** Parses a private key and wipes the DER. */
export function privateKeyObject(der: Uint8Array, type: 'pkcs1' | 'pkcs8' | 'sec1'): KeyObject {
  try {
    return createPrivateKey({ key: asBuffer(der), format: 'der', type });
  } finally {
    der.fill(0);
  }
}

/** The same memory under the type that node:crypto's declarations ask for. */
function asBuffer(der: Uint8Array): Buffer {
  return Buffer.from(der.buffer, der.byteOffset, der.length);
}
