// @ts-check
// The library's policy on keys, by a case's own numbers: what needs a relaxation, and what is kept out
// whatever is relaxed. It is written a second time here, from docs/SECURITY.md: were the library asked,
// one that refuses everything would be right about it.
import { CountersignError } from 'countersign/errors';
import { namesOf } from './fields.js';

/**
 * What a public key of RSA needs to be taken, or why nothing helps.
 * @param {number} bits
 * @param {bigint} e
 * @returns {{ needs: string[], policy?: string }}
 */
export function rsaPublicPolicy(bits, e) {
  const policy = rsaModulus(bits, 1024) ?? (e === 3n ? undefined : rsaExponent(e));
  const needs = [...(bits < 2048 ? ['ALLOW_RSA_1024'] : []), ...(e === 3n ? ['ALLOW_RSA_E3'] : [])];
  return policy === undefined ? { needs } : { needs, policy };
}

/**
 * Why a private key of RSA is refused: what signs and decrypts is not relaxed.
 * @param {number} bits
 * @param {bigint} e
 */
export function rsaPrivatePolicy(bits, e) {
  return rsaModulus(bits, 2048) ?? rsaExponent(e);
}

/**
 * @param {number} bits
 * @param {number} least
 */
function rsaModulus(bits, least) {
  return bits < least || bits > 8192 ? `an RSA modulus of ${bits} bits` : undefined;
}

/** @param {bigint} e */
function rsaExponent(e) {
  const isTaken = e >= 65537n && e < 2n ** 32n && (e & 1n) === 1n;
  return isTaken ? undefined : `an RSA exponent of ${e}`;
}

/**
 * Whether anyone can guess a secret: it has fewer than 16 octets, or fewer than 12 before the zeros at
 * its end, or it is one octet repeated, or what a template leaves.
 * @param {Uint8Array} secret
 */
export function isWeakSecret(secret) {
  const end = secret.findLastIndex((octet) => octet !== 0) + 1;
  const text = String.fromCharCode(...secret);
  return (
    secret.length < 16 ||
    end < 12 ||
    new Set(secret).size === 1 ||
    text.replaceAll(/undefined|null|\s/g, '') === ''
  );
}

/**
 * Imports a key with the relaxations that it needs and no other. Without them it has to be refused,
 * and with them they have to show.
 * @template {{ readonly relaxed: readonly symbol[] }} K
 * @param {readonly string[]} needs
 * @param {(relax: boolean) => K} load
 * @returns {K}
 */
export function importRelaxed(needs, load) {
  if (needs.length > 0 && !isRefused(() => load(false))) {
    throw new Error(`a key that needs ${needs.join(', ')} was taken without`);
  }
  const key = load(needs.length > 0);
  const shown = namesOf(key.relaxed).toSorted().join(', ');
  if (shown === needs.toSorted().join(', ')) return key;
  throw new Error(`a key that needs [${needs.join(', ')}] shows [${shown}]`);
}

/** @param {() => unknown} call */
export function isRefused(call) {
  try {
    call();
    return false;
  } catch (error) {
    if (error instanceof CountersignError) return true;
    throw error;
  }
}
