/**
 * Diffie-Hellman of node:crypto.
 *
 * @module
 */
import { createECDH, createPublicKey, diffieHellman } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { join } from '../../bytes/concat.js';
import type { AgreeEngine, Bytes } from '../contract.js';
import { hide, look, plain } from '../state.js';
import { ecPrivateKey, ecPublicKey, pointOfKey } from './ec-key.js';
import { privateKeyObject, publicKeyObject } from './key-object.js';
import { unsupported } from './unsupported.js';

/** A private key on a NIST curve. */
interface State {
  readonly point: () => Bytes;
  readonly agree: (peer: Uint8Array) => Bytes;
}

export const p256: AgreeEngine = nist('P-256', 'prime256v1', '1.2.840.10045.3.1.7', 32);
export const p384: AgreeEngine = nist('P-384', 'secp384r1', '1.3.132.0.34', 48);
export const p521: AgreeEngine = nist('P-521', 'secp521r1', '1.3.132.0.35', 66);

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

function nist(name: string, native: string, oid: string, size: number): AgreeEngine {
  return {
    privateKey(secret) {
      try {
        return hide(byEcdh(native, secret) ?? byKeyObject(oid, size, secret));
      } catch {
        throw unsupported(`ECDH on ${name}`);
      }
    },
    publicOf: (key) => look<State>(key).point(),
    agree(key, peer) {
      try {
        return look<State>(key).agree(peer);
      } catch {
        return undefined;
      }
    },
  };
}

/** `undefined` where the runtime's createECDH has no such curve; Deno's lacks P-521. */
function byEcdh(native: string, secret: Uint8Array): State | undefined {
  try {
    const ecdh = createECDH(native);
    ecdh.setPrivateKey(secret);
    return {
      point: () => plain(ecdh.getPublicKey()),
      agree: (peer) => plain(ecdh.computeSecret(peer)),
    };
  } catch {
    return undefined;
  }
}

/** The second choice, since on Node 20 it takes twice as long for P-256. */
function byKeyObject(oid: string, size: number, secret: Uint8Array): State {
  const privateKey = ecPrivateKey(oid, secret, undefined);
  return {
    point: () => pointOfKey(privateKey, size),
    agree: (peer) => plain(diffieHellman({ privateKey, publicKey: ecPublicKey(oid, peer) })),
  };
}
