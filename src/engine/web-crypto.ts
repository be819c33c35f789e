/**
 * The private RSA operations of WebCrypto,
 * {@link https://www.w3.org/TR/webcrypto-2/ Web Cryptography Level 2}: asynchronous on every
 * platform, and there on those that have no other way to them.
 *
 * @module
 */
import { CountersignError } from '../errors.js';
import type { Bytes, DigestEngine, EngineKey, RemoteEngine, RsaPrivateParts } from './contract.js';
import { rsaPkcs8Der } from './rsa-der.js';
import { hide, look } from './state.js';

interface Algorithm {
  readonly name: 'RSASSA-PKCS1-v1_5' | 'RSA-PSS' | 'RSA-OAEP';
  readonly hash: string;
  readonly saltLength?: number;
}

/** The part of SubtleCrypto that is used, section 14.3. */
interface Subtle {
  importKey(
    format: 'pkcs8',
    data: Uint8Array,
    algorithm: Algorithm,
    extractable: boolean,
    usages: string[],
  ): Promise<object>;
  sign(algorithm: Algorithm, key: object, data: Uint8Array): Promise<ArrayBuffer>;
  decrypt(
    algorithm: { readonly name: string; readonly label: Uint8Array },
    key: object,
    data: Uint8Array,
  ): Promise<ArrayBuffer>;
}

interface State {
  readonly algorithm: Algorithm;
  readonly key: object;
}

export const webCrypto: RemoteEngine = {
  rsaPrivateKey(parts, scheme, hash) {
    const algorithm: Algorithm = {
      name: scheme === 'pkcs1' ? 'RSASSA-PKCS1-v1_5' : 'RSA-PSS',
      hash: hash.name,
      saltLength: hash.size,
    };
    return privateKey(parts, algorithm, 'sign');
  },
  async rsaSign(key, message): Promise<Bytes> {
    const { algorithm, key: native } = look<State>(key);
    const web = subtle();
    const copy = new Uint8Array(message); // the caller may go on to write into it
    try {
      return new Uint8Array(await web.sign(algorithm, native, copy));
    } catch {
      throw new CountersignError('ERR_KEY', 'the RSA private key did not sign');
    }
  },
  oaepPrivateKey(parts, hash: DigestEngine) {
    return privateKey(parts, { name: 'RSA-OAEP', hash: hash.name }, 'decrypt');
  },
  async oaepDecrypt(key, label, ciphertext) {
    const { algorithm, key: native } = look<State>(key);
    const web = subtle();
    const [labelCopy, copy] = [new Uint8Array(label), new Uint8Array(ciphertext)];
    try {
      const { name } = algorithm;
      return new Uint8Array(await web.decrypt({ name, label: labelCopy }, native, copy));
    } catch {
      return undefined;
    }
  },
};

async function privateKey<Kind extends string>(
  parts: RsaPrivateParts,
  algorithm: Algorithm,
  usage: 'sign' | 'decrypt',
): Promise<EngineKey<Kind>> {
  const web = subtle();
  const der = rsaPkcs8Der(parts);
  try {
    const key = await web.importKey('pkcs8', der, algorithm, false, [usage]);
    return hide({ algorithm, key } satisfies State);
  } catch {
    throw new CountersignError('ERR_KEY', 'expected the parts of an RSA private key');
  } finally {
    der.fill(0);
  }
}

function subtle(): Subtle {
  const web = (globalThis as { crypto?: { subtle?: Subtle } }).crypto?.subtle;
  if (web === undefined) {
    throw new CountersignError('ERR_UNSUPPORTED_ENGINE', 'this platform has no WebCrypto');
  }
  return web;
}
