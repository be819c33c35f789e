/**
 * AES-KW, {@link https://www.rfc-editor.org/rfc/rfc3394 RFC 3394}: keys wrapped under a key. It
 * binds no context, so a wrapped key can be put in another's place; it is here for JWE and for
 * others' formats.
 *
 * @module
 */
import { aesKw } from '#engine/cipher';
import { type Bytes, octets } from '../bytes/octets.js';
import type { EngineKey } from '../engine/contract.js';
import { CountersignError } from '../errors.js';
import { PreparedKey, stateOf } from './prepared.js';

export type { Bytes };

/** AES-KW with one size of key. */
export interface KeyWrapAlgorithm {
  readonly kind: 'wrap';
  readonly name: string;
  /** Octets of the wrapping key. */
  readonly keySize: number;
  /** Parses a wrapping key of exactly that size. The octets are copied. */
  key(secret: Uint8Array): KeyWrapKey;
  /** Wraps 16 octets or more, a multiple of 8; the same key always wraps to the same octets. */
  wrap(key: KeyWrapKey, plaintext: Uint8Array): Bytes;
  /** Unwraps; all failures are `ERR_DECRYPT_FAILED`. */
  unwrap(key: KeyWrapKey, wrapped: Uint8Array): Bytes;
}

/** A secret for AES-KW of one size. */
export type KeyWrapKey = PreparedKey<'secret', 'wrap'>;

const HALF_BLOCK = 8;
const LEAST = 16;
/** More than any key, an RSA-8192 private key in DER aside; each 8 octets cost six AES calls. */
const MOST = 4096;

export const aes128Kw: KeyWrapAlgorithm = /* @__PURE__ */ keyWrap(16);
export const aes192Kw: KeyWrapAlgorithm = /* @__PURE__ */ keyWrap(24);
export const aes256Kw: KeyWrapAlgorithm = /* @__PURE__ */ keyWrap(32);

function keyWrap(keySize: number): KeyWrapAlgorithm {
  const name = `AES-${keySize * 8}-KW`;
  const algorithm: KeyWrapAlgorithm = {
    kind: 'wrap',
    name,
    keySize,
    key(secret) {
      secret = octets(secret, 'secret');
      if (secret.length !== keySize) {
        throw new CountersignError(
          'ERR_KEY',
          `${name}: expected a key of ${keySize} octets, found ${secret.length}`,
        );
      }
      return new PreparedKey(algorithm, 'secret', aesKw.key(secret));
    },
    wrap(key, plaintext) {
      const state = stateOf<EngineKey<'wrap'>>(key, algorithm, 'secret');
      plaintext = octets(plaintext, 'plaintext');
      if (!isWhole(plaintext.length)) {
        throw new CountersignError(
          'ERR_LENGTH',
          `${name}: expected ${LEAST} to ${MOST} octets in steps of 8, found ${plaintext.length}`,
        );
      }
      return aesKw.wrap(state, plaintext);
    },
    unwrap(key, wrapped) {
      const state = stateOf<EngineKey<'wrap'>>(key, algorithm, 'secret');
      wrapped = octets(wrapped, 'wrapped');
      const plaintext = isWhole(wrapped.length - HALF_BLOCK)
        ? aesKw.unwrap(state, wrapped)
        : undefined;
      if (plaintext === undefined) {
        throw new CountersignError('ERR_DECRYPT_FAILED', `${name}: decryption failed`);
      }
      return plaintext;
    },
  };
  return Object.freeze(algorithm);
}

/** Whether that many octets can be a wrapped key; node:crypto takes none at all for one. */
function isWhole(length: number): boolean {
  return LEAST <= length && length <= MOST && length % HALF_BLOCK === 0;
}
