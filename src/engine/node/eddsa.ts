/**
 * Ed25519 of node:crypto. OpenSSL verifies without the cofactor, which is the rule here; what it
 * takes that the rule does not is refused above, on the octets.
 *
 * @module
 */
import { createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { join } from '../../bytes/concat.js';
import type { EddsaEngine } from '../contract.js';
import { hide, look, plain } from '../state.js';
import { privateKeyObject, publicKeyObject } from './key-object.js';

// The constant parts of both encodings, {@link https://www.rfc-editor.org/rfc/rfc8410 RFC 8410},
// sections 4 and 7.
const SPKI_HEAD = Uint8Array.of(0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0);
const PKCS8_HEAD = Uint8Array.from([
  0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20,
]);

interface PublicState {
  /** Absent when the runtime decodes points at import and this is none: nothing verifies then. */
  readonly key: KeyObject | undefined;
}
interface PrivateState {
  readonly key: KeyObject;
}

export const ed25519: EddsaEngine = {
  publicKey(encoded) {
    const state: PublicState = { key: importPoint(encoded) };
    return hide(state);
  },
  privateKey(seed) {
    const state: PrivateState = { key: privateKeyObject(join(PKCS8_HEAD, seed), 'pkcs8') };
    return hide(state);
  },
  publicOf(key) {
    const spki = createPublicKey(look<PrivateState>(key).key).export({
      type: 'spki',
      format: 'der',
    });
    return plain(spki.subarray(SPKI_HEAD.length));
  },
  sign(key, message) {
    return plain(sign(null, message, look<PrivateState>(key).key));
  },
  verify(key, message, signature) {
    const { key: publicKey } = look<PublicState>(key);
    if (publicKey === undefined) return false;
    try {
      return verify(null, message, publicKey, signature);
    } catch {
      return false;
    }
  },
};

function importPoint(encoded: Uint8Array): KeyObject | undefined {
  try {
    return publicKeyObject(join(SPKI_HEAD, encoded), 'spki');
  } catch {
    return undefined;
  }
}
