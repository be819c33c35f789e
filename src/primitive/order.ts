/**
 * The orders n of the curves' groups, SP 800-186, section 3.2.1, and
 * {@link https://www.secg.org/sec2-v2.pdf SEC 2, section 2.4.1}, as OpenSSL prints them.
 *
 * @module
 */
export const P256_ORDER = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
export const P384_ORDER =
  'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973';
export const P521_ORDER =
  '01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409';
export const SECP256K1_ORDER = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141';

/**
 * Whether octets are an integer of the order's width from 1 to n - 1, in a time that depends on the
 * width alone: private keys are checked by it too.
 */
export function isScalar(value: Uint8Array, order: Uint8Array): boolean {
  if (value.length !== order.length) return false;
  let bits = 0;
  let borrow = 0; // of value - n: 1 at the end when value is below n
  for (let i = order.length - 1; i >= 0; i--) {
    bits |= value[i] ?? 0;
    borrow = (((value[i] ?? 0) - (order[i] ?? 0) - borrow) >> 31) & 1;
  }
  return bits !== 0 && borrow === 1;
}
