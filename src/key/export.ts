/**
 * Keys written out. `countersign/key/export`. What a public key is may be seen by anyone; what shows
 * a secret or a private key says so in its name.
 *
 * @module
 */
import {
  derBitString,
  derEncode,
  derInteger,
  derObjectId,
  derSequence,
  DER_TAG,
} from '../bytes/der.js';
import { type Bytes, choice } from '../bytes/octets.js';
import { encodePem } from '../bytes/pem.js';
import { CountersignError } from '../errors.js';
import { type AlgorithmName, contentsOf, type Key, type KeyPurpose } from './handle.js';
import { privateMembers, publicMembers } from './jwk-write.js';
import { type PairMaterial, publicHalf } from './material.js';

export type { AlgorithmName, Bytes, Key, KeyPurpose };

/** How a key is written: SubjectPublicKeyInfo or PKCS #8 in PEM or DER, or a JWK. */
export type KeyFormat = 'pem' | 'der' | 'jwk';

/** What each format gives. */
export type Written<F extends KeyFormat | 'raw'> = F extends 'pem'
  ? string
  : F extends 'der' | 'raw'
    ? Bytes
    : Readonly<Record<string, string>>;

const FORMATS = ['pem', 'der', 'jwk'] as const;

/**
 * Writes a public key, or the public half of a private one. `raw` is for elliptic curves: the
 * uncompressed point, or the 32 octets of Ed25519 and X25519.
 */
export function exportPublicKey<F extends KeyFormat | 'raw'>(key: Key, format: F): Written<F> {
  const material = publicHalf(pairMaterial(key));
  if (format === 'raw') return rawOf(material) as Written<F>;
  if (choice(format, 'format', FORMATS) === 'jwk') return publicMembers(material) as Written<F>;
  const der = spkiOf(material);
  return (format === 'pem' ? encodePem('PUBLIC KEY', der) : der) as Written<F>;
}

/** Writes a private key as anyone can read it. */
export function exportPrivateKeyInTheClear<F extends KeyFormat>(key: Key, format: F): Written<F> {
  const material = pairMaterial(key);
  if (material.kind !== 'private') {
    throw new CountersignError('ERR_KEY_PUBLIC', 'expected a private key, found a public one');
  }
  if (choice(format, 'format', FORMATS) === 'jwk') {
    return { ...publicMembers(material), ...privateMembers(material) } as unknown as Written<F>;
  }
  const der = pkcs8Of(material);
  return (format === 'pem' ? encodePem('PRIVATE KEY', der) : der) as Written<F>;
}

/** The octets of a secret. */
export function exportSecretInTheClear(key: Key): Bytes {
  const { material } = contentsOf(key);
  if (material.kind === 'secret') return new Uint8Array(material.octets);
  throw new CountersignError('ERR_KEY_FORM', 'expected a secret, found half of a key pair');
}

function pairMaterial(key: Key): PairMaterial {
  const { material } = contentsOf(key);
  if (material.kind !== 'secret') return material;
  throw new CountersignError('ERR_KEY_SECRET', 'expected half of a key pair, found a secret');
}

const RSA = '1.2.840.113549.1.1.1';
const EC = '1.2.840.10045.2.1';
const CURVES = {
  'P-256': '1.2.840.10045.3.1.7',
  'P-384': '1.3.132.0.34',
  'P-521': '1.3.132.0.35',
  secp256k1: '1.3.132.0.10',
} as const;
const OCTET_KEYS = { ed25519: '1.3.101.112', x25519: '1.3.101.110' } as const;
const VERSION_0 = /* @__PURE__ */ new Uint8Array(0);
const VERSION_1 = /* @__PURE__ */ Uint8Array.of(1);

/** AlgorithmIdentifier, RFC 3279, RFC 5480 and RFC 8410, in their sections on public keys. */
function algorithmOf(material: PairMaterial): Bytes {
  if (material.family === 'rsa') return derSequence(derObjectId(RSA), derEncode(DER_TAG.null));
  return material.family === 'ec'
    ? derSequence(derObjectId(EC), derObjectId(CURVES[material.curve]))
    : derSequence(derObjectId(OCTET_KEYS[material.family]));
}

function rawOf(material: PairMaterial & { readonly kind: 'public' }): Bytes {
  if (material.family !== 'rsa') {
    return new Uint8Array(material.family === 'ec' ? material.point : material.octets);
  }
  throw new CountersignError('ERR_KEY_FAMILY', 'expected a key of an elliptic curve, found RSA');
}

function spkiOf(material: PairMaterial & { readonly kind: 'public' }): Bytes {
  const key =
    material.family === 'rsa'
      ? derSequence(derInteger(material.parts.n), derInteger(material.parts.e))
      : material.family === 'ec'
        ? material.point
        : material.octets;
  return derSequence(algorithmOf(material), derBitString(key));
}

/** PrivateKeyInfo of version 0, RFC 5958, section 2, as everything reads it. */
function pkcs8Of(material: PairMaterial & { readonly kind: 'private' }): Bytes {
  const octets = derEncode(DER_TAG.octetString, privateOf(material));
  return derSequence(derInteger(VERSION_0), algorithmOf(material), octets);
}

function privateOf(material: PairMaterial & { readonly kind: 'private' }): Bytes {
  if (material.family === 'rsa') {
    const { n, e, d, p, q, dp, dq, qi } = material.parts;
    const parts = [VERSION_0, n, e, d, p, q, dp, dq, qi];
    return derSequence(...parts.map((part) => derInteger(part)));
  }
  if (material.family !== 'ec') return derEncode(DER_TAG.octetString, material.octets);
  // RFC 5915, section 3; the curve stands in the algorithm already.
  const point = derEncode(0xa1, derBitString(material.point));
  return derSequence(derInteger(VERSION_1), derEncode(DER_TAG.octetString, material.scalar), point);
}
