/**
 * The times of a certificate, {@link https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5 RFC
 * 5280, section 4.1.2.5}: UTCTime until 2049 and GeneralizedTime from 2050, both with seconds, in
 * UTC and without a fraction. X.690, sections 11.7 and 11.8, leaves more than this.
 *
 * @module
 */
import { daysSince1970 } from '../bytes/calendar.js';
import { DER_TAG, type DerValue } from '../bytes/der.js';
import { CountersignError } from '../errors.js';

/** YYMMDDHHMMSSZ, section 4.1.2.5.1. */
const UTC_TIME = /^([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})Z$/;
/** YYYYMMDDHHMMSSZ, section 4.1.2.5.2. */
const GENERALIZED_TIME = /^([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})Z$/;
const LONGEST = 15;
/** The first year that is written with four digits. */
const FIRST_GENERALIZED = 2050;
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const SECONDS_OF_DAY = 86_400;

/** Reads a Time, in seconds since 1970. */
export function readTime({ tag, content }: DerValue): number {
  if (content.length <= LONGEST) {
    const text = String.fromCharCode(...content);
    const form = tag === DER_TAG.utcTime ? UTC_TIME : GENERALIZED_TIME;
    const isTime = tag === DER_TAG.utcTime || tag === DER_TAG.generalizedTime;
    const [written, ...rest] = (isTime ? (form.exec(text)?.slice(1) ?? []) : []).map(Number);
    const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = rest;
    if (written !== undefined) {
      const year =
        tag === DER_TAG.generalizedTime ? written : written + (written < 50 ? 2000 : 1900);
      const isPrescribed = (tag === DER_TAG.generalizedTime) === year >= FIRST_GENERALIZED;
      // A leap second has no place of its own among the seconds since 1970, and none here.
      if (isPrescribed && isDay(year, month, day) && hour < 24 && minute < 60 && second < 60) {
        const days = daysSince1970(year, month, day);
        return days * SECONDS_OF_DAY + hour * 3600 + minute * 60 + second;
      }
    }
  }
  throw new CountersignError(
    'ERR_CERTIFICATE_TIME',
    'expected UTCTime until 2049 and GeneralizedTime from 2050, with seconds and Z, of a real day',
  );
}

function isDay(year: number, month: number, day: number): boolean {
  const most = month === 2 && isLeap(year) ? 29 : (DAYS_OF_MONTH[month - 1] ?? 0);
  return 1 <= day && day <= most;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
