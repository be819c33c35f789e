/**
 * Ed25519, RSA and DSA.
 *
 * @module
 */
import * as node from 'node:crypto';
import { readFileSync } from 'node:fs';
import { changed, type Fixture, fromJwk, random, setOf, upper } from './shape.js';

const edwards = (): Fixture[] => {
  const { publicKey, privateKey } = node.generateKeyPairSync('ed25519');
  const { d } = privateKey.export({ format: 'jwk' });
  const [q, message] = [fromJwk(publicKey.export({ format: 'jwk' }).x), random(64)];
  const signed = {
    message: upper(message),
    signature: upper(node.sign(null, message, privateKey)),
  };
  const group = { testType: 'AFT', curve: 'ED-25519', preHash: false };
  return [
    {
      set: setOf('EDDSA', 'keyVer'),
      group,
      good: { q, testPassed: true },
      // A y-coordinate of 2^255 - 1 is above p.
      bad: { q: 'FF'.repeat(32), testPassed: false },
    },
    {
      set: setOf('EDDSA', 'sigVer'),
      group,
      good: { q, ...signed, testPassed: true },
      bad: { q, ...signed, message: changed(signed.message), testPassed: false },
    },
    {
      set: setOf('EDDSA', 'sigGen'),
      group: { ...group, d: fromJwk(d), q },
      good: signed,
      answer: 'signature',
    },
    {
      set: setOf('EDDSA', 'sigVer', 'FIPS186-5'),
      group,
      good: { q, ...signed, context: 'AB', testPassed: true },
      skipped: 'out of scope: EdDSA with a context',
    },
  ];
};

type KeyPair = node.KeyPairKeyObjectResult;

function rsa(keys: KeyPair, sigType: string, hashAlg: string, saltLen: number): Fixture[] {
  const { publicKey, privateKey } = keys;
  const modulo = publicKey.asymmetricKeyDetails?.modulusLength;
  const { n, e } = publicKey.export({ format: 'jwk' });
  const [message, padding] = [random(40), node.constants.RSA_PKCS1_PSS_PADDING];
  const key = sigType === 'pss' ? { key: privateKey, padding, saltLength: saltLen } : privateKey;
  const signature = node.sign(hashAlg.replace(/SHA2?-/, 'sha'), message, key);
  const signed = { message: upper(message), signature: upper(signature) };
  const group = {
    testType: 'GDT',
    sigType,
    modulo,
    hashAlg,
    n: fromJwk(n),
    e: fromJwk(e),
    saltLen,
    maskFunction: sigType === 'pss' ? 'mgf1' : 'none',
  };
  const size = Number({ 'SHA-1': 20, 'SHA2-256': 32, 'SHA2-384': 48, 'SHA2-512': 64 }[hashAlg]);
  const skipped = `policy: PSS with a salt of ${saltLen} octets`;
  if (sigType === 'pss' && saltLen !== size) {
    return [{ set: setOf('RSA', 'sigGen'), group, good: signed, skipped }];
  }
  return [
    {
      set: setOf('RSA', 'sigVer'),
      group,
      good: { ...signed, testPassed: true },
      bad: { ...signed, message: changed(signed.message), testPassed: false },
    },
    { set: setOf('RSA', 'sigGen'), group, good: signed, answer: 'signature' },
  ];
}

/** RFC 6979, A.2.1 and A.2.2, as they stand among this project's vectors. */
const dsa = ['SHA-1', 'SHA-256'].map((called): Fixture => {
  const { cases } = JSON.parse(
    readFileSync(new URL('../../../vectors/legacy/dsa.json', import.meta.url), 'utf8'),
  ) as {
    cases: Record<'p' | 'q' | 'g' | 'y' | 'hash' | 'expect' | 'message' | 'signature', string>[];
  };
  const found = cases.find((one) => one.expect === 'valid' && one.hash === called);
  if (found === undefined) throw new Error(`no DSA with ${called}`);
  const { p, q, g, y, message, signature } = found;
  // SEQUENCE, INTEGER r, INTEGER s, each shorter than 128 octets.
  const der = Buffer.from(signature, 'hex');
  const length = der[3] ?? 0;
  const [r, s] = [der.subarray(4, 4 + length), der.subarray(6 + length)].map((part) =>
    upper(part[0] === 0 ? part.subarray(1) : part),
  );
  const signed = { y, message, r, s: s ?? '' };
  return {
    set: setOf('DSA', 'sigVer'),
    group: { testType: 'AFT', hashAlg: called.replace('SHA-256', 'SHA2-256'), p, q, g },
    good: { ...signed, testPassed: true },
    bad: { ...signed, s: changed(signed.s), testPassed: false },
  };
});

const RSA_2048 = node.generateKeyPairSync('rsa', { modulusLength: 2048 });
const RSA_1024 = node.generateKeyPairSync('rsa', { modulusLength: 1024 });

export const SIGNATURES: readonly Fixture[] = [
  ...edwards(),
  ...rsa(RSA_2048, 'pkcs1v1.5', 'SHA2-256', 0),
  ...rsa(RSA_1024, 'pkcs1v1.5', 'SHA-1', 0),
  ...rsa(RSA_2048, 'pss', 'SHA2-512', 64),
  ...rsa(RSA_2048, 'pss', 'SHA2-384', 20),
  ...dsa,
];
