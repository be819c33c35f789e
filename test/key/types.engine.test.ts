// What the compiler refuses, and what happens to those who don't ask it. `npm run check` reads the
// expectations; each call is made here as well.
import { describe, expect, test } from 'vitest';
import { CountersignError } from '../../src/errors.js';
import * as ec from '../../src/key/ec.js';
import { exportPublicKey } from '../../src/key/export.js';
import { importKey, type Key } from '../../src/key/index.js';
import { generateSecret, importSecret } from '../../src/key/secret.js';
import { mac, open, seal, sign, verify } from '../../src/key/use.js';
import { aes256Gcm } from '../../src/primitive/aes-gcm.js';
import { type EcdsaAlgorithm, ecdsaP256Sha256 } from '../../src/primitive/ecdsa.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { hmacSha1 } from '../../src/primitive/legacy/hmac.js';
import { rsaPssSha256 } from '../../src/primitive/rsa.js';

const octets = new Uint8Array(32).fill(7);
const form = { encoding: 'der', s: 'any' } as const;
const { publicKey, privateKey } = ec.generateKeyPair({ alg: ecdsaP256Sha256 });
const macKey = generateSecret({ alg: hmacSha256, use: 'mac' });
const sealKey = generateSecret({ alg: aes256Gcm, use: 'seal' });
const weakKey = importSecret(
  octets.map((octet, i) => octet + i),
  {
    alg: hmacSha1,
    use: 'verify',
    encoding: 'raw',
  },
);

describe('the compiler and the code refuse', () => {
  test.each<[string, () => unknown]>([
    // @ts-expect-error a public key makes no tags
    ['a public key that makes tags', () => mac(publicKey, octets)],
    // @ts-expect-error a public key does not sign
    ['a public key that signs', () => sign(publicKey, octets, form)],
    // @ts-expect-error a private key does not verify
    ['a private key that verifies', () => verify(privateKey, octets, octets, form)],
    // @ts-expect-error a key that makes tags does not verify
    ['a key for tags that verifies', () => verify(macKey, octets, octets)],
    // @ts-expect-error a key that seals does not open
    ['a key that seals and opens', () => open(sealKey, octets, octets)],
    // @ts-expect-error octets are no key
    ['octets for a key', () => mac(octets, octets)],
    // @ts-expect-error ECDSA wants its form
    ['ECDSA without a form', () => sign(privateKey, octets)],
    // @ts-expect-error the second argument is octets
    ['text for a message', () => mac(macKey, 'text')],
    // @ts-expect-error additional data is not left out
    ['sealing without additional data', () => seal(sealKey, octets)],
    // @ts-expect-error HMAC does not sign with half of a key pair
    ['an HMAC that signs', () => importKey(octets, { alg: hmacSha256, use: 'sign' })],
    // @ts-expect-error the encoding of a secret is given
    ['a secret without an encoding', () => importSecret('x', { alg: hmacSha256, use: 'mac' })],
    // @ts-expect-error ECDSA does not encrypt
    ['ECDSA that encrypts', () => importKey('x', { alg: ecdsaP256Sha256, use: 'encrypt' })],
  ])('%s', (_, call) => {
    let error: unknown;
    try {
      call();
    } catch (caught) {
      error = caught;
    }
    expect(error instanceof TypeError || error instanceof CountersignError).toBe(true);
  });
});

test('JWKs of others’ types and tables of algorithms compile', () => {
  interface Provided {
    readonly kty: string;
    readonly kid: string;
    readonly crv: string;
    readonly x: string;
    readonly y: string;
  }
  const written = exportPublicKey(publicKey, 'jwk') as unknown as Omit<Provided, 'kid'>;
  const provided: Provided = { ...written, kid: 'a' };
  const options = { alg: ecdsaP256Sha256, use: 'verify', id: provided.kid } as const;
  expect(importKey(provided, options).id).toBe('a');
  const table = [ecdsaP256Sha256, rsaPssSha256];
  const [alg = ecdsaP256Sha256] = table;
  expect(importKey(provided, { alg, use: 'verify' }).use).toBe('verify');
});

test('a weak verdict is no boolean', () => {
  const verdict: false | 'weak' = verify(weakKey, octets, new Uint8Array(20));
  expect(verdict).toBe(false);
});

test('a handle keeps its algorithm and its use in its type', () => {
  const verifier: Key<EcdsaAlgorithm, 'verify'> = publicKey;
  // @ts-expect-error the use is part of the type
  const signer: Key<EcdsaAlgorithm, 'sign'> = publicKey;
  expect(signer).toBe(verifier);
});
