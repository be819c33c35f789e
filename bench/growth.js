// @ts-check
// How cost grows with size. The work on a message may grow as its octets do, the search in a ring
// not at all; each curve has a bound that a worse growth breaks.

/** @typedef {import('./rows.js').Row} Row */

/**
 * @typedef {object} Curve
 * @property {string} suite
 * @property {string} case
 * @property {'octets' | 'keys'} unit
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

const OURS = 'countersign';

/** @param {readonly Row[]} rows @returns {Curve[]} */
export function growthOf(rows) {
  /** @type {Map<string, Row[]>} */
  const curves = new Map();
  for (const row of rows) {
    if (row.subject !== OURS || row.size === null || row.opsPerSec === null) continue;
    const name = `${row.suite}: ${row.case}`;
    curves.set(name, [...(curves.get(name) ?? []), row]);
  }
  return [...curves.values()].filter((found) => found.length >= 3).map(curveOf);
}

/** @param {Row[]} rows @returns {Curve} */
function curveOf(rows) {
  const [{ suite, case: name } = { suite: '', case: '' }] = rows;
  const unit = suite === 'Key rings' ? 'keys' : 'octets';
  const points = rows
    .map(({ size, opsPerSec }) => ({ size: size ?? NaN, seconds: 1 / (opsPerSec ?? NaN) }))
    .toSorted((a, b) => a.size - b.size);
  const [worst, most, rule] =
    unit === 'keys'
      ? [slowestToFastest(points), MOST_OVER_CONSTANT, 'constant: slowest to fastest']
      : [overProportional(points), MOST_OVER_PROPORTIONAL, 'proportional: time by size'];
  return { suite, case: name, unit, points, rule, most, worst, met: worst <= most };
}

/** @param {Curve['points']} points */
function slowestToFastest(points) {
  const times = points.map(({ seconds }) => seconds);
  return Math.max(...times) / Math.min(...times);
}

/** @param {Curve['points']} points */
function overProportional(points) {
  const steps = points.slice(1).map((to, i) => [points[i], to]);
  const factors = [...steps, [points[0], points.at(-1)]].map(([from, to]) => {
    if (from === undefined || to === undefined) return NaN;
    return to.seconds / from.seconds / (to.size / from.size);
  });
  return Math.max(...factors);
}
