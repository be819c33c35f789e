// @ts-check
// AES: GCM, CBC with HMAC, key wrapping, CBC.
import {
  aes128CbcHmacSha256,
  aes192CbcHmacSha384,
  aes256CbcHmacSha512,
} from 'countersign/alg/aes-cbc-hmac';
import { aes128Gcm, aes192Gcm, aes256Gcm } from 'countersign/alg/aes-gcm';
import { aes128Kw, aes192Kw, aes256Kw } from 'countersign/alg/aes-kw';
import { aesCbc } from 'countersign/alg/aes-modes';
import { concat, equal } from 'countersign/bytes';
import { importSecret } from 'countersign/key/secret';
import { open, openForeign, unwrap, wrap } from 'countersign/key/use';
import { sealWithNonce } from 'countersign/testing';
import { hex, number } from '../fields.js';
import { find, judge } from '../judge.js';
import { isWeakSecret } from '../policy.js';
import { isGuessable, NO_HANDLE } from '../secrets.js';

/** @type {Readonly<Record<number, import('countersign/alg/aes-gcm').AeadAlgorithm>>} */
const GCM = { 128: aes128Gcm, 192: aes192Gcm, 256: aes256Gcm };
/** @type {Readonly<Record<string, import('countersign/alg/aes-gcm').AeadAlgorithm>>} */
const CBC_HMAC = {
  'A128CBC-HS256': aes128CbcHmacSha256,
  'A192CBC-HS384': aes192CbcHmacSha384,
  'A256CBC-HS512': aes256CbcHmacSha512,
};
/** @type {Readonly<Record<number, import('countersign/alg/aes-kw').KeyWrapAlgorithm>>} */
const WRAP = { 128: aes128Kw, 192: aes192Kw, 256: aes256Kw };
const RAW = /** @type {const} */ ({ encoding: 'raw' });

/** @type {Readonly<Record<string, import('../suites/wycheproof.js').GroupReader>>} */
export const cipherGroups = {
  AeadTest(group, { algorithm }) {
    const size = number(group, 'keySize');
    const alg = algorithm === 'AES-GCM' ? GCM[size] : CBC_HMAC[String(algorithm)];
    if (alg === undefined || size !== 8 * alg.keySize) {
      return { scope: `out of scope: ${String(algorithm)}` };
    }
    const [ivBits, tagBits] = [number(group, 'ivSize'), number(group, 'tagSize')];
    return {
      algorithm: alg.name,
      run(test, label) {
        const [secret, iv, aad] = [hex(test, 'key'), hex(test, 'iv'), hex(test, 'aad')];
        const [plaintext, ciphertext] = [hex(test, 'msg'), hex(test, 'ct')];
        const message = { iv, ciphertext, tag: hex(test, 'tag'), aad };
        const whole = concat(iv, ciphertext, message.tag);
        const found = find(() => {
          if (isGuessable(secret, alg)) return alg.openForeign(alg.key(secret), message);
          const key = importSecret(secret, { alg, use: 'open', ...RAW });
          // With a nonce of its size the message is one of ours.
          if (iv.length !== alg.nonceSize) return openForeign(key, message);
          const opened = find(() => open(key, whole, aad));
          const foreign = find(() => openForeign(key, message));
          if (opened.kind !== foreign.kind || opened.text !== foreign.text) {
            throw new Error(`open gives ${opened.text}, openForeign ${foreign.text}`);
          }
          const plain = open(key, whole, aad);
          // What opens is what is sealed.
          const sealed = sealWithNonce(alg, alg.key(secret), iv, plaintext, aad);
          return equal(sealed, whole) ? plain : sealed;
        });
        return judge({
          algorithm: alg.name,
          operation: 'open',
          label,
          expected: plaintext,
          found,
          relaxed: isWeakSecret(secret) ? [NO_HANDLE] : [],
          ...(ivBits === 8 * alg.nonceSize || ivBits === 128
            ? {}
            : { policy: `an IV of ${ivBits} bits` }),
          ...(tagBits === 8 * alg.tagSize ? {} : { policy: `a tag of ${tagBits} bits, truncated` }),
        });
      },
    };
  },

  KeywrapTest(group, { algorithm }) {
    const alg = WRAP[number(group, 'keySize')];
    if (algorithm !== 'AES-WRAP' || alg === undefined) {
      return { scope: `out of scope: ${String(algorithm)}` };
    }
    return {
      algorithm: alg.name,
      run(test, label) {
        const [secret, key, wrapped] = [hex(test, 'key'), hex(test, 'msg'), hex(test, 'ct')];
        const found = find(() => {
          const guessable = isGuessable(secret, alg);
          const again = () =>
            guessable
              ? alg.wrap(alg.key(secret), key)
              : wrap(importSecret(secret, { alg, use: 'wrap', ...RAW }), key);
          // Without a ciphertext it is asked whether such a key is wrapped.
          if (wrapped.length === 0 && key.length > 0) return again();
          const unwrapped = guessable
            ? alg.unwrap(alg.key(secret), wrapped)
            : unwrap(importSecret(secret, { alg, use: 'unwrap', ...RAW }), wrapped);
          return equal(again(), wrapped) ? unwrapped : again();
        });
        const relaxed = isWeakSecret(secret) ? [NO_HANDLE] : [];
        const operation = /** @type {const} */ ('unwrap');
        return judge({ algorithm: alg.name, operation, label, expected: key, found, relaxed });
      },
    };
  },

  IndCpaTest(_, { algorithm }) {
    if (algorithm !== 'AES-CBC-PKCS5') return { scope: `out of scope: ${String(algorithm)}` };
    return {
      algorithm: aesCbc.name,
      run(test, label) {
        const [iv, ciphertext, expected] = [hex(test, 'iv'), hex(test, 'ct'), hex(test, 'msg')];
        const found = find(() =>
          aesCbc.decrypt(aesCbc.key(hex(test, 'key')), iv, ciphertext, 'pkcs7'),
        );
        return judge({ algorithm: aesCbc.name, operation: 'decrypt', label, expected, found });
      },
    };
  },
};
