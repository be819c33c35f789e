/**
 * The extensions of a certificate, {@link https://www.rfc-editor.org/rfc/rfc5280#section-4.2 RFC
 * 5280, section 4.2}, and the content of the three that decide what a key may do. All others are
 * octets here.
 *
 * @module
 */
import {
  DER_TAG,
  type DerValue,
  derBoolean,
  derChildren,
  derObjectIdentifier,
  derOctets,
  derUnsigned,
  expectTag,
  readDer,
} from '../bytes/der.js';
import { CountersignError } from '../errors.js';

/** One extension as it stands in a certificate. */
export interface ExtensionView {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** Whether the subject is a CA, section 4.2.1.9. */
export interface BasicConstraints {
  readonly ca: boolean;
  /** How many CAs may stand between this one and a leaf. */
  readonly pathLength?: number;
}

/** What a key may do, section 4.2.1.3. */
export type KeyUsage =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly';

/** Section 4.2.1.9. */
export const BASIC_CONSTRAINTS = '2.5.29.19';
/** Section 4.2.1.3. */
export const KEY_USAGE = '2.5.29.15';
/** Section 4.2.1.12. */
export const EXTENDED_KEY_USAGE = '2.5.29.37';

/** The bits in their order, section 4.2.1.3. */
const USAGES: readonly KeyUsage[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];
/** More than any certificate has. */
const MOST_EXTENSIONS = 64;
const MOST_PURPOSES = 64;
/** The count of unused bits, and nine bits. */
const LONGEST_USAGE = 3;
/** Octets of a pathLenConstraint, so that it is a safe integer; five is the longest path here. */
const LONGEST_PATH_LENGTH = 4;

/** Reads Extensions, given as the content of its tag [3]. */
export function readExtensions(value: DerValue): readonly ExtensionView[] {
  const values = derChildren(expectTag(value, DER_TAG.sequence));
  if (!(1 <= values.length && values.length <= MOST_EXTENSIONS)) {
    throw extensionError(`expected 1 to ${MOST_EXTENSIONS} extensions, found ${values.length}`);
  }
  const extensions = values.map(readExtension);
  for (const [i, { oid }] of extensions.entries()) {
    if (extensions.findIndex((other) => other.oid === oid) !== i) {
      throw new CountersignError(
        'ERR_CERTIFICATE_DUPLICATE',
        `expected each extension once, found ${oid} again`,
      );
    }
  }
  return extensions;
}

/** Reads BasicConstraints. */
export function readBasicConstraints(value: Uint8Array): BasicConstraints {
  const parts = derChildren(readDer(value, DER_TAG.sequence));
  const [flag, ...afterFlag] = parts;
  const ca = flag?.tag === DER_TAG.boolean ? expectTrue(flag) : false;
  const [length, ...more] = ca ? afterFlag : parts;
  if (more.length > 0 || (length !== undefined && !ca)) {
    throw extensionError('expected basicConstraints of a CA flag, and a length for a CA alone');
  }
  if (length === undefined) return Object.freeze({ ca });
  const digits = derUnsigned(length);
  if (digits.length > LONGEST_PATH_LENGTH) {
    throw extensionError('expected a pathLenConstraint below 2^32');
  }
  return Object.freeze({ ca, pathLength: digits.reduce((sum, octet) => sum * 256 + octet, 0) });
}

/** Reads KeyUsage: named bits end with the last one that is set, X.690 section 11.2.2. */
export function readKeyUsage(value: Uint8Array): readonly KeyUsage[] {
  const { content } = readDer(value, DER_TAG.bitString);
  if (content.length > LONGEST_USAGE) {
    throw extensionError(`expected a keyUsage of ${USAGES.length} bits`);
  }
  const [unused = 8, ...bits] = content;
  const last = bits.at(-1) ?? 0;
  // The lowest bit that is set is the last one used; a value without any is not allowed.
  if (unused !== 31 - Math.clz32(last & -last)) {
    throw extensionError('expected a keyUsage that ends with a bit that is set');
  }
  const numbers = bits.flatMap((octet, at) =>
    [0, 1, 2, 3, 4, 5, 6, 7]
      .filter((bit) => (octet & (0x80 >> bit)) !== 0)
      .map((bit) => 8 * at + bit),
  );
  if (!numbers.every((number) => number < USAGES.length)) {
    throw extensionError(`expected a keyUsage of ${USAGES.length} bits`);
  }
  return Object.freeze(USAGES.filter((_, number) => numbers.includes(number)));
}

/** Reads ExtKeyUsageSyntax, as object identifiers. */
export function readExtendedKeyUsage(value: Uint8Array): readonly string[] {
  const purposes = derChildren(readDer(value, DER_TAG.sequence));
  if (!(1 <= purposes.length && purposes.length <= MOST_PURPOSES)) {
    throw extensionError(`expected 1 to ${MOST_PURPOSES} purposes, found ${purposes.length}`);
  }
  return Object.freeze(purposes.map(derObjectIdentifier));
}

function readExtension(value: DerValue): ExtensionView {
  const parts = derChildren(expectTag(value, DER_TAG.sequence));
  const [oid, second, third] = parts;
  const isShort = parts.length === 2;
  const content = isShort ? second : third;
  if (oid === undefined || second === undefined || content === undefined || parts.length > 3) {
    throw extensionError('expected extensions of a type, whether it is critical, and a value');
  }
  const critical = !isShort && expectTrue(second);
  return { oid: derObjectIdentifier(oid), critical, value: derOctets(content) };
}

/**
 * A BOOLEAN DEFAULT FALSE that is there, and so TRUE: the default is left out, X.690 section 11.5.
 * Some readers let an encoded FALSE pass; then one meaning has two encodings.
 */
function expectTrue(value: DerValue): true {
  if (derBoolean(value)) return true;
  throw extensionError('expected FALSE to be left out, as DER has it for a default');
}

function extensionError(message: string): CountersignError {
  return new CountersignError('ERR_CERTIFICATE_EXTENSION', message);
}
