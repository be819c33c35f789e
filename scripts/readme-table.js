// @ts-check
// A table that a page shows and a script makes: printed, or with --write put between its markers.
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * @param {string} name what the markers are called
 * @param {string} table
 * @param {string} [page] the page, from the root of the repository
 */
export function printOrWrite(name, table, page = 'README.md') {
  if (!process.argv.includes('--write')) {
    console.log(table);
    return;
  }
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const path = new URL(`../${page}`, import.meta.url);
  const [before, rest] = splitOnce(readFileSync(path, 'utf8'), begin);
  const [, after] = splitOnce(rest, end);
  writeFileSync(path, `${before}${begin}\n\n${table}\n\n${end}${after}`);
}

/**
 * @param {string} text
 * @param {string} marker
 * @returns {[string, string]}
 */
function splitOnce(text, marker) {
  const [before, after, ...more] = text.split(marker);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`expected ${marker} once`);
  }
  return [before, after];
}
