/**
 * HMAC, {@link https://doi.org/10.6028/NIST.FIPS.198-1 FIPS 198-1, section 4}, as two one-shot
 * hashes over the two padded keys, which are kept. That is twice as fast as `createHmac` with a
 * KeyObject; what it costs is said in docs/decisions/0002-hmac-pads-in-the-heap.md.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import type { DigestEngine, MacEngine } from '../contract.js';
import { hide, look } from '../state.js';
import {
  md5,
  nativeName,
  sha1,
  sha224,
  sha256,
  sha384,
  sha3_256,
  sha3_384,
  sha3_512,
  sha512,
} from './digest.js';
import { hashText, octetsOfText, writeText } from './latin1.js';

interface Pads {
  readonly inner: Uint8Array;
  readonly outer: Uint8Array;
}

/** Longer messages are hashed in parts: copying them would cost more than it saves. */
const LONGEST_COPIED = 16_384;
const LARGEST_BLOCK = 136;
const LARGEST_DIGEST = 64;

// Shared by all keys. Every use is synchronous and overwrites what it reads, so none sees another's.
const first = new Uint8Array(LARGEST_BLOCK + LONGEST_COPIED);
const second = new Uint8Array(LARGEST_BLOCK + LARGEST_DIGEST);

export const hmacSha224: MacEngine = hmac(sha224);
export const hmacSha256: MacEngine = hmac(sha256);
export const hmacSha384: MacEngine = hmac(sha384);
export const hmacSha512: MacEngine = hmac(sha512);
export const hmacSha3_256: MacEngine = hmac(sha3_256);
export const hmacSha3_384: MacEngine = hmac(sha3_384);
export const hmacSha3_512: MacEngine = hmac(sha3_512);
export const hmacSha1: MacEngine = hmac(sha1);
export const hmacMd5: MacEngine = hmac(md5);

function hmac(digest: DigestEngine): MacEngine {
  const native = nativeName(digest);
  const { blockSize, size } = digest;
  const secondInput = second.subarray(0, blockSize + size);

  return {
    key(secret) {
      const block = new Uint8Array(blockSize);
      block.set(secret.length > blockSize ? digest.digest(secret) : secret);
      const pads: Pads = {
        inner: block.map((octet) => octet ^ 0x36),
        outer: block.map((octet) => octet ^ 0x5c),
      };
      block.fill(0);
      return hide(pads);
    },
    tag(key, message) {
      const { inner, outer } = look<Pads>(key);
      secondInput.set(outer);
      writeText(hashInner(native, inner, message), secondInput, blockSize);
      return octetsOfText(hashText(native, secondInput));
    },
  };
}

function hashInner(native: string, pad: Uint8Array, message: Uint8Array): string {
  if (message.length > LONGEST_COPIED) {
    return createHash(native).update(pad).update(message).digest('binary');
  }
  first.set(pad);
  first.set(message, pad.length);
  return hashText(native, first.subarray(0, pad.length + message.length));
}
