// @ts-check
// What a program of plain Node finds under each name of the package, by import and by require. One
// reading for dist in place (types.test.ts) and for the installed tarball (installed.js).
import { spawnSync } from 'node:child_process';

/**
 * @typedef {object} Found
 * @property {string} name
 * @property {string[]} members each with its kind, `function sign`
 * @property {boolean} required whether require() gives the same values
 */

const PROGRAM = `
import { createRequire } from 'node:module';
const require = createRequire(process.cwd() + '/index.js');
const kind = (value) =>
  typeof value !== 'function' ? 'const' : /^class\\b/.test(String(value)) ? 'class' : 'function';
const found = [];
for (const name of JSON.parse(process.argv.at(-1))) {
  const imported = await import(name);
  const required = Object.entries(require(name));
  found.push({
    name,
    members: Object.entries(imported).map(([member, value]) => kind(value) + ' ' + member),
    required:
      required.length === Object.keys(imported).length &&
      required.every(([member, value]) => imported[member] === value),
  });
}
console.log(JSON.stringify(found));
`;

/**
 * @param {string} cwd a folder from which the names resolve
 * @param {string} engine
 * @param {string[]} names
 */
export function surfaceOf(cwd, engine, names) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      `--conditions=countersign-${engine}`,
      '--input-type=module',
      '--eval',
      PROGRAM,
      JSON.stringify(names),
    ],
    { cwd, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return /** @type {Found[]} */ (JSON.parse(stdout));
}

/**
 * As it stands in surface.txt.
 * @param {Found[]} found
 */
export function surfaceText(found) {
  return found
    .map(({ name, members }) => `${name}\n${members.map((line) => `  ${line}\n`).join('')}`)
    .join('\n');
}
