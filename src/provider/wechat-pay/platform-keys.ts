/**
 * The keys of WeChat Pay, in both of its modes side by side, since a merchant who goes from one to the
 * other gets messages signed by either: platform certificates, and public keys with an id.
 *
 * @module
 */
import { fields, text } from '../../bytes/octets.js';
import { createRing, type KeyRing, type RingEntry } from '../../key/ring.js';
import { importPublicKey, type KeyInput } from '../../key/rsa.js';
import { type Certificate, isCertificate, readCertificate } from '../../key/x509-certificate.js';
import { importCertificate } from '../../key/x509-import.js';
import { named } from '../../key/options.js';
import { rsaOaepSha1 } from '../../primitive/rsa-oaep.js';
import { rsaPkcs1Sha256 } from '../../primitive/rsa.js';
import { foldKeyId } from './source.js';

/** A public key of WeChat Pay, as the merchant platform shows it. */
export interface PlatformPublicKey {
  /** `PUB_KEY_ID_` and digits. */
  readonly id: string;
  readonly key: KeyInput;
}

/** What a merchant has of them. */
export interface PlatformKeyInput {
  /** As PEM, DER, or `readCertificate` or `openCertificates` gave them. */
  readonly certificates?: readonly (string | Uint8Array | Certificate)[] | undefined;
  readonly publicKeys?: readonly PlatformPublicKey[] | undefined;
}

const PUBLIC_KEY_ID = /^PUB_KEY_ID_[0-9]+$/;
const ENCRYPTS: readonly string[] = ['keyEncipherment', 'dataEncipherment'];

/**
 * Makes a ring in which `Wechatpay-Serial` finds a key. Each of them verifies, and also encrypts the
 * sensitive fields of requests: `ring.find({ id, alg: rsaOaepSha1, use: 'encrypt' }, now)`. Nothing is
 * asked about who issued a certificate: give those that came by `openCertificates`, or by hand.
 */
export function platformKeys(input: PlatformKeyInput): KeyRing {
  const { certificates, publicKeys } = named(input, 'input', ['certificates', 'publicKeys']);
  return createRing([
    ...list(certificates, 'input.certificates').flatMap(entriesOfCertificate),
    ...list(publicKeys, 'input.publicKeys').flatMap(entriesOfPublicKey),
  ]);
}

/** The id of a certificate: its serial number in upper case. */
export function platformSerial({ serial }: Certificate): string {
  return foldKeyId(serial.hex);
}

function entriesOfCertificate(given: string | Uint8Array | Certificate): readonly RingEntry[] {
  const certificate = isCertificate(given) ? given : readCertificate(given);
  const { notBefore, notAfter, keyUsage } = certificate;
  const id = platformSerial(certificate);
  const verifies = importCertificate(certificate, { alg: rsaPkcs1Sha256, use: 'verify', id });
  const entry = { key: verifies, notBefore, notAfter };
  if (keyUsage !== undefined && !keyUsage.some((usage) => ENCRYPTS.includes(usage))) return [entry];
  const encrypts = importCertificate(certificate, { alg: rsaOaepSha1, use: 'encrypt', id });
  return [entry, { key: encrypts, notBefore, notAfter }];
}

function entriesOfPublicKey(given: PlatformPublicKey, i: number): readonly RingEntry[] {
  const what = `input.publicKeys[${i}]`;
  const { id, key } = fields(given, what, '{ id, key }');
  // The id of a certificate in its place is what merchants mix up.
  if (!PUBLIC_KEY_ID.test(text(id, `${what}.id`))) {
    throw new TypeError(`${what}.id: expected PUB_KEY_ID_ and digits`);
  }
  return [
    { key: importPublicKey(key, { alg: rsaPkcs1Sha256, use: 'verify', id }) },
    { key: importPublicKey(key, { alg: rsaOaepSha1, use: 'encrypt', id }) },
  ];
}

function list<T>(given: readonly T[] | undefined, what: string): readonly T[] {
  if (given === undefined) return [];
  if (Array.isArray(given)) return given as readonly T[];
  throw new TypeError(`${what}: expected an array`);
}
