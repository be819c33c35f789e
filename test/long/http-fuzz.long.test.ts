// A million changed messages: test/http/fuzz.ts with other seeds than `npm test` has.
import { expect, test } from 'vitest';
import { fuzz } from '../http/fuzz.js';

const MESSAGES = 100_000;

test.each([101, 102, 103, 104, 105, 106, 107, 108, 109, 110])(
  `${MESSAGES} messages of seed %d give what was signed, or coded errors`,
  (seed) => {
    const { faults, ...report } = fuzz(seed, MESSAGES);
    console.log(`seed ${seed}: ${JSON.stringify(report)}`);
    expect(faults).toEqual([]);
  },
);
