// What callers pass besides keys: objects with names that there are, and times.
import { describe, expect, test } from 'vitest';
import { named, seconds } from '../../src/key/options.js';

describe('options', () => {
  const read = (value: unknown): unknown => named(value as object, 'options', ['alg', 'use']);

  test('have the names that there are, all or some', () => {
    for (const good of [{}, { alg: 1 }, { use: 2, alg: 1 }]) expect(read(good)).toBe(good);
  });

  test('have no others', () => {
    for (const bad of [{ Alg: 1 }, { alg: 1, use: 2, usage: 3 }, ['alg'], undefined, null, 'alg']) {
      expect(() => read(bad)).toThrow(TypeError);
    }
    expect(() => read({ alg: 1, usage: 3 })).toThrow('options: expected alg, use and nothing else');
  });
});

describe('a time', () => {
  // 9999-12-31T23:59:59Z, RFC 5280, section 4.1.2.5.
  const last = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;

  test('is in whole seconds from 1970 to 9999', () => {
    for (const good of [0, 1, 1_700_000_000, last - 1, last]) {
      expect(seconds(good, 'now')).toBe(good);
    }
    for (const bad of [-1, 0.5, last + 0.5, last + 1, NaN, Infinity, '1', 1n, undefined, null]) {
      expect(() => seconds(bad, 'now')).toThrow(/^now: expected whole seconds/);
    }
  });

  test('in milliseconds is told to be one', () => {
    expect(() => seconds(Date.UTC(2026, 0), 'now')).toThrow(/as milliseconds are/);
    expect(() => seconds(-1, 'now')).toThrow(/another number/);
    expect(() => seconds('1', 'now')).toThrow(/found string/);
  });
});
