// @ts-check
// elliptic: curves in plain JavaScript; hashing is left to its user.
import { createHash } from 'node:crypto';
import { load } from './load.js';

/** @typedef {{ toArray: (endian: 'be', length: number) => number[] }} Big */
/** @typedef {{ sign: (hash: Uint8Array) => { r: Big, s: Big }, verify: (hash: Uint8Array, signature: { r: string, s: string }) => boolean }} EcKey */
/** @typedef {{ keyFromPrivate: (hex: string, form: 'hex') => EcKey, keyFromPublic: (point: { x: string, y: string }) => EcKey }} Ec */
/** @typedef {{ sign: (message: number[]) => { toBytes: () => number[] }, verify: (message: number[], signature: number[]) => boolean }} EdKey */
/** @typedef {{ keyFromSecret: (hex: string) => EdKey, keyFromPublic: (hex: string) => EdKey }} Ed */
/** @typedef {{ ec: new (curve: string) => Ec, eddsa: new (curve: string) => Ed }} Elliptic */

const CURVES = /** @type {Record<string, { curve: string, hash: string, size: number }>} */ ({
  'P-256': { curve: 'p256', hash: 'sha256', size: 32 },
  'P-384': { curve: 'p384', hash: 'sha384', size: 48 },
  'P-521': { curve: 'p521', hash: 'sha512', size: 66 },
  secp256k1: { curve: 'secp256k1', hash: 'sha256', size: 32 },
});

export async function elliptic() {
  /** @type {{ default: Elliptic } | undefined} */
  const module = await load('elliptic');
  return module === undefined ? undefined : adapted(module.default);
}

/** @param {Elliptic} module */
function adapted({ ec, eddsa }) {
  return {
    /** @param {string} name @param {Record<string, string>} jwk of a private key */
    ecdsa(name, jwk) {
      const { curve, hash, size } = CURVES[name] ?? { curve: '', hash: '', size: 0 };
      const group = new ec(curve);
      const privateKey = group.keyFromPrivate(hexOf(jwk['d']), 'hex');
      const publicKey = group.keyFromPublic({ x: hexOf(jwk['x']), y: hexOf(jwk['y']) });
      const digest = (/** @type {Uint8Array} */ message) =>
        createHash(hash).update(message).digest();
      return {
        /** @param {Uint8Array} message */
        sign(message) {
          const { r, s } = privateKey.sign(digest(message));
          return Uint8Array.from([...r.toArray('be', size), ...s.toArray('be', size)]);
        },
        /** @param {Uint8Array} message @param {Uint8Array} value */
        verify(message, value) {
          const text = Buffer.from(value).toString('hex');
          const [r, s] = [text.slice(0, 2 * size), text.slice(2 * size)];
          return publicKey.verify(digest(message), { r, s });
        },
      };
    },

    /** @param {Record<string, string>} jwk of a private key */
    ed25519(jwk) {
      const group = new eddsa('ed25519');
      const privateKey = group.keyFromSecret(hexOf(jwk['d']));
      const publicKey = group.keyFromPublic(hexOf(jwk['x']));
      return {
        /** @param {Uint8Array} message */
        sign: (message) => Uint8Array.from(privateKey.sign([...message]).toBytes()),
        /** @param {Uint8Array} message @param {Uint8Array} value */
        verify: (message, value) => publicKey.verify([...message], [...value]),
      };
    },
  };
}

/** @param {string | undefined} base64url */
function hexOf(base64url = '') {
  return Buffer.from(base64url, 'base64url').toString('hex');
}
