// Every provider is whole: exported, with what is known of it and how sure that is, and each of its
// schemes is tried by a sample.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { About } from '../../src/scheme/about.js';
import { describeScheme } from '../../src/scheme/describe.js';
import { samples } from '../../src/testing/samples/index.js';

const PROVIDERS = new URL('../../src/provider/', import.meta.url);
const SURE = ['vector', 'source', 'docs', 'third-party', 'unsure'];

const { exports } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { exports: Record<string, { types: string; default: string }> };

const modules = readdirSync(PROVIDERS, { withFileTypes: true }).map((entry) =>
  entry.isDirectory() ? `${entry.name}/index` : entry.name.replace(/\.ts$/, ''),
);

describe.each(modules)('%s', async (module) => {
  const loaded = (await import(new URL(`${module}.ts`, PROVIDERS).href)) as { about: About };
  const name = module.replace(/\/index$/, '');

  test('is exported under its name', () => {
    expect(exports[`./provider/${name}`]).toEqual({
      types: `./dist/provider/${module}.d.ts`,
      default: `./dist/provider/${module}.js`,
    });
  });

  test('says what is known of it', () => {
    const { about } = loaded;
    for (const text of [about.name, about.rotation, about.replay, ...about.traps]) {
      expect(text.trim()).toBe(text);
      expect(text).not.toBe('');
    }
    expect(about.traps.length).toBeGreaterThan(0);
    expect(about.facts.length).toBeGreaterThan(0);
    for (const { says, source, sure } of about.facts) {
      expect(says).not.toBe('');
      expect(source).not.toBe('');
      expect(SURE).toContain(sure);
      // What agrees with a library was not recomputed from anything published.
      if (sure === 'vector') expect(source).not.toContain('run beside');
    }
  });

  test('exports its schemes, and all of them are in what is known of it', () => {
    const exported = Object.entries(loaded).filter(([, value]) => isScheme(value));
    expect(exported.length).toBeGreaterThan(0);
    expect(Object.fromEntries(exported)).toEqual(loaded.about.schemes);
  });

  test('each of its schemes has a sample, and says what it signs', () => {
    for (const scheme of Object.values(loaded.about.schemes)) {
      expect(describeScheme(scheme).message).not.toBe('');
      // What is never signed here is tried by messages that were signed elsewhere.
      if (scheme.algs.every(({ kind }) => kind === 'weak-signature')) continue;
      expect(samples.map((of) => of.scheme)).toContain(scheme);
    }
  });
});

test('no two schemes have one id', () => {
  const ids = new Set(samples.map(({ scheme }) => scheme.id));
  expect(ids.size).toBe(new Set(samples.map(({ scheme }) => scheme)).size);
});

test('what is exported as a provider is there', () => {
  const names = Object.keys(exports).filter((name) => name.startsWith('./provider/'));
  const expected = modules.map((module) => `./provider/${module.replace(/\/index$/, '')}`);
  expect(names.toSorted()).toEqual(expected.toSorted());
});

function isScheme(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'direction' in value && 'covers' in value;
}
