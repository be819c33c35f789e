/**
 * One message to be explained: what was given, and the one way to try something else. Whatever is tried
 * costs primitive calls, and there are 200 of them.
 *
 * @module
 */
import { CountersignError } from '../../errors.js';
import { contentsOf, type Key } from '../../key/handle.js';
import type { KeyRing } from '../../key/ring.js';
import { watched } from '../../key/watch.js';
import type { VerifyingAlgorithm } from '../../key/use.js';
import type { AnyDescription } from '../description.js';
import type { SchemeKeys } from '../keys.js';
import type { SchemeMessage, Settings } from '../message.js';
import { ENGINE, type Scheme, type VerifyOptions } from '../scheme.js';
import { compileVerify } from '../verify.js';
import type { FaultCode } from './codes.js';

/** The most computations with keys that one explanation makes. */
export const MOST_CALLS = 200;
/** A clock that is a day wrong is set, not explained; a composed scheme's time is looked at apart. */
const MOST_TOLERANCE = 86_400;

export type VerifyKey = Key<VerifyingAlgorithm, 'verify'>;

/** A fault that was found. */
export interface Found {
  readonly code: FaultCode;
  /** `verifies`: with this one change the message verifies. `seen`: it stands there to be seen. */
  readonly how: 'verifies' | 'seen';
  /** What was found, without content: counts, names of the caller's. */
  readonly detail?: string | undefined;
}

/** What is tried in place of what was given. */
export interface Change {
  readonly message?: SchemeMessage | undefined;
  readonly keys?: SchemeKeys | undefined;
  readonly settings?: Settings | undefined;
  readonly now?: number | undefined;
  /** For a scheme that was compiled. */
  readonly description?: Partial<AnyDescription> | undefined;
}

/** A key, with the id that a ring knows it by. */
export interface GivenKey {
  readonly key: VerifyKey;
  readonly id: string | undefined;
}

/** A fault that stands there to be seen. */
export function seen(code: FaultCode, detail?: string): Found {
  return { code, how: 'seen', detail };
}

/** A change with which the message verifies. */
export function proved(code: FaultCode, detail?: string): Found {
  return { code, how: 'verifies', detail };
}

/** The name that the caller gave to a key, if it did. */
export function nameOf({ id }: GivenKey): string | undefined {
  return id === undefined ? undefined : `key ${id}`;
}

/** Counts, and refuses to go on. */
export interface Budget {
  readonly used: number;
  readonly isSpent: boolean;
  /** The same keys, counted. */
  watch(keys: SchemeKeys): SchemeKeys;
  watchKey<K extends Key>(key: K): K;
}

/** What was given, read. */
export interface Case {
  readonly scheme: Scheme;
  readonly description: AnyDescription | undefined;
  readonly message: SchemeMessage;
  readonly body: Uint8Array;
  readonly keys: SchemeKeys;
  /** All keys that verify, those of a ring too that are out of their time. */
  readonly given: readonly GivenKey[];
  readonly settings: Settings | undefined;
  readonly now: number;
  readonly maxBodyBytes: number;
  readonly budget: Budget;
  /** Whether the signature holds after a change; its time is not looked at. */
  holds(change: Change): boolean;
}

/** Stops a computation that may not be made. */
class Spent extends Error {}

export function createBudget(most: number = MOST_CALLS): Budget {
  const made = new Map<Key, Key>();
  const state = { used: 0, isSpent: false };
  const onUse = () => {
    if (!(state.used < most)) {
      state.isSpent = true;
      throw new Spent('expected no further call');
    }
    state.used++;
  };
  const watchKey = <K extends Key>(key: K): K => {
    const found = made.get(key) ?? watched(key, onUse);
    made.set(key, found);
    return found as K;
  };
  const watchRing = (ring: KeyRing): KeyRing => ({
    keys: ring.keys,
    find: (name, now) => counted(ring.find(name, now)),
    primary: (slot, now) => counted(ring.primary(slot, now)),
    candidates: (slot, now) => ring.candidates(slot, now).map(counted),
    with: (changes) => ring.with(changes),
  });
  const counted = <E extends { readonly key: Key }>(entry: E): E => ({
    ...entry,
    key: watchKey(entry.key),
  });
  return {
    get used() {
      return state.used;
    },
    get isSpent() {
      return state.isSpent;
    },
    watchKey,
    watch(keys) {
      if (isRing(keys)) return watchRing(keys);
      const list = Array.isArray(keys) ? (keys as readonly VerifyKey[]) : [keys as VerifyKey];
      return list.map(watchKey);
    },
  };
}

/** What it gives; nothing if it is refused, which is what it is tried for, or costs too much. */
export function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (isRefusal(error) || error instanceof Spent) return undefined;
    throw error;
  }
}

/** Whether nothing was thrown. */
export function succeeds(run: () => unknown): boolean {
  return attempt(() => [run()]) !== undefined;
}

export function isRefusal(error: unknown): error is CountersignError | TypeError {
  return error instanceof CountersignError || error instanceof TypeError;
}

export function isRing(keys: unknown): keys is KeyRing {
  return typeof keys === 'object' && keys !== null && 'candidates' in keys;
}

/** The keys that verify; what is no key is left out. */
export function givenKeys(keys: SchemeKeys | undefined): readonly GivenKey[] {
  if (keys === undefined || (keys as unknown) === null) return [];
  const entries = isRing(keys)
    ? keys.keys.map(({ key, id }) => ({ key, id }))
    : (Array.isArray(keys) ? (keys as readonly Key[]) : [keys as Key]).map((key) => ({
        key,
        id: isKey(key) ? key.id : undefined,
      }));
  return entries.filter(
    (entry): entry is GivenKey => isKey(entry.key) && entry.key.use === 'verify',
  );
}

export function isKey(key: unknown): key is Key {
  return succeeds(() => contentsOf(key as Key));
}

/** A description that is asked for its signature alone, with some of it changed. */
function variant(description: AnyDescription, changes: Partial<AnyDescription>): AnyDescription {
  return {
    ...description,
    time: undefined,
    freshness: 'none',
    delivery: undefined,
    covers: {},
    ...changes,
  } as AnyDescription;
}

/** Makes the way to try things. */
export function createHolds(given: Omit<Case, 'holds'>): Case['holds'] {
  const { scheme, description, budget, maxBodyBytes } = given;
  const plain = description === undefined ? undefined : compileVerify(variant(description, {}));
  return (change) => {
    if (budget.isSpent) return false;
    const { message = given.message, keys = given.keys, settings = given.settings } = change;
    const options = {
      now: change.now ?? given.now,
      maxBodyBytes,
      ...(settings === undefined ? {} : { settings }),
    };
    return succeeds(() => {
      const counted = budget.watch(keys);
      if (description === undefined || plain === undefined) {
        if (change.description !== undefined) throw new TypeError('a composed scheme has no parts');
        const covers = Object.keys(scheme.covers);
        scheme[ENGINE].verify(message, counted, {
          ...options,
          covers,
          tolerance: MOST_TOLERANCE,
        } as VerifyOptions);
        return;
      }
      const check =
        change.description === undefined
          ? plain
          : compileVerify(variant(description, change.description));
      check(message, counted, { ...options, covers: [] } as VerifyOptions);
    });
  };
}
