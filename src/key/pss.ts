/**
 * RSASSA-PSS-params, {@link https://www.rfc-editor.org/rfc/rfc4055#section-3.1 RFC 4055, section
 * 3.1}: what an RSA key under the PSS identifier is restricted to, and how a certificate says that
 * it was signed.
 *
 * @module
 */
import {
  DER_TAG,
  type DerValue,
  derChildren,
  derNull,
  derObjectIdentifier,
  derUnsigned,
  expectTag,
} from '../bytes/der.js';
import { CountersignError } from '../errors.js';

/** The hash functions by their names in FIPS 180-4, and the salt in octets. */
export interface PssParameters {
  readonly hash: string;
  readonly mgfHash: string;
  readonly saltLength: number;
}

/** What a key says that is for RSASSA-PSS alone: with any parameters, or with these. */
export type PssRestriction = 'any' | PssParameters;

const MGF1 = '1.2.840.113549.1.1.8';
const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};
/** The context-specific tags 0 to 3, explicit; each stands for a default when it is left out. */
const [HASH, MGF, SALT, TRAILER] = [0xa0, 0xa1, 0xa2, 0xa3] as const;

/** Reads the parameters; a part that is left out is SHA-1's, as in PKCS #1. */
export function readPssParameters(parameters: DerValue): PssParameters {
  const parts = derChildren(expectTag(parameters, DER_TAG.sequence));
  const tags = parts.map(({ tag }) => tag);
  const isOrdered = tags.every(
    (tag, i) => tag >= HASH && tag <= TRAILER && tag > (tags[i - 1] ?? 0),
  );
  if (!isOrdered) throw notPss();
  const inside = (tag: number): DerValue | undefined => {
    const part = parts.find((found) => found.tag === tag);
    if (part === undefined) return undefined;
    const [child, ...more] = derChildren(part);
    if (child === undefined || more.length > 0) throw notPss();
    return child;
  };
  const trailer = inside(TRAILER);
  if (trailer !== undefined && small(trailer) !== 1) throw notPss();
  const [hash, mgf, salt] = [inside(HASH), inside(MGF), inside(SALT)];
  return {
    hash: hash === undefined ? 'SHA-1' : readHash(hash),
    mgfHash: mgf === undefined ? 'SHA-1' : readMgf1(mgf),
    saltLength: salt === undefined ? 20 : small(salt),
  };
}

/**
 * Whether a key with these parameters signs with MGF1 over `hash` and a salt as long as the digest:
 * RFC 4055, section 3.3, asks for the same hash functions and at least that salt.
 */
export function isWithin(pss: PssRestriction, hash: string): boolean {
  if (pss === 'any') return true;
  return pss.hash === hash && pss.mgfHash === hash && pss.saltLength <= digestSize(hash);
}

/** Octets of a digest, FIPS 180-4; the name of SHA-1 alone does not say its bits. */
export function digestSize(hash: string): number {
  return hash === 'SHA-1' ? 20 : Number(hash.slice(-3)) / 8;
}

function readMgf1(value: DerValue): string {
  const [oid, hash, ...more] = derChildren(expectTag(value, DER_TAG.sequence));
  if (oid === undefined || hash === undefined || more.length > 0) throw notPss();
  if (derObjectIdentifier(oid) !== MGF1) throw notPss();
  return readHash(hash);
}

/** RFC 4055, section 2.1: NULL and nothing mean the same here. */
function readHash(value: DerValue): string {
  const [oid, parameters, ...more] = derChildren(expectTag(value, DER_TAG.sequence));
  if (oid === undefined || more.length > 0) throw notPss();
  if (parameters !== undefined) derNull(parameters);
  const name = HASHES[derObjectIdentifier(oid)];
  if (name === undefined) throw notPss();
  return name;
}

function small(value: DerValue): number {
  const digits = derUnsigned(value);
  if (digits.length > 1) throw notPss();
  return digits[0] ?? 0;
}

function notPss(): CountersignError {
  return new CountersignError('ERR_KEY_FORM', 'expected the parameters of RSASSA-PSS, RFC 4055');
}
