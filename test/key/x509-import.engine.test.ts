// The key of a certificate as a handle: the same as from its own container, for what its usage allows.
import { describe, expect, test } from 'vitest';
import { DER_TAG, derBitOctets, derChildren, readDer } from '../../src/bytes/der.js';
import { encodePem } from '../../src/bytes/pem.js';
import { importPublicKey as importEc } from '../../src/key/ec.js';
import { importPublicKey as importEd25519 } from '../../src/key/ed25519.js';
import { importPublicKey as importRsa } from '../../src/key/rsa.js';
import { verify } from '../../src/key/use.js';
import { ALLOW_RSA_1024, ALLOW_RSA_E3, importCertificate } from '../../src/key/x509.js';
import { ecdhP256, x25519 } from '../../src/primitive/agreement.js';
import { ecdsaP256Sha256, ecdsaP384Sha384 } from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { rsaOaepSha256 } from '../../src/primitive/rsa-oaep.js';
import { rsaPkcs1Sha256, rsaPssSha256, rsaPssSha512 } from '../../src/primitive/rsa.js';
import { certificates, codeOf, derOf, read } from './x509-fixtures.js';

const use = 'verify';
const form = { encoding: 'der', s: 'any' } as const;

/** What of a self-signed certificate is signed, its public key, and the signature. */
function parts(label: string): { tbs: Uint8Array; spki: Uint8Array; signature: Uint8Array } {
  const [tbs, , signature] = derChildren(readDer(derOf(label), DER_TAG.sequence));
  if (tbs === undefined || signature === undefined) throw new Error(label);
  const spki = derChildren(tbs)[6];
  if (spki === undefined) throw new Error(label);
  return { tbs: tbs.encoding, spki: spki.encoding, signature: derBitOctets(signature) };
}

describe('the key of a certificate', () => {
  test('is the one of its container, whatever the certificate comes in', () => {
    const { tbs, spki, signature } = parts('Leaf');
    const options = { alg: ecdsaP256Sha256, use } as const;
    const { id } = importEc(spki, options);
    const pem = encodePem('CERTIFICATE', derOf('Leaf'));
    for (const input of [read('Leaf'), derOf('Leaf'), pem, certificates['Leaf']?.der ?? '']) {
      expect(importCertificate(input, options).id).toBe(id);
    }
    const issuer = importCertificate(read('Leaf usages'), { ...options, id: 'may' });
    expect([issuer.id, issuer.use, issuer.alg, issuer.relaxed]).toEqual([
      'may',
      'verify',
      ecdsaP256Sha256,
      [],
    ]);
    expect(verify(issuer, tbs, signature, form)).toBe(false);
  });

  test('verifies what it signed', () => {
    // From 2050 is no CA: it signed itself, and may sign.
    const { tbs, signature } = parts('From 2050');
    const ec = importCertificate(derOf('From 2050'), { alg: ecdsaP256Sha256, use });
    expect(verify(ec, tbs, signature, form)).toBe(true);
    expect(verify(ec, tbs.subarray(1), signature, form)).toBe(false);
    const rsa = importCertificate(derOf('RSA leaf'), { alg: rsaPkcs1Sha256, use });
    expect(rsa.id).toBe(importRsa(parts('RSA leaf').spki, { alg: rsaPssSha256, use }).id);
    const ed = importCertificate(derOf('Ed25519 leaf'), { alg: ed25519, use });
    expect(ed.id).toBe(importEd25519(parts('Ed25519 leaf').spki, { alg: ed25519, use }).id);
  });

  test('does what its usage allows', () => {
    const ec = (label: string): string =>
      codeOf(() => importCertificate(read(label), { alg: ecdsaP256Sha256, use }));
    expect(ec('Leaf without keyUsage')).toBe('ok');
    expect(ec('Leaf without digitalSignature')).toBe('ERR_CERTIFICATE_USE');
    expect(ec('CA')).toBe('ERR_CERTIFICATE_USE');
    const encrypt = { alg: rsaOaepSha256, use: 'encrypt' } as const;
    expect(codeOf(() => importCertificate(read('Leaf encrypts'), encrypt))).toBe('ok');
    expect(codeOf(() => importCertificate(read('RSA leaf'), encrypt))).toBe('ERR_CERTIFICATE_USE');
    const peer = { alg: ecdhP256, use: 'peer' } as const;
    expect(codeOf(() => importCertificate(read('Leaf agrees'), peer))).toBe('ok');
    expect(codeOf(() => importCertificate(read('Leaf'), peer))).toBe('ERR_CERTIFICATE_USE');
    const exchange = { alg: x25519, use: 'peer' } as const;
    expect(codeOf(() => importCertificate(read('Leaf X25519'), exchange))).toBe('ok');
  });

  test('is of the family, the curve and the form of its algorithm', () => {
    const load = (label: string, options: unknown): string =>
      codeOf(() => importCertificate(derOf(label), options as never));
    expect(load('RSA leaf', { alg: ecdsaP256Sha256, use })).toBe('ERR_KEY_FAMILY');
    expect(load('Leaf', { alg: ecdsaP384Sha384, use })).toBe('ERR_KEY_CURVE');
    expect(load('Leaf Ed448', { alg: ed25519, use })).toBe('ERR_KEY_FAMILY');
    expect(load('Leaf explicit', { alg: ecdsaP256Sha256, use })).toBe('ERR_KEY_CURVE');
    expect(load('Read a point off the curve', { alg: ecdsaP256Sha256, use })).toBe('ERR_KEY');
    expect(load('RSA-PSS keys leaf', { alg: rsaPssSha256, use })).toBe('ok');
    expect(load('RSA-PSS keys leaf', { alg: rsaPkcs1Sha256, use })).toBe('ERR_KEY_USE');
    expect(load('RSA-PSS keys of SHA-512 leaf', { alg: rsaPssSha512, use })).toBe('ok');
    expect(load('RSA-PSS keys of SHA-512 leaf', { alg: rsaPssSha256, use })).toBe('ERR_KEY_USE');
    expect(load('Version 1 root', { alg: ecdsaP256Sha256, use })).toBe('ERR_CERTIFICATE_VERSION');
  });

  test('keeps to the policy of its family, and to the relaxations of it', () => {
    const load = (label: string, relax?: readonly symbol[]): unknown =>
      importCertificate(read(label), {
        alg: rsaPkcs1Sha256,
        use,
        ...(relax === undefined ? {} : { relax }),
      } as never).relaxed;
    expect(codeOf(() => load('Leaf 1024'))).toBe('ERR_RSA_MODULUS');
    expect(load('Leaf 1024', [ALLOW_RSA_1024])).toEqual([ALLOW_RSA_1024]);
    expect(codeOf(() => load('Leaf e3'))).toBe('ERR_RSA_EXPONENT');
    expect(load('Leaf e3', [ALLOW_RSA_E3])).toEqual([ALLOW_RSA_E3]);
    expect(() => load('RSA leaf', [Symbol('x')])).toThrow(TypeError);
  });

  test('is asked for in full', () => {
    for (const options of [
      undefined,
      {},
      { alg: ecdsaP256Sha256 },
      { alg: ecdsaP256Sha256, use: 'sign' },
      { alg: rsaOaepSha256, use },
      { alg: rsaOaepSha256, use: 'encrypt', relax: [ALLOW_RSA_1024] },
      { alg: ecdsaP256Sha256, use, relax: [ALLOW_RSA_1024] },
      { alg: { kind: 'signature', family: 'dsa', name: 'x' }, use },
      { alg: { kind: 'mac', family: 'rsa', name: 'x' }, use },
    ]) {
      expect(() => importCertificate(read('Leaf'), options as never)).toThrow(TypeError);
    }
    expect(() => importCertificate({} as never, { alg: ecdsaP256Sha256, use })).toThrow(TypeError);
  });
});
