/**
 * What a verified list says, as text.
 *
 * @module
 */
import { decodeUtf8 } from '../bytes/utf8.js';
import type { FormPair } from '../canonical/form-pair.js';

export type { FormPair };

/**
 * The texts of names and values in UTF-8, pair by pair; octets that are none are `ERR_UTF8`. Of names
 * that stand once `Object.fromEntries` makes an object.
 */
export function textPairs(
  pairs: readonly FormPair[],
): readonly (readonly [name: string, value: string])[] {
  return pairs.map(({ name, value }) => [decodeUtf8(name), decodeUtf8(value)] as const);
}
