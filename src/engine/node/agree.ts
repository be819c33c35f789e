/**
 * Diffie-Hellman of node:crypto.
 *
 * @module
 */
import { createECDH, createPublicKey, diffieHellman } from 'node:crypto';
import type { ECDH, KeyObject } from 'node:crypto';
import { join } from '../../bytes/concat.js';
import type { AgreeEngine } from '../contract.js';
import { hide, look, plain } from '../state.js';
import { privateKeyObject, publicKeyObject } from './key-object.js';
import { unsupported } from './unsupported.js';

export const p256: AgreeEngine = nist('P-256', 'prime256v1');
export const p384: AgreeEngine = nist('P-384', 'secp384r1');
export const p521: AgreeEngine = nist('P-521', 'secp521r1');

// The constant parts of both encodings, RFC 8410, sections 4 and 7.
const SPKI_HEAD = Uint8Array.of(0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 3, 0x21, 0);
const PKCS8_HEAD = Uint8Array.from([
  0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20,
]);

export const x25519: AgreeEngine = {
  privateKey(secret) {
    return hide(privateKeyObject(join(PKCS8_HEAD, secret), 'pkcs8'));
  },
  publicOf(key) {
    const spki = createPublicKey(look<KeyObject>(key)).export({ type: 'spki', format: 'der' });
    return plain(spki.subarray(SPKI_HEAD.length));
  },
  agree(key, peer) {
    try {
      const publicKey = publicKeyObject(join(SPKI_HEAD, peer), 'spki');
      return plain(diffieHellman({ privateKey: look<KeyObject>(key), publicKey }));
    } catch {
      return undefined;
    }
  },
};

function nist(name: string, native: string): AgreeEngine {
  return {
    privateKey(secret) {
      try {
        const ecdh = createECDH(native);
        ecdh.setPrivateKey(secret);
        return hide(ecdh);
      } catch {
        throw unsupported(`ECDH on ${name}`);
      }
    },
    publicOf: (key) => plain(look<ECDH>(key).getPublicKey()),
    agree(key, peer) {
      try {
        return plain(look<ECDH>(key).computeSecret(peer));
      } catch {
        return undefined;
      }
    },
  };
}
