/**
 * Hash functions, both engines.
 *
 * @module
 */
import type { DigestEngine } from '../contract.js';
import * as noble from '../noble/digest.js';
import * as node from '../node/digest.js';
import { type DualDigest, sameOctets } from './both.js';

export const sha224: DigestEngine = agree(node.sha224, noble.sha224);
export const sha256: DigestEngine = agree(node.sha256, noble.sha256);
export const sha384: DigestEngine = agree(node.sha384, noble.sha384);
export const sha512: DigestEngine = agree(node.sha512, noble.sha512);
export const sha3_256: DigestEngine = agree(node.sha3_256, noble.sha3_256);
export const sha3_384: DigestEngine = agree(node.sha3_384, noble.sha3_384);
export const sha3_512: DigestEngine = agree(node.sha3_512, noble.sha3_512);
export const sha1: DigestEngine = agree(node.sha1, noble.sha1);
export const md5: DigestEngine = agree(node.md5, noble.md5);

/** One engine of two. */
export function agree(a: DigestEngine, b: DigestEngine): DigestEngine {
  const { name, size, blockSize } = a;
  const dual: DualDigest = {
    name,
    size,
    blockSize,
    both: { node: a, noble: b },
    digest: (data) => sameOctets(name, a.digest(data), b.digest(data)),
  };
  return dual;
}
