/**
 * Certificate mode: the serial numbers that requests and answers name certificates by, and the
 * certificate of Alipay as a key, once a path leads from it to Alipay's root.
 *
 * @module
 */
import { encodeHex } from '../../bytes/hex.js';
import { text } from '../../bytes/octets.js';
import { encodeUtf8 } from '../../bytes/utf8.js';
import { CountersignError } from '../../errors.js';
import { named } from '../../key/options.js';
import type { RingEntry } from '../../key/ring.js';
import {
  type Certificate,
  isCertificate,
  readCertificate,
  readCertificates,
} from '../../key/x509-certificate.js';
import { importCertificate } from '../../key/x509-import.js';
import type { Name } from '../../key/x509-name.js';
import { NO_PIN, type Pin, verifyPath } from '../../key/x509-path.js';
import { md5 } from '../../primitive/legacy/digest.js';
import type { RsaAlgorithm } from '../../primitive/rsa.js';
import { rsa2 } from './form.js';

export { NO_PIN };

/** What `X500Principal.getName` of Java calls the types that these names have. */
const SHORT: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
};
/** What libraries escape, or don't: no two would agree on the digest. */
const ESCAPED = /[",+;<>\\=]|^[ #]| $/;
/** The signatures of PKCS #1. */
const RSA_SIGNATURE = '1.2.840.113549.1.1.';

/** `app_cert_sn` of a merchant's certificate, `alipay_cert_sn` of Alipay's. */
export function alipayCertSn(input: string | Certificate): string {
  const certificate = typeof input === 'string' ? firstOf(input) : checked(input, 'input');
  const { octets } = md5.digest(
    encodeUtf8(issuerText(certificate.issuer) + certificate.serial.decimal),
  );
  return encodeHex(octets, 'lower');
}

/** `alipay_root_cert_sn` of the file of roots: those signed by RSA, joined by `_`. */
export function alipayRootCertSn(roots: string | readonly Certificate[]): string {
  const serials = rootsOf(roots)
    .filter(({ signatureAlgorithm }) => signatureAlgorithm.startsWith(RSA_SIGNATURE))
    .map(alipayCertSn);
  if (serials.length > 0) return serials.join('_');
  throw new CountersignError('ERR_CERTIFICATE', 'expected a root that is signed by RSA');
}

/** What Alipay's certificate is held against. */
export interface AlipayCertificateOptions {
  /** The file of roots that Alipay hands out, or some of it. */
  readonly roots: string | readonly Certificate[];
  /** Seconds since 1970. */
  readonly now: number;
  /**
   * Whom the certificate must be for. Merchants' own certificates are issued below the same roots, so
   * that `NO_PIN` takes any merchant for Alipay.
   */
  readonly pin: Pin | readonly Pin[] | typeof NO_PIN;
}

/**
 * Reads Alipay's certificate with those of its issuers behind it, as the file has them, verifies the
 * path, and returns the key under its `alipay_cert_sn`, for `createRing`.
 */
export function importAlipayCertificate(
  input: string,
  options: AlipayCertificateOptions,
): RingEntry<RsaAlgorithm, 'verify'> {
  const { roots, now, pin } = named(options, 'options', ['roots', 'now', 'pin']);
  const { leaf } = verifyPath(readCertificates(input), { roots: rootsOf(roots), now, pin });
  const { notBefore, notAfter } = leaf;
  const key = importCertificate(leaf, { alg: rsa2, use: 'verify', id: alipayCertSn(leaf) });
  return { key, notBefore, notAfter };
}

/** A pin on the company that Alipay's certificates of a merchant name, with the merchant's id. */
export function alipaySubject(merchantId: string): Pin {
  if (!/^2088[0-9]{12}$/.test(text(merchantId, 'merchantId'))) {
    throw new TypeError('merchantId: expected the 16 digits of a merchant, which begin with 2088');
  }
  return {
    subject: { oid: '2.5.4.3', value: `支付宝(中国)网络技术有限公司-${merchantId}` },
  };
}

function firstOf(input: string): Certificate {
  const [first] = input.includes('-----BEGIN') ? readCertificates(input) : [readCertificate(input)];
  /* v8 ignore next -- readCertificates gives one at the least */
  if (first === undefined) throw new TypeError('input: expected a certificate');
  return first;
}

function rootsOf(roots: string | readonly Certificate[]): readonly Certificate[] {
  if (typeof roots === 'string') return readCertificates(roots);
  if (!Array.isArray(roots)) throw new TypeError('roots: expected PEM or certificates');
  return roots.map((root: Certificate, i) => checked(root, `roots[${i}]`));
}

function checked(certificate: Certificate, what: string): Certificate {
  if (isCertificate(certificate)) return certificate;
  throw new TypeError(`${what}: expected PEM, or a certificate from readCertificate`);
}

/** The last attribute first, as Java prints it. */
function issuerText({ attributes }: Name): string {
  const printed = attributes.map(({ oid, value, rdn }, i) => {
    const name = SHORT[oid];
    if (name === undefined || rdn !== i || ESCAPED.test(value)) {
      throw new CountersignError(
        'ERR_CERTIFICATE_NAME',
        'expected an issuer of plain names, each of one attribute',
      );
    }
    return `${name}=${value}`;
  });
  return printed.toReversed().join(',');
}
