/**
 * X25519 keys. `countersign/key/x25519`.
 *
 * @module
 */
import { choice, fields } from '../bytes/octets.js';
import type { AgreementAlgorithm } from '../primitive/agreement.js';
import type { KeyInput } from './content.js';
import { drawX25519 } from './draw.js';
import type { Key } from './handle.js';
import { named } from './options.js';
import { importHalf, type KeyOptions, type KeyPair, pairWith } from './pair.js';
import type { Relaxation } from './policy.js';

export type { Key, KeyInput, KeyOptions, KeyPair, Relaxation };

/** Imports a peer's public key. */
export function importPublicKey(
  input: KeyInput,
  options: KeyOptions<AgreementAlgorithm, 'peer'>,
): Key<AgreementAlgorithm, 'peer'> {
  return importHalf(input, 'public', 'x25519', options);
}

/** Imports a private key that agrees. A public key that comes with it must be its own. */
export function importPrivateKey(
  input: KeyInput,
  options: KeyOptions<AgreementAlgorithm, 'agree'>,
): Key<AgreementAlgorithm, 'agree'> {
  return importHalf(input, 'private', 'x25519', options);
}

/** Draws a key pair, RFC 7748, section 6.1. */
export function generateKeyPair(
  options: Omit<KeyOptions<AgreementAlgorithm, never>, 'use'>,
): KeyPair<AgreementAlgorithm> {
  const { alg, id } = named(options, 'options', ['alg', 'id']);
  choice(fields(alg, 'options.alg', 'X25519').family, 'options.alg.family', ['x25519']);
  return pairWith(drawX25519(alg, id), id);
}
