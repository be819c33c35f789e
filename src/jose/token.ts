/**
 * What the tokens that are JWTs have in common: claims written, and a token verified by the rules
 * of its kind.
 *
 * @module
 */
import { type Bytes, fields, typeName } from '../bytes/octets.js';
import { ALLOW_BIG_INTEGERS, type JsonObject, writeJsonText } from '../canonical/json.js';
import { utf8Of } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';
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

/**
 * Takes integers beyond 2^53 - 1 in claims, as `bigint`, which most other receivers round in silence.
 */
export interface BigIntegers {
  readonly integers: typeof ALLOW_BIG_INTEGERS;
}

/** The same, or refuses them. */
export interface IntegerOptions {
  readonly integers?: typeof ALLOW_BIG_INTEGERS | undefined;
}

/** What a token says, and whose key signed it. `Big` is `bigint` where such integers are taken. */
export interface Jwt<Big = never> extends Verifier {
  /** All claims. No object in them has a prototype. */
  readonly claims: JsonObject<Big>;
  readonly header: JsonObject;
}

/** The names of `TokenOptions`. */
export const TOKEN_OPTIONS: readonly string[] = ['algs', 'understood', 'maxBytes', 'integers'];

/**
 * Claims as octets, in the order of RFC 8785. Those of RFC 7519 are what it has under their names:
 * times are whole seconds, which shows those that were given in milliseconds. What a verifier would
 * not read is not signed, such as a number beyond 2^53 - 1.
 */
export function writeClaims(
  claims: Readonly<Record<string, unknown>>,
  integers?: typeof ALLOW_BIG_INTEGERS,
): Bytes {
  if (Array.isArray(fields(claims, 'claims', 'an object of claims'))) {
    throw new TypeError('claims: expected an object of claims, found an array');
  }
  for (const name of TIMES) {
    if (claims[name] !== undefined) seconds(claims[name], `claims.${name}`);
  }
  checkWritten('claims.', () => checkForms(claims as JsonObject));
  const written = writeJsonText(claims, integers === undefined ? undefined : { integers });
  const encoded = utf8Of(written); // each string of it was looked at
  if (written.length < MANY && !LONG_NUMBER.test(written)) return encoded;
  if (isReadable(encoded, integers)) return encoded;
  throw new TypeError(
    'claims: expected what a verifier reads: integers within 2^53 - 1, and not too many values',
  );
}

/** Of what the writer wrote the reader may refuse a number of so many digits, and many values. */
const LONG_NUMBER = /\d{16}/;
const MANY = 100_000;

function isReadable(encoded: Uint8Array, integers: IntegerOptions['integers']): boolean {
  try {
    readClaims(encoded, integers);
    return true;
  } catch (error) {
    if (error instanceof CountersignError) return false;
    throw error;
  }
}

/** Refuses a token or returns what it says; `rules` and `types` are those of its kind. */
export function openJwt(
  token: string,
  keys: VerifyingKeys,
  { algs, understood, maxBytes, integers }: TokenOptions & IntegerOptions,
  rules: CheckedRules,
  types: readonly string[] | undefined,
): Jwt {
  const ring = algs === undefined ? {} : { algs, now: rules.clock.now };
  const verification = readVerification(keys, ring, understood);
  // RFC 7797, section 7: its extension is none of a JWT's.
  if (verification.understood.includes('b64')) {
    throw new TypeError('options.understood: expected no b64, which no JWT has');
  }
  if (integers !== undefined && integers !== ALLOW_BIG_INTEGERS) {
    throw new TypeError(
      `options.integers: expected ALLOW_BIG_INTEGERS, found ${typeName(integers)}`,
    );
  }
  const read = (payload: Uint8Array): JsonObject => readClaims(payload, integers);
  const found = verifyCompact(token, verification, maxBytes, read);
  const { content: claims, header, keyId, relaxed } = found;
  checkType(textOf(header, 'typ'), types);
  checkClaims(claims, rules);
  return { claims: Object.freeze(claims), header, keyId, relaxed };
}

const TIMES = ['exp', 'nbf', 'iat'] as const;
