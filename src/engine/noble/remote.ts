/**
 * RSA signing through WebCrypto, the way out where the noble engine has no private keys.
 *
 * @module
 */
import { CountersignError } from '../../errors.js';
import type { Bytes, RemoteEngine } from '../contract.js';
import { rsaPkcs8Der } from '../rsa-der.js';
import { hide, look } from '../state.js';

interface Algorithm {
  readonly name: 'RSASSA-PKCS1-v1_5' | 'RSA-PSS';
  readonly hash: string;
  readonly saltLength: number;
}

/** The part of SubtleCrypto that is used, Web Cryptography API section 14.3. */
interface Subtle {
  importKey(
    format: 'pkcs8',
    data: Uint8Array,
    algorithm: Algorithm,
    extractable: boolean,
    usages: string[],
  ): Promise<object>;
  sign(algorithm: Algorithm, key: object, data: Uint8Array): Promise<ArrayBuffer>;
}

interface State {
  readonly algorithm: Algorithm;
  readonly key: object;
}

export const remote: RemoteEngine = {
  async rsaPrivateKey(parts, scheme, hash) {
    const algorithm: Algorithm = {
      name: scheme === 'pkcs1' ? 'RSASSA-PKCS1-v1_5' : 'RSA-PSS',
      hash: hash.name,
      saltLength: hash.size,
    };
    const web = subtle();
    try {
      const key = await web.importKey('pkcs8', rsaPkcs8Der(parts), algorithm, false, ['sign']);
      const state: State = { algorithm, key };
      return hide(state);
    } catch {
      throw new CountersignError('ERR_KEY', 'expected the parts of an RSA private key');
    }
  },
  async rsaSign(key, message): Promise<Bytes> {
    const { algorithm, key: privateKey } = look<State>(key);
    const web = subtle();
    const copy = new Uint8Array(message); // the caller may go on to write into it
    try {
      return new Uint8Array(await web.sign(algorithm, privateKey, copy));
    } catch {
      throw new CountersignError('ERR_KEY', 'the RSA private key did not sign');
    }
  },
};

function subtle(): Subtle {
  const web = (globalThis as { crypto?: { subtle?: Subtle } }).crypto?.subtle;
  if (web === undefined) {
    throw new CountersignError('ERR_UNSUPPORTED_ENGINE', 'this platform has no WebCrypto');
  }
  return web;
}
