/**
 * Diffie-Hellman of @noble/curves.
 *
 * @module
 */
import type { ECDSA } from '@noble/curves/abstract/weierstrass.js';
import { x25519 as nobleX25519 } from '@noble/curves/ed25519.js';
import { p256 as nobleP256, p384 as nobleP384, p521 as nobleP521 } from '@noble/curves/nist.js';
import type { AgreeEngine, Bytes } from '../contract.js';
import { hide, look, plain } from '../state.js';
import { requireRandom } from './random.js';

interface State {
  readonly secret: Uint8Array;
}

export const p256: AgreeEngine = /* @__PURE__ */ nist(nobleP256);
export const p384: AgreeEngine = /* @__PURE__ */ nist(nobleP384);
export const p521: AgreeEngine = /* @__PURE__ */ nist(nobleP521);

export const x25519: AgreeEngine = {
  privateKey: keep,
  publicOf: (key) => plain(nobleX25519.getPublicKey(look<State>(key).secret)),
  agree: (key, peer) => attempt(() => nobleX25519.getSharedSecret(look<State>(key).secret, peer)),
};

function nist(native: ECDSA): AgreeEngine {
  return {
    privateKey: keep,
    publicOf: (key) => plain(native.getPublicKey(look<State>(key).secret, false)),
    // The x-coordinate alone, SP 800-56A section 5.7.1.2, without the octet of the encoding.
    agree: (key, peer) =>
      attempt(() => native.getSharedSecret(look<State>(key).secret, peer, true).subarray(1)),
  };
}

function keep(secret: Uint8Array): ReturnType<AgreeEngine['privateKey']> {
  requireRandom();
  return hide({ secret: new Uint8Array(secret) } satisfies State);
}

function attempt(compute: () => Uint8Array): Bytes | undefined {
  try {
    return plain(compute());
  } catch {
    return undefined;
  }
}
