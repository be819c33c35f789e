/**
 * Ed25519 over the points of @noble/curves. `ed25519.verify` multiplies by the cofactor in both of
 * its modes and would accept 63 of CCTV's 914 cases that OpenSSL refuses; so the equation of
 * {@link https://www.rfc-editor.org/rfc/rfc8032#section-5.1.7 RFC 8032, section 5.1.7} is computed
 * here, in its stronger form.
 *
 * @module
 */
import { ed25519 as noble } from '@noble/curves/ed25519.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import { join } from '../../bytes/concat.js';
import { same } from '../../bytes/equal.js';
import type { EddsaEngine } from '../contract.js';
import { hide, look, plain } from '../state.js';
import { sha512 } from './digest.js';
import { requireRandom } from './random.js';

type Point = typeof noble.Point.BASE;

interface PublicState {
  readonly encoded: Uint8Array;
  /** -A, or nothing when the octets are no point: nothing verifies then. */
  readonly negated: Point | undefined;
}
interface PrivateState {
  readonly seed: Uint8Array;
}

export const ed25519: EddsaEngine = {
  publicKey(encoded) {
    return hide({
      encoded: new Uint8Array(encoded),
      negated: negate(encoded),
    } satisfies PublicState);
  },
  privateKey(seed) {
    requireRandom();
    return hide({ seed: new Uint8Array(seed) } satisfies PrivateState);
  },
  publicOf: (key) => plain(noble.getPublicKey(look<PrivateState>(key).seed)),
  sign: (key, message) => plain(noble.sign(message, look<PrivateState>(key).seed)),
  verify(key, message, signature) {
    const { encoded, negated } = look<PublicState>(key);
    if (negated === undefined) return false;
    const r = signature.subarray(0, 32);
    const s = bytesToNumberLE(signature.subarray(32));
    const h = noble.Point.Fn.create(bytesToNumberLE(sha512.digest(join(r, encoded, message))));
    const expected = noble.Point.BASE.multiplyUnsafe(s).add(negated.multiplyUnsafe(h));
    return same(expected.toBytes(), r);
  },
};

function negate(encoded: Uint8Array): Point | undefined {
  try {
    return noble.Point.fromBytes(encoded, false).negate();
  } catch {
    return undefined;
  }
}
