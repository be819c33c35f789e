// @ts-check
// JWE by hand on node:crypto, over AES-256-GCM: what a careful engineer writes for one algorithm and one
// content encryption, with keys parsed once and every check that the platform leaves to its caller.
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  generateKeyPairSync,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';

/** @typedef {import('node:crypto').KeyObject} KeyObject */
/** @typedef {{ seal: (plaintext: Uint8Array) => string, open: (token: string) => Uint8Array }} Jwe */
/** @typedef {{ cek: Buffer, encryptedKey: Buffer, epk?: object }} Carried */

const MOST = 65_536;
const KW_IV = Buffer.alloc(8, 0xa6);
const NONE = Buffer.alloc(0);
const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };

/**
 * @param {string} alg
 * @param {() => Carried} make
 * @param {(encryptedKey: Buffer, header: Record<string, unknown>) => Buffer} find
 * @returns {Jwe}
 */
function jwe(alg, make, find) {
  return {
    seal(plaintext) {
      const { cek, encryptedKey, epk } = make();
      const own = { alg, enc: 'A256GCM', ...(epk === undefined ? {} : { epk }) };
      const header = Buffer.from(JSON.stringify(own)).toString('base64url');
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', cek, iv, { authTagLength: 16 });
      cipher.setAAD(Buffer.from(header));
      const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
      const parts = [encryptedKey, iv, ciphertext, cipher.getAuthTag()];
      return [header, ...parts.map((part) => part.toString('base64url'))].join('.');
    },
    open(token) {
      if (token.length > MOST) throw new Error('too long');
      const parts = token.split('.');
      if (parts.length !== 5) throw new Error('not five parts');
      const [encoded = '', ...rest] = parts;
      const [encryptedKey = NONE, iv = NONE, ciphertext = NONE, tag = NONE] = rest.map(strict);
      /** @type {Record<string, unknown>} */
      const header = /** @type {never} */ (JSON.parse(strict(encoded).toString()));
      if (header['alg'] !== alg || header['enc'] !== 'A256GCM')
        throw new Error('another algorithm');
      if ('zip' in header || 'crit' in header) throw new Error('an extension');
      if (iv.length !== 12 || tag.length !== 16) throw new Error('another size');
      const cek = find(encryptedKey, header);
      if (cek.length !== 32) throw new Error('another size');
      const decipher = createDecipheriv('aes-256-gcm', cek, iv, { authTagLength: 16 });
      decipher.setAAD(Buffer.from(encoded));
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
    },
  };
}

/** Base64url in its one spelling. @param {string} text */
function strict(text) {
  const octets = Buffer.from(text, 'base64url');
  if (octets.toString('base64url') !== text) throw new Error('not base64url');
  return octets;
}

/** @param {Uint8Array} secret */
export function direct(secret) {
  const cek = Buffer.from(secret);
  return jwe(
    'dir',
    () => ({ cek, encryptedKey: NONE }),
    (encryptedKey) => {
      if (encryptedKey.length > 0) throw new Error('an encrypted key');
      return cek;
    },
  );
}

/** @param {Uint8Array} secret */
export function aes256Kw(secret) {
  const key = createSecretKey(secret);
  return jwe(
    'A256KW',
    () => {
      const cek = randomBytes(32);
      const cipher = createCipheriv('id-aes256-wrap', key, KW_IV);
      return { cek, encryptedKey: Buffer.concat([cipher.update(cek), cipher.final()]) };
    },
    (encryptedKey) => {
      const decipher = createDecipheriv('id-aes256-wrap', key, KW_IV);
      return Buffer.concat([decipher.update(encryptedKey), decipher.final()]);
    },
  );
}

/** @param {{ publicKey: KeyObject, privateKey: KeyObject }} pair */
export function rsaOaep256({ publicKey, privateKey }) {
  return jwe(
    'RSA-OAEP-256',
    () => {
      const cek = randomBytes(32);
      return { cek, encryptedKey: publicEncrypt({ key: publicKey, ...OAEP }, cek) };
    },
    (encryptedKey) => {
      try {
        return privateDecrypt({ key: privateKey, ...OAEP }, encryptedKey);
      } catch {
        return randomBytes(32); // RFC 7516, section 11.5
      }
    },
  );
}

/** On P-256. @param {{ publicKey: KeyObject, privateKey: KeyObject }} pair */
export function ecdhEs({ publicKey, privateKey }) {
  const name = Buffer.from('A256GCM');
  const info = Buffer.concat([uint32(name.length), name, uint32(0), uint32(0), uint32(256)]);
  /** @param {Buffer} z */
  const derive = (z) => createHash('sha256').update(uint32(1)).update(z).update(info).digest();
  return jwe(
    'ECDH-ES',
    () => {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const cek = derive(diffieHellman({ privateKey: own.privateKey, publicKey }));
      return { cek, encryptedKey: NONE, epk: own.publicKey.export({ format: 'jwk' }) };
    },
    (encryptedKey, { epk }) => {
      const { kty, crv, d } = /** @type {Record<string, unknown>} */ (epk);
      if (encryptedKey.length > 0 || kty !== 'EC' || crv !== 'P-256' || d !== undefined) {
        throw new Error('another key');
      }
      const peer = createPublicKey({ key: /** @type {never} */ (epk), format: 'jwk' });
      return derive(diffieHellman({ privateKey, publicKey: peer }));
    },
  );
}

/** @param {number} value */
function uint32(value) {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(value);
  return octets;
}
