/**
 * HMAC, {@link https://doi.org/10.6028/NIST.FIPS.198-1 FIPS 198-1}.
 *
 * Tags are whole: a truncated one is refused, since a verifier that takes 4 octets can be answered
 * by guessing. A secret longer than a block is equal to its digest as a key, and trailing zero
 * octets within a block change nothing (section 4, steps 1 to 3); both are properties of HMAC.
 *
 * @module
 */
import * as engine from '#engine/mac';
import { same } from '../bytes/equal.js';
import { type Bytes, octets } from '../bytes/octets.js';
import type { MacEngine } from '../engine/contract.js';
import { CountersignError } from '../errors.js';
import { PreparedKey, stateOf } from './prepared.js';

export type { Bytes };

/** A message authentication code. */
export interface MacAlgorithm {
  readonly kind: 'mac';
  readonly name: string;
  /** Octets of a tag. */
  readonly size: number;
  /** Parses a secret, once for all its uses. The octets are copied. */
  key(secret: Uint8Array): MacKey;
  /** The tag of `message`. */
  tag(key: MacKey, message: Uint8Array): Bytes;
  /** Whether `tag` is the whole tag of `message`, in a time that depends on lengths alone. */
  verify(key: MacKey, message: Uint8Array, tag: Uint8Array): boolean;
}

/** A secret for one MAC. */
export type MacKey = PreparedKey<'secret', 'mac'>;

export const hmacSha224: MacAlgorithm = /* @__PURE__ */ hmac('HMAC-SHA-224', 28, engine.hmacSha224);
export const hmacSha256: MacAlgorithm = /* @__PURE__ */ hmac('HMAC-SHA-256', 32, engine.hmacSha256);
export const hmacSha384: MacAlgorithm = /* @__PURE__ */ hmac('HMAC-SHA-384', 48, engine.hmacSha384);
export const hmacSha512: MacAlgorithm = /* @__PURE__ */ hmac('HMAC-SHA-512', 64, engine.hmacSha512);
export const hmacSha3_256: MacAlgorithm = /* @__PURE__ */ hmac(
  'HMAC-SHA3-256',
  32,
  engine.hmacSha3_256,
);
export const hmacSha3_384: MacAlgorithm = /* @__PURE__ */ hmac(
  'HMAC-SHA3-384',
  48,
  engine.hmacSha3_384,
);
export const hmacSha3_512: MacAlgorithm = /* @__PURE__ */ hmac(
  'HMAC-SHA3-512',
  64,
  engine.hmacSha3_512,
);

function hmac(name: string, size: number, backend: MacEngine): MacAlgorithm {
  const algorithm: MacAlgorithm = {
    kind: 'mac',
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
      return backend.tag(stateOf(key, algorithm, 'secret'), octets(message, 'message'));
    },
    verify(key, message, tag) {
      tag = octets(tag, 'tag');
      return same(algorithm.tag(key, message), tag);
    },
  };
  return Object.freeze(algorithm);
}
