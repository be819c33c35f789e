/**
 * Ed25519, both engines.
 *
 * @module
 */
import type { EddsaEngine } from '../contract.js';
import * as noble from '../noble/eddsa.js';
import * as node from '../node/eddsa.js';
import { halves, pair, sameOctets, sameVerdict } from './both.js';

export const ed25519: EddsaEngine = agree(node.ed25519, noble.ed25519);

/** One engine of two. */
export function agree(a: EddsaEngine, b: EddsaEngine): EddsaEngine {
  return {
    publicKey: (encoded) => pair(a.publicKey(encoded), b.publicKey(encoded)),
    privateKey: (seed) => pair(a.privateKey(seed), b.privateKey(seed)),
    publicOf(key) {
      const keys = halves(key);
      return sameOctets('an Ed25519 key', a.publicOf(keys.node), b.publicOf(keys.noble));
    },
    sign(key, message) {
      const keys = halves(key);
      const signatures = [a.sign(keys.node, message), b.sign(keys.noble, message)] as const;
      return sameOctets('an Ed25519 signature', ...signatures);
    },
    verify(key, message, signature) {
      const keys = halves(key);
      return sameVerdict(
        'an Ed25519 signature',
        a.verify(keys.node, message, signature),
        b.verify(keys.noble, message, signature),
      );
    },
  };
}
