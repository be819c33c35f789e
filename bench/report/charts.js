// @ts-check
// The charts of a run: for each suite ours against the reference and against the best peer, and
// curves of growth.
import { digits, sizeText, timeText, title } from './text.js';
import { barChart, lineChart } from './svg.js';

/** @typedef {import('../rows.js').Row} Row */
/** @typedef {import('../growth.js').Curve} Curve */

const OURS = 'ours';

/**
 * @param {{ rows: readonly Row[], growth: readonly Curve[] }} record
 * @returns {{ name: string, alt: string, svg: string }[]}
 */
export function chartsOf({ rows, growth }) {
  const suites = [...new Set(rows.map(({ suite }) => suite))];
  return [...suites.flatMap((suite) => ratioChart(suite, rows)), ...growthCharts(growth)];
}

/** @param {string} suite @param {readonly Row[]} rows */
function ratioChart(suite, rows) {
  const groups = firstOurs(rows.filter((row) => row.suite === suite)).flatMap((row) => {
    const bars = [row.ratioToFloor, row.ratioToBestPeer].flatMap((value, series) =>
      value === null ? [] : [{ series, value, text: `${digits(value)} ×` }],
    );
    const label = title(row);
    return bars.length === 0 ? [] : [{ label, bars }];
  });
  if (groups.length === 0) return [];
  const alt = `${suite}: countersign as many times as fast`;
  const svg = barChart(alt, ['as the reference floor', 'as the best peer'], groups);
  return [{ name: `${fileName(suite)}.svg`, alt, svg }];
}

/** @param {readonly Curve[]} growth */
function growthCharts(growth) {
  return [...new Set(growth.map(({ suite }) => suite))].map((suite) => {
    const curves = growth.filter((curve) => curve.suite === suite);
    const isRing = curves[0]?.unit === 'keys';
    const alt = `${suite}: time of one call by ${isRing ? 'keys in the ring' : 'size of its message'}`;
    const series = curves.map(({ case: name, points }) => ({
      name,
      points: points.map(({ size, seconds }) => ({ x: size, y: seconds * 1e6 })),
    }));
    const x = isRing ? String : sizeText;
    return {
      name: `growth-${fileName(suite)}.svg`,
      alt,
      svg: lineChart(alt, { x, y: timeText }, series),
    };
  });
}

/** The first subject that is ours, of each case. @param {readonly Row[]} rows */
function firstOurs(rows) {
  const seen = new Set();
  return rows.filter(({ case: name, size, role }) => {
    const id = `${name} ${size}`;
    if (role !== OURS || seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

/** @param {string} suite */
function fileName(suite) {
  return suite.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
