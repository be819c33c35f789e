/**
 * What every door does first: finds the key in whatever it came in, and refuses the wrong kind by
 * its name.
 *
 * @module
 */
import { CountersignError } from '../errors.js';
import { type KeyContent, readContainer } from './container.js';
import { type Jwk, readJwk } from './jwk.js';
import { readDerOf } from './read.js';

/** A key as callers have it: a text (PEM, or bare Base64 of DER), DER, or a parsed JWK. */
export type KeyInput = string | Uint8Array | Jwk;

/** The key in `input`, of the kind and family that a door is for. */
export function readKey<K extends KeyContent['kind'], F extends KeyContent['family']>(
  input: KeyInput,
  kind: K,
  family: F,
): Extract<KeyContent, { family: F }> & { readonly kind: K } {
  const content = isJwk(input) ? readJwk(input) : readContainer(readDerOf(input, 'input'));
  if (content.family !== family) {
    throw new CountersignError(
      'ERR_KEY_FAMILY',
      `expected a key of the family ${family}, found one of ${content.family}`,
    );
  }
  if (content.kind !== kind) {
    throw new CountersignError(
      kind === 'private' ? 'ERR_KEY_PUBLIC' : 'ERR_KEY_PRIVATE',
      `expected a ${kind} key, found a ${content.kind} one`,
    );
  }
  return content as Extract<KeyContent, { family: F }> & { readonly kind: K };
}

function isJwk(input: KeyInput): input is Jwk {
  return typeof input === 'object' && !ArrayBuffer.isView(input);
}
