/**
 * HMAC, {@link https://doi.org/10.6028/NIST.FIPS.198-1 FIPS 198-1, section 4}, as two one-shot
 * hashes over the two padded keys, which are kept. That is twice as fast as `createHmac` with a
 * KeyObject; what it costs is said in docs/decisions/0002-hmac-pads-in-the-heap.md.
 *
 * @module
 */
import { createHash, hash } from 'node:crypto';
import { latin1Of, writeLatin1 } from '../../bytes/latin1.js';
import type { Bytes, DigestEngine, MacEngine, Part, TagParts, TagPartsText } from '../contract.js';
import { hide, look } from '../state.js';
import {
  hashText,
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

interface Pads {
  readonly native: string;
  readonly inner: Uint8Array;
  readonly outer: Uint8Array;
  /** Room for what the second hash is computed of. */
  readonly secondInput: Uint8Array;
}

/** Longer messages are hashed in parts: copying them would cost more than it saves. */
const LONGEST_COPIED = 16_384;
/** A loop takes 2 ns for each character, Buffer 60 ns for any text of that length. */
const LONGEST_LOOPED = 32;
const LARGEST_BLOCK = 136;
const LARGEST_DIGEST = 64;

// Shared by all keys. Every use is synchronous and overwrites what it reads, so none sees another's.
const memory = new ArrayBuffer(LARGEST_BLOCK + LONGEST_COPIED);
const first = new Uint8Array(memory);
const firstBuffer = Buffer.from(memory);
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

/** Parts are written behind the pad one after another, so that nothing is joined before. */
export const tagParts: TagParts = (key, parts) => {
  const pads = look<Pads>(key);
  return hashOuter(pads, hashParts(pads, parts));
};

/** `crypto.hash` writes the text itself, so that there are no octets to be made of it. */
export const tagPartsText: TagPartsText = (key, parts, encoding) => {
  const pads = look<Pads>(key);
  const { native, outer, secondInput } = pads;
  secondInput.set(outer);
  writeLatin1(hashParts(pads, parts), secondInput, outer.length);
  return hash(native, secondInput, encoding);
};

function hmac(digest: DigestEngine): MacEngine {
  const native = nativeName(digest);
  const { blockSize, size } = digest;
  const secondInput = second.subarray(0, blockSize + size);

  return {
    key(secret) {
      const block = new Uint8Array(blockSize);
      block.set(secret.length > blockSize ? digest.digest(secret) : secret);
      const pads: Pads = {
        native,
        inner: block.map((octet) => octet ^ 0x36),
        outer: block.map((octet) => octet ^ 0x5c),
        secondInput,
      };
      block.fill(0);
      return hide(pads);
    },
    tag(key, message) {
      const pads = look<Pads>(key);
      return hashOuter(pads, hashInner(pads, message));
    },
  };
}

function hashInner({ native, inner }: Pads, message: Uint8Array): string {
  if (message.length > LONGEST_COPIED) {
    return createHash(native).update(inner).update(message).digest('binary');
  }
  first.set(inner);
  first.set(message, inner.length);
  return hashText(native, new Uint8Array(memory, 0, inner.length + message.length));
}

function hashParts({ native, inner }: Pads, parts: readonly Part[]): string {
  let length = 0;
  for (const part of parts) length += part.length;
  if (length > LONGEST_COPIED) {
    const long = createHash(native).update(inner);
    // The encoding is that of text alone.
    for (const part of parts) long.update(part as string, 'latin1');
    return long.digest('binary');
  }
  first.set(inner);
  let at = inner.length;
  for (const part of parts) {
    if (typeof part !== 'string') first.set(part, at);
    else if (part.length > LONGEST_LOOPED) firstBuffer.write(part, at, 'latin1');
    else writeLatin1(part, first, at);
    at += part.length;
  }
  return hashText(native, new Uint8Array(memory, 0, at));
}

function hashOuter({ native, outer, secondInput }: Pads, text: string): Bytes {
  secondInput.set(outer);
  writeLatin1(text, secondInput, outer.length);
  return latin1Of(hashText(native, secondInput));
}
