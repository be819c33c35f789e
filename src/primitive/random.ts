/**
 * Random octets of the platform's generator.
 *
 * @module
 */
import { fillRandom } from '#engine/random';
import { type Bytes, integer } from '../bytes/octets.js';

export type { Bytes };

const LONGEST = 1_048_576;

/** Fresh random octets, at most 1 MiB. */
export function randomOctets(length: number): Bytes {
  const out = new Uint8Array(integer(length, 'length', 0, LONGEST));
  fillRandom(out);
  return out;
}
