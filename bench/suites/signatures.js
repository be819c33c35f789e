// @ts-check
// Signatures: RSA in three sizes and two paddings, ECDSA on four curves, Ed25519.
import { constants, verify as check } from 'node:crypto';
import {
  ecdsaP256Sha256,
  ecdsaP384Sha384,
  ecdsaP521Sha512,
  ecdsaSecp256k1Sha256,
} from 'countersign/alg/ecdsa';
import { ed25519 } from 'countersign/alg/ed25519';
import { rsaPkcs1Sha256, rsaPssSha256 } from 'countersign/alg/rsa';
import * as ec from 'countersign/key/ec';
import * as ed from 'countersign/key/ed25519';
import * as rsa from 'countersign/key/rsa';
import { sign, verify } from 'countersign/key/use';
import { defineCase, peer } from '../case.js';
import { signature as reference } from '../floor/reference.js';
import { both, messages, spoilt, turn, twoPairs } from '../inputs.js';
import { elliptic } from '../peers/elliptic.js';
import { forge } from '../peers/forge.js';
import { jsrsasign } from '../peers/jsrsasign.js';

/** @typedef {import('../inputs.js').Pair} Pair */
/** @typedef {{ which: 0 | 1, message: Uint8Array, signature: Uint8Array }} Input */
/** @typedef {{ sign: (message: Uint8Array) => Uint8Array, verify: (message: Uint8Array, signature: Uint8Array) => boolean }} Signer */
/** @typedef {{ dsaEncoding?: 'ieee-p1363', padding?: number, saltLength?: number }} NodeOptions */

/**
 * @typedef {object} Family
 * @property {import('../inputs.js').PairName} key
 * @property {string} name
 * @property {string | null} hash
 * @property {NodeOptions} options
 * @property {(pair: Pair) => Signer} ours
 * @property {() => Promise<[name: string, module: ((pair: Pair) => Signer) | undefined][]>} peers
 * @property {boolean} [quick]
 */

const FORM = /** @type {const} */ ({ encoding: 'fixed', s: 'any' });
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
const SIZE = 256;

/** @type {Family[]} */
const families = [
  ...[2048, 3072, 4096].flatMap((bits) => [rsaFamily(bits, 'PKCS#1'), rsaFamily(bits, 'PSS')]),
  ecFamily('P-256', ecdsaP256Sha256, 'sha256'),
  ecFamily('P-384', ecdsaP384Sha384, 'sha384'),
  ecFamily('P-521', ecdsaP521Sha512, 'sha512'),
  ecFamily('secp256k1', ecdsaSecp256k1Sha256, 'sha256'),
  ed25519Family(),
];

export const suite = {
  title: 'Signatures',
  about:
    'Messages of 256 octets, keys parsed once. Reference: `crypto.sign` and `crypto.verify` with ' +
    'cached `KeyObject`s; nothing cheaper is known, so there is no physical floor. Of the peers, ' +
    'RSA beyond 2048 bits is left out: one signature takes them a tenth of a second.',
  cases: families.flatMap((family) => [caseOf(family, 'sign'), caseOf(family, 'verify')]),
};

/** @param {Family} family @param {'sign' | 'verify'} job */
function caseOf({ key, name, hash, options, ours, peers, quick }, job) {
  return defineCase({
    name: `${name} ${job}`,
    quick: quick === true,
    aims: [{ least: 0.95, against: 'reference' }],
    async build() {
      const pairs = twoPairs(key);
      const floors = both(pairs, ({ privateJwk }) => reference(hash, privateJwk, options));
      /** @type {Input[]} */
      const inputs = messages(SIZE).map((message, i) => {
        const which = turn(i);
        return { which, message, signature: floors[which].sign(message) };
      });
      const run = (/** @type {readonly [Signer, Signer]} */ signers) =>
        job === 'sign'
          ? (/** @type {Input} */ { which, message }) => signers[which].sign(message)
          : (/** @type {Input} */ { which, message, signature }) =>
              signers[which].verify(message, signature);
      const others = (await peers()).map(([peerName, make]) =>
        peer(peerName, make, (signerOf) => run(both(pairs, signerOf))),
      );
      return {
        inputs,
        tampered: spoilt(inputs, 'message'),
        isRight(result, { which, message }) {
          if (job === 'verify') return result === true;
          const { publicKey } = pairs[which];
          return (
            result instanceof Uint8Array &&
            check(hash, message, { key: publicKey, ...options }, result)
          );
        },
        subjects: [
          { name: 'countersign', role: 'ours', run: run(both(pairs, ours)) },
          { name: 'reference', role: 'reference', run: run(floors) },
          ...others,
        ],
      };
    },
  });
}

/** @param {number} bits @param {'PKCS#1' | 'PSS'} padding @returns {Family} */
function rsaFamily(bits, padding) {
  const alg = padding === 'PSS' ? rsaPssSha256 : rsaPkcs1Sha256;
  return {
    key: /** @type {'RSA 2048'} */ (`RSA ${bits}`),
    name: `RSA ${bits} ${padding} SHA-256`,
    hash: 'sha256',
    options: padding === 'PSS' ? PSS : {},
    quick: bits === 2048 && padding === 'PKCS#1',
    ours({ privatePem, publicPem }) {
      const privateKey = rsa.importPrivateKey(privatePem, { alg, use: 'sign' });
      const publicKey = rsa.importPublicKey(publicPem, { alg, use: 'verify' });
      return {
        sign: (message) => sign(privateKey, message),
        verify: (message, signature) => verify(publicKey, message, signature),
      };
    },
    async peers() {
      if (bits !== 2048) return [];
      const [f, j] = [await forge(), await jsrsasign()];
      const name = padding === 'PSS' ? 'SHA256withRSAandMGF1' : 'SHA256withRSA';
      return [
        [
          'node-forge',
          f &&
            (({ privatePem, publicPem }) => ({
              sign: f.rsaSigner(privatePem, padding),
              verify: f.rsaVerifier(publicPem, padding),
            })),
        ],
        [
          'jsrsasign',
          j && (({ privatePem, publicPem }) => j.signature(name, privatePem, publicPem)),
        ],
      ];
    },
  };
}

/**
 * @param {'P-256' | 'P-384' | 'P-521' | 'secp256k1'} curve
 * @param {import('countersign/alg/ecdsa').EcdsaAlgorithm} alg
 * @param {string} hash
 * @returns {Family}
 */
function ecFamily(curve, alg, hash) {
  return {
    key: curve,
    name: `ECDSA ${curve}`,
    hash,
    options: { dsaEncoding: 'ieee-p1363' },
    quick: curve === 'P-256',
    ours({ privatePem, publicPem }) {
      const privateKey = ec.importPrivateKey(privatePem, { alg, use: 'sign' });
      const publicKey = ec.importPublicKey(publicPem, { alg, use: 'verify' });
      return {
        sign: (message) => sign(privateKey, message, FORM),
        verify: (message, signature) => verify(publicKey, message, signature, FORM),
      };
    },
    async peers() {
      const [e, j] = [await elliptic(), await jsrsasign()];
      return [
        ['elliptic', e && (({ privateJwk }) => e.ecdsa(curve, privateJwk))],
        ...(curve === 'P-256'
          ? /** @type {[string, ((pair: Pair) => Signer) | undefined][]} */ ([
              [
                'jsrsasign',
                j &&
                  ((/** @type {Pair} */ { privateJwk, publicJwk }) =>
                    j.signature('SHA256withECDSA', privateJwk, publicJwk)),
              ],
            ])
          : []),
      ];
    },
  };
}

/** @returns {Family} */
function ed25519Family() {
  return {
    key: 'Ed25519',
    name: 'Ed25519',
    hash: null,
    options: {},
    quick: true,
    ours({ privatePem, publicPem }) {
      const privateKey = ed.importPrivateKey(privatePem, { alg: ed25519, use: 'sign' });
      const publicKey = ed.importPublicKey(publicPem, { alg: ed25519, use: 'verify' });
      return {
        sign: (message) => sign(privateKey, message),
        verify: (message, signature) => verify(publicKey, message, signature),
      };
    },
    async peers() {
      const [e, f] = [await elliptic(), await forge()];
      return [
        ['elliptic', e && (({ privateJwk }) => e.ed25519(privateJwk))],
        ['node-forge', f && (({ privateJwk }) => f.ed25519(/** @type {never} */ (privateJwk)))],
      ];
    },
  };
}
