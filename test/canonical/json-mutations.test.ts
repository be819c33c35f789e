// Changed texts: refused by a code, or what JSON.parse gives. A million of them in test/long.
import { expect, test } from 'vitest';
import { generator, mutated, verdictOf } from './json-mutations.js';

test('20,000 changed texts are refused by a code or read as JSON.parse reads them', () => {
  const random = generator(0x8259);
  const tally = new Map<string, number>();
  for (let i = 0; i < 20_000; i++) {
    const verdict = verdictOf(mutated(random));
    tally.set(verdict, (tally.get(verdict) ?? 0) + 1);
  }
  // Each of them is met, or the changes have grown tame.
  expect([...tally.keys()].toSorted()).toEqual([
    'ERR_JSON',
    'ERR_JSON_DUPLICATE',
    'ERR_JSON_NUMBER',
    'ERR_JSON_SURROGATE',
    'ERR_UTF8',
    'read',
  ]);
});
