// Keys and messages for the tests of JWE.
import { DIRECT_AGREEMENT, type JweAlgorithm } from '../../src/jose/jwe.js';
import type { JweDecryptionKey, JweEncryptionKey, AgreementWrap } from '../../src/jose/jwe.js';
import * as ec from '../../src/key/ec.js';
import * as rsa from '../../src/key/rsa.js';
import { importSecret, withUse } from '../../src/key/secret.js';
import * as x from '../../src/key/x25519.js';
import * as cbcHmac from '../../src/primitive/aes-cbc-hmac.js';
import * as gcm from '../../src/primitive/aes-gcm.js';
import * as kw from '../../src/primitive/aes-kw.js';
import * as agreement from '../../src/primitive/agreement.js';
import * as oaep from '../../src/primitive/rsa-oaep.js';
import { privateParts, publicParts } from '../primitive/rsa-keys.js';
import { encodeBase64Url } from '../../src/bytes/index.js';
import { engineName } from '../vectors.js';

export const ENCS: readonly gcm.AeadAlgorithm[] = [
  gcm.aes128Gcm,
  gcm.aes192Gcm,
  gcm.aes256Gcm,
  cbcHmac.aes128CbcHmacSha256,
  cbcHmac.aes192CbcHmacSha384,
  cbcHmac.aes256CbcHmacSha512,
];

export interface Recipient {
  /** `alg` of its messages. */
  readonly name: string;
  readonly alg: JweAlgorithm;
  readonly wrap: AgreementWrap | undefined;
  readonly encryptionKey: JweEncryptionKey;
  readonly decryptionKey: JweDecryptionKey;
}

export const secretOf = (size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, i) => (7 * i + 3) & 0xff);

const WRAPS = [kw.aes128Kw, kw.aes192Kw, kw.aes256Kw];

/** A recipient of every kind but RSA, which not every engine decrypts with. */
export function recipients(): Recipient[] {
  const wrapping = WRAPS.map((alg): Recipient => {
    const key = importSecret(secretOf(alg.keySize), { alg, use: 'wrap', encoding: 'raw' });
    const [encryptionKey, decryptionKey] = [key, withUse(key, 'unwrap')];
    return { name: `A${8 * alg.keySize}KW`, alg, wrap: undefined, encryptionKey, decryptionKey };
  });
  const agreeing = [
    agreement.ecdhP256,
    agreement.ecdhP384,
    agreement.ecdhP521,
    agreement.x25519,
  ].flatMap((alg) => {
    const pair = (alg.family === 'ec' ? ec : x).generateKeyPair({ alg });
    const wraps: readonly AgreementWrap[] = [DIRECT_AGREEMENT, kw.aes128Kw, kw.aes256Kw];
    return wraps.map((wrap): Recipient => ({
      name: wrap === DIRECT_AGREEMENT ? 'ECDH-ES' : `ECDH-ES+A${8 * wrap.keySize}KW`,
      alg,
      wrap,
      encryptionKey: pair.publicKey,
      decryptionKey: pair.privateKey,
    }));
  });
  return [...wrapping, ...agreeing, ...rsaRecipients()];
}

/** A recipient whose own key encrypts the content. */
export function direct(enc: gcm.AeadAlgorithm): Recipient {
  const key = importSecret(secretOf(enc.keySize), { alg: enc, use: 'seal', encoding: 'raw' });
  const [encryptionKey, decryptionKey] = [key, withUse(key, 'open')];
  return { name: 'dir', alg: enc, wrap: undefined, encryptionKey, decryptionKey };
}

export const jwkOf = (name: string): Readonly<Record<string, string>> => ({
  kty: 'RSA',
  ...Object.fromEntries(
    Object.entries(privateParts(name)).map(([part, value]) => [
      part,
      encodeBase64Url(value as Uint8Array),
    ]),
  ),
});

export const publicJwkOf = (name: string): Readonly<Record<string, string>> => ({
  kty: 'RSA',
  ...Object.fromEntries(
    Object.entries(publicParts(name)).map(([part, value]) => [
      part,
      encodeBase64Url(value as Uint8Array),
    ]),
  ),
});

export function rsaRecipients(): Recipient[] {
  if (engineName === 'noble') return [];
  return [
    ['RSA-OAEP', oaep.rsaOaepSha1] as const,
    ['RSA-OAEP-256', oaep.rsaOaepSha256] as const,
    ['RSA-OAEP-512', oaep.rsaOaepSha512] as const,
  ].map(([name, alg]) => ({
    name,
    alg,
    wrap: undefined,
    encryptionKey: rsa.importPublicKey(publicJwkOf('rsa-2048-a'), { alg, use: 'encrypt' }),
    decryptionKey: rsa.importPrivateKey(jwkOf('rsa-2048-a'), { alg, use: 'decrypt' }),
  }));
}
