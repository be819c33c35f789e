/**
 * Which of the receiver's keys a message is tried with. An id in a message chooses among them, exactly;
 * one that is unknown is an error, never a reason to try them all.
 *
 * @module
 */
import { fields } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { type AlgorithmName, contentsFor, Key } from '../key/handle.js';
import type { KeyRing } from '../key/ring.js';
import type { Call } from './message.js';
import type { Build } from './source.js';

/** A key that verifies, some of them, or a ring. */
export type SchemeKeys<A extends AlgorithmName = AlgorithmName> =
  Key<A, 'verify'> | readonly Key<A, 'verify'>[] | KeyRing;

/** Finds the keys to try. */
export type Candidates = (
  call: Call,
  keys: SchemeKeys,
  algs: readonly AlgorithmName[],
  now: number,
) => readonly Key<AlgorithmName, 'verify'>[];

/** How keys are chosen. */
export interface Selection {
  /** For people. */
  readonly what: string;
  /** The slot that names the key, if one does. */
  readonly slot: string | undefined;
  compile(build: Build): Candidates;
  /** The signatures that a key is tried with, where that is not every one. */
  signatures?: ((build: Build) => SignaturesOf) | undefined;
}

/** The texts of signatures that a key may have made. */
export type SignaturesOf = (call: Call, key: Key<AlgorithmName, 'verify'>) => readonly string[];

const MOST_SECRETS = 8;
const MOST_PUBLIC_KEYS = 2;

/** Any of the keys given: at most eight secrets, or two public keys. */
export const anyKey: Selection = /* @__PURE__ */ Object.freeze({
  what: 'any of the keys given',
  slot: undefined,
  compile: () => (call: Call, keys: SchemeKeys, algs: readonly AlgorithmName[], now: number) => {
    if (keys instanceof Key) return given(keys, algs);
    const found = isRing(keys)
      ? algs.flatMap((alg) => orNone(call, () => keys.candidates({ alg, use: 'verify' }, now)))
      : given(keys, algs);
    const most = found.every(({ alg }) => alg.kind.endsWith('signature'))
      ? MOST_PUBLIC_KEYS
      : MOST_SECRETS;
    if (found.length <= most) return found;
    throw new CountersignError('ERR_KEY_AMBIGUOUS', `expected at most ${most} keys to try`);
  },
});

/** The key that a slot names. `fold` gives two spellings of one id the same text. */
export function keyById(slot: string, fold: (id: string) => string = (id) => id): Selection {
  return Object.freeze({
    what: `the one that ${slot} names`,
    slot,
    compile(build: Build) {
      const read = build.slot(slot);
      return (call: Call, keys: SchemeKeys, algs: readonly AlgorithmName[], now: number) => {
        return [keyOfId(call, fold(read(call) ?? ''), keys, algs, now, slot, fold)];
      };
    },
  });
}

/** The one key of this id and one of these algorithms. `what` names where the id stands. */
export function keyOfId(
  call: Call,
  id: string,
  keys: SchemeKeys,
  algs: readonly AlgorithmName[],
  now: number,
  what: string,
  fold: (id: string) => string = (same) => same,
): Key<AlgorithmName, 'verify'> {
  const found = isRing(keys)
    ? algs.flatMap((alg) =>
        orNone(call, () => [keys.find({ id: spelling(keys, id, fold), alg, use: 'verify' }, now)]),
      )
    : given(keys, algs).filter((key) => key.id !== undefined && fold(key.id) === id);
  const [key] = found;
  if (found.length > 1) throw new CountersignError('ERR_KEY_AMBIGUOUS', 'found keys of one id');
  if (id !== '' && key !== undefined) return key;
  throw new CountersignError(
    'ERR_KEY_UNKNOWN',
    `${what}: expected the id of a key that was given, found another`,
  );
}

function isRing(keys: SchemeKeys): keys is KeyRing {
  return !(keys instanceof Key) && !Array.isArray(fields(keys, 'keys', 'a key, keys or a ring'));
}

/** An id as the ring has it, of which the message may have another spelling. */
function spelling(ring: KeyRing, id: string, fold: (id: string) => string): string {
  return ring.keys.find((entry) => fold(entry.id) === id)?.id ?? id;
}

/** The keys in a ring may have run out, and then there are none; every other error is one. */
function orNone(
  call: Call,
  find: () => readonly { readonly key: Key<AlgorithmName, 'verify'>; readonly id: string }[],
): readonly Key<AlgorithmName, 'verify'>[] {
  try {
    return find().map(({ key, id }) => {
      // A secret without a name of its own has the one that the ring gave it.
      if (key.id === undefined) (call.ids ??= new Map()).set(key, id);
      return key;
    });
  } catch (error) {
    if (error instanceof CountersignError && error.code === 'ERR_KEY_UNKNOWN') return [];
    throw error;
  }
}

function given(
  keys: Exclude<SchemeKeys, KeyRing>,
  algs: readonly AlgorithmName[],
): readonly Key<AlgorithmName, 'verify'>[] {
  if (keys instanceof Key) {
    return algs.includes(contentsFor(keys, 'verify').alg) ? [keys] : [];
  }
  const list = keys;
  for (const key of list) contentsFor(key, 'verify');
  return list.filter(({ alg }) => algs.includes(alg));
}
