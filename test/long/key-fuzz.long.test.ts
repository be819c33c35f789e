// A million inputs that are nearly keys, put to every door: test/key/fuzz.ts with other seeds than
// `npm test` has. What is printed goes into the notes of a release.
import { expect, test } from 'vitest';
import { fuzz } from '../key/fuzz.js';

const INPUTS = 100_000;

test.each([101, 102, 103, 104, 105, 106, 107, 108, 109, 110])(
  `${INPUTS} inputs of seed %d give keys or coded errors, each within 5 ms`,
  (seed) => {
    const start = performance.now();
    const { faults, ...report } = fuzz(seed, INPUTS);
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    console.log(`seed ${seed}, ${seconds} s: ${JSON.stringify(report)}`);
    expect(faults).toEqual([]);
    expect(report.accepted).toBeLessThan(INPUTS / 5);
    expect(report.unconfirmed).toEqual([]);
  },
);
