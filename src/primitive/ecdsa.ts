/**
 * ECDSA, {@link https://doi.org/10.6028/NIST.FIPS.186-5 FIPS 186-5, section 6}. Each value binds a
 * curve to the one hash function that JOSE pairs it with (RFC 7518, section 3.4; RFC 8812, section
 * 3.2), so that no key of one curve is ever used with another's digest.
 *
 * For every signature (r, s) there is a second one, (r, n - s). Whether that matters is for the
 * caller to say each time: `s: 'low'` takes one of the two, `s: 'any'` both.
 *
 * @module
 */
import * as engine from '#engine/ecdsa';
import { sha256, sha384, sha512 } from '#engine/digest';
import {
  derInteger,
  derChildren,
  derSequence,
  derUnsigned,
  DER_TAG,
  readDer,
} from '../bytes/der.js';
import { decodeHex } from '../bytes/hex.js';
import { compareIntegers } from '../bytes/integer.js';
import { type Bytes, choice, fields, octets } from '../bytes/octets.js';
import type { DigestEngine, EcdsaEngine, EngineKey } from '../engine/contract.js';
import { CountersignError } from '../errors.js';
import { isScalar, P256_ORDER, P384_ORDER, P521_ORDER, SECP256K1_ORDER } from './order.js';
import { PreparedKey, stateOf } from './prepared.js';

export type { Bytes };

/** How a signature is written, and which of its two values of s are taken. */
export interface EcdsaForm {
  /**
   * `fixed`: r ‖ s at the width of the curve (IEEE P1363, JWS); `der`: Ecdsa-Sig-Value, RFC 3279
   * section 2.2.3, in its one DER encoding.
   */
  readonly encoding: 'fixed' | 'der';
  /** `low`: s is at most n / 2. `any`: both, of which the other can always be computed. */
  readonly s: 'low' | 'any';
}

/** The curves of ECDSA, by the names of RFC 7518 and RFC 8812. */
export type EcdsaCurve = 'P-256' | 'P-384' | 'P-521' | 'secp256k1';

/** ECDSA on one curve with one hash function. */
export interface EcdsaAlgorithm {
  readonly kind: 'signature';
  readonly family: 'ec';
  readonly name: string;
  readonly curve: EcdsaCurve;
  /** Octets of a coordinate, a scalar, and half a `fixed` signature. */
  readonly size: number;
  /** Parses an uncompressed point, SEC 1 section 2.3.3: 04 ‖ x ‖ y. */
  publicKey(point: Uint8Array): EcdsaPublicKey;
  /** Parses a scalar from 1 to n - 1, as many octets as the curve has. */
  privateKey(scalar: Uint8Array): EcdsaPrivateKey;
  /** The uncompressed point that belongs to a private key. */
  publicOf(key: EcdsaPrivateKey): Bytes;
  /** Signs; the nonce is random or hedged, so no two signatures are alike. */
  sign(key: EcdsaPrivateKey, message: Uint8Array, form: EcdsaForm): Bytes;
  /** Whether `signature` is one of `message` in exactly this form. */
  verify(key: EcdsaPublicKey, message: Uint8Array, signature: Uint8Array, form: EcdsaForm): boolean;
  /** The digest of `message` that is signed, for services that take digests. */
  digest(message: Uint8Array): Bytes;
  /**
   * A signature of one encoding, in the form asked for; what is none is `ERR_SIGNATURE`. With
   * `s: 'low'` a high s is replaced by the other one.
   */
  convert(signature: Uint8Array, from: EcdsaForm['encoding'], form: EcdsaForm): Bytes;
}

export type EcdsaPublicKey = PreparedKey<'public', 'ecdsa'>;
export type EcdsaPrivateKey = PreparedKey<'private', 'ecdsa'>;

const ENCODINGS = ['fixed', 'der'] as const;

/** ES256 of RFC 7518. */
export const ecdsaP256Sha256: EcdsaAlgorithm = /* @__PURE__ */ ecdsa(
  'P-256',
  engine.p256,
  sha256,
  P256_ORDER,
);
/** ES384 of RFC 7518. */
export const ecdsaP384Sha384: EcdsaAlgorithm = /* @__PURE__ */ ecdsa(
  'P-384',
  engine.p384,
  sha384,
  P384_ORDER,
);
/** ES512 of RFC 7518. */
export const ecdsaP521Sha512: EcdsaAlgorithm = /* @__PURE__ */ ecdsa(
  'P-521',
  engine.p521,
  sha512,
  P521_ORDER,
);
/** ES256K of RFC 8812. */
export const ecdsaSecp256k1Sha256: EcdsaAlgorithm = /* @__PURE__ */ ecdsa(
  'secp256k1',
  engine.secp256k1,
  sha256,
  SECP256K1_ORDER,
);

function ecdsa(
  curveName: EcdsaCurve,
  curve: EcdsaEngine,
  hash: DigestEngine,
  orderHex: string,
): EcdsaAlgorithm {
  const name = `ECDSA ${curveName} ${hash.name}`;
  const order = decodeHex(orderHex, 'lower');
  const half = halved(order);
  const size = order.length;

  const algorithm: EcdsaAlgorithm = {
    kind: 'signature',
    family: 'ec',
    name,
    curve: curveName,
    size,
    publicKey(point) {
      point = octets(point, 'point');
      const state =
        point.length === 1 + 2 * size && point[0] === 4 ? curve.publicKey(point) : undefined;
      if (state === undefined) {
        throw new CountersignError(
          'ERR_KEY',
          `${name}: expected an uncompressed point of ${1 + 2 * size} octets on the curve`,
        );
      }
      return new PreparedKey(algorithm, 'public', state);
    },
    privateKey(scalar) {
      scalar = octets(scalar, 'scalar');
      if (!isScalar(scalar, order)) {
        throw new CountersignError(
          'ERR_KEY',
          `${name}: expected a scalar of ${size} octets from 1 to n - 1`,
        );
      }
      return new PreparedKey(algorithm, 'private', curve.privateKey(scalar));
    },
    publicOf: (key) => curve.pointOf(stateOf(key, algorithm, 'private')),
    sign(key, message, form) {
      const state = stateOf<EngineKey<'ec-private'>>(key, algorithm, 'private');
      message = octets(message, 'message');
      const checked = readForm(form);
      return write(curve.sign(state, hash, message), checked);
    },
    verify(key, message, signature, form) {
      const state = stateOf<EngineKey<'ec-public'>>(key, algorithm, 'public');
      message = octets(message, 'message');
      signature = octets(signature, 'signature');
      const { encoding, s: rule } = readForm(form);
      const fixed = read(signature, encoding);
      if (fixed === undefined) return false;
      if (rule === 'low' && compareIntegers(fixed.subarray(size), half) > 0) return false;
      return curve.verify(state, hash, message, fixed);
    },
    digest: (message) => hash.digest(octets(message, 'message')),
    convert(signature, from, form) {
      signature = octets(signature, 'signature');
      const fixed = read(signature, choice(from, 'from', ENCODINGS));
      if (fixed !== undefined) return write(new Uint8Array(fixed), readForm(form));
      throw new CountersignError('ERR_SIGNATURE', `${name}: expected a signature, ${from}-encoded`);
    },
  };

  /** r ‖ s of a signature, or nothing where it is none in this encoding. */
  function read(signature: Uint8Array, encoding: EcdsaForm['encoding']): Uint8Array | undefined {
    const fixed = encoding === 'fixed' ? signature : fromDer(signature, size);
    // FIPS 186-5, section 6.4.2, step 1. Each has exactly the width of n, and so both together.
    const isSignature =
      fixed !== undefined &&
      isScalar(fixed.subarray(0, size), order) &&
      isScalar(fixed.subarray(size), order);
    return isSignature ? fixed : undefined;
  }

  /** r ‖ s, which may be changed, in the form asked for. */
  function write(fixed: Bytes, { encoding, s: rule }: EcdsaForm): Bytes {
    const s = fixed.subarray(size);
    if (rule === 'low' && compareIntegers(s, half) > 0) s.set(difference(order, s));
    return encoding === 'fixed' ? fixed : toDer(fixed, size);
  }

  return Object.freeze(algorithm);
}

/** Reads each choice once: what is checked here is what is done. */
function readForm(form: EcdsaForm): EcdsaForm {
  const { encoding, s } = fields(
    form,
    'form',
    '{ encoding, s }, neither of which has a safe default',
  );
  return {
    encoding: choice(encoding, 'form.encoding', ENCODINGS),
    s: choice(s, 'form.s', ['low', 'any']),
  };
}

/** Ecdsa-Sig-Value to r ‖ s, or nothing where it is not the one encoding of two integers. */
function fromDer(signature: Uint8Array, size: number): Bytes | undefined {
  try {
    const parts = derChildren(readDer(signature, DER_TAG.sequence)).map(derUnsigned);
    const [r, s] = parts;
    if (r === undefined || s === undefined || parts.length !== 2) return undefined;
    if (r.length > size || s.length > size) return undefined;
    const out = new Uint8Array(2 * size);
    out.set(r, size - r.length);
    out.set(s, 2 * size - s.length);
    return out;
  } catch (error) {
    if (error instanceof CountersignError) return undefined;
    throw error;
  }
}

function toDer(signature: Uint8Array, size: number): Bytes {
  return derSequence(derInteger(signature.subarray(0, size)), derInteger(signature.subarray(size)));
}

/** Half of an integer, rounded down. */
function halved(value: Uint8Array): Bytes {
  const out = new Uint8Array(value.length);
  for (let i = 0; i < out.length; i++) {
    out[i] = ((value[i] ?? 0) >> 1) | (((value[i - 1] ?? 0) & 1) << 7);
  }
  return out;
}

/** a - b, for b <= a. */
function difference(a: Uint8Array, b: Uint8Array): Bytes {
  const out = new Uint8Array(a.length);
  let borrow = 0;
  for (let i = out.length - 1; i >= 0; i--) {
    const digit = (a[i] ?? 0) - (b[i] ?? 0) - borrow;
    out[i] = digit;
    borrow = digit < 0 ? 1 : 0;
  }
  return out;
}
