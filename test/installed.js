// @ts-check
// Packages that only one command needs have a package.json of their own beside it, and are installed
// when first asked for.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs what the folder's lockfile names, if it is not there. npm writes its own list last, so that
 * an installation that was cut short is done again. No install script is needed.
 * @param {string} folder
 */
export function install(folder) {
  if (existsSync(join(folder, 'node_modules/.package-lock.json'))) return;
  console.log(`${folder} is not installed yet: npm ci --ignore-scripts`);
  const options = /** @type {const} */ ({ cwd: folder, stdio: 'inherit' });
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], options);
  if (status !== 0) throw new Error(`npm ci failed in ${folder}`);
}
