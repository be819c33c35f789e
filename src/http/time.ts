/**
 * The two ways in which the older schemes write a time. What is read is written again and compared,
 * so that each has one spelling and a day that no calendar has is refused.
 *
 * @module
 */
import { dateOf, daysSince1970 } from '../bytes/calendar.js';
import { CountersignError } from '../errors.js';

const BASIC = /^([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z$/;
const FIXDATE =
  /^[A-Z][a-z]{2}, ([0-9]{2}) ([A-Z][a-z]{2}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const SECONDS_OF_DAY = 86_400;

/** Seconds since 1970 in the basic format of ISO 8601, `20150830T123600Z`. */
export function writeBasicTime(seconds: number): string {
  const { year, month, day, hour, minute, second } = partsOf(seconds);
  return `${year}${month}${day}T${hour}${minute}${second}Z`;
}

/** Reads what {@link writeBasicTime} writes; anything else is `ERR_TIME`. */
export function readBasicTime(what: string, text: string): number {
  const numbers = (BASIC.exec(text)?.slice(1) ?? []).map(Number);
  return checked(what, text, numbers, writeBasicTime);
}

/** Seconds since 1970 as an HTTP date, RFC 9110, section 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`. */
export function writeHttpDate(seconds: number): string {
  const { year, month, day, hour, minute, second, weekday } = partsOf(seconds);
  const name = MONTHS[Number(month) - 1] ?? '';
  return `${weekday}, ${day} ${name} ${year} ${hour}:${minute}:${second} GMT`;
}

/** Reads what {@link writeHttpDate} writes, and neither of the obsolete forms. */
export function readHttpDate(what: string, text: string): number {
  const [day, name = '', year, ...time] = FIXDATE.exec(text)?.slice(1) ?? [];
  const numbers = [year, MONTHS.indexOf(name) + 1, day, ...time].map(Number);
  return checked(what, text, numbers, writeHttpDate);
}

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'weekday';

function partsOf(seconds: number): Readonly<Record<Part, string>> {
  const days = Math.floor(seconds / SECONDS_OF_DAY);
  const rest = seconds - days * SECONDS_OF_DAY;
  const { year, month, day } = dateOf(days);
  return {
    year: String(year).padStart(4, '0'),
    month: two(month),
    day: two(day),
    hour: two(Math.floor(rest / 3600)),
    minute: two(Math.floor(rest / 60) % 60),
    second: two(rest % 60),
    weekday: WEEKDAYS[days % WEEKDAYS.length] ?? '',
  };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function checked(
  what: string,
  text: string,
  numbers: readonly number[],
  write: (seconds: number) => string,
): number {
  const [year = Number.NaN, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbers;
  const seconds =
    daysSince1970(year, month, day) * SECONDS_OF_DAY + hour * 3600 + minute * 60 + second;
  if (0 <= seconds && write(seconds) === text) return seconds;
  throw new CountersignError('ERR_TIME', `${what}: expected a time from 1970 on, as it is written`);
}
