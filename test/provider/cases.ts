// Every sample under every algorithm of its scheme that this engine signs by, and what tests of all
// schemes need of one.
import { encodeUtf8 } from '../../src/bytes/utf8.js';
import { CountersignError } from '../../src/errors.js';
import type { AlgorithmName } from '../../src/key/handle.js';
import type { AnyDescription } from '../../src/scheme/description.js';
import type { SchemeMessage } from '../../src/scheme/message.js';
import type { Scheme, SchemeResult } from '../../src/scheme/scheme.js';
import { engineOf, verify } from '../../src/scheme/verify.js';
import { drawKey, isMac } from '../../src/testing/keys.js';
import { type Sample, samples } from '../../src/testing/samples/index.js';
import { simulateSample, type Simulated } from '../../src/testing/simulate.js';
import { can } from '../vectors.js';

export const NOW = 1_700_000_000;

/** A genuine message of one sample. */
export interface SchemeCase {
  readonly name: string;
  readonly sample: Sample;
  readonly scheme: Scheme;
  readonly description: AnyDescription | undefined;
  readonly alg: AlgorithmName;
  readonly simulated: Simulated;
}

/** Whether this engine makes what the algorithm verifies. */
export function canSign(alg: AlgorithmName): boolean {
  if (alg.kind === 'weak-signature') return false;
  return can(alg.name, isMac(alg) ? 'tag' : 'sign');
}

export const cases: readonly SchemeCase[] = samples.flatMap((sample) => {
  const { scheme } = sample;
  return scheme.algs.filter(canSign).map((alg) => {
    const id = sample.keyId ?? (isMac(alg) ? 'test-key' : undefined);
    return {
      name: `${scheme.id}, ${sample.note}, ${alg.name}`,
      sample,
      scheme,
      description: engineOf(scheme).description,
      alg,
      simulated: simulateSample(scheme, sample, { now: NOW, key: drawKey(alg, id) }),
    };
  });
});

/** What `verify` gives, or the code of its error. A `TypeError` is not caught. */
export function outcome(
  { scheme, simulated }: Pick<SchemeCase, 'scheme' | 'simulated'>,
  message: SchemeMessage = simulated.message,
  options: object = {},
): SchemeResult | string {
  try {
    return verify(scheme, message, simulated.keys, { ...simulated.options, ...options });
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
}

export const utf8 = encodeUtf8;
