// @ts-check
// The README's table of the runtimes that the matrix runs, made from what the matrix asserts of them.
// Prints it; with --write puts it into README.md.
import { readFileSync } from 'node:fs';
import { printOrWrite } from './readme-table.js';

/** Packages of the runtimes. Chromium is Debian's, and the matrix prints its version. */
const PACKAGES = {
  Bun: '@oven/bun-linux-x64',
  Deno: '@deno/linux-x64-glibc',
  workerd: '@cloudflare/workerd-linux-64',
};

/** @type {{ dependencies: Record<string, string> }} */
const { dependencies } = read('test/runtimes/package.json');
/** @type {Record<string, Record<string, string[]>>} */
const expected = read('test/portable/expected.json');

const rows = Object.entries(expected).map(([name, engines]) => {
  const cell = Object.keys(engines).join(', ');
  return `| ${versioned(name)} | ${cell} | ${lacking(engines['node'] ?? [])} |`;
});
const head = [
  '<!-- prettier-ignore -->',
  '| Runtime | Engines that are run on it | What its `node:crypto` lacks |',
  '| --- | --- | --- |',
];
printOrWrite('runtimes', [...head, ...rows].join('\n'));

/** @param {string} name */
function versioned(name) {
  const alias = dependencies[name.toLowerCase().replace(' ', '')];
  const version = alias ?? dependencies[PACKAGES[/** @type {keyof typeof PACKAGES} */ (name)]];
  return `${name.split(' ')[0]} ${version?.replace(/^npm:.*@/, '') ?? ''}`.trim();
}

/**
 * Operations of one algorithm in one piece: `ECDSA P-521 SHA-512: sign, verify`.
 * @param {readonly string[]} refused
 */
function lacking(refused) {
  /** @type {Map<string, string[]>} */
  const algorithms = new Map();
  for (const entry of refused) {
    const [name = '', operation = ''] = entry.split(': ');
    algorithms.set(name, [...(algorithms.get(name) ?? []), operation]);
  }
  const written = [...algorithms].map(([name, operations]) => `${name}: ${operations.join(', ')}`);
  return written.join('; ') || '–';
}

/**
 * @template T
 * @param {string} path
 * @returns {T}
 */
function read(path) {
  const text = readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  return /** @type {T} */ (JSON.parse(text));
}
