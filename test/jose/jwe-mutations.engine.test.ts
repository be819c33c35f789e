// Messages that are nearly right, some thousands here; test/long has a million of them.
import { expect, test } from 'vitest';
import { Random } from '../key/fuzz.js';
import { verdictOf } from './jwe-mutations.js';

test('3,000 changed messages and sets are refused by a code, or are what they were', () => {
  const random = new Random(0x7516);
  const tally = new Map<string, number>();
  for (let i = 0; i < 3000; i++) {
    const verdict = verdictOf(random);
    expect(verdict).toMatch(/^(?:ERR_[A-Z0-9_]+|as it was|[12] keys)$/);
    tally.set(verdict, (tally.get(verdict) ?? 0) + 1);
  }
  for (const verdict of ['ERR_DECRYPT_FAILED', 'ERR_JOSE_FORM', 'ERR_BASE64URL', 'as it was']) {
    expect(tally.get(verdict), verdict).toBeGreaterThan(20);
  }
});
