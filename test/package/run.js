// @ts-check
// The package as users get it: packed, installed into an empty project, and used from there.
// `npm run test:package`. Nothing in it is ever skipped.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, counts, ROOT, run } from './checks.js';
import { checkCompilers } from './compilers.js';
import { checkInstalled } from './installed.js';
import { checkTarball } from './tarball.js';

/** @typedef {{ exports: Record<string, unknown>, imports: Record<string, unknown>, version: string, scripts: Record<string, string> }} Manifest */
/**
 * @typedef {object} Packed
 * @property {string} tarball its path
 * @property {string} project the folder of a project that has installed it
 * @property {string} installed the package's folder in that project
 * @property {Manifest} manifest the package.json that was packed
 * @property {string[]} names the exports that are modules, as users write them
 */

// Paths with a space are where quoting goes wrong.
const dir = mkdtempSync(join(tmpdir(), 'package test '));
try {
  const packed = await timed('pack and install', () => install(dir));
  await timed('the tarball', () => checkTarball(packed));
  await timed('the installed package', () => checkInstalled(packed));
  await timed('the compilers', () => checkCompilers(packed));
} catch (error) {
  counts.failed += 1;
  console.log(error);
} finally {
  rmSync(dir, { recursive: true });
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;

/**
 * `npm pack` builds first. The dependencies come from npm's cache or from the registry.
 * @param {string} folder
 * @returns {Promise<Packed>}
 */
async function install(folder) {
  await run('npm', ['pack', '--silent', '--pack-destination', folder], ROOT);
  const source = /** @type {Manifest} */ (
    JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  );
  const tarball = join(folder, `countersign-${source.version}.tgz`);
  const project = join(folder, 'an empty project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  const quietly = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  await run('npm', ['install', ...quietly, tarball], project);
  const installed = join(project, 'node_modules/countersign');
  const manifest = /** @type {Manifest} */ (
    JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  );
  await check('the project holds the package and its three dependencies, and no more', () => {
    const lock = /** @type {{ packages: Record<string, { hasInstallScript?: boolean }> }} */ (
      JSON.parse(readFileSync(join(project, 'node_modules/.package-lock.json'), 'utf8'))
    );
    assert.deepEqual(
      Object.keys(lock.packages),
      ['@noble/ciphers', '@noble/curves', '@noble/hashes', 'countersign'].map(
        (name) => `node_modules/${name}`,
      ),
    );
    const withScript = Object.values(lock.packages).filter(
      (entry) => entry.hasInstallScript === true,
    );
    assert.deepEqual(withScript, [], 'nothing runs when it is installed');
  });
  const names = Object.keys(manifest.exports)
    .filter((path) => path !== './package.json')
    .map((path) => `countersign${path.slice(1)}`);
  return { tarball, project, installed, manifest, names };
}

/**
 * @template T
 * @param {string} part
 * @param {() => Promise<T>} body
 */
async function timed(part, body) {
  console.log(`\n== ${part}`);
  const start = performance.now();
  const result = await body();
  console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}
