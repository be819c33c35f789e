/**
 * HMAC, both engines.
 *
 * @module
 */
import type { MacEngine, TagParts, TagPartsText } from '../contract.js';
import * as noble from '../noble/mac.js';
import * as node from '../node/mac.js';
import { halves, pair, sameOctets } from './both.js';

export const hmacSha224: MacEngine = agree(node.hmacSha224, noble.hmacSha224);
export const hmacSha256: MacEngine = agree(node.hmacSha256, noble.hmacSha256);
export const hmacSha384: MacEngine = agree(node.hmacSha384, noble.hmacSha384);
export const hmacSha512: MacEngine = agree(node.hmacSha512, noble.hmacSha512);
export const hmacSha3_256: MacEngine = agree(node.hmacSha3_256, noble.hmacSha3_256);
export const hmacSha3_384: MacEngine = agree(node.hmacSha3_384, noble.hmacSha3_384);
export const hmacSha3_512: MacEngine = agree(node.hmacSha3_512, noble.hmacSha3_512);
export const hmacSha1: MacEngine = agree(node.hmacSha1, noble.hmacSha1);
export const hmacMd5: MacEngine = agree(node.hmacMd5, noble.hmacMd5);

export const tagPartsText: TagPartsText = undefined;

export const tagParts: TagParts = agreeOnParts(node.tagParts, noble.tagParts);

/** One engine of two. */
export function agree(a: MacEngine, b: MacEngine): MacEngine {
  return {
    key: (secret) => pair(a.key(secret), b.key(secret)),
    tag(key, message) {
      const keys = halves(key);
      return sameOctets('HMAC', a.tag(keys.node, message), b.tag(keys.noble, message));
    },
  };
}

/** The same for messages in parts. */
export function agreeOnParts(a: TagParts, b: TagParts): TagParts {
  return (key, parts) => {
    const keys = halves(key);
    return sameOctets('HMAC', a(keys.node, parts), b(keys.noble, parts));
  };
}
