// @ts-check
// The runtimes are binary packages with a package.json of their own, 1.1 GB; installed when first
// asked for.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('./', import.meta.url));

/** Where the packages are. */
export const MODULES = `${folder}node_modules/`;

/** Installs them if nothing is there; they have no install scripts that are needed. */
export function install() {
  if (existsSync(MODULES)) return;
  console.log('test/runtimes is not installed yet: npm ci --ignore-scripts');
  const options = /** @type {const} */ ({ cwd: folder, stdio: 'inherit' });
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], options);
  if (status !== 0) throw new Error('the runtimes could not be installed');
}
