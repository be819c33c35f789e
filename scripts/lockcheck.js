// @ts-check
// What a lockfile must be for `npm ci` to work everywhere: every platform's package that an entry
// names has an entry of its own (npm leaves out those that a registry lags behind with, and then
// refuses its own lockfile), and no entry names a host. `node scripts/lockcheck.js [DIR…]`
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ optionalDependencies?: Record<string, string>, resolved?: string, integrity?: string, link?: boolean }} Entry */

let failed = false;
for (const dir of process.argv.length > 2 ? process.argv.slice(2) : ['.']) {
  const text = readFileSync(join(dir, 'package-lock.json'), 'utf8');
  /** @type {{ packages: Record<string, Entry> }} */
  const { packages } = /** @type {never} */ (JSON.parse(text));
  const faults = Object.entries(packages).flatMap(([path, entry]) =>
    faultsOf(packages, path, entry),
  );
  console.log(`${dir}: ${faults.length === 0 ? 'complete' : faults.join(', ')}`);
  failed ||= faults.length > 0;
}
process.exitCode = failed ? 1 : 0;

/**
 * @param {Record<string, Entry>} packages
 * @param {string} path
 * @param {Entry} entry
 */
function faultsOf(packages, path, entry) {
  const missing = Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !isInstalledFor(packages, path, name))
    .map((name) => `${path} lacks ${name}`);
  if (entry.resolved !== undefined) missing.push(`${path} names a host`);
  if (path !== '' && entry.link !== true && entry.integrity === undefined) {
    missing.push(`${path} has no digest`);
  }
  return missing;
}

/**
 * Looks where Node would: beside the package, then in every folder above it.
 * @param {Record<string, Entry>} packages
 * @param {string} path
 * @param {string} name
 */
function isInstalledFor(packages, path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`] !== undefined) return true;
    if (at === '') return false;
  }
}
