/**
 * ECDSA of node:crypto. Keys come in as DER made here, signatures go in and out at fixed width.
 *
 * @module
 */
import { createECDH, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { join } from '../../bytes/concat.js';
import { decodeInteger, encodeInteger } from '../../bytes/integer.js';
import type { Bytes, EcdsaEngine } from '../contract.js';
import { hide, look, plain } from '../state.js';
import { nativeName } from './digest.js';
import { ecPrivateKey, ecPublicKey, pointOfKey } from './ec-key.js';
import { runtimeCheck, unsupported } from './unsupported.js';

/** What `crypto.sign` and `crypto.verify` take as they are, so that nothing is made per call. */
interface State {
  readonly key: KeyObject;
  readonly dsaEncoding: 'ieee-p1363';
}

export const p256: EcdsaEngine = curve('P-256', 'prime256v1', '1.2.840.10045.3.1.7', 32);
export const p384: EcdsaEngine = curve('P-384', 'secp384r1', '1.3.132.0.34', 48);
export const p521: EcdsaEngine = curve('P-521', 'secp521r1', '1.3.132.0.35', 66);
/** SEC 2, section 2.4.1. */
const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const secp256k1Native: EcdsaEngine = curve('secp256k1', 'secp256k1', '1.3.132.0.10', 32);
export const secp256k1: EcdsaEngine = {
  ...secp256k1Native,
  // Deno verifies low s alone on this curve. (r, n - s) is a signature of what (r, s) is one of;
  // whether a high s is taken has been decided above the engine.
  verify(key, hash, message, signature) {
    const s = decodeInteger(signature.subarray(32));
    const low = s > SECP256K1_ORDER / 2n ? SECP256K1_ORDER - s : s;
    const lowered = join(signature.subarray(0, 32), encodeInteger(low, 32));
    return secp256k1Native.verify(key, hash, message, lowered);
  },
};

function curve(name: string, native: string, oid: string, size: number): EcdsaEngine {
  const checkRuntime = runtimeCheck(name, () => {
    const one = new Uint8Array(size);
    one[size - 1] = 1;
    const point = multiplyBase(native, one);
    ecPublicKey(oid, point ?? pointOfKey(ecPrivateKey(oid, one, undefined), size));
  });

  return {
    publicKey(point) {
      try {
        return hide(state(ecPublicKey(oid, point)));
      } catch {
        checkRuntime();
        return undefined;
      }
    },
    privateKey(scalar) {
      try {
        return hide(state(ecPrivateKey(oid, scalar, multiplyBase(native, scalar))));
      } catch {
        throw unsupported(name);
      }
    },
    pointOf(key) {
      return pointOfKey(look<State>(key).key, size);
    },
    sign(key, hash, message) {
      return plain(sign(nativeName(hash), message, look<State>(key)));
    },
    verify(key, hash, message, signature) {
      try {
        return verify(nativeName(hash), message, look<State>(key), signature);
      } catch {
        return false;
      }
    },
    signDeterministic: undefined,
  };
}

/**
 * Base times scalar by createECDH: a key that is parsed with its point costs half on Node 22 and up.
 * `undefined` where the runtime has no such curve there; Deno lacks P-521.
 */
function multiplyBase(native: string, scalar: Uint8Array): Bytes | undefined {
  try {
    const ecdh = createECDH(native);
    ecdh.setPrivateKey(scalar);
    return plain(ecdh.getPublicKey());
  } catch {
    return undefined;
  }
}

function state(key: KeyObject): State {
  return { key, dsaEncoding: 'ieee-p1363' };
}
