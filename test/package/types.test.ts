// What the package exports, as a user's compiler and runtime meet it. Reads dist: `npm test` builds
// it first.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { surfaceOf, surfaceText } from './surface.js';

const ROOT = new URL('../../', import.meta.url);
const SURFACE = new URL('./surface.txt', import.meta.url);

type Target = string | Readonly<Record<'types' | 'default', string>>;
const manifest = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as {
  name: string;
  exports: Readonly<Record<string, Target>>;
};

const targets = Object.entries(manifest.exports);
/** The exports that are modules, by the name that users write. */
const modules = targets.flatMap(([path, target]) =>
  typeof target === 'string' ? [] : [{ name: `${manifest.name}${path.slice(1)}`, target }],
);

describe('every target exists:', () => {
  test.each(targets)('%s', (_, target) => {
    const paths = typeof target === 'string' ? [target] : [target.types, target.default];
    for (const path of paths) expect(existsSync(new URL(path, ROOT)), path).toBe(true);
  });
});

describe('types', () => {
  const declarations = new Map<string, string>();
  const follow = (file: URL): void => {
    if (declarations.has(file.pathname)) return;
    const source = readFileSync(file, 'utf8');
    declarations.set(file.pathname, source);
    const imported = /\b(?:from|import\s*\(|import)\s*['"](\.[^'"]+)\.js['"]/g;
    for (const [, path] of source.matchAll(imported)) follow(new URL(`${path}.d.ts`, file));
  };

  beforeAll(() => {
    for (const { target } of modules) follow(new URL(target.types, ROOT));
  });

  test('are followed into what they import', () => {
    expect([...declarations.keys()].map((path) => path.slice(ROOT.pathname.length))).toEqual(
      expect.arrayContaining(['dist/errors.d.ts', 'dist/engine/contract.d.ts']),
    );
  });

  // Comments may say any of these: they reach no compiler. A reference is a comment that does.
  test.each(['#engine', 'node:', '@noble', 'Buffer', 'KeyObject', 'CryptoKey', 'NodeJS'])(
    'never name %s',
    (word) => {
      for (const [path, source] of declarations) {
        expect(source, path).not.toMatch(/^\s*\/\/\/\s*<reference/m);
        const code = source.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, ' ');
        const found = /^\w+$/.test(word)
          ? new RegExp(`\\b${word}\\b`).test(code)
          : code.includes(word);
        expect(found, path).toBe(false);
      }
    },
  );
});

// Every engine has a module for every capability, and the same names in it.
describe.each(['node', 'noble', 'dual'])('on the %s engine', (engine) => {
  let found: ReturnType<typeof surfaceOf>;
  beforeAll(() => {
    const names = modules.map(({ name }) => name);
    found = surfaceOf(fileURLToPath(ROOT), engine, names);
  });

  test('every export can be imported', () => {
    expect(found.map(({ name }) => name)).toEqual(modules.map(({ name }) => name));
    for (const { name, members } of found) expect(members.length, name).toBeGreaterThan(0);
  });

  // A top-level await anywhere below would make require() throw.
  test('every export can be required, and is the same module', () => {
    expect(found.filter(({ required }) => !required)).toEqual([]);
  });

  // A line that changes here changes what users can call: UPDATE_SURFACE=1 npm test rewrites it.
  test('the names are those of surface.txt', () => {
    const text = surfaceText(found);
    if (process.env['UPDATE_SURFACE'] === '1') writeFileSync(SURFACE, text);
    expect(text).toBe(readFileSync(SURFACE, 'utf8'));
  });
});
