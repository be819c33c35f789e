// What the tests of src/jose share: a pair of keys of every algorithm, tokens put together by hand,
// and refusals as text to compare.
import { CountersignError } from '../../src/errors.js';
import * as ec from '../../src/key/ec.js';
import * as ed from '../../src/key/ed25519.js';
import type { Key } from '../../src/key/handle.js';
import { importHalf } from '../../src/key/pair.js';
import { generateSecret, withUse } from '../../src/key/secret.js';
import {
  ecdsaP256Sha256,
  ecdsaP384Sha384,
  ecdsaP521Sha512,
  ecdsaSecp256k1Sha256,
} from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { hmacSha256, hmacSha384, hmacSha512 } from '../../src/primitive/hmac.js';
import * as rsa from '../../src/primitive/rsa.js';
import type { JwsAlgorithm, SigningKey } from '../../src/jose/keys.js';
import { privateParts, publicParts } from '../primitive/rsa-keys.js';
import { can } from '../vectors.js';

export const NOW = 1_795_000_000;

/** A key that signs, where this engine can, and the one that verifies. */
export interface Pair {
  readonly name: string;
  readonly alg: JwsAlgorithm;
  readonly signing: SigningKey | undefined;
  readonly verifying: Key<JwsAlgorithm, 'verify'>;
}

const RSA = {
  RS256: rsa.rsaPkcs1Sha256,
  RS384: rsa.rsaPkcs1Sha384,
  RS512: rsa.rsaPkcs1Sha512,
  PS256: rsa.rsaPssSha256,
  PS384: rsa.rsaPssSha384,
  PS512: rsa.rsaPssSha512,
};
const ECDSA = {
  ES256: ecdsaP256Sha256,
  ES384: ecdsaP384Sha384,
  ES512: ecdsaP521Sha512,
  ES256K: ecdsaSecp256k1Sha256,
};
const HMAC = { HS256: hmacSha256, HS384: hmacSha384, HS512: hmacSha512 };

const base64Url = (parts: Readonly<Record<string, Uint8Array>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, Buffer.from(part).toString('base64url')]),
  );

export const PAIRS: readonly Pair[] = [
  ...Object.entries(HMAC).map(([name, alg]) => {
    const signing = generateSecret({ alg, use: 'mac', id: name });
    return { name, alg, signing, verifying: withUse(signing, 'verify') };
  }),
  ...Object.entries(RSA).map(([name, alg]) => {
    const [inner, outer] = [privateParts('rsa-2048-a'), publicParts('rsa-2048-a')];
    const own = { kty: 'RSA', ...base64Url({ ...outer }) };
    const signing = can(alg.name, 'sign')
      ? importHalf<typeof alg, 'sign'>({ ...own, ...base64Url({ ...inner }) }, 'private', 'rsa', {
          alg,
          use: 'sign',
        })
      : undefined;
    const verifying = importHalf<typeof alg, 'verify'>(own, 'public', 'rsa', {
      alg,
      use: 'verify',
    });
    return { name, alg, signing, verifying };
  }),
  ...Object.entries(ECDSA).map(([name, alg]) => {
    const { privateKey, publicKey } = ec.generateKeyPair({ alg });
    return { name, alg, signing: privateKey, verifying: publicKey };
  }),
  ...['EdDSA'].map((name) => {
    const { privateKey, publicKey } = ed.generateKeyPair({ alg: ed25519 });
    return { name, alg: ed25519, signing: privateKey, verifying: publicKey };
  }),
];

export function pairOf(name: string): Pair & { readonly signing: SigningKey } {
  const found = PAIRS.find((pair) => pair.name === name);
  if (found?.signing === undefined) throw new Error(`no pair of ${name} on this engine`);
  return found as Pair & { readonly signing: SigningKey };
}

/** Octets or text in base64url. */
export function encoded(value: string | Uint8Array | object): string {
  const isOctets = typeof value === 'string' || value instanceof Uint8Array;
  return Buffer.from(isOctets ? (value as string) : JSON.stringify(value)).toString('base64url');
}

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text));
}

/** The code of an error, or the beginning of a TypeError up to its colon. */
export function codeOf(call: () => unknown): string {
  try {
    call();
    return 'accepted';
  } catch (error) {
    return codeOfError(error);
  }
}

export async function codeOfAsync(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
    return 'accepted';
  } catch (error) {
    return codeOfError(error);
  }
}

function codeOfError(error: unknown): string {
  if (error instanceof CountersignError) return error.code;
  const argument = error instanceof TypeError && /^([\w.]+): /.exec(error.message)?.[1];
  if (typeof argument === 'string') return `TypeError: ${argument}`;
  throw error;
}
