/**
 * Points of elliptic curves written by x and the parity of y,
 * {@link https://www.secg.org/sec1-v2.pdf SEC 1, section 2.3.4}. RFC 5480, section 2.2, lets public
 * keys be written so, and OpenSSL does when it is asked to. Keys are kept uncompressed, so that a
 * point has one thumbprint.
 *
 * What is computed with is public.
 *
 * @module
 */
import { decodeInteger, encodeInteger } from '../bytes/integer.js';
import type { EcdsaCurve } from '../primitive/ecdsa.js';

/** y^2 = x^3 + a·x + b modulo p, where p is 3 modulo 4; FIPS 186-4, D.1.2, and SEC 2, as OpenSSL prints them. */
interface Curve {
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
}

/** In hexadecimal, so that loading this costs nothing. */
const CURVES: Readonly<Record<EcdsaCurve, Readonly<Record<'p' | 'a' | 'b', string>>>> = {
  'P-256': {
    p: 'ffffffff00000001000000000000000000000000ffffffffffffffffffffffff',
    a: '-3',
    b: '5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b',
  },
  'P-384': {
    p:
      'fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe' +
      'ffffffff0000000000000000ffffffff',
    a: '-3',
    b:
      'b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875a' +
      'c656398d8a2ed19d2a85c8edd3ec2aef',
  },
  'P-521': {
    p:
      '1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff' +
      'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff' +
      'fff',
    a: '-3',
    b:
      '51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109' +
      'e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f' +
      '00',
  },
  secp256k1: {
    p: 'fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f',
    a: '0',
    b: '7',
  },
};

/**
 * The point as 04 ‖ x ‖ y. What is no compressed point of the right size is returned as it is, and
 * for an x without a y a point off the curve is: every engine refuses both.
 */
export function uncompressed(name: EcdsaCurve, point: Uint8Array): Uint8Array {
  const [prefix] = point;
  const size = Math.ceil(CURVES[name].p.length / 2);
  if ((prefix !== 2 && prefix !== 3) || point.length !== 1 + size) return point;
  const { p, a, b } = readCurve(name);
  const x = decodeInteger(point.subarray(1));
  const root = power(x * x * x + a * x + b, (p + 1n) / 4n, p);
  const y = (root & 1n) === BigInt(prefix & 1) ? root : p - root;
  const out = new Uint8Array(1 + 2 * size);
  out[0] = 4;
  out.set(point.subarray(1), 1);
  out.set(encodeInteger(y, size), 1 + size);
  return out;
}

function readCurve(name: EcdsaCurve): Curve {
  const { p, a, b } = CURVES[name];
  return { p: BigInt(`0x${p}`), a: BigInt(a), b: BigInt(`0x${b}`) };
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}
