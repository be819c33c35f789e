/**
 * What every door does first: finds the key in whatever it came in, and refuses the wrong kind by
 * its name.
 *
 * @module
 */
import { CountersignError } from '../errors.js';
import { type KeyContent, readContainer } from './container.js';
import { type Jwk, readJwk } from './jwk.js';
import { checkJwk } from './jwk-purpose.js';
import { readDerOf } from './read.js';

/** A key as callers have it: a text (PEM, or bare Base64 of DER), DER, or a parsed JWK. */
export type KeyInput = string | Uint8Array | Jwk;

/** What a door is for, and what its caller wants. */
export interface Wanted {
  readonly kind: 'public' | 'private';
  readonly family: KeyContent['family'];
  /** The name of the algorithm. */
  readonly algorithm: string;
  readonly use: string;
  /** Whether a JWK's coordinates may be short. */
  readonly mayPad: boolean;
}

/** The key in `input`, of the kind and family wanted. */
export function readKey(input: KeyInput, wanted: Wanted): KeyContent {
  const content = isJwk(input)
    ? readJwk(input, wanted.mayPad)
    : readContainer(readDerOf(input, 'input'), wanted.kind);
  if (content.family !== wanted.family) {
    throw new CountersignError(
      'ERR_KEY_FAMILY',
      `${wanted.algorithm}: expected a key of the family ${wanted.family}, found one of ${content.family}`,
    );
  }
  if (content.kind !== wanted.kind) {
    throw new CountersignError(
      wanted.kind === 'private' ? 'ERR_KEY_PUBLIC' : 'ERR_KEY_PRIVATE',
      `${wanted.algorithm}: expected a ${wanted.kind} key, found a ${content.kind} one`,
    );
  }
  if (isJwk(input)) checkJwk(input, wanted.algorithm, wanted.use);
  return content;
}

/** Whether an input is an object with members and no octets. */
export function isJwk(input: unknown): input is Jwk {
  return typeof input === 'object' && input !== null && !ArrayBuffer.isView(input);
}
