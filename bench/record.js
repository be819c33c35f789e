// @ts-check
// What a whole run leaves in the repository: last.json, README.md and the charts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chartsOf } from './report/charts.js';
import { readmeOf } from './report/readme.js';

/**
 * @typedef {object} Record
 * @property {import('./about.js').About} about
 * @property {number} seconds
 * @property {globalThis.Record<string, string>} suites what stands above each suite
 * @property {import('./rows.js').Row[]} rows
 * @property {import('./rows.js').Verdict[]} verdicts
 * @property {import('./growth.js').Curve[]} growth
 * @property {import('./memory.js').Memory[]} memory
 */

/** The floors that the page quotes. */
export const FLOORS = [
  'floor/reference.js',
  'floor/physical.js',
  'floor/jose.js',
  'floor/jwe.js',
  'floor/http-signature.js',
];

/** @param {Record} given */
export function writeRecord(given) {
  write('last.json', `${JSON.stringify(given, figure, 1)}\n`);
  const record = readRecord(); // with the figures that stand there
  rmSync(at('charts/'), { recursive: true, force: true });
  mkdirSync(at('charts/'));
  for (const { name, svg } of chartsOf(record)) write(`charts/${name}`, svg);
  const floors = FLOORS.map((name) => ({ name, source: readFileSync(at(name), 'utf8') }));
  write('README.md', readmeOf(record, floors));
}

/** @returns {Record} */
export function readRecord() {
  return /** @type {never} */ (JSON.parse(readFileSync(at('last.json'), 'utf8')));
}

/** Memory is looked at in a process that may collect when it wants. */
export function measuredMemory() {
  const program = fileURLToPath(at('memory.js'));
  const { status, stdout } = spawnSync(process.execPath, ['--expose-gc', program], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('bench/memory.js failed');
  return /** @type {import('./memory.js').Memory[]} */ (JSON.parse(stdout));
}

/** Four digits of what was measured: the rest is noise. @param {string} _key @param {unknown} value */
function figure(_key, value) {
  if (typeof value !== 'number' || Number.isInteger(value)) return value;
  return Number(value.toPrecision(4));
}

/** @param {string} name */
function at(name) {
  return new URL(name, import.meta.url);
}

/** @param {string} name @param {string} text */
function write(name, text) {
  writeFileSync(at(name), text);
}
