// Times as messages write them. Expected seconds by `date -u -d TEXT +%s` of GNU coreutils.
import { describe, expect, test } from 'vitest';
import { rfc3339, unixMilliseconds, unixSeconds } from '../../src/scheme/time.js';

const CODE = expect.objectContaining({ code: 'ERR_TIME' }) as Error;

describe('seconds', () => {
  test.each([
    ['0', 0],
    ['1700000000', 1_700_000_000],
    ['99999999999', 99_999_999_999],
  ])('%s', (text, seconds) => {
    expect(unixSeconds.read(text)).toBe(seconds);
    expect(unixSeconds.write(seconds)).toBe(text);
  });

  test.each(['', ' 1', '01', '+1', '-1', '1.0', '1e9', '0x10', '1700000000000', '１', 'NaN', '1 '])(
    '%j is refused',
    (text) => {
      expect(() => unixSeconds.read(text)).toThrow(CODE);
    },
  );
});

describe('milliseconds', () => {
  test('are seconds with a fraction', () => {
    expect(unixMilliseconds.read('1700000000123')).toBe(1_700_000_000.123);
    expect(unixMilliseconds.write(1_700_000_000)).toBe('1700000000000');
  });

  test.each(['', '1700000000', '01700000000000', '1700000000000.0', '-1700000000000', '1e12'])(
    '%j is refused',
    (text) => {
      expect(() => unixMilliseconds.read(text)).toThrow(CODE);
    },
  );
});

describe('RFC 3339', () => {
  test.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2023-11-14T22:13:20Z', 1_700_000_000],
    ['2024-02-29T23:59:59Z', 1_709_251_199],
    ['2000-02-29T00:00:00+00:00', 951_782_400],
    ['2023-11-15T06:13:20+08:00', 1_700_000_000],
    ['2023-11-14T16:43:20-05:30', 1_700_000_000],
    ['2023-11-14T22:13:20.25Z', 1_700_000_000.25],
    ['2016-12-31T23:59:60Z', 1_483_228_799],
    ['9999-12-31T23:59:59Z', 253_402_300_799],
  ])('%s', (text, seconds) => {
    expect(rfc3339.read(text)).toBe(seconds);
  });

  test.each([
    '',
    '2023-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2023-00-01T00:00:00Z',
    '2023-13-01T00:00:00Z',
    '2023-04-31T00:00:00Z',
    '2023-01-00T00:00:00Z',
    '2023-01-01T24:00:00Z',
    '2023-01-01T00:60:00Z',
    '2023-01-01T00:00:61Z',
    '2023-01-01T00:00:00',
    '2023-01-01 00:00:00Z',
    '2023-01-01t00:00:00z',
    '2023-01-01T00:00:00+24:00',
    '2023-01-01T00:00:00+00:60',
    '2023-01-01T00:00:00+0000',
    '2023-01-01T00:00:00.Z',
    '23-01-01T00:00:00Z',
    '2023-1-1T00:00:00Z',
    ' 2023-01-01T00:00:00Z',
  ])('%j is refused', (text) => {
    expect(() => rfc3339.read(text)).toThrow(CODE);
  });

  test('is written in UTC, and read again', () => {
    for (const seconds of [0, 59, 86_399, 86_400, 951_782_400, 1_700_000_000, 253_402_300_799]) {
      expect(rfc3339.read(rfc3339.write(seconds))).toBe(seconds);
    }
    expect(rfc3339.write(1_700_000_000)).toBe('2023-11-14T22:13:20Z');
  });

  test('holds what its set of characters says', () => {
    expect(rfc3339.charset.test('2023-11-15T06:13:20.5+08:00')).toBe(true);
    expect(rfc3339.charset.has('|')).toBe(false);
  });
});
