// Ten thousand inputs that are nearly keys, put to every door. The generator and what must hold are
// in fuzz.ts; a million of them are in test/long.
import { describe, expect, test } from 'vitest';
import { CountersignError } from '../../src/errors.js';
import * as ed from '../../src/key/ed25519.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { engineName } from '../vectors.js';
import { BUSY, fuzz, type Target, TARGETS } from './fuzz.js';

const INPUTS = 10_000;

test(`${INPUTS} inputs give keys or coded errors, each soon`, () => {
  const { faults, inputs, accepted, acceptedOf, unconfirmed, codes } = fuzz(
    1,
    INPUTS,
    TARGETS,
    BUSY,
  );
  expect(faults).toEqual([]);
  expect(inputs).toBe(INPUTS);
  // About one in seven is still a key: another one, or the same in another spelling.
  expect(accepted).toBeGreaterThan(INPUTS / 20);
  expect(accepted).toBeLessThan(INPUTS / 5);
  expect(unconfirmed).toEqual([]);
  // No door is shut to all, and the inputs come far: they are refused for many different reasons.
  const takers = TARGETS.map(({ name }) => name).filter(
    (name) => engineName !== 'noble' || name !== 'RSA private',
  );
  expect(Object.keys(acceptedOf).toSorted()).toEqual(takers.toSorted());
  expect(Object.keys(codes).length).toBeGreaterThan(18);
});

test('the same seed gives the same inputs, another one others', () => {
  const [one, again, other] = [7, 7, 8].map((seed) => JSON.stringify(fuzz(seed, 300).codes));
  expect(again).toBe(one);
  expect(other).not.toBe(one);
});

describe('what is wrong with a door is seen', () => {
  const [seed = ''] = TARGETS.flatMap(({ seeds }) => seeds).filter(
    (input): input is string => typeof input === 'string',
  );
  const faultsOf = (door: (input: string) => unknown): string => {
    const target: Target = { name: 'bad', seeds: [seed], doors: [door], weight: 1, most: 5 };
    return fuzz(1, 20, [target]).faults.join('\n');
  };

  test.each([
    [
      'another error',
      'threw RangeError',
      () => {
        throw new RangeError('Invalid array length');
      },
    ],
    [
      'a TypeError',
      'threw TypeError',
      () => {
        throw new TypeError('input: expected a string');
      },
    ],
    [
      'a text that repeats the input',
      'repeats the input',
      (input: string) => {
        throw new CountersignError('ERR_PEM', `found ${input}`);
      },
    ],
    [
      'a long time',
      ' ms',
      () => {
        const end = performance.now() + 6;
        while (performance.now() < end);
      },
    ],
    [
      'another key than OpenSSL reads',
      'OpenSSL reads another key',
      () => ed.generateKeyPair({ alg: ed25519 }).publicKey,
    ],
  ] satisfies [string, string, (input: string) => unknown][])('%s', (_, fault, door) => {
    expect(faultsOf(door)).toContain(fault);
  });
});
