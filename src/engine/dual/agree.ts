/**
 * Diffie-Hellman, both engines.
 *
 * @module
 */
import type { AgreeEngine } from '../contract.js';
import * as noble from '../noble/agree.js';
import * as node from '../node/agree.js';
import { halves, pair, sameOctets } from './both.js';

export const p256: AgreeEngine = agree(node.p256, noble.p256);
export const p384: AgreeEngine = agree(node.p384, noble.p384);
export const p521: AgreeEngine = agree(node.p521, noble.p521);
export const x25519: AgreeEngine = agree(node.x25519, noble.x25519);

/** One engine of two. */
export function agree(a: AgreeEngine, b: AgreeEngine): AgreeEngine {
  return {
    privateKey: (secret) => pair(a.privateKey(secret), b.privateKey(secret)),
    publicOf(key) {
      const keys = halves(key);
      return sameOctets('a public key', a.publicOf(keys.node), b.publicOf(keys.noble));
    },
    agree(key, peer) {
      const keys = halves(key);
      const secrets = [a.agree(keys.node, peer), b.agree(keys.noble, peer)] as const;
      return sameOctets('a shared secret', ...secrets);
    },
  };
}
