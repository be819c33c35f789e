/**
 * DSA, {@link https://doi.org/10.6028/NIST.FIPS.186-4 FIPS 186-4, section 4.7}, withdrawn from
 * FIPS 186-5; to verify alone, on the node engine. Signatures are Dss-Sig-Value of
 * {@link https://www.rfc-editor.org/rfc/rfc3279#section-2.2.2 RFC 3279, section 2.2.2}.
 *
 * @module
 */
import { dsa } from '#engine/legacy';
import { sha1, sha256 } from '#engine/digest';
import { derChildren, derUnsigned, DER_TAG, readDer } from '../../bytes/der.js';
import { compareIntegers, decodeInteger } from '../../bytes/integer.js';
import { fields, octets } from '../../bytes/octets.js';
import type { DigestEngine, DsaPublicParts, EngineKey } from '../../engine/contract.js';
import { CountersignError } from '../../errors.js';
import { PreparedKey, stateOf } from '../prepared.js';
import { type WeakVerdict, weakVerdict } from './weak.js';

export type { DsaPublicParts };

/** Verification of DSA signatures. */
export interface DsaAlgorithm {
  readonly kind: 'weak-signature';
  readonly strength: 'weak';
  readonly name: string;
  /** Parses p, q, g and y, with the sizes of FIPS 186-4, section 4.2. */
  publicKey(parts: DsaPublicParts): PreparedKey<'public', 'dsa'>;
  verify(
    key: PreparedKey<'public', 'dsa'>,
    message: Uint8Array,
    signature: Uint8Array,
  ): WeakVerdict;
}

/** Octets of p and q, FIPS 186-4, section 4.2. */
const SIZES = [
  [128, 20],
  [256, 28],
  [256, 32],
  [384, 32],
] as const;

export const dsaSha1: DsaAlgorithm = /* @__PURE__ */ verifier(sha1);
export const dsaSha256: DsaAlgorithm = /* @__PURE__ */ verifier(sha256);

interface State {
  readonly key: EngineKey<'dsa-public'>;
  readonly q: Uint8Array;
}

function verifier(hash: DigestEngine): DsaAlgorithm {
  const algorithm: DsaAlgorithm = {
    kind: 'weak-signature',
    strength: 'weak',
    name: `DSA ${hash.name}`,
    publicKey(parts) {
      const read = readParts(parts);
      const key = dsa.publicKey(read);
      if (key === undefined) throw keyError();
      const state: State = { key, q: read.q };
      return new PreparedKey(algorithm, 'public', state);
    },
    verify(key, message, signature) {
      const { key: state, q } = stateOf<State>(key, algorithm, 'public');
      message = octets(message, 'message');
      signature = octets(signature, 'signature');
      if (!isSignature(signature, q)) return false;
      return weakVerdict(dsa.verify(state, hash, message, signature));
    },
  };
  return Object.freeze(algorithm);
}

/** Reads each part once and copies it: what is checked here is what the engine gets. */
function readParts(parts: DsaPublicParts): DsaPublicParts {
  const given = fields(parts, 'parts', 'the parts of a DSA key');
  const read = (name: 'p' | 'q' | 'g' | 'y'): Uint8Array => {
    const part = octets(given[name], `parts.${name}`);
    if (part[0] === 0) throw keyError();
    return new Uint8Array(part);
  };
  const [p, q, g, y] = [read('p'), read('q'), read('g'), read('y')];
  const hasSizes = SIZES.some(([pSize, qSize]) => p.length === pSize && q.length === qSize);
  if (!hasSizes || ![g, y].every((value) => isInSubgroup(value, p, q))) throw keyError();
  return { p, q, g, y };
}

/**
 * Whether a value generates the subgroup of order q, as g and y must (FIPS 186-4, section 4.1): with
 * p - 1, whose order is 2, for both, every other number is a signature of any message.
 */
function isInSubgroup(value: Uint8Array, p: Uint8Array, q: Uint8Array): boolean {
  if (!isBelow(value, p)) return false;
  const modulus = decodeInteger(p);
  let square = decodeInteger(value);
  if (square === 1n) return false;
  let power = 1n;
  for (let exponent = decodeInteger(q); exponent > 0n; exponent >>= 1n) {
    if ((exponent & 1n) === 1n) power = (power * square) % modulus;
    square = (square * square) % modulus;
  }
  return power === 1n;
}

/** The one DER encoding of 0 < r < q and 0 < s < q. */
function isSignature(signature: Uint8Array, q: Uint8Array): boolean {
  try {
    const parts = derChildren(readDer(signature, DER_TAG.sequence)).map(derUnsigned);
    return parts.length === 2 && parts.every((part) => part.length > 0 && isBelow(part, q));
  } catch (error) {
    if (error instanceof CountersignError) return false;
    throw error;
  }
}

/** Both without leading zeros. */
function isBelow(value: Uint8Array, bound: Uint8Array): boolean {
  if (value.length !== bound.length) return value.length < bound.length;
  return compareIntegers(value, bound) < 0;
}

function keyError(): CountersignError {
  return new CountersignError('ERR_KEY', 'DSA: expected p, q, g and y of a FIPS 186-4 key');
}
