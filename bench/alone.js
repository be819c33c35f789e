// @ts-check
// A case in a process of its own, so that no other case has shaped its heap or its compiled code.
// This file is both sides: `runAlone` starts it, and started it measures.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runCase } from './case.js';
import { suiteOf } from './suites.js';

/** @typedef {import('./case.js').Options} Options */
/** @typedef {import('./case.js').Result} Result */
/** @typedef {{ file: string, index: number, options: Options }} Order */

/**
 * @param {Order} order
 * @returns {Promise<Result[]>}
 */
export function runAlone(order) {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(order)]);
  return new Promise((resolve, reject) => {
    /** @type {Result[] | undefined} */
    let results;
    child.on('message', (message) => {
      results = /** @type {Result[]} */ (message);
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (results !== undefined && code === 0) resolve(results);
      else reject(new Error(`${order.file}, case ${order.index}: the process ended with ${code}`));
    });
  });
}

if (process.send !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) {
  /** @type {Order} */
  const { file, index, options } = /** @type {never} */ (JSON.parse(process.argv[2] ?? ''));
  const given = (await suiteOf(file)).cases[index];
  if (given === undefined) throw new Error(`${file} has no case ${index}`);
  process.send(await runCase(given, options));
  process.disconnect();
}
