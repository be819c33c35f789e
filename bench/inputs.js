// @ts-check
// Keys and messages of the bench. Messages rotate, 64 of them, and so do two keys, so that nothing
// wins by remembering its last call.
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const MESSAGES = 64;
/** How many of the inputs are spoilt too, for the check before the timing. */
export const TAMPERED = 8;

/**
 * Messages of a size: stretches of random octets, 64 octets apart.
 * @param {number} size
 */
export function messages(size) {
  const pool = randomBytes(size + 64 * MESSAGES);
  return Array.from({ length: MESSAGES }, (_, i) => octets(pool.subarray(64 * i, 64 * i + size)));
}

/**
 * Callbacks of a size: JSON of a payment, filled up to it.
 * @param {number} size
 */
export function callbacks(size) {
  return Array.from({ length: MESSAGES }, (_, i) => {
    const event = {
      id: `evt_${randomBytes(12).toString('hex')}`,
      type: 'payment.succeeded',
      created: 1_800_000_000 + i,
      data: { order: `${1_217_752_501 + i}`, amount: `${100 + i}.00`, currency: 'EUR' },
      livemode: true,
      note: '',
    };
    event.note = 'n'.repeat(size - JSON.stringify(event).length);
    return octets(Buffer.from(JSON.stringify(event)));
  });
}

/**
 * The first inputs again, each with one bit of a member turned over.
 * @template {Record<K, Uint8Array>} I
 * @template {string} K
 * @param {readonly I[]} inputs
 * @param {K} member
 * @returns {I[]}
 */
export function spoilt(inputs, member) {
  return inputs.slice(0, TAMPERED).map((input) => {
    const value = Uint8Array.from(input[member]);
    value[value.length - 7] = (value[value.length - 7] ?? 0) ^ 1;
    return { ...input, [member]: value };
  });
}

/** Which of two keys it is the turn of. @param {number} i @returns {0 | 1} */
export const turn = (i) => (i % 2 === 0 ? 0 : 1);

/** For each of two.
 * @template T, R
 * @param {readonly [T, T]} values
 * @param {(value: T) => R} make
 * @returns {readonly [R, R]}
 */
export function both([first, second], make) {
  return [make(first), make(second)];
}

/** @param {number} length @returns {readonly [Uint8Array, Uint8Array]} */
export const twoSecrets = (length) => [octets(randomBytes(length)), octets(randomBytes(length))];

/**
 * A key pair in the forms that doors and peers take.
 * @typedef {object} Pair
 * @property {import('node:crypto').KeyObject} privateKey
 * @property {import('node:crypto').KeyObject} publicKey
 * @property {string} privatePem PKCS#8
 * @property {string} publicPem SubjectPublicKeyInfo
 * @property {Record<string, string>} privateJwk
 * @property {Record<string, string>} publicJwk
 */

/** @typedef {'RSA 2048' | 'RSA 3072' | 'RSA 4096'} RsaName */
/** @typedef {RsaName | 'P-256' | 'P-384' | 'P-521' | 'secp256k1' | 'Ed25519' | 'X25519'} PairName */

/** @param {PairName} name @returns {readonly [Pair, Pair]} */
export function twoPairs(name) {
  const [first, second] = [pair(privateKeyOf(name, 0)), pair(privateKeyOf(name, 1))];
  return [first, second];
}

/** @param {import('node:crypto').KeyObject} privateKey @returns {Pair} */
function pair(privateKey) {
  const publicKey = createPublicKey(privateKey);
  return {
    privateKey,
    publicKey,
    privatePem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    privateJwk: /** @type {never} */ (privateKey.export({ format: 'jwk' })),
    publicJwk: /** @type {never} */ (publicKey.export({ format: 'jwk' })),
  };
}

/** @param {PairName} name @param {0 | 1} which */
function privateKeyOf(name, which) {
  // RSA keys are slow to make; these were made once, for this, and are no secret.
  if (name.startsWith('RSA')) return createPrivateKey(rsaKeys()[name]?.[which] ?? '');
  if (name === 'Ed25519') return generateKeyPairSync('ed25519').privateKey;
  if (name === 'X25519') return generateKeyPairSync('x25519').privateKey;
  return generateKeyPairSync('ec', { namedCurve: name }).privateKey;
}

/** @returns {Record<string, string[]>} */
function rsaKeys() {
  const file = new URL('rsa-keys.json', import.meta.url);
  return /** @type {never} */ (JSON.parse(readFileSync(file, 'utf8')));
}

/** A view on the same octets that is no Buffer. @param {Uint8Array} value */
function octets(value) {
  return new Uint8Array(value.buffer, value.byteOffset, value.length);
}
