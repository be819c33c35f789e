// @ts-check
// The runtime matrix: the portable runner on every runtime and engine that test/portable/expected.json
// lists, each with its exact list of refusals. `npm run test:runtimes [-- NAME…]`
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { judge } from '../portable/judge.js';
import { installApp } from './app.js';
import { RUNTIMES } from './launch.js';

/** @typedef {import('countersign/engine').EngineName} EngineName */

const here = fileURLToPath(new URL('./', import.meta.url));
const expectedFile = new URL('../portable/expected.json', import.meta.url);
/** @typedef {Record<string, Record<EngineName, string[]>>} Expected */
const expected = /** @type {Expected} */ (JSON.parse(readFileSync(expectedFile, 'utf8')));
const MOST_PRINTED = 20;

if (!existsSync(`${here}node_modules`)) {
  console.log('test/runtimes has no node_modules yet: npm ci --ignore-scripts');
  const options = /** @type {const} */ ({ cwd: here, stdio: 'inherit' });
  if (spawnSync('npm', ['ci', '--ignore-scripts'], options).status !== 0) process.exit(1);
}

const wanted = process.argv.slice(2);
const counts = { passed: 0, failed: 0, skipped: 0 };
const app = installApp();
try {
  for (const [name, engines] of Object.entries(expected)) {
    if (wanted.length > 0 && !wanted.some((part) => name.startsWith(part))) continue;
    for (const [engine, lacks] of Object.entries(engines)) {
      counts[await runOn(name, /** @type {EngineName} */ (engine), lacks)]++;
    }
  }
} finally {
  rmSync(app, { recursive: true });
}
const { passed, failed, skipped } = counts;
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/**
 * @param {string} name
 * @param {EngineName} engine
 * @param {string[]} lacks
 * @returns {Promise<'passed' | 'failed' | 'skipped'>}
 */
async function runOn(name, engine, lacks) {
  const runtime = RUNTIMES[name];
  if (runtime === undefined) throw new Error(`no runtime is named ${name}`);
  const missing = runtime.missing();
  if (missing !== undefined) {
    console.log(`${name}, ${engine}: skipped: ${missing}`);
    return 'skipped';
  }
  const start = performance.now();
  const title = `${name} (${await runtime.version()}), ${engine}`;
  try {
    const result = judge(await runtime.run(app, engine), engine, lacks);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const list =
      result.refused.length === 0 ? 'nothing refused' : `refused ${result.refused.join('; ')}`;
    console.log(`${title}: ${result.passed} passed, ${list}; ${seconds} s`);
    for (const fault of result.faults.slice(0, MOST_PRINTED)) console.log(`  FAULT ${fault}`);
    const more = result.faults.length - MOST_PRINTED;
    if (more > 0) console.log(`  and ${more} more`);
    return result.faults.length === 0 ? 'passed' : 'failed';
  } catch (error) {
    console.log(`${title}: ${error instanceof Error ? error.message : String(error)}`);
    return 'failed';
  }
}
