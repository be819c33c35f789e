import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equal, same } from '../../src/bytes/equal.js';
import { refusal } from './support.js';

const OCTETS = Uint8Array.from({ length: 32 }, (_, i) => 7 * i);

function agreesWithBuffer(isEqual: (a: Uint8Array, b: Uint8Array) => boolean): void {
  const octets = fc.uint8Array({ max: 2, maxLength: 4 });
  fc.assert(
    fc.property(octets, octets, (a, b) => {
      expect(isEqual(a, b)).toBe(Buffer.compare(a, b) === 0);
    }),
  );
}

describe('equal', () => {
  test('is true for the same octets in other memory, and for none', () => {
    expect(equal(OCTETS, OCTETS.slice())).toBe(true);
    expect(equal(new Uint8Array(0), new Uint8Array(0))).toBe(true);
  });

  test('agrees with Buffer.compare on any octets', () => {
    agreesWithBuffer(equal);
  });

  test('finds one changed bit at every position, on either side', () => {
    for (let bit = 0; bit < 8 * OCTETS.length; bit++) {
      const changed = OCTETS.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(equal(OCTETS, changed)).toBe(false);
      expect(equal(changed, OCTETS)).toBe(false);
    }
  });

  test('finds two changes that cancel out', () => {
    expect(equal(Uint8Array.of(1, 1), Uint8Array.of(0, 0))).toBe(false);
    expect(equal(Uint8Array.of(1, 2), Uint8Array.of(2, 1))).toBe(false);
  });

  test('is false, without a throw, for unequal lengths', () => {
    for (let length = 0; length < OCTETS.length; length++) {
      expect(equal(OCTETS, OCTETS.subarray(0, length))).toBe(false);
      expect(equal(OCTETS.subarray(0, length), OCTETS)).toBe(false);
    }
    expect(equal(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false);
    expect(equal(Uint8Array.of(0), new Uint8Array(0))).toBe(false);
  });

  test('takes a Buffer, a view and the octets of another realm', () => {
    const foreign = runInNewContext('Uint8Array.of(9, 1, 2, 9).subarray(1, 3)') as Uint8Array;
    const ours = Uint8Array.of(0, 1, 2).subarray(1);
    expect(equal(ours, Buffer.from([1, 2]))).toBe(true);
    expect(equal(ours, foreign)).toBe(true);
    expect(equal(foreign, Buffer.from([1, 3]))).toBe(false);
  });

  test('refuses memory that can change while it is compared', () => {
    const Resizable = ArrayBuffer as new (size: number, options: object) => ArrayBuffer;
    for (const memory of [new SharedArrayBuffer(8), new Resizable(8, { maxByteLength: 16 })]) {
      const view = new Uint8Array(memory);
      expect(refusal(() => equal(view, new Uint8Array(8)))).toBe('TypeError: a');
      expect(refusal(() => equal(new Uint8Array(8), view))).toBe('TypeError: b');
    }
  });

  test('refuses what is no octets, also if both are the same', () => {
    for (const value of ['ab', [1], undefined, null, new Uint16Array(1), new ArrayBuffer(1)]) {
      expect(refusal(() => equal(value as never, value as never))).toBe('TypeError: a');
      expect(refusal(() => equal(new Uint8Array(1), value as never))).toBe('TypeError: b');
    }
  });
});

describe('same', () => {
  test('agrees with Buffer.compare on any octets, also of unequal lengths', () => {
    agreesWithBuffer(same);
    expect(same(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false);
    expect(same(Uint8Array.of(1, 0), Uint8Array.of(1))).toBe(false);
  });
});
