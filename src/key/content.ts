/**
 * What every door does first: finds the key in whatever it came in, and refuses the wrong kind by
 * its name.
 *
 * @module
 */
import { DER_TAG } from '../bytes/der.js';
import { typeName } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { type CurveName, type KeyContent, readContainer } from './container.js';
import { type Jwk, readJwk } from './jwk.js';
import { checkJwk } from './jwk-purpose.js';
import { uncompressed } from './point.js';
import { readDerOf } from './read.js';

/** Octets of a key of RFC 8410. */
const OCTETS_25519 = 32;

/**
 * A key as callers have it: a text (PEM, or bare Base64 of DER), octets (DER, or the raw key of an
 * elliptic curve), or a parsed JWK.
 */
export type KeyInput = string | Uint8Array | Jwk;

/** What a door is for, and what its caller wants. */
export interface Wanted {
  readonly kind: 'public' | 'private';
  readonly family: KeyContent['family'];
  /** The name of the algorithm. */
  readonly algorithm: string;
  readonly use: string;
  /** Of an algorithm on a curve of SEC 1, its name and the octets of a coordinate. */
  readonly curve: { readonly name: CurveName; readonly size: number } | undefined;
  /** Whether a JWK's coordinates may be short. */
  readonly mayPad: boolean;
}

/** The key in `input`, of the kind and family wanted. */
export function readKey(input: KeyInput, wanted: Wanted): KeyContent {
  if (typeof input !== 'string' && (typeof input !== 'object' || (input as unknown) === null)) {
    throw new TypeError(`input: expected text, octets or a JWK, found ${typeName(input)}`);
  }
  const content = isJwk(input) ? readJwk(input, wanted.mayPad) : readOctets(input, wanted);
  if (content.family !== wanted.family) {
    throw new CountersignError(
      'ERR_KEY_FAMILY',
      `${wanted.algorithm}: expected a key of the family ${wanted.family}, found one of ${content.family}`,
    );
  }
  if (content.kind !== wanted.kind) {
    throw new CountersignError(
      wanted.kind === 'private' ? 'ERR_KEY_PUBLIC' : 'ERR_KEY_PRIVATE',
      `${wanted.algorithm}: expected a ${wanted.kind} key, found a ${content.kind} one`,
    );
  }
  if (isJwk(input)) checkJwk(input, wanted.algorithm, wanted.use);
  return content;
}

function readOctets(input: string | Uint8Array, wanted: Wanted): KeyContent {
  const der = readDerOf(input, 'input', wanted.kind);
  return (
    (typeof input === 'string' ? undefined : readRaw(der, wanted)) ??
    readContainer(der, wanted.kind)
  );
}

/**
 * A key that is its octets and nothing around them: RFC 8032's and RFC 7748's, a point or a scalar
 * of SEC 1. None can be mistaken: the containers of a key are longer than its scalar, and begin
 * otherwise than a point.
 */
function readRaw(octets: Uint8Array, { kind, family, curve }: Wanted): KeyContent | undefined {
  const { length } = octets;
  if (family === 'ed25519' || family === 'x25519') {
    if (length === OCTETS_25519) return { kind, family, octets };
    // As libsodium keeps a private key and Standard Webhooks writes it: with its public one.
    if (family === 'x25519' || kind === 'public' || length !== 2 * OCTETS_25519) return undefined;
    const halves = [octets.subarray(0, OCTETS_25519), octets.subarray(OCTETS_25519)] as const;
    return { kind, family, octets: halves[0], publicOctets: halves[1] };
  }
  if (family !== 'ec' || curve === undefined) return undefined;
  const { name, size } = curve;
  if (kind === 'private') {
    const isScalar = length === size;
    return isScalar ? { kind, family, curve: name, scalar: octets, point: undefined } : undefined;
  }
  // Which of the encodings of SEC 1 it is, and whether it is one that is taken, is seen later.
  const isPoint =
    (length === 1 + 2 * size || length === 1 + size) && octets[0] !== DER_TAG.sequence;
  return isPoint ? { kind, family, curve: name, point: uncompressed(name, octets) } : undefined;
}

/** Whether an input is an object with members and no octets. */
export function isJwk(input: unknown): input is Jwk {
  return typeof input === 'object' && input !== null && !ArrayBuffer.isView(input);
}
