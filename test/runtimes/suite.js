// @ts-check
// The suite on the other versions of Node, on the engines that depend on the version; noble is the
// same code everywhere, and the runtime matrix runs it on each. `npm run test:nodes [-- VERSION…]`
import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installRuntimes, MODULES } from './installed.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'node', '--project', 'dual'];

installRuntimes();
const versions = process.argv.length > 2 ? process.argv.slice(2) : ['22', '24', '26'];
let failed = 0;
for (const version of versions) {
  const bin = `${MODULES}node${version}/bin`;
  // Tests that start `node` get this version too.
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
  console.log(`Node ${version}`);
  const start = performance.now();
  const options = /** @type {const} */ ({ cwd: ROOT, env, stdio: 'inherit' });
  const { status } = spawnSync(`${bin}/node`, VITEST, options);
  const seconds = Math.round((performance.now() - start) / 1000);
  console.log(`Node ${version}: ${status === 0 ? 'passed' : 'failed'} in ${seconds} s\n`);
  if (status !== 0) failed++;
}
console.log(`${versions.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
