// @ts-check
// The README's table of sizes, from bundles of what was built last. With --write it goes between the
// README's markers.
import { bundle, PROGRAMS, PROVIDER } from './bundles.js';
import { printOrWrite } from './readme-table.js';

const THROUGH_HANDLE = ', through a handle';
const kilobytes = (/** @type {number} */ octets) => `${(octets / 1000).toFixed(1)} kB`;

const rows = [];
for (const program of PROGRAMS) {
  if (program.name.endsWith(THROUGH_HANDLE)) continue;
  const handle = PROGRAMS.find(({ name }) => name === `${program.name}${THROUGH_HANDLE}`);
  if (handle === undefined) throw new Error(`${program.name} has no program through a handle`);
  const own = await bundle(program, program.from);
  const through = await bundle(handle, handle.from);
  const cells = [program.name, kilobytes(own.size), kilobytes(through.size)];
  rows.push(`| ${cells.join(' | ')} |`);
}

const provider = await bundle(PROVIDER, PROVIDER.from);
rows.push(`| ${PROVIDER.name}, as a scheme | | ${kilobytes(provider.size)} |`);

printOrWrite(
  'sizes',
  [
    '<!-- prettier-ignore -->',
    '| Bundle | Algorithm alone | Through a handle, with its door |',
    '| --- | ---: | ---: |',
    ...rows,
  ].join('\n'),
);
