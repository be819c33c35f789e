// JSON at length: a million changed texts, and the first million doubles of RFC 8785's authors against
// the hash that they publish (https://github.com/cyberphone/json-canonicalization, testdata).
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { writeJsonText } from '../../src/canonical/json.js';
import { generator, mutated, verdictOf } from '../canonical/json-mutations.js';
import { doubles } from './es6-numbers.js';

const TEXTS = 1_000_000;
/** The number of lines, their octets and their SHA-256, from the table of the page. */
const PUBLISHED = [
  [1000, 37_967, 'be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687'],
  [10_000, 399_022, 'b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892'],
  [100_000, 4_031_728, '22776e6d4b49fa294a0d0f349268e5c28808fe7e0cb2bcbe28f63894e494d4c7'],
  [1_000_000, 40_357_417, '49415fee2c56c77864931bd3624faad425c3c577d6d74e89a83bc725506dad16'],
] as const;

test('a million changed texts are refused by a code or read as JSON.parse reads them', () => {
  const random = generator(0x7493);
  const tally = new Map<string, number>();
  for (let i = 0; i < TEXTS; i++) {
    const verdict = verdictOf(mutated(random));
    tally.set(verdict, (tally.get(verdict) ?? 0) + 1);
  }
  console.log(`${TEXTS} changed texts`, tally);
  expect(tally.get('read')).toBeGreaterThan(TEXTS / 20);
}, 600_000);

test('the first million doubles have the published hash', () => {
  const hash = createHash('sha256');
  const found: [number, number, string][] = [];
  let [lines, size] = [0, 0];
  for (const value of doubles()) {
    const line = `${hexOf(value)},${writeJsonText(value)}\n`;
    hash.update(line);
    lines++;
    size += line.length;
    if (PUBLISHED.some(([count]) => count === lines)) {
      found.push([lines, size, hash.copy().digest('hex')]);
      if (found.length === PUBLISHED.length) break;
    }
  }
  expect(found).toEqual(PUBLISHED);
}, 600_000);

const view = new DataView(new ArrayBuffer(8));

function hexOf(value: number): string {
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16);
}
