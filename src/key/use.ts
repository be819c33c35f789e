/**
 * What keys do: with their asynchronous twins, the one caller of keyed primitives.
 * `countersign/key/use`.
 *
 * @module
 */
import { type Bytes, octets, typeName } from '../bytes/octets.js';
import type { AeadAlgorithm, ForeignMessage } from '../primitive/aes-gcm.js';
import type { KeyWrapAlgorithm } from '../primitive/aes-kw.js';
import type { CmacAlgorithm } from '../primitive/aes-modes.js';
import type { AgreementAlgorithm, AgreementPublicKey } from '../primitive/agreement.js';
import type { EcdsaAlgorithm, EcdsaForm } from '../primitive/ecdsa.js';
import type { Ed25519Algorithm } from '../primitive/ed25519.js';
import type { MacAlgorithm } from '../primitive/hmac.js';
import type { WeakMacAlgorithm } from '../primitive/legacy/hmac.js';
import type { WeakRsaAlgorithm } from '../primitive/legacy/rsa.js';
import { weak, type WeakOctets, type WeakVerdict } from '../primitive/legacy/weak.js';
import { type Part, type PartsAlgorithm, partsOf, tagParts } from '../primitive/parts.js';
import type { OaepAlgorithm } from '../primitive/rsa-oaep.js';
import type { RsaAlgorithm } from '../primitive/rsa.js';
import { contentsFor, Key } from './handle.js';
import { findTag } from './parts.js';

export type {
  AeadAlgorithm,
  AgreementAlgorithm,
  Bytes,
  EcdsaAlgorithm,
  EcdsaForm,
  ForeignMessage,
  Key,
  KeyWrapAlgorithm,
  MacAlgorithm,
  OaepAlgorithm,
  Part,
  PartsAlgorithm,
  RsaAlgorithm,
  WeakMacAlgorithm,
  WeakOctets,
  WeakRsaAlgorithm,
  WeakVerdict,
};

/** As many signatures as one message may have. */
const MOST_TAGS = 8;

/** The algorithms that sign. */
export type SigningAlgorithm = EcdsaAlgorithm | Ed25519Algorithm | RsaAlgorithm;
/** The algorithms that make tags. */
export type TaggingAlgorithm = MacAlgorithm | CmacAlgorithm | WeakMacAlgorithm;
/** The algorithms that verify, by a public key or by the secret. */
export type VerifyingAlgorithm = SigningAlgorithm | TaggingAlgorithm | WeakRsaAlgorithm;

/** ECDSA alone is told the form of its signatures. */
export type Form<A> = A extends EcdsaAlgorithm ? [form: EcdsaForm] : [];
/** A broken algorithm's acceptance is never `true`. */
export type Verdict<A> = A extends { readonly strength: 'weak' } ? WeakVerdict : boolean;
/** A broken algorithm's tags are marked. */
export type Tag<A> = A extends { readonly strength: 'weak' } ? WeakOctets : Bytes;

/** Signs. */
export function sign<A extends SigningAlgorithm>(
  key: Key<A, 'sign'>,
  message: Uint8Array,
  ...form: Form<A>
): Bytes {
  const { alg, prepared } = contentsFor(key, 'sign');
  return alg.sign(prepared as never, message, ...(form as [never]));
}

/** Whether `signature`, a signature or a tag, is one of `message`. */
export function verify<A extends VerifyingAlgorithm>(
  key: Key<A, 'verify'>,
  message: Uint8Array,
  signature: Uint8Array,
  ...form: Form<A>
): Verdict<A> {
  const { alg, prepared } = contentsFor(key, 'verify');
  return alg.verify(prepared as never, message, signature, ...(form as [never])) as Verdict<A>;
}

/** Makes the tag of `message`. */
export function mac<A extends TaggingAlgorithm>(key: Key<A, 'mac'>, message: Uint8Array): Tag<A> {
  const { alg, prepared } = contentsFor(key, 'mac');
  return alg.tag(prepared as never, message) as Tag<A>;
}

/** Makes the tag of the parts joined: octets, and text whose characters are octets. */
export function macParts<A extends PartsAlgorithm>(
  key: Key<A, 'mac'>,
  parts: readonly Part[],
): Tag<A> {
  const { alg, prepared } = contentsFor(key, 'mac');
  const tag = tagParts(alg, prepared as never, parts);
  return (alg.kind === 'weak-mac' ? weak(tag) : tag) as Tag<A>;
}

/**
 * Which of `tags`, 8 at most, is that of the parts joined: the index of the first, or -1 for none. One
 * tag is made for all of them. What an index is worth is for `key.alg` to say: where its `strength` is
 * 'weak', it is worth a `WeakVerdict`.
 */
export function verifyParts(
  key: Key<PartsAlgorithm, 'verify'>,
  parts: readonly Part[],
  tags: readonly Uint8Array[],
): number {
  if (!Array.isArray(tags)) {
    throw new TypeError(`tags: expected a list, found ${typeName(tags)}`);
  }
  if (!(tags.length <= MOST_TAGS)) {
    throw new TypeError(`tags: expected at most ${MOST_TAGS}, found ${tags.length}`);
  }
  const given: Uint8Array[] = [];
  // By index: holes are no octets either.
  for (let i = 0; i < tags.length; i++) given.push(octets(tags[i], 'tag'));
  return findTag(key, partsOf(parts), given);
}

/** Encrypts under a fresh nonce; `aad` is authenticated with it and not contained. */
export function seal(
  key: Key<AeadAlgorithm, 'seal'>,
  plaintext: Uint8Array,
  aad: Uint8Array,
): Bytes {
  const { alg, prepared } = contentsFor(key, 'seal');
  return alg.seal(prepared as never, plaintext, aad);
}

/** Opens what `seal` made with the same `aad`; all failures are `ERR_DECRYPT_FAILED`. */
export function open(key: Key<AeadAlgorithm, 'open'>, sealed: Uint8Array, aad: Uint8Array): Bytes {
  const { alg, prepared } = contentsFor(key, 'open');
  return alg.open(prepared as never, sealed, aad);
}

/** Opens a message of another format; it is not made here. */
export function openForeign(key: Key<AeadAlgorithm, 'open'>, message: ForeignMessage): Bytes {
  const { alg, prepared } = contentsFor(key, 'open');
  return alg.openForeign(prepared as never, message);
}

/** Wraps octets of a key. */
export function wrap(key: Key<KeyWrapAlgorithm, 'wrap'>, plaintext: Uint8Array): Bytes {
  const { alg, prepared } = contentsFor(key, 'wrap');
  return alg.wrap(prepared as never, plaintext);
}

/** Unwraps; all failures are `ERR_DECRYPT_FAILED`. */
export function unwrap(key: Key<KeyWrapAlgorithm, 'unwrap'>, wrapped: Uint8Array): Bytes {
  const { alg, prepared } = contentsFor(key, 'unwrap');
  return alg.unwrap(prepared as never, wrapped);
}

/** Encrypts a few octets to the holder of a private key. */
export function encrypt(
  key: Key<OaepAlgorithm, 'encrypt'>,
  plaintext: Uint8Array,
  label: Uint8Array,
): Bytes {
  const { alg, prepared } = contentsFor(key, 'encrypt');
  return alg.encrypt(prepared as never, plaintext, label);
}

/** Decrypts; all failures are `ERR_DECRYPT_FAILED`. */
export function decrypt(
  key: Key<OaepAlgorithm, 'decrypt'>,
  ciphertext: Uint8Array,
  label: Uint8Array,
): Bytes {
  const { alg, prepared } = contentsFor(key, 'decrypt');
  return alg.decrypt(prepared as never, ciphertext, label);
}

/**
 * The secret shared with a peer, whose public key was imported or is given as it arrived: an
 * uncompressed point, or the 32 octets of X25519. It is no key yet: put it through a KDF.
 */
export function agree(
  key: Key<AgreementAlgorithm, 'agree'>,
  peer: Key<AgreementAlgorithm, 'peer'> | Uint8Array,
): Bytes {
  const { alg, prepared } = contentsFor(key, 'agree');
  const given =
    peer instanceof Key ? (contentsFor(peer, 'peer').prepared as AgreementPublicKey) : peer;
  return alg.agree(prepared as never, given);
}
