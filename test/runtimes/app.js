// @ts-check
// An application that has the package installed, in a folder of its own: nothing of the repository
// (a tsconfig.json, which Bun heeds) is above it, and `imports` is resolved as it is for a user.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** @typedef {{ exports: Record<string, { default: string } | string>, dependencies: object }} Manifest */
const { exports, dependencies } = /** @type {Manifest} */ (
  JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
);
/** The names that the package is imported by, and the file of each. */
const modules = Object.entries(exports).flatMap(([path, target]) =>
  typeof target === 'string' ? [] : [{ name: join('countersign', path), file: target.default }],
);

/** Installs what was built into a new folder, and gives the folder. */
export function installApp() {
  const app = mkdtempSync(join(tmpdir(), 'countersign-app-'));
  const installed = join(app, 'node_modules/countersign');
  mkdirSync(installed, { recursive: true });
  for (const path of ['package.json', 'dist']) {
    cpSync(join(ROOT, path), join(installed, path), { recursive: true });
  }
  for (const name of Object.keys(dependencies)) {
    const path = join('node_modules', name);
    cpSync(join(ROOT, path), join(app, path), { recursive: true });
  }
  const manifest = { private: true, type: 'module', dependencies: { countersign: '*' } };
  writeFileSync(join(app, 'package.json'), JSON.stringify(manifest));
  return app;
}

/**
 * Bundles the portable runner with its data into a file of the application. With conditions the
 * package is bundled too; without, the runtime resolves it.
 * @param {string} app
 * @param {string} file
 * @param {string} main Uses `report`, a function that gives a promise of the report.
 * @param {readonly string[]} [conditions]
 */
export async function bundleRunner(app, file, main, conditions) {
  const out = join(app, file);
  await build({
    stdin: { contents: `${entry()}\n${main}`, resolveDir: ROOT, sourcefile: file },
    outfile: out,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform: conditions === undefined ? 'neutral' : 'browser',
    ...(conditions === undefined ? {} : { conditions: [...conditions] }),
    tsconfigRaw: '{}', // ours maps the package's name to src
    logLevel: 'warning',
    plugins: [asInstalled(app, conditions === undefined)],
  });
  return out;
}

/** The runner's data and every module of the package, as imports. */
function entry() {
  const files = readdirSync(join(ROOT, 'vectors'), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.json'))
    .toSorted();
  return [
    ...files.map((file, i) => `import v${i} from './vectors/${file}';`),
    ...modules.map(({ name }, i) => `import * as m${i} from '${name}';`),
    "import corpus from './test/key/corpus/corpus.json';",
    "import certificates from './test/key/certificates/paths.json';",
    "import * as runner from './test/portable/report.ts';",
    `const files = [${files.map((file, i) => `{ file: '${file}', ...v${i} }`).join()}];`,
    `const exports = {${modules.map(({ name }, i) => `'${name}': m${i}`).join()}};`,
    'const report = () => runner.report({ files, corpus, certificates, exports });',
  ].join('\n');
}

/**
 * Takes the sources that the runner imports from the installed package, by the names that they are
 * exported under; one that is not exported is an error.
 * @param {string} app
 * @param {boolean} external
 * @returns {import('esbuild').Plugin}
 */
function asInstalled(app, external) {
  return {
    name: 'as-installed',
    setup({ onResolve, resolve: find }) {
      onResolve({ filter: /\/src\// }, ({ path, resolveDir, kind }) => {
        const source = relative(ROOT, resolve(resolveDir, path));
        const file = source.replace('src/', './dist/');
        const module = modules.find((one) => one.file === file);
        if (module === undefined) throw new Error(`${source} is not exported`);
        return external
          ? { path: module.name, external: true }
          : find(module.name, { resolveDir: app, kind });
      });
      onResolve({ filter: /^countersign(?:\/|$)/ }, ({ path, resolveDir, kind }) => {
        if (resolveDir.startsWith(app)) return undefined;
        return external ? { path, external: true } : find(path, { resolveDir: app, kind });
      });
    },
  };
}
