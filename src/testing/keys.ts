/**
 * Keys for tests, of any algorithm that a scheme may name.
 *
 * @module
 */
import { generateKeyPair as generateEc } from '../key/ec.js';
import { generateKeyPair as generateEd25519 } from '../key/ed25519.js';
import type { AlgorithmName, Key } from '../key/handle.js';
import { pairWith } from '../key/pair.js';
import { generateKeyPair as generateRsa } from '../key/rsa.js';
import { generateSecret, type SecretAlgorithm, withUse } from '../key/secret.js';
import type { EcdsaAlgorithm } from '../primitive/ecdsa.js';
import type { RsaAlgorithm } from '../primitive/rsa.js';
import type { SigningKey } from '../scheme/sign.js';

/** Draws a key that signs. */
export function drawKey(alg: AlgorithmName, id: string | undefined): SigningKey {
  if (isMac(alg)) return generateSecret({ alg: alg as SecretAlgorithm, use: 'mac' as never, id });
  const { family } = alg as Partial<EcdsaAlgorithm | RsaAlgorithm>;
  if (family === 'ec') return generateEc({ alg: alg as EcdsaAlgorithm, id }).privateKey;
  return family === 'rsa'
    ? generateRsa({ alg: alg as RsaAlgorithm, bits: 2048, id }).privateKey
    : generateEd25519({ alg: alg as never, id }).privateKey;
}

/** The key that verifies what this one signs. */
export function verifyingKey(key: Key): Key<AlgorithmName, 'verify'> {
  return isMac(key.alg)
    ? withUse(key as Key<SecretAlgorithm>, 'verify' as never)
    : (pairWith(key as never, key.id).publicKey as Key<AlgorithmName, 'verify'>);
}

export function isMac({ kind }: AlgorithmName): boolean {
  return kind === 'mac' || kind === 'weak-mac';
}
