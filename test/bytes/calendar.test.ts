// Days against those of the platform's own calendar.
import { expect, test } from 'vitest';
import { dateOf, daysSince1970 } from '../../src/bytes/calendar.js';

const DAY = 86_400_000;

test('a day is the date that the platform has of it, and the date is the day', () => {
  const last = Date.UTC(9999, 11, 31) / DAY;
  // A step that is prime meets every month, weekday and year of the 400.
  for (let days = -719_162; days <= last; days += 13) {
    const date = new Date(days * DAY);
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    expect(dateOf(days)).toEqual({ year, month, day });
    expect(daysSince1970(year, month, day)).toBe(days);
  }
});

test.each([
  [1972, 2, 29],
  [1999, 12, 31],
  [2000, 2, 29],
  [2000, 3, 1],
  [2100, 2, 28],
  [2100, 3, 1],
  [2400, 12, 31],
])('%i-%i-%i comes back', (year, month, day) => {
  expect(dateOf(daysSince1970(year, month, day))).toEqual({ year, month, day });
  expect(dateOf(daysSince1970(year, month, day) + 1)).not.toEqual({ year, month, day });
});
