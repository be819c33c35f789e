// Who may import whom. Every import of src/ is read, of whatever form, and held against the table.
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * The layers and what each may import besides itself: other layers or single files of src/, and
 * families of names (`node:`, `@noble/`, `#engine/`).
 *
 * This table is policy (docs: "Layers"). It is changed with a decision record in docs/decisions/
 * and in no other way; a folder of src/ that is not in it fails the test.
 */
const TABLE = `
errors:
bytes: errors
canonical: errors bytes

engine/contract:
engine/capabilities: engine/contract
engine/state: errors bytes engine/contract
engine/rsa-der: errors bytes engine/contract
engine/rsa-encoding: errors bytes engine/contract
engine/web-crypto: errors bytes engine/contract engine/state engine/rsa-der
engine/node: errors bytes engine/contract engine/state engine/rsa-der engine/rsa-encoding
  engine/web-crypto node:
engine/noble: errors bytes engine/contract engine/state engine/rsa-der engine/rsa-encoding
  engine/web-crypto @noble/
engine/dual: errors bytes engine/contract engine/state engine/node engine/noble

primitive: errors bytes engine/contract #engine/
key: errors bytes canonical primitive
scheme: errors bytes canonical primitive key

jose: errors bytes canonical primitive/digest primitive/kdf primitive/random key scheme/freshness
  scheme/verified
http: errors bytes canonical primitive/digest primitive/kdf primitive/random key scheme/freshness
  scheme/verified
fields: errors bytes canonical primitive/digest primitive/kdf primitive/random key scheme/freshness
  scheme/verified
ledger: errors bytes canonical primitive/digest primitive/kdf primitive/random key scheme/freshness
  scheme/verified

provider: errors bytes canonical primitive key scheme jose http fields ledger
endpoint: errors bytes canonical primitive key scheme jose http fields ledger provider
  engine/capabilities node:
cli: errors bytes canonical primitive key scheme jose http fields ledger provider endpoint
  engine/capabilities node:
testing: errors bytes canonical primitive key scheme jose http fields ledger provider endpoint
  engine/capabilities engine/contract #engine/
index: errors bytes canonical primitive key scheme
`;

const LAYERS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [...TABLE.matchAll(/^([a-z/-]+):(.*(?:\n .*)*)/gm)].map(([, layer = '', names = '']) => [
    layer,
    names.split(/\s+/).filter((name) => name !== ''),
  ]),
);

/** Sources by their path inside src/. */
type Sources = Readonly<Record<string, string>>;

const SRC = new URL('../src/', import.meta.url);
const sources: Sources = Object.fromEntries(
  readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(entry.parentPath, entry.name))
    .map((path) => [posix.relative(SRC.pathname, path), readFileSync(path, 'utf8')]),
);

describe('the sources', () => {
  test('are all read', () => {
    expect(Object.keys(sources)).toEqual(
      expect.arrayContaining(['index.ts', 'errors.ts', 'primitive/legacy/index.ts']),
    );
  });

  test('keep to the table', () => {
    expect(violations(sources)).toEqual([]);
  });

  test('have no cycle, by types neither', () => {
    expect(cycles(sources)).toEqual([]);
  });
});

describe('the table', () => {
  test('is read whole', () => {
    expect(Object.keys(LAYERS)).toHaveLength(24);
    expect(LAYERS['errors']).toEqual([]);
    expect(LAYERS['endpoint']?.slice(-3)).toEqual(['provider', 'engine/capabilities', 'node:']);
  });

  test('names nothing that is not a layer, a file of one or a family of names', () => {
    for (const name of Object.values(LAYERS).flat()) {
      expect(/[:/]$/.test(name) || layerOf(`${name}.ts`) !== undefined, name).toBe(true);
    }
  });

  test('has no layer that sees one above it', () => {
    const below = (layer: string): string[] => [
      layer,
      ...(LAYERS[layer] ?? []).filter((name) => name in LAYERS).flatMap(below),
    ];
    for (const [layer, imports] of Object.entries(LAYERS)) {
      for (const other of imports) expect(below(other), `${layer}, ${other}`).not.toContain(layer);
    }
  });

  test('lets nothing import testing, cli or the root', () => {
    const imported = Object.values(LAYERS).flat();
    for (const top of ['testing', 'cli', 'index']) expect(imported).not.toContain(top);
  });

  test('keeps canonical and primitive apart', () => {
    expect(LAYERS['canonical']).not.toContain('primitive');
    expect(LAYERS['primitive']).not.toContain('canonical');
  });

  test('names backends in the engines and the shell alone', () => {
    const having = (name: string): string[] =>
      Object.keys(LAYERS).filter((layer) => LAYERS[layer]?.includes(name) === true);
    expect(having('node:')).toEqual(['engine/node', 'endpoint', 'cli']);
    expect(having('@noble/')).toEqual(['engine/noble']);
    expect(having('#engine/')).toEqual(['primitive', 'testing']);
  });
});

describe('the check', () => {
  const TARGETS = { 'errors.ts': '', 'primitive/hmac.ts': '', 'bytes/hex.ts': '' };
  const refused = (path: string, source: string): string[] =>
    violations({ ...TARGETS, [path]: source });

  test.each([
    ['a named import', `import { a } from '../primitive/hmac.js';`],
    ['double quotes', `import { a } from "../primitive/hmac.js"`],
    ['several lines', `import {\n  a,\n  type B as C,\n} from\n  '../primitive/hmac.js';`],
    ['a default import', `import a from '../primitive/hmac.js';`],
    ['a namespace', `import * as a from '../primitive/hmac.js';`],
    ['no space', `import{a}from'../primitive/hmac.js'`],
    ['an import for its effects', `import '../primitive/hmac.js';`],
    ['a type-only import', `import type { A } from '../primitive/hmac.js';`],
    ['types alone in braces', `import { type A } from '../primitive/hmac.js';`],
    ['a type-only namespace', `import type * as a from '../primitive/hmac.js';`],
    ['a named export', `export { a } from '../primitive/hmac.js';`],
    ['an export of all', `export * from '../primitive/hmac.js';`],
    ['an export of all by a name', `export * as a from '../primitive/hmac.js';`],
    ['a type-only export', `export type { A } from '../primitive/hmac.js';`],
    ['import()', `const a = await import('../primitive/hmac.js');`],
    ['import() of several lines', `void import(\n  /* webpack */\n  '../primitive/hmac.js'\n);`],
    ['import() of a template', 'void import(`../primitive/hmac.js`);'],
    ['typeof import()', `type A = typeof import('../primitive/hmac.js');`],
    ['a type of import()', `export const a = (b: import('../primitive/hmac.js').A) => b;`],
    ['import = require()', `import a = require('../primitive/hmac.js');`],
    ['require()', `const a = require('../primitive/hmac.js');`],
    ['a second import', `import { a } from '../errors.js';\nimport '../primitive/hmac.js';`],
    ['one behind a URL', `const a = 'https://a.example'; import '../primitive/hmac.js';`],
    ['one behind a comment sign in text', `const a = '/*'; import '../primitive/hmac.js'; // */`],
  ])('sees %s', (_, source) => {
    expect(refused('canonical/a.ts', source)).toEqual([
      'canonical/a.ts imports ../primitive/hmac.js',
    ]);
  });

  test.each([
    ['a line comment', `// import { a } from '../primitive/hmac.js';`],
    ['a block comment', `/* import { a } from\n '../primitive/hmac.js'; */`],
    ['a call of something named from', `const a = Array.from('../primitive/hmac.js');`],
    ['what the layer may import', `import { a } from '../errors.js';`],
    ['its own layer', `import './b.js';`],
  ])('lets %s pass', (_, source) => {
    expect(violations({ ...TARGETS, 'canonical/a.ts': source, 'canonical/b.ts': '' })).toEqual([]);
  });

  test.each([
    ['import() of a value', `void import(name);`],
    ['import() of text put together', 'void import(`../${name}.js`);'],
    ['a file that is not there', `import '../errors.ts';`],
    ['the package by its own name', `import 'countersign/errors';`],
    ['another package', `import 'left-pad';`],
    ['a builtin without node:', `import 'crypto';`],
    ['a reference', `/// <reference types="node" />`],
    ['getBuiltinModule', `globalThis.process.getBuiltinModule('node:fs');`],
  ])('refuses %s', (_, source) => {
    expect(refused('bytes/a.ts', source)).toHaveLength(1);
  });

  test.each([
    ['canonical/a.ts', '../primitive/hmac.js'],
    ['primitive/a.ts', '../canonical/a.js'],
    ['key/a.ts', '#engine/mac'],
    ['primitive/a.ts', 'node:crypto'],
    ['engine/noble/a.ts', 'node:crypto'],
    ['engine/node/a.ts', '@noble/hashes/sha2.js'],
    ['engine/dual/a.ts', 'node:crypto'],
    ['engine/node/a.ts', '../noble/mac.js'],
    ['engine/state.ts', './node/mac.js'],
    ['jose/a.ts', '../http/a.js'],
    ['jose/a.ts', '../primitive/hmac.js'],
    ['jose/a.ts', '../scheme/compile.js'],
    ['primitive/a.ts', '../testing/index.js'],
    ['cli/a.ts', '../testing/index.js'],
    ['bytes/a.ts', '../index.js'],
  ])('refuses that %s imports %s', (from, specifier) => {
    const target = posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
    expect(violations({ [target]: '', [from]: `import '${specifier}';` })).toContain(
      `${from} imports ${specifier}`,
    );
  });

  test.each(['crypto/a.ts', 'util.ts', 'engine/wasm/a.ts', 'engine/extra.ts'])(
    'refuses %s, which is in no layer',
    (path) => {
      expect(violations({ [path]: '' })).toEqual([`${path} is in no layer`]);
    },
  );

  test('finds a cycle, by types and through #engine too', () => {
    const circle = {
      'bytes/a.ts': `import './b.js';`,
      'bytes/b.ts': `import type { C } from './c.js';`,
      'bytes/c.ts': `export * from './a.js';`,
    };
    expect(cycles(circle)).toEqual(['bytes/a.ts bytes/b.ts bytes/c.ts bytes/a.ts']);
    const through = {
      'primitive/a.ts': `import '#engine/mac';`,
      'engine/noble/mac.ts': `import '../../primitive/a.js';`,
    };
    expect(cycles(through)).toEqual(['primitive/a.ts engine/noble/mac.ts primitive/a.ts']);
    expect(cycles({ 'bytes/a.ts': `import './b.js';`, 'bytes/b.ts': '' })).toEqual([]);
  });
});

/** What the sources do that the table doesn't let them. */
function violations(given: Sources): string[] {
  return Object.entries(given).flatMap(([path, source]) => {
    const layer = layerOf(path);
    if (layer === undefined) return [`${path} is in no layer`];
    return importsOf(source)
      .filter((specifier) => !isAllowed(given, layer, path, specifier))
      .map((specifier) => `${path} imports ${specifier}`);
  });
}

function isAllowed(given: Sources, layer: string, path: string, specifier: string): boolean {
  const allowed = LAYERS[layer] ?? [];
  if (!specifier.startsWith('.')) {
    return allowed.some((name) => /[:/]$/.test(name) && specifier.startsWith(name));
  }
  const target = resolve(path, specifier);
  if (!specifier.endsWith('.js') || !(target in given)) return false;
  return layerOf(target) === layer || allowed.some((name) => isWithin(target, name));
}

/** The longest name of the table that the file stands under. */
function layerOf(path: string): string | undefined {
  return Object.keys(LAYERS)
    .filter((name) => isWithin(path, name))
    .toSorted((a, b) => b.length - a.length)[0];
}

function isWithin(path: string, name: string): boolean {
  return path === `${name}.ts` || path.startsWith(`${name}/`);
}

function resolve(path: string, specifier: string): string {
  return posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts');
}

/** Every name that a source imports; what can't be read is named as it stands. */
function importsOf(source: string): string[] {
  const references = source.match(/^\s*\/\/\/\s*<reference[^\n]*/gm) ?? [];
  const code = withoutComments(source);
  const literal = /(['"`])((?:(?!\1)[^$\n])*)\1/.source;
  const forms = [
    // import … from '…', export … from '…'
    new RegExp(String.raw`\b(?:import|export)\b[^;'"${'`'}]*?\bfrom\s*${literal}`, 'g'),
    // import '…'
    new RegExp(String.raw`\bimport\s*${literal}`, 'g'),
    // import('…'), typeof import('…'), require('…')
    new RegExp(String.raw`\b(?:import|require)\s*\(\s*${literal}\s*[,)]`, 'g'),
  ];
  const named = forms.flatMap((form) => [...code.matchAll(form)].map((match) => match[2] ?? ''));
  // Whatever calls import() or its like with something else than one piece of text.
  const calls = [...code.matchAll(/\b(?:import|require|getBuiltinModule)\s*\([^)]*\)?/g)]
    .map(([call]) => call)
    .filter((call) => !new RegExp(String.raw`^(?:import|require)\s*\(\s*${literal}`).test(call));
  return [...references, ...named, ...calls];
}

/** The source with blanks for comments. Texts are matched too, so that none is taken for one. */
function withoutComments(source: string): string {
  const parts =
    /\/\*[^]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
  return source.replace(parts, (part) => (part.startsWith('/') ? ' ' : part));
}

/** Every cycle that a walk along the imports meets, as the files on it. */
function cycles(given: Sources): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' '));
    if (trail.includes(path) || done.has(path)) return;
    for (const next of filesOf(given, path)) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of Object.keys(given)) walk(path, []);
  return found;
}

function filesOf(given: Sources, path: string): string[] {
  return importsOf(given[path] ?? '')
    .flatMap((specifier) =>
      specifier.startsWith('#engine/')
        ? ['node', 'noble', 'dual'].map((name) => specifier.replace('#engine', `engine/${name}`))
        : [resolve(path, specifier)],
    )
    .map((target) => (target.endsWith('.ts') ? target : `${target}.ts`))
    .filter((target) => target in given);
}
