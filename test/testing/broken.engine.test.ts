// Every broken message of every sample is refused with a code that it names, on every engine.
import { describe, expect, test } from 'vitest';
import { draftBroken } from '../../src/testing/broken.js';
import { BROKEN_KINDS } from '../../src/testing/index.js';
import { cases, outcome } from '../provider/cases.js';

const KINDS = Object.keys(BROKEN_KINDS);

describe.each(cases.map((of) => [of.name, of] as const))('%s', (_, { scheme, simulated }) => {
  const { messages, leftOut } = draftBroken(scheme, simulated);

  test('each kind is there, or is left out for a reason', () => {
    const found = [...messages, ...leftOut].map(({ kind }) => kind);
    expect(found.toSorted()).toEqual(KINDS.toSorted());
    for (const { why } of leftOut) expect(why).not.toBe('');
    expect(messages.length).toBeGreaterThanOrEqual(15);
  });

  test('each is refused, with a code that it names', () => {
    for (const { kind, message, keys, options, expected } of messages) {
      const found = outcome({ scheme, simulated: { ...simulated, keys, options } }, message);
      expect(expected, `${kind}: ${typeof found === 'string' ? found : 'verified'}`).toContain(
        found,
      );
    }
  });
});
