// RSA signing off the calling thread: libuv's pool on node, WebCrypto on noble, both on dual.
import { describe, expect, test } from 'vitest';
import { sha256, sha512 } from '#engine/digest';
import { remote } from '#engine/remote';
import { rsaPkcs1Sha256, rsaPssSha512 } from '../../src/primitive/rsa.js';
import { privateParts, publicParts } from '../primitive/rsa-keys.js';

const message = Uint8Array.from({ length: 70 }, (_, i) => i);

describe('remote RSA signing', () => {
  test('makes what verifies, with 64 callers at once', async () => {
    const key = await remote.rsaPrivateKey(privateParts('rsa-2048-a'), 'pkcs1', sha256);
    const publicKey = rsaPkcs1Sha256.publicKey(publicParts('rsa-2048-a'));
    const all = await Promise.all(Array.from({ length: 64 }, () => remote.rsaSign(key, message)));
    for (const signature of all) {
      expect(rsaPkcs1Sha256.verify(publicKey, message, signature)).toBe(true);
      expect(Object.getPrototypeOf(signature)).toBe(Uint8Array.prototype);
    }
  });

  test('signs what the message was when it was called', async () => {
    const key = await remote.rsaPrivateKey(privateParts('rsa-2048-a'), 'pkcs1', sha256);
    const publicKey = rsaPkcs1Sha256.publicKey(publicParts('rsa-2048-a'));
    const messages = Array.from({ length: 12 }, () => Uint8Array.from(message));
    const signing = messages.map((given) => remote.rsaSign(key, given));
    for (const given of messages) given.fill(0);
    for (const signature of await Promise.all(signing)) {
      expect(rsaPkcs1Sha256.verify(publicKey, message, signature)).toBe(true);
    }
  });

  test('signs PSS with a salt as long as the digest', async () => {
    const key = await remote.rsaPrivateKey(privateParts('rsa-3072'), 'pss', sha512);
    const publicKey = rsaPssSha512.publicKey(publicParts('rsa-3072'));
    const signature = await remote.rsaSign(key, message);
    expect(rsaPssSha512.verify(publicKey, message, signature)).toBe(true);
  });
});
