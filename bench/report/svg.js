// @ts-check
// Charts as SVG, readable on light and on dark paper: bars of ratios, and curves, both on
// logarithmic scales, since ratios run from a tenth to hundreds.

/** @typedef {{ label: string, bars: { series: number, value: number, text: string }[] }} BarGroup */
/** @typedef {{ name: string, points: { x: number, y: number }[] }} Series */

const WIDTH = 760;
const LEFT = 330;
const RIGHT = 70;
const BAR = 12;
const GAP = 8;
const TOP = 56;
const BOTTOM = 28;

const STYLE = `<style>
text { font: 12px system-ui, sans-serif; fill: #1f2328; }
.title { font-size: 14px; font-weight: 600; }
.faint { fill: #59636e; }
.grid { stroke: #d1d9e0; }
.one { stroke: #59636e; stroke-width: 1.5; }
.f0 { fill: #0969da; } .f1 { fill: #9a6700; } .f2 { fill: #1a7f37; } .f3 { fill: #8250df; }
.f4 { fill: #bf3989; } .f5 { fill: #57606a; }
.s0 { stroke: #0969da; } .s1 { stroke: #9a6700; } .s2 { stroke: #1a7f37; } .s3 { stroke: #8250df; }
.s4 { stroke: #bf3989; } .s5 { stroke: #57606a; }
.line { fill: none; stroke-width: 2; }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc; } .faint { fill: #9198a1; } .grid { stroke: #3d444d; } .one { stroke: #9198a1; }
  .f0 { fill: #4493f8; } .f1 { fill: #d29922; } .f2 { fill: #3fb950; } .f3 { fill: #ab7df8; }
  .f4 { fill: #db61a2; } .f5 { fill: #8b949e; }
  .s0 { stroke: #4493f8; } .s1 { stroke: #d29922; } .s2 { stroke: #3fb950; } .s3 { stroke: #ab7df8; }
  .s4 { stroke: #db61a2; } .s5 { stroke: #8b949e; }
}
</style>`;

/**
 * Groups of bars that start at 1: to the right is faster, to the left slower.
 * @param {string} title
 * @param {readonly string[]} series the names of the colours
 * @param {readonly BarGroup[]} groups
 */
export function barChart(title, series, groups) {
  const values = groups.flatMap(({ bars }) => bars.map(({ value }) => value));
  const scale = logScale([...values, 1], LEFT, WIDTH - RIGHT);
  const parts = [];
  let y = TOP;
  for (const { label, bars } of groups) {
    const middle = y + (bars.length * BAR) / 2 + 4;
    parts.push(text(LEFT - 10, middle, label, 'end'));
    for (const { series: colour, value, text: figure } of bars) {
      const [from, to] = [scale.at(1), scale.at(value)].toSorted((a, b) => a - b);
      const width = Math.max(1, (to ?? 0) - (from ?? 0));
      parts.push(
        `<rect class="f${colour}" x="${round(from ?? 0)}" y="${y}" width="${round(width)}" height="${BAR - 2}"/>`,
        text(round((to ?? 0) + 5), y + BAR - 3, figure, 'start', 'faint'),
      );
      y += BAR;
    }
    y += GAP;
  }
  const grid = scale.ticks.flatMap((tick) => [
    `<line class="${tick === 1 ? 'one' : 'grid'}" x1="${round(scale.at(tick))}" x2="${round(scale.at(tick))}" y1="${TOP - 4}" y2="${y}"/>`,
    text(round(scale.at(tick)), y + 16, `${tick} ×`, 'middle', 'faint'),
  ]);
  return drawn(title, y + BOTTOM, [...legend(series), ...grid, ...parts]);
}

/**
 * Curves on two logarithmic scales.
 * @param {string} title
 * @param {{ x: (value: number) => string, y: (value: number) => string }} labels of the ticks
 * @param {readonly Series[]} series
 */
export function lineChart(title, labels, series) {
  const height = 400;
  const points = series.flatMap((one) => one.points);
  const x = logScale(
    points.map((point) => point.x),
    90,
    WIDTH - RIGHT,
  );
  // The sizes themselves mark their axis: powers of ten would stand between them.
  const sizes = [...new Set(points.map((point) => point.x))].toSorted((a, b) => a - b);
  const top = TOP + 14 * Math.floor((series.length - 1) / 3);
  const y = logScale(
    points.map((point) => point.y),
    height - 40,
    top,
  );
  const grid = [
    ...sizes.flatMap((tick) => [
      `<line class="grid" x1="${round(x.at(tick))}" x2="${round(x.at(tick))}" y1="${top}" y2="${height - 40}"/>`,
      text(round(x.at(tick)), height - 22, labels.x(tick), 'middle', 'faint'),
    ]),
    ...y.ticks.flatMap((tick) => [
      `<line class="grid" x1="90" x2="${WIDTH - RIGHT}" y1="${round(y.at(tick))}" y2="${round(y.at(tick))}"/>`,
      text(82, round(y.at(tick) + 4), labels.y(tick), 'end', 'faint'),
    ]),
  ];
  const lines = series.flatMap((one, i) => {
    const at = one.points.map((point) => `${round(x.at(point.x))},${round(y.at(point.y))}`);
    return [
      `<polyline class="line s${i % 6}" points="${at.join(' ')}"/>`,
      ...at.map((point) => {
        const [cx, cy] = point.split(',');
        return `<circle class="f${i % 6}" cx="${cx}" cy="${cy}" r="3"/>`;
      }),
    ];
  });
  return drawn(title, height, [...legend(series.map(({ name }) => name)), ...grid, ...lines]);
}

/**
 * @param {readonly number[]} values
 * @param {number} from
 * @param {number} to
 */
function logScale(values, from, to) {
  const least = Math.floor(Math.log10(Math.min(...values)));
  const most = Math.max(least + 1, Math.ceil(Math.log10(Math.max(...values))));
  const ticks = Array.from({ length: most - least + 1 }, (_, i) => Number(`1e${least + i}`));
  return {
    ticks,
    at: (/** @type {number} */ value) =>
      from + ((Math.log10(value) - least) / (most - least)) * (to - from),
  };
}

/** @param {readonly string[]} names */
function legend(names) {
  return names.flatMap((name, i) => {
    const [x, y] = [16 + 240 * (i % 3), 34 + 14 * Math.floor(i / 3)];
    return [
      `<rect class="f${i % 6}" x="${x}" y="${y}" width="10" height="10"/>`,
      text(x + 15, y + 9, name, 'start'),
    ];
  });
}

/** @param {string} title @param {number} height @param {readonly string[]} parts */
function drawn(title, height, parts) {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">`,
    STYLE,
    text(16, 22, title, 'start', 'title'),
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} content
 * @param {'start' | 'middle' | 'end'} anchor
 * @param {string} [name] of its class
 */
function text(x, y, content, anchor, name) {
  const look = name === undefined ? '' : ` class="${name}"`;
  return `<text x="${x}" y="${y}" text-anchor="${anchor}"${look}>${escaped(content)}</text>`;
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}

/** @param {string} content */
function escaped(content) {
  return content
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
