/**
 * X.509 certificates, {@link https://www.rfc-editor.org/rfc/rfc5280#section-4.1 RFC 5280, section
 * 4.1}, read by our own DER reader on every engine: what backends make of a certificate differs by
 * version, and node's X509Certificate says of a leaf that it issued another.
 *
 * Reading trusts nothing and verifies nothing: a certificate that was read is one that somebody
 * wrote. `countersign/key/x509-path` says whether it may be believed.
 *
 * @module
 */
import {
  DER_TAG,
  type DerValue,
  derBitOctets,
  derChildren,
  derUnsigned,
  expectTag,
  readDer,
} from '../bytes/der.js';
import { same } from '../bytes/equal.js';
import { hexOf } from '../bytes/hex.js';
import { decodeInteger } from '../bytes/integer.js';
import { type Bytes, text as textOf, typeName } from '../bytes/octets.js';
import { decodePem } from '../bytes/pem.js';
import { CountersignError } from '../errors.js';
import { sha256 } from '../primitive/digest.js';
import {
  type CurveName,
  type KeyContent,
  readAlgorithm,
  readContainer,
  readSpki,
} from './container.js';
import { readDerOf, unescaped } from './read.js';
import {
  BASIC_CONSTRAINTS,
  type BasicConstraints,
  EXTENDED_KEY_USAGE,
  type ExtensionView,
  KEY_USAGE,
  type KeyUsage,
  readBasicConstraints,
  readExtendedKeyUsage,
  readExtensions,
  readKeyUsage,
} from './x509-extensions.js';
import { type Name, readName } from './x509-name.js';
import { readTime } from './x509-time.js';

/** An extension of a certificate. */
export interface CertificateExtension {
  readonly oid: string;
  readonly critical: boolean;
  /** The DER that the extension holds, copied. */
  readonly value: Bytes;
}

/** What kind of key a certificate is about. */
export interface CertificateKey {
  /** `other` is one that no algorithm here can use. */
  readonly family: 'rsa' | 'ec' | 'ed25519' | 'x25519' | 'other';
  /** The algorithm of SubjectPublicKeyInfo, in dotted decimal. */
  readonly algorithm: string;
  readonly curve?: CurveName;
  /** Bits of the modulus. */
  readonly bits?: number;
}

declare const brand: unique symbol;

/** A certificate that was read here. It is frozen, and a copy of it is none. */
export interface Certificate {
  readonly [brand]: 'certificate';
  readonly version: 3;
  readonly serial: {
    /** Two lower-case digits for each octet. */
    readonly hex: string;
    readonly decimal: string;
  };
  readonly issuer: Name;
  readonly subject: Name;
  /** The first second of the validity, since 1970. */
  readonly notBefore: number;
  /** The last second of the validity, since 1970. */
  readonly notAfter: number;
  readonly publicKey: CertificateKey;
  readonly basicConstraints: BasicConstraints | undefined;
  readonly keyUsage: readonly KeyUsage[] | undefined;
  /** The purposes, as object identifiers. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly extensions: readonly CertificateExtension[];
  /** The algorithm of the issuer's signature, in dotted decimal. */
  readonly signatureAlgorithm: string;
  /** SHA-256 of the DER, in lower-case hexadecimal. */
  readonly fingerprint: string;
  /** A copy of the DER. */
  der(): Bytes;
}

/** What was read and is verified; nobody outside can change it. */
export interface CertificateParts {
  readonly shown: Certificate;
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  /** The subject's key, or why it can't be used here. */
  readonly key: (KeyContent & { readonly kind: 'public' }) | CountersignError;
  readonly algorithm: DerValue;
  readonly signature: Uint8Array;
}

/** In a bundle: more than any path needs. */
const MOST_CERTIFICATES = 16;
const LONGEST_BUNDLE = 1 << 18;
const BLOCKS = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;
/** Section 4.1.2.2, which has zero borne with: roots that are in use have it. */
const LONGEST_SERIAL = 20;
/** Version 3 is written as 2, section 4.1.2.1. */
const VERSION_3 = 2;
const [VERSION, ISSUER_ID, SUBJECT_ID, EXTENSIONS] = [0xa0, 0x81, 0x82, 0xa3] as const;

const parts = /* @__PURE__ */ new WeakMap<object, CertificateParts>();

/** Reads a certificate: a text (PEM, or bare Base64 of DER), or DER. */
export function readCertificate(input: string | Uint8Array): Certificate {
  const der = new Uint8Array(readDerOf(input, 'input', 'public'));
  const [tbs, algorithm, signature, ...more] = derChildren(readDer(der, DER_TAG.sequence));
  const isSigned =
    tbs?.tag === DER_TAG.sequence &&
    algorithm?.tag === DER_TAG.sequence &&
    signature?.tag === DER_TAG.bitString;
  if (!isSigned || more.length > 0) throw notCertificate(der);
  return readSigned(der, tbs, algorithm, derBitOctets(signature));
}

/**
 * Reads a text of 1 to 16 certificates in PEM, in their order. What OpenSSL prints around them is
 * skipped; blocks with another label are refused.
 */
export function readCertificates(input: string): readonly Certificate[] {
  if (textOf(input, 'input').length > LONGEST_BUNDLE) {
    throw certificateError(`expected at most ${LONGEST_BUNDLE} characters`);
  }
  const text = unescaped(input);
  const blocks = text.match(BLOCKS) ?? [];
  // Five dashes that are no boundary of such a block may be those of another one.
  const isWhole = text.split('-----').length - 1 === 4 * blocks.length;
  if (!isWhole || !(1 <= blocks.length && blocks.length <= MOST_CERTIFICATES)) {
    throw certificateError(
      `expected 1 to ${MOST_CERTIFICATES} blocks of PEM with the label CERTIFICATE and no other`,
    );
  }
  return Object.freeze(blocks.map((block) => readCertificate(decodePem(block).content)));
}

/** What a certificate holds; a look-alike is a `TypeError`. */
export function partsOf(certificate: Certificate, what: string): CertificateParts {
  const found = parts.get(certificate);
  if (found !== undefined) return found;
  throw new TypeError(
    `${what}: expected a certificate from readCertificate, found ${typeName(certificate)}`,
  );
}

/** Whether a value is a certificate that was read here. */
export function isCertificate(value: unknown): value is Certificate {
  return parts.has(value as object);
}

function readSigned(
  der: Bytes,
  tbs: DerValue,
  algorithm: DerValue,
  signature: Uint8Array,
): Certificate {
  const [version, ...rest] = derChildren(tbs);
  checkVersion(version, rest);
  const [serial, inner, issuer, validity, subject, spki, ...optional] = rest;
  if (inner === undefined || issuer === undefined || subject === undefined || spki === undefined) {
    throw certificateError('expected the fields of TBSCertificate');
  }
  const shownSerial = readSerial(serial);
  // Section 4.1.1.2. What is outside is not signed.
  if (!same(inner.encoding, algorithm.encoding)) {
    throw new CountersignError(
      'ERR_CERTIFICATE_ALGORITHM',
      'expected the algorithm beside the signature to be the one that was signed',
    );
  }
  const names = { issuer: readName(issuer), subject: readName(subject) };
  // Section 4.1.2.4. A leaf may be named by subjectAltName alone, section 4.1.2.6.
  if (names.issuer.attributes.length === 0) {
    throw new CountersignError('ERR_CERTIFICATE_NAME', 'expected an issuer, found an empty name');
  }
  const [notBefore, notAfter, ...times] = derChildren(sequence(validity));
  if (notBefore === undefined || notAfter === undefined || times.length > 0) {
    throw certificateError('expected a validity of two times');
  }
  const key = readKey(spki);
  const extensions = readOptional(optional);
  const value = <T>(oid: string, read: (content: Uint8Array) => T): T | undefined => {
    const found = extensions.find((extension) => extension.oid === oid);
    return found === undefined ? undefined : read(found.value);
  };
  const shown = Object.freeze({
    version: 3,
    serial: shownSerial,
    ...names,
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    publicKey: describe(key, readAlgorithm(derChildren(spki)[0]).oid),
    basicConstraints: value(BASIC_CONSTRAINTS, readBasicConstraints),
    keyUsage: value(KEY_USAGE, readKeyUsage),
    extendedKeyUsage: value(EXTENDED_KEY_USAGE, readExtendedKeyUsage),
    extensions: Object.freeze(
      extensions.map(({ oid, critical, value: content }) =>
        Object.freeze({ oid, critical, value: new Uint8Array(content) }),
      ),
    ),
    signatureAlgorithm: readAlgorithm(algorithm).oid,
    fingerprint: hexOf(sha256.digest(der)),
    der: () => new Uint8Array(der),
  }) as Certificate;
  parts.set(shown, {
    shown,
    der,
    tbs: tbs.encoding,
    issuer: issuer.encoding,
    subject: subject.encoding,
    key,
    algorithm,
    signature,
  });
  return shown;
}

/** Section 4.1.2.1: extensions, without which nothing says who may issue, need version 3. */
function checkVersion(version: DerValue | undefined, rest: readonly DerValue[]): void {
  if (version?.tag === VERSION) {
    const [number, ...more] = derChildren(version);
    const digits = derUnsigned(expectTag(number, DER_TAG.integer));
    if (digits.length === 1 && digits[0] === VERSION_3 && more.length === 0) return;
    // Version 1 is the default, and so left out: what is first is the serial number.
  } else if (!(version?.tag === DER_TAG.integer && rest.length >= 5 && isAllSequences(rest))) {
    throw certificateError('expected a certificate, found another signed object');
  }
  throw new CountersignError(
    'ERR_CERTIFICATE_VERSION',
    'expected a certificate of version 3, found another version',
  );
}

/** The fields of a certificate after its serial number; a request has fewer, a list has times. */
function isAllSequences(rest: readonly DerValue[]): boolean {
  return rest.slice(0, 5).every(({ tag }) => tag === DER_TAG.sequence);
}

function readSerial(value: DerValue | undefined): Certificate['serial'] {
  const number = expectTag(value, DER_TAG.integer);
  const isNegative = (number.content[0] ?? 0) >= 0x80;
  const digits = isNegative ? undefined : derUnsigned(number);
  if (digits === undefined || !(digits.length <= LONGEST_SERIAL)) {
    throw new CountersignError(
      'ERR_CERTIFICATE_SERIAL',
      `expected a serial number from 0 on of at most ${LONGEST_SERIAL} octets`,
    );
  }
  return Object.freeze({
    hex: digits.length === 0 ? '00' : hexOf(digits),
    decimal: decodeInteger(digits).toString(),
  });
}

/** A key that is well written and of no use here does not keep a certificate from being read. */
function readKey(spki: DerValue): CertificateParts['key'] {
  const fields = derChildren(sequence(spki));
  if (fields.length !== 2) throw certificateError('expected a public key of two parts');
  try {
    return readSpki(fields);
  } catch (error) {
    const isOther =
      error instanceof CountersignError &&
      (error.code === 'ERR_KEY_FAMILY' || error.code === 'ERR_KEY_CURVE');
    if (isOther) return error;
    throw error;
  }
}

function describe(key: CertificateParts['key'], algorithm: string): CertificateKey {
  if (key instanceof CountersignError) return Object.freeze({ family: 'other', algorithm });
  const { family } = key;
  if (key.family === 'ec') return Object.freeze({ family, algorithm, curve: key.curve });
  if (key.family !== 'rsa') return Object.freeze({ family, algorithm });
  const [first = 0] = key.parts.n;
  return Object.freeze({
    family,
    algorithm,
    bits: 8 * key.parts.n.length + 24 - Math.clz32(first),
  });
}

/** Unique identifiers must not be used, section 4.1.2.8; they are older than names that stay. */
function readOptional(values: readonly DerValue[]): readonly ExtensionView[] {
  const [first, ...more] = values;
  if (first === undefined) return [];
  if (first.tag === ISSUER_ID || first.tag === SUBJECT_ID) {
    throw certificateError('expected no unique identifiers');
  }
  const [extensions, ...others] = derChildren(expectTag(first, EXTENSIONS));
  if (extensions === undefined || others.length > 0 || more.length > 0) {
    throw certificateError('expected extensions and nothing after them');
  }
  return readExtensions(extensions);
}

/** Names what was found in place of a certificate, if it has a name. */
function notCertificate(der: Uint8Array): CountersignError {
  try {
    const { kind } = readContainer(der, 'public');
    return certificateError(`expected a certificate, found a ${kind} key`);
  } catch (error) {
    const isNamed = error instanceof CountersignError && error.code.startsWith('ERR_KEY_P');
    if (isNamed || (error instanceof CountersignError && error.code === 'ERR_KEY_ENCRYPTED')) {
      return certificateError(`expected a certificate: ${error.message}`);
    }
    return certificateError('expected a certificate: what is signed, an algorithm, a signature');
  }
}

function sequence(value: DerValue | undefined): DerValue {
  return expectTag(value, DER_TAG.sequence);
}

function certificateError(message: string): CountersignError {
  return new CountersignError('ERR_CERTIFICATE', message);
}
