// @ts-check
// Secrets of published cases: a weak one is imported with its relaxation, and counted.
import { ALLOW_WEAK_SECRET, importSecret } from 'countersign/key/secret';
import { importRelaxed, isRefused, isWeakSecret } from './policy.js';

const RAW = /** @type {const} */ ({ encoding: 'raw' });

/**
 * The relaxations that a secret for a MAC needs.
 * @param {Uint8Array} secret
 */
export function needsOf(secret) {
  return isWeakSecret(secret) ? ['ALLOW_WEAK_SECRET'] : [];
}

/**
 * The handle of a secret for a MAC.
 * @template {import('countersign/key/secret').SecretAlgorithm} A
 * @template {import('countersign/key/secret').SecretUse<A>} U
 * @param {Uint8Array} secret
 * @param {A} alg
 * @param {U} use
 */
export function macSecret(secret, alg, use) {
  return importRelaxed(needsOf(secret), (relax) =>
    importSecret(secret, { alg, use, ...RAW, relax: relax ? [ALLOW_WEAK_SECRET] : [] }),
  );
}

/** How a case is counted whose AES key no handle takes. */
export const NO_HANDLE = 'the algorithm value, since handles refuse a guessable AES key';

/**
 * Whether a secret for AES is one that handles refuse, since nothing relaxes it there: all of one octet
 * for example. Published cases have such, and the algorithm values take them.
 * @param {Uint8Array} secret
 * @param {import('countersign/alg/aes-gcm').AeadAlgorithm | import('countersign/alg/aes-kw').KeyWrapAlgorithm} alg
 */
export function isGuessable(secret, alg) {
  if (!isWeakSecret(secret)) return false;
  const use = /** @type {never} */ (alg.kind === 'wrap' ? 'unwrap' : 'open');
  if (isRefused(() => importSecret(secret, { alg, use, ...RAW }))) return true;
  throw new Error('a guessable AES key was taken');
}
