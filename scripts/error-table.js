// @ts-check
// The README's table of error codes, made from the comments in src/errors.ts. Prints it; with
// --write puts it into README.md.
import { readFileSync, writeFileSync } from 'node:fs';

const README = new URL('../README.md', import.meta.url);
const SOURCE = new URL('../src/errors.ts', import.meta.url);
const BEGIN = '<!-- errors:begin -->';
const END = '<!-- errors:end -->';

if (process.argv.includes('--write')) {
  const [before, rest] = splitOnce(readFileSync(README, 'utf8'), BEGIN);
  const [, after] = splitOnce(rest, END);
  writeFileSync(README, `${before}${BEGIN}\n\n${table()}\n\n${END}${after}`);
} else {
  console.log(table());
}

/** Without the comment prettier would pad the cells. */
function table() {
  const [, union = ''] =
    /export type CountersignErrorCode =([^]*?);\n\n/.exec(readFileSync(SOURCE, 'utf8')) ?? [];
  const rows = [...union.matchAll(/\/\*\* ([^]*?) \*\/\s*\| '(ERR_\w+)'/g)].map(
    ([, comment = '', code]) => `| \`${code}\` | ${comment.replaceAll(/\s*\n\s*\*\s*/g, ' ')} |`,
  );
  return ['<!-- prettier-ignore -->', '| Code | What it says |', '| --- | --- |', ...rows].join(
    '\n',
  );
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
