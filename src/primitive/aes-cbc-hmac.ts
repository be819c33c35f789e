/**
 * AES-CBC with HMAC, {@link https://www.rfc-editor.org/rfc/rfc7518#section-5.2 RFC 7518, section 5.2}:
 * A128CBC-HS256, A192CBC-HS384 and A256CBC-HS512 of JOSE. The tag covers the additional data, the IV
 * and the ciphertext; it is checked before anything is decrypted, so that nobody learns anything from
 * the padding.
 *
 * What `seal` returns is IV ‖ ciphertext ‖ tag. Of something of your own AES-GCM is shorter and faster;
 * this one is here for JWE and its peers.
 *
 * @module
 */
import * as macs from '#engine/mac';
import { fillRandom } from '#engine/random';
import { type Bytes, fields, octets } from '../bytes/octets.js';
import type { MacEngine } from '../engine/contract.js';
import { CountersignError } from '../errors.js';
import type { AeadAlgorithm, AeadKey, ForeignMessage } from './aes-gcm.js';
import { type EncryptThenMac, openUnder, sealUnder, splitKey } from './encrypt-then-mac.js';
import { PreparedKey, stateOf } from './prepared.js';

export type { AeadAlgorithm, AeadKey, Bytes, ForeignMessage };

const IV = 16;

/** A128CBC-HS256: a key of 32 octets and a tag of 16. */
export const aes128CbcHmacSha256: AeadAlgorithm = /* @__PURE__ */ cbcHmac(
  'AES-128-CBC-HMAC-SHA-256',
  32,
  macs.hmacSha256,
);
/** A192CBC-HS384: a key of 48 octets and a tag of 24. */
export const aes192CbcHmacSha384: AeadAlgorithm = /* @__PURE__ */ cbcHmac(
  'AES-192-CBC-HMAC-SHA-384',
  48,
  macs.hmacSha384,
);
/** A256CBC-HS512: a key of 64 octets and a tag of 32. */
export const aes256CbcHmacSha512: AeadAlgorithm = /* @__PURE__ */ cbcHmac(
  'AES-256-CBC-HMAC-SHA-512',
  64,
  macs.hmacSha512,
);

function cbcHmac(name: string, keySize: number, mac: MacEngine): AeadAlgorithm {
  const tagSize = keySize / 2;
  const algorithm: AeadAlgorithm = {
    kind: 'aead',
    name,
    keySize,
    nonceSize: IV,
    tagSize,
    key(secret) {
      secret = octets(secret, 'secret');
      if (secret.length !== keySize) {
        throw new CountersignError(
          'ERR_KEY',
          `${name}: expected a key of ${keySize} octets, found ${secret.length}`,
        );
      }
      return new PreparedKey(algorithm, 'secret', splitKey(mac, secret));
    },
    seal(key, plaintext, aad) {
      const state = stateOf<EncryptThenMac>(key, algorithm, 'secret');
      plaintext = octets(plaintext, 'plaintext');
      aad = octets(aad, 'aad');
      const iv = new Uint8Array(IV);
      fillRandom(iv);
      return sealUnder(state, iv, plaintext, aad);
    },
    open(key, sealed, aad) {
      const state = stateOf<EncryptThenMac>(key, algorithm, 'secret');
      sealed = octets(sealed, 'sealed');
      aad = octets(aad, 'aad');
      const tagAt = sealed.length - tagSize;
      if (!(tagAt >= IV)) throw failure(name);
      const [iv, ciphertext] = [sealed.subarray(0, IV), sealed.subarray(IV, tagAt)];
      return must(name, openUnder(state, iv, ciphertext, sealed.subarray(tagAt), aad));
    },
    openForeign(key, message) {
      const state = stateOf<EncryptThenMac>(key, algorithm, 'secret');
      fields(message, 'message', '{ iv, ciphertext, tag, aad }');
      const iv = octets(message.iv, 'message.iv');
      const ciphertext = octets(message.ciphertext, 'message.ciphertext');
      const tag = octets(message.tag, 'message.tag');
      const aad = octets(message.aad, 'message.aad');
      if (iv.length !== IV) {
        throw new CountersignError(
          'ERR_IV',
          `${name}: expected an IV of ${IV} octets, found ${iv.length}`,
        );
      }
      return must(name, openUnder(state, iv, ciphertext, tag, aad));
    },
  };
  return Object.freeze(algorithm);
}

function must(name: string, plaintext: Bytes | undefined): Bytes {
  if (plaintext !== undefined) return plaintext;
  throw failure(name);
}

function failure(name: string): CountersignError {
  return new CountersignError('ERR_DECRYPT_FAILED', `${name}: decryption failed`);
}
