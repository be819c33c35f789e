/**
 * Ed25519, {@link https://www.rfc-editor.org/rfc/rfc8032#section-5.1 RFC 8032, section 5.1}, by one
 * rule on every engine.
 *
 * Implementations of Ed25519 disagree on about a fifth of the hard cases, between libraries and
 * between versions of one library: the RFC leaves open whether the cofactor is multiplied in, and
 * many skip its checks on encodings. The rule here is the strictest in use:
 *
 * 1. a public key has 32 octets, a signature 64;
 * 2. S < L;
 * 3. A and R are canonical, y < p;
 * 4. A and R are none of the ten encodings of a point of small order with y < p, the two with
 *    x = 0 and a sign bit among them;
 * 5. encode(S·B - (h mod L)·A) equals the octets of R, without the cofactor.
 *
 * Rules 1 to 4 are checked here, on the octets; rule 5 is the engine's. That A is a point at all
 * follows from rule 5 as well, and is seen when the key is imported.
 *
 * @module
 */
import { ed25519 as engine } from '#engine/eddsa';
import { decodeHex } from '../bytes/hex.js';
import { decodeInteger } from '../bytes/integer.js';
import { type Bytes, octets } from '../bytes/octets.js';
import type { EngineKey } from '../engine/contract.js';
import { CountersignError } from '../errors.js';
import { PreparedKey, stateOf } from './prepared.js';

export type { Bytes };

/** Ed25519. */
export interface Ed25519Algorithm {
  readonly kind: 'signature';
  readonly family: 'ed25519';
  readonly name: 'Ed25519';
  /** Parses the 32 octets of a point. */
  publicKey(encoded: Uint8Array): Ed25519PublicKey;
  /** Parses the 32 octets that RFC 8032 calls the private key, and others the seed. */
  privateKey(seed: Uint8Array): Ed25519PrivateKey;
  /** The public key that belongs to a private one. */
  publicOf(key: Ed25519PrivateKey): Bytes;
  /** Signs; the same message gives the same signature. */
  sign(key: Ed25519PrivateKey, message: Uint8Array): Bytes;
  /** Whether `signature` is one of `message` by the rule above. */
  verify(key: Ed25519PublicKey, message: Uint8Array, signature: Uint8Array): boolean;
}

export type Ed25519PublicKey = PreparedKey<'public', 'ed25519'>;
export type Ed25519PrivateKey = PreparedKey<'private', 'ed25519'>;

/** Octets of a point, a scalar and a seed. */
const SIZE = 32;

// All integers below are little-endian, section 5.1.2.

/** p = 2^255 - 19, section 5.1. */
const P = /* @__PURE__ */ littleEndian(0xed, 0xff, 0x7f);
/** L, the order of the prime subgroup, section 5.1: 2^252 + 277423…493. */
const L = /* @__PURE__ */ decodeHex(
  'edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010',
  'lower',
);
/**
 * The y-coordinates of the eight points of small order: 0 and p - 1 and 1, and the two of order 8,
 * solutions of d·y^4 + 2·y^2 = 1 (computed with Python from d of section 5.1).
 */
const SMALL_ORDER = /* @__PURE__ */ [
  littleEndian(0, 0, 0),
  littleEndian(1, 0, 0),
  littleEndian(0xec, 0xff, 0x7f),
  decodeHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'lower'),
  decodeHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', 'lower'),
];

export const ed25519: Ed25519Algorithm = /* @__PURE__ */ Object.freeze<Ed25519Algorithm>({
  kind: 'signature',
  family: 'ed25519',
  name: 'Ed25519',
  publicKey(encoded) {
    encoded = octets(encoded, 'encoded');
    if (encoded.length !== SIZE) {
      throw new CountersignError(
        'ERR_KEY',
        `Ed25519: expected a public key of ${SIZE} octets, found ${encoded.length}`,
      );
    }
    const copy = new Uint8Array(encoded); // what is checked is what the engine gets
    if (!isAcceptablePoint(copy) || !isOnCurve(copy)) {
      throw new CountersignError(
        'ERR_KEY',
        'Ed25519: expected a canonical point of the curve that is not of small order',
      );
    }
    return new PreparedKey(ed25519, 'public', engine.publicKey(copy));
  },
  privateKey(seed) {
    seed = octets(seed, 'seed');
    if (seed.length !== SIZE) {
      throw new CountersignError(
        'ERR_KEY',
        `Ed25519: expected a private key of ${SIZE} octets, found ${seed.length}`,
      );
    }
    return new PreparedKey(ed25519, 'private', engine.privateKey(seed));
  },
  publicOf: (key) => engine.publicOf(stateOf(key, ed25519, 'private')),
  sign: (key, message) => engine.sign(stateOf(key, ed25519, 'private'), octets(message, 'message')),
  verify(key, message, signature) {
    const state = stateOf<EngineKey<'ed-public'>>(key, ed25519, 'public');
    message = octets(message, 'message');
    signature = octets(signature, 'signature');
    if (signature.length !== 2 * SIZE) return false;
    if (!isBelow(signature.subarray(SIZE), L)) return false;
    if (!isAcceptablePoint(signature.subarray(0, SIZE))) return false;
    return engine.verify(state, message, signature);
  },
});

/** Rules 3 and 4, for A and R alike. Both are public, so the time may depend on them. */
function isAcceptablePoint(encoded: Uint8Array): boolean {
  const y = new Uint8Array(encoded);
  y[SIZE - 1] = (y[SIZE - 1] ?? 0) & 0x7f; // without the sign of x
  return isBelow(y, P) && !SMALL_ORDER.some((bad) => bad.every((octet, i) => octet === y[i]));
}

/**
 * Whether an x belongs to this y: RFC 8032, section 5.1.3, step 2.
 * d = -121665/121666 makes x^2 = 121666·(y^2 - 1) / (121666 - 121665·y^2), and a quotient is a
 * square where the product is one. -1 and 121666 are squares modulo p, so they are left out.
 *
 * The Jacobi symbol, FIPS 186-4, appendix C.5, says which is a square, in a fifth of the time
 * of the shortest chain for Euler's criterion. The time depends on y, which is public.
 */
function isOnCurve(encoded: Uint8Array): boolean {
  let n = 2n ** 255n - 19n;
  const y = BigInt.asUintN(255, decodeInteger(encoded.toReversed()));
  let a = ((y * y - 1n) * (121665n * y * y - 121666n)) % n;
  let isSquare = true;
  while (a > 0n) {
    for (; (a & 1n) === 0n; a >>= 1n) {
      const mod8 = n & 7n;
      if (mod8 === 3n || mod8 === 5n) isSquare = !isSquare;
    }
    if ((a & n & 3n) === 3n) isSquare = !isSquare;
    [a, n] = [n % a, a];
  }
  return isSquare;
}

function isBelow(value: Uint8Array, bound: Uint8Array): boolean {
  for (let i = SIZE - 1; i >= 0; i--) {
    const difference = (value[i] ?? 0) - (bound[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function littleEndian(first: number, middle: number, last: number): Bytes {
  const out = new Uint8Array(SIZE).fill(middle);
  out[0] = first;
  out[SIZE - 1] = last;
  return out;
}
