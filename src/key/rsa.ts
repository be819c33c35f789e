/**
 * RSA keys, for signatures and for OAEP. `countersign/key/rsa`. The noble engine takes public keys
 * alone; `countersign/key/rsa-remote` is the way out.
 *
 * @module
 */
import { choice, fields } from '../bytes/octets.js';
import type { WeakRsaAlgorithm } from '../primitive/legacy/rsa.js';
import { generateRsa } from '../primitive/rsa-key.js';
import type { OaepAlgorithm } from '../primitive/rsa-oaep.js';
import type { RsaAlgorithm } from '../primitive/rsa.js';
import type { KeyInput } from './content.js';
import type { Key } from './handle.js';
import {
  importHalf,
  type KeyOptions,
  type KeyPair,
  pairOf,
  type PrivateUse,
  type PublicKeyOptions,
  type PublicUse,
} from './pair.js';
import { named } from './options.js';
import { ALLOW_RSA_1024, ALLOW_RSA_E3, type Relaxation } from './policy.js';

export { ALLOW_RSA_1024, ALLOW_RSA_E3 };
export type { Key, KeyInput, KeyOptions, KeyPair, PublicKeyOptions, Relaxation, WeakRsaAlgorithm };

/** Signatures and encryption with RSA. */
export type RsaPairAlgorithm = RsaAlgorithm | OaepAlgorithm;

/** Imports a public key that verifies or encrypts. */
export function importPublicKey<
  A extends RsaPairAlgorithm | WeakRsaAlgorithm,
  U extends PublicUse<A>,
>(
  input: KeyInput,
  options: PublicKeyOptions<A, U, typeof ALLOW_RSA_1024 | typeof ALLOW_RSA_E3>,
): Key<A, U> {
  return importHalf(input, 'public', 'rsa', options);
}

/** Imports a private key that signs or decrypts. */
export function importPrivateKey<A extends RsaPairAlgorithm, U extends PrivateUse<A>>(
  input: KeyInput,
  options: KeyOptions<A, U>,
): Key<A, U> {
  return importHalf(input, 'private', 'rsa', options);
}

const BITS: readonly number[] = [2048, 3072, 4096];

/** What an RSA key pair is drawn for. */
export interface RsaGeneration<A> {
  readonly alg: A;
  readonly bits: 2048 | 3072 | 4096;
  readonly id?: string | undefined;
}

/** Draws a key pair. It holds up the thread for a tenth of a second, and with 4096 bits for more. */
export function generateKeyPair<A extends RsaPairAlgorithm>(options: RsaGeneration<A>): KeyPair<A> {
  const { alg, bits, id } = named(options, 'options', ['alg', 'bits', 'id']);
  choice(fields(alg, 'options.alg', 'RSA').family, 'options.alg.family', ['rsa']);
  choice(alg.kind, 'options.alg.kind', ['signature', 'encryption']);
  if (!BITS.includes(bits)) {
    throw new TypeError(`options.bits: expected ${BITS.join(' or ')}`);
  }
  return pairOf(alg, { kind: 'private', family: 'rsa', parts: generateRsa(bits) }, id);
}
