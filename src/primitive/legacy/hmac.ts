/**
 * HMAC over MD5 and SHA-1. The construction still stands where its hash has fallen
 * ({@link https://www.rfc-editor.org/rfc/rfc6151#section-2.3 RFC 6151, section 2.3}), but nothing
 * new should rest on it.
 *
 * @module
 */
import * as engine from '#engine/mac';
import { same } from '../../bytes/equal.js';
import { octets } from '../../bytes/octets.js';
import type { EngineKey, MacEngine } from '../../engine/contract.js';
import { CountersignError } from '../../errors.js';
import { PreparedKey, stateOf } from '../prepared.js';
import { weak, type WeakOctets, type WeakVerdict, weakVerdict } from './weak.js';

/** HMAC over a hash function without collision resistance. */
export interface WeakMacAlgorithm {
  readonly kind: 'weak-mac';
  readonly strength: 'weak';
  readonly name: string;
  readonly size: number;
  key(secret: Uint8Array): PreparedKey<'secret', 'weak-mac'>;
  tag(key: PreparedKey<'secret', 'weak-mac'>, message: Uint8Array): WeakOctets;
  verify(key: PreparedKey<'secret', 'weak-mac'>, message: Uint8Array, tag: Uint8Array): WeakVerdict;
}

export const hmacMd5: WeakMacAlgorithm = /* @__PURE__ */ hmac('HMAC-MD5', 16, engine.hmacMd5);
export const hmacSha1: WeakMacAlgorithm = /* @__PURE__ */ hmac('HMAC-SHA-1', 20, engine.hmacSha1);

function hmac(name: string, size: number, backend: MacEngine): WeakMacAlgorithm {
  const algorithm: WeakMacAlgorithm = {
    kind: 'weak-mac',
    strength: 'weak',
    name,
    size,
    key(secret) {
      secret = octets(secret, 'secret');
      if (secret.length === 0) {
        throw new CountersignError('ERR_KEY_EMPTY', `${name}: expected a secret, found no octets`);
      }
      return new PreparedKey(algorithm, 'secret', backend.key(secret));
    },
    tag(key, message) {
      const state = stateOf<EngineKey<'mac'>>(key, algorithm, 'secret');
      return weak(backend.tag(state, octets(message, 'message')));
    },
    verify(key, message, tag) {
      tag = octets(tag, 'tag');
      return weakVerdict(same(algorithm.tag(key, message).octets, tag));
    },
  };
  return Object.freeze(algorithm);
}
