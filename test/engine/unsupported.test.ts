// A smaller node:crypto (Bun's, Deno's) is told from a bad key by trying a good one.
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/engine/node/digest.js';
import { runtimeCheck } from '../../src/engine/node/unsupported.js';
import { hex, ofKind } from '../vectors.js';

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

describe('DSA with SHA-256', () => {
  const { verify } = crypto;
  afterEach(() => {
    crypto.verify = verify;
    syncBuiltinESMExports();
  });

  test('is there where signatures over SHA-1 are forbidden', async () => {
    crypto.verify = ((algorithm: string, ...given: [never, never, never]) => {
      if (algorithm === 'sha1') throw new Error('invalid digest');
      return verify(algorithm, ...given);
    }) as never;
    syncBuiltinESMExports();
    // A module of its own, which has not tried yet.
    const name = '../../src/engine/node/legacy.js?where-sha1-is-forbidden';
    const { dsa } = (await import(name)) as typeof import('../../src/engine/node/legacy.js');
    const item = ofKind('dsa')[0]?.cases.find(({ id }) => id === 'dsa-1024-rfc6979-sha256-sample');
    if (item === undefined) throw new Error('no such vector');
    const part = (of: string): Uint8Array => hex(item, of);
    const key = dsa.publicKey({ p: part('p'), q: part('q'), g: part('g'), y: part('y') });
    if (key === undefined) throw new Error('the key was refused');
    expect(dsa.verify(key, sha256, part('message'), part('signature'))).toBe(true);
  });
});
