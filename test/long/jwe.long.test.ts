// A million encrypted messages and sets of keys that are nearly right: test/jose/jwe-mutations.ts with
// another seed than `npm test` has. What is printed goes into the notes of a release.
import { expect, test } from 'vitest';
import { verdictOf } from '../jose/jwe-mutations.js';
import { Random } from '../key/fuzz.js';

const MESSAGES = 1_000_000;

test('a million changed messages are refused by a code, or are what was encrypted', () => {
  const random = new Random(0x7517);
  const tally = new Map<string, number>();
  for (let i = 0; i < MESSAGES; i++) {
    const verdict = verdictOf(random);
    tally.set(verdict, (tally.get(verdict) ?? 0) + 1);
  }
  console.log(`${MESSAGES} changed messages`, tally);
  expect(tally.get('ERR_DECRYPT_FAILED')).toBeGreaterThan(MESSAGES / 20);
}, 1_800_000);
