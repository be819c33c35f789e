/**
 * How a client shows who it is at a token endpoint by signing: `private_key_jwt`,
 * {@link https://www.rfc-editor.org/rfc/rfc7523#section-3 RFC 7523, section 3}.
 * `countersign/jose/client-assertion`.
 *
 * The verifier names the client and itself. An assertion lives for minutes and serves once: `jti`
 * comes back, to be remembered until `exp`.
 *
 * @module
 */
import { encodeBase64Url } from '../bytes/base64.js';
import { integer, text } from '../bytes/octets.js';
import type { JsonObject, JsonValue } from '../canonical/json.js';
import type { Key } from '../key/handle.js';
import { named, seconds } from '../key/options.js';
import type { RemoteMac, RemoteSigner } from '../key/remote.js';
import type { Relaxation } from '../key/policy.js';
import type { KeyRing } from '../key/ring.js';
import { randomOctets } from '../primitive/random.js';
import { type Verified, verified } from '../scheme/verified.js';
import { ANY_TYPE, claim, namesOf, needText, readRules, readTypes } from './claims.js';
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

export { ANY_TYPE };
export type {
  AsyncSigningKey,
  BigIntegers,
  IntegerOptions,
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

/** What an assertion says. */
export interface ClientAssertionMaking {
  readonly clientId: string;
  /** The authorization server: its issuer identifier, where it does not say otherwise. */
  readonly audience: string;
  /** The present, in seconds since 1970. */
  readonly now: number;
  /** Seconds until it expires: 1 to 3600. */
  readonly lifetime: number;
  /** The members of the header besides `alg`, such as `kid` and `typ`. */
  readonly header?: Readonly<Record<string, unknown>>;
}

/** What an assertion is verified for. */
export interface ClientAssertionOptions extends TokenOptions {
  /** The client that says it is this one; the keys are its own. */
  readonly clientId: string;
  /** By what names the server is known. */
  readonly audience: string | readonly string[];
  /** What types are taken. The RFC has none; its revision has `client-authentication+jwt`. */
  readonly typ: string | readonly string[] | typeof ANY_TYPE;
  /** The present, in seconds since 1970. */
  readonly now: number;
  /** By how many seconds the client's clock may differ: 0 to 86,400. */
  readonly clockTolerance: number;
  /** How many seconds from now it may expire at the latest: 1 to 3600. */
  readonly maxLifetime: number;
}

/** An assertion that verified. */
export interface ClientAssertion<Big = never> extends Jwt<Big> {
  readonly clientId: string;
  /** What tells it from other assertions of the client, to be kept until `exp`. */
  readonly jti: string;
  readonly exp: number;
}

/** Makes an assertion. */
export function createClientAssertion(key: SigningKey, making: ClientAssertionMaking): string {
  const { header = {} } = making;
  return signJws(assertionOf(making), key, { header });
}

/** The same with a key here or elsewhere. */
export async function createClientAssertionAsync(
  key: AsyncSigningKey,
  making: ClientAssertionMaking,
): Promise<string> {
  const { header = {} } = making;
  return signJwsAsync(assertionOf(making), key, { header });
}

/** Verifies that a client signed this assertion for this server. */
export function verifyClientAssertion(
  assertion: string,
  keys: VerifyingKeys,
  options: ClientAssertionOptions & BigIntegers,
): Verified<ClientAssertion<bigint>>;
export function verifyClientAssertion(
  assertion: string,
  keys: VerifyingKeys,
  options: ClientAssertionOptions & { readonly integers?: undefined },
): Verified<ClientAssertion>;
export function verifyClientAssertion(
  assertion: string,
  keys: VerifyingKeys,
  options: ClientAssertionOptions & IntegerOptions,
): Verified<ClientAssertion> {
  const { now, clockTolerance, audience, typ } = named(options, 'options', OPTIONS);
  const clientId = text(options.clientId, 'options.clientId');
  const maxLifetime = integer(options.maxLifetime, 'options.maxLifetime', 1, LONGEST);
  namesOf(audience, 'options.audience');
  const rules = readRules({ now, clockTolerance, issuer: clientId, audience });
  const found = openJwt(assertion, keys, options, rules, readTypes(typ));
  const { claims } = found;
  if (needText(claims, 'sub') !== clientId) throw claim('sub', 'the client itself');
  const exp = claims['exp'] as number;
  if (!(exp <= now + maxLifetime + clockTolerance)) {
    throw claim('exp', `at most ${maxLifetime} seconds from now`);
  }
  return verified({ clientId, jti: needText(claims, 'jti'), exp, ...found });
}

/** An hour: an assertion serves one request. */
const LONGEST = 3600;
const MAKING = ['clientId', 'audience', 'now', 'lifetime', 'header'];
const OPTIONS = [
  ...TOKEN_OPTIONS,
  'clientId',
  'audience',
  'typ',
  'now',
  'clockTolerance',
  'maxLifetime',
];

function assertionOf(making: ClientAssertionMaking): Uint8Array {
  const { clientId, audience, now, lifetime } = named(making, 'options', MAKING);
  const [client] = namesOf(text(clientId, 'options.clientId'), 'options.clientId');
  const [server] = namesOf(text(audience, 'options.audience'), 'options.audience');
  const iat = seconds(now, 'options.now');
  return writeClaims({
    iss: client,
    sub: client,
    aud: server,
    iat,
    exp: iat + integer(lifetime, 'options.lifetime', 1, LONGEST),
    jti: encodeBase64Url(randomOctets(16)),
  });
}
