// Our reader beside node's X509Certificate: on the fixtures, and on the roots that Node comes with,
// which are written by a hundred real CAs.
import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { expect, test } from 'vitest';
import { readCertificate } from '../../src/key/x509.js';
import { verifyPath } from '../../src/key/x509-path.js';
import { caseOf, cases, certificates, codeOf, derOf, optionsOf, read } from './x509-fixtures.js';

/** What both can say. */
function compare(der: Uint8Array, label: string): void {
  const ours = readCertificate(der);
  const theirs = new X509Certificate(der);
  expect(ours.serial.hex.toUpperCase(), label).toBe(theirs.serialNumber.padStart(2, '0'));
  expect(ours.fingerprint, label).toBe(theirs.fingerprint256.replaceAll(':', '').toLowerCase());
  expect(ours.notBefore, label).toBe(Date.parse(theirs.validFrom) / 1000);
  expect(ours.notAfter, label).toBe(Date.parse(theirs.validTo) / 1000);
  // Node's word for a CA is OpenSSL's, which looks at the key usage too.
  const maySign = ours.keyUsage?.includes('keyCertSign') !== false;
  expect(ours.basicConstraints?.ca === true && maySign, label).toBe(theirs.ca);
  const { asymmetricKeyType, asymmetricKeyDetails } = theirs.publicKey;
  const { family, curve, bits } = ours.publicKey;
  if (family === 'rsa') {
    expect(asymmetricKeyType, label).toMatch(/^rsa/);
    expect(bits, label).toBe(asymmetricKeyDetails?.modulusLength);
  }
  if (family === 'ec') {
    const names: Record<string, string> = {
      'P-256': 'prime256v1',
      'P-384': 'secp384r1',
      'P-521': 'secp521r1',
      secp256k1: 'secp256k1',
    };
    expect(names[curve ?? ''], label).toBe(asymmetricKeyDetails?.namedCurve);
  }
  if (family === 'ed25519' || family === 'x25519') expect(asymmetricKeyType, label).toBe(family);
}

test('the fixtures that are read say the same to node', () => {
  const readable = Object.keys(certificates).filter((label) => codeOf(() => read(label)) === 'ok');
  for (const label of readable) {
    // Node 20 has no key for a point that is none, and throws.
    if (label !== 'Read a point off the curve') compare(derOf(label), label);
  }
});

test('the roots of real CAs are read, or refused for what RFC 5280 forbids', () => {
  const refused = new Map<string, number>();
  for (const pem of rootCertificates) {
    const der = Uint8Array.from(Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64'));
    const code = codeOf(() => readCertificate(der));
    if (code === 'ok') compare(der, pem);
    else refused.set(code, (refused.get(code) ?? 0) + 1);
  }
  // A keyUsage that ends with zero bits; GeneralizedTime before 2050; strings of letters
  // that their type has not. Which roots Node has depends on its version.
  expect([...refused.keys()].filter((code) => !KNOWN.includes(code))).toEqual([]);
  const count = [...refused.values()].reduce((sum, one) => sum + one, 0);
  expect(count / rootCertificates.length).toBeLessThan(0.05);
});

const KNOWN = ['ERR_CERTIFICATE_EXTENSION', 'ERR_CERTIFICATE_TIME', 'ERR_CERTIFICATE_NAME'];

test('node says that a leaf issued a certificate, and this does not', () => {
  const path = caseOf('issued by a leaf with keyCertSign');
  const [below, leaf] = path.chain.map((label) => new X509Certificate(derOf(label)));
  if (below === undefined || leaf === undefined) throw new Error('expected two certificates');
  expect(leaf.ca).toBe(false);
  expect(below.checkIssued(leaf)).toBe(true);
  expect(below.verify(leaf.publicKey)).toBe(true);
  expect(codeOf(() => verifyPath(path.chain.map(read), optionsOf(path)))).toBe('ERR_PATH_CA');
});

test('all that openssl and node take for a signature is in the fixtures that come out as good', () => {
  for (const { chain, expect: code } of cases.filter((one) => one.expect === 'ok')) {
    expect(code).toBe('ok');
    const parsed = chain.map((label) => new X509Certificate(derOf(label)));
    for (const [i, one] of parsed.slice(0, -1).entries()) {
      const issuer = parsed[i + 1];
      expect(issuer !== undefined && one.verify(issuer.publicKey), chain[i]).toBe(true);
    }
  }
});
