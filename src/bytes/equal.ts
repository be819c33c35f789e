/**
 * Comparison in a time that depends on the lengths alone.
 *
 * @module
 */
import { octets } from './octets.js';

/**
 * Whether two octet strings are the same. Unequal lengths give `false` at once: the length of a
 * tag is public, and `timingSafeEqual`, which throws there, has turned truncated signatures into
 * crashes. JavaScript promises no timing; what is done here is what it allows, a loop without a
 * branch on the data.
 */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  const left = octets(a, 'a');
  const right = octets(b, 'b');
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let i = 0; i < left.length; i++) difference |= (left[i] ?? 0) ^ (right[i] ?? 0);
  return difference === 0;
}
