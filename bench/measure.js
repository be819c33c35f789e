// @ts-check
// How speed is measured: subjects take turns, round by round, in one process, and their rounds are
// compared one by one. What else the machine does is then shared by all of them, so ratios hold
// better than absolute figures; how well, the spread says.

/** A turn begins with a part of it that is not timed, so that no one starts on its neighbour's cache. */
const UNTIMED = 8;

/** @typedef {(calls: number) => number | Promise<number>} Rate calls per second, over so many calls */
/** @typedef {{ name: string, rate: Rate, batch?: number }} Contender */
/** @typedef {{ name: string, opsPerSec: number, spread: number, rates: number[] }} Measurement */

/** What the last call gave, so that no compiler finds the calls without effect and drops them. */
export const sink = { last: /** @type {unknown} */ (undefined) };

/**
 * Measures contenders against each other.
 * @param {Contender[]} contenders
 * @param {{ rounds?: number, milliseconds?: number }} [options]
 * @returns {Promise<Measurement[]>}
 */
export async function measure(contenders, { rounds = 9, milliseconds = 12 } = {}) {
  const runs = [];
  for (const contender of contenders) {
    const batch = contender.batch ?? (await batchFor(contender.rate, milliseconds));
    runs.push({ ...contender, batch, rates: /** @type {number[]} */ ([]) });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { rate, batch, rates } of runs) {
      if (batch >= UNTIMED) await rate(Math.ceil(batch / UNTIMED));
      rates.push(await rate(batch));
    }
  }
  return runs.map(({ name, rates }) => {
    const opsPerSec = median(rates);
    const spread = (Math.max(...rates) - Math.min(...rates)) / opsPerSec;
    return { name, opsPerSec, spread, rates };
  });
}

/**
 * How many times as fast, as the median of the rounds' ratios.
 * @param {Measurement} measured
 * @param {Measurement | undefined} against
 */
export function ratioOf(measured, against) {
  if (against === undefined) return undefined;
  return median(measured.rates.map((rate, round) => rate / (against.rates[round] ?? NaN)));
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

/**
 * The rate of a function, on inputs that take turns.
 * @template I
 * @param {(input: I) => unknown} run
 * @param {readonly I[]} inputs
 * @returns {(calls: number) => number}
 */
export function inTurn(run, inputs) {
  let next = 0;
  return (calls) => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < calls; i++) {
      sink.last = run(/** @type {I} */ (inputs[next]));
      next = next + 1 === inputs.length ? 0 : next + 1;
    }
    return perSecond(calls, start);
  };
}

/**
 * The rate of an asynchronous function, so many calls of which are under way at any time.
 * @template I
 * @param {(input: I) => unknown} run
 * @param {readonly I[]} inputs
 * @param {number} flights
 * @returns {(calls: number) => Promise<number>}
 */
export function inFlight(run, inputs, flights) {
  let next = 0;
  return async (calls) => {
    let started = 0;
    const caller = async () => {
      while (started < calls) {
        started++;
        const input = /** @type {I} */ (inputs[next]);
        next = next + 1 === inputs.length ? 0 : next + 1;
        sink.last = await run(input);
      }
    };
    const start = process.hrtime.bigint();
    await Promise.all(Array.from({ length: Math.min(flights, calls) }, caller));
    return perSecond(calls, start);
  };
}

/**
 * How many calls fill a round; finding it warms the code up too.
 * @param {Rate} rate
 * @param {number} milliseconds
 */
async function batchFor(rate, milliseconds) {
  for (let calls = 1; ; calls *= 2) {
    const taken = (1000 * calls) / (await rate(calls));
    if (taken >= milliseconds) return Math.max(1, Math.round((calls * milliseconds) / taken));
  }
}

/**
 * @param {number} calls
 * @param {bigint} start
 */
function perSecond(calls, start) {
  return calls / (Math.max(1, Number(process.hrtime.bigint() - start)) / 1e9);
}
