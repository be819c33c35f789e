// @ts-check
// Cases whose label is not followed: each is named, and says why.
import { readFileSync } from 'node:fs';

/**
 * @typedef {object} Exception
 * @property {string} suite
 * @property {string} file the file's name, where `*` stands for anything
 * @property {readonly string[]} [ids]
 * @property {string} [flag]
 * @property {string} label the label that the file has; where it changed, the exception ends
 * @property {'valid' | 'invalid'} expect
 * @property {string} why
 */

/** @type {readonly Exception[]} */
export const EXCEPTIONS = /** @type {never} */ (
  JSON.parse(readFileSync(new URL('./exceptions.json', import.meta.url), 'utf8'))
);

/**
 * The label to go by, and why it is another than the file's.
 * @param {string} suite
 * @param {string} file
 * @param {import('./runner.js').Case} one
 * @param {readonly Exception[]} [exceptions]
 * @returns {{ label: string, why?: string }}
 */
export function applyException(
  suite,
  file,
  { id, label = '', flags = [] },
  exceptions = EXCEPTIONS,
) {
  const exception = exceptions.find(
    (known) =>
      known.suite === suite &&
      known.label === label &&
      matches(known.file, file) &&
      (known.ids?.includes(id) ?? true) &&
      (known.flag === undefined || flags.includes(known.flag)),
  );
  return exception === undefined ? { label } : { label: exception.expect, why: exception.why };
}

/**
 * @param {string} pattern
 * @param {string} name
 */
function matches(pattern, name) {
  const [start = '', end] = pattern.split('*');
  return end === undefined ? name === start : name.startsWith(start) && name.endsWith(end);
}
