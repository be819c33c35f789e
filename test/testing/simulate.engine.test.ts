import { describe, expect, test } from 'vitest';
import { CAPABILITIES } from '../../src/engine/capabilities.js';
import { verify } from '../../src/scheme/index.js';
import { samples } from '../../src/testing/samples/index.js';
import { simulate } from '../../src/testing/index.js';
import { engineName } from '../vectors.js';

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
});
