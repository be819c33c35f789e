/**
 * Broken messages of a scheme, made of a genuine one, each with the codes that it may be refused with.
 *
 * @module
 */
import { fields } from '../bytes/octets.js';
import type { CountersignErrorCode } from '../errors.js';
import type { AlgorithmName, Key } from '../key/handle.js';
import type { SchemeMessage } from '../scheme/message.js';
import type { Covers } from '../scheme/part.js';
import type { Scheme, VerifyOptions } from '../scheme/scheme.js';
import { verify } from '../scheme/verify.js';
import { bodyRecipes } from './broken-body.js';
import { BROKEN_KINDS, type BrokenKind } from './broken-kinds.js';
import { valueRecipes } from './broken-values.js';
import { signatureRecipes } from './broken-signature.js';
import { type Recipe, type Subject, subjectOf } from './broken-subject.js';
import type { Simulated } from './simulate.js';

/** A message that must be refused. */
export interface BrokenMessage<
  C extends Covers = Covers,
  A extends AlgorithmName = AlgorithmName,
  S extends string = string,
> {
  readonly kind: BrokenKind;
  /** What was done to it. */
  readonly says: string;
  readonly message: SchemeMessage;
  readonly keys: readonly Key<A, 'verify'>[];
  readonly options: VerifyOptions<C, S>;
  /** The codes of which `verify` throws one; the likeliest is the first. */
  readonly expected: readonly CountersignErrorCode[];
}

/** A kind that there is no message of. */
export interface LeftOut {
  readonly kind: BrokenKind;
  readonly why: string;
}

/** Broken messages, and the kinds that the scheme has none of. */
export interface BrokenMessages<
  C extends Covers = Covers,
  A extends AlgorithmName = AlgorithmName,
  S extends string = string,
> {
  readonly messages: readonly BrokenMessage<C, A, S>[];
  readonly leftOut: readonly LeftOut[];
}

const RECIPES: Readonly<Record<BrokenKind, Recipe>> = {
  ...signatureRecipes,
  ...bodyRecipes,
  ...valueRecipes,
};

/**
 * Makes a broken message of each kind that makes sense for the scheme. What `verify` takes of them, for
 * a rule of the scheme that is not known here, is left out.
 */
export function broken<C extends Covers, A extends AlgorithmName, S extends string>(
  scheme: Scheme<C, A, S>,
  simulated: Simulated<NoInfer<C>, NoInfer<A>, NoInfer<S>>,
): BrokenMessages<C, A, S> {
  const made = draftBroken(scheme, simulated);
  const taken = made.messages.filter((one) => isTaken(scheme, one));
  return {
    messages: made.messages.filter((one) => !taken.includes(one)),
    leftOut: [...made.leftOut, ...taken.map(({ kind }) => ({ kind, why: 'the scheme takes it' }))],
  };
}

function isTaken<C extends Covers, A extends AlgorithmName, S extends string>(
  scheme: Scheme<C, A, S>,
  { message, keys, options }: BrokenMessage<C, A, S>,
): boolean {
  try {
    verify(scheme as unknown as Scheme, message, keys, options as unknown as VerifyOptions);
    return true;
  } catch {
    return false;
  }
}

/** The same before any of them was tried: for tests of the schemes of this package. */
export function draftBroken<C extends Covers, A extends AlgorithmName, S extends string>(
  scheme: Scheme<C, A, S>,
  simulated: Simulated<NoInfer<C>, NoInfer<A>, NoInfer<S>>,
): BrokenMessages<C, A, S> {
  const { keys, options } = fields(simulated, 'simulated', 'what simulate gives');
  const subject: Subject = subjectOf(scheme, simulated as never);
  const messages: BrokenMessage<C, A, S>[] = [];
  const leftOut: LeftOut[] = [];
  for (const [kind, says] of Object.entries(BROKEN_KINDS) as [BrokenKind, string][]) {
    const made = RECIPES[kind](subject);
    if (typeof made === 'string') leftOut.push({ kind, why: made });
    else messages.push({ keys, options, ...made, kind, says } as BrokenMessage<C, A, S>);
  }
  return { messages, leftOut };
}
