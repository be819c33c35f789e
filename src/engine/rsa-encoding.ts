/**
 * The encodings of {@link https://www.rfc-editor.org/rfc/rfc8017 RFC 8017} that a backend does not
 * do: all of them for BigInt arithmetic, and OAEP with two different hash functions on the
 * versions of Node that can't express it.
 *
 * @module
 */
import { join } from '../bytes/concat.js';
import { derEncode, derObjectId, derSequence, DER_TAG } from '../bytes/der.js';
import { same } from '../bytes/equal.js';
import { encodeUint32 } from '../bytes/integer.js';
import type { Bytes, DigestEngine, OaepParameters } from './contract.js';

/** RFC 8017, appendix B.1, and {@link https://www.rfc-editor.org/rfc/rfc8017#appendix-A.2.4}. */
const DIGEST_OID: Readonly<Record<string, string>> = {
  'SHA-1': '1.3.14.3.2.26',
  'SHA-256': '2.16.840.1.101.3.4.2.1',
  'SHA-384': '2.16.840.1.101.3.4.2.2',
  'SHA-512': '2.16.840.1.101.3.4.2.3',
};

/** EMSA-PKCS1-v1_5-ENCODE, section 9.2: the only form, with the NULL. */
export function pkcs1Encode(hash: DigestEngine, message: Uint8Array, size: number): Bytes {
  const oid = derObjectId(DIGEST_OID[hash.name] ?? '');
  const algorithm = derSequence(oid, derEncode(DER_TAG.null));
  const digestInfo = derSequence(algorithm, derEncode(DER_TAG.octetString, hash.digest(message)));
  const out = new Uint8Array(size).fill(0xff);
  out[0] = 0;
  out[1] = 1;
  out[size - digestInfo.length - 1] = 0;
  out.set(digestInfo, size - digestInfo.length);
  return out;
}

/**
 * EMSA-PSS-VERIFY, section 9.1.2, with MGF1 of the same hash and a salt as long as the digest.
 * `bits` is one less than the modulus has.
 */
export function pssVerify(
  hash: DigestEngine,
  message: Uint8Array,
  encoded: Uint8Array,
  bits: number,
): boolean {
  const size = Math.ceil(bits / 8);
  // A modulus of 8k + 1 bits leaves one octet in front, which step 2.c of section 8.1.2 has zero.
  if (!encoded.subarray(0, encoded.length - size).every((octet) => octet === 0)) return false;
  const em = encoded.subarray(encoded.length - size);
  const padding = size - 2 * hash.size - 2;
  if (padding < 0 || em[size - 1] !== 0xbc) return false;
  const maskedDb = em.subarray(0, size - hash.size - 1);
  const h = em.subarray(maskedDb.length, size - 1);
  const unusedBits = 8 * size - bits;
  const firstOctetMask = 0xff >> unusedBits;
  if (((maskedDb[0] ?? 0) & ~firstOctetMask) !== 0) return false;
  const db = xor(maskedDb, mgf1(hash, h, maskedDb.length));
  db[0] = (db[0] ?? 0) & firstOctetMask;
  if (!db.subarray(0, padding).every((octet) => octet === 0) || db[padding] !== 1) return false;
  const salt = db.subarray(padding + 1);
  return same(h, hash.digest(join(new Uint8Array(8), hash.digest(message), salt)));
}

/** EME-OAEP encoding, section 7.1.1 step 2. `seed` is random and as long as the digest. */
export function oaepEncode(
  { hash, mgfHash, label }: OaepParameters,
  plaintext: Uint8Array,
  seed: Uint8Array,
  size: number,
): Bytes {
  const db = new Uint8Array(size - hash.size - 1);
  db.set(hash.digest(label));
  db[db.length - plaintext.length - 1] = 1;
  db.set(plaintext, db.length - plaintext.length);
  const maskedDb = xor(db, mgf1(mgfHash, seed, db.length));
  const maskedSeed = xor(seed, mgf1(mgfHash, maskedDb, seed.length));
  return join(new Uint8Array(1), maskedSeed, maskedDb);
}

/**
 * EME-OAEP decoding, section 7.1.2 step 3, whose note demands that no one can tell why it failed.
 * Manger's attack reads a plaintext from the answer to one question, whether the first octet is
 * zero; an early return answers it in 16 microseconds. So both masks are always computed, every
 * condition is gathered in one word by arithmetic, and there is one branch, at the end.
 */
export function oaepDecode(
  { hash, mgfHash, label }: OaepParameters,
  encoded: Uint8Array,
): Bytes | undefined {
  const labelHash = hash.digest(label);
  const maskedSeed = encoded.subarray(1, 1 + hash.size);
  const maskedDb = encoded.subarray(1 + hash.size);
  const seed = xor(maskedSeed, mgf1(mgfHash, maskedDb, hash.size));
  const db = xor(maskedDb, mgf1(mgfHash, seed, maskedDb.length));
  let bad = encoded[0] ?? 1;
  for (let i = 0; i < labelHash.length; i++) bad |= (db[i] ?? 0) ^ (labelHash[i] ?? 0);
  let searching = -1; // all ones until the 01 octet was seen
  let start = 0;
  for (let i = labelHash.length; i < db.length; i++) {
    const octet = db[i] ?? 0;
    const isOne = ((octet ^ 1) - 1) >> 31;
    const isZero = (octet - 1) >> 31;
    start |= searching & isOne & (i + 1);
    bad |= searching & ~isOne & ~isZero;
    searching &= ~isOne;
  }
  bad |= searching;
  return bad === 0 ? db.slice(start) : undefined;
}

/** MGF1, appendix B.2.1. */
function mgf1(hash: DigestEngine, seed: Uint8Array, length: number): Bytes {
  const out = new Uint8Array(length);
  for (let at = 0, counter = 0; at < length; at += hash.size, counter++) {
    const block = hash.digest(join(seed, encodeUint32(counter)));
    out.set(block.subarray(0, Math.min(hash.size, length - at)), at);
  }
  return out;
}

function xor(a: Uint8Array, b: Uint8Array): Bytes {
  const out = new Uint8Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = (a[i] ?? 0) ^ (b[i] ?? 0);
  return out;
}
