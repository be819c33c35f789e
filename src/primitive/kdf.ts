/**
 * Key derivation: HKDF, {@link https://www.rfc-editor.org/rfc/rfc5869 RFC 5869}, and the two
 * counter constructions over a plain hash: Concat KDF, SP 800-56A revision 1 section 5.8.1 as
 * {@link https://www.rfc-editor.org/rfc/rfc7518#section-4.6.2 RFC 7518, section 4.6.2} uses it, and
 * the KDF of ANSI X9.63, {@link https://www.secg.org/sec1-v2.pdf SEC 1, section 3.6.1}.
 *
 * @module
 */
import * as engine from '#engine/mac';
import { join } from '../bytes/concat.js';
import { encodeUint32 } from '../bytes/integer.js';
import { type Bytes, choice, fields, integer, octets } from '../bytes/octets.js';
import type { MacEngine } from '../engine/contract.js';
import { CountersignError } from '../errors.js';
import type { DigestAlgorithm } from './digest.js';

export type { Bytes };

/** HKDF over one hash function. */
export interface HkdfAlgorithm {
  readonly kind: 'kdf';
  readonly name: string;
  /** Section 2.2: a key of `size` octets from input keying material; `salt` may be empty. */
  extract(ikm: Uint8Array, salt: Uint8Array): Bytes;
  /** Section 2.3: `length` octets from such a key; at most 255 times the hash. */
  expand(prk: Uint8Array, info: Uint8Array, length: number): Bytes;
  /** Both steps. */
  derive(ikm: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Bytes;
}

// More than any key needs. The standards allow far more, and hash all of the input again for every
// block of output: without a bound on each, their product is a way to hang.
const LONGEST_OUTPUT = 8192;
const LONGEST_INPUT = 16_384;

export const hkdfSha256: HkdfAlgorithm = /* @__PURE__ */ hkdf('SHA-256', 32, engine.hmacSha256);
export const hkdfSha384: HkdfAlgorithm = /* @__PURE__ */ hkdf('SHA-384', 48, engine.hmacSha384);
export const hkdfSha512: HkdfAlgorithm = /* @__PURE__ */ hkdf('SHA-512', 64, engine.hmacSha512);

/** Concat KDF: Hash(counter ‖ Z ‖ OtherInfo). OtherInfo is the caller's, lengths included. */
export function concatKdf(
  hash: DigestAlgorithm,
  z: Uint8Array,
  otherInfo: Uint8Array,
  length: number,
): Bytes {
  z = octets(z, 'z');
  otherInfo = octets(otherInfo, 'otherInfo');
  checkInput('Concat KDF', z.length + otherInfo.length);
  const tail = join(z, otherInfo);
  return counted(hash, length, (counter) => join(counter, tail));
}

/** X9.63 KDF: Hash(Z ‖ counter ‖ SharedInfo). */
export function x963Kdf(
  hash: DigestAlgorithm,
  z: Uint8Array,
  sharedInfo: Uint8Array,
  length: number,
): Bytes {
  z = octets(z, 'z');
  sharedInfo = octets(sharedInfo, 'sharedInfo');
  checkInput('X9.63 KDF', z.length + sharedInfo.length);
  return counted(hash, length, (counter) => join(z, counter, sharedInfo));
}

function hkdf(hashName: string, size: number, mac: MacEngine): HkdfAlgorithm {
  const name = `HKDF-${hashName}`;
  const algorithm: HkdfAlgorithm = {
    kind: 'kdf',
    name,
    extract(ikm, salt) {
      return mac.tag(mac.key(octets(salt, 'salt')), octets(ikm, 'ikm'));
    },
    expand(prk, info, length) {
      prk = octets(prk, 'prk');
      if (prk.length < size) {
        throw new CountersignError(
          'ERR_KEY',
          `${name}: expected at least ${size} octets, found ${prk.length}`,
        );
      }
      info = octets(info, 'info');
      checkInput(name, info.length);
      const out = new Uint8Array(integer(length, 'length', 1, 255 * size));
      const key = mac.key(prk);
      let block: Bytes = new Uint8Array(0);
      for (let i = 1, at = 0; at < length; i++, at += size) {
        block = mac.tag(key, join(block, info, Uint8Array.of(i)));
        out.set(block.subarray(0, length - at), at);
      }
      return out;
    },
    derive: (ikm, salt, info, length) =>
      algorithm.expand(algorithm.extract(ikm, salt), info, length),
  };
  return Object.freeze(algorithm);
}

function checkInput(name: string, size: number): void {
  if (size <= LONGEST_INPUT) return;
  throw new CountersignError(
    'ERR_LENGTH',
    `${name}: expected at most ${LONGEST_INPUT} octets of input, found ${size}`,
  );
}

function counted(hash: DigestAlgorithm, length: number, input: (counter: Bytes) => Bytes): Bytes {
  const expected = 'a hash function of countersign/alg/digest';
  choice(fields(hash, 'hash', expected).kind, `hash: expected ${expected}; its kind`, ['digest']);
  const size = integer(hash.size, 'hash.size', 1, 64);
  const out = new Uint8Array(integer(length, 'length', 1, LONGEST_OUTPUT));
  for (let i = 1, at = 0; at < length; i++, at += size) {
    out.set(hash.digest(input(encodeUint32(i))).subarray(0, length - at), at);
  }
  return out;
}
