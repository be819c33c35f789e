/**
 * What old callbacks and stored data still need, to read them: DSA verification and Triple DES
 * decryption of node:crypto.
 *
 * @module
 */
import { createDecipheriv, createSecretKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { derBitString, derInteger, derObjectId, derSequence } from '../../bytes/der.js';
import type { DsaEngine, TripleDesEngine } from '../contract.js';
import { hide, look, plain } from '../state.js';
import { nativeName } from './digest.js';
import { publicKeyObject } from './key-object.js';
import { runtimeCheck, unsupported } from './unsupported.js';

const ID_DSA = '1.2.840.10040.4.1'; // RFC 3279, section 2.3.2

interface State {
  readonly key: KeyObject;
  readonly dsaEncoding: 'der';
}

const checkRuntime = runtimeCheck('DSA', () => {
  // A group of order 11 in the integers modulo 23: too small for use, enough to be parsed. The
  // signature is none, but to say so takes an implementation of DSA. With SHA-256: distributions
  // that forbid signatures over SHA-1 throw at those alone.
  const two = Uint8Array.of(2);
  const state = importDsa(Uint8Array.of(23), Uint8Array.of(11), Uint8Array.of(4), two);
  verify('sha256', two, state, derSequence(derInteger(two), derInteger(two)));
});

export const dsa: DsaEngine = {
  publicKey({ p, q, g, y }) {
    checkRuntime(); // Bun takes the keys, and then verifies nothing
    try {
      return hide(importDsa(p, q, g, y));
    } catch {
      return undefined;
    }
  },
  verify(key, hash, message, signature) {
    try {
      return verify(nativeName(hash), message, look<State>(key), signature);
    } catch {
      return false;
    }
  },
};

/** Through CBC alone: ECB is CBC with the chaining undone, and Bun and Deno lack 3DES-ECB. */
export const tripleDes: TripleDesEngine = {
  key(secret) {
    const key = createSecretKey(secret);
    try {
      createDecipheriv('des-ede3-cbc', key, new Uint8Array(8));
    } catch {
      throw unsupported('Triple DES');
    }
    return hide(key);
  },
  decrypt(key, iv, data) {
    const decipher = createDecipheriv('des-ede3-cbc', look<KeyObject>(key), iv);
    decipher.setAutoPadding(false);
    return plain(decipher.update(data));
  },
};

function importDsa(p: Uint8Array, q: Uint8Array, g: Uint8Array, y: Uint8Array): State {
  const parameters = derSequence(derInteger(p), derInteger(q), derInteger(g));
  const algorithm = derSequence(derObjectId(ID_DSA), parameters);
  const der = derSequence(algorithm, derBitString(derInteger(y)));
  return { key: publicKeyObject(der, 'spki'), dsaEncoding: 'der' };
}
