/**
 * The two ways in which the older schemes write a time. What is read is written again and compared,
 * so that each has one spelling and a day that no calendar has is refused.
 *
 * @module
 */
import { CountersignError } from '../errors.js';

const BASIC = /^([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z$/;
const FIXDATE =
  /^[A-Z][a-z]{2}, ([0-9]{2}) ([A-Z][a-z]{2}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT$/;
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** Seconds since 1970 in the basic format of ISO 8601, `20150830T123600Z`. */
export function writeBasicTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/[-:]|\.000/g, '');
}

/** Reads what {@link writeBasicTime} writes; anything else is `ERR_TIME`. */
export function readBasicTime(what: string, text: string): number {
  const [year, month, day, hour, minute, second] = numbersOf(BASIC, text);
  const seconds = secondsOf(year, month, day, hour, minute, second);
  return checked(what, text, seconds, writeBasicTime);
}

/** Seconds since 1970 as an HTTP date, RFC 9110, section 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`. */
export function writeHttpDate(seconds: number): string {
  return new Date(seconds * 1000).toUTCString();
}

/** Reads what {@link writeHttpDate} writes, and neither of the obsolete forms. */
export function readHttpDate(what: string, text: string): number {
  const [day, , year, hour, minute, second] = numbersOf(FIXDATE, text);
  const month = MONTHS.indexOf(FIXDATE.exec(text)?.[2] ?? '') / 3 + 1;
  return checked(what, text, secondsOf(year, month, day, hour, minute, second), writeHttpDate);
}

function numbersOf(form: RegExp, text: string): readonly number[] {
  return (form.exec(text)?.slice(1) ?? []).map(Number);
}

function secondsOf(
  year = Number.NaN,
  month = Number.NaN,
  day = Number.NaN,
  hour = Number.NaN,
  minute = Number.NaN,
  second = Number.NaN,
): number {
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

function checked(
  what: string,
  text: string,
  seconds: number,
  write: (seconds: number) => string,
): number {
  if (0 <= seconds && write(seconds) === text) return seconds;
  throw new CountersignError('ERR_TIME', `${what}: expected a time from 1970 on, as it is written`);
}
