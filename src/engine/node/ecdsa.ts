/**
 * ECDSA of node:crypto. Keys come in as DER made here, signatures go in and out at fixed width.
 *
 * @module
 */
import { createECDH, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { join } from '../../bytes/concat.js';
import {
  derBitString,
  derEncode,
  derInteger,
  derObjectId,
  derSequence,
  DER_TAG,
} from '../../bytes/der.js';
import { decodeInteger, encodeInteger } from '../../bytes/integer.js';
import type { Bytes, EcdsaEngine } from '../contract.js';
import { hide, look, plain } from '../state.js';
import { nativeName } from './digest.js';
import { privateKeyObject, publicKeyObject } from './key-object.js';
import { runtimeCheck, unsupported } from './unsupported.js';

/** What `crypto.sign` and `crypto.verify` take as they are, so that nothing is made per call. */
interface State {
  readonly key: KeyObject;
  readonly dsaEncoding: 'ieee-p1363';
}

const ID_EC_PUBLIC_KEY = '1.2.840.10045.2.1'; // RFC 5480, section 2.1.1

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
    importPoint(oid, multiplyBase(native, one));
  });

  return {
    publicKey(point) {
      try {
        return hide(importPoint(oid, point));
      } catch {
        checkRuntime();
        return undefined;
      }
    },
    privateKey(scalar) {
      try {
        return hide(importScalar(oid, scalar, multiplyBase(native, scalar)));
      } catch {
        throw unsupported(name);
      }
    },
    pointOf(key) {
      const { key: privateKey } = look<State>(key);
      const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
      return plain(spki.subarray(-(1 + 2 * size)));
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

/** SubjectPublicKeyInfo, {@link https://www.rfc-editor.org/rfc/rfc5480#section-2 RFC 5480}. */
function importPoint(oid: string, point: Uint8Array): State {
  const algorithm = derSequence(derObjectId(ID_EC_PUBLIC_KEY), derObjectId(oid));
  const der = derSequence(algorithm, derBitString(point));
  return state(publicKeyObject(der, 'spki'));
}

/** ECPrivateKey, {@link https://www.rfc-editor.org/rfc/rfc5915#section-3 RFC 5915, section 3}. */
function importScalar(oid: string, scalar: Uint8Array, point: Uint8Array): State {
  const der = derSequence(
    derInteger(Uint8Array.of(1)),
    derEncode(DER_TAG.octetString, scalar),
    derEncode(0xa0, derObjectId(oid)),
    derEncode(0xa1, derBitString(point)),
  );
  return state(privateKeyObject(der, 'sec1'));
}

function multiplyBase(native: string, scalar: Uint8Array): Bytes {
  const ecdh = createECDH(native);
  ecdh.setPrivateKey(scalar);
  return plain(ecdh.getPublicKey());
}

function state(key: KeyObject): State {
  return { key, dsaEncoding: 'ieee-p1363' };
}
