import { expect, test } from 'vitest';
import { broken, BROKEN_KINDS } from '../../src/testing/index.js';
import { cases } from '../provider/cases.js';

test('there is a message of every kind, of one scheme or another', () => {
  const missing = new Set(Object.keys(BROKEN_KINDS));
  for (const { scheme, simulated } of cases) {
    if (missing.size === 0) break;
    for (const { kind } of broken(scheme, simulated).messages) missing.delete(kind);
  }
  expect([...missing]).toEqual([]);
});

test('each kind says what was done', () => {
  for (const says of Object.values(BROKEN_KINDS)) expect(says).toMatch(/^[A-Z].+\.$/);
});
