// @ts-check
// The suites: every file of bench/suites, in the order of their names.
import { readdirSync } from 'node:fs';
import { title } from './report/text.js';

/** @typedef {import('./case.js').Suite} Suite */
/** @typedef {import('./case.js').Case} Case */
/** @typedef {{ file: string, suite: Suite, index: number, given: Case }} Entry */

/** @param {string} file @returns {Promise<Suite>} */
export async function suiteOf(file) {
  /** @type {{ suite: Suite }} */
  const { suite } = /** @type {never} */ (
    await import(new URL(`suites/${file}`, import.meta.url).href)
  );
  return suite;
}

/**
 * The cases of a run.
 * @param {{ quick: boolean, only?: string | undefined }} choice
 * @returns {Promise<Entry[]>}
 */
export async function casesOf({ quick, only }) {
  const files = readdirSync(new URL('suites/', import.meta.url)).filter((name) =>
    name.endsWith('.js'),
  );
  const entries = [];
  for (const file of files.toSorted()) {
    const suite = await suiteOf(file);
    for (const [index, given] of suite.cases.entries()) {
      const printed = title({ case: given.name, size: given.size ?? null, unit: given.unit });
      const name = `${file} ${suite.title} ${given.name} ${printed}`.toLowerCase();
      if (quick && given.quick !== true) continue;
      if (only !== undefined && !name.includes(only.toLowerCase())) continue;
      entries.push({ file, suite, index, given });
    }
  }
  return entries;
}
