/**
 * AES, both engines.
 *
 * @module
 */
import type { AeadEngine, BlockModeEngine, CmacEngine, KeyWrapEngine } from '../contract.js';
import * as noble from '../noble/cipher.js';
import * as node from '../node/cipher.js';
import { halves, pair, sameOctets } from './both.js';

export const aesGcm: AeadEngine = agreeAead(node.aesGcm, noble.aesGcm);
export const aesKw: KeyWrapEngine = agreeWrap(node.aesKw, noble.aesKw);
export const aesCbc: BlockModeEngine = agreeBlockMode(node.aesCbc, noble.aesCbc);
export const aesCtr: BlockModeEngine = agreeBlockMode(node.aesCtr, noble.aesCtr);
export const aesEcb: BlockModeEngine = agreeBlockMode(node.aesEcb, noble.aesEcb);
export const aesCmac: CmacEngine = agreeCmac(node.aesCmac, noble.aesCmac);

const TAG = 16;

/** One engine of two. The nonce comes from above, so both ciphertexts are the same. */
export function agreeAead(a: AeadEngine, b: AeadEngine): AeadEngine {
  return {
    key: (secret) => pair(a.key(secret), b.key(secret)),
    seal(key, iv, aad, plaintext, out, at) {
      const keys = halves(key);
      const one = new Uint8Array(plaintext.length + TAG);
      const other = new Uint8Array(plaintext.length + TAG);
      a.seal(keys.node, iv, aad, plaintext, one, 0);
      b.seal(keys.noble, iv, aad, plaintext, other, 0);
      out.set(sameOctets('a sealed message', one, other), at);
    },
    open(key, iv, aad, ciphertext, tag) {
      const keys = halves(key);
      return sameOctets(
        'an opened message',
        a.open(keys.node, iv, aad, ciphertext, tag),
        b.open(keys.noble, iv, aad, ciphertext, tag),
      );
    },
  };
}

/** One engine of two. */
export function agreeWrap(a: KeyWrapEngine, b: KeyWrapEngine): KeyWrapEngine {
  return {
    key: (secret) => pair(a.key(secret), b.key(secret)),
    wrap(key, plaintext) {
      const keys = halves(key);
      return sameOctets(
        'a wrapped key',
        a.wrap(keys.node, plaintext),
        b.wrap(keys.noble, plaintext),
      );
    },
    unwrap(key, wrapped) {
      const keys = halves(key);
      const secrets = [a.unwrap(keys.node, wrapped), b.unwrap(keys.noble, wrapped)] as const;
      return sameOctets('an unwrapped key', ...secrets);
    },
  };
}

/** One engine of two. */
export function agreeBlockMode(a: BlockModeEngine, b: BlockModeEngine): BlockModeEngine {
  return {
    key: (secret) => pair(a.key(secret), b.key(secret)),
    encrypt(key, iv, data) {
      const keys = halves(key);
      const results = [a.encrypt(keys.node, iv, data), b.encrypt(keys.noble, iv, data)] as const;
      return sameOctets('encrypted blocks', ...results);
    },
    decrypt(key, iv, data) {
      const keys = halves(key);
      const results = [a.decrypt(keys.node, iv, data), b.decrypt(keys.noble, iv, data)] as const;
      return sameOctets('decrypted blocks', ...results);
    },
  };
}

/** One engine of two. */
export function agreeCmac(a: CmacEngine, b: CmacEngine): CmacEngine {
  return {
    key: (secret) => pair(a.key(secret), b.key(secret)),
    tag(key, message) {
      const keys = halves(key);
      return sameOctets('CMAC', a.tag(keys.node, message), b.tag(keys.noble, message));
    },
  };
}
