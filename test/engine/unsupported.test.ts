// A smaller node:crypto (Bun's, Deno's) is told from a bad key by trying a good one.
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach, describe, expect, test } from 'vitest';
import * as agree from '../../src/engine/node/agree.js';
import { sha256, sha512 } from '../../src/engine/node/digest.js';
import * as ecdsa from '../../src/engine/node/ecdsa.js';
import type * as legacy from '../../src/engine/node/legacy.js';
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

describe('a runtime without', () => {
  const { createECDH, verify } = crypto;
  afterEach(() => {
    Object.assign(crypto, { createECDH, verify });
    syncBuiltinESMExports();
  });

  /** A module of its own, which has not tried yet, with these functions in node:crypto. */
  async function fresh<T>(name: string, changes: object): Promise<T> {
    Object.assign(crypto, changes);
    syncBuiltinESMExports();
    const path = `../../src/engine/node/${name}.js?fresh`;
    return (await import(path)) as T;
  }

  test('SHA-1 in signatures has DSA with SHA-256', async () => {
    const { dsa } = await fresh<typeof legacy>('legacy', {
      verify(algorithm: string, ...given: [never, never, never]) {
        if (algorithm === 'sha1') throw new Error('invalid digest');
        return verify(algorithm, ...given);
      },
    });
    const item = ofKind('dsa')[0]?.cases.find(({ id }) => id === 'dsa-1024-rfc6979-sha256-sample');
    if (item === undefined) throw new Error('no such vector');
    const part = (of: string): Uint8Array => hex(item, of);
    const key = dsa.publicKey({ p: part('p'), q: part('q'), g: part('g'), y: part('y') });
    if (key === undefined) throw new Error('the key was refused');
    expect(dsa.verify(key, sha256, part('message'), part('signature'))).toBe(true);
  });

  // Deno's has no P-521.
  const noCurve = {
    createECDH() {
      throw new Error('invalid curve');
    },
  };
  const [one, two] = [1, 2].map((last) => Uint8Array.of(...new Uint8Array(65), last)) as [
    Uint8Array,
    Uint8Array,
  ];

  test('a curve in createECDH has ECDSA on it', async () => {
    const { p521 } = await fresh<typeof ecdsa>('ecdsa', noCurve);
    const signer = p521.privateKey(two);
    const point = p521.pointOf(signer);
    expect(point).toEqual(ecdsa.p521.pointOf(ecdsa.p521.privateKey(two)));
    const signature = p521.sign(signer, sha512, one);
    const key = ecdsa.p521.publicKey(point);
    expect(key !== undefined && ecdsa.p521.verify(key, sha512, one, signature)).toBe(true);
    // The fault is the key's, not the runtime's.
    expect(p521.publicKey(point.with(132, point[132]! ^ 1))).toBe(undefined);
  });

  test('a curve in createECDH has ECDH on it', async () => {
    const { p521 } = await fresh<typeof agree>('agree', noCurve);
    const [ours, theirs] = [p521.privateKey(one), agree.p521.privateKey(two)];
    expect(p521.publicOf(ours)).toEqual(agree.p521.publicOf(agree.p521.privateKey(one)));
    const secret = p521.agree(ours, agree.p521.publicOf(theirs));
    expect(secret).toEqual(agree.p521.agree(theirs, p521.publicOf(ours)));
    // 1·(2·G): the x of the other's point.
    expect(secret).toEqual(agree.p521.publicOf(theirs).slice(1, 67));
    expect(p521.agree(ours, Uint8Array.of(4, ...new Uint8Array(132)))).toBe(undefined);
  });
});
