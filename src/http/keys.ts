/**
 * The key that verifies a message: the one given, or the one of a ring that the message names. What
 * it may be is said by the caller's algorithm values; the message is compared with them.
 *
 * @module
 */
import { fields } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { type AlgorithmName, contentsFor, Key } from '../key/handle.js';
import type { KeyRing } from '../key/ring.js';

/** A key that verifies, or a ring of such keys, which goes with `algs` in the options. */
export type VerifyingKeys<A extends AlgorithmName> = Key<A, 'verify'> | KeyRing;

/** Algorithms that a message may be verified by. */
const MOST_ALGORITHMS = 8;

/** The algorithms that the caller allows: those listed, or that of the one key. */
export function allowedBy<A extends AlgorithmName>(
  keys: VerifyingKeys<A>,
  algs: readonly A[] | undefined,
): readonly A[] {
  if (keys instanceof Key) {
    const { alg } = contentsFor(keys, 'verify');
    if (algs === undefined) return [alg];
    throw new TypeError('options.algs: expected with a ring alone');
  }
  fields(keys, 'keys', 'a key or a ring of keys');
  if (Array.isArray(algs) && 0 < algs.length && algs.length <= MOST_ALGORITHMS) {
    return algs as readonly A[];
  }
  throw new TypeError(`options.algs: expected 1 to ${MOST_ALGORITHMS} algorithms, for a ring`);
}

/** The key of this id and one of these algorithms; a key that is given alone is taken as it is. */
export function keyFor<A extends AlgorithmName>(
  keys: VerifyingKeys<A>,
  algs: readonly A[],
  id: string,
  now: number,
): Key<A, 'verify'> {
  if (keys instanceof Key) return keys;
  const found = algs.flatMap((alg) => {
    try {
      return [keys.find({ id, alg, use: 'verify' }, now).key];
    } catch (error) {
      if (error instanceof CountersignError && error.code === 'ERR_KEY_UNKNOWN') return [];
      throw error;
    }
  });
  const [key] = found;
  if (key !== undefined && found.length === 1) return key;
  throw key === undefined
    ? new CountersignError('ERR_KEY_UNKNOWN', 'expected a key of the id in the message, found none')
    : new CountersignError('ERR_KEY_AMBIGUOUS', 'found keys of one id under several algorithms');
}
