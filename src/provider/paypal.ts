/**
 * PayPal's webhooks:
 * {@link https://developer.paypal.com/api/rest/webhooks/rest/#link-selfverificationmethod}.
 * `countersign/provider/paypal`.
 *
 * The body is signed by its CRC-32, which binds nothing: another body with the same checksum takes a
 * fraction of a second to make. What is verified is that PayPal sent a message of this id at this
 * time; ask its API for the event before acting on one.
 *
 * @module
 */
import { text } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import type { Key } from '../key/handle.js';
import { named } from '../key/options.js';
import { type Certificate, readCertificates } from '../key/x509-certificate.js';
import { dnsNamesOf } from '../key/x509-dns-names.js';
import { importCertificate } from '../key/x509-import.js';
import { NO_PIN, verifyPath } from '../key/x509-path.js';
import { rsaPkcs1Sha1, type WeakRsaAlgorithm } from '../primitive/legacy/rsa.js';
import { type RsaAlgorithm, rsaPkcs1Sha256 } from '../primitive/rsa.js';
import type { About } from '../scheme/about.js';
import { without } from '../scheme/charset.js';
import { compileScheme } from '../scheme/compile.js';
import { crc32Of } from '../scheme/digest-of.js';
import { base64 } from '../scheme/encoding.js';
import { anyKey } from '../scheme/keys.js';
import { body, slot } from '../scheme/part.js';
import type { Scheme } from '../scheme/scheme.js';
import { header, optional, setting } from '../scheme/source.js';
import { rfc3339 } from '../scheme/time.js';

export type { Relaxation } from '../key/policy.js';
export type { CertificateExtension, CertificateKey } from '../key/x509-certificate.js';
export type { BasicConstraints, KeyUsage } from '../key/x509-extensions.js';
export type { Name } from '../key/x509-name.js';
export type { Fact } from '../scheme/about.js';
export type { Direction } from '../scheme/message.js';
export type { How } from '../scheme/part.js';
export type { Scheme, Strength } from '../scheme/scheme.js';

/** What PayPal signs: `{id}|{time}|{webhookId}|{crc32 of the body}`. */
export type PaypalCovers = {
  readonly id: 'whole';
  readonly time: 'whole';
  readonly webhookId: 'whole';
  readonly body: 'checksum';
};

/** `PAYPAL-TRANSMISSION-SIG` by RSA and SHA-256. */
export const paypal: Scheme<PaypalCovers, RsaAlgorithm, 'webhookId'> = /* @__PURE__ */ describe(
  'paypal',
  'PayPal webhooks',
  'SHA256withRSA',
  rsaPkcs1Sha256,
);
/** The same by RSA and SHA-1. PayPal's own library takes it; whether it is sent is not known. */
export const paypalSha1: Scheme<PaypalCovers, WeakRsaAlgorithm, 'webhookId'> =
  /* @__PURE__ */ describe('paypal-sha1', 'PayPal webhooks, SHA-1', 'SHA1withRSA', rsaPkcs1Sha1);

function describe<A extends RsaAlgorithm | WeakRsaAlgorithm>(
  id: string,
  title: string,
  name: string,
  alg: A,
): Scheme<PaypalCovers, A, 'webhookId'> {
  const word = without('|');
  return compileScheme({
    id,
    version: 1,
    title,
    direction: 'callback',
    slots: {
      id: header('PAYPAL-TRANSMISSION-ID', word),
      time: header('PAYPAL-TRANSMISSION-TIME'),
      webhookId: setting('webhookId', word),
      algorithm: header('PAYPAL-AUTH-ALGO'),
      certUrl: optional(header('PAYPAL-CERT-URL')),
      signature: header('PAYPAL-TRANSMISSION-SIG'),
    },
    message: [slot('id'), '|', slot('time'), '|', slot('webhookId'), '|', crc32Of([body])],
    algs: [alg],
    algBy: { slot: 'algorithm', names: { [name]: alg } },
    keys: anyKey,
    signature: { slot: 'signature', encoding: base64 },
    covers: { id: 'whole', time: 'whole', webhookId: 'whole', body: 'checksum' },
    delivery: 'id',
    hints: ['certUrl'],
    time: { slot: 'time', unit: rfc3339, past: 259_200, future: 300, edge: 'inclusive' },
  });
}

const CERTIFICATE_URL =
  /^https:\/\/api(?:-m)?(?:\.sandbox)?\.paypal\.com\/v1\/notifications\/certs\/[A-Za-z0-9_-]+$/;

/**
 * Whether the `certUrl` of `identify` may be fetched. Anybody writes that header: fetch nothing else,
 * follow no redirect, and keep what was fetched under the URL.
 */
export function isPaypalCertificateUrl(url: string): boolean {
  return CERTIFICATE_URL.test(text(url, 'url'));
}

/** What certificates are held against. */
export interface PaypalCertificateOptions {
  /** The certificates that are trusted by themselves: DigiCert's, from your own disk. */
  readonly roots: readonly Certificate[];
  /** Seconds since 1970. */
  readonly now: number;
}

/**
 * Imports the key of the certificates that were fetched, in PEM, the leaf first: they have to lead to
 * one of the roots, and the leaf has to be for a name below paypal.com.
 */
export function importPaypalCertificate(
  chain: string,
  options: PaypalCertificateOptions,
): Key<RsaAlgorithm, 'verify'> {
  const leaf = checkPaypalCertificate(chain, options);
  return importCertificate(leaf, { alg: rsaPkcs1Sha256, use: 'verify' });
}

/**
 * Holds certificates to what `importPaypalCertificate` does and returns the leaf, for the scheme with
 * SHA-1.
 */
export function checkPaypalCertificate(
  chain: string,
  options: PaypalCertificateOptions,
): Certificate {
  const { roots, now } = named(options, 'options', ['roots', 'now']);
  if (!Array.isArray(roots)) {
    throw new TypeError('options.roots: expected certificates; read PEM by readCertificates');
  }
  const { leaf } = verifyPath(readCertificates(chain), { roots, now, pin: NO_PIN });
  if (dnsNamesOf(leaf).some((name) => name.toLowerCase().endsWith('.paypal.com'))) return leaf;
  throw new CountersignError('ERR_PATH_PIN', 'expected a certificate for a name below paypal.com');
}

/** What is known of it. */
export const about: About = {
  name: 'PayPal',
  schemes: { paypal, paypalSha1 },
  rotation:
    'PayPal changes its certificate and the URL in PAYPAL-CERT-URL with it: fetch the new one by `identify`, keep certificates by their URL until they end, and give at most two keys.',
  replay:
    'The id of the transmission and its time are signed. No window is documented: three days are taken here, for as long as deliveries are said to be tried again; give a smaller tolerance where your retries allow it. Keep the ids that were handled.',
  traps: [
    'The body is signed by its CRC-32 alone. A body with another amount and the same checksum takes well under a second to make (test/provider/paypal.engine.test.ts does) and verifies, so no body is given out: fetch the event by its id from the API, or compare what it says with your own order.',
    'The id of the webhook is not in the message; it is the one that the portal shows for this URL, and test and live differ.',
    'PAYPAL-CERT-URL is written by the sender: fetch it only from hosts of PayPal (`isPaypalCertificateUrl`), and hold the certificate to a root and a name (`importPaypalCertificate`). Any host could serve a certificate that verifies its own forgery.',
    'A certificate of any name below paypal.com is taken, as by their own library; how many such names others hold is not known.',
    "Events of PayPal's webhook simulator never verify.",
    'The checksum is of the octets that arrived: JSON that was parsed and written again fails.',
    'The algorithm in PAYPAL-AUTH-ALGO selects among those configured. SHA1withRSA is a scheme of its own.',
  ],
  facts: [
    {
      says: '{id}|{time}|{webhookId}|{crc32 of the body, unsigned decimal}, RSASSA-PKCS1-v1_5 with SHA-256, Base64',
      source: 'paypal/PayPal-Java-SDK, ValidateCertTest.java and clientCertTest.crt',
      sure: 'vector',
    },
    {
      says: 'The certificate leads to a given root, is valid now, and its common name ends in .paypal.com; here it is a DNS name of the certificate',
      source: 'paypal/PayPal-Python-SDK, paypalrestsdk/notifications.py',
      sure: 'source',
    },
    {
      says: 'The library for Java trusts DigiCert SHA2 Extended Validation Server CA, which DigiCert High Assurance EV Root CA issued',
      source: 'paypal/PayPal-Java-SDK, the default of PAYPAL_TRUST_CERT_URL',
      sure: 'source',
    },
    {
      says: 'Newer certificates of DigiCert lead to DigiCert Global Root G2; which root those of PayPal lead to now',
      source: 'general knowledge',
      sure: 'unsure',
    },
    {
      says: 'SHA1withRSA is mapped as well',
      source: 'paypal/PayPal-Python-SDK, paypalrestsdk/notifications.py',
      sure: 'source',
    },
    {
      says: 'The time is that of the transmission, in Internet date and time format',
      source:
        'https://docs.paypal.ai/reference/api/rest/verify-webhook-signature/verify-webhook-signature',
      sure: 'docs',
    },
    {
      says: 'Deliveries are tried 25 times in three days',
      source: 'https://www.hooklistener.com/learn/paypal-webhooks-guide',
      sure: 'third-party',
    },
    {
      says: 'Whether a delivery that is tried again has a new id and time',
      source: 'not found; the window allows for either',
      sure: 'unsure',
    },
    {
      says: 'The host api.sandbox.paypal.com and the path /v1/notifications/certs/',
      source: 'paypal/PayPal-Java-SDK, ValidateCertTest.java',
      sure: 'vector',
    },
    {
      says: 'The hosts api.paypal.com, api-m.paypal.com and api-m.sandbox.paypal.com',
      source: 'general knowledge',
      sure: 'unsure',
    },
    {
      says: 'Simulator events cannot be verified',
      source: 'paypal/PayPal-Python-SDK, issues 175 and 196 on GitHub',
      sure: 'third-party',
    },
  ],
};
