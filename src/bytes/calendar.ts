/**
 * Days by number and by date, in the Gregorian calendar throughout. The platform's `Date` has a clock.
 *
 * @module
 */

/** Days from 1 March of the year 0 to 1 January 1970. */
const DAYS_TO_1970 = 719_468;
const DAYS_OF_400_YEARS = 146_097;

/** A day by its date. */
export interface CalendarDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** Counted in years that begin on 1 March, so that the leap day is the last one of its year. */
export function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const leapDays = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  // 153 days in each five months from March on.
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return 365 * y + leapDays + dayOfYear - DAYS_TO_1970;
}

/** The date of a day that is given by its number. */
export function dateOf(days: number): CalendarDate {
  const all = days + DAYS_TO_1970;
  const cycle = Math.floor(all / DAYS_OF_400_YEARS);
  const inCycle = all - cycle * DAYS_OF_400_YEARS;
  // Leap days so far, but for those of centuries and that of the 400 years.
  const leapDays =
    Math.floor(inCycle / 1460) - Math.floor(inCycle / 36_524) + Math.floor(inCycle / 146_096);
  const yearOfCycle = Math.floor((inCycle - leapDays) / 365);
  const y = cycle * 400 + yearOfCycle;
  const dayOfYear = days - daysSince1970(y, 3, 1);
  const fifth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = ((fifth + 2) % 12) + 1;
  const day = dayOfYear - Math.floor((153 * fifth + 2) / 5) + 1;
  return { year: month <= 2 ? y + 1 : y, month, day };
}
