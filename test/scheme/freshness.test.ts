// The edges of time: `now` and the tolerance are the caller's, what is judged is the message's.
import { describe, expect, test } from 'vitest';
import { checkAge, checkExpires, checkStart, readClock } from '../../src/scheme/freshness.js';
import { verified } from '../../src/scheme/verified.js';

const NOW = 1_700_000_000;
const code = (run: () => void): string | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code ?? (error as Error).name;
  }
};

describe('a clock', () => {
  test.each([[undefined], [null], ['1700000000'], [Number.NaN], [1.5], [-1], [Infinity], [1n]])(
    'is not %s',
    (now) => {
      expect(code(() => readClock(now, 0, 'options.tolerance'))).toBe('TypeError');
    },
  );

  test('is not in milliseconds', () => {
    expect(() => readClock(NOW * 1000, 0, 'options.tolerance')).toThrow(/milliseconds/);
  });

  test.each([[undefined], [-1], [0.5], [86_401], [Number.NaN], ['60']])(
    'tolerates no %s seconds',
    (tolerance) => {
      expect(code(() => readClock(NOW, tolerance, 'options.tolerance'))).toBe('TypeError');
    },
  );

  test('is what was given', () => {
    expect(readClock(NOW, 86_400, 'options.tolerance')).toEqual({ now: NOW, tolerance: 86_400 });
    expect(readClock(0, 0, 'options.tolerance')).toEqual({ now: 0, tolerance: 0 });
  });
});

describe.each([0, 30])('with a tolerance of %d seconds', (tolerance) => {
  const clock = readClock(NOW, tolerance, 'options.tolerance');

  test.each([
    [NOW - tolerance + 1, undefined],
    [NOW - tolerance + 0.5, undefined],
    [NOW - tolerance, 'ERR_EXPIRED'],
    [NOW - tolerance - 1, 'ERR_EXPIRED'],
    [0, 'ERR_EXPIRED'],
  ])('what expires at %d: %s', (expires, expected) => {
    expect(code(() => checkExpires('exp', expires, clock))).toBe(expected);
  });

  test.each([
    [NOW + tolerance, undefined],
    [NOW + tolerance + 0.5, 'ERR_NOT_YET_VALID'],
    [NOW + tolerance + 1, 'ERR_NOT_YET_VALID'],
    [0, undefined],
  ])('what starts at %d: %s', (start, expected) => {
    expect(code(() => checkStart('nbf', start, clock))).toBe(expected);
  });

  test.each([
    [NOW + tolerance + 1, 'ERR_NOT_YET_VALID'],
    [NOW + tolerance, undefined],
    [NOW - 60 - tolerance, undefined],
    [NOW - 60 - tolerance - 1, 'ERR_TOO_OLD'],
    [0, 'ERR_TOO_OLD'],
  ])('what was made at %d and may be 60 seconds old: %s', (made, expected) => {
    expect(code(() => checkAge('iat', made, 60, clock))).toBe(expected);
  });

  test.each([
    [Number.NaN],
    [Infinity],
    [-Infinity],
    [-1],
    [undefined],
    [null],
    [''],
    ['1700000000'],
    [BigInt(NOW)],
    [NOW * 1000],
    [{ valueOf: (): number => NOW }],
  ])('no check takes %s for a time', (value) => {
    expect(code(() => checkExpires('exp', value, clock))).toBe('ERR_TIME');
    expect(code(() => checkStart('nbf', value, clock))).toBe('ERR_TIME');
    expect(code(() => checkAge('iat', value, 60, clock))).toBe('ERR_TIME');
  });
});

test('an age of NaN seconds lets nothing pass', () => {
  const clock = readClock(NOW, 0, 'options.tolerance');
  expect(code(() => checkAge('iat', NOW, Number.NaN, clock))).toBe('ERR_TOO_OLD');
});

test('what was verified is frozen', () => {
  const result = verified({ keyId: 'a' });
  expect(Object.isFrozen(result)).toBe(true);
  expect(result.keyId).toBe('a');
});
