/**
 * JSON Web Tokens, {@link https://www.rfc-editor.org/rfc/rfc7519 RFC 7519}, as JWS in the compact
 * serialization. `countersign/jose/jwt`.
 *
 * A verifier says whose tokens it takes, for whom they are, of which type, and what the time is.
 * Each may be left open by a symbol that says so in the calling code, and by nothing else
 * ({@link https://www.rfc-editor.org/rfc/rfc8725#section-3 RFC 8725, section 3}). A payload that is
 * not encoded is no JWT (RFC 7797, section 7).
 *
 * @module
 */
import { fields, text } from '../bytes/octets.js';
import type { JsonObject, JsonValue } from '../canonical/json.js';
import type { Key } from '../key/handle.js';
import { named } from '../key/options.js';
import type { RemoteMac, RemoteSigner } from '../key/remote.js';
import type { Relaxation } from '../key/policy.js';
import type { KeyRing } from '../key/ring.js';
import { type Verified, verified } from '../scheme/verified.js';
import {
  ANY_AUDIENCE,
  ANY_ISSUER,
  ANY_TYPE,
  CLAIM_RULES,
  type ClaimRules,
  NO_EXPIRY,
  readRules,
  readTypes,
} from './claims.js';
import type { Making } from './input.js';
import { signJws, signJwsAsync } from './jws.js';
import type { AsyncSigningKey, JwsAlgorithm, SigningKey, Verifier, VerifyingKeys } from './keys.js';
import {
  type BigIntegers,
  type IntegerOptions,
  type Jwt,
  openJwt,
  TOKEN_OPTIONS,
  type TokenOptions,
  writeClaims,
} from './token.js';

export { ANY_AUDIENCE, ANY_ISSUER, ANY_TYPE, NO_EXPIRY };
export type {
  AsyncSigningKey,
  BigIntegers,
  IntegerOptions,
  ClaimRules,
  JsonObject,
  JsonValue,
  JwsAlgorithm,
  Jwt,
  Key,
  KeyRing,
  RemoteMac,
  RemoteSigner,
  SigningKey,
  TokenOptions,
  Verified,
  Verifier,
  VerifyingKeys,
  Relaxation,
};

/** Leaves `typ` out of a token that is made: for a receiver that knows none. */
export const NO_TYPE: unique symbol = /* @__PURE__ */ Symbol('countersign.NO_TYPE');

/** How a token is made. */
export interface JwtMaking extends IntegerOptions {
  /** What kind of token it is, such as `JWT` or `at+jwt`. */
  readonly typ: string | typeof NO_TYPE;
  /** The members of the header besides `alg` and `typ`, such as `kid`. */
  readonly header?: Readonly<Record<string, unknown>>;
}

/** How a token is verified. */
export interface JwtOptions extends ClaimRules, TokenOptions {
  /** What kinds of token are taken, such as `JWT` or `at+jwt`. */
  readonly typ: string | readonly string[] | typeof ANY_TYPE;
}

/** Signs claims. */
export function signJwt(
  claims: Readonly<Record<string, unknown>>,
  key: SigningKey,
  making: JwtMaking,
): string {
  const options = makingOf(making);
  return signJws(writeClaims(claims, making.integers), key, options);
}

/** The same with a key here or elsewhere. */
export async function signJwtAsync(
  claims: Readonly<Record<string, unknown>>,
  key: AsyncSigningKey,
  making: JwtMaking,
): Promise<string> {
  const options = makingOf(making);
  return signJwsAsync(writeClaims(claims, making.integers), key, options);
}

/** Verifies a token, and holds its claims against what the caller expects. */
export function verifyJwt(
  token: string,
  keys: VerifyingKeys,
  options: JwtOptions & BigIntegers,
): Verified<Jwt<bigint>>;
export function verifyJwt(
  token: string,
  keys: VerifyingKeys,
  options: JwtOptions & { readonly integers?: undefined },
): Verified<Jwt>;
export function verifyJwt(
  token: string,
  keys: VerifyingKeys,
  options: JwtOptions & IntegerOptions,
): Verified<Jwt> {
  named(options, 'options', OPTIONS);
  return verified(openJwt(token, keys, options, readRules(options), readTypes(options.typ)));
}

const MAKING = ['typ', 'header', 'integers'];
const OPTIONS = [...CLAIM_RULES, ...TOKEN_OPTIONS, 'typ'];

function makingOf(making: JwtMaking): Making {
  const { typ, header = {} } = named(making, 'options', MAKING);
  if (Object.hasOwn(fields(header, 'options.header', 'the members of a header'), 'typ')) {
    throw new TypeError('options.header.typ: expected in options.typ');
  }
  return { header: typ === NO_TYPE ? header : { ...header, typ: text(typ, 'options.typ') } };
}
