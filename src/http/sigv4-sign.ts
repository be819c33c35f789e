/**
 * Signs requests by AWS SigV4 and SigV4a. The fields that are signed are `host`, `content-type`,
 * every `x-amz-*` and those that the caller names.
 *
 * @module
 */
import { hexOf } from '../bytes/hex.js';
import { type Bytes, choice, fields, integer, text } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { contentsOf, Key } from '../key/handle.js';
import { named, seconds } from '../key/options.js';
import { macAsync, type RemoteMac, type RemoteSigner, signAsync } from '../key/remote.js';
import { type EcdsaAlgorithm, type EcdsaForm, mac, type MacAlgorithm, sign } from '../key/use.js';
import { bodyOf, octetsOf, unsignedRequest } from './covered.js';
import { type HttpRequest, splitTarget } from './message.js';
import { encodePercent, type Pair } from './percent.js';
import {
  canonicalHeaders,
  canonicalPath,
  canonicalRequest,
  queryOf,
  SIGV4_PATHS,
  type SigV4Path,
} from './sigv4-canonical.js';
import {
  hashOf,
  nameOf,
  partOf,
  readCredential,
  type SigV4Name,
  type SigV4Scope,
  stringToSign,
  UNSIGNED,
  writeCredential,
} from './sigv4-scope.js';
import { writeBasicTime } from './time.js';

/** Leaves the body unsigned: a request whose body is sent before its digest is known. */
export const UNSIGNED_PAYLOAD: unique symbol = /* @__PURE__ */ Symbol(
  'countersign.UNSIGNED_PAYLOAD',
);

/** A key that signs: one of `deriveSigV4Key` or `deriveSigV4aKeyPair`. */
export type SigV4SigningKey = Key<MacAlgorithm, 'mac'> | Key<EcdsaAlgorithm, 'sign'>;

/** A key that signs, here or elsewhere. */
export type SigV4RemoteKey =
  SigV4SigningKey | RemoteMac<MacAlgorithm> | RemoteSigner<EcdsaAlgorithm>;

/** What is said of a request to sign it. */
export interface SigV4SignOptions {
  /** Seconds since 1970; of the day that a key of SigV4 was derived for. */
  readonly now: number;
  readonly path: SigV4Path;
  /**
   * `signed`: the digest of the body; `header`: that, and the digest stands in
   * `x-amz-content-sha256` too, as S3 asks for it.
   */
  readonly payload: 'signed' | 'header' | typeof UNSIGNED_PAYLOAD;
  /** Names of further fields that are signed. */
  readonly headers?: readonly string[] | undefined;
  /** The token of temporary credentials, signed. */
  readonly sessionToken?: string | undefined;
  /** The same for the few services that take it unsigned. */
  readonly unsignedSessionToken?: string | undefined;
  /** SigV4a alone, whose key is for any service. */
  readonly service?: string | undefined;
  /** SigV4a alone: regions parted by commas, of which `*` may end one. */
  readonly regionSet?: string | undefined;
  /** Of a remote key, whose own id is its service's: what the id of a derived handle would be. */
  readonly credential?: string | undefined;
}

/** What is said of a request to make a URL of it that carries its signature. */
export interface SigV4PresignOptions extends Omit<SigV4SignOptions, 'payload'> {
  /**
   * S3 takes unsigned bodies alone; other services the digest, which for a GET is that of nothing. Where
   * it is the other way round, `X-Amz-Content-Sha256` in the query says so.
   */
  readonly payload: 'signed' | typeof UNSIGNED_PAYLOAD;
  /** Seconds from `now` for which the URL holds: 1 to 604,800, a week. */
  readonly expires: number;
}

/** What signing a request gives. */
export interface SignedSigV4 {
  /** The fields to send with it. */
  readonly headers: readonly Pair[];
  /** What was hashed and signed, for comparison with what the other side has. */
  readonly canonicalRequest: string;
  readonly stringToSign: string;
}

/** What presigning gives. */
export interface PresignedSigV4 extends Omit<SignedSigV4, 'headers'> {
  /** The request target with the signature in its query. */
  readonly target: string;
}

const OPTIONS = [
  'now',
  'path',
  'payload',
  'headers',
  'sessionToken',
  'unsignedSessionToken',
  'service',
  'regionSet',
  'credential',
];
/** Fields that a signature brings. */
const OWN = [
  'authorization',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-region-set',
  'x-amz-security-token',
];
/** A token of temporary credentials is printable, and stands in a field and in a query alike. */
const TOKEN = /^[\x21-\x7e]+$/;
const REGION_SET = /^(?:[a-z0-9-]+\*?|\*)(?:,(?:[a-z0-9-]+\*?|\*))*$/;
const FIELD_NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const MOST_EXPIRES = 604_800;
const FORM: EcdsaForm = { encoding: 'der', s: 'any' };

/** Signs a request into the field `Authorization`. */
export function signSigV4(
  request: HttpRequest,
  key: SigV4SigningKey,
  options: SigV4SignOptions,
): SignedSigV4 {
  const draft = inHeader(request, key, options);
  return draft.finish(signHere(key, draft.octets));
}

/** The same by a key that may be elsewhere. */
export async function signSigV4Async(
  request: HttpRequest,
  key: SigV4RemoteKey,
  options: SigV4SignOptions,
): Promise<SignedSigV4> {
  const draft = inHeader(request, key, options);
  return draft.finish(await signThere(key, draft.octets));
}

/** Signs a request into its query: whoever has the target may send the request until it expires. */
export function presignSigV4(
  request: HttpRequest,
  key: SigV4SigningKey,
  options: SigV4PresignOptions,
): PresignedSigV4 {
  const draft = inQuery(request, key, options);
  return draft.finish(signHere(key, draft.octets));
}

/** The same by a key that may be elsewhere. */
export async function presignSigV4Async(
  request: HttpRequest,
  key: SigV4RemoteKey,
  options: SigV4PresignOptions,
): Promise<PresignedSigV4> {
  const draft = inQuery(request, key, options);
  return draft.finish(await signThere(key, draft.octets));
}

/** All but the signature. */
interface Draft<T> {
  readonly octets: Bytes;
  finish(signature: Bytes): T;
}

function inHeader(
  request: HttpRequest,
  key: SigV4RemoteKey,
  options: SigV4SignOptions,
): Draft<SignedSigV4> {
  named(options, 'options', OPTIONS);
  request = unsignedRequest(request, OWN);
  const { payload, sessionToken, unsignedSessionToken } = options;
  const { name, scope, time, regionSet } = scopeOf(key, options);
  if (payload !== UNSIGNED_PAYLOAD) choice(payload, 'options.payload', ['signed', 'header']);
  const hash = payload === UNSIGNED_PAYLOAD ? UNSIGNED : hashOf(bodyOf(request));
  const signed: readonly Pair[] = [
    ['X-Amz-Date', time],
    ...pair('X-Amz-Content-Sha256', payload === 'signed' ? undefined : hash),
    ...pair('X-Amz-Region-Set', regionSet),
    ...pair('X-Amz-Security-Token', tokenOf(sessionToken)),
  ];
  const unsigned = pair('X-Amz-Security-Token', tokenOf(unsignedSessionToken));
  const lines = new Map(request.headers.lines);
  for (const [field, value] of signed) lines.set(field.toLowerCase(), [value]);
  const whole = { ...request, headers: { ...request.headers, lines } };
  const headers = canonicalHeaders(whole, signedNames(whole, options.headers));
  const canonical = canonicalRequest({
    method: request.method,
    path: canonicalPath(request, options.path),
    query: queryOf(request),
    headers,
    payload: hash,
  });
  const toSign = stringToSign(name, time, scope, canonical);
  return {
    octets: octetsOf(toSign),
    finish(signature) {
      const parts = [
        `${name} Credential=${writeCredential(scope)}`,
        `SignedHeaders=${headers.map(([field]) => field).join(';')}`,
        `Signature=${hexOf(signature)}`,
      ];
      const added = [...signed, ...unsigned, ['Authorization', parts.join(', ')] as const];
      return { headers: added, canonicalRequest: canonical, stringToSign: toSign };
    },
  };
}

function inQuery(
  request: HttpRequest,
  key: SigV4RemoteKey,
  options: SigV4PresignOptions,
): Draft<PresignedSigV4> {
  named(options, 'options', [...OPTIONS, 'expires']);
  request = unsignedRequest(request, OWN);
  const { payload, sessionToken, unsignedSessionToken } = options;
  const { name, scope, time, regionSet } = scopeOf(key, options);
  const expires = integer(options.expires, 'options.expires', 1, MOST_EXPIRES);
  if (payload !== UNSIGNED_PAYLOAD) choice(payload, 'options.payload', ['signed']);
  const query = queryOf(request);
  if (query.some(([field]) => field.toLowerCase().startsWith('x-amz-'))) {
    throw new TypeError('request: expected a query without names that begin with X-Amz-');
  }
  const names = signedNames(request, options.headers);
  const hash = payload === UNSIGNED_PAYLOAD ? UNSIGNED : hashOf(bodyOf(request));
  const isUsual = (hash === UNSIGNED) === (options.path === 's3');
  const signed: readonly Pair[] = [
    ['X-Amz-Algorithm', name],
    ...pair('X-Amz-Content-Sha256', isUsual ? undefined : hash),
    ['X-Amz-Credential', writeCredential(scope)],
    ['X-Amz-Date', time],
    ['X-Amz-Expires', String(expires)],
    ['X-Amz-SignedHeaders', names.join(';')],
    ...pair('X-Amz-Region-Set', regionSet),
    ...pair('X-Amz-Security-Token', tokenOf(sessionToken)),
  ];
  const canonical = canonicalRequest({
    method: request.method,
    path: canonicalPath(request, options.path),
    query: [...query, ...signed],
    headers: canonicalHeaders(request, names),
    payload: hash,
  });
  const toSign = stringToSign(name, time, scope, canonical);
  const unsigned = pair('X-Amz-Security-Token', tokenOf(unsignedSessionToken));
  return {
    octets: octetsOf(toSign),
    finish(signature) {
      const added = [...signed, ['X-Amz-Signature', hexOf(signature)] as const, ...unsigned]
        .map(([field, value]) => `${field}=${encodePercent(value)}`)
        .join('&');
      const [path, had = ''] = splitTarget(request);
      const target = `${path}?${had.length > 1 ? `${had.slice(1)}&` : ''}${added}`;
      return { target, canonicalRequest: canonical, stringToSign: toSign };
    },
  };
}

function scopeOf(
  key: SigV4RemoteKey,
  options: Omit<SigV4SignOptions, 'payload'>,
): {
  readonly name: SigV4Name;
  readonly scope: SigV4Scope;
  readonly time: string;
  readonly regionSet: string | undefined;
} {
  const { credential, service, regionSet, sessionToken, unsignedSessionToken } = options;
  const name = nameOf(algOf(key));
  const time = writeBasicTime(seconds(options.now, 'options.now'));
  choice(options.path, 'options.path', SIGV4_PATHS);
  if (sessionToken !== undefined && unsignedSessionToken !== undefined) {
    throw new TypeError('options: expected one session token');
  }
  if (key instanceof Key && credential !== undefined) {
    throw new TypeError('options.credential: expected for a remote key alone');
  }
  const id = text(key instanceof Key ? key.id : credential, 'the id of the key');
  const day = time.slice(0, 8);
  if (name === 'AWS4-ECDSA-P256-SHA256') {
    const accessKeyId = partOf(id, 'the id of the key');
    if (!REGION_SET.test(text(regionSet, 'options.regionSet'))) {
      throw new TypeError('options.regionSet: expected regions parted by commas');
    }
    const scope = {
      accessKeyId,
      day,
      region: undefined,
      service: partOf(service, 'options.service'),
    };
    return { name, scope, time, regionSet };
  }
  if (service !== undefined || regionSet !== undefined) {
    throw new TypeError('options: expected service and regionSet with a key of SigV4a alone');
  }
  const scope = readCredential(name, id);
  if (scope.day === day) return { name, scope, time, regionSet: undefined };
  throw new CountersignError(
    'ERR_HTTP_SCOPE',
    'expected a key that was derived for the day of now',
  );
}

/** `host`, `content-type` and every `x-amz-*`, and what the caller adds, in their order. */
function signedNames(request: HttpRequest, more: readonly string[] = []): readonly string[] {
  if (
    !Array.isArray(more) ||
    !more.every((name) => FIELD_NAME.test(text(name, 'options.headers')))
  ) {
    throw new TypeError('options.headers: expected names of fields in lower case');
  }
  const present = [...request.headers.lines.keys()].filter(
    (name) => name === 'content-type' || name.startsWith('x-amz-'),
  );
  return [...new Set(['host', ...present, ...(more as readonly string[])])].toSorted();
}

function algOf(key: SigV4RemoteKey): { readonly name: string } {
  const { alg } = fields(key instanceof Key ? contentsOf(key as Key) : key, 'key', 'a key');
  return fields(alg, 'key.alg', 'an algorithm');
}

function tokenOf(token: string | undefined): string | undefined {
  if (token === undefined || TOKEN.test(text(token, 'options.sessionToken'))) return token;
  throw new TypeError('options.sessionToken: expected printable characters');
}

function pair(name: string, value: string | undefined): readonly Pair[] {
  return value === undefined ? [] : [[name, value]];
}

function signHere(key: SigV4SigningKey, octets: Bytes): Bytes {
  return isMac(key) ? mac(key, octets) : sign(key, octets, FORM);
}

async function signThere(key: SigV4RemoteKey, octets: Bytes): Promise<Bytes> {
  return isRemoteMac(key) ? macAsync(key, octets) : signAsync(key, octets, FORM);
}

function isMac(key: SigV4SigningKey): key is Key<MacAlgorithm, 'mac'> {
  return key.alg.kind === 'mac';
}

function isRemoteMac(
  key: SigV4RemoteKey,
): key is Key<MacAlgorithm, 'mac'> | RemoteMac<MacAlgorithm> {
  return key.alg.kind === 'mac';
}
