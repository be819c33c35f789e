// Descriptions of providers are not checked where they are imported, which would cost every program:
// they are checked here, as defineScheme checks those of users.
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkDescription } from '../../src/scheme/define.js';
import { ENGINE, type Scheme } from '../../src/scheme/scheme.js';

const FOLDER = new URL('../../src/provider/', import.meta.url);
const modules = readdirSync(FOLDER, { withFileTypes: true }).map((entry) =>
  entry.isDirectory() ? `${entry.name}/index.js` : entry.name.replace(/\.ts$/, '.js'),
);

const schemes: Scheme[] = [];
for (const name of modules) {
  const exported = (await import(`../../src/provider/${name}`)) as Record<string, unknown>;
  for (const value of Object.values(exported)) if (isScheme(value)) schemes.push(value);
}

test('there are schemes of every provider', () => {
  expect(modules.length).toBeGreaterThanOrEqual(12);
  expect(schemes.length).toBeGreaterThan(20);
  expect(new Set(schemes.map(({ id }) => id)).size).toBe(schemes.length);
});

test.each(schemes.map((scheme) => [scheme.id, scheme] as const))('%s', (_, scheme) => {
  const { description, describe, identify } = scheme[ENGINE];
  if (description === undefined) {
    // Composed of functions: there is nothing to check but that it says what it signs.
    expect(describe?.().message).not.toBe('');
    expect(identify).toBeTypeOf('function');
    return;
  }
  expect(() => {
    checkDescription(description);
  }).not.toThrow();
});

function isScheme(value: unknown): value is Scheme {
  return typeof value === 'object' && value !== null && ENGINE in value;
}
