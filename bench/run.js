// @ts-check
// `npm run bench`: ours, the floors and the peers, case by case. See bench/README.md.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ENGINE } from 'countersign/engine';
import { about } from './about.js';
import { growAlone, runAlone } from './alone.js';
import { runCase } from './case.js';
import { curvesAmong, measuredCurve } from './growth.js';
import { choiceOf, USAGE } from './options.js';
import { measuredMemory, readRecord, writeRecord } from './record.js';
import { caseLines, verdictText } from './report/table.js';
import { title as titled } from './report/text.js';
import { rowsOf, verdictsOf } from './rows.js';
import { casesOf } from './suites.js';

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('./rows.js').Verdict} Verdict */

const FULL = { rounds: 151, milliseconds: 1, budget: 4000 };
const QUICK = { rounds: 11, milliseconds: 1, budget: 100 };

const choice = chosen();
if (choice.page) {
  writeRecord(readRecord());
  process.exit();
}
if (choice.peers) installPeers();
const options = choice.quick ? QUICK : FULL;
const started = performance.now();
const entries = await casesOf(choice);
if (entries.length === 0) refuse(await nobody());
if (choice.json !== undefined && !existsSync(dirname(resolve(choice.json)))) {
  refuse(`there is no folder for ${choice.json}`);
}
const { rows, verdicts, suites } = await measured();
const growth = await grown();
const memory = choice.only === undefined && !choice.quick ? measuredMemory() : [];
const seconds = (performance.now() - started) / 1000;
if (choice.json !== undefined) writeFileSync(choice.json, `${JSON.stringify(rows, null, 2)}\n`);
if (choice.record) {
  writeRecord({ about: about(ENGINE), seconds, suites, rows, verdicts, growth, memory });
}
conclude();

function chosen() {
  try {
    return choiceOf(process.argv.slice(2));
  } catch (error) {
    return refuse(`${error instanceof Error ? error.message : ''}\n\n${USAGE}`);
  }
}

/** A mistake of the caller. @param {string} why @returns {never} */
function refuse(why) {
  console.error(why);
  process.exit(2);
}

/** Why no case is left to measure. */
async function nobody() {
  const all = await casesOf({ quick: false, only: choice.only });
  if (all.length > 0) return `${choice.only} is not measured with --quick`;
  const titles = new Set((await casesOf({ quick: false })).map(({ suite }) => suite.title));
  return `no suite and no case has ${choice.only} in its name; the suites: ${[...titles].join(', ')}`;
}

/** Every case, shown as soon as it is there. */
async function measured() {
  const how = choice.quick ? 'in one process, quick' : 'each in a process of its own';
  console.log(
    `countersign on its ${ENGINE} engine, Node ${process.version}; cases: ${entries.length}, ${how}. Rates are medians; a ratio is the median of the rounds' ratios, not their quotient.`,
  );
  /** @type {Row[]} */
  const found = [];
  /** @type {Verdict[]} */
  const judged = [];
  /** @type {Record<string, string>} */
  const abouts = {};
  let title = '';
  for (const [done, entry] of entries.entries()) {
    const { suite, given } = entry;
    if (suite.title !== title) {
      ({ title } = suite);
      abouts[title] = suite.about;
      console.log(`\n${title}. ${suite.about}\n`);
    }
    progress(`${done + 1} of ${entries.length}: ${given.name}`);
    const results = await (choice.quick ? runCase(given, options) : runAlone(entry, options));
    const own = rowsOf(title, given, results);
    // A quick run that decides nothing is not slowed by what it would decide.
    const pair = (/** @type {readonly string[]} */ subjects) =>
      runAlone(entry, { ...FULL, subjects });
    const decides = !choice.quick || choice.gate;
    const verdict = await verdictsOf(title, given, results, decides ? pair : undefined);
    progress('');
    console.log(
      caseLines(own, verdict)
        .map((line) => `  ${line}`)
        .join('\n'),
    );
    found.push(...own);
    judged.push(...verdict);
  }
  return { rows: found, verdicts: judged, suites: abouts };
}

/** The curves: one job in all its sizes. */
async function grown() {
  const curves = [];
  for (const sizes of curvesAmong(entries)) {
    const title = sizes[0]?.suite.title ?? '';
    progress(`growth: ${sizes[0]?.given.name}`);
    const cases = sizes.map(({ given }) => given);
    const measure = () =>
      choice.quick ? measuredCurve(title, cases, options) : growAlone(sizes, options);
    let curve = await measure();
    // One large collection of garbage bends a curve; what grows does so each time.
    for (let again = 0; again < 2 && !curve.met; again++) curve = await measure();
    curves.push(curve);
  }
  progress('');
  return curves;
}

/** What stands at the end, and what the run ends with. */
function conclude() {
  const absent = rows.filter((row) => row.missing !== undefined);
  const missing = new Set(absent.map(({ subject }) => subject.replace(/, \d+ in flight$/, '')));
  const wrong = rows.filter((row) => row.wrong !== undefined);
  const missed = verdicts.filter(({ met }) => !met);
  const steep = growth.filter(({ met }) => !met);
  const leaky = memory.filter(({ met }) => !met);
  console.log(`\n${rows.length} subjects in ${seconds.toFixed(0)} s`);
  if (missing.size > 0) {
    console.log(`not installed: ${[...missing].join('; ')}: npm run bench -- --peers`);
  }
  for (const row of wrong) console.log(`WRONG: ${row.case}, ${row.subject}: ${row.wrong}`);
  const aims = entries.reduce((sum, { given }) => sum + (given.aims?.length ?? 0), 0);
  console.log(
    `aims: ${verdicts.length - missed.length} met, ${missed.length} missed, ${aims - verdicts.length} not judged for want of a peer` +
      (choice.quick ? '; a quick run decides nothing' : ''),
  );
  for (const verdict of missed) console.log(`  ${titled(verdict)}: ${verdictText(verdict)}`);
  for (const { case: name, rule, worst, most } of growth) {
    const bound = worst <= most ? `at most ${most}` : `MORE THAN ${most}`;
    console.log(`growth of ${name} (${rule}): ${worst.toFixed(2)}, ${bound}`);
  }
  for (const { path, calls, heapGrowth, met } of memory) {
    console.log(
      `memory: ${path}: ${met ? 'flat' : 'GROWS'}, ${heapGrowth} octets of heap after ${calls} calls`,
    );
  }
  const failed = missed.length + steep.length + leaky.length > 0;
  if (wrong.length > 0 || (choice.gate && failed)) process.exitCode = 1;
}

/** The line at the bottom of a terminal, and nothing in a file. @param {string} text */
function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

function installPeers() {
  const cwd = fileURLToPath(new URL('peers/', import.meta.url));
  const npm = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', npm, { cwd, stdio: 'inherit' });
  if (status !== 0) throw new Error('npm ci failed in bench/peers');
}
