/**
 * JSON Web Keys, {@link https://www.rfc-editor.org/rfc/rfc7517 RFC 7517}, as objects that somebody
 * has parsed. Members are base64url in its one spelling and of exactly the size that
 * {@link https://www.rfc-editor.org/rfc/rfc7518#section-6 RFC 7518, section 6} prescribes. `alg`,
 * `use` and `key_ops` choose nothing: where one of them is there and contradicts the caller, the
 * key is refused.
 *
 * @module
 */
import { decodeBase64Url } from '../bytes/base64.js';
import { fields } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import type { CurveName, KeyContent } from './container.js';

/** A JWK. No member need be there for the compiler, so that others' types of it fit. */
export interface Jwk {
  readonly kty?: unknown;
  readonly crv?: unknown;
  readonly x?: unknown;
  readonly y?: unknown;
  readonly n?: unknown;
  readonly e?: unknown;
  readonly d?: unknown;
  readonly p?: unknown;
  readonly q?: unknown;
  readonly dp?: unknown;
  readonly dq?: unknown;
  readonly qi?: unknown;
  readonly oth?: unknown;
  readonly k?: unknown;
  readonly alg?: unknown;
  readonly use?: unknown;
  readonly key_ops?: unknown;
  readonly ext?: unknown;
  readonly kid?: unknown;
  readonly x5c?: unknown;
  readonly x5t?: unknown;
  readonly x5u?: unknown;
  readonly 'x5t#S256'?: unknown;
}

const CURVE_SIZES: Readonly<Record<CurveName, number>> = {
  'P-256': 32,
  'P-384': 48,
  'P-521': 66,
  secp256k1: 32,
};
const OKP_FAMILIES: Readonly<Record<string, 'ed25519' | 'x25519'>> = {
  Ed25519: 'ed25519',
  X25519: 'x25519',
};
/** More than any number of a key takes: those of 8192 bits have 1366. What is longer costs time. */
const LONGEST_MEMBER = 1 << 14;

/** Takes a JWK apart. A private key's public half must be there, as RFC 7518 wants it. */
export function readJwk(jwk: Jwk, mayPad: boolean): KeyContent {
  const kty = own(fields(jwk, 'jwk', 'a JSON Web Key'), 'kty');
  if (kty === 'RSA') return readRsa(jwk);
  if (kty === 'EC') return readEc(jwk, mayPad);
  if (kty === 'OKP') return readOkp(jwk);
  if (kty === 'oct') {
    throw new CountersignError(
      'ERR_KEY_SECRET',
      'expected half of a key pair, found a JWK secret; give its k to importSecret, as base64url',
    );
  }
  if (kty === undefined && Array.isArray(own(jwk, 'keys'))) {
    throw new CountersignError('ERR_KEY_SET', 'expected one JWK, found a set; choose one of keys');
  }
  throw new CountersignError(
    'ERR_KEY_FAMILY',
    kty === undefined
      ? 'expected a JWK, found an object without kty; other objects are exported first, as PEM, DER or JWK'
      : 'expected a JWK whose kty is RSA, EC or OKP',
  );
}

/** A member of the JWK itself. */
export function own(jwk: Jwk, name: string): unknown {
  return Object.hasOwn(jwk, name) ? (jwk as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** A member that must be there, in base64url. */
export function member(jwk: Jwk, name: string): Uint8Array {
  const value = own(jwk, name);
  if (typeof value !== 'string') {
    throw new CountersignError('ERR_KEY_FORM', `expected a JWK with ${name} in base64url`);
  }
  if (value.length <= LONGEST_MEMBER) return decodeBase64Url(value);
  throw new CountersignError(
    'ERR_KEY_SIZE',
    `expected a JWK whose ${name} has at most ${LONGEST_MEMBER} characters, found ${value.length}`,
  );
}

function readRsa(jwk: Jwk): KeyContent {
  const [n, e] = [member(jwk, 'n'), member(jwk, 'e')];
  // RFC 7518, section 6.3.1.1: the fewest octets, of which some writers make one more.
  if (n[0] === 0 || e[0] === 0) {
    throw new CountersignError(
      'ERR_KEY_SIZE',
      'expected a JWK whose n and e have no leading zero octets',
    );
  }
  if (!Object.hasOwn(jwk, 'd')) return { kind: 'public', family: 'rsa', parts: { n, e } };
  if (Object.hasOwn(jwk, 'oth')) {
    throw new CountersignError('ERR_KEY_FORM', 'expected an RSA key of two primes');
  }
  const part = (name: string): Uint8Array => stripped(member(jwk, name));
  const [d, p, q] = [part('d'), part('p'), part('q')];
  const [dp, dq, qi] = [part('dp'), part('dq'), part('qi')];
  return { kind: 'private', family: 'rsa', parts: { n, e, d, p, q, dp, dq, qi } };
}

function readEc(jwk: Jwk, mayPad: boolean): KeyContent {
  const crv = own(jwk, 'crv');
  const curve =
    typeof crv === 'string' && Object.hasOwn(CURVE_SIZES, crv) ? (crv as CurveName) : undefined;
  if (curve === undefined) {
    throw new CountersignError(
      'ERR_KEY_CURVE',
      'expected a JWK on P-256, P-384, P-521 or secp256k1',
    );
  }
  const size = CURVE_SIZES[curve];
  const point = new Uint8Array(1 + 2 * size);
  point[0] = 4;
  let isPadded = false;
  for (const [name, end] of [
    ['x', 1 + size],
    ['y', 1 + 2 * size],
  ] as const) {
    const given = member(jwk, name);
    const coordinate =
      mayPad && 0 < given.length && given.length < size ? given : sized(jwk, name, size);
    isPadded ||= coordinate.length < size;
    point.set(coordinate, end - coordinate.length);
  }
  const named = { family: 'ec', curve, point, isPadded } as const;
  if (!Object.hasOwn(jwk, 'd')) return { kind: 'public', ...named };
  return { kind: 'private', ...named, scalar: sized(jwk, 'd', size) };
}

/** {@link https://www.rfc-editor.org/rfc/rfc8037#section-2 RFC 8037, section 2}. */
function readOkp(jwk: Jwk): KeyContent {
  const crv = own(jwk, 'crv');
  const family =
    typeof crv === 'string' && Object.hasOwn(OKP_FAMILIES, crv) ? OKP_FAMILIES[crv] : undefined;
  if (family === undefined) {
    throw new CountersignError('ERR_KEY_CURVE', 'expected a JWK on Ed25519 or X25519');
  }
  const x = sized(jwk, 'x', 32);
  if (!Object.hasOwn(jwk, 'd')) return { kind: 'public', family, octets: x };
  return { kind: 'private', family, octets: sized(jwk, 'd', 32), publicOctets: x };
}

function sized(jwk: Jwk, name: string, size: number): Uint8Array {
  const value = member(jwk, name);
  if (value.length === size) return value;
  throw new CountersignError(
    'ERR_KEY_SIZE',
    `expected a JWK whose ${name} has ${size} octets, found ${value.length}`,
  );
}

/** RFC 7518, section 6.3, has n and e minimal; of the rest writers keep the primes' width. */
function stripped(value: Uint8Array): Uint8Array {
  const start = value.findIndex((octet) => octet !== 0);
  return start > 0 ? value.subarray(start) : value;
}
