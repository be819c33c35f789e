// @ts-check
// What moves and makes keys: RSA-OAEP, AES key wrap, HKDF, key agreement.
import { hkdf as nobleHkdf } from '@noble/hashes/hkdf.js';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { aeskw } from '@noble/ciphers/aes.js';
import { aes256Kw } from 'countersign/alg/aes-kw';
import { ecdhP256, x25519 } from 'countersign/alg/agreement';
import { hkdfSha256 } from 'countersign/alg/kdf';
import { rsaOaepSha256 } from 'countersign/alg/rsa-oaep';
import * as ec from 'countersign/key/ec';
import * as rsa from 'countersign/key/rsa';
import { importSecret } from 'countersign/key/secret';
import { agree, decrypt, encrypt, unwrap, wrap } from 'countersign/key/use';
import * as x from 'countersign/key/x25519';
import { defineCase, peer } from '../case.js';
import * as reference from '../floor/reference.js';
import { both, messages, spoilt, TAMPERED, turn, twoPairs, twoSecrets } from '../inputs.js';
import { forge } from '../peers/forge.js';

/** @typedef {{ which: 0 | 1, plain: Uint8Array, hidden: Uint8Array }} Input */
/** @typedef {{ hide: (plain: Uint8Array) => Uint8Array, show: (hidden: Uint8Array) => Uint8Array }} Hider */

const none = new Uint8Array(0);

export const suite = {
  title: 'Keys in transit',
  about:
    'OAEP and key wrap carry 32 octets. References: `publicEncrypt` and `privateDecrypt`, ' +
    "OpenSSL's own key wrap, `hkdfSync`, `diffieHellman`, each with cached `KeyObject`s.",
  cases: [
    oaepCase('encrypt'),
    oaepCase('decrypt'),
    wrapCase('wrap'),
    wrapCase('unwrap'),
    hkdfCase(),
    agreeCase('P-256'),
    agreeCase('X25519'),
  ],
};

/** @param {'encrypt' | 'decrypt'} job */
function oaepCase(job) {
  return defineCase({
    name: `RSA 2048 OAEP SHA-256 ${job}`,
    quick: true,
    async build() {
      const pairs = twoPairs('RSA 2048');
      const floors = both(pairs, (pair) => {
        const { encrypt: hide, decrypt: show } = reference.oaepSha256(pair);
        return { hide, show };
      });
      const alg = rsaOaepSha256;
      const ours = both(pairs, ({ privatePem, publicPem }) => {
        const privateKey = rsa.importPrivateKey(privatePem, { alg, use: 'decrypt' });
        const publicKey = rsa.importPublicKey(publicPem, { alg, use: 'encrypt' });
        return {
          hide: (/** @type {Uint8Array} */ plain) => encrypt(publicKey, plain, none),
          show: (/** @type {Uint8Array} */ hidden) => decrypt(privateKey, hidden, none),
        };
      });
      const other = peer('node-forge', await forge(), ({ oaepSha256 }) => {
        const hiders = both(pairs, ({ privatePem, publicPem }) => {
          const { encrypt: hide, decrypt: show } = oaepSha256(privatePem, publicPem);
          return { hide, show };
        });
        return runOf(hiders, job === 'encrypt');
      });
      return workOf(job === 'encrypt', ours, floors, [other]);
    },
  });
}

/** @param {'wrap' | 'unwrap'} job */
function wrapCase(job) {
  return defineCase({
    name: `AES-256-KW ${job}`,
    quick: job === 'wrap',
    build() {
      const secrets = twoSecrets(32);
      const floors = both(secrets, (secret) => {
        const { wrap: hide, unwrap: show } = reference.aes256Kw(secret);
        return { hide, show };
      });
      const options = /** @type {const} */ ({ alg: aes256Kw, encoding: 'raw' });
      const ours = both(secrets, (secret) => {
        const wrapKey = importSecret(secret, { ...options, use: 'wrap' });
        const unwrapKey = importSecret(secret, { ...options, use: 'unwrap' });
        return {
          hide: (/** @type {Uint8Array} */ plain) => wrap(wrapKey, plain),
          show: (/** @type {Uint8Array} */ hidden) => unwrap(unwrapKey, hidden),
        };
      });
      const other = peer('@noble/ciphers', aeskw, (kw) => {
        const hiders = both(secrets, (secret) => ({
          hide: (/** @type {Uint8Array} */ plain) => kw(secret).encrypt(plain),
          show: (/** @type {Uint8Array} */ hidden) => kw(secret).decrypt(hidden),
        }));
        return runOf(hiders, job === 'wrap');
      });
      return workOf(job === 'wrap', ours, floors, [other]);
    },
  });
}

/**
 * @param {boolean} hides
 * @param {readonly [Hider, Hider]} ours
 * @param {readonly [Hider, Hider]} floors
 * @param {(import('../case.js').Subject<Input> | import('../case.js').Missing)[]} peers
 * @returns {import('../case.js').Work<Input>}
 */
function workOf(hides, ours, floors, peers) {
  const inputs = messages(32).map((plain, i) => {
    const which = turn(i);
    return { which, plain, hidden: new Uint8Array(floors[which].hide(plain)) };
  });
  return {
    inputs,
    tampered: spoilt(inputs, hides ? 'plain' : 'hidden'),
    isRight(result, { which, plain }) {
      if (!(result instanceof Uint8Array)) return false;
      const shown = hides ? floors[which].show(result) : result;
      return Buffer.compare(shown, plain) === 0;
    },
    subjects: [
      { name: 'countersign', role: 'ours', run: runOf(ours, hides) },
      { name: 'reference', role: 'reference', run: runOf(floors, hides) },
      ...peers,
    ],
  };
}

/** @param {readonly [Hider, Hider]} hiders @param {boolean} hides @returns {(input: Input) => Uint8Array} */
function runOf(hiders, hides) {
  return hides
    ? ({ which, plain }) => hiders[which].hide(plain)
    : ({ which, hidden }) => hiders[which].show(hidden);
}

function hkdfCase() {
  return defineCase({
    name: 'HKDF-SHA-256, 32 octets',
    quick: true,
    build() {
      const secrets = twoSecrets(32);
      const salt = new Uint8Array(Buffer.from('salt of the bench'));
      const inputs = messages(32).map((info, i) => {
        const which = turn(i);
        return { which, info, derived: reference.hkdf('sha256', secrets[which], salt, info) };
      });
      /** @typedef {typeof inputs[number]} Info */
      return {
        inputs,
        tampered: spoilt(inputs, 'info'),
        isRight: (result, { derived }) =>
          result instanceof Uint8Array && Buffer.compare(result, derived) === 0,
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: (/** @type {Info} */ { which, info }) =>
              hkdfSha256.derive(secrets[which], salt, info, 32),
          },
          {
            name: 'reference',
            role: 'reference',
            run: (/** @type {Info} */ { which, info }) =>
              reference.hkdf('sha256', secrets[which], salt, info),
          },
          {
            name: '@noble/hashes',
            role: 'peer',
            run: (/** @type {Info} */ { which, info }) =>
              nobleHkdf(nobleSha256, secrets[which], salt, info, 32),
          },
        ],
      };
    },
  });
}

/** @param {'P-256' | 'X25519'} curve */
function agreeCase(curve) {
  return defineCase({
    name: `Agreement on ${curve}, both keys parsed`,
    quick: true,
    build() {
      const [own, peers] = [twoPairs(curve), twoPairs(curve)];
      const importOwn = (/** @type {string} */ pem) =>
        curve === 'P-256'
          ? ec.importPrivateKey(pem, { alg: ecdhP256, use: 'agree' })
          : x.importPrivateKey(pem, { alg: x25519, use: 'agree' });
      const importPeer = (/** @type {string} */ pem) =>
        curve === 'P-256'
          ? ec.importPublicKey(pem, { alg: ecdhP256, use: 'peer' })
          : x.importPublicKey(pem, { alg: x25519, use: 'peer' });
      const privateKeys = both(own, ({ privatePem }) => importOwn(privatePem));
      const publicKeys = both(peers, ({ publicPem }) => importPeer(publicPem));
      const inputs = Array.from({ length: 4 }, (_, i) => {
        const [mine, theirs] = [turn(i), turn(i >> 1)];
        const secret = reference.agree(own[mine].privateKey, peers[theirs].publicKey);
        return { mine, theirs, secret };
      });
      /** @typedef {typeof inputs[number]} Two */
      return {
        inputs,
        // Another peer than the one whose secret is expected.
        tampered: inputs
          .slice(0, TAMPERED)
          .map((input) => ({ ...input, theirs: turn(input.theirs + 1) })),
        isRight: (result, { secret }) =>
          result instanceof Uint8Array && Buffer.compare(result, secret) === 0,
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: (/** @type {Two} */ { mine, theirs }) =>
              agree(privateKeys[mine], publicKeys[theirs]),
          },
          {
            name: 'reference',
            role: 'reference',
            run: (/** @type {Two} */ { mine, theirs }) =>
              reference.agree(own[mine].privateKey, peers[theirs].publicKey),
          },
        ],
      };
    },
  });
}
