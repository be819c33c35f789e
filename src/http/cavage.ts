/**
 * Signatures of {@link https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12
 * draft-cavage-http-signatures-12}, for peers that have not come to RFC 9421: open banking under
 * PSD2, ActivityPub. `countersign/http/cavage`.
 *
 * The algorithm is the key's. The parameter `algorithm` is compared with it and decides nothing;
 * `hs2019` says that it decides nothing, and goes with any key. What has to be signed is said by
 * the caller; a message that names nothing signs `(created)` alone (section 2.1.6).
 *
 * @module
 */
import { decodeBase64, encodeBase64 } from '../bytes/base64.js';
import { type Bytes, choice, fields, integer, text } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { contentsOf, Key } from '../key/handle.js';
import { named, seconds } from '../key/options.js';
import type { Relaxation } from '../key/policy.js';
import { macAsync, type RemoteMac, type RemoteSigner, signAsync } from '../key/remote.js';
import {
  type EcdsaAlgorithm,
  type EcdsaForm,
  mac,
  type MacAlgorithm,
  sign,
  type SigningAlgorithm,
  verify,
} from '../key/use.js';
import { checkAge, checkExpires, checkStart, readClock } from '../scheme/freshness.js';
import { type Verified, verified } from '../scheme/verified.js';
import { afterScheme, type AuthParam, readAuthParams } from './auth-params.js';
import { bodyOf, linesOf, messageOf, octetsOf, record } from './covered.js';
import { allowedBy, keyFor, type VerifyingKeys } from './keys.js';
import { checkLegacyDigest, legacyDigest, type LegacyDigestName } from './legacy-digest.js';
import { fieldLine, type HttpMessage } from './message.js';
import { readHttpDate } from './time.js';

export { legacyDigest };
export type { EcdsaForm, HttpMessage, LegacyDigestName, Relaxation, Verified, VerifyingKeys };

/** What signs: any algorithm of a key pair, or HMAC. */
export type CavageAlgorithm = SigningAlgorithm | MacAlgorithm;

/** A key that signs. */
export type CavageSigningKey = Key<SigningAlgorithm, 'sign'> | Key<MacAlgorithm, 'mac'>;

/** A key that signs, here or elsewhere. */
export type CavageRemoteKey = CavageSigningKey | RemoteSigner | RemoteMac<MacAlgorithm>;

/** Takes a signature that has no time in it: nothing says then that a message is not an old one. */
export const ACCEPT_UNDATED: unique symbol = /* @__PURE__ */ Symbol('countersign.ACCEPT_UNDATED');

/** How a message is signed. */
export interface CavageSignOptions {
  readonly keyId: string;
  /**
   * Names in lower case, in the order in which they are signed, `(request-target)`, `(created)` and
   * `(expires)` among them.
   */
  readonly headers: readonly string[];
  /**
   * What is said of the algorithm: `hs2019`, nothing, or the `own` name of the key's, such as
   * `rsa-sha256`, which the draft deprecates and with which it has no `(created)`.
   */
  readonly algorithm: 'hs2019' | 'own' | 'none';
  readonly field: 'signature' | 'authorization';
  /** Seconds since 1970. */
  readonly created?: number | undefined;
  readonly expires?: number | undefined;
  /** For a key of ECDSA. */
  readonly ecdsa?: EcdsaForm | undefined;
}

/** What signing gives. */
export interface SignedCavage {
  /** The field to send. */
  readonly header: readonly [name: 'Signature' | 'Authorization', value: string];
  /** What was signed. */
  readonly signingString: string;
}

/** What a message is held against. */
export interface CavageVerifyOptions {
  /** Seconds since 1970. */
  readonly now: number;
  /** Seconds by which the sender's clock may differ. */
  readonly tolerance: number;
  /** Seconds for which a signature holds. */
  readonly maxAge: number;
  /** Names that must be signed, in lower case. The body is where `digest` is. */
  readonly headers: readonly string[];
  /**
   * Which time must be signed. Those that are signed are judged, and `created` and `expires` as a start
   * and an end even if they aren't.
   */
  readonly time: 'created' | 'date' | 'either' | typeof ACCEPT_UNDATED;
  /** The field of the signature. */
  readonly field: 'signature' | 'authorization' | 'either';
  /** For keys of ECDSA. */
  readonly ecdsa?: EcdsaForm | undefined;
  /** With a ring: the algorithms that are taken. */
  readonly algs?: readonly CavageAlgorithm[] | undefined;
}

/** What was signed. */
export interface CavageClaims {
  /** The id of the key that verified; that in the message is not signed. */
  readonly keyId: string | undefined;
  /** The name of the key's algorithm. */
  readonly algorithm: string;
  /** The request target, if it is signed, with its method in lower case. */
  readonly method: string | undefined;
  readonly target: string | undefined;
  readonly created: number | undefined;
  readonly expires: number | undefined;
  /** The fields that are signed, by name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The octets that were given, if their digest is signed. */
  readonly body: Uint8Array | undefined;
  /** What the key needed to be taken. */
  readonly relaxed: readonly Relaxation[];
}

const SIGN_OPTIONS = ['keyId', 'headers', 'algorithm', 'field', 'created', 'expires', 'ecdsa'];
const VERIFY_OPTIONS = ['now', 'tolerance', 'maxAge', 'headers', 'time', 'field', 'ecdsa', 'algs'];
/** Section 2.1; others are ignored, section 2.2. */
const PARAMETERS = 'keyId signature algorithm created expires headers'.split(' ');
/** Names that earlier drafts had for algorithms. */
const NAMES: Readonly<Record<string, string>> = {
  'RSASSA-PKCS1-v1_5 SHA-256': 'rsa-sha256',
  'RSASSA-PKCS1-v1_5 SHA-512': 'rsa-sha512',
  'HMAC-SHA-256': 'hmac-sha256',
  'HMAC-SHA-512': 'hmac-sha512',
  'ECDSA P-256 SHA-256': 'ecdsa-sha256',
  Ed25519: 'ed25519',
};
/** Section 2.3: with these the times are not signed. */
const TIMELESS = /^(?:rsa|hmac|ecdsa)/;
const NAME = /^(?:\((?:request-target|created|expires)\)|[!#$%&'*+\-.^_`|~0-9a-z]+)$/;
const KEY_ID = /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/;
const WHOLE = /^[0-9]{1,12}$/;
const DECIMAL = /^[0-9]{1,12}(?:\.[0-9]{1,9})?$/;
const MOST_AGE = 604_800;

/** Signs a message. */
export function signCavage(
  message: HttpMessage,
  key: CavageSigningKey,
  options: CavageSignOptions,
): SignedCavage {
  const draft = drafted(message, key, options);
  return draft.finish(signHere(key, draft.octets, options.ecdsa));
}

/** The same by a key that may be elsewhere. */
export async function signCavageAsync(
  message: HttpMessage,
  key: CavageRemoteKey,
  options: CavageSignOptions,
): Promise<SignedCavage> {
  const draft = drafted(message, key, options);
  return draft.finish(await signThere(key, draft.octets, options.ecdsa));
}

/** The `keyId` of a message, which nothing vouches for yet: to fetch a key by. */
export function identifyCavage(message: HttpMessage, field: CavageVerifyOptions['field']): string {
  choice(field, 'field', ['signature', 'authorization', 'either']);
  return readSignature(messageOf(message), field).keyId;
}

/** Verifies a message. */
export function verifyCavage(
  message: HttpMessage,
  keys: VerifyingKeys<CavageAlgorithm>,
  options: CavageVerifyOptions,
): Verified<CavageClaims> {
  const { now, tolerance, maxAge, time, field, ecdsa, ...given } = named(
    options,
    'options',
    VERIFY_OPTIONS,
  );
  const clock = readClock(now, tolerance, 'options.tolerance');
  integer(maxAge, 'options.maxAge', 1, MOST_AGE);
  if (time !== ACCEPT_UNDATED) choice(time, 'options.time', ['created', 'date', 'either']);
  choice(field, 'options.field', ['signature', 'authorization', 'either']);
  const required = namesOf(given.headers);
  const algs = allowedBy(keys, given.algs);
  for (const alg of algs) checkAlg(alg, ecdsa);

  message = messageOf(message);
  const found = readSignature(message, field);
  const key = keyFor(keys, algs, found.keyId, now);
  checkAlgorithm(found.algorithm, key.alg);
  const { names, created, expires } = found;
  const signed = new Set(names);
  checkCoverage(signed, required, time);
  if (created !== undefined) {
    checkStart('created', Number(created), clock);
    if (signed.has('(created)')) checkAge('created', Number(created), maxAge, clock);
  }
  if (expires !== undefined) checkExpires('expires', Number(expires), clock);
  if (signed.has('date')) {
    const line = fieldLine(message.headers, 'date');
    if (line === undefined) throw absent();
    checkAge('date', readHttpDate('date', line), maxAge, clock);
  }
  const parts = names.map((name) => [name, valueOf(message, name, found)] as const);
  if (!isVerified(key, octetsOf(stringOf(parts)), found.signature, ecdsa)) {
    throw new CountersignError('ERR_VERIFY_FAILED', 'expected a signature of this message');
  }
  const covered = record(parts.filter(([name]) => !name.startsWith('(')));
  const digest = covered['digest'];
  if (digest !== undefined) checkLegacyDigest(digest, bodyOf(message));
  const hasTarget = signed.has('(request-target)');
  const request = hasTarget && message.kind === 'request' ? message : undefined;
  return verified({
    keyId: key.id,
    algorithm: key.alg.name,
    method: request?.method.toLowerCase(),
    target: request?.target,
    created: signed.has('(created)') ? Number(created) : undefined,
    expires: signed.has('(expires)') ? Number(expires) : undefined,
    headers: covered,
    body: digest === undefined ? undefined : message.body,
    relaxed: key.relaxed,
  });
}

/** The parameters of a signature. */
interface Parameters {
  readonly algorithm: string | undefined;
  readonly names: readonly string[];
  /** As they are written, which is how they are signed. */
  readonly created: string | undefined;
  readonly expires: string | undefined;
}

/** A signature as a message carries it. */
interface Found extends Parameters {
  readonly keyId: string;
  readonly signature: string;
}

function drafted(
  message: HttpMessage,
  key: CavageRemoteKey,
  options: CavageSignOptions,
): { readonly octets: Bytes; finish(signature: Bytes): SignedCavage } {
  const { keyId, headers, algorithm, field, created, expires, ecdsa } = named(
    options,
    'options',
    SIGN_OPTIONS,
  );
  const alg = algOf(key);
  checkAlg(alg, ecdsa);
  if (!KEY_ID.test(text(keyId, 'options.keyId'))) {
    throw new TypeError('options.keyId: expected printable characters but quote and backslash');
  }
  choice(field, 'options.field', ['signature', 'authorization']);
  choice(algorithm, 'options.algorithm', ['hs2019', 'own', 'none']);
  const own = algorithm === 'own' ? NAMES[alg.name] : algorithm;
  if (own === undefined)
    throw new TypeError(`options.algorithm: ${alg.name} has no name of its own`);
  const parameters: Parameters = {
    algorithm: own === 'none' ? undefined : own,
    names: namesOf(headers),
    created: created === undefined ? undefined : String(seconds(created, 'options.created')),
    expires: expires === undefined ? undefined : String(seconds(expires, 'options.expires')),
  };
  message = messageOf(message);
  const { names } = parameters;
  const times = names.filter((name) => name === '(created)' || name === '(expires)');
  if (times.some((name) => (name === '(created)' ? created : expires) === undefined)) {
    throw new TypeError('options.headers: expected the times that are signed among the options');
  }
  if (times.length > 0 && algorithm === 'own' && TIMELESS.test(own)) {
    throw new TypeError("options.algorithm: expected 'hs2019' where a time is signed");
  }
  const string = stringOf(names.map((name) => [name, valueOf(message, name, parameters)] as const));
  return {
    octets: octetsOf(string),
    finish(signature) {
      const parts = [
        `keyId="${keyId}"`,
        parameters.algorithm === undefined ? [] : `algorithm="${parameters.algorithm}"`,
        created === undefined ? [] : `created=${created}`,
        expires === undefined ? [] : `expires=${expires}`,
        `headers="${names.join(' ')}"`,
        `signature="${encodeBase64(signature)}"`,
      ];
      const value = parts.flat().join(',');
      const header =
        field === 'signature'
          ? (['Signature', value] as const)
          : (['Authorization', `Signature ${value}`] as const);
      return { header, signingString: string };
    },
  };
}

function readSignature(message: HttpMessage, field: CavageVerifyOptions['field']): Found {
  const { headers } = message;
  const own = field === 'authorization' ? undefined : fieldLine(headers, 'signature');
  const credentials = field === 'signature' ? undefined : fieldLine(headers, 'authorization');
  const scheme = credentials === undefined ? undefined : afterScheme(credentials, 'Signature');
  if (own !== undefined && scheme !== undefined) throw missing('expected one signature, found two');
  const params = readAuthParams(own ?? scheme ?? '', PARAMETERS);
  const quoted = (name: string): string | undefined => valueIf(params.get(name), true, name);
  const number = (name: string): string | undefined => valueIf(params.get(name), false, name);
  const keyId = quoted('keyId');
  const signature = quoted('signature');
  if (keyId === undefined || signature === undefined) {
    throw missing('expected a signature with keyId and signature');
  }
  const created = number('created');
  const expires = number('expires');
  if (!WHOLE.test(created ?? '0') || !DECIMAL.test(expires ?? '0')) {
    throw new CountersignError('ERR_TIME', 'created, expires: expected seconds since 1970');
  }
  // They should be in lower case, section 2.1.6; in the signing string they are, section 2.3.
  const names = (quoted('headers') ?? '(created)').toLowerCase().split(' ');
  if (!names.every((name) => NAME.test(name)) || new Set(names).size < names.length) {
    throw missing('headers: expected names, each once, parted by a space');
  }
  return { keyId, algorithm: quoted('algorithm'), names, created, expires, signature };
}

function valueIf(
  param: AuthParam | undefined,
  isQuoted: boolean,
  name: string,
): string | undefined {
  if (param === undefined || param.isQuoted === isQuoted) return param?.value;
  throw missing(`${name}: expected it ${isQuoted ? 'in quotes' : 'without quotes'}`);
}

/** The value of a line of the signing string, section 2.3. */
function valueOf(
  message: HttpMessage,
  name: string,
  { algorithm, created, expires }: Parameters,
): string {
  if (name === '(request-target)') {
    if (message.kind !== 'request') throw absent();
    return `${message.method.toLowerCase()} ${message.target}`;
  }
  if (name === '(created)' || name === '(expires)') {
    if (TIMELESS.test(algorithm ?? '')) {
      throw missing('algorithm: expected hs2019 where (created) or (expires) is signed');
    }
    const time = name === '(created)' ? created : expires;
    if (time === undefined) throw absent();
    return time;
  }
  return linesOf(message, name).join(', ');
}

function stringOf(parts: readonly (readonly [string, string])[]): string {
  return parts.map(([name, value]) => `${name}: ${value}`).join('\n');
}

function checkAlgorithm(algorithm: string | undefined, alg: CavageAlgorithm): void {
  if (algorithm === undefined || algorithm === 'hs2019' || algorithm === NAMES[alg.name]) return;
  throw new CountersignError(
    'ERR_HTTP_ALGORITHM',
    `algorithm: expected hs2019 or the name of ${alg.name}`,
  );
}

function checkCoverage(
  signed: ReadonlySet<string>,
  required: readonly string[],
  time: CavageVerifyOptions['time'],
): void {
  const hasTime =
    (signed.has('(created)') && time !== 'date') || (signed.has('date') && time !== 'created');
  if (required.every((name) => signed.has(name)) && (hasTime || time === ACCEPT_UNDATED)) return;
  throw new CountersignError(
    'ERR_HTTP_COVERAGE',
    'headers: expected what the caller requires, and the time',
  );
}

function namesOf(names: readonly string[]): readonly string[] {
  const given: unknown = names;
  const isList =
    Array.isArray(given) &&
    given.length > 0 &&
    given.every((name) => NAME.test(text(name, 'options.headers')));
  if (isList && new Set(names).size === names.length) return names;
  throw new TypeError('options.headers: expected one name or more in lower case, each once');
}

/** Of ECDSA, whose signatures are written in two ways, the draft names neither. */
function checkAlg(
  alg: { readonly name: string; readonly kind: string },
  ecdsa: EcdsaForm | undefined,
): void {
  choice(alg.kind, 'the kind of the algorithm', ['mac', 'signature']);
  if (!alg.name.startsWith('ECDSA')) return;
  fields(ecdsa as EcdsaForm, 'options.ecdsa', '{ encoding, s }, for a key of ECDSA');
}

function algOf(key: CavageRemoteKey): { readonly name: string; readonly kind: string } {
  const { alg } = fields(key instanceof Key ? contentsOf(key as Key) : key, 'key', 'a key');
  text(fields(alg, 'key.alg', 'an algorithm').name, 'key.alg.name');
  return alg;
}

function signHere(key: CavageSigningKey, octets: Bytes, ecdsa: EcdsaForm | undefined): Bytes {
  if (isMac(key)) return mac(key, octets);
  return isEcdsa(key) ? sign(key, octets, ecdsa as EcdsaForm) : sign(key as never, octets);
}

async function signThere(
  key: CavageRemoteKey,
  octets: Bytes,
  ecdsa: EcdsaForm | undefined,
): Promise<Bytes> {
  if (isMac(key)) return macAsync(key, octets);
  return isEcdsa(key)
    ? signAsync(key, octets, ecdsa as EcdsaForm)
    : signAsync(key as never, octets);
}

function isMac<K extends CavageRemoteKey>(key: K): key is Extract<K, { alg: MacAlgorithm }> {
  return key.alg.kind === 'mac';
}

function isEcdsa(
  key: CavageRemoteKey,
): key is Key<EcdsaAlgorithm, 'sign'> & RemoteSigner<EcdsaAlgorithm> {
  return key.alg.name.startsWith('ECDSA');
}

function isVerified(
  key: Key<CavageAlgorithm, 'verify'>,
  octets: Uint8Array,
  signature: string,
  ecdsa: EcdsaForm | undefined,
): boolean {
  const value = decodeBase64(signature);
  return key.alg.name.startsWith('ECDSA')
    ? verify(key as Key<EcdsaAlgorithm, 'verify'>, octets, value, ecdsa as EcdsaForm)
    : verify(key as Key<MacAlgorithm, 'verify'>, octets, value);
}

function absent(): CountersignError {
  return new CountersignError('ERR_HTTP_COVERAGE', 'expected a part that is signed, found none');
}

function missing(expected: string): CountersignError {
  return new CountersignError('ERR_HTTP_SIGNATURE', expected);
}
