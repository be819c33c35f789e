/**
 * Distinguished names, {@link https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.4 RFC 5280,
 * section 4.1.2.4}: a list of attributes, each decoded by the type of its string. A name is never
 * taken from a joined text: `CN=evil, CN=good` may be one value, and every program joins otherwise.
 *
 * @module
 */
import {
  DER_TAG,
  type DerValue,
  derChildren,
  derObjectIdentifier,
  expectTag,
} from '../bytes/der.js';
import { hexOf } from '../bytes/hex.js';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';

/** One attribute of a name. */
export interface NameAttribute {
  /** Its type, in dotted decimal; `2.5.4.3` is the common name. */
  readonly oid: string;
  /** Its string, decoded. Nothing is folded or normalized. */
  readonly value: string;
  /** Which relative distinguished name it stands in, counted from 0; most have one attribute. */
  readonly rdn: number;
}

/** A distinguished name. */
export interface Name {
  /** The attributes in the order of the encoding. */
  readonly attributes: readonly NameAttribute[];
  /** For people to read, as RFC 4514 writes it, the last attribute first. Compare `attributes`. */
  readonly text: string;
}

/** More than any name has. */
const MOST_ATTRIBUTES = 64;
/** Octets of one string; the upper bounds of RFC 5280, appendix A.1, are below it but for one. */
const LONGEST_STRING = 4096;
/** Octets of a whole name. */
const LONGEST_NAME = 8192;

/** The names of RFC 4514, section 3; another type is printed as its number and its encoding. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.6': 'C',
  '2.5.4.9': 'STREET',
  '0.9.2342.19200300.100.1.25': 'DC',
  '0.9.2342.19200300.100.1.1': 'UID',
};

// The identifier octets of strings that only names have, X.680 section 41.
const NUMERIC_STRING = 0x12;
const TELETEX_STRING = 0x14;
const VISIBLE_STRING = 0x1a;
const UNIVERSAL_STRING = 0x1c;
const BMP_STRING = 0x1e;

/** X.680, table 10. */
const PRINTABLE = /^[A-Za-z0-9 '()+,./:=?-]*$/;
/** X.680, table 9. */
const NUMERIC = /^[0-9 ]*$/;
const VISIBLE = /^[\u{20}-\u{7e}]*$/u;
/** What T.61, Latin-1 and ASCII have in common: all that prints but # $ \ ^ ` { } ~. */
const TELETEX = /^[ -"%-[\]_a-z|]*$/;

/** Reads a Name. */
export function readName(value: DerValue): Name {
  if (!(value.encoding.length <= LONGEST_NAME)) {
    throw nameError(`expected a name of at most ${LONGEST_NAME} octets`);
  }
  const rdns = derChildren(expectTag(value, DER_TAG.sequence));
  const attributes: (NameAttribute & { readonly encoding: Uint8Array })[] = [];
  for (const [rdn, set] of rdns.entries()) {
    const members = derChildren(expectTag(set, DER_TAG.set));
    if (members.length === 0) throw nameError('expected attributes, found an empty set');
    if (!members.every((member, i) => i === 0 || isAscending(members[i - 1], member))) {
      throw nameError('expected the attributes of a set in the order of DER');
    }
    for (const member of members) {
      if (attributes.length === MOST_ATTRIBUTES) {
        throw nameError(`expected at most ${MOST_ATTRIBUTES} attributes`);
      }
      const [type, string, ...more] = derChildren(expectTag(member, DER_TAG.sequence));
      if (type === undefined || string === undefined || more.length > 0) {
        throw nameError('expected attributes of a type and a value');
      }
      const oid = derObjectIdentifier(type);
      attributes.push({ oid, value: readString(string), rdn, encoding: string.encoding });
    }
  }
  return Object.freeze({
    attributes: Object.freeze(
      attributes.map(({ oid, value: string, rdn }) => Object.freeze({ oid, value: string, rdn })),
    ),
    // Made when it is asked for: nothing is decided by it.
    get text() {
      const texts = rdns.map((_, at) =>
        attributes
          .filter(({ rdn }) => rdn === at)
          .map(printed)
          .join('+'),
      );
      return texts.toReversed().join(',');
    },
  });
}

/**
 * What a name says to a person, as RFC 5280, section 7.1, compares names: without regard to the types
 * of strings, case, and how much white space there is. It serves to say what went wrong; names that
 * are to be equal must have equal octets.
 */
export function foldedName({ attributes }: Name): string {
  const lines = attributes.map(({ oid, value, rdn }) =>
    JSON.stringify([rdn, oid, value.normalize('NFKC').toLowerCase().trim().split(/\s+/)]),
  );
  return lines.toSorted().join('\n');
}

/** SET OF in DER, X.690 section 11.6. Equal members are no set. */
function isAscending(a: DerValue | undefined, b: DerValue): boolean {
  const first = a?.encoding ?? new Uint8Array();
  const at = first.findIndex((octet, i) => octet !== b.encoding[i]);
  return at >= 0 && (first[at] ?? 0) < (b.encoding[at] ?? -1);
}

/** DirectoryString and the other strings of RFC 5280, appendix A.1. */
function readString({ tag, content }: DerValue): string {
  if (!(1 <= content.length && content.length <= LONGEST_STRING)) {
    throw nameError(`expected a string of 1 to ${LONGEST_STRING} octets, found ${content.length}`);
  }
  switch (tag) {
    case DER_TAG.utf8String:
      return utf8(content);
    case DER_TAG.printableString:
      return matching(latin(content), PRINTABLE, 'PrintableString');
    case DER_TAG.ia5String:
      return ascii(content);
    case NUMERIC_STRING:
      return matching(latin(content), NUMERIC, 'NumericString');
    case VISIBLE_STRING:
      return matching(latin(content), VISIBLE, 'VisibleString');
    case TELETEX_STRING:
      // T.61 to the standard and Latin-1 to most programs: taken where they read the same.
      return matching(latin(content), TELETEX, 'TeletexString');
    case BMP_STRING:
      return units(content, 2, 'BMPString');
    case UNIVERSAL_STRING:
      return units(content, 4, 'UniversalString');
    default:
      throw nameError(`expected a string, found identifier ${tag}`);
  }
}

function utf8(content: Uint8Array): string {
  try {
    return decodeUtf8(content);
  } catch {
    throw nameError('expected a UTF8String of well-formed UTF-8');
  }
}

function ascii(content: Uint8Array): string {
  if (content.every((octet) => octet < 0x80)) return latin(content);
  throw nameError('expected the characters of an IA5String');
}

function latin(content: Uint8Array): string {
  return Array.from(content, (octet) => String.fromCharCode(octet)).join('');
}

function matching(value: string, pattern: RegExp, type: string): string {
  if (pattern.test(value)) return value;
  throw nameError(`expected the characters of a ${type}`);
}

/** UCS-2 has no surrogates, and UCS-4 ends at U+10FFFF. */
function units(content: Uint8Array, width: 2 | 4, type: string): string {
  let value = '';
  let isText = content.length % width === 0;
  for (let at = 0; isText && at < content.length; at += width) {
    let point = 0;
    for (let i = 0; i < width; i++) point = point * 256 + (content[at + i] ?? 0);
    // Joined, two halves would look like one character; alone they are what they are.
    isText = point <= 0x10_ffff && !(0xd800 <= point && point <= 0xdfff);
    if (isText) value += String.fromCodePoint(point);
  }
  if (isText) return value;
  throw nameError(`expected the characters of a ${type}`);
}

/** RFC 4514, sections 2.3 and 2.4. What does not print is escaped too, as section 2.4 allows. */
function printed({ oid, value, encoding }: NameAttribute & { encoding: Uint8Array }): string {
  const name = SHORT_NAMES[oid];
  if (name === undefined) return `${oid}=#${hexOf(encoding)}`;
  const escaped = value
    .replaceAll(/["+,;<>\\]/g, String.raw`\$&`)
    .replaceAll(/^[ #]| $/g, String.raw`\$&`)
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, (found) => escapedOctets(found));
  return `${name}=${escaped}`;
}

function escapedOctets(characters: string): string {
  return hexOf(encodeUtf8(characters)).replaceAll(/../g, String.raw`\$&`);
}

function nameError(message: string): CountersignError {
  return new CountersignError('ERR_CERTIFICATE_NAME', message);
}
