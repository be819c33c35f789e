// @ts-check
// The README's table of what each engine can do, made from the table that the test suites run.
// Prints it; with --write puts it into README.md. Reads dist: run `npm run build` first.
import { CAPABILITIES } from 'countersign/capabilities';
import * as legacy from 'countersign/legacy';
import { printOrWrite } from './readme-table.js';

printOrWrite('capabilities', table());

/** The strong algorithms, then the weak ones. Without the comment prettier would pad the cells. */
function table() {
  const weak = new Set(Object.values(legacy).map(({ name }) => name));
  const names = Object.keys(CAPABILITIES);
  return [
    '<!-- prettier-ignore -->',
    '| Algorithm | node | noble | dual |',
    '| --- | --- | --- | --- |',
    ...rows(names.filter((name) => !weak.has(name))),
    ...rows(
      names.filter((name) => weak.has(name)),
      '(weak) ',
    ),
  ].join('\n');
}

/**
 * One row for all algorithms of which each engine can do the same.
 * @param {readonly string[]} names
 */
function rows(names, mark = '') {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const name of names) {
    const { node = [], noble = [], dual = [] } = CAPABILITIES[name] ?? {};
    const lists = [node, noble, dual];
    const cells = lists.map((list) => (list.length > 0 ? list.join(', ') : '–')).join(' | ');
    groups.set(cells, [...(groups.get(cells) ?? []), name]);
  }
  return [...groups].map(([cells, group]) => `| ${mark}${shortened(group)} | ${cells} |`);
}

/**
 * Names that begin alike, their beginning written once: `HMAC: SHA-256, SHA-512`.
 * @param {readonly string[]} names
 */
function shortened(names) {
  /** @type {Map<string, string[]>} */
  const families = new Map();
  for (const name of names) {
    const [, family = name, variant = ''] = /^(.+?)(?: |-(?=SHA|MD5))(.+)$/.exec(name) ?? [];
    families.set(family, [...(families.get(family) ?? []), variant]);
  }
  return [...families]
    .map(([family, variants]) =>
      variants.length === 1
        ? `${family} ${variants.join()}`.trim()
        : `${family}: ${withMgf1(variants)}`,
    )
    .join('; ');
}

/**
 * OAEP has two hash functions; where every pair is there, the first is enough.
 * @param {readonly string[]} variants
 */
function withMgf1(variants) {
  const hashes = variants.filter((variant) => !variant.includes(' MGF1 '));
  const isEveryPair = hashes.length > 1 && variants.length === hashes.length ** 2;
  return isEveryPair ? `${hashes.join(', ')}, MGF1 over any of them` : variants.join(', ');
}
