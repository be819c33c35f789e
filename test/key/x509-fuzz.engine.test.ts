// Certificates changed at random, by a generator with a seed: whatever comes in, what comes out is a
// certificate or a code, soon, and never a path that was not there before.
import { describe, expect, test } from 'vitest';
import { CountersignError } from '../../src/errors.js';
import { type Certificate, readCertificate } from '../../src/key/x509.js';
import { NO_PIN, verifyPath } from '../../src/key/x509-path.js';
import { anyOf, generator, mutate, timed } from './x509-mutations.js';
import { engineName } from '../vectors.js';
import { certificates, derOf, optionsOf, caseOf, read } from './x509-fixtures.js';

/** The reader is the same on every engine but for one digest. */
const MUTATIONS = engineName === 'node' ? 10_000 : 3000;
/** Five in test/long, which has the machine for itself. */
const MOST_MILLISECONDS = 100;
/** Arithmetic takes its time; one in so many is verified. */
const VERIFY_EACH = 4;

describe('a certificate changed at random', () => {
  const random = generator(0x509);
  const good = caseOf('without the root');
  const [, ca] = good.chain.map(read) as [Certificate, Certificate];
  const options = { ...optionsOf(good), pin: NO_PIN } as const;
  const known = new Set(Object.keys(certificates).map((label) => derOf(label).toString()));
  const inputs = Array.from({ length: MUTATIONS }, (_, i) => {
    // Half of them are of the leaf and the CA of a good path, so that the path is tried as well.
    const label = ['Leaf', 'CA'][random(2)] ?? '';
    return mutate(i % 2 === 0 ? derOf(label) : anyOf(random), random);
  });

  test('is read or refused by a code, and soon', () => {
    const slow: number[] = [];
    const tally = new Map<string, number>();
    for (const input of inputs) {
      let code = 'read';
      const took = timed(() => {
        try {
          readCertificate(input);
        } catch (error) {
          if (!(error instanceof CountersignError)) throw error;
          code = error.code;
        }
      }, MOST_MILLISECONDS);
      tally.set(code, (tally.get(code) ?? 0) + 1);
      if (took > MOST_MILLISECONDS) slow.push(took);
    }
    expect(slow).toEqual([]);
    // The changes reach the reader's depths, and some of them nothing that it looks at.
    expect(tally.size).toBeGreaterThan(7);
    expect(tally.get('read')).toBeGreaterThan(MUTATIONS / 20);
  });

  test('is on no path', () => {
    let tried = 0;
    for (const [i, input] of inputs.entries()) {
      if (i % VERIFY_EACH !== 0 || known.has(input.toString())) continue;
      for (const chain of [
        () => [readCertificate(input), ca],
        () => [read('Leaf'), readCertificate(input)],
      ]) {
        let outcome = 'verified';
        try {
          verifyPath(chain(), options);
        } catch (error) {
          if (!(error instanceof CountersignError)) throw error;
          outcome = error.code;
        }
        expect(outcome, Buffer.from(input).toString('hex')).not.toBe('verified');
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(MUTATIONS / VERIFY_EACH);
  });

  test('of the largest size is refused soon', () => {
    const size = 1 << 17;
    const fill = (head: readonly number[], octets: readonly number[]): Uint8Array => {
      const out = new Uint8Array(size);
      for (let j = 0; j < size; j++) out[j] = octets[j % octets.length] ?? 0;
      const rest = size - head.length - 4;
      out.set([...head, 0x83, rest >> 16, (rest >> 8) & 0xff, rest & 0xff]);
      return out;
    };
    for (const input of [
      new Uint8Array(size),
      new Uint8Array(size).fill(0x30),
      fill([0x30], [0x05, 0x00]),
      fill([0x30], [0x30, 0x80]),
      fill([0x30], [0x31, 0x00]),
      fill([0x30], [0x06, 0x81, 0x80, ...new Uint8Array(128).fill(0xff)]),
      new Uint8Array(size + 1),
    ]) {
      const took = timed(() => {
        expect(() => readCertificate(input)).toThrow(CountersignError);
      }, MOST_MILLISECONDS);
      expect(took).toBeLessThan(MOST_MILLISECONDS);
    }
  });
});
