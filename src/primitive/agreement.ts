/**
 * Diffie-Hellman: ECDH on the NIST curves,
 * {@link https://doi.org/10.6028/NIST.SP.800-56Ar3 SP 800-56A, section 5.7.1.2}, and X25519,
 * {@link https://www.rfc-editor.org/rfc/rfc7748#section-6.1 RFC 7748, section 6.1}.
 *
 * What comes out is not uniform and is no key: put it through a KDF.
 *
 * @module
 */
import * as engine from '#engine/agree';
import { decodeHex } from '../bytes/hex.js';
import { type Bytes, octets } from '../bytes/octets.js';
import type { AgreeEngine, EngineKey } from '../engine/contract.js';
import { CountersignError } from '../errors.js';
import { isScalar, P256_ORDER, P384_ORDER, P521_ORDER } from './order.js';
import { PreparedKey, stateOf } from './prepared.js';

export type { Bytes };

/** The curves of Diffie-Hellman, by the names of RFC 7518 and RFC 8037. */
export type AgreementCurve = 'P-256' | 'P-384' | 'P-521' | 'X25519';

/** Diffie-Hellman on one curve. */
export interface AgreementAlgorithm {
  readonly kind: 'agreement';
  readonly family: 'ec' | 'x25519';
  readonly name: string;
  readonly curve: AgreementCurve;
  /** Octets of a private key. */
  readonly size: number;
  /** Parses a scalar from 1 to n - 1, or the 32 octets of X25519. */
  privateKey(secret: Uint8Array): AgreementPrivateKey;
  /**
   * Checks and keeps a peer's public key. One that is off the curve, not uncompressed, or of small
   * order, so that the shared secret is zero whatever the private key, is `ERR_KEY`.
   */
  publicKey(peer: Uint8Array): AgreementPublicKey;
  /** The public key to send: an uncompressed point, or the 32 octets of X25519. */
  publicOf(key: AgreementPrivateKey): Bytes;
  /** The shared secret with a peer's public key, checked before or given as it arrived. */
  agree(key: AgreementPrivateKey, peer: AgreementPublicKey | Uint8Array): Bytes;
}

export type AgreementPrivateKey = PreparedKey<'private', 'agreement'>;
export type AgreementPublicKey = PreparedKey<'public', 'agreement'>;

interface PublicState {
  readonly peer: Uint8Array;
}

const X25519_SIZE = 32;

export const ecdhP256: AgreementAlgorithm = /* @__PURE__ */ nist('P-256', engine.p256, P256_ORDER);
export const ecdhP384: AgreementAlgorithm = /* @__PURE__ */ nist('P-384', engine.p384, P384_ORDER);
export const ecdhP521: AgreementAlgorithm = /* @__PURE__ */ nist('P-521', engine.p521, P521_ORDER);
export const x25519: AgreementAlgorithm = /* @__PURE__ */ agreement(
  'X25519',
  'X25519',
  engine.x25519,
  X25519_SIZE,
  (secret) => secret.length === X25519_SIZE,
  (peer) => peer.length === X25519_SIZE,
);

function nist(curve: AgreementCurve, backend: AgreeEngine, orderHex: string): AgreementAlgorithm {
  const order = decodeHex(orderHex, 'lower');
  return agreement(
    `ECDH ${curve}`,
    curve,
    backend,
    order.length,
    (secret) => isScalar(secret, order),
    (peer) => peer.length === 1 + 2 * order.length && peer[0] === 4,
  );
}

function agreement(
  name: string,
  curve: AgreementCurve,
  backend: AgreeEngine,
  size: number,
  isPrivate: (secret: Uint8Array) => boolean,
  isPublic: (peer: Uint8Array) => boolean,
): AgreementAlgorithm {
  const algorithm: AgreementAlgorithm = {
    kind: 'agreement',
    family: curve === 'X25519' ? 'x25519' : 'ec',
    name,
    curve,
    size,
    privateKey(secret) {
      secret = octets(secret, 'secret');
      if (!isPrivate(secret)) {
        throw new CountersignError(
          'ERR_KEY',
          `${name}: expected a private key of the curve's size`,
        );
      }
      return new PreparedKey(algorithm, 'private', backend.privateKey(secret));
    },
    publicKey(peer) {
      const copy = new Uint8Array(octets(peer, 'peer'));
      // What every private key refuses, this one refuses; nobody learns anything from it.
      const probe = backend.privateKey(new Uint8Array(size).fill(1, size - 1));
      if (!isPublic(copy) || backend.agree(probe, copy) === undefined) throw noPeer();
      const state: PublicState = { peer: copy };
      return new PreparedKey(algorithm, 'public', state);
    },
    publicOf: (key) => backend.publicOf(stateOf(key, algorithm, 'private')),
    agree(key, peer) {
      const state = stateOf<EngineKey<'agree-private'>>(key, algorithm, 'private');
      const given =
        peer instanceof PreparedKey
          ? stateOf<PublicState>(peer, algorithm, 'public').peer
          : octets(peer, 'peer');
      const shared = isPublic(given) ? backend.agree(state, given) : undefined;
      if (shared === undefined) throw noPeer();
      return shared;
    },
  };

  function noPeer(): CountersignError {
    return new CountersignError(
      'ERR_KEY',
      `${name}: expected a public key on the curve, of large order, raw and uncompressed`,
    );
  }

  return Object.freeze(algorithm);
}
