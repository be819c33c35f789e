/**
 * Checks a description when it is imported; from then on it is a few closures.
 *
 * The types refuse what they can. What they can't see is refused here, by a `TypeError`: a scheme that
 * is described wrong is a mistake in a program, and no message has anything to do with it.
 *
 * @module
 */
import { named } from '../bytes/octets.js';
import type { VerifyingAlgorithm } from '../key/use.js';
import { areApart } from './attempts.js';
import { createBuild } from './build.js';
import { checkValues } from './check-values.js';
import { compileScheme } from './compile.js';
import { firstAmbiguity } from './decodable.js';
import type { AnyDescription, Description, SettingsOf, Slots } from './description.js';
import {
  checkLiteral,
  type Covers,
  type CoversOf,
  coversOf,
  type MessagePart,
  piecesOf,
} from './part.js';
import type { Scheme } from './scheme.js';
import { checkSecret } from './secret-place.js';
import { compileVerify } from './verify.js';

/** Makes a scheme of its description. */
export function defineScheme<
  const S extends Slots,
  const M extends readonly MessagePart<Covers, keyof S & string>[],
  const A extends readonly VerifyingAlgorithm[],
>(
  description: Description<S, M, A>,
): Scheme<CoversOf<M>, A[number], Extract<SettingsOf<S>, string>> {
  checkDescription(description);
  return compileScheme(description);
}

const NAMES = [
  'id',
  'version',
  'title',
  'direction',
  'slots',
  'message',
  'attempts',
  'algs',
  'algBy',
  'keys',
  'secret',
  'signature',
  'covers',
  'delivery',
  'hints',
  'ambiguous',
  'time',
  'freshness',
];
const MOST_ATTEMPTS = 8;
/** A month. PayPal sends for three days; what is older than any retry is no window. */
const MOST_SECONDS = 2_678_400;

/** Refuses a description that is wrong. */
export function checkDescription(description: AnyDescription): void {
  const {
    slots,
    message,
    attempts = [],
    algs,
    algBy,
    signature,
    covers,
    delivery,
    time,
  } = named(description, 'description', NAMES);
  const { keys, hints = [], ambiguous, freshness } = description;
  checkValues(description);
  const messages = [message, ...attempts.map((attempt) => attempt.message)];
  expect(message.length > 0, 'message: expected a part');
  expect(
    !Object.hasOwn(slots, 'body'),
    'slots: expected no slot of the name body, which is the body',
  );
  expect(attempts.length < MOST_ATTEMPTS, 'attempts: expected fewer');
  // What says where a signature ends and a time begins has to be there.
  const used = [signature.slot, ...hints, keys.slot, algBy?.slot, time?.slot, delivery];
  for (const name of [
    ...used,
    ...messages.flat().flatMap((part) => (isPart(part) ? part.uses : [])),
  ]) {
    if (name === undefined) continue;
    expect(Object.hasOwn(slots, name), `${name}: expected a slot of this name`);
  }
  for (const parts of messages) {
    checkCovers(covers, coversOf(parts));
    const all = withInner(parts);
    for (const part of all) if (!isPart(part)) checkLiteral(part, 'description: message');
    const made = all.filter(isPart);
    for (const { restsOn = [], within } of made) {
      for (const name of restsOn) {
        expect(covers[name] === 'whole', `message: expected ${name} to be signed as well`);
        // Another spelling of it need not hold what this one does.
        const spelled = made.filter(
          (part) => part.spelled !== undefined && Object.hasOwn(part.covers, name),
        );
        expect(
          within === undefined ? spelled.length === 0 : spelled.includes(within),
          `message: expected ${name} to be read in the spelling that is signed`,
        );
      }
    }
  }
  for (const alg of Object.values(algBy?.names ?? {})) {
    expect(algs.includes(alg), 'algBy: expected algorithms of algs');
  }
  if (algBy?.absent !== undefined) {
    expect(Object.hasOwn(algBy.names, algBy.absent), 'algBy.absent: expected one of its names');
    const of = slots[algBy.slot];
    expect(of?.kind === 'text' && of.isOptional, 'algBy.absent: expected an optional slot');
  }
  // What a checksum stands for is another's to choose.
  const bound = (name: string | undefined) =>
    name === undefined || covers[name] === 'whole' || covers[name] === 'optional';
  expect(bound(time?.slot), 'time: expected a slot that is signed; an unsigned time says nothing');
  expect(bound(delivery), 'delivery: expected a slot that is signed');
  for (const seconds of time === undefined ? [] : [time.past, time.future]) {
    expect(
      0 <= seconds && seconds <= MOST_SECONDS,
      'time: expected a window of 0 to 2,678,400 seconds',
    );
  }
  expect(
    (time === undefined) === (freshness === 'none'),
    "expected either time or freshness: 'none'",
  );
  expect(covers[signature.slot] === undefined, 'signature: expected a slot that is not signed');
  expect(
    slots[signature.slot]?.kind !== 'form',
    'signature: expected a field of a form, not a form',
  );
  const needsForm = algs.some(({ kind, name }) => kind === 'signature' && name.startsWith('ECDSA'));
  expect(
    needsForm === (signature.form !== undefined),
    'signature.form: expected with ECDSA, and with nothing else',
  );
  const build = createBuild(description);
  for (const [name, how] of Object.entries(covers)) {
    if (name === 'body' || how !== 'whole') continue;
    expect(
      !build.mayBeMissing(name),
      `${name}: expected ifPresent or orEmpty, since it is optional`,
    );
  }
  for (const parts of messages) checkSecret(parts, algs, build);
  const [unclear] = messages.flatMap((parts) => firstAmbiguity(piecesOf(parts, build)) ?? []);
  const expected = areApart(messages)
    ? 'ambiguous: expected none, since the message has one reading'
    : 'attempts: expected spellings of one message, or literals that tell them apart; or ambiguous';
  expect(
    (unclear !== undefined || !areApart(messages)) === (ambiguous !== undefined),
    unclear === undefined
      ? expected
      : `message: expected to see where ${unclear} ends; or ambiguous, with two messages of one text`,
  );
  // What only its compilation sees: a part that reads what is no slot of its kind.
  compileVerify(description);
}

function checkCovers(given: Covers, said: Covers): void {
  const [lacking, surplus] = [beyond(said, given), beyond(given, said)];
  if (lacking === '' && surplus === '') return;
  const found = [lacking && `lacks ${lacking}`, surplus && `has ${surplus}`].filter(Boolean);
  throw new TypeError(
    `description: covers: expected what the message says; it ${found.join(', and ')}`,
  );
}

/** What one says that another does not. */
function beyond(one: Covers, other: Covers): string {
  return Object.entries(one)
    .filter(([name, how]) => other[name] !== how)
    .map(([name, how]) => `${name}: '${how}'`)
    .join(', ');
}

/** Parts, and those that they are made of. */
function withInner(parts: readonly MessagePart[]): readonly MessagePart[] {
  return parts.flatMap((part) => [part, ...withInner(isPart(part) ? (part.inner ?? []) : [])]);
}

function isPart(part: MessagePart): part is Exclude<MessagePart, string> {
  return typeof part !== 'string';
}

function expect(condition: boolean, expected: string): void {
  if (!condition) throw new TypeError(`description: ${expected}`);
}
