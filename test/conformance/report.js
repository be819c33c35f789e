// @ts-check
// What a run says: a line a file with what it did not run and why, and what it comes to.

/**
 * @typedef {import('./runner.js').FileReport} FileReport
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 */

/** Failures of one file that are printed; all of them are in the JSON. */
const MOST_FAILURES = 20;
/** Unknown files that are listed one by one; of more, their folders. All of them are in the JSON. */
const MOST_UNKNOWN = 20;

/** @param {FileReport} report */
export function printFile({ path, suite, passed, failed, skipped, refused, notRun, failures }) {
  console.log(`${path} (${suite}): ${passed} passed, ${failed} failed, ${skipped} skipped`);
  printCounts(refused, '    refused, ');
  printCounts(notRun, '    not run, ');
  for (const { id, algorithm, reason } of failures.slice(0, MOST_FAILURES)) {
    console.log(`    FAILED ${id}, ${algorithm}: ${reason}`);
  }
  const more = failures.length - MOST_FAILURES;
  if (more > 0) console.log(`    and ${more} more`);
}

/** @param {readonly FileReport[]} reports */
export function totalsOf(reports) {
  /** @type {Record<string, Tally>} */
  const algorithms = {};
  for (const report of reports) {
    for (const [name, tally] of Object.entries(report.algorithms)) {
      algorithms[name] = add(algorithms[name] ?? { passed: 0, failed: 0, skipped: 0 }, tally);
    }
  }
  return {
    ...Object.values(algorithms).reduce(add, { passed: 0, failed: 0, skipped: 0 }),
    algorithms,
    labels: sum(reports.map(({ labels }) => labels)),
    refused: sum(reports.map(({ refused }) => refused)),
    notRun: sum(reports.map(({ notRun }) => notRun)),
    relaxed: sum(reports.map(({ relaxed }) => sizes(relaxed))),
    choices: sum(reports.map(({ choices }) => sizes(choices))),
    exceptions: sum(reports.map(({ exceptions }) => sizes(exceptions))),
  };
}

/**
 * @param {ReturnType<typeof totalsOf>} totals
 * @param {readonly string[]} unknown
 */
export function printTotals(totals, unknown) {
  const { algorithms, labels, refused, notRun, relaxed, choices, exceptions } = totals;
  const names = Object.keys(algorithms).toSorted();
  const width = Math.max(9, ...names.map((name) => name.length));
  console.log(`\n${'Algorithm'.padEnd(width)}  passed  failed  skipped`);
  for (const name of names) {
    const { passed, failed, skipped } = algorithms[name] ?? { passed: 0, failed: 0, skipped: 0 };
    const cells = [
      String(passed).padStart(6),
      String(failed).padStart(6),
      String(skipped).padStart(7),
    ];
    console.log(`${name.padEnd(width)}  ${cells.join('  ')}`);
  }
  printSection('Passed, by label', labels);
  printSection('Passed with a relaxation', relaxed);
  printSection('Passed, and acceptable either way', choices);
  printSection('Passed, with a label not followed (test/conformance/exceptions.json)', exceptions);
  printSection('Skipped: refused by policy, as they must be', refused);
  printSection('Skipped: not run', notRun);
  if (unknown.length > 0) {
    console.log(`\nFiles that no suite knows: ${unknown.length}`);
    for (const line of unknown.length > MOST_UNKNOWN ? byFolder(unknown) : unknown) {
      console.log(`  ${line}`);
    }
  }
  console.log('');
}

/**
 * @param {string} title
 * @param {Record<string, number>} counts
 */
function printSection(title, counts) {
  if (Object.keys(counts).length === 0) return;
  console.log(`\n${title}:`);
  printCounts(counts, '  ');
}

/**
 * @param {Record<string, number>} counts
 * @param {string} indent
 */
function printCounts(counts, indent) {
  const sorted = Object.entries(counts).toSorted(([, a], [, b]) => b - a);
  for (const [name, count] of sorted) console.log(`${indent}${count}: ${name}`);
}

/**
 * @param {Tally} a
 * @param {Tally} b
 * @returns {Tally}
 */
function add(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

/** @param {readonly string[]} paths */
function byFolder(paths) {
  /** @type {Record<string, number>} */
  const folders = {};
  for (const path of paths) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : './';
    folders[folder] = (folders[folder] ?? 0) + 1;
  }
  return Object.entries(folders).map(([folder, count]) => `${folder} (${count})`);
}

/** @param {Record<string, readonly string[]>} lists */
function sizes(lists) {
  return Object.fromEntries(Object.entries(lists).map(([name, ids]) => [name, ids.length]));
}

/** @param {readonly Record<string, number>[]} tallies */
function sum(tallies) {
  /** @type {Record<string, number>} */
  const total = {};
  for (const tally of tallies) {
    for (const [name, count] of Object.entries(tally)) total[name] = (total[name] ?? 0) + count;
  }
  return total;
}
