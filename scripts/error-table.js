// @ts-check
// The README's table of error codes, made from the comments in src/errors.ts. Prints it; with
// --write puts it into README.md.
import { readFileSync } from 'node:fs';
import { printOrWrite } from './readme-table.js';

const SOURCE = new URL('../src/errors.ts', import.meta.url);

printOrWrite('errors', table());

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
