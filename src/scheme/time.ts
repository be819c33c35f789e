/**
 * How times are written in messages. A text that is not of the form is no time; nothing is read by
 * `Number` or `Date`, which take `1e3` and much more.
 *
 * @module
 */
import { daysSince1970, dateOf } from '../bytes/calendar.js';
import { CountersignError } from '../errors.js';
import { type Charset, charset, digits } from './charset.js';

/** A way to write a time. */
export interface TimeUnit {
  readonly name: string;
  readonly charset: Charset;
  /** Seconds since 1970, with a fraction if the text has one. */
  read(text: string): number;
  write(seconds: number): string;
}

const SECONDS = /^(?:0|[1-9][0-9]{0,10})$/;
const MILLISECONDS = /^(?:0|[1-9][0-9]{0,13})$/;

/** Whole seconds since 1970, without leading zeros. */
export const unixSeconds: TimeUnit = /* @__PURE__ */ Object.freeze({
  name: 'seconds since 1970',
  charset: digits,
  read(text: string) {
    if (SECONDS.test(text)) return Number(text);
    throw refusal('whole seconds since 1970');
  },
  write: (seconds: number) => String(seconds),
});

/** Whole milliseconds since 1970. */
export const unixMilliseconds: TimeUnit = /* @__PURE__ */ Object.freeze({
  name: 'milliseconds since 1970',
  charset: digits,
  read(text: string) {
    // As many as seconds would be, they are of 1970: the sender's unit is another one.
    if (MILLISECONDS.test(text) && text.length > 11) return Number(text) / 1000;
    throw refusal('whole milliseconds since 1970');
  },
  write: (seconds: number) => String(seconds * 1000),
});

const RFC_3339 =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?(?:Z|([+-])(\d\d):(\d\d))$/;

/** https://www.rfc-editor.org/rfc/rfc3339#section-5.6, with an upper-case `T` and `Z`. */
export const rfc3339: TimeUnit = /* @__PURE__ */ Object.freeze({
  name: 'RFC 3339',
  charset: /* @__PURE__ */ charset('what RFC 3339 writes', '0-9TZ:.+\\-'),
  read(text: string) {
    const found = RFC_3339.exec(text);
    if (found === null) throw refusal('a time by RFC 3339');
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
      .slice(1, 7)
      .map(Number);
    const [fraction, sign, hours, minutes] = found.slice(7);
    const date = dateOf(daysSince1970(year, month, day));
    const isReal =
      date.month === month &&
      date.day === day &&
      hour <= 23 &&
      minute <= 59 &&
      // A leap second counts as the second before it.
      second <= 60 &&
      Number(hours ?? 0) <= 23 &&
      Number(minutes ?? 0) <= 59;
    if (!isReal) throw refusal('a time that is in the calendar');
    const offset =
      (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60) * (sign === '-' ? -1 : 1);
    const whole =
      daysSince1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + Math.min(second, 59);
    return whole - offset + Number(fraction ?? 0);
  },
  write(seconds: number) {
    const { year, month, day } = dateOf(Math.floor(seconds / 86_400));
    const ofDay = seconds % 86_400;
    const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
    return `${date}T${two(ofDay / 3600)}:${two((ofDay % 3600) / 60)}:${two(ofDay % 60)}Z`;
  },
});

function two(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}

function refusal(expected: string): CountersignError {
  return new CountersignError('ERR_TIME', `expected ${expected}`);
}
