// @ts-check
// Secrets of published cases: a weak one is imported with its relaxation, and counted.
import { ALLOW_WEAK_SECRET, importSecret } from 'countersign/key/secret';
import { CountersignError } from 'countersign/errors';
import { namesOf } from './fields.js';

/**
 * The handle of a secret for a MAC, and the relaxations that it needed.
 * @template {import('countersign/key/secret').SecretAlgorithm} A
 * @template {import('countersign/key/secret').SecretUse<A>} U
 * @param {Uint8Array} secret
 * @param {A} alg
 * @param {U} use
 */
export function macSecret(secret, alg, use) {
  const key = importSecret(secret, {
    alg,
    use,
    encoding: 'raw',
    relax: [ALLOW_WEAK_SECRET],
  });
  return { key, relaxed: namesOf(key.relaxed) };
}

/**
 * Whether a secret for AES is one that handles refuses and nothing relaxes, all of one octet for
 * example. Published cases have such; the algorithm values take them.
 * @param {Uint8Array} secret
 * @param {import('countersign/key/secret').SecretAlgorithm} alg
 */
export function isGuessable(secret, alg) {
  try {
    const use = alg.kind === 'wrap' ? 'unwrap' : 'open';
    importSecret(secret, { alg, use: /** @type {never} */ (use), encoding: 'raw' });
    return false;
  } catch (error) {
    return error instanceof CountersignError && error.code === 'ERR_KEY_WEAK';
  }
}

/** How such a secret is counted. */
export const NO_HANDLE = 'the algorithm value, since handles refuse a guessable AES key';
