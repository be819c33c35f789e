/**
 * ECDSA, both engines. Signatures are random, so node makes them and both must verify them.
 *
 * @module
 */
import type { Bytes, DigestEngine, EcdsaEngine, EngineKey } from '../contract.js';
import * as noble from '../noble/ecdsa.js';
import * as node from '../node/ecdsa.js';
import { halves, hashes, mustHold, pair, pairKeys, sameOctets, sameVerdict } from './both.js';

export const p256: EcdsaEngine = agree(node.p256, noble.p256);
export const p384: EcdsaEngine = agree(node.p384, noble.p384);
export const p521: EcdsaEngine = agree(node.p521, noble.p521);
export const secp256k1: EcdsaEngine = agree(node.secp256k1, noble.secp256k1);

/** One engine of two. */
export function agree(a: EcdsaEngine, b: EcdsaEngine): EcdsaEngine {
  const make = b.signDeterministic;
  const dual: EcdsaEngine = {
    publicKey: (point) => pairKeys('an EC public key', a.publicKey(point), b.publicKey(point)),
    privateKey: (scalar) => pair(a.privateKey(scalar), b.privateKey(scalar)),
    pointOf(key) {
      const keys = halves(key);
      return sameOctets('an EC point', a.pointOf(keys.node), b.pointOf(keys.noble));
    },
    sign: (key, hash, message) =>
      checked(key, hash, message, a.sign(halves(key).node, hashes(hash).node, message)),
    verify(key, hash, message, signature) {
      const [keys, both] = [halves(key), hashes(hash)];
      return sameVerdict(
        'an ECDSA signature',
        a.verify(keys.node, both.node, message, signature),
        b.verify(keys.noble, both.noble, message, signature),
      );
    },
    signDeterministic:
      make === undefined
        ? undefined
        : (key, hash, message) =>
            checked(key, hash, message, make(halves(key).noble, hashes(hash).noble, message)),
  };
  return dual;

  function checked(
    key: EngineKey<'ec-private'>,
    hash: DigestEngine,
    message: Uint8Array,
    signature: Bytes,
  ): Bytes {
    const publicKey = dual.publicKey(dual.pointOf(key));
    mustHold(
      'an ECDSA signature',
      publicKey !== undefined && dual.verify(publicKey, hash, message, signature),
    );
    return signature;
  }
}
