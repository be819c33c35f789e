/**
 * The header fields of a message, by name and value, from any of the shapes that platforms have, and a
 * message with others in their place.
 *
 * @module
 */
import { eachLine } from '../lines.js';
import type { SchemeMessage } from '../message.js';
import { attempt } from './case.js';

export type Pair = readonly [name: string, value: string];

/** All of them. What is no text is left out: it is not what a scheme reads. */
export function headerPairs({ headers, rawHeaders }: SchemeMessage): readonly Pair[] {
  const input = rawHeaders ?? headers;
  const pairs: Pair[] = [];
  const add = (name: unknown, value: unknown) => {
    if (typeof name === 'string' && typeof value === 'string') pairs.push([name, value]);
  };
  if (typeof input !== 'object' || (input as unknown) === null) return pairs;
  // Of a list that ends in the midst of a pair, what stands before.
  attempt(() => {
    eachLine(input, add);
  });
  return pairs;
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
