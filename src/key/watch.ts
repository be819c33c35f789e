/**
 * A handle that tells when it is used, so that whoever tries many things can count what they cost. Only
 * what explains and what tests ask for one: the handle that was given costs no more for it.
 *
 * @module
 */
import { type AlgorithmName, contentsOf, type Key, type KeyPurpose, makeKey } from './handle.js';

/**
 * A copy of a handle. `onUse` runs before each computation with it, and prevents it by throwing.
 * Everything that computes takes the parsed key out of the handle first.
 */
export function watched<A extends AlgorithmName, U extends KeyPurpose>(
  key: Key<A, U>,
  onUse: () => void,
): Key<A, U> {
  const contents = contentsOf(key);
  const { prepared } = contents;
  const copy = makeKey(contents);
  Object.defineProperty(contentsOf(copy), 'prepared', {
    get() {
      onUse();
      return prepared;
    },
  });
  return copy;
}

/** The same key under another name. */
export function renamed<A extends AlgorithmName, U extends KeyPurpose>(
  key: Key<A, U>,
  id: string | undefined,
): Key<A, U> {
  return makeKey({ ...contentsOf(key), id });
}
