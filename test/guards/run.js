// @ts-check
// Takes each security check out in turn and sees a test turn red: `npm run test:guards [NAME]`.
// Nothing is edited: vitest.config.ts replaces the text as the module is loaded.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** @typedef {{ name: string, file: string, find: string, replace: string, tests: string, project: string }} Guard */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const VITEST = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const AT_ONCE = 2;
const RED = 'red, as it must be';

/** @type {Guard[]} */
const all = /** @type {never} */ (
  JSON.parse(readFileSync(new URL('guards.json', import.meta.url), 'utf8'))
);
const wanted = process.argv[2];
const guards = all.filter(({ name }) => wanted === undefined || name.includes(wanted));

let failed = 0;
let next = 0;
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let guard = guards[next++]; guard !== undefined; guard = guards[next++]) {
      const result = await tryOne(guard);
      if (result !== RED) failed += 1;
      console.log(`${result.padEnd(18)} ${guard.name}`);
    }
  }),
);
console.log(`${guards.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 && guards.length > 0 ? 0 : 1;

/** @param {Guard} guard */
async function tryOne(guard) {
  const found = readFileSync(`${ROOT}${guard.file}`, 'utf8').split(guard.find).length - 1;
  if (found !== 1) return `TEXT FOUND ${found} TIMES`;
  const { code, output } = await run(
    ['run', '--bail', '1', '--project', guard.project, ...guard.tests.split(' ')],
    { GUARD: JSON.stringify(guard) },
  );
  // A failed test, not a file that no longer loads: that would be red for any reason.
  if (code === 1 && /Tests\s+.*\d+ failed/.test(output) && !output.includes('timed out'))
    return RED;
  return code === 0 ? 'STILL GREEN' : 'NOT RUN';
}

/**
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function run(args, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [VITEST, ...args], {
      cwd: ROOT,
      env: { ...process.env, ...env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (/** @type {Buffer} */ chunk) => (output += chunk.toString()));
    child.stderr.on('data', (/** @type {Buffer} */ chunk) => (output += chunk.toString()));
    child.on('close', (code) => resolve({ code, output }));
  });
}
