// @ts-check
// The command line of the bench.
import { parseArgs } from 'node:util';

/**
 * @typedef {object} Choice
 * @property {boolean} quick
 * @property {boolean} peers install them first
 * @property {boolean} gate fail on a missed aim
 * @property {boolean} record write last.json, README.md and the charts
 * @property {boolean} page write README.md and the charts of last.json again, without measuring
 * @property {string} [only] a part of a suite's or a case's name
 * @property {string} [json]
 */

export const USAGE = `npm run bench -- [--quick] [--peers] [--only NAME] [--json FILE] [--gate] [--record]
       npm run bench -- --page

  --quick      fewer cases, shorter rounds: under 30 seconds, in one process
  --peers      npm ci in bench/peers first; without it, the peers that are there are measured
  --only NAME  the suites and cases with NAME in their name
  --json FILE  writes the rows
  --gate       exit 1 if an aim is missed, or growth or memory is out of bounds
  --record     writes bench/last.json, bench/README.md and bench/charts
  --page       writes the page and the charts of bench/last.json again, and measures nothing`;

/** @param {string[]} args @returns {Choice} */
export function choiceOf(args) {
  const flag = /** @type {const} */ ({ type: 'boolean', default: false });
  const text = /** @type {const} */ ({ type: 'string' });
  const { values } = parseArgs({
    args,
    options: {
      quick: flag,
      peers: flag,
      gate: flag,
      record: flag,
      page: flag,
      only: text,
      json: text,
      help: flag,
    },
  });
  if (values.help) throw new Error('');
  // What stands in the repository is a whole run, or it would leave out what is not repeated here.
  if (values.record && (values.quick || values.only !== undefined)) {
    throw new Error('--record takes a whole run: leave out --quick and --only');
  }
  return values;
}
