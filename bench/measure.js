// @ts-check
// How speed is measured: subjects take turns, round by round, in one process, and the medians of
// their rounds are compared. What else the machine does is then shared by all of them, so ratios
// hold better than absolute figures; how well, the spread says.

/**
 * @typedef {{ name: string, run: () => unknown }} Subject
 * @typedef {{ name: string, opsPerSec: number, spread: number }} Measurement
 */

/**
 * Measures subjects against each other.
 * @param {Subject[]} subjects
 * @param {{ rounds?: number, milliseconds?: number }} [options]
 * @returns {Measurement[]}
 */
export function measure(subjects, { rounds = 9, milliseconds = 12 } = {}) {
  const batches = subjects.map(({ run }) => batchFor(run, milliseconds));
  const rates = subjects.map(() => /** @type {number[]} */ ([]));
  for (let round = 0; round < rounds; round++) {
    subjects.forEach(({ run }, i) => rates[i]?.push(rate(run, batches[i] ?? 1)));
  }
  return subjects.map(({ name }, i) => {
    const sorted = (rates[i] ?? []).toSorted((a, b) => a - b);
    const opsPerSec = sorted[sorted.length >> 1] ?? 0;
    const spread = ((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)) / opsPerSec;
    return { name, opsPerSec, spread };
  });
}

/**
 * How many calls fill a round; finding it warms the code up too.
 * @param {() => unknown} run
 * @param {number} milliseconds
 */
function batchFor(run, milliseconds) {
  let calls = 1;
  for (;;) {
    const perSecond = rate(run, calls);
    const taken = (1000 * calls) / perSecond;
    if (taken >= milliseconds) return Math.max(1, Math.round((calls * milliseconds) / taken));
    calls *= 2;
  }
}

/**
 * @param {() => unknown} run
 * @param {number} calls
 */
function rate(run, calls) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < calls; i++) run();
  return calls / (Number(process.hrtime.bigint() - start) / 1e9);
}
