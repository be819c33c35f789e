/**
 * Signatures under names that say whose they are: PayMongo's `te` by the secret for tests and `li` by
 * the live one, TabaPay's `v2` by the secret that is going. A key is tried with the signatures of its
 * own name, and with no other: a message that was signed for tests is not live by any key.
 *
 * @module
 */
import { CountersignError } from '../errors.js';
import { keyOfId, type Selection, type SchemeKeys } from './keys.js';
import type { AlgorithmName, Key } from '../key/handle.js';
import type { Call } from './message.js';
import type { Pairs } from './pairs.js';
import type { Build, Draft, ListSource } from './source.js';

/** Where such signatures stand, and which key each is tried with. */
export interface Tagged {
  readonly signatures: ListSource;
  readonly keys: Selection;
}

/** `ids` has for each name in the list the id of the key that signs under it. */
export function tagged(list: Pairs, ids: Readonly<Record<string, string>>): Tagged {
  const tags = Object.entries(ids).map(([tag, id]) => ({ tag, id, of: list.all(tag) }));
  const names = tags.map(({ tag }) => tag).join(', ');
  const readers = (build: Build) => {
    const reads = tags.map(({ id, of }) => ({ id, read: of.read(build) }));
    return reads.map(({ id, read }) => ({ id, read: (call: Call) => filled(read(call)) }));
  };
  const signatures: ListSource = {
    kind: 'list',
    what: `${names} of a list`,
    read(build: Build) {
      const reads = readers(build);
      return build.once(signatures, () => (call) => reads.flatMap(({ read }) => read(call)));
    },
    place(draft: Draft, value: string, keyId?: string) {
      const found = tags.find(({ id }) => id === keyId);
      if (found === undefined) {
        throw new TypeError(`keys: expected one of the ids ${Object.values(ids).join(', ')}`);
      }
      found.of.place(draft, value);
    },
  };
  const keys: Selection = {
    what: `those of ${names}, each with its own signatures`,
    slot: undefined,
    compile(build: Build) {
      const reads = readers(build);
      return (call: Call, given: SchemeKeys, algs: readonly AlgorithmName[], now: number) =>
        reads.flatMap(({ id, read }) =>
          read(call).length === 0 ? [] : orNone(() => keyOfId(call, id, given, algs, now, names)),
        );
    },
    signatures(build: Build) {
      const reads = readers(build);
      return (call: Call, key: Key<AlgorithmName, 'verify'>) =>
        reads.flatMap(({ id, read }) => (id === (key.id ?? call.ids?.get(key)) ? read(call) : []));
    },
  };
  return Object.freeze({ signatures: Object.freeze(signatures), keys: Object.freeze(keys) });
}

/** Who has the live secret alone has no key for a signature of the other. */
function orNone<T>(find: () => T): readonly T[] {
  try {
    return [find()];
  } catch (error) {
    if (error instanceof CountersignError && error.code === 'ERR_KEY_UNKNOWN') return [];
    throw error;
  }
}

/** An empty one is no signature: it is how the name of another mode is sent. */
function filled(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => text !== '');
}
