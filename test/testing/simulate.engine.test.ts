import { describe, expect, test } from 'vitest';
<<<<<<< HEAD
import { CAPABILITIES } from '../../src/engine/capabilities.js';
import { verify } from '../../src/scheme/index.js';
import { samples } from '../../src/testing/samples/index.js';
import { simulate } from '../../src/testing/index.js';
import { engineName } from '../vectors.js';
=======
import { CountersignError } from '../../src/errors.js';
import { verify } from '../../src/scheme/index.js';
import { samples } from '../../src/testing/samples/index.js';
import { broken, BROKEN_KINDS, simulate } from '../../src/testing/index.js';
>>>>>>> 6e819069ba5cb561a43c53ae8873af47e189d911

const NOW = 1_700_000_000;

describe.each(samples.map((of) => [of.scheme.id, of] as const))('%s', (_, { scheme }) => {
  const canSign = scheme.algs.some(({ name }) => {
    const operations = CAPABILITIES[name]?.[engineName] ?? [];
    return operations.includes('sign') || operations.includes('tag');
  });

  test(canSign ? 'verifies' : 'is not signed on this engine', () => {
    const make = () => simulate(scheme, { now: NOW });
    if (!canSign) {
      const code = 'ERR_UNSUPPORTED_ENGINE';
      expect(make).toThrow(expect.objectContaining({ code }) as Error);
      return;
    }
    const { message, keys, options } = make();
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
