/**
 * Whether a message is of now: the one place where a time in it is held against the caller's.
 *
 * Every bound is written as what must hold, so that NaN, which fails every comparison, is refused.
 * Times are seconds since 1970; `now` and tolerances are the caller's and whole, times of messages
 * may have a fraction, as the NumericDate of {@link https://www.rfc-editor.org/rfc/rfc7519#section-2
 * RFC 7519} has.
 *
 * @module
 */
import { integer } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { seconds } from '../key/options.js';

/** The end of the year 9999. A larger number is a time in milliseconds, or nonsense. */
const LAST_SECOND = 253_402_300_799;

/** A clock that is a day wrong is not tolerated, it is set. */
const MOST_TOLERANCE = 86_400;

/** The caller's clock, and by how many seconds the sender's may differ from it. */
export interface Clock {
  /** Seconds since 1970. */
  readonly now: number;
  /** 0 to 86,400. */
  readonly tolerance: number;
}

/** Checks the caller's own values; a wrong one is a `TypeError`. */
export function readClock(now: unknown, tolerance: unknown, what: string): Clock {
  return {
    now: seconds(now, 'options.now'),
    tolerance: integer(tolerance, what, 0, MOST_TOLERANCE),
  };
}

/** Refuses at `expires` and later: `now < expires + tolerance` must hold. */
export function checkExpires(what: string, expires: unknown, { now, tolerance }: Clock): void {
  if (now < time(what, expires) + tolerance) return;
  throw new CountersignError('ERR_EXPIRED', `${what}: expected a time to come, found one past`);
}

/** Refuses before `start`: `start <= now + tolerance` must hold. */
export function checkStart(what: string, start: unknown, { now, tolerance }: Clock): void {
  if (time(what, start) <= now + tolerance) return;
  throw new CountersignError(
    'ERR_NOT_YET_VALID',
    `${what}: expected a time past, found one to come`,
  );
}

/** Refuses what was made more than `maxAge` seconds ago, and what is yet to be made. */
export function checkAge(what: string, made: unknown, maxAge: number, clock: Clock): void {
  checkStart(what, made, clock);
  if (clock.now - (made as number) <= maxAge + clock.tolerance) return;
  throw new CountersignError(
    'ERR_TOO_OLD',
    `${what}: expected a time at most ${maxAge} seconds ago, found an older one`,
  );
}

/** How far a time may be from the caller's, to both sides, in seconds. */
export interface Window {
  readonly past: number;
  readonly future: number;
  /** Whether exactly that far is taken. */
  readonly edge: 'inclusive' | 'exclusive';
}

/**
 * The window of a scheme, or that of the caller's tolerance. Exactly so far is within a tolerance, as it
 * is wherever else one is given: none at all still takes what is of this second.
 */
export function windowOf(own: Window, tolerance: number | undefined): Window {
  if (tolerance === undefined) return own;
  return { past: tolerance, future: tolerance, edge: 'inclusive' };
}

/** Refuses what was made more than `past` seconds ago, or will be in more than `future`. */
export function checkWindow(what: string, made: unknown, now: number, window: Window): void {
  const { past, future, edge } = window;
  const age = now - time(what, made);
  const isExclusive = edge === 'exclusive';
  if (!(isExclusive ? -age < future : -age <= future)) {
    throw new CountersignError(
      'ERR_NOT_YET_VALID',
      `${what}: expected a time at most ${future} seconds ahead, found a later one`,
    );
  }
  if (isExclusive ? age < past : age <= past) return;
  throw new CountersignError(
    'ERR_TOO_OLD',
    `${what}: expected a time at most ${past} seconds ago, found an older one`,
  );
}

/** Returns a time of a message. */
function time(what: string, value: unknown): number {
  if (typeof value === 'number' && 0 <= value && value <= LAST_SECOND) return value;
  throw new CountersignError('ERR_TIME', `${what}: expected seconds since 1970`);
}
