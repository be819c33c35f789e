/**
 * Sets of JSON Web Keys, {@link https://www.rfc-editor.org/rfc/rfc7517#section-5 RFC 7517, section 5},
 * read by strict rules and made a ring of keys for one use.
 *
 * A key that no algorithm of the caller's suits is left out, as the RFC has it, and named in
 * `ignored`; nothing in the set adds an algorithm. What makes the whole set suspect refuses all of
 * it: a private key or a secret among what anybody may see, or two keys of one name.
 *
 * `x5c`, `x5u` and `x5t` are not looked at: whoever trusts a certificate imports it as one.
 *
 * @module
 */
import { type Bytes, choice, fields, integer, octets } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { type JsonObject, readJson, writeJson } from '../canonical/json.js';
import { CountersignError, type CountersignErrorCode } from '../errors.js';
import { exportPublicKey } from '../key/export.js';
import { contentsOf, type Key } from '../key/handle.js';
import type { KeyAlgorithm, KeyUse } from '../key/index.js';
import { type Jwk, own } from '../key/jwk.js';
import { checkJwk } from '../key/jwk-purpose.js';
import { named } from '../key/options.js';
import type { Relaxation } from '../key/policy.js';
import { createRing, type KeyRing, type RingEntry } from '../key/ring.js';
import { isObject } from './header.js';
import { hasPrivateMember, importJwk, isSecret, PUBLIC_USES } from './jwk-import.js';
import { managementName } from './jwe-names.js';
import { nameFor } from './names.js';

/** A set as it was read: its keys are objects still, and nothing was said yet of what they hold. */
export interface JwkSet {
  readonly keys: readonly Jwk[];
}

/** How much of a set is read. */
export interface ReadSetOptions {
  /** Octets of text: 1 MiB, or what stands here. */
  readonly maxBytes?: number | undefined;
  /** Keys: 256, or what stands here. */
  readonly maxKeys?: number | undefined;
}

/** What a set is imported for. */
export interface ImportSetOptions<A, U> {
  /** The algorithms that a key may be of: secrets' alone, or key pairs' alone. */
  readonly algs: readonly A[];
  readonly use: U;
  readonly relax?: readonly Relaxation[] | undefined;
}

/** A key that was left out. */
export interface IgnoredJwk {
  /** Its place in the set. */
  readonly index: number;
  /** Why: another family, curve or purpose, or not what its standard has. */
  readonly code: CountersignErrorCode;
}

/** The keys of a set, by their `kid`. */
export interface ImportedSet {
  readonly ring: KeyRing;
  readonly ignored: readonly IgnoredJwk[];
}

const MOST_OCTETS = 1 << 20;
const MOST_KEYS = 256;
const MOST_ALGORITHMS = 16;
/** Keys whose refusals stand in an error. */
const MOST_NAMED = 4;
/** What says more of the caller or the platform than of one key. */
const OF_ALL: readonly CountersignErrorCode[] = [
  'ERR_KEY_SECRET',
  'ERR_UNSUPPORTED_ENGINE',
  'ERR_ENGINE_DISAGREEMENT',
  'ERR_RANDOM_UNAVAILABLE',
];

/** Reads a set from its text or its octets; no two of its keys may have one name. */
export function readJwkSet(input: Uint8Array | string, options: ReadSetOptions = {}): JwkSet {
  const given = named(options, 'options', ['maxBytes', 'maxKeys']);
  const maxBytes = integer(given.maxBytes ?? MOST_OCTETS, 'options.maxBytes', 1, 0xffff_ffff);
  const maxKeys = integer(given.maxKeys ?? MOST_KEYS, 'options.maxKeys', 1, 0xffff);
  const whole = typeof input === 'string' ? input : octets(input, 'input');
  checkCount(whole.length, maxBytes, 'octets');
  const encoded = typeof whole === 'string' ? encodeUtf8(whole) : whole;
  const set = readJson(encoded, { maxBytes });
  const keys = isObject(set) && Object.hasOwn(set, 'keys') ? set['keys'] : undefined;
  if (!Array.isArray(keys) || !keys.every(isObject)) {
    throw new CountersignError(
      'ERR_KEY_FORM',
      'expected a set of JWKs, with a list of them as keys',
    );
  }
  checkCount(keys.length, maxKeys, 'keys');
  checkNames(keys);
  return Object.freeze({ keys: Object.freeze(keys) });
}

/** Makes a ring of those keys of a set that are of the caller's algorithms. */
export function importJwkSet<A extends KeyAlgorithm, U extends KeyUse<A>>(
  set: JwkSet,
  options: ImportSetOptions<A, U>,
): ImportedSet {
  const { algs, use, relax } = named(options, 'options', ['algs', 'use', 'relax']);
  const keys: unknown = fields(set, 'set', 'what readJwkSet gave').keys;
  if (!Array.isArray(keys)) throw new TypeError('set: expected what readJwkSet gave');
  checkAlgorithms(algs, use);
  checkMixture(keys as readonly Jwk[], algs.some(isSecret), use);
  const entries: RingEntry[] = [];
  const ignored: IgnoredJwk[] = [];
  for (const [index, jwk] of (keys as readonly Jwk[]).entries()) {
    try {
      const alg = algorithmOf(jwk, algs, use);
      entries.push({
        key: importJwk(jwk, { alg, use, relax }),
      });
    } catch (error) {
      if (!(error instanceof CountersignError) || OF_ALL.includes(error.code)) throw error;
      ignored.push(Object.freeze({ index, code: error.code }));
    }
  }
  if (entries.length === 0) {
    const codes = ignored.slice(0, MOST_NAMED).map(({ index, code }) => `${index}: ${code}`);
    const why = codes.length === 0 ? '' : ` (${codes.join(', ')})`;
    throw new CountersignError(
      'ERR_KEY_UNKNOWN',
      `expected a set with a key to ${use} of the caller's algorithms, found none among ${keys.length}${why}`,
    );
  }
  return Object.freeze({ ring: createRing(entries), ignored: Object.freeze(ignored) });
}

/**
 * Writes the public halves of keys as a set, in the one form of RFC 8785, each with its id as `kid`
 * and with the `alg` and `use` that it has here.
 */
export function writeJwkSet(keys: readonly Key[]): Bytes {
  if (!Array.isArray(keys) || keys.length === 0) {
    throw new TypeError('keys: expected an array of one key or more');
  }
  const jwks = (keys as readonly Key[]).map((key): JsonObject => {
    const { alg, id } = contentsOf(key);
    const members = exportPublicKey(key, 'jwk');
    const purpose =
      alg.kind === 'encryption'
        ? { alg: managementName(alg as never, undefined), use: 'enc' }
        : alg.kind === 'agreement'
          ? { use: 'enc' }
          : { alg: nameFor(alg), use: 'sig' };
    return { ...members, ...purpose, ...(id === undefined ? {} : { kid: id }) };
  });
  checkNames(jwks);
  return writeJson({ keys: jwks });
}

function checkAlgorithms(algs: readonly KeyAlgorithm[], use: string): void {
  if (!Array.isArray(algs) || algs.length === 0 || algs.length > MOST_ALGORITHMS) {
    throw new TypeError(`options.algs: expected an array of 1 to ${MOST_ALGORITHMS} algorithms`);
  }
  const kinds = (algs as readonly KeyAlgorithm[]).map((alg) => {
    const { kind, name } = fields(alg, 'options.algs', 'algorithms');
    const uses = Object.hasOwn(USES, kind) ? (USES[kind] ?? []) : [];
    if (typeof name !== 'string' || uses.length === 0) {
      throw new TypeError('options.algs: expected algorithms that take keys');
    }
    choice<string>(use, 'options.use', uses);
    return isSecret(alg);
  });
  if (new Set(kinds).size > 1) {
    throw new TypeError('options.algs: expected algorithms of secrets, or of key pairs, not both');
  }
}

/**
 * What anybody may see holds no secret, and what verifies by a secret holds no public key: a message
 * that took one for the other would be signed by everybody.
 */
function checkMixture(keys: readonly Jwk[], isOfSecrets: boolean, use: string): void {
  const strangers = isOfSecrets
    ? use === 'verify'
      ? ['RSA', 'EC', 'OKP']
      : []
    : PUBLIC_USES.includes(use)
      ? ['oct']
      : [];
  const found = keys.findIndex((jwk) =>
    strangers.includes(own(fields(jwk, 'set.keys', 'JWKs'), 'kty') as string),
  );
  if (found >= 0) {
    throw new CountersignError(
      'ERR_KEY_SECRET',
      `expected a set of public keys or of secrets alone, found another at position ${found}`,
    );
  }
  if (isOfSecrets || !PUBLIC_USES.includes(use)) return;
  // Of whatever family, algorithm and use: what is published there is no longer its owner's alone.
  const published = keys.findIndex(hasPrivateMember);
  if (published < 0) return;
  throw new CountersignError(
    'ERR_KEY_PRIVATE',
    `expected a set of public keys, found private members at position ${published}`,
  );
}

const USES: Readonly<Record<string, readonly string[]>> = {
  mac: ['mac', 'verify'],
  aead: ['seal', 'open'],
  wrap: ['wrap', 'unwrap'],
  signature: ['sign', 'verify'],
  encryption: ['encrypt', 'decrypt'],
  agreement: ['agree', 'peer'],
};

/**
 * The one algorithm of the caller's that a key is for. A key that names none, where two would do, is
 * no key to go on with: its messages would choose between them.
 */
function algorithmOf<A extends KeyAlgorithm>(jwk: Jwk, algs: readonly A[], use: string): A {
  const kty = own(jwk, 'kty');
  const suitable = algs.filter((alg) => suits(alg, jwk, kty));
  if (suitable.length === 0) {
    const isCurve = kty === 'EC' || kty === 'OKP';
    throw new CountersignError(
      isCurve ? 'ERR_KEY_CURVE' : 'ERR_KEY_FAMILY',
      'found a key of another family',
    );
  }
  const [alg, other] = suitable.filter((one) => agrees(jwk, one, use));
  if (alg === undefined) {
    throw new CountersignError('ERR_KEY_USE', 'found a key of another purpose');
  }
  if (other === undefined) return alg;
  throw new CountersignError(
    'ERR_KEY_AMBIGUOUS',
    'found a key without alg that two algorithms suit',
  );
}

function suits(alg: KeyAlgorithm, jwk: Jwk, kty: unknown): boolean {
  if (!('family' in alg)) return kty === 'oct';
  if (alg.family === 'rsa') return kty === 'RSA';
  const crv = own(jwk, 'crv');
  if (alg.family === 'ec') return kty === 'EC' && crv === alg.curve;
  return kty === 'OKP' && crv === (alg.family === 'ed25519' ? 'Ed25519' : 'X25519');
}

/** Whether `alg`, `use` and `key_ops` say nothing else. */
function agrees(jwk: Jwk, { name }: KeyAlgorithm, use: string): boolean {
  try {
    checkJwk(jwk, name, use);
    return true;
  } catch (error) {
    if (error instanceof CountersignError) return false;
    throw error;
  }
}

/** RFC 7517, section 4.5: keys have different names; here, keys of one algorithm and use must. */
function checkNames(keys: readonly Jwk[]): void {
  const names = new Set<string>();
  for (const [index, jwk] of keys.entries()) {
    const [kid, alg, use] = ['kid', 'alg', 'use'].map((name) => own(jwk, name));
    if (typeof kid !== 'string') continue;
    const name = JSON.stringify([kid, alg, use]);
    if (names.has(name)) {
      throw new CountersignError(
        'ERR_KEY_DUPLICATE',
        `expected keys of different names, found one again at position ${index}`,
      );
    }
    names.add(name);
  }
}

function checkCount(count: number, most: number, of: string): void {
  if (count <= most) return;
  throw new CountersignError(
    'ERR_LENGTH',
    `expected a set of at most ${most} ${of}, found ${count}`,
  );
}
