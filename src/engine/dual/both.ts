/**
 * Two engines at once: every key is a pair, every answer is compared, and a difference stops
 * everything with `ERR_ENGINE_DISAGREEMENT`.
 *
 * @module
 */
import { same } from '../../bytes/equal.js';
import { CountersignError } from '../../errors.js';
import type { Bytes, DigestEngine, EngineKey } from '../contract.js';
import { hide, look } from '../state.js';

/** What stands behind a key or a hash function of this engine. */
export interface Pair<T> {
  readonly node: T;
  readonly noble: T;
}

/** A hash function of both engines. */
export interface DualDigest extends DigestEngine {
  readonly both: Pair<DigestEngine>;
}

/** Makes one key of two; both engines must have taken it, or neither. */
export function pairKeys<Kind extends string>(
  what: string,
  node: EngineKey<Kind> | undefined,
  noble: EngineKey<Kind> | undefined,
): EngineKey<Kind> | undefined {
  if (node !== undefined && noble !== undefined) return pair(node, noble);
  if (node !== undefined || noble !== undefined) throw disagreement(what);
  return undefined;
}

/** Makes one key of two that were both taken. */
export function pair<Kind extends string>(
  node: EngineKey<Kind>,
  noble: EngineKey<Kind>,
): EngineKey<Kind> {
  return hide({ node, noble } satisfies Pair<EngineKey<Kind>>);
}

/** The two keys that one key was made of. */
export function halves<Kind extends string>(key: EngineKey<Kind>): Pair<EngineKey<Kind>> {
  return look<Pair<EngineKey<Kind>>>(key);
}

/** The two hash functions that one was made of. */
export function hashes(hash: DigestEngine): Pair<DigestEngine> {
  return (hash as DualDigest).both;
}

/** Both results, which must be the same octets or both be nothing. */
export function sameOctets<T extends Bytes | undefined>(what: string, node: T, noble: T): T {
  const agree = node === undefined || noble === undefined ? node === noble : same(node, noble);
  if (!agree) throw disagreement(what);
  return node;
}

/** Both verdicts, which must be the same. */
export function sameVerdict(what: string, node: boolean, noble: boolean): boolean {
  if (node !== noble) throw disagreement(what);
  return node;
}

/** Throws unless an engine takes what the other made. */
export function mustHold(what: string, holds: boolean): void {
  if (!holds) throw disagreement(what);
}

function disagreement(what: string): CountersignError {
  return new CountersignError(
    'ERR_ENGINE_DISAGREEMENT',
    `the node and noble engines disagree on ${what}; trust neither and report it`,
  );
}
