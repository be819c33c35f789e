/**
 * What an explanation is: data that a program reads, and text for people. It holds names and numbers,
 * and so it may be logged.
 *
 * @module
 */
import type { CountersignErrorCode } from '../../errors.js';
import { type FaultCode, FAULTS } from './codes.js';
import type { Found } from './case.js';

/** Where a verification got to. */
export type StepName =
  'call' | 'message' | 'part' | 'signature' | 'key' | 'text' | 'compare' | 'time';

/** One step of a verification. */
export interface Step {
  readonly step: StepName;
  readonly status: 'ok' | 'failed' | 'not reached';
  /** Names, counts and lengths. */
  readonly found: string;
}

/** One cause. */
export interface Fault {
  readonly code: FaultCode;
  /**
   * `verifies`: the message verifies with this undone. `seen`: it stands there, and whether it is the
   * cause was not to be tried.
   */
  readonly how: 'verifies' | 'seen';
  readonly sentence: string;
  readonly advice: string;
}

/** Why a message is refused. */
export interface Explanation {
  /** The id of the scheme. */
  readonly scheme: string;
  readonly verdict: 'verified' | 'refused';
  /** The code that `verify` throws; a mistake in the call has none. */
  readonly code: CountersignErrorCode | undefined;
  readonly steps: readonly Step[];
  /** The simplest first. */
  readonly faults: readonly Fault[];
  /** Computations with keys that it took. */
  readonly tried: number;
  /** Whether more would have been tried, and were too many. */
  readonly capped: boolean;
}

/** A fault with its words. */
export function faultOf({ code, how, detail }: Found): Fault {
  const { says, advice } = FAULTS[code];
  const sentence = detail === undefined ? says : `${says} Found: ${detail}.`;
  return Object.freeze({ code, how, sentence, advice });
}

/** An explanation as text, for a terminal or a log. */
export function explanationText(explanation: Explanation): string {
  const { scheme, verdict, code, steps, faults, tried, capped } = explanation;
  const lines = [`${scheme}: ${[verdict, code ?? []].flat().join(', ')}`];
  for (const { step, status, found } of steps) {
    lines.push(`  ${status.padEnd(11)} ${step.padEnd(9)} ${found}`);
  }
  for (const fault of faults) {
    lines.push('', `${fault.code}: ${fault.sentence}`, `  ${fault.advice}`);
  }
  const most = capped ? ', and no more are made' : '';
  return [...lines, '', `${tried} computations with keys${most}.`].join('\n');
}
