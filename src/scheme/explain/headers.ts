/**
 * The header fields of a message, by name and value, from any of the shapes that platforms have, and a
 * message with others in their place.
 *
 * @module
 */
import type { HeadersInput, SchemeMessage } from '../message.js';

export type Pair = readonly [name: string, value: string];

/** All of them. What is no text is left out: it is not what a scheme reads. */
export function headerPairs({ headers, rawHeaders }: SchemeMessage): readonly Pair[] {
  const input: HeadersInput | undefined = rawHeaders ?? headers;
  if (typeof input !== 'object' || (input as unknown) === null) return [];
  if (Array.isArray(input)) {
    const list = input as readonly unknown[];
    return typeof list[0] === 'string' ? byTurns(list) : list.flatMap(pairOf);
  }
  if (Symbol.iterator in input) return [...(input as Iterable<unknown>)].flatMap(pairOf);
  return Object.entries(input).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((line) => pairOf([name, line])),
  );
}

/** The values of one header. */
export function valuesOf(message: SchemeMessage, name: string): readonly string[] {
  return headerPairs(message)
    .filter(([found]) => found.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value);
}

/** The same message with other header fields. */
export function withHeaders(message: SchemeMessage, headers: readonly Pair[]): SchemeMessage {
  return { ...message, headers, rawHeaders: undefined };
}

/** The same message with other values of one header. */
export function withHeader(
  message: SchemeMessage,
  name: string,
  values: readonly string[],
): SchemeMessage {
  const others = headerPairs(message).filter(
    ([found]) => found.toLowerCase() !== name.toLowerCase(),
  );
  return withHeaders(message, [...others, ...values.map((value): Pair => [name, value])]);
}

function byTurns(list: readonly unknown[]): readonly Pair[] {
  const pairs: Pair[] = [];
  for (let i = 0; i + 1 < list.length; i += 2) pairs.push(...pairOf([list[i], list[i + 1]]));
  return pairs;
}

function pairOf(entry: unknown): readonly Pair[] {
  if (!Array.isArray(entry) || entry.length !== 2) return [];
  const [name, value] = entry as readonly unknown[];
  return typeof name === 'string' && typeof value === 'string' ? [[name, value]] : [];
}
