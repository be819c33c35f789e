// @ts-check
// AES that authenticates: GCM and key wrapping,
// https://pages.nist.gov/ACVP/draft-celi-acvp-symmetric.html.
import { aes128Gcm, aes192Gcm, aes256Gcm } from 'countersign/alg/aes-gcm';
import { aes128Kw, aes192Kw, aes256Kw } from 'countersign/alg/aes-kw';
import { concat, equal } from 'countersign/bytes';
import { importSecret } from 'countersign/key/secret';
import { openForeign, unwrap, wrap } from 'countersign/key/use';
import { sealWithNonce } from 'countersign/testing';
import { hex, number, text } from '../fields.js';
import { find, judge } from '../judge.js';
import { isWeakSecret } from '../policy.js';
import { isGuessable, NO_HANDLE } from '../secrets.js';
import { areOctets, bitsOf, NOT_OCTETS, sizedHex, skipped } from './lengths.js';

/**
 * @typedef {import('../fields.js').Fields} Fields
 * @typedef {import('../suites/acvp.js').GroupReader} GroupReader
 */

/** @type {Readonly<Record<number, import('countersign/alg/aes-gcm').AeadAlgorithm>>} */
const GCM = { 128: aes128Gcm, 192: aes192Gcm, 256: aes256Gcm };
/** @type {Readonly<Record<number, import('countersign/alg/aes-kw').KeyWrapAlgorithm>>} */
const WRAP = { 128: aes128Kw, 192: aes192Kw, 256: aes256Kw };
const RAW = /** @type {const} */ ({ encoding: 'raw' });
/** Octets of the largest key that is wrapped; docs/SECURITY.md. */
const MOST_WRAPPED = 4096;

/** @type {Readonly<Record<string, GroupReader>>} */
export const cipherGroups = {
  'acvp-aes-gcm'(group) {
    const alg = GCM[number(group, 'keyLen')];
    if (alg === undefined) throw new Error('no size of an AES key');
    const seals = isEncryption(group);
    const [ivBits, tagBits] = [number(group, 'ivLen'), number(group, 'tagLen')];
    const policy = gcmPolicy(seals, ivBits, tagBits);
    return {
      algorithm: alg.name,
      run(test, label) {
        const bits = bitsOf(test, group, 'payloadLen') ?? bitsOf(test, group, 'ptLen');
        const aadBits = bitsOf(test, group, 'aadLen');
        if (!areOctets(bits, aadBits, ivBits, tagBits)) return skipped(NOT_OCTETS);
        if (seals && test['deferred'] === true && !('iv' in test)) {
          return skipped('out of scope: an IV that the implementation draws');
        }
        const key = sizedHex(test, 'key', number(group, 'keyLen'));
        const ciphertext = sizedHex(test, 'ct', bits);
        const message = {
          iv: sizedHex(test, 'iv', ivBits),
          ciphertext,
          tag: sizedHex(test, 'tag', tagBits),
          aad: sizedHex(test, 'aad', aadBits),
        };
        const open = () =>
          isGuessable(key, alg)
            ? alg.openForeign(alg.key(key), message)
            : openForeign(importSecret(key, { alg, use: 'open', ...RAW }), message);
        const plaintext = plaintextOf(test, label, bits);
        const sealed = concat(message.iv, ciphertext, message.tag);
        const found = find(() => {
          if (!seals || tagBits !== 128) return open();
          const made = sealWithNonce(alg, alg.key(key), message.iv, plaintext, message.aad);
          return equal(made, sealed) && !equal(open(), plaintext) ? false : made;
        });
        return judge({
          algorithm: alg.name,
          operation: seals ? 'seal' : 'open',
          label,
          expected: seals ? sealed : plaintext,
          found,
          relaxed: isWeakSecret(key) ? [NO_HANDLE] : [],
          ...(policy === undefined ? {} : { policy }),
        });
      },
    };
  },

  'acvp-aes-kw'(group) {
    const alg = WRAP[number(group, 'keyLen')];
    if (alg === undefined) throw new Error('no size of an AES key');
    if (text(group, 'kwCipher') !== 'cipher') return { scope: 'AES-KW with the inverse cipher' };
    const wraps = isEncryption(group);
    return {
      algorithm: alg.name,
      run(test, label) {
        const secret = sizedHex(test, 'key', number(group, 'keyLen'));
        const [plaintext, wrapped] = [plaintextOf(test, label), hex(test, 'ct')];
        const size = Math.max(plaintext.length, wrapped.length - 8);
        const found = find(() => {
          const guessable = isGuessable(secret, alg);
          if (wraps) {
            return guessable
              ? alg.wrap(alg.key(secret), plaintext)
              : wrap(importSecret(secret, { alg, use: 'wrap', ...RAW }), plaintext);
          }
          return guessable
            ? alg.unwrap(alg.key(secret), wrapped)
            : unwrap(importSecret(secret, { alg, use: 'unwrap', ...RAW }), wrapped);
        });
        return judge({
          algorithm: alg.name,
          operation: wraps ? 'wrap' : 'unwrap',
          label,
          expected: wraps ? wrapped : plaintext,
          found,
          relaxed: isWeakSecret(secret) ? [NO_HANDLE] : [],
          ...(size > MOST_WRAPPED ? { policy: `a wrapped key of ${size} octets` } : {}),
        });
      },
    };
  },
};

/** @param {Fields} group */
export function isEncryption(group) {
  const direction = text(group, 'direction');
  if (direction !== 'encrypt' && direction !== 'decrypt') throw new Error('an unknown direction');
  return direction === 'encrypt';
}

/**
 * What must not decrypt has no plaintext.
 * @param {Fields} test
 * @param {string} label
 * @param {number} [bits]
 */
function plaintextOf(test, label, bits) {
  return label === 'invalid' ? new Uint8Array(0) : sizedHex(test, 'pt', bits);
}

/**
 * @param {boolean} seals
 * @param {number} ivBits
 * @param {number} tagBits
 */
function gcmPolicy(seals, ivBits, tagBits) {
  if (tagBits !== 128) return `a tag of ${tagBits} bits, truncated`;
  if (ivBits === 96 || (ivBits === 128 && !seals)) return undefined;
  return seals ? `an IV of ${ivBits} bits to seal with` : `an IV of ${ivBits} bits`;
}
