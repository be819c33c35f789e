// @ts-check
// The declarations as compilers read them: three of TypeScript, with and without the DOM and Node,
// by both ways of resolving, skipLibCheck off. The programs are those of test/types.
import assert from 'node:assert/strict';
import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install } from '../installed.js';
import { check, counts, each, node, ROOT } from './checks.js';

const FOLDER = join(ROOT, 'test/types/compilers');
const COMPILERS = join(FOLDER, 'node_modules');
const VERSIONS = ['ts59', 'ts60', 'ts70'];

/** @typedef {{ lib: string[], node: string }} Platform the declarations that a program has */
/** @type {Platform[]} */
const PLATFORMS = [['es2022'], ['es2023', 'dom']].flatMap((lib) =>
  ['', 'node20', 'node26'].map((name) => ({ lib, node: name })),
);
/** Without both and with both. */
const ENDS = PLATFORMS.filter((_, i) => i === 0 || i === PLATFORMS.length - 1);

/** The strictest that a user may have. */
const NODENEXT = {
  module: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
};
/** The least. */
const BUNDLER = { module: 'esnext', moduleResolution: 'bundler', strict: false };

/** @param {import('./run.js').Packed} packed */
export async function checkCompilers({ project, names }) {
  install(FOLDER);
  for (const file of [
    'consumer.ts',
    'platform.ts',
    'refused.ts',
    'schemes.ts',
    'require.cts',
    'import.cts',
  ]) {
    copyFileSync(join(ROOT, 'test/types', file), join(project, file));
  }
  writeFileSync(
    join(project, 'everything.ts'),
    names.map((name, i) => `export * as m${i} from '${name}';\n`).join(''),
  );
  for (const name of ['node20', 'node26']) copyDeclarations(project, name);
  for (const version of VERSIONS) {
    const printed = await node([compiler(version), '--version'], project);
    console.log(`${version} is ${printed.trim()}`);
  }
  await checkMatrix(project);
  await checkCommonJs(project);
  await checkNames(project);
  await checkPrograms(project);
}

/**
 * Under their own name, and where no other declarations of Node are found in a folder above.
 * @param {string} project
 * @param {string} name
 */
function copyDeclarations(project, name) {
  const folder = join(project, name, 'node_modules');
  cpSync(join(COMPILERS, '@types', name), join(folder, '@types/node'), { recursive: true });
  cpSync(join(COMPILERS, 'undici-types'), join(folder, 'undici-types'), { recursive: true });
}

/**
 * Every platform by nodenext. How a bundler's resolution finds modules does not depend on it.
 * @param {string} project
 */
async function checkMatrix(project) {
  const cells = VERSIONS.flatMap((version) => [
    ...PLATFORMS.map((platform) => ({ version, platform, module: NODENEXT })),
    ...ENDS.map((platform) => ({ version, platform, module: BUNDLER })),
  ]);
  await each(cells, async ({ version, platform, module }) => {
    const files = ['everything.ts', 'consumer.ts'];
    // What these use is declared by the DOM and by Node.
    if (platform.lib.includes('dom') || platform.node !== '') files.push('platform.ts');
    // Without `strict` some of what is refused is taken.
    if (module.strict) files.push('refused.ts', 'schemes.ts');
    const name = module === BUNDLER ? 'bundler' : 'nodenext';
    const title = [version, name, ...platform.lib, platform.node].join(' ').trim();
    await check(title, () => compile(project, version, module, platform, files));
  });
}

/** @param {string} project */
async function checkCommonJs(project) {
  await each(VERSIONS, async (version) => {
    const neither = { lib: ['es2022'], node: '' };
    await check(`${version} nodenext CommonJS`, () =>
      compile(project, version, NODENEXT, neither, ['require.cts', 'import.cts']),
    );
    const node16 = { ...NODENEXT, module: 'node16' };
    await check(`${version} node16 CommonJS: import() is taken, require() refused`, async () => {
      await compile(project, version, node16, neither, ['import.cts']);
      await assert.rejects(compile(project, version, node16, neither, ['require.cts']), /TS1471/);
    });
  });
}

/**
 * A library that exports what it got from here, and writes declarations, must be able to name its
 * type by what it has imported: every export exports the types that its functions and values name.
 * @param {string} project
 */
async function checkNames(project) {
  const surface = readFileSync(new URL('surface.txt', import.meta.url), 'utf8');
  const options = { ...NODENEXT, declaration: true, outDir: 'named' };
  await each(surface.trim().split('\n\n'), async (block) => {
    const [name = '', ...members] = block.split('\n');
    const file = `names-of-${name.replaceAll('/', '-')}.ts`;
    const lines = members.map((line) => {
      const [kind = '', member = ''] = line.trim().split(' ');
      const type = `typeof m.${member}`;
      const types = {
        function: `[Parameters<${type}>, Opened<Awaited<ReturnType<${type}>>>]`,
        class: `Opened<InstanceType<${type}>>`,
        const: `Opened<${type}>`,
      }[kind];
      return `export const the_${member} = value<${types}>();\n`;
    });
    writeFileSync(
      join(project, file),
      `import * as m from '${name}';
      declare function value<T>(): T;
      type Opened<T> = T extends object ? { [K in keyof T & string]: T[K] } : T;
      ${lines.join('')}`,
    );
    await check(`ts70 can name what comes out of ${name}`, () =>
      compile(project, 'ts70', options, { lib: ['es2022'], node: '' }, [file]),
    );
  });
}

/**
 * What compiles also runs, and finds what its types say.
 * @param {string} project
 */
async function checkPrograms(project) {
  const before = counts.failed;
  const files = ['consumer.ts', 'platform.ts', 'require.cts', 'import.cts'];
  const options = { ...NODENEXT, outDir: 'compiled' };
  await check('the programs are compiled', () =>
    compile(project, 'ts59', options, { lib: ['es2023', 'dom'], node: '' }, files),
  );
  if (counts.failed > before) return;
  for (const engine of ['node', 'noble', 'dual']) {
    await check(`the programs run on ${engine}`, () =>
      each(files, async (file) => {
        const program = file.replace(/ts$/, 'js');
        await node([`--conditions=countersign-${engine}`, `compiled/${program}`], project);
      }),
    );
  }
}

let configurations = 0;

/**
 * @param {string} project
 * @param {string} version
 * @param {object} options
 * @param {Platform} platform
 * @param {string[]} files
 */
async function compile(project, version, options, platform, files) {
  const config = `tsconfig.${configurations++}.json`;
  const compilerOptions = {
    noEmit: !('outDir' in options),
    ...options,
    target: 'es2022',
    lib: platform.lib,
    types: platform.node === '' ? [] : ['node'],
    typeRoots: platform.node === '' ? [] : [`${platform.node}/node_modules/@types`],
    rootDir: '.',
    skipLibCheck: false,
  };
  writeFileSync(join(project, config), JSON.stringify({ compilerOptions, files }));
  await node([compiler(version), '--project', config, '--pretty', 'false'], project);
}

/** @param {string} version */
function compiler(version) {
  return join(COMPILERS, version, 'bin/tsc');
}
