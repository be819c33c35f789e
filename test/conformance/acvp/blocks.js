// @ts-check
// Block ciphers without authentication: https://pages.nist.gov/ACVP/draft-celi-acvp-symmetric.html.
import { aesCbc, aesCtr, aesEcb } from 'countersign/alg/aes-modes';
import { concat } from 'countersign/bytes';
import { tripleDes } from 'countersign/legacy';
import { encryptCbcWithIv, encryptCtrWithIv } from 'countersign/testing';
import { hex, number, text } from '../fields.js';
import { find, judge } from '../judge.js';
import { isEncryption } from './ciphers.js';
import { areOctets, bitsOf, NOT_OCTETS, sizedHex, skipped } from './lengths.js';
import { monteCarlo } from './monte-carlo.js';

/**
 * @typedef {import('../fields.js').Fields} Fields
 * @typedef {import('../judge.js').Found} Found
 * @typedef {import('../suites/acvp.js').GroupReader} GroupReader
 * @typedef {import('countersign/alg/aes-modes').CipherKey} CipherKey
 */

/**
 * @typedef {object} Mode
 * @property {string} name
 * @property {boolean} hasIv
 * @property {(secret: Uint8Array) => CipherKey} key
 * @property {(key: CipherKey, iv: Uint8Array, plaintext: Uint8Array) => Uint8Array} encrypt
 * @property {(key: CipherKey, iv: Uint8Array, ciphertext: Uint8Array) => Uint8Array} decrypt
 */

/** @type {Mode} */
const CBC = {
  name: aesCbc.name,
  hasIv: true,
  key: aesCbc.key,
  encrypt: encryptCbcWithIv,
  decrypt: (key, iv, ciphertext) => aesCbc.decrypt(key, iv, ciphertext, 'none'),
};

/** @type {Mode} */
const CTR = {
  name: aesCtr.name,
  hasIv: true,
  key: aesCtr.key,
  encrypt: encryptCtrWithIv,
  decrypt: aesCtr.decrypt,
};

/** @type {Mode} */
const ECB = {
  name: aesEcb.name,
  hasIv: false,
  key: aesEcb.key,
  encrypt: (key, _, plaintext) => aesEcb.encrypt(key, plaintext, 'none'),
  decrypt: (key, _, ciphertext) => aesEcb.decrypt(key, ciphertext, 'none'),
};

const NO_IV = new Uint8Array(0);

/** @type {Readonly<Record<string, GroupReader>>} */
export const blockGroups = {
  'acvp-aes-cbc': (group) => aesGroup(CBC, group),
  'acvp-aes-ctr': (group) => aesGroup(CTR, group),
  'acvp-aes-ecb': (group) => aesGroup(ECB, group),
  'acvp-tdes-cbc': (group) => tripleDesGroup(group, true),
  'acvp-tdes-ecb': (group) => tripleDesGroup(group, false),
};

/**
 * @param {Mode} mode
 * @param {Fields} group
 * @returns {ReturnType<GroupReader>}
 */
function aesGroup(mode, group) {
  const encrypts = isEncryption(group);
  const [from, to] = encrypts ? ['pt', 'ct'] : ['ct', 'pt'];
  const operation = encrypts ? 'encrypt' : 'decrypt';
  const isChain = text(group, 'testType') === 'MCT';
  return {
    algorithm: mode.name,
    run(test, label) {
      const bits = bitsOf(test, group, 'payloadLen');
      if (!areOctets(bits)) return skipped(NOT_OCTETS);
      if (mode.hasIv && !('iv' in test) && test['deferred'] === true) {
        return skipped('out of scope: counters that the implementation chooses');
      }
      const secret = sizedHex(test, 'key', number(group, 'keyLen'));
      const iv = mode.hasIv ? hex(test, 'iv') : NO_IV;
      const input = sizedHex(test, from, bits);
      if (isChain) {
        const { expected, found } = monteCarlo(mode, test, { encrypts, secret, iv, input }, to);
        return judge({ algorithm: mode.name, operation, label, expected, found });
      }
      const expected = sizedHex(test, to, bits);
      const found = find(() => mode[operation](mode.key(secret), iv, input));
      return judge({ algorithm: mode.name, operation, label, expected, found });
    },
  };
}

/**
 * @param {Fields} group
 * @param {boolean} isCbc
 * @returns {ReturnType<GroupReader>}
 */
function tripleDesGroup(group, isCbc) {
  if (isEncryption(group)) return { scope: '3DES, encryption' };
  if (text(group, 'testType') === 'MCT') return { scope: '3DES, 4 million blocks in a chain' };
  return {
    algorithm: tripleDes.name,
    run(test, label) {
      const bits = bitsOf(test, group, 'payloadLen');
      if (!areOctets(bits)) return skipped(NOT_OCTETS);
      const secret = concat(...['key1', 'key2', 'key3'].map((name) => hex(test, name)));
      const iv = isCbc ? hex(test, 'iv') : NO_IV;
      const [ciphertext, expected] = [sizedHex(test, 'ct', bits), sizedHex(test, 'pt', bits)];
      const found = find(() => {
        const key = tripleDes.key(secret);
        const made = isCbc
          ? tripleDes.decryptCbc(key, iv, ciphertext)
          : tripleDes.decryptEcb(key, ciphertext);
        return made.octets;
      });
      const [algorithm, operation] = [tripleDes.name, /** @type {const} */ ('decrypt')];
      return judge({ algorithm, operation, label, expected, found });
    },
  };
}
