/**
 * Whether a path of certificates leads to one of the given roots, and to the subject meant.
 * `countersign/key/x509-path`. {@link https://www.rfc-editor.org/rfc/rfc5280#section-6.1 RFC 5280,
 * section 6.1}, by fewer and stricter rules:
 *
 * - The path is taken as it is given, leaf first. Nothing is sorted, fetched or searched for.
 * - Names must have equal octets. RFC 5280, section 7.1, has them compared without regard to case,
 *   white space and types of strings; a CA writes its name in one way, and a path that needs more is
 *   one that nobody issued together.
 * - Roots are held to the rules too, but for their own signature, which says nothing.
 * - Extensions that are critical are processed or refused; name constraints are refused in any CA.
 *
 * Revocation is not checked: there is no network here. Whoever needs it looks the serial up.
 *
 * @module
 */
import { DER_TAG, derChildren, readDer } from '../bytes/der.js';
import { same } from '../bytes/equal.js';
import { typeName } from '../bytes/octets.js';
import { CountersignError, type CountersignErrorCode } from '../errors.js';
import { named, seconds } from './options.js';
import { type Certificate, type CertificateParts, partsOf } from './x509-certificate.js';
import { BASIC_CONSTRAINTS, EXTENDED_KEY_USAGE, KEY_USAGE } from './x509-extensions.js';
import { foldedName } from './x509-name.js';
import { checkPins, NO_PIN, objectId, type Pin, readPins } from './x509-pin.js';
import { checkKey, checkSuits, isSignedBy, readMethod } from './x509-signature.js';

export type { Certificate, Pin };
export type { ExtensionPin, SubjectPin } from './x509-pin.js';
export { NO_PIN };

/** What a path is verified against. */
export interface PathOptions {
  /** The certificates that are trusted by themselves. */
  readonly roots: readonly Certificate[];
  /** The time at which all certificates must be valid, in seconds since 1970. */
  readonly now: number;
  /** Whom the leaf must be for; all of several must hold. `NO_PIN` takes any. */
  readonly pin: Pin | readonly Pin[] | typeof NO_PIN;
  /**
   * An extended key usage, in dotted decimal, that the leaf must list, and every issuer that lists
   * any. `anyExtendedKeyUsage` does not stand for it.
   */
  readonly purpose?: string;
}

declare const brand: unique symbol;

/** A path that was verified. */
export interface VerifiedPath {
  readonly [brand]: 'path';
  readonly leaf: Certificate;
  /** From the leaf to the root. */
  readonly certificates: readonly Certificate[];
  /** The time at which it holds. */
  readonly now: number;
}

/** Of a path, the root included. */
const MOST_CERTIFICATES = 5;
/** Far more than any list of roots has. */
const MOST_ROOTS = 1024;
/** Roots of one name that are tried; a CA that changes its key keeps its name. */
const MOST_CANDIDATES = 8;
const OPTIONS = ['roots', 'now', 'pin', 'purpose'];

const SUBJECT_ALT_NAME = '2.5.29.17';
const NAME_CONSTRAINTS = '2.5.29.30';
/** Names places to ask for revocation, which nobody asks here. It restricts nothing else. */
const CRL_DISTRIBUTION_POINTS = '2.5.29.31';
/**
 * What may be critical. RFC 5280 lets the rest that is known be nothing but that: the key
 * identifiers (sections 4.2.1.1 and 4.2.1.2) and authorityInfoAccess (4.2.2.1). Policies are read
 * over where they are not critical, and not processed where they are.
 */
const PROCESSED: readonly string[] = [
  BASIC_CONSTRAINTS,
  KEY_USAGE,
  EXTENDED_KEY_USAGE,
  SUBJECT_ALT_NAME,
  CRL_DISTRIBUTION_POINTS,
];

/** What a caller asks for besides the roots. */
interface Wanted {
  readonly now: number;
  readonly pins: readonly Pin[];
  readonly purpose: string | undefined;
}

/** From the leaf to the root. */
type Path = readonly CertificateParts[];

/**
 * Verifies a path, leaf first as messages carry it, with its root or without. What is wrong is
 * thrown, each rule with its own code. At most 11 signatures are verified: 3, and those of 8
 * candidates for the root.
 */
export function verifyPath(chain: readonly Certificate[], options: PathOptions): VerifiedPath {
  const { roots, now, pin, purpose } = named(options, 'options', OPTIONS);
  if (Array.isArray(roots) && !(1 <= roots.length && roots.length <= MOST_ROOTS)) {
    throw new TypeError(`options.roots: expected 1 to ${MOST_ROOTS} certificates`);
  }
  const anchors = readList(roots, 'options.roots');
  const wanted = {
    now: seconds(now, 'options.now'),
    pins: readPins(pin),
    purpose: purpose === undefined ? undefined : objectId(purpose, 'options.purpose'),
  };
  const path = findPath(readChain(chain), anchors, wanted);
  // From the root downwards: no key is used before a trusted one has signed it.
  for (let i = path.length - 3; i >= 0; i--) {
    if (!isSigned(path, i)) throw wrongSignature(i);
  }
  const certificates = Object.freeze(path.map(({ shown }) => shown));
  return Object.freeze({ leaf: certificates[0], certificates, now }) as VerifiedPath;
}

/** The path with its root, after every rule but the signatures below the last. */
function findPath(chain: Path, anchors: Path, wanted: Wanted): Path {
  let refusal: CountersignError | undefined;
  for (const path of candidates(chain, anchors)) {
    const found = faultOf(path, wanted);
    if (found === undefined) {
      const last = path.length - 2;
      if (last < 0 || isSigned(path, last)) return path;
    }
    // Another key under the same name explains nothing that a broken rule would not explain better.
    refusal ??= found;
  }
  throw refusal ?? wrongSignature(chain.length - 1);
}

/** The paths that the chain may be part of: it ends in a root, or a root issued its last one. */
function candidates(chain: Path, anchors: Path): readonly Path[] {
  const last = certificateAt(chain, chain.length - 1);
  if (anchors.some(({ der }) => same(der, last.der))) return [chain];
  const alike = anchors.filter(({ subject }) => same(subject, last.issuer));
  if (alike.length > MOST_CANDIDATES) {
    throw new TypeError(`options.roots: expected at most ${MOST_CANDIDATES} roots of one name`);
  }
  if (alike.length > 0) return alike.map((root) => [...chain, root]);
  const issuer = foldedName(last.shown.issuer);
  if (anchors.some(({ shown }) => foldedName(shown.subject) === issuer)) {
    throw encodedOtherwise(chain.length - 1);
  }
  throw pathError('ERR_PATH_ROOT', 'expected a given root to have the name of the last issuer');
}

/** The rule that a path breaks, found without arithmetic. */
function faultOf(path: Path, wanted: Wanted): CountersignError | undefined {
  try {
    checkPath(path, wanted);
    return undefined;
  } catch (error) {
    if (error instanceof CountersignError) return error;
    throw error;
  }
}

function checkPath(path: Path, { now, pins, purpose }: Wanted): void {
  checkLength(path.length);
  for (const [i, part] of path.entries()) {
    checkTime(part, i, now);
    checkKey(part.key);
    checkExtensions(part, i, purpose);
    if (i === 0) checkLeaf(part, purpose);
    else checkIssuer(path, i, part);
  }
  checkPins(pins, certificateAt(path, 0).shown, path[1]?.shown);
  // The root's own signature is not looked at: whoever could forge it could forge the root.
  for (const [i, { algorithm }] of path.slice(0, -1).entries()) {
    checkSuits(readMethod(algorithm), certificateAt(path, i + 1).key);
  }
}

/** Section 4.1.2.5: both ends belong to the validity. */
function checkTime({ shown }: CertificateParts, i: number, now: number): void {
  if (!(shown.notBefore <= now)) {
    throw pathError('ERR_PATH_NOT_YET_VALID', `certificate ${i}: valid from ${shown.notBefore} on`);
  }
  if (!(now <= shown.notAfter)) {
    throw pathError('ERR_PATH_EXPIRED', `certificate ${i}: valid until ${shown.notAfter}`);
  }
}

/** Section 4.2: what is critical is processed, or the certificate is refused. */
function checkExtensions(
  { shown }: CertificateParts,
  i: number,
  purpose: string | undefined,
): void {
  for (const { oid, critical, value } of shown.extensions) {
    if (oid === SUBJECT_ALT_NAME || oid === CRL_DISTRIBUTION_POINTS) checkFilled(value, i);
    // Before the rest: their code says more, and a CA's are refused where they are not critical too.
    if (oid === NAME_CONSTRAINTS && (i > 0 || critical)) {
      throw pathError(
        'ERR_PATH_NAME_CONSTRAINTS',
        `certificate ${i}: found name constraints, which are not processed`,
      );
    }
    if (critical && !PROCESSED.includes(oid)) {
      throw pathError(
        'ERR_PATH_CRITICAL',
        `certificate ${i}: found the critical extension ${oid}, which is not processed`,
      );
    }
    if (oid !== EXTENDED_KEY_USAGE) continue;
    if (purpose === undefined ? critical : shown.extendedKeyUsage?.includes(purpose) !== true) {
      throw pathError(
        'ERR_PATH_PURPOSE',
        `certificate ${i}: found purposes, expected ${purpose ?? 'options.purpose to be one of them'}`,
      );
    }
  }
}

/** What may be critical and restricts nothing here is well formed at the least: a SEQUENCE of some. */
function checkFilled(value: Uint8Array, i: number): void {
  if (derChildren(readDer(value, DER_TAG.sequence)).length > 0) return;
  throw pathError('ERR_PATH_CRITICAL', `certificate ${i}: found an extension without content`);
}

/** A key that encrypts may well be certified, but a message was signed. */
function checkLeaf({ shown }: CertificateParts, purpose: string | undefined): void {
  if (shown.keyUsage?.includes('digitalSignature') !== true) {
    throw pathError(
      'ERR_PATH_LEAF_USAGE',
      'certificate 0: expected the key usage digitalSignature',
    );
  }
  if (purpose !== undefined && shown.extendedKeyUsage === undefined) {
    throw pathError(
      'ERR_PATH_PURPOSE',
      `certificate 0: expected the purpose ${purpose}, found none`,
    );
  }
}

/** Section 6.1.4, (k) to (n). */
function checkIssuer(path: Path, i: number, { shown }: CertificateParts): void {
  if (shown.basicConstraints?.ca !== true) {
    throw pathError('ERR_PATH_CA', `certificate ${i}: expected a CA, found another issuer`);
  }
  if (shown.keyUsage?.includes('keyCertSign') !== true) {
    throw pathError('ERR_PATH_CERT_SIGN', `certificate ${i}: expected the key usage keyCertSign`);
  }
  const { pathLength } = shown.basicConstraints;
  if (pathLength === undefined) return;
  // CAs between this one and the leaf; one that issued to itself, to change its key, is no further.
  const between = path.slice(1, i).filter(({ issuer, subject }) => !same(issuer, subject)).length;
  if (!(between <= pathLength)) {
    throw pathError(
      'ERR_PATH_PATH_LEN',
      `certificate ${i}: expected at most ${pathLength} CAs below it, found ${between}`,
    );
  }
}

function isSigned(path: Path, i: number): boolean {
  const [part, { key }] = [certificateAt(path, i), certificateAt(path, i + 1)];
  return isSignedBy(part, readMethod(part.algorithm), key);
}

/** What the message carried: as many as a path may have, each issued by the next one's name. */
function readChain(chain: readonly Certificate[]): Path {
  if (Array.isArray(chain)) checkLength(chain.length);
  const path = readList(chain, 'chain');
  for (const [i, part] of path.slice(0, -1).entries()) {
    const next = certificateAt(path, i + 1);
    if (same(part.issuer, next.subject)) continue;
    if (foldedName(part.shown.issuer) === foldedName(next.shown.subject)) throw encodedOtherwise(i);
    throw pathError(
      'ERR_PATH_NAME',
      `certificate ${i}: expected its issuer to be the subject of certificate ${i + 1}`,
    );
  }
  return path;
}

function readList(value: readonly Certificate[], what: string): Path {
  if (!Array.isArray(value)) {
    throw new TypeError(`${what}: expected an array of certificates, found ${typeName(value)}`);
  }
  return Array.from(value as readonly Certificate[], (one, i) => partsOf(one, `${what}[${i}]`));
}

function checkLength(found: number): void {
  if (1 <= found && found <= MOST_CERTIFICATES) return;
  throw pathError(
    'ERR_PATH_LENGTH',
    `expected 1 to ${MOST_CERTIFICATES} certificates with the root, found ${found}`,
  );
}

function certificateAt(path: Path, i: number): CertificateParts {
  const part = path[i];
  /* v8 ignore next -- indices come from the path itself */
  if (part === undefined) throw new TypeError(`path: expected a certificate ${i}`);
  return part;
}

function encodedOtherwise(i: number): CountersignError {
  return pathError(
    'ERR_PATH_NAME_ENCODING',
    `certificate ${i}: expected its issuer in the octets of that issuer's own certificate, found the same name encoded otherwise`,
  );
}

function wrongSignature(i: number): CountersignError {
  return pathError(
    'ERR_PATH_SIGNATURE',
    `certificate ${i}: expected a signature by the key of its issuer`,
  );
}

function pathError(code: CountersignErrorCode, message: string): CountersignError {
  return new CountersignError(code, message);
}
