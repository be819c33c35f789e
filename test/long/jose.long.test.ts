// A million messages of JOSE that are nearly right: test/jose/mutations.ts with another seed than
// `npm test` has. What is printed goes into the notes of a release.
import { expect, test } from 'vitest';
import { verdictOf } from '../jose/mutations.js';
import { Random } from '../key/fuzz.js';

const MESSAGES = 1_000_000;

test('a million changed messages are refused by a code, or are what was signed', () => {
  const random = new Random(0x7519);
  const tally = new Map<string, number>();
  for (let i = 0; i < MESSAGES; i++) {
    const verdict = verdictOf(random);
    tally.set(verdict, (tally.get(verdict) ?? 0) + 1);
  }
  console.log(`${MESSAGES} changed messages`, tally);
  expect(tally.get('ERR_VERIFY_FAILED')).toBeGreaterThan(MESSAGES / 20);
}, 600_000);
