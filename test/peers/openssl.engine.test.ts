// The openssl command line talks to us: what one signs the other verifies, with raw signatures.
import { describe, expect, test } from 'vitest';
import { exportPublicKey } from '../../src/key/export.js';
import { importKey, type Key, type PairAlgorithm } from '../../src/key/index.js';
import { importSecret } from '../../src/key/secret.js';
import { mac, sign, type SigningAlgorithm, verify } from '../../src/key/use.js';
import {
  ecdsaP256Sha256,
  ecdsaP384Sha384,
  ecdsaP521Sha512,
  ecdsaSecp256k1Sha256,
} from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { hmacSha256, hmacSha512 } from '../../src/primitive/hmac.js';
import {
  rsaPkcs1Sha256,
  rsaPkcs1Sha512,
  rsaPssSha256,
  rsaPssSha512,
} from '../../src/primitive/rsa.js';
import { engineName } from '../vectors.js';
import { answerOf, isThere } from './command.js';

const found = isThere('openssl', 'version');
const message = Uint8Array.from({ length: 300 }, (_, i) => i & 0xff);
const changed = Uint8Array.from(message, (octet, i) => (i === 299 ? octet ^ 1 : octet));
const DER = [{ encoding: 'der', s: 'any' }] as const;

interface Row {
  readonly alg: SigningAlgorithm & PairAlgorithm;
  /** `openssl genpkey`. */
  readonly key: readonly string[];
  /** `openssl dgst`, or `pkeyutl` for what takes the message whole. */
  readonly options: readonly string[];
  readonly form: readonly (typeof DER)[number][];
}

const ec = (curve: string): string[] => ['EC', '-pkeyopt', `ec_paramgen_curve:${curve}`];
const pss = (hash: string): string[] => [
  `-${hash}`,
  '-sigopt',
  'rsa_padding_mode:pss',
  '-sigopt',
  'rsa_pss_saltlen:digest',
];
const rsa = ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
const rows: readonly (readonly [string, Row])[] = [
  ['RSA, PKCS#1, SHA-256', { alg: rsaPkcs1Sha256, key: rsa, options: ['-sha256'], form: [] }],
  ['RSA, PKCS#1, SHA-512', { alg: rsaPkcs1Sha512, key: rsa, options: ['-sha512'], form: [] }],
  ['RSA, PSS, SHA-256', { alg: rsaPssSha256, key: rsa, options: pss('sha256'), form: [] }],
  ['RSA, PSS, SHA-512', { alg: rsaPssSha512, key: rsa, options: pss('sha512'), form: [] }],
  ['P-256', { alg: ecdsaP256Sha256, key: ec('P-256'), options: ['-sha256'], form: DER }],
  ['P-384', { alg: ecdsaP384Sha384, key: ec('P-384'), options: ['-sha384'], form: DER }],
  ['P-521', { alg: ecdsaP521Sha512, key: ec('P-521'), options: ['-sha512'], form: DER }],
  [
    'secp256k1',
    { alg: ecdsaSecp256k1Sha256, key: ec('secp256k1'), options: ['-sha256'], form: DER },
  ],
  ['Ed25519', { alg: ed25519, key: ['ED25519'], options: [], form: [] }],
];

const privatePem = (key: readonly string[]): string =>
  Buffer.from(answerOf('openssl', ['genpkey', '-algorithm', ...key], {}).output).toString();

const theySign = (pem: string, { options }: Row): Uint8Array =>
  options.length === 0
    ? answerOf('openssl', ['pkeyutl', '-sign', '-rawin', '-inkey', 'key', '-in', 'message'], {
        key: pem,
        message,
      }).output
    : answerOf('openssl', ['dgst', ...options, '-sign', 'key', 'message'], { key: pem, message })
        .output;

const theyVerify = (
  pem: string,
  { options }: Row,
  octets: Uint8Array,
  signature: Uint8Array,
): boolean => {
  const files = { key: pem, message: octets, signature };
  const args =
    options.length === 0
      ? 'pkeyutl -verify -rawin -pubin -inkey key -in message -sigfile signature'.split(' ')
      : ['dgst', ...options, '-verify', 'key', '-signature', 'signature', 'message'];
  return answerOf('openssl', args, files).status === 0;
};

describe.runIf(found)('the openssl command line, where it is installed,', () => {
  test.each(rows)('signs with %s, and we verify', (_, row) => {
    const pem = privatePem(row.key);
    const publicPem = Buffer.from(
      answerOf('openssl', ['pkey', '-in', 'key', '-pubout'], { key: pem }).output,
    ).toString();
    const key = importKey(publicPem, { alg: row.alg, use: 'verify' }) as Key<
      SigningAlgorithm,
      'verify'
    >;
    const signature = theySign(pem, row);
    expect(verify(key, message, signature, ...(row.form as []))).toBe(true);
    expect(verify(key, changed, signature, ...(row.form as []))).toBe(false);
  });

  // Plain JavaScript does nothing with private keys of RSA.
  const signing = rows.filter(([name]) => engineName !== 'noble' || !name.startsWith('RSA'));
  test.each(signing)('verifies %s that we sign', (_, row) => {
    const key = importKey(privatePem(row.key), { alg: row.alg, use: 'sign' }) as Key<
      SigningAlgorithm,
      'sign'
    >;
    const signature = sign(key, message, ...(row.form as []));
    const publicPem = exportPublicKey(key, 'pem');
    expect(theyVerify(publicPem, row, message, signature)).toBe(true);
    expect(theyVerify(publicPem, row, changed, signature)).toBe(false);
  });

  test.each([
    ['sha256', hmacSha256],
    ['sha512', hmacSha512],
  ] as const)('makes the same tags with HMAC over %s', (hash, alg) => {
    const secret = Uint8Array.from({ length: 40 }, (_, i) => 3 * i + 1);
    const option = `hexkey:${Buffer.from(secret).toString('hex')}`;
    const args = ['dgst', `-${hash}`, '-mac', 'HMAC', '-macopt', option, '-binary', 'message'];
    const { output } = answerOf('openssl', args, { message });
    expect(mac(importSecret(secret, { alg, use: 'mac', encoding: 'raw' }), message)).toEqual(
      output,
    );
    const key = importSecret(secret, { alg, use: 'verify', encoding: 'raw' });
    expect([verify(key, message, output), verify(key, changed, output)]).toEqual([true, false]);
  });
});
