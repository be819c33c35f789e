import { describe, expect, test } from 'vitest';
import { asciiText, newCodes } from '../../src/bytes/ascii.js';
import { refusal } from './support.js';

describe('newCodes', () => {
  test('has room for 2^28 characters and not for one more', () => {
    expect(newCodes(2 ** 28).length).toBe(2 ** 28);
    expect(refusal(() => newCodes(2 ** 28 + 1))).toBe('ERR_LENGTH');
  });
});

describe('asciiText', () => {
  // About the size of a chunk, several of them, and more than fit into the arguments of a call.
  test.each([0, 1, 8191, 8192, 8193, 16_384, 20_001, 1_000_000])('gives %i codes back', (size) => {
    const codes = new Uint8Array(size).fill(0x61);
    for (let at = 0; at < size; at += 97) codes[at] = 32 + (at % 95);
    expect(asciiText(codes) === Buffer.from(codes).toString('latin1')).toBe(true);
  });
});
