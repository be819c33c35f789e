/**
 * Keys: those that were given and don't fit, and those that might have been meant.
 *
 * @module
 */
import { same } from '../../bytes/equal.js';
import { contentsOf, type Key } from '../../key/handle.js';
import { renamed } from '../../key/watch.js';
import { exportPublicKey } from '../../key/export.js';
import { identify } from '../identify.js';
import { asAlgorithm } from './algorithms.js';
import {
  attempt,
  type Case,
  type Found,
  type GivenKey,
  isKey,
  isRing,
  nameOf,
  proved,
  seen,
  type VerifyKey,
} from './case.js';
import type { FaultCode } from './codes.js';
import { orNone } from './try.js';

/** What a key that is given for comparison is. */
export type KeyRole = 'own' | 'other mode' | 'other account' | 'former';

/** A key that the message might have been signed by. */
export interface OtherKey {
  /** To verify; that of `own` may be the one that signs. */
  readonly key: Key;
  readonly role: KeyRole;
}

/** What is wrong with the keys as they were given, whatever the message is. */
export function* keySights(keys: unknown): Iterable<Found> {
  const list = isRing(keys)
    ? keys.keys.map(({ key }) => key)
    : (Array.isArray(keys) ? (keys as readonly unknown[]) : [keys]).filter(isKey);
  if (list.length === 0) {
    yield seen('KEY_NONE');
    return;
  }
  const others = list.filter(({ use }) => use !== 'verify').map(({ use }) => use);
  if (others.length > 0) yield seen('KEY_USE', `to ${[...new Set(others)].join(', to ')}`);
}

/** Keys of no algorithm of the scheme, as keys of one. */
export function* algorithmsOfKeys(at: Case): Iterable<Found> {
  const { algs } = at.scheme;
  const isWrong = ({ key }: GivenKey) => !algs.includes(key.alg);
  if (at.given.length === 0 || !at.given.every(isWrong)) return;
  const found = [...new Set(at.given.map(({ key }) => key.alg.name))].join(', ');
  const detail = `for ${found}, not for ${algs.map(({ name }) => name).join(' or ')}`;
  const made = at.given.flatMap((given) => algs.flatMap((alg) => asAlgorithm(given, alg) ?? []));
  const isRight = made.some((key) => at.holds({ keys: [key] }));
  yield { code: 'KEY_ALGORITHM', how: isRight ? 'verifies' : 'seen', detail };
}

/** Among those given, one that the message did not name, or that was not to be used. */
export function* idFaults(at: Case): Iterable<Found> {
  if (at.given.length === 0) return;
  const named = orNone(() => identify(at.scheme, at.message).keyId);
  if (named !== undefined && named !== '') {
    const isGiven = at.given.some(({ id }) => id === named);
    const alike = at.given.find(
      ({ id }) => id !== undefined && id !== named && bare(id) === bare(named),
    );
    if (alike !== undefined && !isGiven) {
      yield seen('KEY_ID_SPELLING', nameOf(alike));
      return;
    }
    for (const given of at.given) {
      const made = asNamed(given.key, named);
      if (given.id === named || made === undefined || !at.holds({ keys: [made] })) continue;
      yield proved('KEY_ID_OTHER', nameOf(given));
      return;
    }
    if (!isGiven) yield seen('KEY_ID_UNKNOWN');
    return;
  }
  // Without an id in the message all keys that were given and may be used were tried.
  if (!isRing(at.keys)) return;
  for (const given of at.given) {
    if (!at.holds({ keys: [given.key] })) continue;
    yield proved('KEY_OUT_OF_TIME', nameOf(given));
    return;
  }
}

/** What the keys say that were given for comparison. */
export function* otherKeyFaults(at: Case, others: readonly OtherKey[]): Iterable<Found> {
  const named = orNone(() => identify(at.scheme, at.message).keyId);
  for (const { key, role } of others) {
    if (role === 'own') {
      const own = publicOf(key);
      const mine = at.given.find((given) => {
        const other = publicOf(given.key);
        return own !== undefined && other !== undefined && same(own, other);
      });
      if (mine !== undefined) yield seen('KEY_OWN', nameOf(mine));
    }
    const given: GivenKey = { key: key as VerifyKey, id: key.id };
    for (const alg of at.scheme.algs) {
      const other = asAlgorithm(given, alg);
      const made = other && asNamed(other, named ?? key.id);
      if (made === undefined || !at.holds({ keys: [made] })) continue;
      yield proved(CODES[role], nameOf(given));
      break;
    }
  }
}

/** The key under the name that a message has for it, if it is a name: those of keys are bounded. */
function asNamed(key: VerifyKey, id: string | undefined): VerifyKey | undefined {
  return attempt(() => renamed(key, id));
}

const CODES: Readonly<Record<KeyRole, FaultCode>> = {
  own: 'MESSAGE_OWN',
  'other mode': 'KEY_OTHER_MODE',
  'other account': 'KEY_OTHER_ACCOUNT',
  former: 'KEY_FORMER',
};

/** The public half in DER; of a secret none. */
function publicOf(key: Key): Uint8Array | undefined {
  return contentsOf(key).material.kind === 'secret' ? undefined : exportPublicKey(key, 'der');
}

/** An id as a person compares it: serial numbers stand with colons, zeros and in either case. */
function bare(id: string): string {
  return id
    .trim()
    .replaceAll(/[:\s]/g, '')
    .toLowerCase()
    .replace(/^(?:0x)?0*/, '');
}
