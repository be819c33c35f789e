/**
 * Keys computed from a secret by its own MAC, for schemes that never sign with the secret itself.
 * The octets in between never leave this module; what comes out is a handle. Relaxations that the
 * secret needed stay with it.
 *
 * @module
 */
import { join } from '../bytes/concat.js';
import { encodeInteger, decodeInteger, encodeUint32 } from '../bytes/integer.js';
import { choice, fields } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';
import type { EcdsaAlgorithm } from '../primitive/ecdsa.js';
import type { MacAlgorithm } from '../primitive/hmac.js';
import { contentsFor, contentsOf, type Key, makeKey } from './handle.js';
import { type KeyPair, pairOf } from './pair.js';

/** How a secret is derived. */
export interface SecretDerivation<U> {
  /** Stands before the secret. */
  readonly prefix: string;
  /** The messages of which the tags are taken, each under the tag of the one before. */
  readonly labels: readonly string[];
  readonly use: U;
  readonly id: string;
}

/** Derives another secret of the same algorithm. */
export function deriveSecret<A extends MacAlgorithm, U extends 'mac' | 'verify'>(
  key: Key<A, 'mac'>,
  { prefix, labels, use, id }: SecretDerivation<U>,
): Key<A, U> {
  const { alg, relaxed } = contentsFor(key, 'mac');
  choice(use, 'options.use', ['mac', 'verify']);
  let octets: Uint8Array = join(encodeUtf8(prefix), secretOf(key));
  for (const label of labels) octets = alg.tag(alg.key(octets), encodeUtf8(label));
  const material = { kind: 'secret', octets } as const;
  return makeKey({ alg, use, id, relaxed, prepared: alg.key(octets), material });
}

/** How a key pair is derived. */
export interface PairDerivation<A> {
  readonly alg: A;
  /** Stands before the secret. */
  readonly prefix: string;
  /** Label and context of the KDF. */
  readonly label: string;
  readonly context: string;
  readonly id: string;
}

/** Counters that are tried, each with a chance of 2^-32 to fail. */
const MOST_COUNTERS = 254;

/**
 * Derives a key pair on P-256 by the KDF in counter mode of
 * {@link https://doi.org/10.6028/NIST.SP.800-108r1 SP 800-108}, whose 256 bits plus one are the
 * scalar if they are below n: the one block of output is that of a counter which is part of the
 * context, as AWS has it.
 */
export function derivePair<A extends EcdsaAlgorithm>(
  key: Key<MacAlgorithm, 'mac'>,
  { alg, prefix, label, context, id }: PairDerivation<A>,
): KeyPair<A> {
  const { alg: mac, relaxed } = contentsFor(key, 'mac');
  choice(fields(alg, 'options.alg', 'an algorithm').curve, 'options.alg.curve', ['P-256']);
  choice(mac.name, 'secret.alg', ['HMAC-SHA-256']);
  const prepared = mac.key(join(encodeUtf8(prefix), secretOf(key)));
  const bits = encodeUint32(8 * alg.size);
  for (let counter = 1; counter <= MOST_COUNTERS; counter++) {
    const block = mac.tag(
      prepared,
      join(encodeUint32(1), encodeUtf8(`${label}\0${context}`), Uint8Array.of(counter), bits),
    );
    const pair = pairFrom(alg, block, id);
    if (pair === undefined) continue;
    return {
      publicKey: makeKey({ ...contentsOf(pair.publicKey), relaxed }),
      privateKey: makeKey({ ...contentsOf(pair.privateKey), relaxed }),
    };
  }
  /* v8 ignore next 2 -- once in 2^8128 */
  throw new CountersignError('ERR_KEY', `${alg.name}: expected a secret that gives a scalar`);
}

/** One more than the block, if it is a scalar: AWS takes blocks up to n - 2. */
function pairFrom<A extends EcdsaAlgorithm>(
  alg: A,
  block: Uint8Array,
  id: string,
): KeyPair<A> | undefined {
  try {
    const scalar = encodeInteger(decodeInteger(block) + 1n, alg.size);
    const content = { kind: 'private', family: 'ec', curve: alg.curve, scalar } as const;
    return pairOf(alg, { ...content, point: undefined }, id);
  } catch (error) {
    /* v8 ignore next 3 -- once in 2^32 */
    const isOutside =
      error instanceof CountersignError && ['ERR_KEY', 'ERR_LENGTH'].includes(error.code);
    if (!isOutside) throw error;
    return undefined;
  }
}

function secretOf(key: Key): Uint8Array {
  const { material } = contentsOf(key);
  if (material.kind === 'secret') return material.octets;
  throw new TypeError('key: expected a secret');
}
