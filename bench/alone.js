// @ts-check
// A case in a process of its own, so that no other case has shaped its heap or its compiled code.
// This file is both sides: `runAlone` starts it, and started it measures.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runCase } from './case.js';
import { measuredCurve } from './growth.js';
import { suiteOf } from './suites.js';

/** @typedef {import('./case.js').Options} Options */
/** @typedef {import('./case.js').Result} Result */
/** @typedef {import('./growth.js').Curve} Curve */
/** @typedef {{ file: string, cases: readonly number[], options: Options }} Order */

/**
 * A case, by its place in its suite.
 * @param {{ file: string, index: number }} entry
 * @param {Options} options
 */
export function runAlone({ file, index }, options) {
  return /** @type {Promise<Result[]>} */ (answerTo({ file, cases: [index], options }));
}

/**
 * One job in several sizes.
 * @param {readonly { file: string, index: number }[]} entries of one suite
 * @param {Options} options
 */
export function growAlone(entries, options) {
  const cases = entries.map(({ index }) => index);
  const order = { file: entries[0]?.file ?? '', cases, options };
  return /** @type {Promise<Curve>} */ (answerTo(order));
}

/** @param {Order} order @returns {Promise<unknown>} */
function answerTo(order) {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(order)]);
  return new Promise((resolve, reject) => {
    /** @type {unknown} */
    let answer;
    child.on('message', (message) => {
      answer = message;
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (answer !== undefined && code === 0) resolve(answer);
      else
        reject(new Error(`${order.file}, case ${order.cases[0]}: the process ended with ${code}`));
    });
  });
}

if (process.send !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) {
  /** @type {Order} */
  const { file, cases, options } = /** @type {never} */ (JSON.parse(process.argv[2] ?? ''));
  const suite = await suiteOf(file);
  const chosen = cases.flatMap((index) => suite.cases[index] ?? []);
  const [first] = chosen;
  if (first === undefined) throw new Error(`${file} has no case ${cases[0]}`);
  const answer =
    chosen.length === 1
      ? await runCase(first, options)
      : await measuredCurve(suite.title, chosen, options);
  process.send(answer);
  process.disconnect();
}
