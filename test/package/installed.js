// @ts-check
// The installed package as Node and a bundler resolve it: what is exported works on every engine, and
// what is not can't be reached.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { check, each, filesUnder, node } from './checks.js';
import { surfaceOf, surfaceText } from './surface.js';

const ENGINES = ['node', 'noble', 'dual'];

/** The engine that each condition of package.json's `imports` leads to; '' is none. */
const CONDITIONS = {
  '': 'node',
  'countersign-node': 'node',
  'countersign-noble': 'noble',
  'countersign-dual': 'dual',
  workerd: 'noble',
  'edge-light': 'noble',
  browser: 'noble',
  'react-native': 'noble',
};

/** Prints how each name resolves, by import and by require. */
const RESOLVE = `
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
const require = createRequire(import.meta.url);
const code = (resolve, name) => {
  try {
    return resolve(name) && 'resolved';
  } catch (error) {
    return error.code;
  }
};
const names = JSON.parse(readFileSync(new URL('names.json', import.meta.url), 'utf8'));
const found = names.map((name) => [name, code(import.meta.resolve, name), code(require.resolve, name)]);
console.log(JSON.stringify(found));
`;

/** @param {import('./run.js').Packed} packed */
export async function checkInstalled({ project, installed, names, manifest }) {
  const surface = readFileSync(new URL('surface.txt', import.meta.url), 'utf8');
  for (const engine of ENGINES) {
    await check(`every export is there by import and by require, on ${engine}`, () => {
      const found = surfaceOf(project, engine, names);
      assert.deepEqual(
        found.filter(({ required }) => !required),
        [],
      );
      assert.equal(surfaceText(found), surface);
      return `${found.length} exports, ${found.flatMap(({ members }) => members).length} names`;
    });
  }

  await check('every condition leads to its engine', async () => {
    const inMap = Object.keys(/** @type {object} */ (manifest.imports['#engine/*']));
    const named = inMap.filter((name) => !['types', 'node', 'default'].includes(name));
    assert.deepEqual(named.toSorted(), Object.keys(CONDITIONS).filter(Boolean).toSorted());
    const program = `import('countersign/engine').then(({ ENGINE }) => console.log(ENGINE))`;
    await each(Object.entries(CONDITIONS), async ([condition, engine]) => {
      const options = condition === '' ? [] : [`--conditions=${condition}`];
      const found = await node([...options, '--eval', program], project);
      assert.equal(found.trim(), engine, condition);
    });
  });

  await check('what is not exported can’t be reached', async () => {
    const files = filesUnder(installed).filter((path) => path !== 'package.json');
    const modules = files.flatMap((path) => /^dist\/(.*)\.js$/.exec(path)?.[1] ?? []);
    const wanted = [
      ...files,
      ...modules,
      ...modules.map((path) => path.replace('primitive', 'alg')),
    ]
      .map((path) => `countersign/${path}`)
      .filter((name) => !names.includes(name));
    writeFileSync(join(project, 'names.json'), JSON.stringify(wanted));
    writeFileSync(join(project, 'resolve.js'), RESOLVE);
    const found = /** @type {string[][]} */ (JSON.parse(await node(['resolve.js'], project)));
    const refused = 'ERR_PACKAGE_PATH_NOT_EXPORTED';
    assert.deepEqual(
      found.filter(([, imported, required]) => imported !== refused || required !== refused),
      [],
    );
    assert.equal(found.length, wanted.length);
    return `${found.length} names refused`;
  });

  await check('package.json can be read', async () => {
    const program = `console.log(require('countersign/package.json').version)`;
    const found = await node(['--input-type=commonjs', '--eval', program], project);
    assert.equal(found.trim(), manifest.version);
  });

  await checkExamples(project, join(installed, 'examples'));
  await checkBundle(project);
}

/**
 * As a user runs them: copied out of the package.
 * @param {string} project
 * @param {string} examples
 */
async function checkExamples(project, examples) {
  const copies = join(project, 'examples');
  mkdirSync(copies);
  const files = readdirSync(examples);
  for (const file of files) copyFileSync(join(examples, file), join(copies, file));
  for (const engine of ENGINES) {
    await check(`every example runs on ${engine}`, async () => {
      assert(files.length > 0);
      await each(files, async (file) => {
        const printed = await node([`--conditions=countersign-${engine}`, file], copies);
        assert.notEqual(printed, '', file);
      });
      return `${files.length} examples`;
    });
  }
}

/**
 * Vite comes with vitest. What it picks by itself for a page is the engine without Node; esbuild is
 * tried in sizes.test.ts.
 * @param {string} project
 */
async function checkBundle(project) {
  await check('a page built by Vite holds the noble engine and nothing of Node', async () => {
    writeFileSync(
      join(project, 'page.js'),
      `import { hmacSha256 } from 'countersign/alg/hmac';
      import { ENGINE } from 'countersign/engine';
      const tag = hmacSha256.tag(hmacSha256.key(new Uint8Array(32)), new Uint8Array(0));
      globalThis.found = ENGINE + ' ' + tag.length;`,
    );
    const built = await build({
      root: project,
      configFile: false,
      logLevel: 'error',
      build: { write: false, rolldownOptions: { input: join(project, 'page.js') } },
    });
    assert(!Array.isArray(built) && 'output' in built);
    const [chunk, ...others] = built.output;
    assert.deepEqual(others, []);
    const engines = Object.keys(chunk.modules).filter((path) => path.includes('/dist/engine/'));
    assert(engines.some((path) => path.includes('/engine/noble/')));
    assert.deepEqual(
      engines.filter((path) => /\/engine\/(?:node|dual)\//.test(path)),
      [],
    );
    assert(!chunk.code.includes('node:'));
    writeFileSync(join(project, 'built.js'), `${chunk.code};console.log(globalThis.found)`);
    assert.equal((await node(['built.js'], project)).trim(), 'noble 32');
  });
}
