// @ts-check
// `npm run conformance -- DIR`: every case of a directory of published known answers, through the
// public API of the built package, on one engine.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ENGINE } from 'countersign/engine';
import { printFile, printTotals, totalsOf } from './report.js';
import { readTree, runFile } from './runner.js';

const USAGE = 'usage: npm run conformance -- DIR [--engine node|noble|dual] [--json FILE]';
const ENGINES = ['node', 'noble', 'dual'];
/** Set in a process that was started for its engine, so that none starts another for ever. */
const ASKED = 'COUNTERSIGN_CONFORMANCE_ENGINE';

const { directory, engine, json } = readArguments() ?? process.exit(2);
if (engine !== ENGINE) process.exit(runOn(engine));

const { node, openssl } = process.versions;
const { version } = /** @type {{ version: string }} */ (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
);
console.log(
  `countersign ${version} on its ${ENGINE} engine, Node ${node}, OpenSSL ${openssl}: ${directory}\n`,
);
const suites = await loadSuites();
/** @type {import('./runner.js').FileReport[]} */
const reports = [];
/** @type {string[]} */
const unknown = [];
for (const file of readTree(directory).values()) {
  const report = runFile(suites, file);
  if (report === undefined) unknown.push(file.path);
  else {
    reports.push(report);
    printFile(report);
  }
}
const totals = totalsOf(reports);
printTotals(totals, unknown);
if (json !== undefined) {
  const result = {
    version,
    engine: ENGINE,
    node,
    openssl,
    directory,
    ...totals,
    unknown,
    files: reports,
  };
  writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`);
}
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
// A run that ran nothing shows nothing.
if (totals.failed > 0 || totals.passed === 0) process.exitCode = 1;

/** Every file of `suites` is a suite, so that adding one is one file. */
async function loadSuites() {
  const folder = new URL('./suites/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  return Promise.all(
    names
      .toSorted()
      .map(
        async (name) =>
          /** @type {import('./runner.js').Suite} */ (await import(new URL(name, folder).href)),
      ),
  );
}

/**
 * A process has one engine, chosen when modules are resolved; another one takes another process.
 * @param {string} name
 */
function runOn(name) {
  if (process.env[ASKED] !== undefined) throw new Error(`this process can't run on ${name}`);
  const conditions = process.execArgv.filter((argument) => !argument.includes('=countersign-'));
  const { status } = spawnSync(
    process.execPath,
    [
      ...conditions,
      `--conditions=countersign-${name}`,
      fileURLToPath(import.meta.url),
      ...process.argv.slice(2),
    ],
    // NODE_OPTIONS may name another engine, and the first one named is taken.
    { stdio: 'inherit', env: { ...process.env, NODE_OPTIONS: '', [ASKED]: name } },
  );
  return status ?? 1;
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        engine: { type: 'string', default: ENGINE },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    const [given, ...rest] = positionals;
    if (given === undefined || rest.length > 0) throw new Error('expected one directory');
    if (!existsSync(given)) throw new Error(`there is no ${given}`);
    if (values.json !== undefined && !existsSync(dirname(resolve(values.json)))) {
      throw new Error(`there is no folder for ${values.json}`);
    }
    if (!ENGINES.includes(values.engine)) throw new Error(`there is no engine ${values.engine}`);
    return { directory: given, engine: values.engine, json: values.json };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return undefined;
  }
}
