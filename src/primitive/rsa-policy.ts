/**
 * Which RSA keys are taken, and what may be relaxed about one that verifies. node:crypto takes an
 * exponent of 1, under which any signature can be written down, an even modulus and one of 512
 * bits; BigInt takes an exponent as long as the modulus, which blocks the thread for half a second
 * per verification.
 *
 * @module
 */
import type { RsaPublicParts } from '../engine/contract.js';
import { CountersignError } from '../errors.js';

/** Takes a modulus of 1024 to 2047 bits, to verify alone. Old platforms sign with nothing else. */
export const ALLOW_RSA_1024: unique symbol = /* @__PURE__ */ Symbol('countersign.ALLOW_RSA_1024');

/** Takes the exponent 3, to verify alone. The rest below 65537 stays refused: a group of Diffie-Hellman, p and a small g, is written like an RSA public key. */
export const ALLOW_RSA_E3: unique symbol = /* @__PURE__ */ Symbol('countersign.ALLOW_RSA_E3');

/** One of the relaxations of RSA. */
export type RsaRelaxation = typeof ALLOW_RSA_1024 | typeof ALLOW_RSA_E3;

const LEAST_BITS = 2048;
const LEAST_RELAXED_BITS = 1024;
const MOST_BITS = 8192;
const LEAST_EXPONENT = 65_537;
const LONGEST_EXPONENT = 4;

/** Refuses a key outside the policy and what relaxes it; tells which relaxations it needed. */
export function rsaRelaxations(
  { n, e }: RsaPublicParts,
  relax: readonly RsaRelaxation[],
): readonly RsaRelaxation[] {
  const leastBits = relax.includes(ALLOW_RSA_1024) ? LEAST_RELAXED_BITS : LEAST_BITS;
  const bits = 8 * n.length - Math.clz32(n[0] ?? 0) + 24;
  if (!(leastBits <= bits && bits <= MOST_BITS) || !isOdd(n)) {
    throw new CountersignError(
      'ERR_RSA_MODULUS',
      `RSA: expected an odd modulus of ${leastBits} to ${MOST_BITS} bits, found ${bits}; ALLOW_RSA_1024 takes 1024 bits to verify`,
    );
  }
  const exponent = e.subarray(0, LONGEST_EXPONENT).reduce((sum, octet) => sum * 256 + octet, 0);
  const isTaken = exponent >= LEAST_EXPONENT || (exponent === 3 && relax.includes(ALLOW_RSA_E3));
  if (!(e.length <= LONGEST_EXPONENT && isTaken) || !isOdd(e)) {
    throw new CountersignError(
      'ERR_RSA_EXPONENT',
      `RSA: expected an odd exponent from ${LEAST_EXPONENT} to 2^32 - 1; ALLOW_RSA_E3 takes 3 to verify`,
    );
  }
  return [
    ...(bits < LEAST_BITS ? ([ALLOW_RSA_1024] as const) : []),
    ...(exponent < LEAST_EXPONENT ? ([ALLOW_RSA_E3] as const) : []),
  ];
}

function isOdd(value: Uint8Array): boolean {
  return ((value[value.length - 1] ?? 0) & 1) === 1;
}
