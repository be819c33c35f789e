// Remote keys: nothing that one answers is believed.
import { generateKeyPairSync, sign as nodeSign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { remote as remoteEngine } from '#engine/remote';
import { CountersignError } from '../../src/errors.js';
import * as ec from '../../src/key/ec.js';
import * as ed from '../../src/key/ed25519.js';
import {
  decryptAsync,
  macAsync,
  type RemoteDecrypter,
  type RemoteMac,
  type RemoteSigner,
  signAsync,
  SKIP_VERIFY_AFTER_SIGN,
  verifyAsync,
} from '../../src/key/remote.js';
import { ALLOW_RSA_1024 } from '../../src/key/policy.js';
import * as rsa from '../../src/key/rsa.js';
import { importRemoteDecrypter, importRemoteSigner } from '../../src/key/rsa-remote.js';
import { importSecret } from '../../src/key/secret.js';
import { encrypt, mac, sign, verify } from '../../src/key/use.js';
import { type EcdsaAlgorithm, ecdsaP256Sha256 } from '../../src/primitive/ecdsa.js';
import { type Ed25519Algorithm, ed25519 } from '../../src/primitive/ed25519.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { rsaOaepSha256, rsaOaepSha256Mgf1Sha1 } from '../../src/primitive/rsa-oaep.js';
import { type RsaAlgorithm, rsaPkcs1Sha256, rsaPssSha256 } from '../../src/primitive/rsa.js';
import { engineName } from '../vectors.js';

const message = Uint8Array.from({ length: 70 }, (_, i) => i);
const low = { encoding: 'fixed', s: 'low' } as const;
const der = { encoding: 'der', s: 'any' } as const;

async function code(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    return error instanceof CountersignError ? error.code : error;
  }
}
const flipped = (value: Uint8Array): Uint8Array => {
  const out = Uint8Array.from(value);
  out[out.length - 1] = (out.at(-1) ?? 0) ^ 1;
  return out;
};

describe('a remote signer of ECDSA', () => {
  const pair = ec.generateKeyPair({ alg: ecdsaP256Sha256 });
  const seen: Uint8Array[] = [];
  const signer: RemoteSigner<EcdsaAlgorithm> = {
    alg: ecdsaP256Sha256,
    publicKey: pair.publicKey,
    keyId: 'arn:key',
    input: 'message',
    format: 'der',
    sign: (input) => {
      seen.push(input);
      return Promise.resolve(sign(pair.privateKey, input, der));
    },
  };
  const answering = (answer: unknown): RemoteSigner<EcdsaAlgorithm> => ({
    ...signer,
    sign: () => Promise.resolve(answer as Uint8Array),
  });

  test('gives the form asked for, with a low s, whatever it answers in', async () => {
    for (let i = 0; i < 20; i++) {
      const signature = await signAsync(signer, message, low);
      expect(signature).toHaveLength(64);
      expect(verify(pair.publicKey, message, signature, low)).toBe(true);
    }
    const fixed = {
      ...signer,
      format: 'fixed',
      sign: async (input: Uint8Array) => {
        await Promise.resolve();
        return sign(pair.privateKey, input, { encoding: 'fixed', s: 'any' });
      },
    } as const;
    expect(verify(pair.publicKey, message, await signAsync(fixed, message, der), der)).toBe(true);
  });

  test('takes the digest where it says so', async () => {
    // openssl's own signature of the digest, as a service makes it, is the message's.
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const given: Uint8Array[] = [];
    const remote: RemoteSigner<EcdsaAlgorithm> = {
      ...signer,
      publicKey: ec.importPublicKey(publicKey.export({ format: 'jwk' }), {
        alg: ecdsaP256Sha256,
        use: 'verify',
      }),
      input: 'digest',
      sign: (digest) => {
        given.push(digest);
        return Promise.resolve(new Uint8Array(nodeSign('sha256', message, privateKey)));
      },
    };
    expect(await signAsync(remote, message, der)).toBeInstanceOf(Uint8Array);
    expect(given).toEqual([ecdsaP256Sha256.digest(message)]);
    expect(given[0]).toHaveLength(32);
  });

  test.each([
    ['a signature of another message', () => sign(pair.privateKey, flipped(message), der)],
    ['a changed signature', () => flipped(sign(pair.privateKey, message, der))],
    ['the other encoding', () => sign(pair.privateKey, message, low)],
    ['a longer one', () => Uint8Array.of(...sign(pair.privateKey, message, der), 0)],
    ['nothing', () => new Uint8Array(0)],
    ['zeros', () => Uint8Array.of(0x30, 6, 2, 1, 0, 2, 1, 0)],
  ])('is refused %s', async (_, make) => {
    expect(await code(() => signAsync(answering(make()), message, der))).toBe('ERR_KEY_REMOTE');
  });

  test('is refused what are no octets', async () => {
    for (const answer of [undefined, null, 'sig', {}, [1]]) {
      expect(await code(() => signAsync(answering(answer), message, der))).toBe('ERR_KEY_REMOTE');
    }
  });

  test('is believed where SKIP_VERIFY_AFTER_SIGN is given, in its form alone', async () => {
    const other = sign(pair.privateKey, flipped(message), der);
    expect(await signAsync(answering(other), message, der, SKIP_VERIFY_AFTER_SIGN)).toEqual(other);
    const bad = answering(new Uint8Array(70));
    expect(await code(() => signAsync(bad, message, der, SKIP_VERIFY_AFTER_SIGN))).toBe(
      'ERR_KEY_REMOTE',
    );
  });

  test('is not asked for a form that there is not', async () => {
    seen.length = 0;
    for (const form of [undefined, {}, { encoding: 'der' }, { encoding: 'x', s: 'any' }]) {
      expect(await code(() => signAsync(signer, message, form as never))).toBeInstanceOf(TypeError);
    }
    expect(seen).toEqual([]);
  });

  test('gets a copy, and the message is what it was when it was called', async () => {
    const given = Uint8Array.from(message);
    const late: RemoteSigner<EcdsaAlgorithm> = {
      ...signer,
      sign: async (input) => {
        await Promise.resolve();
        const signature = sign(pair.privateKey, input, der);
        input.fill(0);
        return signature;
      },
    };
    const signing = signAsync(late, given, der);
    given.fill(7);
    expect(verify(pair.publicKey, message, await signing, der)).toBe(true);
  });

  test('may answer with the ArrayBuffer of WebCrypto', async () => {
    const { buffer } = new Uint8Array(sign(pair.privateKey, message, der));
    expect(await signAsync(answering(buffer), message, der)).toEqual(new Uint8Array(buffer));
  });

  test('does not sign with a key that was relaxed to verify', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const verifier = rsa.importPublicKey(
      publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      {
        alg: rsaPkcs1Sha256,
        use: 'verify',
        relax: [ALLOW_RSA_1024],
      },
    );
    const weak: RemoteSigner<RsaAlgorithm> = {
      alg: rsaPkcs1Sha256,
      publicKey: verifier,
      keyId: 'x',
      input: 'message',
      format: 'raw',
      sign: (input) => Promise.resolve(new Uint8Array(nodeSign('sha256', input, privateKey))),
    };
    expect(await code(() => signAsync(weak, message))).toBe('ERR_KEY_USE');
  });

  test('is read once: what changes while it signs changes nothing', async () => {
    const form: { encoding: 'fixed' | 'der'; s: 'low' } = { encoding: 'fixed', s: 'low' };
    const slow: RemoteSigner<EcdsaAlgorithm> = {
      ...signer,
      sign: async (input) => {
        await Promise.resolve();
        form.encoding = 'der';
        return sign(pair.privateKey, input, der);
      },
    };
    expect(await signAsync(slow, message, form)).toHaveLength(64);
    const other = ec.generateKeyPair({ alg: ecdsaP256Sha256 }).publicKey;
    let reads = 0;
    const turning = Object.defineProperty({ ...signer }, 'publicKey', {
      get: () => (reads++ === 0 ? pair.publicKey : other),
    });
    expect(await code(() => signAsync(turning, message, low))).toBeInstanceOf(Uint8Array);
    expect(reads).toBe(1);
  });

  test('that rejects is heard', async () => {
    const broken = { ...signer, sign: () => Promise.reject(new Error('throttled')) };
    await expect(signAsync(broken, message, der)).rejects.toThrow('throttled');
  });

  test('must be whole', async () => {
    const other = ed.generateKeyPair({ alg: ed25519 });
    for (const change of [
      { alg: hmacSha256 },
      { publicKey: undefined },
      { publicKey: pair.privateKey },
      { keyId: 1 },
      { input: 'hash' },
      { format: 'raw' },
      { sign: undefined },
    ]) {
      const call = (): Promise<unknown> => signAsync({ ...signer, ...change } as never, message);
      const found = await code(call);
      if (found !== 'ERR_KEY_USE') expect(found).toBeInstanceOf(TypeError);
    }
    const silent = signAsync({ ...signer, sign: undefined } as never, message, der);
    await expect(silent).rejects.toThrow(/key\.sign: expected a function/);
    const mixed = { ...signer, publicKey: other.publicKey };
    expect(await code(() => signAsync(mixed as never, message, der as never))).toBe('ERR_KEY_USE');
  });

  test('and a handle are taken alike', async () => {
    const signature = await signAsync(pair.privateKey, message, der);
    expect(await verifyAsync(pair.publicKey, message, signature, der)).toBe(true);
  });
});

describe('a remote signer of Ed25519', () => {
  const pair = ed.generateKeyPair({ alg: ed25519 });
  const signer: RemoteSigner<Ed25519Algorithm> = {
    alg: ed25519,
    publicKey: pair.publicKey,
    keyId: 'x',
    input: 'message',
    format: 'raw',
    sign: (input) => Promise.resolve(sign(pair.privateKey, input)),
  };

  test('signs messages alone', async () => {
    expect(verify(pair.publicKey, message, await signAsync(signer, message))).toBe(true);
    expect(await code(() => signAsync({ ...signer, input: 'digest' }, message))).toBeInstanceOf(
      TypeError,
    );
    const junk = { ...signer, sign: () => Promise.resolve(new Uint8Array(64)) };
    expect(await code(() => signAsync(junk, message))).toBe('ERR_KEY_REMOTE');
    expect(await signAsync(junk, message, SKIP_VERIFY_AFTER_SIGN)).toEqual(new Uint8Array(64));
    const longer = { ...signer, sign: () => Promise.resolve(new Uint8Array(65)) };
    expect(await code(() => signAsync(longer, message))).toBe('ERR_KEY_REMOTE');
    const unverified = signAsync(longer, message, SKIP_VERIFY_AFTER_SIGN);
    await expect(unverified).rejects.toMatchObject({ code: 'ERR_KEY_REMOTE' });
  });
});

describe('a remote secret', () => {
  const options = { alg: hmacSha256, encoding: 'utf8' } as const;
  const key = importSecret('sixteen octets!!', { ...options, use: 'mac' });
  const remote: RemoteMac = {
    alg: hmacSha256,
    keyId: 'x',
    mac: (input) => Promise.resolve(mac(key, input)),
  };

  test('makes and verifies tags', async () => {
    const tag = await macAsync(remote, message);
    expect(tag).toEqual(await macAsync(key, message));
    expect(await verifyAsync(remote, message, tag)).toBe(true);
    expect(await verifyAsync(remote, message, flipped(tag))).toBe(false);
    expect(await verifyAsync(remote, message, tag.subarray(1))).toBe(false);
  });

  test('that answers with less than a tag is refused', async () => {
    for (const size of [0, 4, 31, 33]) {
      const bad = { ...remote, mac: () => Promise.resolve(new Uint8Array(size)) };
      expect(await code(() => macAsync(bad, message))).toBe('ERR_KEY_REMOTE');
      const empty = new Uint8Array(size);
      expect(await code(() => verifyAsync(bad, message, empty))).toBe('ERR_KEY_REMOTE');
    }
  });
});

describe('RSA off the thread', () => {
  const pairOf = (): { pem: string; spki: string } => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return {
      pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      spki: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    };
  };
  const { pem, spki } = pairOf();

  test.each<RsaAlgorithm>([rsaPkcs1Sha256, rsaPssSha256])('$name signs', async (alg) => {
    const signer = await importRemoteSigner(pem, { alg, use: 'sign' });
    const key = rsa.importPublicKey(spki, { alg, use: 'verify' });
    const all = Array.from({ length: 16 }, () => signAsync(signer, message));
    for (const signature of await Promise.all(all)) {
      expect(verify(key, message, signature)).toBe(true);
    }
    expect(signer.keyId).toBe(key.id);
    const short = { ...signer, sign: () => Promise.resolve(new Uint8Array(255)) };
    const unverified = signAsync(short, message, SKIP_VERIFY_AFTER_SIGN);
    await expect(unverified).rejects.toMatchObject({ code: 'ERR_KEY_REMOTE' });
  });

  test('decrypts', async () => {
    const options = { alg: rsaOaepSha256, use: 'decrypt' } as const;
    const key = rsa.importPublicKey(spki, { alg: rsaOaepSha256, use: 'encrypt' });
    const remote: RemoteDecrypter = await importRemoteDecrypter(pem, options);
    const ciphertext = encrypt(key, message, message);
    expect(await decryptAsync(remote, ciphertext, message)).toEqual(message);
    for (const [bad, label] of [
      [flipped(ciphertext), message],
      [ciphertext, message.subarray(1)],
      [ciphertext.subarray(1), message],
      [new Uint8Array(0), message],
      [new Uint8Array(256).fill(255), message],
      [new Uint8Array(2048), message],
    ] as const) {
      expect(await code(() => decryptAsync(remote, bad, label))).toBe('ERR_DECRYPT_FAILED');
    }
    const longer = { ...remote, decrypt: () => Promise.resolve(new Uint8Array(191)) };
    expect(await code(() => decryptAsync(longer, ciphertext, message))).toBe('ERR_DECRYPT_FAILED');
    const longest = { ...remote, decrypt: () => Promise.resolve(new Uint8Array(190)) };
    expect(await decryptAsync(longest, ciphertext, message)).toHaveLength(190);
    const none = { ...remote, decrypt: () => Promise.resolve(null as never) };
    expect(await code(() => decryptAsync(none, ciphertext, message))).toBe('ERR_DECRYPT_FAILED');
    const mixed = { alg: rsaOaepSha256Mgf1Sha1, use: 'decrypt' } as const;
    expect(await code(() => importRemoteDecrypter(pem, mixed))).toBe('ERR_UNSUPPORTED_ENGINE');
  });

  test('is asked to decrypt what a modulus of 2048 to 8192 bits may have made', async () => {
    const asked: number[] = [];
    const remote: RemoteDecrypter = {
      alg: rsaOaepSha256,
      keyId: 'x',
      decrypt: (ciphertext) => {
        asked.push(ciphertext.length);
        return Promise.resolve(new Uint8Array(0));
      },
    };
    for (const size of [0, 1, 255, 1025, 2048]) {
      const found = await code(() => decryptAsync(remote, new Uint8Array(size), message));
      expect(found).toBe('ERR_DECRYPT_FAILED');
    }
    expect(asked).toEqual([]);
    for (const size of [256, 1024]) await decryptAsync(remote, new Uint8Array(size), message);
    expect(asked).toEqual([256, 1024]);
  });

  test('and a handle decrypt alike', async () => {
    if (engineName === 'noble') return;
    const options = { alg: rsaOaepSha256, use: 'decrypt' } as const;
    const key = rsa.importPrivateKey(pem, options);
    const ciphertext = encrypt(
      rsa.importPublicKey(spki, { alg: rsaOaepSha256, use: 'encrypt' }),
      message,
      message,
    );
    expect(await decryptAsync(key, ciphertext, message)).toEqual(message);
    const remote = await importRemoteDecrypter(pem, { ...options, id: 'may' });
    expect(remote.keyId).toBe('may');
    expect((await importRemoteDecrypter(pem, options)).keyId).toBe(key.id);
    const signing = { alg: rsaPssSha256, use: 'sign', id: 'june' } as const;
    expect((await importRemoteSigner(pem, signing)).keyId).toBe('june');
  });

  test('is tried before it is given out, and an engine’s word is not swallowed', async () => {
    const original = { ...remoteEngine };
    const decrypting = { alg: rsaOaepSha256, use: 'decrypt' } as const;
    const signing = { alg: rsaPssSha256, use: 'sign' } as const;
    const disagreement = new CountersignError('ERR_ENGINE_DISAGREEMENT', 'two answers');
    try {
      Object.assign(remoteEngine, { oaepDecrypt: () => Promise.resolve(new Uint8Array(16)) });
      expect(await code(() => importRemoteDecrypter(pem, decrypting))).toBe('ERR_KEY');
      Object.assign(remoteEngine, { rsaSign: () => Promise.reject(disagreement) });
      expect(await code(() => importRemoteSigner(pem, signing))).toBe('ERR_ENGINE_DISAGREEMENT');
      Object.assign(remoteEngine, { rsaSign: () => Promise.reject(new RangeError('busy')) });
      expect(await code(() => importRemoteSigner(pem, signing))).toBeInstanceOf(RangeError);
    } finally {
      Object.assign(remoteEngine, original);
    }
  });

  test('refuses parts that do not belong together', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const own = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const jwk = { ...own.export({ format: 'jwk' }), n: other.export({ format: 'jwk' }).n };
    const signing = importRemoteSigner(jwk, { alg: rsaPssSha256, use: 'sign' });
    await expect(signing).rejects.toMatchObject({ code: 'ERR_KEY' });
    const decrypting = importRemoteDecrypter(jwk, { alg: rsaOaepSha256, use: 'decrypt' });
    await expect(decrypting).rejects.toMatchObject({ code: 'ERR_KEY' });
  });

  test('keeps to the policy and to the kind', async () => {
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
    const weak = small.export({ type: 'pkcs8', format: 'der' });
    const options = { alg: rsaPssSha256, use: 'sign' } as const;
    expect(await code(() => importRemoteSigner(new Uint8Array(weak), options))).toBe(
      'ERR_RSA_MODULUS',
    );
    expect(await code(() => importRemoteSigner(spki, options))).toBe('ERR_KEY_PUBLIC');
    const wrong = { alg: rsaOaepSha256, use: 'sign' } as never;
    expect(await code(() => importRemoteSigner(pem, wrong))).toBeInstanceOf(TypeError);
  });
});
