// @ts-check
// How speed is measured: subjects take turns, round by round, in one process, and their rounds are
// compared one by one. What else the machine does is then shared by all of them, so ratios hold
// better than absolute figures; how well, the spread says. Turns are short and rounds are many: a
// turn of a millisecond is seldom interrupted, and the median forgets the one that is. With six
// other programs per core, two equal subjects came out within 1 % of each other in 151 rounds of
// 1 ms, and anywhere between a third and double in 21 rounds of 8 ms.

/** Milliseconds until compilers are done with a subject. */
const WARM = 40;
/** Rounds that are measured however long they take. */
const FEWEST = 7;

/** @typedef {(calls: number) => number | Promise<number>} Rate calls per second, over so many calls */
/** @typedef {{ name: string, rate: Rate, batch?: number }} Contender */
/** @typedef {{ name: string, opsPerSec: number, spread: number, rates: number[] }} Measurement */

/** What the last call gave, so that no compiler finds the calls without effect and drops them. */
export const sink = { last: /** @type {unknown} */ (undefined) };

/**
 * Measures contenders against each other.
 * @param {Contender[]} contenders
 * @param {{ rounds?: number, milliseconds?: number, budget?: number }} [options] rounds at the most,
 *   the length of a turn, and the milliseconds after which seven rounds are enough
 * @returns {Promise<Measurement[]>}
 */
export async function measure(contenders, { rounds = 151, milliseconds = 1, budget = 4000 } = {}) {
  const runs = [];
  for (const contender of contenders) {
    const batch = contender.batch ?? (await batchFor(contender.rate, milliseconds));
    runs.push({ ...contender, batch, rates: /** @type {number[]} */ ([]) });
  }
  const until = performance.now() + budget;
  for (let round = 0; round < rounds; round++) {
    if (round >= FEWEST && performance.now() > until) break;
    for (const { rate, batch, rates } of runs) {
      // Once untimed, so that none begins on the caches that its neighbour left.
      if (batch > 1) await rate(batch);
      rates.push(await rate(batch));
    }
  }
  return runs.map(({ name, rates }) => {
    const opsPerSec = median(rates);
    const spread = (quantile(rates, 3 / 4) - quantile(rates, 1 / 4)) / opsPerSec;
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
  return quantile(values, 1 / 2);
}

/** @param {readonly number[]} values @param {number} part of them that are less */
function quantile(values, part) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? NaN;
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
 * How many calls fill a round. They are found out while the code warms up.
 * @param {Rate} rate
 * @param {number} milliseconds
 */
async function batchFor(rate, milliseconds) {
  let calls = 1;
  for (let total = 0; ;) {
    const taken = (1000 * calls) / (await rate(calls));
    total += taken;
    if (taken < milliseconds) calls *= 2;
    else if (total >= WARM) return Math.max(1, Math.round((calls * milliseconds) / taken));
  }
}

/**
 * @param {number} calls
 * @param {bigint} start
 */
function perSecond(calls, start) {
  return calls / (Math.max(1, Number(process.hrtime.bigint() - start)) / 1e9);
}
