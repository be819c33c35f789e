/**
 * Known answers need known nonces. Nothing outside `countersign/testing` reaches these: a nonce
 * that a caller can choose is one that a caller can repeat.
 *
 * @module
 */
import * as cipher from '#engine/cipher';
import * as digests from '#engine/digest';
import * as curves from '#engine/ecdsa';
import { type Bytes, octets } from '../bytes/octets.js';
import type { EngineKey } from '../engine/contract.js';
import { CountersignError } from '../errors.js';
import type { AeadAlgorithm, AeadKey } from '../primitive/aes-gcm.js';
import { aesCbc, aesCtr, type CipherKey } from '../primitive/aes-modes.js';
import {
  ecdsaP256Sha256,
  ecdsaP384Sha384,
  ecdsaP521Sha512,
  ecdsaSecp256k1Sha256,
  type EcdsaAlgorithm,
  type EcdsaPrivateKey,
} from '../primitive/ecdsa.js';
import { type EncryptThenMac, sealUnder } from '../primitive/encrypt-then-mac.js';
import { stateOf } from '../primitive/prepared.js';

/** AES-GCM or AES-CBC with HMAC under a given nonce; the result is laid out as `seal` does. */
export function sealWithNonce(
  algorithm: AeadAlgorithm,
  key: AeadKey,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  aad: Uint8Array,
): Bytes {
  const state = stateOf(key, algorithm, 'secret');
  const { nonceSize: expected, tagSize } = algorithm;
  nonce = octets(nonce, 'nonce');
  const size = nonce.length;
  if (size !== expected) {
    throw new CountersignError('ERR_IV', `expected ${expected} octets, found ${size}`);
  }
  plaintext = octets(plaintext, 'plaintext');
  aad = octets(aad, 'aad');
  if ('macKey' in state) return sealUnder(state as EncryptThenMac, nonce, plaintext, aad);
  const out = new Uint8Array(size + plaintext.length + tagSize);
  out.set(nonce);
  cipher.aesGcm.seal(state as EngineKey<'aead'>, nonce, aad, plaintext, out, size);
  return out;
}

/** AES-CBC of whole blocks under a given IV. */
export function encryptCbcWithIv(key: CipherKey, iv: Uint8Array, plaintext: Uint8Array): Bytes {
  const state = stateOf<EngineKey<'block'>>(key, aesCbc, 'secret');
  return cipher.aesCbc.encrypt(state, block(iv), blocks(plaintext, 'plaintext'));
}

/** AES-CTR under a given counter block. */
export function encryptCtrWithIv(key: CipherKey, iv: Uint8Array, plaintext: Uint8Array): Bytes {
  const state = stateOf<EngineKey<'block'>>(key, aesCtr, 'secret');
  return cipher.aesCtr.encrypt(state, block(iv), octets(plaintext, 'plaintext'));
}

/**
 * ECDSA with the deterministic nonce of {@link https://www.rfc-editor.org/rfc/rfc6979 RFC 6979}, as
 * r ‖ s. node:crypto does not offer it, so the node engine refuses.
 */
export function signDeterministic(
  algorithm: EcdsaAlgorithm,
  key: EcdsaPrivateKey,
  message: Uint8Array,
): Bytes {
  const state = stateOf<EngineKey<'ec-private'>>(key, algorithm, 'private');
  const [curve, hash] = DETERMINISTIC.get(algorithm) ?? [];
  if (curve?.signDeterministic === undefined || hash === undefined) {
    throw new CountersignError(
      'ERR_UNSUPPORTED_ENGINE',
      'this engine has no deterministic ECDSA; run with --conditions=countersign-noble',
    );
  }
  return curve.signDeterministic(state, hash, octets(message, 'message'));
}

const DETERMINISTIC = new Map([
  [ecdsaP256Sha256, [curves.p256, digests.sha256] as const],
  [ecdsaP384Sha384, [curves.p384, digests.sha384] as const],
  [ecdsaP521Sha512, [curves.p521, digests.sha512] as const],
  [ecdsaSecp256k1Sha256, [curves.secp256k1, digests.sha256] as const],
]);

function block(iv: Uint8Array): Uint8Array {
  iv = octets(iv, 'iv');
  const size = iv.length;
  if (size === 16) return iv;
  throw new CountersignError('ERR_IV', `expected 16 octets, found ${size}`);
}

function blocks(value: Uint8Array, what: string): Uint8Array {
  value = octets(value, what);
  const size = value.length;
  if (size > 0 && size % 16 === 0) return value;
  throw new CountersignError(
    'ERR_LENGTH',
    `expected whole blocks of 16 octets, found ${size} octets`,
  );
}
