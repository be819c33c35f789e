// @ts-check
// Changes the source in every small way that Stryker knows, one at a time, and sees a test turn
// red: `npm run test:mutation [-- PATH…]`, by default src/bytes, src/primitive and src/key; FILE:10-20
// is lines. A change that no test sees must stand in survivors.json with the reason why none can.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { install } from '../installed.js';

/** @typedef {{ line: number, column: number }} Position */
/** @typedef {{ fileName: string, location: { start: Position, end: Position }, replacement: string, status: string, static?: boolean }} Mutant */
/** @typedef {{ file: string, line: string, text: string, replacement: string, why: string }} Survivor */

const HERE = fileURLToPath(new URL('./', import.meta.url));
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const STRYKER = `${HERE}node_modules/@stryker-mutator/core/dist/src/index.js`;

const FOLDERS = ['src/bytes', 'src/primitive', 'src/key'];
/**
 * The beginnings of paths, and the tests that must kill the mutants there: their own. The first that
 * fits counts. The history of others' mistakes takes too long for each of thousands of mutants.
 * @type {readonly (readonly [beginning: string, tests: string])[]}
 */
const GROUPS = [
  ['src/bytes/', 'test/bytes/*.test.ts'],
  ['src/primitive/', 'test/primitive/*.test.ts'],
  ['src/key/x509', 'test/key/x509*.test.ts'],
  ['src/key/ring', 'test/key/ring.engine.test.ts'],
  ['src/key/remote', 'test/key/remote.engine.test.ts'],
  ['src/key/rsa-remote', 'test/key/remote.engine.test.ts'],
  [
    'src/key/',
    'test/key/{container,corpus,doors,draw,export,jwk,options,point,policy,read,types}.*test.ts',
  ],
];

const OPTIONS = {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', `${HERE}texts.js`],
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  ignorers: ['texts'],
  // What runs at import alone, the tables of names and sizes: each takes a run of all tests.
  ignoreStatic: true,
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // Beside what the tests take; a mutant that loops for ever is stopped by the count of its steps.
  timeoutMS: 20_000,
  // There is none: Stryker can't read one with TypeScript 7, and the mutants need no types.
  tsconfigFile: 'none.json',
  ignorePatterns: ['bench', 'docs', 'examples', 'dist', 'test/long', 'test/package'],
  reporters: ['clear-text', 'progress-append-only', 'json'],
  clearTextReporter: { reportTests: false, logTests: false, skipFull: true },
};

process.chdir(ROOT);
install(HERE);
/** @type {{ Stryker: new (options: object) => { runMutationTest(): Promise<Mutant[]> } }} */
const { Stryker } = /** @type {never} */ (await import(pathToFileURL(STRYKER).href));
const paths = process.argv.slice(2);
const files = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true }).map((name) => `${folder}/${String(name)}`),
).filter((file) => file.endsWith('.ts'));
/** @type {Mutant[]} */
const mutants = [];
for (const [i, [beginning, tests]] of GROUPS.entries()) {
  const mutate = files
    .filter((file) => GROUPS.findIndex(([other]) => file.startsWith(other)) === i)
    .flatMap((file) => {
      if (paths.length === 0 || paths.some((path) => file.startsWith(path))) return [file];
      return paths.filter((path) => path.startsWith(`${file}:`));
    });
  if (mutate.length === 0) continue;
  process.env['MUTATION_TESTS'] = tests;
  const jsonReporter = { fileName: `test/mutation/reports/${beginning.replaceAll('/', '-')}.json` };
  mutants.push(...(await new Stryker({ ...OPTIONS, mutate, jsonReporter }).runMutationTest()));
}

/** @type {Survivor[]} */
const explained = /** @type {never} */ (JSON.parse(readFileSync(`${HERE}survivors.json`, 'utf8')));
const found = mutants.map((mutant) => ({ ...describe(mutant), status: mutant.status }));
const survived = found.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
const unexplained = survived.filter((one) => !explained.some((other) => isSame(one, other)));
const gone = explained.filter(
  (one) =>
    found.some((other) => isSame(one, other)) && !survived.some((other) => isSame(one, other)),
);

for (const { file, line, text, replacement } of unexplained) {
  console.log(`UNEXPLAINED ${JSON.stringify({ file, line, text, replacement, why: '' })}`);
}
for (const one of gone) console.log(`NO LONGER SURVIVES ${JSON.stringify(one)}`);
for (const folder of FOLDERS) {
  const own = found.filter(({ file }) => file.startsWith(`${folder}/`));
  const count = (/** @type {string[]} */ ...statuses) =>
    own.filter(({ status }) => statuses.includes(status)).length;
  const tried = count('Killed', 'Timeout', 'Survived', 'NoCoverage');
  if (tried === 0) continue;
  console.log(
    `${folder}: ${tried} mutants, ${count('Killed')} killed, ${count('Timeout')} timed out, ` +
      `${count('Survived')} survived, ${count('NoCoverage')} without a test; ` +
      `not tried: ${count('Ignored')}, ${count('CompileError', 'RuntimeError')} that do not load`,
  );
}
console.log(
  `${survived.length} survivors, ${unexplained.length} unexplained; ${gone.length} explained ones that are gone`,
);
process.exitCode = unexplained.length === 0 && mutants.length > 0 ? 0 : 1;

/**
 * A mutant by its text and its line's, so that other changes to the file leave it what it is.
 * @param {Mutant} mutant
 */
function describe({ fileName, location: { start, end }, replacement }) {
  const file = fileName.replaceAll('\\', '/').slice(ROOT.length);
  const lines = readFileSync(fileName, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  const line = lines[0] ?? '';
  const last = lines.length - 1;
  const text = lines
    .map((one, i) =>
      one.slice(i === 0 ? start.column - 1 : 0, i === last ? end.column - 1 : undefined),
    )
    .join('\n');
  return { file, line: line.trim(), text, replacement };
}

/**
 * @param {Omit<Survivor, 'why'>} a
 * @param {Omit<Survivor, 'why'>} b
 */
function isSame(a, b) {
  return (
    a.file === b.file && a.line === b.line && a.text === b.text && a.replacement === b.replacement
  );
}
