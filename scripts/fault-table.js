// @ts-check
// The table of faults on docs/explain.md, made from the data of countersign/explain as it was built
// last. Prints it; with --write puts it into the page.
import { FAULTS } from 'countersign/explain';
import { printOrWrite } from './readme-table.js';

const rows = Object.entries(FAULTS).map(
  ([code, { says, advice }]) => `| \`${code}\` | ${says} | ${advice} |`,
);
printOrWrite(
  'faults',
  [
    '<!-- prettier-ignore -->',
    '| Code | What it says | What to do |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n'),
  'docs/explain.md',
);
