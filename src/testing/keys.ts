/**
 * Keys for tests, of any algorithm that a scheme may name.
 *
 * @module
 */
import { generateKeyPair as generateEc } from '../key/ec.js';
import { generateKeyPair as generateEd25519 } from '../key/ed25519.js';
import { type AlgorithmName, contentsOf, type Key } from '../key/handle.js';
import { pairWith } from '../key/pair.js';
import { generateKeyPair as generateRsa } from '../key/rsa.js';
import { generateSecret, type SecretAlgorithm, withUse } from '../key/secret.js';
import { renamed } from '../key/watch.js';
import type { EcdsaAlgorithm } from '../primitive/ecdsa.js';
import type { RsaAlgorithm } from '../primitive/rsa.js';
import type { SigningKey } from '../scheme/sign.js';

/** RSA keys take a tenth of a second each, so that those of tests are drawn once. */
const drawnRsa = /* @__PURE__ */ new Map<AlgorithmName, Key<RsaAlgorithm, 'sign'>[]>();

/** Draws a key that signs, and is none of these. */
export function drawKey(
  alg: AlgorithmName,
  id: string | undefined,
  ...others: readonly Key[]
): SigningKey {
  if (isMac(alg)) return generateSecret({ alg: alg as SecretAlgorithm, use: 'mac' as never, id });
  const { family } = alg as Partial<EcdsaAlgorithm | RsaAlgorithm>;
  if (family === 'ec') return generateEc({ alg: alg as EcdsaAlgorithm, id }).privateKey;
  return family === 'rsa'
    ? rsaKey(alg as RsaAlgorithm, id, others)
    : generateEd25519({ alg: alg as never, id }).privateKey;
}

function rsaKey(
  alg: RsaAlgorithm,
  id: string | undefined,
  others: readonly Key[],
): Key<RsaAlgorithm, 'sign'> {
  const all = drawnRsa.get(alg) ?? [];
  drawnRsa.set(alg, all);
  const taken = others.map((key) => contentsOf(key).material);
  let free = all.find((key) => !taken.includes(contentsOf(key).material));
  if (free === undefined) {
    free = generateRsa({ alg, bits: 2048 }).privateKey;
    all.push(free);
  }
  return renamed(free, id ?? free.id);
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
