// Reads the folders of vectors/, so that adding a file adds its cases to the suite.
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { CAPABILITIES, type EngineName, type Operation } from '../src/engine/capabilities.js';
import { CountersignError } from '../src/errors.js';

export interface Case {
  readonly id: string;
  readonly expect?: string;
  readonly [field: string]: unknown;
}

export interface VectorFile {
  readonly file: string;
  readonly schema: string;
  readonly kind: string;
  readonly algorithm: string;
  readonly source: readonly Readonly<Record<string, string>>[];
  readonly cases: readonly Case[];
}

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
  const found = files.filter(({ kind }) => kinds.includes(kind));
  if (found.length === 0) throw new Error(`no vectors of ${kinds.join()}`);
  return found;
}

/** The octets of a field in hexadecimal. */
export function hex(test: Case, field: string): Uint8Array<ArrayBuffer> {
  const value = test[field];
  if (typeof value !== 'string') throw new Error(`${test.id} has no ${field}`);
  return Uint8Array.from(Buffer.from(value, 'hex'));
}

/** The octets of `field`, or of its repeated form. */
export function message(test: Case, field: string, repeated: string): Uint8Array {
  const repeat = test[repeated] as { octets: string; times: number } | undefined;
  if (repeat === undefined) return hex(test, field);
  return Uint8Array.from(Buffer.from(repeat.octets.repeat(repeat.times), 'hex'));
}

/** Whether this engine does it; the name must be in the table. */
export function can(algorithm: string, operation: Operation): boolean {
  const row = CAPABILITIES[algorithm];
  if (row === undefined) throw new Error(`${algorithm} is not in the table of capabilities`);
  return row[engineName].includes(operation);
}

/** What a call gives, as text to compare: octets in hexadecimal, a verdict, or an error's code. */
export function outcome(call: () => unknown): string {
  try {
    const result = call();
    return result instanceof Uint8Array ? Buffer.from(result).toString('hex') : String(result);
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
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
