// What vectors are, and how a case is put to the library and settled. Nothing here reads a file or
// names Node: the suite and the runner for other runtimes both use it.
import type { Operation } from '../../src/engine/capabilities.js';
import { CountersignError } from '../../src/errors.js';

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

/** What is expected of one call, as `outcome` says it, and the call. */
export type Question = readonly [expected: string, call: () => unknown];

/** One operation of one algorithm, and the cases that it is tried with. */
export interface Cell {
  readonly title: string;
  /** As the table of capabilities has it. */
  readonly algorithm: string;
  /** What a runtime may lack of the algorithm. */
  readonly detail?: string;
  readonly operation: Operation;
  readonly cases: readonly Case[];
  readonly ask: (item: Case) => readonly Question[];
}

export interface Wrong {
  readonly id: string;
  readonly note: unknown;
  readonly expected: string;
  readonly found: string;
}

/** How many cases of a cell came out as expected, how many were refused, and what else did not. */
export interface Settled {
  readonly passed: number;
  /** Those of the passed that gave something: octets, an id, a signature that is good. */
  readonly answered: number;
  readonly refused: number;
  readonly wrong: readonly Wrong[];
}

export const UNSUPPORTED = 'ERR_UNSUPPORTED_ENGINE';

/** Puts all cases of a cell. A case is refused if one of its calls is, and the others are right. */
export function settle({ cases, ask }: Cell): Settled {
  let [passed, answered, refused] = [0, 0, 0];
  const wrong: Wrong[] = [];
  for (const item of cases) {
    const answers = ask(item).map(([expected, call]) => ({
      expected,
      found: outcomeOrError(call),
    }));
    const other = answers.filter(({ expected, found }) => found !== expected);
    const fault = other.find(({ found }) => found !== UNSUPPORTED);
    if (fault !== undefined) wrong.push({ id: item.id, note: item['note'], ...fault });
    else if (other.length > 0) refused++;
    else passed++;
    const given = answers.some(
      ({ expected, found }) => found === expected && !/^(?:false|ERR_\w+)$/.test(found),
    );
    if (given && fault === undefined) answered++;
  }
  return { passed, answered, refused, wrong };
}

/** What a call gives, as text to compare: octets in hexadecimal, a verdict, or an error's code. */
export function outcome(call: () => unknown): string {
  try {
    const result = call();
    return result instanceof Uint8Array ? hexOf(result) : String(result);
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
}

/** The same, where another error is its own text, which nobody expects. */
function outcomeOrError(call: () => unknown): string {
  try {
    return outcome(call);
  } catch (error) {
    return String(error);
  }
}

/** The files of one kind; none is a mistake in the test. */
export function ofKind(files: readonly VectorFile[], ...kinds: string[]): readonly VectorFile[] {
  const found = files.filter(({ kind }) => kinds.includes(kind));
  if (found.length === 0) throw new Error(`no vectors of ${kinds.join()}`);
  return found;
}

/** The octets of a field in hexadecimal. */
export function hex(item: Case, field: string): Uint8Array<ArrayBuffer> {
  const value = item[field];
  if (typeof value !== 'string') throw new Error(`${item.id} has no ${field}`);
  return octetsOf(value);
}

/** The octets of `field`, or of its repeated form. */
export function message(item: Case, field: string, repeated: string): Uint8Array<ArrayBuffer> {
  const repeat = item[repeated] as { octets: string; times: number } | undefined;
  if (repeat === undefined) return hex(item, field);
  const once = octetsOf(repeat.octets);
  const out = new Uint8Array(once.length * repeat.times);
  for (let at = 0; at < out.length; at += once.length) out.set(once, at);
  return out;
}

/** The octets that lower-case hexadecimal stands for. */
export function octetsOf(text: string): Uint8Array<ArrayBuffer> {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new Error('not hexadecimal');
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  );
}

function hexOf(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
}

/** What `verify` ought to say of a case. */
export function verdict(item: Case): string {
  return String(isGood(item));
}

export function isGood(item: Case): boolean {
  return item.expect === undefined || item.expect === 'valid';
}

/** All algorithm values of a module, by the name that each carries. */
export function byName<T extends { readonly name: string }>(
  module: object,
  kind: string,
): ReadonlyMap<string, T> {
  const values = Object.values(module).filter(
    (value: { kind?: string } | undefined) => value?.kind === kind,
  ) as T[];
  return new Map(values.map((value) => [value.name, value]));
}

export function get<T>(map: ReadonlyMap<string, T>, name: string): T {
  const found = map.get(name);
  if (found === undefined) throw new Error(`no algorithm is named ${name}`);
  return found;
}
