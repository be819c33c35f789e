// @ts-check
// JWE in the compact form over AES-256-GCM: the four ways to carry its key.
import { aes256Gcm } from 'countersign/alg/aes-gcm';
import { aes256Kw } from 'countersign/alg/aes-kw';
import { ecdhP256 } from 'countersign/alg/agreement';
import { rsaOaepSha256 } from 'countersign/alg/rsa-oaep';
import { decryptJwe, DIRECT_AGREEMENT, encryptJwe } from 'countersign/jose/jwe';
import * as ec from 'countersign/key/ec';
import * as rsa from 'countersign/key/rsa';
import { importSecret } from 'countersign/key/secret';
import { defineCase, peer } from '../case.js';
import * as reference from '../floor/jwe.js';
import { both, callbacks, TAMPERED, turn, twoPairs, twoSecrets } from '../inputs.js';
import { jose } from '../peers/jose.js';

/** @typedef {import('../floor/jwe.js').Jwe} Jwe */
/** @typedef {import('../inputs.js').Pair} Pair */
/** @typedef {{ which: 0 | 1, plaintext: Uint8Array, token: string }} Input */

/**
 * @typedef {object} JosePeer
 * @property {new (plaintext: Uint8Array) => { setProtectedHeader: (header: object) => { encrypt: (key: unknown) => Promise<string> } }} CompactEncrypt
 * @property {(token: string, key: unknown) => Promise<{ plaintext: Uint8Array }>} compactDecrypt
 * @property {(jwk: object, alg: string) => Promise<unknown>} importJWK
 */

const SIZE = 256;
const ENCS = [aes256Gcm];

/** @typedef {readonly [Uint8Array | Pair, Uint8Array | Pair]} Keys */

/**
 * A way to carry a key: its name, two keys, and who does it how.
 * @typedef {object} Way
 * @property {string} alg
 * @property {() => Keys} keys
 * @property {(key: never) => Jwe} floor
 * @property {(key: never) => Jwe} ours
 */

/** @type {readonly Way[]} */
const WAYS = [
  { alg: 'dir', keys: () => twoSecrets(32), floor: reference.direct, ours: ourDirect },
  { alg: 'A256KW', keys: () => twoSecrets(32), floor: reference.aes256Kw, ours: ourWrap },
  { alg: 'ECDH-ES', keys: () => twoPairs('P-256'), floor: reference.ecdhEs, ours: ourAgreement },
  {
    alg: 'RSA-OAEP-256',
    keys: () => twoPairs('RSA 2048'),
    floor: reference.rsaOaep256,
    ours: ourOaep,
  },
];

export const suite = {
  title: 'JWE',
  about:
    'A payment of 256 octets under AES-256-GCM, in the compact form; keys are parsed once. Reference: ' +
    'node:crypto by hand for one `alg` and one `enc`, with `JSON.parse` and every check. AES key ' +
    'wrap is done block by block here, as in Bun and Deno. jose is asynchronous, one call at a time.',
  cases: WAYS.flatMap((way) => [caseOf(way, 'encrypt'), caseOf(way, 'decrypt')]),
};

/** @param {Way} way @param {'encrypt' | 'decrypt'} job */
function caseOf({ alg, keys, floor, ours }, job) {
  return defineCase({
    name: `JWE ${alg} ${job}`,
    quick: job === 'decrypt',
    ...(alg === 'dir' || alg === 'ECDH-ES' ? { aims: [{ least: 0.7, against: 'reference' }] } : {}),
    async build() {
      const two = keys();
      const floors = both(/** @type {never} */ (two), floor);
      const own = both(/** @type {never} */ (two), ours);
      /** @type {Input[]} */
      const inputs = callbacks(SIZE).map((plaintext, i) => {
        const which = turn(i);
        return { which, plaintext, token: floors[which].seal(plaintext) };
      });
      /** @param {readonly [Jwe, Jwe]} pair */
      const run = (pair) =>
        job === 'encrypt'
          ? (/** @type {Input} */ { which, plaintext }) => pair[which].seal(plaintext)
          : (/** @type {Input} */ { which, token }) => pair[which].open(token);
      const found = /** @type {JosePeer | undefined} */ (/** @type {unknown} */ (await jose()));
      const theirs = found === undefined ? undefined : await joseRun(found, alg, two, job);
      return {
        inputs,
        tampered: inputs.slice(0, TAMPERED).map((input) => changed(input, job)),
        isRight(result, { which, plaintext }) {
          const text = typeof result === 'string' ? floors[which].open(result) : result;
          return text instanceof Uint8Array && Buffer.compare(text, plaintext) === 0;
        },
        subjects: [
          { name: 'countersign', role: 'ours', run: run(own) },
          { name: 'reference', role: 'reference', run: run(floors) },
          { ...peer('jose', theirs, (made) => made), flights: 1 },
        ],
      };
    },
  });
}

/** @param {Input} input @param {'encrypt' | 'decrypt'} job @returns {Input} */
function changed(input, job) {
  if (job === 'encrypt') return { ...input, plaintext: input.plaintext.map((octet) => octet ^ 1) };
  const parts = input.token.split('.');
  const iv = Buffer.from(parts[2] ?? '', 'base64url').map((octet) => octet ^ 1);
  return { ...input, token: parts.with(2, Buffer.from(iv).toString('base64url')).join('.') };
}

/** @param {Uint8Array} secret @returns {Jwe} */
function ourDirect(secret) {
  const options = /** @type {const} */ ({ alg: aes256Gcm, encoding: 'raw' });
  const sealKey = importSecret(secret, { ...options, use: 'seal' });
  const openKey = importSecret(secret, { ...options, use: 'open' });
  return {
    seal: (plaintext) => encryptJwe(plaintext, sealKey, { enc: aes256Gcm }),
    open: (token) => decryptJwe(token, openKey, { enc: ENCS }).plaintext,
  };
}

/** @param {Uint8Array} secret @returns {Jwe} */
function ourWrap(secret) {
  const options = /** @type {const} */ ({ alg: aes256Kw, encoding: 'raw' });
  const wrapKey = importSecret(secret, { ...options, use: 'wrap' });
  const unwrapKey = importSecret(secret, { ...options, use: 'unwrap' });
  return {
    seal: (plaintext) => encryptJwe(plaintext, wrapKey, { enc: aes256Gcm }),
    open: (token) => decryptJwe(token, unwrapKey, { enc: ENCS }).plaintext,
  };
}

/** @param {Pair} pair @returns {Jwe} */
function ourAgreement({ privatePem, publicPem }) {
  const peerKey = ec.importPublicKey(publicPem, { alg: ecdhP256, use: 'peer' });
  const key = ec.importPrivateKey(privatePem, { alg: ecdhP256, use: 'agree' });
  return {
    seal: (plaintext) => encryptJwe(plaintext, peerKey, { enc: aes256Gcm, wrap: DIRECT_AGREEMENT }),
    open: (token) => decryptJwe(token, key, { enc: ENCS, wrap: DIRECT_AGREEMENT }).plaintext,
  };
}

/** @param {Pair} pair @returns {Jwe} */
function ourOaep({ privatePem, publicPem }) {
  const publicKey = rsa.importPublicKey(publicPem, { alg: rsaOaepSha256, use: 'encrypt' });
  const key = rsa.importPrivateKey(privatePem, { alg: rsaOaepSha256, use: 'decrypt' });
  return {
    seal: (plaintext) => encryptJwe(plaintext, publicKey, { enc: aes256Gcm }),
    open: (token) => decryptJwe(token, key, { enc: ENCS }).plaintext,
  };
}

/**
 * @param {JosePeer} found
 * @param {string} alg
 * @param {Keys} two
 * @param {'encrypt' | 'decrypt'} job
 * @returns {Promise<(input: Input) => Promise<unknown>>}
 */
async function joseRun({ CompactEncrypt, compactDecrypt, importJWK }, alg, two, job) {
  const keys = await Promise.all(
    two.map(async (key) => {
      const isSecret = key instanceof Uint8Array;
      const k = isSecret ? Buffer.from(key).toString('base64url') : '';
      const jwks = isSecret
        ? [
            { kty: 'oct', k },
            { kty: 'oct', k },
          ]
        : [key.publicJwk, key.privateJwk];
      return Promise.all(jwks.map((jwk) => importJWK(jwk, alg === 'dir' ? 'A256GCM' : alg)));
    }),
  );
  const header = { alg, enc: 'A256GCM' };
  return job === 'encrypt'
    ? ({ which, plaintext }) =>
        new CompactEncrypt(plaintext).setProtectedHeader(header).encrypt(keys[which]?.[0])
    : async ({ which, token }) => (await compactDecrypt(token, keys[which]?.[1])).plaintext;
}
