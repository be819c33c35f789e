/**
 * Which keys a signature is tried with. A message says two things about its key: the name of an
 * algorithm, which must be a name of the key's own, and an id, which finds a key in a ring and
 * nowhere else.
 *
 * @module
 */
import { fields, text, typeName } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { Key } from '../key/handle.js';
import type { RemoteMac, RemoteMacAlgorithm, RemoteSigner } from '../key/remote.js';
import type { KeyRing } from '../key/ring.js';
import { type SigningAlgorithm, verify } from '../key/use.js';
import type { Relaxation } from '../key/policy.js';
import { isNameOf, nameFor } from './names.js';

/** The algorithms of signatures and of tags; those that JOSE has no name for are refused. */
export type JwsAlgorithm = SigningAlgorithm | RemoteMacAlgorithm;

/** What verifies: one key, or a ring, from which a message's `kid` chooses among `algs`. */
export type VerifyingKeys = Key<JwsAlgorithm, 'verify'> | KeyRing;

/** What signs here. */
export type SigningKey = Key<SigningAlgorithm, 'sign'> | Key<RemoteMacAlgorithm, 'mac'>;

/** What signs here or elsewhere. */
export type AsyncSigningKey = SigningKey | RemoteSigner | RemoteMac;

/** How a ring is looked into. */
export interface RingOptions {
  /** With a ring, and only then: the algorithms of which a key may be. */
  readonly algs?: readonly JwsAlgorithm[];
  /** With a ring: the present, in seconds, since keys have their times. */
  readonly now?: number;
}

/** Whose signature verified. It names the key and does not hold it, so that it can be logged. */
export interface Verifier {
  /** The id of the key that it verified under, in its ring if it came from one. */
  readonly keyId: string | undefined;
  /** The relaxations of policy that the key needed. */
  readonly relaxed: readonly Relaxation[];
}

/** A key to try, and what it is called. */
export interface Candidate {
  readonly key: Key<JwsAlgorithm, 'verify'>;
  readonly id: string | undefined;
}

/** ECDSA in JWS: RFC 7518, section 3.4; of the two values of s either, which no RFC forbids. */
export const FORM = { encoding: 'fixed', s: 'any' } as const;

const MOST_ALGORITHMS = 8;

/** Checks what the caller gave to verify with, before the message is looked at. */
export function checkKeys(keys: VerifyingKeys, { algs, now }: RingOptions): void {
  if (keys instanceof Key) {
    if (algs !== undefined) {
      throw new TypeError('options.algs: expected with a ring alone; a key has its one algorithm');
    }
    if (now !== undefined) throw new TypeError('options.now: expected with a ring alone');
    return;
  }
  if (typeof fields(keys, 'keys', 'a key or a ring').find !== 'function') {
    throw new TypeError(`keys: expected a key or a ring, found ${typeName(keys)}`);
  }
  if (!Array.isArray(algs) || algs.length === 0 || algs.length > MOST_ALGORITHMS) {
    throw new TypeError(`options.algs: expected 1 to ${MOST_ALGORITHMS} algorithms with a ring`);
  }
  for (const alg of algs as JwsAlgorithm[]) nameFor(fields(alg, 'options.algs', 'algorithms'));
  if (now === undefined) throw new TypeError('options.now: expected the present with a ring');
}

/** The keys to try, by what a header says of them. A ring may be the caller's own code. */
export function candidatesFor(
  keys: VerifyingKeys,
  { algs = [], now = Number.NaN }: RingOptions,
  name: string | undefined,
  kid: string | undefined,
): readonly Candidate[] {
  if (name === undefined) throw new CountersignError('ERR_JOSE_HEADER', 'header: expected alg');
  if (keys instanceof Key) {
    if (isNameOf(name, keys.alg)) return [{ key: keys, id: keys.id }];
    throw otherAlgorithm();
  }
  const alg = algs.find((one) => isNameOf(name, one));
  if (alg === undefined) throw otherAlgorithm();
  const slot = { alg, use: 'verify' } as const;
  const found =
    kid === undefined ? keys.candidates(slot, now) : [keys.find({ ...slot, id: kid }, now)];
  // Read once: what is tried is what is named as having verified.
  return Array.from(found, ({ key, id }) => ({ key, id }));
}

/** Whose signature of `input` it is; nobody's is `ERR_VERIFY_FAILED`. */
export function verifierOf(
  candidates: readonly Candidate[],
  input: Uint8Array,
  signature: Uint8Array,
): Candidate {
  for (const candidate of candidates) {
    if (isSignature(candidate.key, input, signature)) return candidate;
  }
  throw new CountersignError('ERR_VERIFY_FAILED', 'expected a signature of the message by the key');
}

/** The name of an algorithm that a header may have: its own, one of the key's. */
export function writtenName(alg: JwsAlgorithm, given: unknown): string {
  if (given === undefined) return nameFor(alg);
  if (isNameOf(text(given, 'options.header.alg'), alg)) return given as string;
  throw new TypeError(`options.header.alg: expected a name of ${alg.name}`);
}

function isSignature(
  key: Key<JwsAlgorithm, 'verify'>,
  input: Uint8Array,
  signature: Uint8Array,
): boolean {
  const form = (key.alg as SigningAlgorithm).family === 'ec' ? [FORM] : [];
  return verify(key, input, signature, ...(form as unknown as []));
}

function otherAlgorithm(): CountersignError {
  return new CountersignError(
    'ERR_JOSE_ALGORITHM',
    'header: expected alg to be the name of the algorithm of the key',
  );
}
