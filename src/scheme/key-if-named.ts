/**
 * Keys of a provider that names them in one of its modes and not in the other: the one that is named,
 * exactly, or any of the few that were given.
 *
 * @module
 */
import { anyKey, keyById, type SchemeKeys, type Selection } from './keys.js';
import type { AlgorithmName } from '../key/handle.js';
import type { Call } from './message.js';
import type { Build } from './source.js';

/**
 * The key that a slot names where it is there. Whoever takes the name away gets the same keys tried,
 * all of which the receiver trusts; a name that is unknown is an error.
 */
export function keyIfNamed(slot: string): Selection {
  const byId = keyById(slot);
  return Object.freeze({
    what: `the one that ${slot} names, or without it any of the keys given`,
    slot,
    compile(build: Build) {
      const read = build.slot(slot);
      const [named, any] = [byId.compile(build), anyKey.compile(build)];
      return (call: Call, keys: SchemeKeys, algs: readonly AlgorithmName[], now: number) =>
        (read(call) === undefined ? any : named)(call, keys, algs, now);
    },
  });
}
