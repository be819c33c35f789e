// What the node engine must tell node:crypto, seen below the rules that would hide its absence.
import { constants, createPrivateKey, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { aesGcm } from '../../src/engine/node/cipher.js';
import { sha256 } from '../../src/engine/node/digest.js';
import { x25519 } from '../../src/engine/node/agree.js';
import { p256 } from '../../src/engine/node/ecdsa.js';
import { ed25519 } from '../../src/engine/node/eddsa.js';
import { rsa } from '../../src/engine/node/rsa.js';
import { privateParts } from '../primitive/rsa-keys.js';

test('a GCM tag of 4 octets does not decrypt', () => {
  const [iv, plaintext, none] = [new Uint8Array(12), new Uint8Array(5), new Uint8Array(0)];
  const key = aesGcm.key(new Uint8Array(32));
  const out = new Uint8Array(21);
  aesGcm.seal(key, iv, none, plaintext, out, 0);
  expect(aesGcm.open(key, iv, none, out.slice(0, 5), out.slice(5))).toEqual(plaintext);
  let opened: unknown;
  try {
    opened = aesGcm.open(key, iv, none, out.slice(0, 5), out.slice(5, 9));
  } catch {
    opened = undefined;
  }
  expect(opened).toBe(undefined);
});

test('no private key is left in the pool that small Buffers share', () => {
  const secret = Uint8Array.from({ length: 32 }, (_, i) => 0xc0 ^ (i * 7));
  const parts = privateParts('rsa-2048-a');
  for (const [importKey, part] of [
    [() => p256.privateKey(secret), secret],
    [() => ed25519.privateKey(secret), secret],
    [() => x25519.privateKey(secret), secret],
    [() => rsa.privateKey(parts), parts.p],
  ] as const) {
    const pool = emptyPool();
    expect(importKey()).not.toBe(undefined);
    expect(pool.includes(part as Buffer)).toBe(false);
    expect(Buffer.from('x').buffer).toBe(pool.buffer);
  }
});

/** A new pool, zeroed: Node takes it from freed memory, where what a test read may still stand. */
function emptyPool(): Buffer {
  const { buffer: used } = Buffer.from('x');
  let next = used;
  while (next === used) next = Buffer.from('x').buffer;
  return Buffer.from(next).fill(0);
}

test('a PSS salt of another length does not verify', () => {
  const parts = privateParts('rsa-2048-a');
  const part = (name: keyof typeof parts): string => Buffer.from(parts[name]).toString('base64url');
  const jwk = { kty: 'RSA', n: part('n'), e: part('e'), d: part('d'), p: part('p'), q: part('q') };
  const key = createPrivateKey({
    key: { ...jwk, dp: part('dp'), dq: part('dq'), qi: part('qi') },
    format: 'jwk',
  });
  const message = new Uint8Array(9);
  for (const [saltLength, expected] of [
    [0, false],
    [20, false],
    [32, true],
    [222, false],
  ] as const) {
    const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
    const signature = sign('sha256', message, options);
    expect(rsa.verify(rsa.publicKey(parts), 'pss', sha256, message, signature)).toBe(expected);
  }
});
