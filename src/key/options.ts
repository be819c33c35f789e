/**
 * What options are checked for before anything is done by them.
 *
 * @module
 */
import { fields, typeName } from '../bytes/octets.js';

/** The last second of the year 9999, the last that a certificate can name. */
const LAST_SECOND = 253_402_300_799;

/**
 * Returns options that have no other names than these. One that is spelled wrong would be left out
 * in silence: a key that was to expire would not.
 */
export function named<T extends object>(value: T, what: string, names: readonly string[]): T {
  const given = Object.keys(fields(value, what, `{ ${names.join(', ')} }`));
  if (given.every((name) => names.includes(name))) return value;
  throw new TypeError(`${what}: expected ${names.join(', ')} and nothing else`);
}

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
