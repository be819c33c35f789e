// The ids of the old sins, where each is tested, and what the tests of them share.
import { generateKeyPairSync, type KeyObject, sign as opensslSign } from 'node:crypto';
import { expect, test } from 'vitest';
import { aesGcm } from '#engine/cipher';
import * as ecdsaEngine from '#engine/ecdsa';
import { ed25519 as eddsa } from '#engine/eddsa';
import { rsa } from '#engine/rsa';
import * as ec from '../../src/key/ec.js';
import type { Key } from '../../src/key/handle.js';
import {
  ecdsaP256Sha256,
  ecdsaP384Sha384,
  ecdsaP521Sha512,
  ecdsaSecp256k1Sha256,
  type EcdsaAlgorithm,
} from '../../src/primitive/ecdsa.js';
import { ofKind } from '../vectors.js';

/** Every id that the survey of other libraries' faults has confirmed, aliases side by side. */
export const HISTORY: readonly string[] = `
CVE-2018-1000539 CVE-2020-7720 CVE-2020-13822 CVE-2020-14966 CVE-2020-14967 CVE-2020-14968
CVE-2022-21449 CVE-2022-23529 CVE-2022-23539 CVE-2022-23540 CVE-2022-23541 CVE-2022-24771
CVE-2022-24772 CVE-2022-24773 CVE-2022-29217 CVE-2022-36083 CVE-2023-25653 CVE-2023-37464
CVE-2023-46809 CVE-2023-48223 CVE-2023-48238 CVE-2023-50966 CVE-2023-50967 CVE-2023-52428
CVE-2023-6237 CVE-2023-6681 CVE-2024-21484 CVE-2024-28176 CVE-2024-37568 CVE-2024-48948
CVE-2025-14505 CVE-2025-54887 CVE-2025-59420 CVE-2025-65945 CVE-2025-9287 CVE-2025-9288
CVE-2026-22817 CVE-2026-22818 CVE-2026-33894 CVE-2026-34950 CVE-2026-39829 CVE-2026-4598
CVE-2026-4599 CVE-2026-4601 CVE-2026-85393
GHSA-gmvf-9v4p-v8jc GHSA-mvf2-f6gm-w987 GHSA-hm7r-c7qw-ghp6 GHSA-rp9m-7r4c-75qg
GHSA-869p-cjfg-cm3x GHSA-x9cc-346q-g27m GHSA-vjh7-7g9h-fjfh GHSA-f7q4-pwc6-w24p
GHSA-977x-g7h5-7qgw GHSA-49q7-c7j4-3p7m GHSA-434g-2637-qmqr GHSA-848j-6mx2-7j84
GHSA-9v8c-2mgr-qvx3`
  .trim()
  .split(/\s+/);

/** What there is nothing here yet to commit the sin with, and what will have to be tested. */
export const LATER: Readonly<Record<string, { readonly area: string; readonly reason: string }>> = {
  'CVE-2025-59420': {
    area: 'JOSE',
    reason: 'Authlib took tokens with a crit header that it did not understand (RFC 7515, 4.1.11)',
  },
  'GHSA-hm7r-c7qw-ghp6': {
    area: 'JOSE',
    reason: 'fast-jwt took tokens with a crit header that it did not understand',
  },
  'GHSA-x9cc-346q-g27m': {
    area: 'HTTP signatures',
    reason: 'web-bot-auth verified a signature that covers no component of the request',
  },
};

/** The ids that have a test, filled as tests are declared. */
export const TESTED: string[] = [];

/** One sin under its ids: what went wrong elsewhere, and the test that it does not here. */
export function sin(ids: string, what: string, body: () => void): void {
  TESTED.push(...ids.split(' '));
  test(`${ids}: ${what}`, body);
}

/** Runs with engines to which every signature is good, so that the rules above them stand alone. */
export function withLaxEngines<T>(run: () => T): T {
  const { p256, p384, p521, secp256k1 } = ecdsaEngine;
  const verifiers = [p256, p384, p521, secp256k1, eddsa, rsa];
  const originals = [...verifiers, aesGcm].map((engine) => ({ ...engine }));
  try {
    for (const engine of verifiers) Object.assign(engine, { verify: () => true });
    Object.assign(aesGcm, { open: () => new Uint8Array(1) });
    return run();
  } finally {
    for (const [i, engine] of [...verifiers, aesGcm].entries()) Object.assign(engine, originals[i]);
  }
}

/** Refused by the engine, and by the rules above a lax one. */
export function expectRefused(verdict: () => unknown, why: string): void {
  expect(verdict(), why).toBe(false);
  expect(withLaxEngines(verdict), `${why}, by rule`).toBe(false);
}

/** What a call gives; it must be there soon, for which a busy machine has three attempts. */
export function promptly<T>(call: () => T, what: string, patience = 100): T {
  for (let attempt = 1; ; attempt++) {
    const start = performance.now();
    const result = call();
    const time = performance.now() - start;
    if (time < patience) return result;
    if (attempt === 3) throw new Error(`${what} took ${time.toFixed(1)} ms`);
  }
}

export const octetsOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
export const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));
export const numberOf = (octets: Uint8Array): bigint =>
  BigInt(`0x0${Buffer.from(octets).toString('hex')}`);
export const hexOf = (value: bigint, size: number): string =>
  value.toString(16).padStart(2 * size, '0');
export const octetsOfNumber = (value: bigint, size: number): Uint8Array =>
  octetsOf(hexOf(value, size));

/** A value of BER with a length that has `more` octets than it needs; all in hexadecimal. */
export function ber(tag: string, content: string, more = 0): string {
  const size = content.length / 2;
  const digits = size.toString(16).padStart(size < 0x100 ? 2 : 4, '0');
  if (size < 0x80 && more === 0) return `${tag}${digits}${content}`;
  const padded = `${'00'.repeat(size < 0x80 ? more - 1 : more)}${digits}`;
  return `${tag}${(0x80 + padded.length / 2).toString(16)}${padded}${content}`;
}

/** The content of an INTEGER of 0 or more. */
export function integerOf(value: bigint): string {
  const digits = value.toString(16);
  const even = digits.padStart(digits.length + (digits.length % 2), '0');
  return Number.parseInt(even.slice(0, 2), 16) >= 0x80 ? `00${even}` : even;
}

/** A curve with a key of OpenSSL's and its order by the vectors, neither of which is ours. */
export interface CurveKey {
  readonly name: string;
  readonly alg: EcdsaAlgorithm;
  readonly hash: string;
  readonly size: number;
  readonly n: bigint;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly handle: Key<EcdsaAlgorithm, 'verify'>;
  /** r and s of a signature by OpenSSL. */
  sign(message: Uint8Array): readonly [r: bigint, s: bigint];
}

export const CURVES: readonly CurveKey[] = (
  [
    ['prime256v1', ecdsaP256Sha256, 'sha256'],
    ['secp384r1', ecdsaP384Sha384, 'sha384'],
    ['secp521r1', ecdsaP521Sha512, 'sha512'],
    ['secp256k1', ecdsaSecp256k1Sha256, 'sha256'],
  ] as const
).map(([namedCurve, alg, hash]) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
  const { size } = alg;
  return {
    name: alg.curve,
    alg,
    hash,
    size,
    n: orderOf(alg.name),
    publicKey,
    privateKey,
    handle: ec.importPublicKey(derOf(publicKey), { alg, use: 'verify' }),
    sign(message) {
      const fixed = opensslSign(hash, message, { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return [numberOf(fixed.subarray(0, size)), numberOf(fixed.subarray(size))];
    },
  };
});

/** The case of the vectors whose private key is n - 1. */
function orderOf(algorithm: string): bigint {
  const cases = ofKind('ecdsa').find((file) => file.algorithm === algorithm)?.cases ?? [];
  const last = cases.find(({ id }) => id === 'key-n-minus-1-fixed')?.['privateKey'];
  return BigInt(`0x${last as string}`) + 1n;
}

export function derOf(key: KeyObject): Uint8Array {
  const type = key.type === 'public' ? 'spki' : 'pkcs8';
  return Uint8Array.from(key.export({ type, format: 'der' }));
}

export function pemOf(key: KeyObject): string {
  return String(key.export({ type: key.type === 'public' ? 'spki' : 'pkcs8', format: 'pem' }));
}
