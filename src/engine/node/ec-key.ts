/**
 * Keys of the NIST curves and secp256k1 as KeyObjects, from points and scalars and back.
 *
 * @module
 */
import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import {
  derBitString,
  derEncode,
  derInteger,
  derObjectId,
  derSequence,
  DER_TAG,
} from '../../bytes/der.js';
import type { Bytes } from '../contract.js';
import { plain } from '../state.js';
import { privateKeyObject, publicKeyObject } from './key-object.js';

const ID_EC_PUBLIC_KEY = '1.2.840.10045.2.1'; // RFC 5480, section 2.1.1

/** SubjectPublicKeyInfo, {@link https://www.rfc-editor.org/rfc/rfc5480#section-2 RFC 5480}. */
export function ecPublicKey(oid: string, point: Uint8Array): KeyObject {
  const algorithm = derSequence(derObjectId(ID_EC_PUBLIC_KEY), derObjectId(oid));
  return publicKeyObject(derSequence(algorithm, derBitString(point)), 'spki');
}

/**
 * ECPrivateKey, {@link https://www.rfc-editor.org/rfc/rfc5915#section-3 RFC 5915, section 3}. Where
 * the point is left out it is computed; Bun refuses that.
 */
export function ecPrivateKey(
  oid: string,
  scalar: Uint8Array,
  point: Uint8Array | undefined,
): KeyObject {
  const der = derSequence(
    derInteger(Uint8Array.of(1)),
    derEncode(DER_TAG.octetString, scalar),
    derEncode(0xa0, derObjectId(oid)),
    ...(point === undefined ? [] : [derEncode(0xa1, derBitString(point))]),
  );
  return privateKeyObject(der, 'sec1');
}

/** The uncompressed point of a private key, with `size` octets for a coordinate. */
export function pointOfKey(key: KeyObject, size: number): Bytes {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return plain(spki.subarray(-(1 + 2 * size)));
}
