/**
 * The containers that keys come in, told apart by their structure and taken apart by our own DER
 * reader on every engine: what a backend would do here differs by version (explicit curve
 * parameters, trailing octets, a private key taken for a public one).
 *
 * - SubjectPublicKeyInfo, {@link https://www.rfc-editor.org/rfc/rfc5280#section-4.1 RFC 5280, 4.1}
 * - PrivateKeyInfo, {@link https://www.rfc-editor.org/rfc/rfc5958#section-2 RFC 5958, section 2}
 * - RSAPublicKey, RSAPrivateKey, {@link https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1 RFC 8017}
 * - ECPrivateKey, {@link https://www.rfc-editor.org/rfc/rfc5915#section-3 RFC 5915, section 3}
 *
 * @module
 */
import {
  DER_TAG,
  type DerValue,
  derBitOctets,
  derChildren,
  derNull,
  derObjectIdentifier,
  derOctets,
  derUnsigned,
  expectTag,
  readDer,
} from '../bytes/der.js';
import { same } from '../bytes/equal.js';
import { CountersignError, type CountersignErrorCode } from '../errors.js';
import type { RsaPrivateParts, RsaPublicParts } from '../primitive/rsa.js';
import { uncompressed } from './point.js';
import { type PssRestriction, readPssParameters } from './pss.js';

/** The curves that have a name here. */
export type CurveName = 'P-256' | 'P-384' | 'P-521' | 'secp256k1';

/** What a container held. */
export type KeyContent =
  | {
      readonly kind: 'public';
      readonly family: 'rsa';
      readonly parts: RsaPublicParts;
      readonly pss?: PssRestriction;
    }
  | {
      readonly kind: 'private';
      readonly family: 'rsa';
      readonly parts: RsaPrivateParts;
      readonly pss?: PssRestriction;
    }
  | {
      readonly kind: 'public';
      readonly family: 'ec';
      readonly curve: CurveName;
      readonly point: Uint8Array;
      /** A coordinate of a JWK was shorter than its curve. */
      readonly isPadded?: boolean;
    }
  | {
      readonly kind: 'private';
      readonly family: 'ec';
      readonly curve: CurveName;
      readonly scalar: Uint8Array;
      readonly point: Uint8Array | undefined;
      readonly isPadded?: boolean;
    }
  | { readonly kind: 'public'; readonly family: OctetFamily; readonly octets: Uint8Array }
  | {
      readonly kind: 'private';
      readonly family: OctetFamily;
      readonly octets: Uint8Array;
      readonly publicOctets?: Uint8Array;
    };

/** The keys of RFC 8410: 32 octets and nothing around them. */
export type OctetFamily = 'ed25519' | 'x25519';

const RSA = '1.2.840.113549.1.1.1';
const RSA_PSS = '1.2.840.113549.1.1.10';
const EC = '1.2.840.10045.2.1';
/** {@link https://www.rfc-editor.org/rfc/rfc8410#section-3 RFC 8410, section 3}. */
const CURVE25519: Readonly<Record<string, OctetFamily>> = {
  '1.3.101.112': 'ed25519',
  '1.3.101.110': 'x25519',
};
/** {@link https://www.rfc-editor.org/rfc/rfc5480#section-2.1.1.1 RFC 5480}, SEC 2 appendix A.2. */
const CURVES: Readonly<Record<string, CurveName>> = {
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
  '1.3.132.0.10': 'secp256k1',
};

/** Takes a container apart; another thing than the kind of key that is needed is named. */
export function readContainer(der: Uint8Array, kind: 'public' | 'private'): KeyContent {
  if (der[0] === DER_TAG.objectIdentifier && der[1] === der.length - 2) throw onlyParameters(kind);
  const parts = derChildren(readDer(der, DER_TAG.sequence));
  const [first, second, third] = parts.map(({ tag }) => tag);
  if (first === DER_TAG.sequence) {
    if (second === DER_TAG.bitString && parts.length === 2) return readSpki(parts);
    if (second === DER_TAG.octetString && parts.length === 2) {
      throw wrong('ERR_KEY_ENCRYPTED', 'an encrypted private key', kind, OPEN_ENCRYPTED);
    }
    if (second === DER_TAG.sequence && third === DER_TAG.bitString) throw signedObject(parts, kind);
  }
  if (first === DER_TAG.integer) {
    if (second === DER_TAG.sequence && third === DER_TAG.octetString) return readPkcs8(parts);
    if (second === DER_TAG.sequence && third === DER_TAG.sequence) {
      throw wrong('ERR_KEY_PKCS12', 'a PKCS#12 file', kind, OPEN_PKCS12);
    }
    if (second === DER_TAG.octetString) return readSec1(parts, undefined);
    if (parts.length === 2) return { kind: 'public', family: 'rsa', parts: readRsaPublic(parts) };
    if (parts.length === DSA_PARTS) throw notHere();
    return { kind: 'private', family: 'rsa', parts: readRsaPrivate(parts) };
  }
  if (first === DER_TAG.objectIdentifier && second === 0xa0) {
    throw wrong('ERR_KEY_PKCS7', 'a PKCS#7 file', kind, OPEN_PKCS7);
  }
  throw new CountersignError('ERR_KEY_FORM', 'expected a key in one of the containers of DER');
}

const OPEN_ENCRYPTED =
  'open it with: openssl pkcs8 -in FILE -out key.pem, and -inform DER if FILE is no PEM';
const READ_CERTIFICATE = 'importCertificate of countersign/key/x509 takes its key';
const OPEN_PKCS12 =
  'open it with: openssl pkcs12 -in FILE -nodes -nocerts -out key.pem, and -legacy if that is unsupported';
const OPEN_PKCS7 = 'its certificates come out with: openssl pkcs7 -in FILE -print_certs';
/** OpenSSL's own form of a private DSA key: a version, p, q, g, y and x. */
const DSA_PARTS = 6;

const TIMES: readonly number[] = [DER_TAG.utcTime, DER_TAG.generalizedTime];

/** A certificate, a request or a list: three parts, the second an algorithm, the third bits. */
function signedObject(parts: readonly DerValue[], kind: 'public' | 'private'): CountersignError {
  const [first, second, third, fourth] = derChildren(expect(parts[0], 'a signed object'));
  // RFC 5280, section 5.1: a list goes on with a time where a certificate has a SEQUENCE.
  if ([third, fourth].some((part) => TIMES.includes(part?.tag ?? 0))) {
    return wrong('ERR_KEY_REVOCATION_LIST', 'a revocation list', kind, 'it is of a CA');
  }
  // RFC 5280, section 4.1: a version in [0], and then a serial number, or that at once.
  const isCertificate =
    first?.tag === 0xa0 || (first?.tag === DER_TAG.integer && second?.tag === DER_TAG.sequence);
  // RFC 2986, section 4.1: a version, a name, a public key, and attributes in [0].
  const isRequest = first?.tag === DER_TAG.integer && fourth?.tag === 0xa0;
  if (isRequest) return wrong('ERR_KEY_REQUEST', 'a certificate request', kind, 'it is for a CA');
  if (isCertificate) {
    const help = kind === 'public' ? READ_CERTIFICATE : 'the private key is in another file';
    return wrong('ERR_KEY_CERTIFICATE', 'an X.509 certificate', kind, help);
  }
  return new CountersignError('ERR_KEY_FORM', 'expected a key, found another signed object');
}

/** Reads SubjectPublicKeyInfo, given as its two parts. */
export function readSpki(parts: readonly DerValue[]): KeyContent & { readonly kind: 'public' } {
  const { oid, parameters } = readAlgorithm(parts[0]);
  const octets = derBitOctets(expect(parts[1], 'a public key'));
  if (oid === RSA || oid === RSA_PSS) {
    const restriction = readRestriction(oid, parameters);
    const numbers = derChildren(readDer(octets, DER_TAG.sequence));
    return { kind: 'public', family: 'rsa', parts: readRsaPublic(numbers), ...restriction };
  }
  if (oid === EC) {
    const curve = readCurve(parameters);
    return { kind: 'public', family: 'ec', curve, point: uncompressed(curve, octets) };
  }
  return { kind: 'public', family: readCurve25519(oid, parameters), octets };
}

function readPkcs8(parts: readonly DerValue[]): KeyContent {
  // RFC 5958: version 0 has no public key, 1 may; attributes in [0] are not read.
  const version = derUnsigned(expect(parts[0], 'a version')).join();
  const rest = parts.slice(3);
  const tags = rest.map(({ tag }) => tag).join();
  const isKnown = version === '' ? ['', '160'] : ['', '160', '129', '160,129'];
  if ((version !== '' && version !== '1') || !isKnown.includes(tags)) {
    throw new CountersignError('ERR_KEY_FORM', 'expected PrivateKeyInfo of version 0 or 1');
  }
  const { oid, parameters } = readAlgorithm(parts[1]);
  const octets = derOctets(expect(parts[2], 'a private key'));
  const last = rest.find(({ tag }) => tag === 0x81);
  const beside = last && derBitOctets({ ...last, tag: DER_TAG.bitString });
  if (oid === RSA || oid === RSA_PSS) {
    const restriction = readRestriction(oid, parameters);
    const numbers = readRsaPrivate(derChildren(readDer(octets, DER_TAG.sequence)));
    if (beside !== undefined) checkRsaPublic(beside, numbers);
    return { kind: 'private', family: 'rsa', parts: numbers, ...restriction };
  }
  if (oid === EC) {
    return readSec1(derChildren(readDer(octets, DER_TAG.sequence)), readCurve(parameters), beside);
  }
  const family = readCurve25519(oid, parameters);
  const seed = derOctets(readDer(octets, DER_TAG.octetString)); // CurvePrivateKey, RFC 8410
  const publicOctets = beside === undefined ? {} : { publicOctets: beside };
  return { kind: 'private', family, octets: seed, ...publicOctets };
}

/** RFC 3279, section 2.3.1, has NULL for a plain key; RFC 4055, section 1.2, may restrict another. */
function readRestriction(
  oid: string,
  parameters: DerValue | undefined,
): { readonly pss?: PssRestriction } {
  if (oid === RSA_PSS) {
    return { pss: parameters === undefined ? 'any' : readPssParameters(parameters) };
  }
  derNull(expect(parameters, 'NULL'));
  return {};
}

function readRsaPublic(parts: readonly DerValue[]): RsaPublicParts {
  if (parts.length !== 2) throw notRsa();
  const [n, e] = parts.map(derUnsigned);
  if (n === undefined || e === undefined) throw notRsa();
  return { n, e };
}

function readRsaPrivate(parts: readonly DerValue[]): RsaPrivateParts {
  if (parts.length !== 9) throw notRsa();
  const [version, n, e, d, p, q, dp, dq, qi] = parts.map(derUnsigned);
  if (version?.length !== 0 || !n || !e || !d || !p || !q || !dp || !dq || !qi) throw notRsa();
  return { n, e, d, p, q, dp, dq, qi };
}

/** The public key of RFC 5958 beside a private one. */
function checkRsaPublic(beside: Uint8Array, own: RsaPrivateParts): void {
  const { n, e } = readRsaPublic(derChildren(readDer(beside, DER_TAG.sequence)));
  if (same(n, own.n) && same(e, own.e)) return;
  throw new CountersignError('ERR_KEY', 'RSA: expected the public key of the private one');
}

function notRsa(): CountersignError {
  return new CountersignError('ERR_KEY_FORM', 'expected the numbers of a two-prime RSA key');
}

function readSec1(
  parts: readonly DerValue[],
  outer: CurveName | undefined,
  beside?: Uint8Array,
): KeyContent {
  const [version, secret, ...optional] = parts;
  const isVersion1 = derUnsigned(expect(version, 'a version')).join() === '1';
  const named = optional.find(({ tag }) => tag === 0xa0);
  const given = optional.find(({ tag }) => tag === 0xa1);
  const tags = optional.map(({ tag }) => tag).join();
  if (!isVersion1 || !['', '160', '161', '160,161'].includes(tags)) {
    throw new CountersignError('ERR_KEY_FORM', 'expected ECPrivateKey of version 1');
  }
  const inner = named === undefined ? undefined : readCurve(onlyChild(named));
  const curve = inner ?? outer;
  if (curve === undefined || (outer !== undefined && inner !== undefined && inner !== outer)) {
    throw new CountersignError('ERR_KEY_CURVE', 'expected the private key to name its one curve');
  }
  const scalar = derOctets(expect(secret, 'a private key'));
  const inside = given && uncompressed(curve, derBitOctets(onlyChild(given)));
  const outside = beside && uncompressed(curve, beside);
  if (inside !== undefined && outside !== undefined && !same(inside, outside)) {
    throw new CountersignError('ERR_KEY', `${curve}: expected one public key of the private one`);
  }
  return { kind: 'private', family: 'ec', curve, scalar, point: inside ?? outside };
}

/** AlgorithmIdentifier, RFC 5280, section 4.1.1.2. */
export function readAlgorithm(value: DerValue | undefined): {
  readonly oid: string;
  readonly parameters: DerValue | undefined;
} {
  const sequence = expectTag(expect(value, 'an algorithm'), DER_TAG.sequence);
  const [oid, parameters, ...more] = derChildren(sequence);
  if (more.length > 0)
    throw new CountersignError('ERR_KEY_FORM', 'expected one AlgorithmIdentifier');
  return { oid: derObjectIdentifier(expect(oid, 'an algorithm')), parameters };
}

/** A named curve; explicit parameters are how CVE-2020-0601 forged certificates. */
function readCurve(parameters: DerValue | undefined): CurveName {
  if (parameters?.tag !== DER_TAG.objectIdentifier) {
    throw new CountersignError('ERR_KEY_CURVE', 'expected a named curve, found other parameters');
  }
  const curve = CURVES[derObjectIdentifier(parameters)];
  if (curve !== undefined) return curve;
  throw new CountersignError(
    'ERR_KEY_CURVE',
    'expected a key on P-256, P-384, P-521 or secp256k1, found one on another curve',
  );
}

function readCurve25519(oid: string, parameters: DerValue | undefined): OctetFamily {
  const family = CURVE25519[oid];
  // RFC 8410, section 3: the parameters must be absent.
  if (family !== undefined && parameters === undefined) return family;
  throw notHere();
}

function notHere(): CountersignError {
  return new CountersignError('ERR_KEY_FAMILY', 'expected an RSA, EC, Ed25519 or X25519 key');
}

function onlyChild(value: DerValue): DerValue {
  const [child, ...more] = derChildren(value);
  if (child === undefined || more.length > 0) {
    throw new CountersignError('ERR_KEY_FORM', 'expected one value within its tag');
  }
  return child;
}

function expect(value: DerValue | undefined, what: string): DerValue {
  if (value !== undefined) return value;
  throw new CountersignError('ERR_KEY_FORM', `expected ${what}, found nothing`);
}

/** What many keys may share, such as a curve. */
export function onlyParameters(kind: 'public' | 'private'): CountersignError {
  return wrong('ERR_KEY_PARAMETERS', 'parameters', kind, '');
}

function wrong(
  code: CountersignErrorCode,
  found: string,
  kind: 'public' | 'private',
  help: string,
): CountersignError {
  const more = help === '' ? '' : `; ${help}`;
  return new CountersignError(code, `found ${found}, where a ${kind} key is needed${more}`);
}
