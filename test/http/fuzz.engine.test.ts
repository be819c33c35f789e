// Messages that are nearly signed; a million of them in the long run.
import { expect, test } from 'vitest';
import { engineName } from '../vectors.js';
import { fuzz } from './fuzz.js';

const MESSAGES = engineName === 'node' ? 5000 : 1000;

test(`${MESSAGES} changed messages give what was signed, or coded errors`, () => {
  const { faults, accepted, refused } = fuzz(1, MESSAGES);
  expect(faults).toEqual([]);
  // What is not covered may change; what is may not.
  expect(accepted).toBeGreaterThan(MESSAGES / 20);
  expect(accepted).toBeLessThan(MESSAGES * 0.8);
  expect(Object.keys(refused)).toEqual(
    expect.arrayContaining(['ERR_VERIFY_FAILED', 'ERR_STRUCTURED_FIELD', 'ERR_HTTP_DIGEST']),
  );
});
