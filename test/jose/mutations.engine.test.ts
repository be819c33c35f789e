// Some thousand messages that are nearly right; a million in test/long.
import { expect, test } from 'vitest';
import { engineName } from '../vectors.js';
import { verdictOf } from './mutations.js';
import { Random } from '../key/fuzz.js';

const MESSAGES = engineName === 'node' ? 20_000 : 2000;

test('changed messages are refused by a code, or are what was signed', () => {
  const random = new Random(0x7515);
  const tally = new Map<string, number>();
  for (let i = 0; i < MESSAGES; i++) {
    const verdict = verdictOf(random);
    tally.set(verdict, (tally.get(verdict) ?? 0) + 1);
  }
  expect(tally.size).toBeGreaterThan(5);
  if (engineName !== 'node') return;
  // The changes reach every check, and not all of them change anything.
  for (const code of [
    'accepted',
    'ERR_VERIFY_FAILED',
    'ERR_BASE64URL',
    'ERR_JOSE_FORM',
    'ERR_JOSE_HEADER',
    'ERR_JOSE_CRITICAL',
    'ERR_JOSE_ALGORITHM',
    'ERR_JSON',
    'ERR_JSON_DUPLICATE',
    'ERR_JSON_NUMBER',
    'ERR_TIME',
    'ERR_JWT_CLAIM',
  ]) {
    expect(tally.get(code) ?? 0, code).toBeGreaterThan(0);
  }
});
