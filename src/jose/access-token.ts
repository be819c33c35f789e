/**
 * Access tokens that are JWTs, {@link https://www.rfc-editor.org/rfc/rfc9068#section-4 RFC 9068,
 * section 4}, and whether whoever shows one may: by a proof of possession where the token is bound
 * to a key ({@link https://www.rfc-editor.org/rfc/rfc9449#section-7 RFC 9449, section 7}).
 * `countersign/jose/access-token`.
 *
 * @module
 */
import { fields } from '../bytes/octets.js';
import type { JsonObject, JsonValue } from '../canonical/json.js';
import { CountersignError } from '../errors.js';
import type { Key } from '../key/handle.js';
import { named } from '../key/options.js';
import type { Relaxation } from '../key/policy.js';
import type { KeyRing } from '../key/ring.js';
import type { SigningAlgorithm } from '../key/use.js';
import { type Verified, verified } from '../scheme/verified.js';
import { needText, namesOf, readRules, readTypes } from './claims.js';
import { type Dpop, type DpopRequest, NO_NONCE, verifyDpop } from './dpop.js';
import { isObject, textOf } from './header.js';
import type { JwsAlgorithm, Verifier, VerifyingKeys } from './keys.js';
import {
  type BigIntegers,
  type IntegerOptions,
  type Jwt,
  openJwt,
  TOKEN_OPTIONS,
  type TokenOptions,
} from './token.js';

export { NO_NONCE };
export type {
  Dpop,
  DpopRequest,
  BigIntegers,
  IntegerOptions,
  JsonObject,
  JsonValue,
  JwsAlgorithm,
  Jwt,
  Key,
  KeyRing,
  SigningAlgorithm,
  TokenOptions,
  Verified,
  Verifier,
  VerifyingKeys,
  Relaxation,
};

/** Takes bearer tokens alone: one that is bound to a key, in whatever way, is refused. */
export const BEARER: unique symbol = /* @__PURE__ */ Symbol('countersign.BEARER');
/**
 * Leaves `cnf` to the caller, who must look at it: for tokens that are bound to a certificate, RFC
 * 8705, which only the caller's TLS can see.
 */
export const CALLER_CHECKS_CNF: unique symbol = /* @__PURE__ */ Symbol(
  'countersign.CALLER_CHECKS_CNF',
);

/** The proof that came with a token, and what it is verified for. */
export interface DpopProof extends Omit<DpopRequest, 'now' | 'clockTolerance'> {
  readonly proof: string;
}

/** What an access token is verified for. */
export interface AccessTokenOptions extends TokenOptions {
  /** The authorization server that issues tokens for this resource. */
  readonly issuer: string | readonly string[];
  /** By what names this resource is known. */
  readonly audience: string | readonly string[];
  /** The present, in seconds since 1970. */
  readonly now: number;
  /** By how many seconds other clocks may differ: 0 to 86,400. */
  readonly clockTolerance: number;
  /** How whoever shows the token shows that it is theirs. */
  readonly binding: DpopProof | typeof BEARER | typeof CALLER_CHECKS_CNF;
}

/** An access token that verified. */
export interface AccessToken<Big = never> extends Jwt<Big> {
  readonly sub: string;
  readonly clientId: string;
  readonly jti: string;
  /** What the proof said that came with it. */
  readonly dpop?: Verified<Dpop>;
}

/** Verifies an access token, and the proof that comes with it. */
export function verifyAccessToken(
  token: string,
  keys: VerifyingKeys,
  options: AccessTokenOptions & BigIntegers,
): Verified<AccessToken<bigint>>;
export function verifyAccessToken(
  token: string,
  keys: VerifyingKeys,
  options: AccessTokenOptions & { readonly integers?: undefined },
): Verified<AccessToken>;
export function verifyAccessToken(
  token: string,
  keys: VerifyingKeys,
  options: AccessTokenOptions & IntegerOptions,
): Verified<AccessToken> {
  const { issuer, audience, now, clockTolerance, binding } = named(options, 'options', OPTIONS);
  namesOf(issuer, 'options.issuer');
  namesOf(audience, 'options.audience');
  const isProof = binding !== BEARER && binding !== CALLER_CHECKS_CNF;
  if (isProof) named(fields(binding, 'options.binding', KINDS), 'options.binding', PROOF);
  const rules = readRules({ issuer, audience, now, clockTolerance, required: REQUIRED });
  const found = openJwt(token, keys, options, rules, TYPES);
  const { claims } = found;
  const [sub, clientId] = [needText(claims, 'sub'), needText(claims, 'client_id')];
  const jti = needText(claims, 'jti');
  const own = { sub, clientId, jti, ...found };
  if (binding === CALLER_CHECKS_CNF) return verified(own);
  const cnf = claims['cnf'];
  if (binding === BEARER) {
    // RFC 9449, section 7.2: whoever stole it would show it so.
    if (cnf !== undefined) throw unbound('cnf: expected none in a bearer token');
    return verified(own);
  }
  const thumbprint = isObject(cnf) ? textOf(cnf, 'jkt') : undefined;
  if (thumbprint === undefined) throw unbound('cnf.jkt: expected a token that is bound to a key');
  // RFC 7800, section 3.1: nobody looked whether the rest is true, such as a certificate.
  if (Object.keys(cnf as JsonObject).length > 1) throw unbound('cnf: expected jkt alone');
  const { proof, ...request } = binding;
  const clock = { now, clockTolerance };
  const dpop = verifyDpop(proof, { ...request, ...clock, thumbprint, accessToken: token });
  return verified({ ...own, dpop });
}

/** Section 2.1. */
const TYPES = /* @__PURE__ */ readTypes('at+jwt');
/** Section 2.2; that `iss`, `aud` and `exp` are there is seen with what they say. */
const REQUIRED = ['sub', 'client_id', 'iat', 'jti'];
const KINDS = 'a proof, BEARER or CALLER_CHECKS_CNF';
/** A proof is verified for the token that it came with, and at the token's time. */
const PROOF = ['proof', 'algs', 'method', 'url', 'maxAge', 'nonce', 'maxBytes'];
const OPTIONS = [...TOKEN_OPTIONS, 'issuer', 'audience', 'now', 'clockTolerance', 'binding'];

function unbound(text: string): CountersignError {
  return new CountersignError('ERR_DPOP_BINDING', text);
}
