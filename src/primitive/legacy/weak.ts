/**
 * How weak results are marked: by a type that nothing strong takes, and by a value that says so.
 *
 * @module
 */
import type { Bytes } from '../../bytes/octets.js';

/** Octets that a broken or outdated algorithm made. */
export interface WeakOctets {
  readonly strength: 'weak';
  readonly octets: Bytes;
}

/**
 * What a broken or outdated algorithm says of a signature. A refusal is `false`, so that
 * `if (verdict)` does what it seems to do; an acceptance is never `true`.
 */
export type WeakVerdict = false | 'weak';

/** Marks octets. */
export function weak(octets: Bytes): WeakOctets {
  return Object.freeze({ strength: 'weak', octets });
}

/** Marks a verdict. */
export function weakVerdict(verdict: boolean): WeakVerdict {
  return verdict && 'weak';
}
