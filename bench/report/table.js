// @ts-check
// A case as lines for a terminal: each subject with its rate, and ours as so many times the others.
import { count, digits, title } from './text.js';

/** @typedef {import('../rows.js').Row} Row */
/** @typedef {import('../rows.js').Verdict} Verdict */

const BAR = 24;

/**
 * @param {readonly Row[]} rows of one case
 * @param {readonly Verdict[]} verdicts
 */
export function caseLines(rows, verdicts) {
  const [first] = rows;
  if (first === undefined) return [];
  const fastest = Math.max(...rows.map(({ opsPerSec }) => opsPerSec ?? 0));
  return [
    title(first),
    ...rows.map((row) => `  ${line(row, fastest)}`.trimEnd()),
    ...verdicts.map((verdict) => `  ${verdictText(verdict)}`),
  ];
}

/** @param {Row} row @param {number} fastest */
function line(row, fastest) {
  const name = row.subject.padEnd(38);
  if (row.opsPerSec === null) return `${name} ${row.missing ?? `WRONG: ${row.wrong}`}`;
  const rate = `${count(row.opsPerSec)}/s`.padStart(10);
  const spread = `± ${(50 * (row.spread ?? 0)).toFixed(0)} %`.padStart(7);
  const bar = '█'.repeat(Math.max(1, Math.round((BAR * row.opsPerSec) / fastest)));
  const ratios = [
    ratioText(row.ratioToFloor, 'reference', row.role !== 'reference'),
    ratioText(row.ratioToPhysical, 'physical', row.role === 'ours'),
    ratioText(row.ratioToBestPeer, 'best peer', row.role === 'ours'),
  ].filter((text) => text !== '');
  return `${name} ${rate} ${spread}  ${bar.padEnd(BAR)}  ${ratios.join(', ')}`;
}

/** @param {number | null} ratio @param {string} what @param {boolean} wanted */
function ratioText(ratio, what, wanted) {
  return ratio === null || !wanted ? '' : `${digits(ratio)} × ${what}`;
}

/** @param {Verdict} verdict */
export function verdictText({ against, least, ratio, alone, met }) {
  const word = met ? 'met' : 'MISSED';
  const aim = `aim: ${least} × ${against}: ${word}`;
  // As a pair alone it decides, since neighbours disturb.
  return alone === null || ratio >= least
    ? `${aim}, ${digits(ratio)}`
    : `${aim}, ${digits(alone)} as a pair alone (${digits(ratio)} among all)`;
}
