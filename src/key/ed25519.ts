/**
 * Ed25519 keys. `countersign/key/ed25519`.
 *
 * @module
 */
import { choice, fields } from '../bytes/octets.js';
import type { Ed25519Algorithm } from '../primitive/ed25519.js';
import { randomOctets } from '../primitive/random.js';
import type { KeyInput } from './content.js';
import type { Key } from './handle.js';
import { named } from './options.js';
import { importHalf, type KeyOptions, type KeyPair, pairOf } from './pair.js';
import type { Relaxation } from './policy.js';

export type { Key, KeyInput, KeyOptions, KeyPair, Relaxation };

/** Imports a public key that verifies. */
export function importPublicKey(
  input: KeyInput,
  options: KeyOptions<Ed25519Algorithm, 'verify'>,
): Key<Ed25519Algorithm, 'verify'> {
  return importHalf(input, 'public', 'ed25519', options);
}

/** Imports a private key that signs. A public key that comes with it must be its own. */
export function importPrivateKey(
  input: KeyInput,
  options: KeyOptions<Ed25519Algorithm, 'sign'>,
): Key<Ed25519Algorithm, 'sign'> {
  return importHalf(input, 'private', 'ed25519', options);
}

/** Draws a key pair, RFC 8032, section 5.1.5. */
export function generateKeyPair(
  options: Omit<KeyOptions<Ed25519Algorithm, never>, 'use'>,
): KeyPair<Ed25519Algorithm> {
  const { alg, id } = named(options, 'options', ['alg', 'id']);
  choice(fields(alg, 'options.alg', 'Ed25519').family, 'options.alg.family', ['ed25519']);
  return pairOf(alg, { kind: 'private', family: 'ed25519', octets: randomOctets(32) }, id);
}
