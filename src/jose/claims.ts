/**
 * What a JWT claims, {@link https://www.rfc-editor.org/rfc/rfc7519#section-4.1 RFC 7519, section
 * 4.1}, held against what its reader expects. Nothing here has a default but refusal.
 *
 * `exp`, `nbf` and `iat` are numbers of seconds, of which the RFC allows fractions: a text of digits
 * is refused, and so is a time in milliseconds, which is none in the next eight thousand years.
 *
 * @module
 */
import { integer, text, typeName } from '../bytes/octets.js';
import {
  type ALLOW_BIG_INTEGERS,
  type JsonObject,
  type JsonValue,
  readJson,
} from '../canonical/json.js';
import { CountersignError } from '../errors.js';
import { checkAge, checkExpires, checkStart, type Clock, readClock } from '../scheme/freshness.js';
import { isObject } from './header.js';

/** Takes tokens of every issuer; which keys there are then says whose. */
export const ANY_ISSUER: unique symbol = /* @__PURE__ */ Symbol('countersign.ANY_ISSUER');
/** Takes tokens for every audience, or for none: also those that were meant for somebody else. */
export const ANY_AUDIENCE: unique symbol = /* @__PURE__ */ Symbol('countersign.ANY_AUDIENCE');
/** Takes tokens of every type, or of none: also an access token for an ID token. */
export const ANY_TYPE: unique symbol = /* @__PURE__ */ Symbol('countersign.ANY_TYPE');
/** Takes tokens without `exp`; one that has it must not have expired. */
export const NO_EXPIRY: unique symbol = /* @__PURE__ */ Symbol('countersign.NO_EXPIRY');

/** What the claims of a token must say. */
export interface ClaimRules {
  /** The present, in seconds since 1970. */
  readonly now: number;
  /** By how many seconds the issuer's clock may differ: 0 to 86,400. */
  readonly clockTolerance: number;
  /** Who may have issued it. */
  readonly issuer: string | readonly string[] | typeof ANY_ISSUER;
  /** By what names the caller is known; the token must be for one of them. */
  readonly audience: string | readonly string[] | typeof ANY_AUDIENCE;
  /** Where `NO_EXPIRY` stands, a token need not have `exp`. */
  readonly expiry?: typeof NO_EXPIRY;
  /** How many seconds ago it may have been issued; it must then have `iat`. */
  readonly maxAge?: number;
  /** Claims that must be there besides. */
  readonly required?: readonly string[];
}

/** The names of `ClaimRules`. */
export const CLAIM_RULES: readonly string[] = [
  'now',
  'clockTolerance',
  'issuer',
  'audience',
  'expiry',
  'maxAge',
  'required',
];

/** Those rules, checked. */
export interface CheckedRules {
  readonly clock: Clock;
  readonly issuers: readonly string[] | undefined;
  readonly audiences: readonly string[] | undefined;
  readonly expires: boolean;
  readonly maxAge: number | undefined;
  readonly required: readonly string[];
}

/** More than a year is no age, it is an oversight. */
const MOST_AGE = 366 * 86_400;
const TEXTS = ['iss', 'sub', 'jti'] as const;

/** Checks what the caller gave, before the token is looked at. */
export function readRules(rules: ClaimRules): CheckedRules {
  const { now, clockTolerance, issuer, audience, expiry, maxAge, required = [] } = rules;
  if (expiry !== undefined && expiry !== NO_EXPIRY) {
    throw new TypeError(`options.expiry: expected NO_EXPIRY, found ${typeName(expiry)}`);
  }
  if (!Array.isArray(required)) {
    throw new TypeError(`options.required: expected an array, found ${typeName(required)}`);
  }
  return {
    clock: readClock(now, clockTolerance, 'options.clockTolerance'),
    issuers: issuer === ANY_ISSUER ? undefined : namesOf(issuer, 'options.issuer'),
    audiences: audience === ANY_AUDIENCE ? undefined : namesOf(audience, 'options.audience'),
    expires: expiry !== NO_EXPIRY,
    maxAge: maxAge === undefined ? undefined : readAge(maxAge),
    required: required.length === 0 ? [] : namesOf(required as string[], 'options.required'),
  };
}

/** Checks a number of seconds that something may be old. */
export function readAge(maxAge: unknown): number {
  return integer(maxAge, 'options.maxAge', 0, MOST_AGE);
}

/** One text or a list of them, none of which is empty. */
export function namesOf(value: string | readonly string[], what: string): readonly string[] {
  const names: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (names.length === 0) throw new TypeError(`${what}: expected a text or a list of texts`);
  for (const name of names) {
    if (text(name, what) === '') throw new TypeError(`${what}: expected no empty text`);
  }
  return names as readonly string[];
}

/**
 * Reads the claims of a token and checks that those of RFC 7519 are what they may be. None of these is
 * a `bigint`: others are, where `integers` lets them.
 */
export function readClaims(payload: Uint8Array, integers?: typeof ALLOW_BIG_INTEGERS): JsonObject {
  const claims = readJson(payload, { maxBytes: payload.length, integers }) as JsonValue;
  if (!isObject(claims)) throw claim('claims', 'an object');
  checkForms(claims);
  return claims;
}

/** Refuses claims of RFC 7519 of another form than it has; times are looked at with the clock. */
export function checkForms(claims: JsonObject): void {
  for (const name of TEXTS) {
    const value = claims[name];
    if (value !== undefined && typeof value !== 'string') throw claim(name, 'a text');
  }
  const { aud } = claims;
  if (aud === undefined || typeof aud === 'string') return;
  if (!Array.isArray(aud) || !aud.every((one) => typeof one === 'string')) {
    throw claim('aud', 'a text or a list of texts');
  }
}

/** Refuses claims that are not what the caller expects. */
export function checkClaims(claims: JsonObject, rules: CheckedRules): void {
  const { clock, issuers, audiences, expires, maxAge, required } = rules;
  const { iss, aud, exp, nbf, iat } = claims;
  for (const name of required) needClaim(claims, name);
  if (issuers !== undefined && !issuers.includes(iss as string)) {
    throw new CountersignError('ERR_JWT_ISSUER', 'iss: expected the issuer that the caller takes');
  }
  if (audiences !== undefined && !isAmong(aud, audiences)) {
    throw new CountersignError('ERR_JWT_AUDIENCE', 'aud: expected the caller among the audience');
  }
  if (exp !== undefined) checkExpires('exp', exp, clock);
  else if (expires) throw claim('exp', 'to be there');
  if (nbf !== undefined) checkStart('nbf', nbf, clock);
  if (maxAge !== undefined) checkAge('iat', needClaim(claims, 'iat'), maxAge, clock);
  else if (iat !== undefined) checkStart('iat', iat, clock);
}

/** Refuses a token of another type. A type is a media type, RFC 7515, section 4.1.9. */
export function checkType(found: string | undefined, types: readonly string[] | undefined): void {
  if (types === undefined) return;
  // As it is written, it mostly is; only else it is looked at what it means.
  if (found !== undefined && types.includes(found)) return;
  if (found !== undefined && types.map(typeOf).includes(typeOf(found))) return;
  const wanted = types.join(' or ');
  throw new CountersignError(
    'ERR_JWT_TYPE',
    `typ: expected ${wanted}, found ${found === undefined ? 'none' : 'another'}`,
  );
}

/** The types that a caller takes; nothing where it takes all. */
export function readTypes(
  typ: string | readonly string[] | typeof ANY_TYPE,
): readonly string[] | undefined {
  return typ === ANY_TYPE ? undefined : namesOf(typ, 'options.typ');
}

/** Returns a claim that must be there. */
export function needClaim(claims: JsonObject, name: string): JsonValue {
  const value = claims[name];
  if (value !== undefined) return value;
  throw claim(name, 'to be there');
}

/** Returns a claim that must be a text, and not an empty one. */
export function needText(claims: JsonObject, name: string): string {
  const value = needClaim(claims, name);
  if (typeof value === 'string' && value !== '') return value;
  throw claim(name, 'a text');
}

/** A claim that is not what it must be. */
export function claim(name: string, expected: string): CountersignError {
  return new CountersignError('ERR_JWT_CLAIM', `${name}: expected ${expected}`);
}

/** Media types have no case, in ASCII, and may leave out `application/` where no other slash follows. */
function typeOf(typ: string): string {
  const lower = typ.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return /^application\/[^/]*$/.test(lower) ? lower.slice('application/'.length) : lower;
}

function isAmong(aud: JsonValue | undefined, audiences: readonly string[]): boolean {
  const list: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return list.some((one) => audiences.includes(one as string));
}
