/**
 * How far a message gets, step by step, with what is found at each: names, counts and lengths.
 *
 * @module
 */
import { CountersignError } from '../../errors.js';
import { createBuild } from '../build.js';
import type { AnyDescription } from '../description.js';
import type { Chunk } from '../message.js';
import { emitAll, textOf } from '../part.js';
import { joinChunks } from '../verify.js';
import { MOST_WRITTEN } from './body.js';
import type { Case } from './case.js';
import type { Step, StepName } from './explanation.js';
import { headerPairs } from './headers.js';
import { callOf, readSlots, signatureTexts } from './slots.js';
import { ageOf, rounded } from './time.js';
import { orNone } from './try.js';

/** What is known before a scheme looks at the message. */
export function messageStep({ message, body }: Pick<Case, 'message' | 'body'>): Step {
  const of = [`body of ${body.length} octets`, `${headerPairs(message).length} header fields`];
  if (message.method !== undefined) of.push('a method');
  if (message.url !== undefined) of.push('a URL');
  if (body.length > MOST_WRITTEN)
    of.push(`over ${MOST_WRITTEN} octets, so not written in other ways`);
  return step('message', true, of.join(', '));
}

/** The steps of a scheme that was compiled. */
export function* compiledSteps(
  at: Case,
  description: AnyDescription,
  holds: boolean,
  error: unknown,
): Iterable<Step> {
  const { signature, message } = description;
  let isReached = true;
  const then = (name: StepName, found: string | undefined, expected: string): Step => {
    if (!isReached) return { step: name, status: 'not reached', found: '' };
    isReached = found !== undefined;
    return step(name, isReached, found ?? expected);
  };
  for (const { what, code, lengths, count } of readSlots(at, description)) {
    const found =
      count === undefined
        ? lengths.map((length) => (length === 0 ? 'none' : `${length} characters`)).join(', ')
        : `${count} names with values`;
    yield step('part', code === undefined, `${what}: ${code ?? found}`);
    isReached &&= code === undefined;
  }
  const build = createBuild(description);
  const call = callOf(at);
  const { name, decode } = signature.encoding;
  const decoded = signatureTexts(description, build, call).map(
    (text) => orNone(() => decode(text))?.length,
  );
  const sizes = decoded.map((size) => (size === undefined ? `not ${name}` : `${size} octets`));
  const isRead = decoded.some((size) => size !== undefined && size > 0);
  yield then('signature', isRead ? sizes.join(', ') : undefined, `expected ${name}`);
  const algs = at.scheme.algs.map((alg) => alg.name).join(' or ');
  const usable = at.given.filter(({ key }) => at.scheme.algs.includes(key.alg)).length;
  const isKnown = usable > 0 && !isKeyError(error);
  const keys = `${usable} of ${at.given.length} keys for ${algs}; ${description.keys.what}`;
  yield then('key', isKnown ? keys : undefined, `${keys}${isKeyError(error) ? ': none fits' : ''}`);
  const chunks: Chunk[] = [];
  call.key = at.given[0]?.key;
  const isMade = isReached && orNone(() => [emitAll(message, build)(call, chunks)]) !== undefined;
  const length = isMade ? joinChunks(chunks).length : 0;
  const signed = textOf(message).replaceAll('\n', '\\n');
  yield then('text', isMade ? `${signed}, ${length} octets` : undefined, signed);
  yield then('compare', holds ? 'a signature of it' : undefined, 'no signature of it');
  if (description.time === undefined) return;
  const age = ageOf(at, description);
  const found = age === undefined ? undefined : ageText(age.seconds);
  const isFresh = holds && error === undefined;
  yield then(
    'time',
    isFresh ? found : undefined,
    found ?? `expected ${description.time.unit.name}`,
  );
}

function ageText(seconds: number): string {
  return seconds < 0 ? `${rounded(-seconds)} ahead` : `${rounded(seconds)} old`;
}

function isKeyError(error: unknown): boolean {
  return error instanceof CountersignError && error.code.startsWith('ERR_KEY');
}

export function step(name: StepName, isOk: boolean, found: string): Step {
  return { step: name, status: isOk ? 'ok' : 'failed', found };
}
