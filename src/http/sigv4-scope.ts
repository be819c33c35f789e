/**
 * The names that SigV4 and SigV4a go by: their algorithms, and the scope of a credential.
 *
 * @module
 */
import { sha256 } from '../primitive/digest.js';
import { hexOf } from '../bytes/hex.js';
import { text } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import type { EcdsaAlgorithm, MacAlgorithm } from '../key/use.js';
import { octetsOf } from './covered.js';

/** HMAC-SHA-256, or ECDSA on P-256. */
export type SigV4Algorithm = MacAlgorithm | EcdsaAlgorithm;

/** The two names of an algorithm in a request. */
export type SigV4Name = 'AWS4-HMAC-SHA256' | 'AWS4-ECDSA-P256-SHA256';

const NAMES: Readonly<Record<string, SigV4Name>> = {
  'HMAC-SHA-256': 'AWS4-HMAC-SHA256',
  'ECDSA P-256 SHA-256': 'AWS4-ECDSA-P256-SHA256',
};
/** The words that stand in the canonical request for a digest. */
export const UNSIGNED = 'UNSIGNED-PAYLOAD';
/** What ends a scope. */
const TERMINATOR = 'aws4_request';
/** A part of a scope: printable, and none of the characters that part it from others. */
const PART = /^[\x21-\x2b\x2d\x2e\x30-\x7e]+$/;
const DAY = /^[0-9]{8}$/;

/** What a credential is for. */
export interface SigV4Scope {
  readonly accessKeyId: string;
  /** Eight digits. */
  readonly day: string;
  /** SigV4a has none: it signs the set of its regions instead. */
  readonly region: string | undefined;
  readonly service: string;
}

/** The name of a key's algorithm; another one is a `TypeError`. */
export function nameOf(alg: { readonly name: string }): SigV4Name {
  const name = NAMES[alg.name];
  if (name !== undefined) return name;
  throw new TypeError('key: expected one of HMAC-SHA-256 or of ECDSA on P-256');
}

/** A part of a scope that the caller gives. */
export function partOf(value: unknown, what: string): string {
  if (PART.test(text(value, what))) return value as string;
  throw new TypeError(`${what}: expected printable characters without comma and slash`);
}

/** Reads a credential; SigV4's has five parts and SigV4a's four. */
export function readCredential(name: SigV4Name, credential: string): SigV4Scope {
  const parts = credential.split('/');
  const size = name === 'AWS4-HMAC-SHA256' ? 5 : 4;
  const [accessKeyId = '', day = ''] = parts;
  const isOne = parts.length === size && parts.at(-1) === TERMINATOR && DAY.test(day);
  if (!isOne || !parts.every((part) => PART.test(part))) {
    throw new CountersignError('ERR_HTTP_SIGNATURE', `Credential: expected ${size} parts`);
  }
  const region = size === 5 ? parts[2] : undefined;
  return { accessKeyId, day, region, service: parts.at(-2) ?? '' };
}

/** Writes a credential. */
export function writeCredential(scope: SigV4Scope): string {
  return `${scope.accessKeyId}/${writeScope(scope)}`;
}

/** The string to sign. */
export function stringToSign(
  name: SigV4Name,
  time: string,
  scope: SigV4Scope,
  canonical: string,
): string {
  return `${name}\n${time}\n${writeScope(scope)}\n${hashOf(octetsOf(canonical))}`;
}

/** SHA-256 in lower-case hexadecimal. */
export function hashOf(octets: Uint8Array): string {
  return hexOf(sha256.digest(octets));
}

function writeScope({ day, region, service }: SigV4Scope): string {
  const start = region === undefined ? day : `${day}/${region}`;
  return `${start}/${service}/${TERMINATOR}`;
}
