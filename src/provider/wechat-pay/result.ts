/**
 * What was verified, by the scheme that the next step needs: the type says so to a compiler, and this
 * says it to programs without one.
 *
 * @module
 */
import { fields } from '../../bytes/octets.js';
import type { Covers } from '../../scheme/part.js';
import type { Scheme, SchemeResult } from '../../scheme/scheme.js';
import type { Verified } from '../../scheme/verified.js';

/** Returns a result of `scheme`; that of another one, or a message, is a `TypeError`. */
export function resultOf<C extends Covers>(
  result: Verified<SchemeResult<C>>,
  scheme: Pick<Scheme<C>, 'id'>,
  what: string,
): Verified<SchemeResult<C>> {
  if (fields(result, what, 'what verify returned').scheme === scheme.id) return result;
  throw new TypeError(`${what}: expected what verify returned by the scheme ${scheme.id}`);
}
