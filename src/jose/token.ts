/**
 * What the tokens that are JWTs have in common: claims written, and a token verified by the rules
 * of its kind.
 *
 * @module
 */
import { type Bytes, fields } from '../bytes/octets.js';
import { type JsonObject, writeJson } from '../canonical/json.js';
import { seconds } from '../key/options.js';
import { checkClaims, type CheckedRules, checkForms, checkType, readClaims } from './claims.js';
import { textOf } from './header.js';
import { checkWritten } from './input.js';
import type { JwsAlgorithm, Verifier, VerifyingKeys } from './keys.js';
import { readVerification, verifyCompact } from './verify.js';

/** How any token is verified. */
export interface TokenOptions {
  /** With a ring, and only then: the algorithms of which a key may be. */
  readonly algs?: readonly JwsAlgorithm[];
  /** The extensions in `crit` that the caller honours, by what is then in the header. */
  readonly understood?: readonly string[];
  /** Octets of the token that are read: 8192, or what stands here. */
  readonly maxBytes?: number;
}

/** What a token says, and whose key signed it. */
export interface Jwt extends Verifier {
  /** All claims. No object in them has a prototype. */
  readonly claims: JsonObject;
  readonly header: JsonObject;
}

/** The names of `TokenOptions`. */
export const TOKEN_OPTIONS: readonly string[] = ['algs', 'understood', 'maxBytes'];

/**
 * Claims as octets, in the order of RFC 8785. Those of RFC 7519 are what it has under their names:
 * times are whole seconds, which shows those that were given in milliseconds.
 */
export function writeClaims(claims: Readonly<Record<string, unknown>>): Bytes {
  if (Array.isArray(fields(claims, 'claims', 'an object of claims'))) {
    throw new TypeError('claims: expected an object of claims, found an array');
  }
  for (const name of TIMES) {
    if (claims[name] !== undefined) seconds(claims[name], `claims.${name}`);
  }
  checkWritten('claims.', () => checkForms(claims as JsonObject));
  return writeJson(claims);
}

/** Refuses a token or returns what it says; `rules` and `types` are those of its kind. */
export function openJwt(
  token: string,
  keys: VerifyingKeys,
  { algs, understood, maxBytes }: TokenOptions,
  rules: CheckedRules,
  types: readonly string[] | undefined,
): Jwt {
  const ring = algs === undefined ? {} : { algs, now: rules.clock.now };
  const verification = readVerification(keys, ring, understood);
  // RFC 7797, section 7: its extension is none of a JWT's.
  if (verification.understood.includes('b64')) {
    throw new TypeError('options.understood: expected no b64, which no JWT has');
  }
  const found = verifyCompact(token, verification, maxBytes, readClaims);
  const { content: claims, header, keyId, relaxed } = found;
  checkType(textOf(header, 'typ'), types);
  checkClaims(claims, rules);
  return { claims: Object.freeze(claims), header, keyId, relaxed };
}

const TIMES = ['exp', 'nbf', 'iat'] as const;
