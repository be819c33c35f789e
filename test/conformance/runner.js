// @ts-check
// Runs every case of a directory through the suites that know its files, and adds up what came out.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { applyException } from './exceptions.js';

/**
 * @typedef {import('./judge.js').Outcome} Outcome
 */

/**
 * @typedef {object} Case
 * @property {string} id what the file calls it
 * @property {string} algorithm under which it is counted
 * @property {string} [label] what the file says of it: `valid`, `invalid`, `acceptable`
 * @property {readonly string[]} [flags] what else the file says
 * @property {(label: string) => Outcome} run
 */

/**
 * A file as suites meet it: its content is read and parsed at most once, and when asked for.
 * @typedef {object} File
 * @property {string} path within the directory
 * @property {string} name
 * @property {() => string} text
 * @property {() => Uint8Array} octets what the text was decoded from
 * @property {() => unknown} json `undefined` where the text is no JSON
 * @property {(path: string) => File | undefined} beside another file, by its path from this one
 */

/**
 * A suite is one file of the folder `suites`. `read` gives the cases of a file that it knows by its
 * content, and `undefined` of any other.
 * @typedef {object} Suite
 * @property {string} name
 * @property {(file: File) => Iterable<Case> | undefined} read
 */

/**
 * @typedef {object} FileReport
 * @property {string} path
 * @property {string} suite
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {Record<string, number>} refused cases that policy keeps out, and which were refused
 * @property {Record<string, number>} notRun why cases were not run
 * @property {{ id: string, algorithm: string, reason: string }[]} failures
 * @property {Record<string, { passed: number, failed: number, skipped: number }>} algorithms
 * @property {Record<string, string[]>} relaxed passed cases whose key needed a relaxation
 * @property {Record<string, string[]>} choices passed cases that may be taken or refused
 * @property {Record<string, string[]>} exceptions passed cases whose label is not followed, and why
 * @property {Record<string, number>} labels passed cases by the label that the file has
 */

/**
 * Every file of a directory, or the one file.
 * @param {string} root
 * @returns {Map<string, File>}
 */
export function readTree(root) {
  const isFile = statSync(root).isFile();
  const paths = isFile
    ? [basename(root)]
    : readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  const base = isFile ? join(root, '..') : root;
  /** @type {Map<string, File>} */
  const files = new Map();
  for (const path of paths.toSorted()) files.set(path, open(base, path, files));
  return files;
}

/**
 * @param {string} root
 * @param {string} path
 * @param {Map<string, File>} files
 * @returns {File}
 */
function open(root, path, files) {
  const octets = once(() => new Uint8Array(readFileSync(join(root, path))));
  const text = once(() => new TextDecoder('utf-8', { ignoreBOM: true }).decode(octets()));
  return {
    path,
    name: basename(path),
    text,
    octets,
    json: once(() => {
      try {
        return /** @type {unknown} */ (JSON.parse(text()));
      } catch {
        return undefined;
      }
    }),
    beside: (other) => files.get(join(path, '..', other)),
  };
}

/**
 * Runs one file; `undefined` where no suite knows it.
 * @param {readonly Suite[]} suites
 * @param {File} file
 * @returns {FileReport | undefined}
 */
export function runFile(suites, file) {
  for (const { name, read } of suites) {
    const cases = read(file);
    if (cases !== undefined) return runCases(name, file, cases);
  }
  return isBrokenSuite(file) ? runCases('?', file, [UNREADABLE]) : undefined;
}

/** @type {Case} */
const UNREADABLE = {
  id: 'file',
  algorithm: 'file',
  run: () => ({ verdict: 'failed', reason: 'the file has groups of tests and is no JSON' }),
};

/**
 * Half a suite must not pass for a file that nobody knows.
 * @param {File} file
 */
function isBrokenSuite({ name, text, json }) {
  return name.endsWith('.json') && json() === undefined && text().includes('"testGroups"');
}

/**
 * @param {string} suite
 * @param {File} file
 * @param {Iterable<Case>} cases
 * @returns {FileReport}
 */
function runCases(suite, file, cases) {
  /** @type {FileReport} */
  const report = {
    path: file.path,
    suite,
    passed: 0,
    failed: 0,
    skipped: 0,
    refused: {},
    notRun: {},
    failures: [],
    algorithms: {},
    relaxed: {},
    choices: {},
    exceptions: {},
    labels: {},
  };
  for (const one of cases) {
    const { label, why } = applyException(suite, file.name, one);
    const { verdict, reason = '', relaxed = [], choice } = runCase(one, label);
    report[verdict]++;
    const tally = (report.algorithms[one.algorithm] ??= { passed: 0, failed: 0, skipped: 0 });
    tally[verdict]++;
    if (verdict === 'skipped') {
      count(reason.startsWith('policy: ') ? report.refused : report.notRun, reason);
    }
    if (verdict === 'failed')
      report.failures.push({ id: one.id, algorithm: one.algorithm, reason });
    if (verdict !== 'passed') continue;
    for (const name of relaxed) (report.relaxed[name] ??= []).push(one.id);
    if (choice !== undefined) (report.choices[choice] ??= []).push(one.id);
    if (why !== undefined) (report.exceptions[why] ??= []).push(one.id);
    if (one.label !== undefined) count(report.labels, one.label);
  }
  return report;
}

/**
 * A case that can't even be read is a failure: it was not run, and nothing says that it may be left.
 * @param {Case} one
 * @param {string} label
 * @returns {Outcome}
 */
function runCase(one, label) {
  try {
    return one.run(label);
  } catch (error) {
    return { verdict: 'failed', reason: `the case can't be read: ${String(error)}` };
  }
}

/**
 * @param {Record<string, number>} tally
 * @param {string} name
 */
function count(tally, name) {
  tally[name] = (tally[name] ?? 0) + 1;
}

/**
 * A function that is called at most once; what it throws, it throws again.
 * @template T
 * @param {() => T} make
 * @returns {() => T}
 */
export function once(make) {
  /** @type {{ value: T } | { error: unknown } | undefined} */
  let made;
  return () => {
    if (made === undefined) {
      try {
        made = { value: make() };
      } catch (error) {
        made = { error };
      }
    }
    if ('error' in made) throw made.error;
    return made.value;
  };
}
