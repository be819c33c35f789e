// A smaller node:crypto (Bun's, Deno's) is told from a bad key by trying a good one.
import { describe, expect, test } from 'vitest';
import { runtimeCheck } from '../../src/engine/node/unsupported.js';

describe('runtimeCheck', () => {
  test('lets a fault of the key pass, and tries the good key once', () => {
    let tries = 0;
    const check = runtimeCheck('P-256', () => tries++);
    check();
    check();
    expect(tries).toBe(1);
  });

  test('names the way out where the good key fails too', () => {
    const check = runtimeCheck('secp256k1', () => {
      throw new Error('no such curve');
    });
    for (let i = 0; i < 2; i++) {
      expect(check).toThrow(
        expect.objectContaining({
          code: 'ERR_UNSUPPORTED_ENGINE',
          message: expect.stringContaining('countersign-noble') as string,
        }),
      );
    }
  });
});
