// What only the engines' own randomness can show: blocks, snapshots, a platform without any.
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import v8 from 'node:v8';
import { afterEach, describe, expect, test } from 'vitest';
import { x25519 } from '../../src/engine/noble/agree.js';
import { p256 } from '../../src/engine/noble/ecdsa.js';
import { ed25519 } from '../../src/engine/noble/eddsa.js';
import { fillRandom as nobleFill } from '../../src/engine/noble/random.js';
import { fillRandom } from '../../src/engine/node/random.js';

const fill = crypto.randomFillSync;
const isBuilding = v8.startupSnapshot.isBuildingSnapshot;

afterEach(() => {
  crypto.randomFillSync = fill;
  v8.startupSnapshot.isBuildingSnapshot = isBuilding;
  syncBuiltinESMExports();
});

/** Counts the calls into the platform, by the octets that each asked for. */
function counted(): number[] {
  const sizes: number[] = [];
  watch((out) => sizes.push(out.length));
  return sizes;
}

function watch(see: (out: Uint8Array) => void): void {
  crypto.randomFillSync = ((out: Uint8Array) => {
    see(out);
    return fill(out);
  }) as never;
  syncBuiltinESMExports();
}

describe('node', () => {
  test('draws blocks of at most 4 KiB', () => {
    const sizes = counted();
    for (let i = 0; i < 1000; i++) fillRandom(new Uint8Array(12));
    expect(sizes.length).toBeLessThanOrEqual(4); // 12,000 octets of blocks of 4,096
    expect(Math.max(...sizes)).toBe(4096);
  });

  test('wipes from the block what it hands out', () => {
    let block: Uint8Array = new Uint8Array(0);
    watch((out) => (block = out));
    for (let i = 0; i < 500 && block.length === 0; i++) fillRandom(new Uint8Array(100));
    expect(block.length).toBe(4096);
    fillRandom(new Uint8Array(100));
    expect(block.subarray(0, 200).every((octet) => octet === 0)).toBe(true);
    expect(block.subarray(200).some((octet) => octet !== 0)).toBe(true);
  });

  test('gives different octets each time, across blocks', () => {
    const drawn = new Set<string>();
    for (let i = 0; i < 2000; i++) {
      const out = new Uint8Array(9);
      fillRandom(out);
      drawn.add(Buffer.from(out).toString('hex'));
    }
    expect(drawn.size).toBe(2000);
  });

  // Node answers with numbers, its types say booleans: neither may leave a block behind.
  test.each([1, true])('keeps no block while a snapshot is being built (%s)', (answer) => {
    v8.startupSnapshot.isBuildingSnapshot = () => answer as boolean;
    const sizes = counted();
    for (let i = 0; i < 5; i++) fillRandom(new Uint8Array(12));
    expect(sizes).toEqual([12, 12, 12, 12, 12]);
  });
});

describe('noble', () => {
  const { crypto: web } = globalThis;
  afterEach(() => {
    Object.defineProperty(globalThis, 'crypto', { value: web, configurable: true });
  });

  test('asks for at most 65,536 octets a call, and fills them all', () => {
    const out = new Uint8Array(200_000);
    nobleFill(out);
    for (let at = 0; at + 1000 <= out.length; at += 1000) {
      expect(out.subarray(at, at + 1000).some((octet) => octet !== 0)).toBe(true);
    }
  });

  test.each([undefined, {}])('refuses a platform without random octets by name', (platform) => {
    Object.defineProperty(globalThis, 'crypto', { value: platform, configurable: true });
    const refusal = expect.objectContaining({ code: 'ERR_RANDOM_UNAVAILABLE' }) as Error;
    expect(() => nobleFill(new Uint8Array(12))).toThrow(refusal);
    // noble draws for itself to blind what it does with secrets.
    for (const { privateKey } of [p256, ed25519, x25519]) {
      expect(() => privateKey(new Uint8Array(32).fill(1))).toThrow(refusal);
    }
  });
});
