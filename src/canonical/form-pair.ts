/**
 * Names and values in octets: their order, and how they are joined.
 *
 * @module
 */
import { joinAll } from '../bytes/concat.js';
import type { Bytes } from '../bytes/octets.js';
import { decodeUtf8 } from '../bytes/utf8.js';

/** A name and its value, in octets. */
export interface FormPair {
  readonly name: Uint8Array;
  readonly value: Uint8Array;
}

/**
 * Sorts by name and then by value: by octets, or by UTF-16 code units, as JavaScript and Java compare.
 * Pairs that are equal keep their order; no locale is asked.
 */
export function sortPairs(
  pairs: readonly FormPair[],
  sort: 'octets' | 'utf16' | 'none',
): readonly FormPair[] {
  if (sort === 'none') return pairs;
  if (sort === 'octets') {
    return pairs.toSorted(
      (a, b) => compareOctets(a.name, b.name) || compareOctets(a.value, b.value),
    );
  }
  return pairs
    .map((pair) => ({ pair, name: decodeUtf8(pair.name), value: decodeUtf8(pair.value) }))
    .toSorted((a, b) => compareText(a.name, b.name) || compareText(a.value, b.value))
    .map(({ pair }) => pair);
}

/** Joins pairs, whatever they hold. */
export function joinPairs(
  pairs: readonly FormPair[],
  equals: Uint8Array,
  joiner: Uint8Array,
): Bytes {
  return joinAll(
    pairs.flatMap(({ name, value }, i) =>
      i === 0 ? [name, equals, value] : [joiner, name, equals, value],
    ),
  );
}

function compareOctets(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
