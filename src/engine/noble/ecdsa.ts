/**
 * ECDSA of @noble/curves. Every option is stated, since the defaults decide what is accepted:
 * `lowS` is true by default and would refuse about half of all genuine signatures.
 *
 * @module
 */
import type { ECDSA } from '@noble/curves/abstract/weierstrass.js';
import { p256 as nobleP256, p384 as nobleP384, p521 as nobleP521 } from '@noble/curves/nist.js';
import { secp256k1 as nobleSecp256k1 } from '@noble/curves/secp256k1.js';
import type { EcdsaEngine } from '../contract.js';
import { hide, look, plain } from '../state.js';
import { fillRandom, requireRandom } from './random.js';

interface PublicState {
  readonly point: Uint8Array;
}
interface PrivateState {
  readonly scalar: Uint8Array;
}

const FORM = { prehash: false, lowS: false, format: 'compact' } as const;

export const p256: EcdsaEngine = /* @__PURE__ */ curve(nobleP256);
export const p384: EcdsaEngine = /* @__PURE__ */ curve(nobleP384);
export const p521: EcdsaEngine = /* @__PURE__ */ curve(nobleP521);
export const secp256k1: EcdsaEngine = /* @__PURE__ */ curve(nobleSecp256k1);

function curve(native: ECDSA): EcdsaEngine {
  return {
    publicKey(encoded) {
      try {
        native.Point.fromBytes(encoded).assertValidity();
      } catch {
        return undefined;
      }
      return hide({ point: new Uint8Array(encoded) } satisfies PublicState);
    },
    privateKey(scalar) {
      requireRandom();
      return hide({ scalar: new Uint8Array(scalar) } satisfies PrivateState);
    },
    pointOf: (key) => plain(native.getPublicKey(look<PrivateState>(key).scalar, false)),
    sign(key, hash, message) {
      // Hedged, RFC 6979 section 3.6: a fault in the deterministic form gives the key away.
      const options = { ...FORM, extraEntropy: entropy() };
      return plain(native.sign(hash.digest(message), look<PrivateState>(key).scalar, options));
    },
    verify(key, hash, message, signature) {
      try {
        return native.verify(signature, hash.digest(message), look<PublicState>(key).point, FORM);
      } catch {
        return false;
      }
    },
    signDeterministic(key, hash, message) {
      const options = { ...FORM, extraEntropy: false };
      return plain(native.sign(hash.digest(message), look<PrivateState>(key).scalar, options));
    },
  };
}

/** From this engine's own source, so that a platform without one is refused by our name for it. */
function entropy(): Uint8Array {
  const out = new Uint8Array(32);
  fillRandom(out);
  return out;
}
