import { expect, test } from 'vitest';
import { broken, BROKEN_KINDS } from '../../src/testing/index.js';
import { cases } from '../provider/cases.js';

test('there is a message of every kind, of one scheme or another', () => {
  const made = cases.flatMap(({ scheme, simulated }) => broken(scheme, simulated).messages);
  const kinds = new Set(made.map(({ kind }) => kind));
  expect([...kinds].toSorted()).toEqual(Object.keys(BROKEN_KINDS).toSorted());
});

test('each kind says what was done', () => {
  for (const says of Object.values(BROKEN_KINDS)) expect(says).toMatch(/^[A-Z].+\.$/);
});
