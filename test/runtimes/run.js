// @ts-check
// The runtime matrix: the portable runner on every runtime and engine that test/portable/expected.json
// lists, each with its exact list of refusals. `npm run test:runtimes [-- NAME…]`. A browser that is
// missing is skipped; where the environment has CI, it is a failure.
import { readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { judge } from '../portable/judge.js';
import { installApp } from './app.js';
import { installRuntimes } from './installed.js';
import { RUNTIMES } from './launch.js';

/** @typedef {import('countersign/engine').EngineName} EngineName */

const expectedFile = new URL('../portable/expected.json', import.meta.url);
/** @typedef {Record<string, Record<EngineName, string[]>>} Expected */
const expected = /** @type {Expected} */ (JSON.parse(readFileSync(expectedFile, 'utf8')));
const MOST_PRINTED = 20;
const isCI = !['', '0', 'false'].includes(process.env['CI'] ?? '');

installRuntimes();
const wanted = process.argv.slice(2);
const jobs = Object.entries(expected)
  .filter(([name]) => wanted.length === 0 || wanted.some((part) => name.startsWith(part)))
  .flatMap(([name, engines]) =>
    Object.entries(engines).map(([engine, lacks]) => {
      return { name, engine: /** @type {EngineName} */ (engine), lacks };
    }),
  );
const counts = { passed: 0, failed: 0, skipped: 0 };
const app = installApp();
try {
  // As many at once as there are cores: each has one thread that is busy.
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
        counts[await runOn(job.name, job.engine, job.lacks)]++;
      }
    }),
  );
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
    console.log(`${name}, ${engine}: ${isCI ? 'failed, since CI is set' : 'skipped'}: ${missing}`);
    return isCI ? 'failed' : 'skipped';
  }
  const start = performance.now();
  try {
    const title = `${name.split(' ')[0]} ${await runtime.version()}, ${engine}`;
    const result = judge(await runtime.run(app, engine), engine, lacks);
    const seconds = Math.round((performance.now() - start) / 1000);
    const here = result.here.length === 0 ? 'nothing else' : result.here.join('; ');
    console.log(
      `${title}: ${result.passed} passed in ${seconds} s; refused: ` +
        `${result.everywhere.length} operations that this engine lacks, and ${here}`,
    );
    for (const fault of result.faults.slice(0, MOST_PRINTED)) console.log(`  FAULT ${fault}`);
    const more = result.faults.length - MOST_PRINTED;
    if (more > 0) console.log(`  and ${more} more`);
    return result.faults.length === 0 ? 'passed' : 'failed';
  } catch (error) {
    console.log(`${name}, ${engine}: ${error instanceof Error ? error.message : String(error)}`);
    return 'failed';
  }
}
