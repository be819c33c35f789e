// @ts-check
// A table that the README shows and a script makes: printed, or with --write put between its markers.
import { readFileSync, writeFileSync } from 'node:fs';

const README = new URL('../README.md', import.meta.url);

/**
 * @param {string} name what the markers are called
 * @param {string} table
 */
export function printOrWrite(name, table) {
  if (!process.argv.includes('--write')) {
    console.log(table);
    return;
  }
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [before, rest] = splitOnce(readFileSync(README, 'utf8'), begin);
  const [, after] = splitOnce(rest, end);
  writeFileSync(README, `${before}${begin}\n\n${table}\n\n${end}${after}`);
}

/**
 * @param {string} text
 * @param {string} marker
 * @returns {[string, string]}
 */
function splitOnce(text, marker) {
  const [before, after, ...more] = text.split(marker);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`README.md: expected ${marker} once`);
  }
  return [before, after];
}
