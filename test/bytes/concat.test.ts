import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, join } from '../../src/bytes/concat.js';
import { refusal } from './support.js';

describe('concat', () => {
  test('joins in order', () => {
    const joined = concat(Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3));
    expect(joined).toEqual(Uint8Array.of(1, 2, 3));
  });

  test('agrees with Buffer.concat on any parts', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), (parts) => {
        expect(Buffer.from(concat(...parts))).toEqual(Buffer.concat(parts));
      }),
    );
  });

  test('joins nothing to no octets', () => {
    expect(concat()).toEqual(new Uint8Array(0));
  });

  test('gives new memory of its own, even for one part', () => {
    const part = Uint8Array.of(1, 2, 3).subarray(1);
    const joined = concat(part);
    part[0] = 9;
    expect(joined).toEqual(Uint8Array.of(2, 3));
    expect(joined.buffer.byteLength).toBe(2);
  });

  test('gives a plain Uint8Array for Buffers and octets of another realm', () => {
    const foreign = runInNewContext('Uint8Array.of(0, 7, 8).subarray(1)') as Uint8Array;
    const joined = concat(Buffer.from([6]), foreign);
    expect(Object.getPrototypeOf(joined)).toBe(Uint8Array.prototype);
    expect(joined).toEqual(Uint8Array.of(6, 7, 8));
  });

  test('refuses a part that is no octets', () => {
    for (const part of ['a', [1], 1, null, undefined, new Uint16Array(1), new ArrayBuffer(1)]) {
      expect(refusal(() => concat(Uint8Array.of(1), part as never))).toBe('TypeError: part');
    }
  });

  test('refuses shared memory', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(4));
    expect(refusal(() => concat(shared))).toBe('TypeError: part');
  });
});

describe('join', () => {
  test('joins octets that are known to be some as concat does, into new memory', () => {
    const part = Uint8Array.of(1, 2);
    expect(join()).toEqual(new Uint8Array(0));
    expect(join(part, new Uint8Array(0), part)).toEqual(Uint8Array.of(1, 2, 1, 2));
    expect(join(part).buffer).not.toBe(part.buffer);
  });
});
