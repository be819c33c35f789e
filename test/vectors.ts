// Reads the folders of vectors/, so that adding a file adds its cases to the suite.
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { CAPABILITIES, type EngineName, type Operation } from '../src/engine/capabilities.js';
import * as portable from './portable/cases.js';
import type { Case, VectorFile } from './portable/cases.js';

export { type Case, hex, outcome } from './portable/cases.js';

export const engineName = process.env['COUNTERSIGN_ENGINE'] as EngineName;

const root = new URL('../vectors/', import.meta.url);

export const files: readonly VectorFile[] = readdirSync(root, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.json'))
  .toSorted()
  .map((file) => {
    const read = JSON.parse(readFileSync(new URL(file, root), 'utf8')) as Omit<VectorFile, 'file'>;
    return { file, ...read };
  });

/** The files of one kind; none is a mistake in the test. */
export function ofKind(...kinds: string[]): readonly VectorFile[] {
  return portable.ofKind(files, ...kinds);
}

/** Whether this engine does it; the name must be in the table. */
export function can(algorithm: string, operation: Operation): boolean {
  const row = CAPABILITIES[algorithm];
  if (row === undefined) throw new Error(`${algorithm} is not in the table of capabilities`);
  return row[engineName].includes(operation);
}

/**
 * Runs all cases and fails with the list of those that came out otherwise, each with what was
 * expected and what was found.
 */
export function runCases(
  cases: readonly Case[],
  run: (test: Case) => { readonly expected: string; readonly found: string },
): void {
  expect(cases.length).toBeGreaterThan(0);
  const wrong = cases.flatMap((test) => {
    const { expected, found } = run(test);
    return expected === found ? [] : [{ id: test.id, note: test['note'], expected, found }];
  });
  expect(wrong).toEqual([]);
}
