/**
 * Rings of keys. `countersign/key/ring`. A key is found by its id, its algorithm and its use, all
 * three exactly; the first comes from a message, the others never do. An id that is there and
 * unknown is an error: whoever tries all keys then lets the sender choose.
 *
 * A ring never changes: `with` makes another one, so that a request in flight keeps the keys that
 * it began with.
 *
 * @module
 */
import { fields, text } from '../bytes/octets.js';
import { CountersignError, type CountersignErrorCode } from '../errors.js';
import { type AlgorithmName, contentsOf, type Key, type KeyPurpose } from './handle.js';
import { named, seconds } from './options.js';

export type { AlgorithmName, Key, KeyPurpose };

/** A key to put into a ring. */
export interface RingEntry<
  A extends AlgorithmName = AlgorithmName,
  U extends KeyPurpose = KeyPurpose,
> {
  readonly key: Key<A, U>;
  /** The first second in which it may be used, since 1970; without one, always before. */
  readonly notBefore?: number | undefined;
  /** The last second in which it may be used; without one, always after. */
  readonly notAfter?: number | undefined;
}

/** A key in a ring, under the id that it is found by. */
export interface RingKey<
  A extends AlgorithmName = AlgorithmName,
  U extends KeyPurpose = KeyPurpose,
> extends RingEntry<A, U> {
  /** The key's own id; a secret without one is `k1`, `k2`, … by its place among its like. */
  readonly id: string;
}

/** What a key is for. */
export interface KeySlot<A extends AlgorithmName, U extends KeyPurpose> {
  readonly alg: A;
  readonly use: U;
}

/** One key of a ring. */
export interface KeyName<
  A extends AlgorithmName = AlgorithmName,
  U extends KeyPurpose = KeyPurpose,
> extends KeySlot<A, U> {
  readonly id: string;
}

/** What `with` changes, in this order. */
export interface RingChanges {
  readonly add?: readonly RingEntry[];
  /** The keys that sign, seal and wrap from now on, each for its algorithm and use. */
  readonly promote?: readonly KeyName[];
  /** Sets the last second in which a key may be used. */
  readonly retire?: readonly (KeyName & { readonly notAfter: number })[];
  readonly remove?: readonly KeyName[];
}

/** Keys by id, algorithm and use. */
export interface KeyRing {
  /** All keys, in the order in which they were added. */
  readonly keys: readonly RingKey[];
  /** The key of this name, if it may be used at `now`: for a live message the present. */
  find<A extends AlgorithmName, U extends KeyPurpose>(
    name: KeyName<A, U>,
    now: number,
  ): RingKey<A, U>;
  /** The key to sign, seal or wrap with. */
  primary<A extends AlgorithmName, U extends KeyPurpose>(
    slot: KeySlot<A, U>,
    now: number,
  ): RingKey<A, U>;
  /**
   * The keys to try for a message that names none, the primary one first: at most 8 secrets or 2
   * public keys. With more the message must name its key: `ERR_KEY_AMBIGUOUS`.
   */
  candidates<A extends AlgorithmName, U extends KeyPurpose>(
    slot: KeySlot<A, U>,
    now: number,
  ): readonly RingKey<A, U>[];
  /** Another ring, with these changes. */
  with(changes: RingChanges): KeyRing;
}

/** Makes a ring. The first key of an algorithm and use is the primary one of it. */
export function createRing(entries: readonly RingEntry[]): KeyRing {
  if (!Array.isArray(entries) || entries.length === 0) {
    throw new TypeError('entries: expected an array of one key or more');
  }
  return ringOf(changed({ entries: [], ever: [] }, { add: entries as readonly RingEntry[] }));
}

interface Entry extends RingKey {
  readonly isPrimary: boolean;
}

interface State {
  readonly entries: readonly Entry[];
  /** The keys that were ever added, so that no position names two keys. */
  readonly ever: readonly RingEntry[];
}

const ENTRY = ['key', 'notBefore', 'notAfter'];
const CHANGES = ['add', 'promote', 'retire', 'remove'];
const MOST_SECRETS = 8;
const MOST_PUBLIC_KEYS = 2;

/** The entries of an algorithm and use by their id, in the order in which they were added. */
type Slot = ReadonlyMap<string, Entry>;
/** Finding a key takes as long in a ring of a thousand as in one of one. */
type Index = ReadonlyMap<AlgorithmName, ReadonlyMap<KeyPurpose, Slot>>;

function ringOf(state: State): KeyRing {
  const { entries } = state;
  const index = indexOf(entries);
  const ring: KeyRing = {
    keys: Object.freeze(entries.map(shown)),
    find: (name, now) => shown(usable(inRing(index, name), now)) as never,
    primary(slot, now) {
      const found = [...inSlot(index, slot).values()].find(({ isPrimary }) => isPrimary);
      if (found === undefined) throw refusal('ERR_KEY_UNKNOWN', slot, 'found none');
      return shown(usable(found, now)) as never;
    },
    candidates(slot, now) {
      seconds(now, 'now');
      const all = [...inSlot(index, slot).values()];
      const found = all.filter((entry) => faultOf(entry, now) === undefined);
      if (found.length === 0) throw refusal('ERR_KEY_UNKNOWN', slot, 'found none at this time');
      const most = slot.alg.kind.endsWith('signature') ? MOST_PUBLIC_KEYS : MOST_SECRETS;
      if (found.length > most) {
        throw refusal('ERR_KEY_AMBIGUOUS', slot, `found more than ${most} and no id to choose by`);
      }
      const ordered = found.toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary));
      return Object.freeze(ordered.map(shown)) as never;
    },
    with: (changes) => ringOf(changed(state, changes)),
  };
  return Object.freeze(ring);
}

function changed(state: State, changes: RingChanges): State {
  const { add, promote, retire, remove } = named(changes, 'changes', CHANGES);
  if (Object.keys(changes).length === 0) {
    throw new TypeError(`changes: expected some of ${CHANGES.join(', ')}`);
  }
  let { entries, ever } = state;
  for (const entry of list(add, 'changes.add')) {
    entries = [...entries, entryOf(entry, entries, ever)];
    ever = [...ever, entry];
  }
  for (const name of list(promote, 'changes.promote')) {
    const index = indexOf(entries);
    const [chosen, rivals] = [inRing(index, name), inSlot(index, name)];
    entries = entries.map((entry) =>
      rivals.get(entry.id) === entry ? { ...entry, isPrimary: entry === chosen } : entry,
    );
  }
  for (const name of list(retire, 'changes.retire')) {
    const index = indexOf(entries);
    const chosen = inRing(index, name);
    const notAfter = seconds(name.notAfter, 'changes.retire.notAfter');
    if (chosen.notAfter !== undefined && !(notAfter <= chosen.notAfter)) {
      throw new TypeError('changes.retire.notAfter: expected no later time than the key had');
    }
    // It would sign on until then, and from then on refuse.
    if (chosen.isPrimary && inSlot(index, name).size > 1) {
      throw new TypeError('changes.retire: expected another key promoted before the primary goes');
    }
    entries = entries.map((entry) => (entry === chosen ? { ...entry, notAfter } : entry));
  }
  for (const name of list(remove, 'changes.remove')) {
    const chosen = inRing(indexOf(entries), name);
    entries = entries.filter((entry) => entry !== chosen);
    if (chosen.isPrimary && inSlot(indexOf(entries), name).size > 0) {
      throw new TypeError('changes.remove: expected another key promoted before the primary goes');
    }
  }
  return { entries, ever };
}

function entryOf(entry: RingEntry, entries: readonly Entry[], ever: readonly RingEntry[]): Entry {
  const { key, notBefore, notAfter } = named(entry, 'changes.add', ENTRY);
  const { alg, use } = contentsOf(key);
  if (notBefore !== undefined) seconds(notBefore, 'notBefore');
  if (notAfter !== undefined) seconds(notAfter, 'notAfter');
  if (notBefore !== undefined && notAfter !== undefined && !(notBefore <= notAfter)) {
    throw new TypeError('notAfter: expected a time that is not before notBefore');
  }
  const isAlike = (other: RingEntry) => other.key.alg === alg && other.key.use === use;
  const id = key.id ?? `k${ever.filter(isAlike).length + 1}`;
  const rivals = entries.filter(isAlike);
  if (rivals.some((other) => other.id === id || other.key === key)) {
    throw refusal(
      'ERR_KEY_DUPLICATE',
      { alg, use },
      'found a second one of the same id, or the same again; remove the first by a with() of its own',
    );
  }
  return { key, notBefore, notAfter, id, isPrimary: rivals.length === 0 };
}

function indexOf(entries: readonly Entry[]): Index {
  const index = new Map<AlgorithmName, Map<KeyPurpose, Map<string, Entry>>>();
  for (const entry of entries) {
    const { alg, use } = entry.key;
    const uses = index.get(alg) ?? new Map<KeyPurpose, Map<string, Entry>>();
    const slot = uses.get(use) ?? new Map<string, Entry>();
    index.set(alg, uses.set(use, slot.set(entry.id, entry)));
  }
  return index;
}

function inSlot(index: Index, slot: KeySlot<AlgorithmName, KeyPurpose>): Slot {
  const { alg, use } = fields(slot, 'slot', '{ alg, use }');
  fields(alg, 'slot.alg', 'an algorithm');
  text(use, 'slot.use');
  return index.get(alg)?.get(use) ?? new Map<string, Entry>();
}

function inRing(index: Index, name: KeyName): Entry {
  const id = text(fields(name, 'name', '{ id, alg, use }').id, 'name.id');
  const found = inSlot(index, name).get(id);
  if (found !== undefined) return found;
  throw refusal('ERR_KEY_UNKNOWN', name, 'found none of this id');
}

function usable(entry: Entry, now: number): Entry {
  seconds(now, 'now');
  const fault = faultOf(entry, now);
  if (fault === undefined) return entry;
  const when = fault === 'ERR_KEY_EXPIRED' ? 'after its last second' : 'before its first second';
  throw refusal(fault, entry.key, `found it ${when}`);
}

/** Both bounds are seconds in which a key may be used. */
function faultOf({ notBefore, notAfter }: Entry, now: number): CountersignErrorCode | undefined {
  if (notBefore !== undefined && !(notBefore <= now)) return 'ERR_KEY_NOT_YET_VALID';
  if (notAfter !== undefined && !(now <= notAfter)) return 'ERR_KEY_EXPIRED';
  return undefined;
}

function shown({ id, key, notBefore, notAfter }: Entry): RingKey {
  return Object.freeze({ id, key, notBefore, notAfter });
}

function list<T>(value: readonly T[] | undefined, what: string): readonly T[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value as readonly T[];
  throw new TypeError(`${what}: expected an array`);
}

/** The id is the sender's own text and is not repeated. */
function refusal(
  code: CountersignErrorCode,
  { alg, use }: KeySlot<AlgorithmName, KeyPurpose>,
  found: string,
): CountersignError {
  return new CountersignError(code, `${alg.name}: expected a key to ${use} in the ring, ${found}`);
}
