// @ts-check
// How cost grows with size. The work on a message may grow as its octets do, the search in a ring
// not at all; each curve has a bound that a worse growth breaks. The sizes of a curve take turns in
// one process, as subjects do.
import { contenderOf } from './case.js';
import { measure, ratioOf } from './measure.js';

/** @typedef {import('./case.js').Case} Case */
/** @typedef {import('./suites.js').Entry} Entry */
/** @typedef {import('./measure.js').Measurement} Measurement */
/** @typedef {Measurement & { size: number }} Sized */
/** @typedef {'octets' | 'keys'} Unit */

/**
 * @typedef {object} Curve
 * @property {string} suite
 * @property {string} case
 * @property {Unit} unit
 * @property {{ size: number, seconds: number }[]} points the time of one call
 * @property {string} rule
 * @property {number} most
 * @property {number} worst what came out
 * @property {boolean} met
 */

/**
 * The time may grow by so many times the factor by which the size grows, from one size to the next
 * and from the first to the last. 1 is proportional; the rest is for the machine's noise, and for
 * caches that the largest messages leave.
 */
const MOST_OVER_PROPORTIONAL = 1.5;
/** The slowest size to the fastest; a search among a thousand would be hundreds. */
const MOST_OVER_CONSTANT = 5;
/** Fewer sizes make no curve. */
const FEWEST = 3;

/**
 * The curves among the cases of a run: the same job in several sizes.
 * @param {readonly Entry[]} entries
 * @returns {Entry[][]}
 */
export function curvesAmong(entries) {
  /** @type {Map<string, Entry[]>} */
  const curves = new Map();
  for (const entry of entries.filter(({ given }) => given.size !== undefined)) {
    const name = `${entry.file} ${entry.given.name}`;
    curves.set(name, [...(curves.get(name) ?? []), entry]);
  }
  return [...curves.values()].filter((found) => found.length >= FEWEST);
}

/**
 * Measures one job in all its sizes; of each case, the first subject.
 * @param {string} suite
 * @param {readonly Case[]} cases
 * @param {import('./case.js').Options} options
 * @returns {Promise<Curve>}
 */
export async function measuredCurve(suite, cases, options) {
  const contenders = [];
  for (const given of cases) contenders.push(contenderOf(await given.build()));
  const measured = await measure(contenders, options);
  const sized = measured.map((one, i) => ({ ...one, size: cases[i]?.size ?? NaN }));
  return curveOf(suite, cases[0]?.name ?? '', cases[0]?.unit ?? 'octets', sized);
}

/**
 * @param {string} suite
 * @param {string} name
 * @param {Unit} unit
 * @param {readonly Sized[]} measured
 * @returns {Curve}
 */
export function curveOf(suite, name, unit, measured) {
  const sorted = measured.toSorted((a, b) => a.size - b.size);
  const points = sorted.map(({ size, opsPerSec }) => ({ size, seconds: 1 / opsPerSec }));
  const [worst, most, rule] =
    unit === 'keys'
      ? [slowestToFastest(sorted), MOST_OVER_CONSTANT, 'constant: slowest to fastest']
      : [overProportional(sorted), MOST_OVER_PROPORTIONAL, 'proportional: time by size'];
  return { suite, case: name, unit, points, rule, most, worst, met: worst <= most };
}

/** @param {readonly Sized[]} measured */
function slowestToFastest(measured) {
  return Math.max(...measured.flatMap((a) => measured.map((b) => ratioOf(a, b) ?? NaN)));
}

/** @param {readonly Sized[]} measured */
function overProportional(measured) {
  const steps = measured.slice(1).map((to, i) => [measured[i], to]);
  const factors = [...steps, [measured[0], measured.at(-1)]].map(([from, to]) => {
    if (from === undefined || to === undefined) return NaN;
    return (ratioOf(from, to) ?? NaN) / (to.size / from.size);
  });
  return Math.max(...factors);
}
