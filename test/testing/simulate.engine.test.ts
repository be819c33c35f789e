import { describe, expect, test } from 'vitest';
import { verify } from '../../src/scheme/index.js';
import { samples } from '../../src/testing/samples/index.js';
import { simulate } from '../../src/testing/index.js';

const NOW = 1_700_000_000;

describe.each(samples.map((of) => [of.scheme.id, of] as const))('%s', (_, { scheme }) => {
  test('verifies', () => {
    const { message, keys, options } = simulate(scheme, { now: NOW });
    const result = verify(scheme, message, keys, options);
    expect(result.scheme).toBe(scheme.id);
  });
});
