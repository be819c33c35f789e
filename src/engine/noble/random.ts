/**
 * Random octets of the platform, `crypto.getRandomValues`. No block is kept here: this engine may
 * run on Node, by condition, where a block could end up in a start-up snapshot that this module has
 * no way to see.
 *
 * @module
 */
import { CountersignError } from '../../errors.js';
import type { RandomEngine } from '../contract.js';

/** What one call may ask for, Web Cryptography API section 10.1.1. */
const LARGEST_CALL = 65_536;

/**
 * Throws where the platform has no random octets. noble blinds its multiplications by secrets with
 * octets that it draws for itself, and would throw an error of its own in the middle of one.
 */
export function requireRandom(): void {
  fillRandom(new Uint8Array(1));
}

export const fillRandom: RandomEngine = (out) => {
  const source = (globalThis as { crypto?: { getRandomValues?: (into: Uint8Array) => unknown } })
    .crypto;
  if (typeof source?.getRandomValues !== 'function') {
    throw new CountersignError(
      'ERR_RANDOM_UNAVAILABLE',
      'this platform has no crypto.getRandomValues; on React Native load a polyfill for it first',
    );
  }
  for (let at = 0; at < out.length; at += LARGEST_CALL) {
    source.getRandomValues(out.subarray(at, at + LARGEST_CALL));
  }
};
