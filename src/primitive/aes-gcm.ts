/**
 * AES-GCM, {@link https://doi.org/10.6028/NIST.SP.800-38D SP 800-38D}, with a tag of 16 octets and
 * a nonce of 12 that is drawn here, since a nonce used twice under one key gives away both messages
 * and the key of the tag.
 *
 * What `seal` returns is nonce ‖ ciphertext ‖ tag. Nonces are random, so a key should seal at most
 * 2^32 messages (section 8.3). GCM does not commit to its key: one ciphertext can be made that two
 * keys open to different messages. Where that matters, use fields/.
 *
 * @module
 */
import { aesGcm } from '#engine/cipher';
import { fillRandom } from '#engine/random';
import { type Bytes, fields, octets } from '../bytes/octets.js';
import type { EngineKey } from '../engine/contract.js';
import { CountersignError } from '../errors.js';
import { PreparedKey, stateOf } from './prepared.js';

export type { Bytes };

/** Somebody else's message, in the parts that its format has. */
export interface ForeignMessage {
  /** Of AES-GCM 12 octets, or 16 as some payment tokens have; of AES-CBC with HMAC 16. */
  readonly iv: Uint8Array;
  readonly ciphertext: Uint8Array;
  /** Whole; nothing shorter is taken. */
  readonly tag: Uint8Array;
  /** Authenticated with it; may be empty. */
  readonly aad: Uint8Array;
}

/** AES-GCM, or AES-CBC with HMAC, with one size of key. */
export interface AeadAlgorithm {
  readonly kind: 'aead';
  readonly name: string;
  /** Octets of a key. */
  readonly keySize: number;
  /** Octets of the nonce or IV that `seal` draws and begins with. */
  readonly nonceSize: number;
  /** Octets of the tag that it ends with. */
  readonly tagSize: number;
  /** Parses a key of exactly that size. The octets are copied. */
  key(secret: Uint8Array): AeadKey;
  /** Encrypts under a fresh nonce. `aad` is authenticated and not contained; it may be empty. */
  seal(key: AeadKey, plaintext: Uint8Array, aad: Uint8Array): Bytes;
  /** Opens what `seal` made with the same `aad`; all failures are `ERR_DECRYPT_FAILED`. */
  open(key: AeadKey, sealed: Uint8Array, aad: Uint8Array): Bytes;
  /** Opens a message of another format; it is not made here. */
  openForeign(key: AeadKey, message: ForeignMessage): Bytes;
}

/** A secret for one of them. */
export type AeadKey = PreparedKey<'secret', 'aead'>;

const NONCE = 12;
const FOREIGN_NONCE = 16;
const TAG = 16;

export const aes128Gcm: AeadAlgorithm = /* @__PURE__ */ gcm(16);
export const aes192Gcm: AeadAlgorithm = /* @__PURE__ */ gcm(24);
export const aes256Gcm: AeadAlgorithm = /* @__PURE__ */ gcm(32);

function gcm(keySize: number): AeadAlgorithm {
  const name = `AES-${keySize * 8}-GCM`;
  const algorithm: AeadAlgorithm = {
    kind: 'aead',
    name,
    keySize,
    nonceSize: NONCE,
    tagSize: TAG,
    key(secret) {
      secret = octets(secret, 'secret');
      if (secret.length !== keySize) {
        throw new CountersignError(
          'ERR_KEY',
          `${name}: expected a key of ${keySize} octets, found ${secret.length}`,
        );
      }
      return new PreparedKey(algorithm, 'secret', aesGcm.key(secret));
    },
    seal(key, plaintext, aad) {
      const state = stateOf<EngineKey<'aead'>>(key, algorithm, 'secret');
      plaintext = octets(plaintext, 'plaintext');
      aad = octets(aad, 'aad');
      const nonce = new Uint8Array(NONCE);
      fillRandom(nonce);
      const out = new Uint8Array(NONCE + plaintext.length + TAG);
      out.set(nonce);
      aesGcm.seal(state, nonce, aad, plaintext, out, NONCE);
      return out;
    },
    open(key, sealed, aad) {
      const state = stateOf<EngineKey<'aead'>>(key, algorithm, 'secret');
      sealed = octets(sealed, 'sealed');
      aad = octets(aad, 'aad');
      const tagAt = sealed.length - TAG;
      if (!(tagAt >= NONCE)) throw failure(name);
      const [nonce, ciphertext] = [sealed.subarray(0, NONCE), sealed.subarray(NONCE, tagAt)];
      const plaintext = aesGcm.open(state, nonce, aad, ciphertext, sealed.subarray(tagAt));
      if (plaintext === undefined) throw failure(name);
      return plaintext;
    },
    openForeign(key, message) {
      const state = stateOf<EngineKey<'aead'>>(key, algorithm, 'secret');
      fields(message, 'message', '{ iv, ciphertext, tag, aad }');
      const iv = octets(message.iv, 'message.iv');
      const ciphertext = octets(message.ciphertext, 'message.ciphertext');
      const tag = octets(message.tag, 'message.tag');
      const aad = octets(message.aad, 'message.aad');
      if (iv.length !== NONCE && iv.length !== FOREIGN_NONCE) {
        throw new CountersignError(
          'ERR_IV',
          `${name}: expected an IV of ${NONCE} or ${FOREIGN_NONCE} octets, found ${iv.length}`,
        );
      }
      const plaintext =
        tag.length === TAG ? aesGcm.open(state, iv, aad, ciphertext, tag) : undefined;
      if (plaintext === undefined) throw failure(name);
      return plaintext;
    },
  };
  return Object.freeze(algorithm);
}

function failure(name: string): CountersignError {
  return new CountersignError('ERR_DECRYPT_FAILED', `${name}: decryption failed`);
}
