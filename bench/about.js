// @ts-check
// Where figures come from: the machine, the runtime, what was compared.
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/**
 * @typedef {object} About
 * @property {string} date
 * @property {string} cpu
 * @property {number} cores
 * @property {number} memory GiB
 * @property {string} system
 * @property {string} node
 * @property {string} openssl
 * @property {string} engine
 * @property {Record<string, string>} versions of ours and of what it is compared with
 */

/** @param {string} engine @returns {About} */
export function about(engine) {
  const own = manifest('../package.json');
  const peers = manifest('peers/package.json');
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    openssl: process.versions.openssl,
    engine,
    versions: { countersign: own.version ?? '', ...own.dependencies, ...peers.dependencies },
  };
}

/** @param {string} path @returns {{ version?: string, dependencies: Record<string, string> }} */
function manifest(path) {
  return /** @type {never} */ (JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')));
}
