/**
 * Which tag is that of a message in parts.
 *
 * @module
 */
import { same, sameText } from '../bytes/equal.js';
import {
  type Part,
  type PartsAlgorithm,
  tagKnownParts,
  tagKnownPartsText,
} from '../primitive/parts.js';
import { contentsFor, type Key } from './handle.js';

/**
 * The index of the first of `tags` that is that of the parts joined, or -1 for none; one tag is made for
 * all of them. Parts and tags are known to be such; see `same` in equal.ts for what that spares. All are
 * compared, so that the time doesn't tell which one was right.
 */
export function findTag(
  key: Key<PartsAlgorithm, 'verify'>,
  parts: readonly Part[],
  tags: readonly Uint8Array[],
): number {
  const { alg, prepared } = contentsFor(key, 'verify');
  const made = tagKnownParts(alg, prepared as never, parts);
  let found = -1;
  for (let i = tags.length - 1; i >= 0; i--) if (same(made, tags[i] as Uint8Array)) found = i;
  return found;
}

/**
 * The same of tags that are text, which has one spelling: a tag is written once in place of each being
 * read. `undefined` where the platform gives octets.
 */
export function findTagText(
  key: Key<PartsAlgorithm, 'verify'>,
  parts: readonly Part[],
  tags: readonly string[],
  encoding: 'hex' | 'base64',
): number | undefined {
  const { alg, prepared } = contentsFor(key, 'verify');
  const made = tagKnownPartsText(alg, prepared as never, parts, encoding);
  if (made === undefined) return undefined;
  let found = -1;
  for (let i = tags.length - 1; i >= 0; i--) if (sameText(made, tags[i] as string)) found = i;
  return found;
}
