// RSA off the calling thread, below the rules of src/key, which believe nothing that it gives.
import { describe, expect, test } from 'vitest';
import { remote } from '#engine/remote';
import { remoteOaepDecryption, remoteRsaSigning } from '../../src/primitive/rsa-remote.js';
import {
  type OaepAlgorithm,
  rsaOaepSha1,
  rsaOaepSha256,
  rsaOaepSha256Mgf1Sha1,
  rsaOaepSha512,
} from '../../src/primitive/rsa-oaep.js';
import { rsaPkcs1Sha256, rsaPkcs1Sha384, rsaPssSha512 } from '../../src/primitive/rsa.js';
import { privateParts } from './rsa-keys.js';

const parts = privateParts('rsa-2048-a');
const message = Uint8Array.from({ length: 40 }, (_, i) => i);
const NONE = new Uint8Array(0);

async function code(call: () => Promise<unknown>): Promise<unknown> {
  return call().then(
    () => 'ok',
    (error: unknown) => (error as { code?: string }).code ?? error,
  );
}

describe('signing', () => {
  test.each([rsaPkcs1Sha256, rsaPkcs1Sha384, rsaPssSha512])('$name verifies', async (alg) => {
    const sign = await remoteRsaSigning(alg, parts);
    const key = alg.publicKey(parts);
    const signature = await sign(message);
    expect(alg.verify(key, message, signature)).toBe(true);
    await expect(sign('text' as never)).rejects.toThrow(TypeError);
  });

  test('takes an algorithm and a key that are ours', async () => {
    const foreign = { ...rsaPkcs1Sha256, hash: 'MD5' };
    await expect(remoteRsaSigning(foreign, parts)).rejects.toThrow(/of this package/);
    expect(await code(() => remoteRsaSigning(rsaPkcs1Sha256, { ...parts, e: NONE }))).toBe(
      'ERR_KEY',
    );
  });
});

describe('decryption', () => {
  test.each<OaepAlgorithm>([rsaOaepSha1, rsaOaepSha256, rsaOaepSha512])(
    '$name opens what is as long as the modulus',
    async (alg) => {
      const decrypt = await remoteOaepDecryption(alg, parts);
      const ciphertext = alg.encrypt(alg.publicKey(parts), message, NONE);
      expect(await decrypt(ciphertext, NONE)).toEqual(message);
      expect(await decrypt(ciphertext, message)).toBe(undefined);
      for (const size of [0, 255, 257, 512]) {
        expect(await decrypt(new Uint8Array(size).fill(1), NONE)).toBe(undefined);
      }
      await expect(decrypt(ciphertext, 'text' as never)).rejects.toThrow(TypeError);
    },
  );

  test('is not asked of an engine for what has another size, whatever it would say', async () => {
    const { oaepDecrypt } = remote;
    try {
      Object.assign(remote, { oaepDecrypt: () => Promise.resolve(message) });
      const decrypt = await remoteOaepDecryption(rsaOaepSha256, parts);
      expect(await decrypt(new Uint8Array(256), NONE)).toEqual(message);
      for (const size of [0, 255, 257]) {
        expect(await decrypt(new Uint8Array(size), NONE)).toBe(undefined);
      }
    } finally {
      Object.assign(remote, { oaepDecrypt });
    }
  });

  test('has one hash function, as WebCrypto has', async () => {
    const load = (): Promise<unknown> => remoteOaepDecryption(rsaOaepSha256Mgf1Sha1, parts);
    expect(await code(load)).toBe('ERR_UNSUPPORTED_ENGINE');
    const foreign = { ...rsaOaepSha256, hash: 'MD5', mgfHash: 'MD5' };
    await expect(remoteOaepDecryption(foreign, parts)).rejects.toThrow(/of this package/);
  });
});
