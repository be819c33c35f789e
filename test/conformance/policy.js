// @ts-check
// What policy keeps out whatever is relaxed: cases of it must be refused, and are counted as skipped.

/**
 * Why a public key of RSA is refused; `undefined` where it is taken.
 * @param {number} bits
 * @param {bigint} e
 */
export function rsaKeyPolicy(bits, e) {
  if (bits < 1024 || bits > 8192) return `an RSA modulus of ${bits} bits`;
  const isTaken = e === 3n || (e >= 65537n && e < 2n ** 32n && (e & 1n) === 1n);
  return isTaken ? undefined : `an RSA exponent of ${e}`;
}
