// @ts-check
// Whether what a runtime reported is what it should: every case passed, or refused by name and on
// the list. The list of a runtime is what its engine can't by the table of capabilities, and what
// expected.json adds for this runtime. It must be exact: what is refused no longer is a fault too.
import { CAPABILITIES } from 'countersign/capabilities';

/** @typedef {import('./report.js').Report} Report */
/** @typedef {import('countersign/engine').EngineName} EngineName */

/**
 * @typedef {object} Judgement
 * @property {number} passed Cases, and what was checked beside them.
 * @property {string[]} everywhere What the engine refuses on any runtime, with the number of cases.
 * @property {string[]} here What it refuses on this one.
 * @property {string[]} faults
 */

/**
 * @param {Report} report
 * @param {EngineName} engine The one that was asked for.
 * @param {readonly string[]} lacks What this runtime lacks of it.
 * @returns {Judgement}
 */
export function judge({ engine: found, rows, wrong, checks }, engine, lacks) {
  const general = notOn(engine);
  const listed = new Set([...general, ...lacks]);
  const names = new Set(rows.map(({ name }) => name));
  const refusing = rows.filter(({ refused }) => refused > 0);
  const faults = [
    ...(found === engine ? [] : [`ran on the ${found} engine`]),
    ...wrong.map((one) => `${one.title}, ${one.id}: expected ${one.expected}, found ${one.found}`),
    ...checks.flatMap(({ name, fault }) => (fault === undefined ? [] : [`${name}: ${fault}`])),
    ...refusing.filter(({ name }) => !listed.has(name)).map(({ name }) => `${name} is refused`),
    ...rows
      .filter(({ name, refused, answered }) => listed.has(name) && (refused === 0 || answered > 0))
      .map(({ name }) => `${name} is on the list, and is not refused`),
    ...[...listed]
      .filter((name) => !names.has(name))
      .map((name) => `${name} is on the list, and nothing asks for it`),
    ...lacks
      .filter((name, i) => general.includes(name) || lacks.indexOf(name) !== i)
      .map((name) => `${name} is on the list twice`),
    ...(rows.some(({ passed }) => passed > 0) ? [] : ['nothing passed']),
  ];
  const good = checks.filter(({ fault }) => fault === undefined).length;
  return {
    passed: rows.reduce((sum, { passed }) => sum + passed, good),
    everywhere: refusing.filter(({ name }) => general.includes(name)).map(counted),
    here: refusing.filter(({ name }) => !general.includes(name)).map(counted),
    faults,
  };
}

/** @param {import('./report.js').Row} row */
function counted({ name, refused }) {
  return `${name} (${refused})`;
}

/**
 * What an engine can't on any runtime, and another can.
 * @param {EngineName} engine
 */
function notOn(engine) {
  return Object.entries(CAPABILITIES).flatMap(([name, row]) => {
    const all = new Set([...row.node, ...row.noble, ...row.dual]);
    return [...all]
      .filter((operation) => !row[engine].includes(operation))
      .map((operation) => `${name}: ${operation}`);
  });
}
