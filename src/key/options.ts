/**
 * What options are checked for before anything is done by them.
 *
 * @module
 */
import { named, typeName } from '../bytes/octets.js';

export { named };

/** The last second of the year 9999, the last that a certificate can name. */
const LAST_SECOND = 253_402_300_799;

/** Returns a time in seconds since 1970. Milliseconds have been above the last one since 1978. */
export function seconds(value: unknown, what: string): number {
  if (Number.isSafeInteger(value) && 0 <= (value as number) && (value as number) <= LAST_SECOND) {
    return value as number;
  }
  const found =
    typeof value !== 'number'
      ? typeName(value)
      : value > LAST_SECOND
        ? 'a larger number, as milliseconds are'
        : 'another number';
  throw new TypeError(`${what}: expected whole seconds since 1970, found ${found}`);
}
