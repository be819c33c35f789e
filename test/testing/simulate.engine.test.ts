import { describe, expect, test } from 'vitest';
import { CountersignError } from '../../src/errors.js';
import { verify } from '../../src/scheme/index.js';
import { samples } from '../../src/testing/samples/index.js';
import { broken, BROKEN_KINDS, simulate } from '../../src/testing/index.js';

const NOW = 1_700_000_000;

describe.each(samples.map((of) => [of.scheme.id, of] as const))('%s', (_, { scheme }) => {
  test('verifies', () => {
    const { message, keys, options } = simulate(scheme, { now: NOW });
    const result = verify(scheme, message, keys, options);
    expect(result.scheme).toBe(scheme.id);
  });
  test('broken', () => {
    const { messages, leftOut } = broken(scheme, simulate(scheme, { now: NOW }));
    expect(messages.length + leftOut.length).toBe(Object.keys(BROKEN_KINDS).length);
    console.log(
      scheme.id,
      messages.length,
      leftOut.map((a) => `${a.kind}: ${a.why}`),
    );
    const wrong = messages.flatMap(({ kind, message, keys, options, expected }) => {
      const code = codeOf(() => verify(scheme, message, keys, options));
      return (expected as readonly string[]).includes(code) ? [] : [{ kind, code, expected }];
    });
    expect(wrong).toEqual([]);
  });
});
function codeOf(run: () => unknown): string {
  try {
    run();
    return 'verified';
  } catch (error) {
    return error instanceof CountersignError ? error.code : String(error);
  }
}
