/**
 * Verifies requests that are signed by AWS SigV4 and SigV4a, as a gateway in the place of AWS does.
 *
 * The scope is the caller's: service and region, and the day of the signature is that of its time.
 * `host` and every `x-amz-*` that is there must be signed. A body counts as signed by its digest
 * alone; one that is signed chunk by chunk is refused by name.
 *
 * @module
 */
import { decodeHex } from '../bytes/hex.js';
import { choice, integer, text } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import type { Key } from '../key/handle.js';
import { named } from '../key/options.js';
import type { Relaxation } from '../key/policy.js';
import { type EcdsaAlgorithm, type EcdsaForm, verify } from '../key/use.js';
import { checkAge, checkExpires, checkStart, readClock } from '../scheme/freshness.js';
import { type Verified, verified } from '../scheme/verified.js';
import { bodyOf, octetsOf, record, requestOf } from './covered.js';
import { allowedBy, keyFor, type VerifyingKeys } from './keys.js';
import { fieldLine, fieldValue, type HttpRequest } from './message.js';
import { inSignedOrder, type Pair } from './percent.js';
import {
  canonicalHeaders,
  canonicalPath,
  canonicalRequest,
  coveredPath,
  queryOf,
  SIGV4_PATHS,
  type SigV4Path,
} from './sigv4-canonical.js';
import {
  hashOf,
  nameOf,
  readCredential,
  type SigV4Algorithm,
  type SigV4Name,
  type SigV4Scope,
  stringToSign,
  UNSIGNED,
  writeCredential,
} from './sigv4-scope.js';
import { readBasicTime } from './time.js';

/** Takes a request whose body is not signed; the result then has none. */
export const ACCEPT_UNSIGNED_PAYLOAD: unique symbol = /* @__PURE__ */ Symbol(
  'countersign.ACCEPT_UNSIGNED_PAYLOAD',
);

/** Takes a session token that is not signed, and in a query no other; the result then has none. */
export const ACCEPT_UNSIGNED_SESSION_TOKEN: unique symbol = /* @__PURE__ */ Symbol(
  'countersign.ACCEPT_UNSIGNED_SESSION_TOKEN',
);

/** What a request is held against. */
export interface SigV4VerifyOptions {
  /** Seconds since 1970. */
  readonly now: number;
  /** Seconds by which the sender's clock may differ. */
  readonly tolerance: number;
  /** Seconds for which a signature in the header holds; AWS takes 900. */
  readonly maxAge: number;
  /** Where signatures are taken from. */
  readonly form: 'header' | 'query' | 'either';
  readonly service: string;
  /** The region of this server; SigV4a's set of regions must name it. */
  readonly region: string;
  readonly path: SigV4Path;
  /** Names of fields that must be signed besides `host` and every `x-amz-*`. */
  readonly headers?: readonly string[] | undefined;
  readonly payload?: typeof ACCEPT_UNSIGNED_PAYLOAD | undefined;
  readonly sessionToken?: typeof ACCEPT_UNSIGNED_SESSION_TOKEN | undefined;
  /** With a ring: the algorithms that are taken. */
  readonly algs?: readonly SigV4Algorithm[] | undefined;
}

/** What a request says of its signature before anything is verified: to find the secret by. */
export interface SigV4Identity {
  readonly algorithm: SigV4Name;
  readonly accessKeyId: string;
  /** Eight digits. */
  readonly day: string;
  /** Of SigV4 alone. */
  readonly region: string | undefined;
  readonly service: string;
  /** What the id of the key is that verifies it. */
  readonly keyId: string;
}

/** What was signed. */
export interface SigV4Claims {
  readonly algorithm: SigV4Name;
  readonly accessKeyId: string;
  readonly service: string;
  /** The region, or SigV4a's set of regions. */
  readonly region: string;
  /** Seconds since 1970. */
  readonly signedAt: number;
  /** When a presigned request ends. */
  readonly expiresAt: number | undefined;
  readonly method: string;
  /** As it was signed, but encoded once. */
  readonly path: string;
  /** Decoded names and values, without those of the signature, in the order that is signed. */
  readonly query: readonly Pair[];
  /** Values by name, lines joined by commas and runs of blanks made one space. */
  readonly headers: Readonly<Record<string, string>>;
  /** The octets that were given, if they were signed. */
  readonly body: Uint8Array | undefined;
  readonly sessionToken: string | undefined;
  /** What the key needed to be taken. */
  readonly relaxed: readonly Relaxation[];
}

const OPTIONS = [
  'now',
  'tolerance',
  'maxAge',
  'form',
  'service',
  'region',
  'path',
  'headers',
  'payload',
  'sessionToken',
  'algs',
];
const AUTHORIZATION =
  /^(AWS4-[A-Z0-9-]+) Credential=([^\s,]+), ?SignedHeaders=([^\s,]+), ?Signature=([^\s,]+)$/;
/** Names of fields, in lower case, parted by semicolons. */
const NAMES = /^[!#$%&'*+\-.^_`|~0-9a-z]+(?:;[!#$%&'*+\-.^_`|~0-9a-z]+)*$/;
const DIGITS = /^[1-9][0-9]{0,5}$/;
const MOST_EXPIRES = 604_800;
const MOST_AGE = 86_400;
const HASH = /^[0-9a-f]{64}$/;
const FORM: EcdsaForm = { encoding: 'der', s: 'any' };
const TOKEN_NAME = 'x-amz-security-token';

/** Reads who claims to have signed, so that a key can be derived or fetched. */
export function identifySigV4(request: HttpRequest): SigV4Identity {
  const { name, scope } = readSignature(requestOf(request));
  const keyId = name === 'AWS4-HMAC-SHA256' ? writeCredential(scope) : scope.accessKeyId;
  return Object.freeze({ algorithm: name, ...scope, keyId });
}

/**
 * Verifies a request. Keys of SigV4 are those of `deriveSigV4Key`, which are found by the whole
 * credential; one that is given alone must be for it too. Public keys of SigV4a are found by the
 * access key id.
 */
export function verifySigV4(
  request: HttpRequest,
  keys: VerifyingKeys<SigV4Algorithm>,
  options: SigV4VerifyOptions,
): Verified<SigV4Claims> {
  const { now, tolerance, maxAge, form, service, region, path, ...given } = named(
    options,
    'options',
    OPTIONS,
  );
  const clock = readClock(now, tolerance, 'options.tolerance');
  integer(maxAge, 'options.maxAge', 1, MOST_AGE);
  choice(form, 'options.form', ['header', 'query', 'either']);
  choice(path, 'options.path', SIGV4_PATHS);
  text(service, 'options.service');
  text(region, 'options.region');
  const required = namesOf(given.headers);
  const takesUnsigned = isSymbol(given.payload, ACCEPT_UNSIGNED_PAYLOAD, 'payload');
  const takesToken = isSymbol(given.sessionToken, ACCEPT_UNSIGNED_SESSION_TOKEN, 'sessionToken');
  const algs = allowedBy(keys, given.algs);
  for (const alg of algs) nameOf(alg);

  request = requestOf(request);
  const found = readSignature(request);
  const { name, scope, time, expires, regionSet, names } = found;
  if (form !== 'either' && form !== found.form) {
    throw missing(`expected a signature in the ${form}`);
  }
  const keyId = name === 'AWS4-HMAC-SHA256' ? writeCredential(scope) : scope.accessKeyId;
  const likely = algs.filter((alg) => nameOf(alg) === name);
  if (likely.length === 0) {
    throw new CountersignError('ERR_HTTP_ALGORITHM', 'expected an algorithm of the key');
  }
  const key = keyFor(keys, likely, keyId, now);
  if (key.id !== keyId) {
    throw new CountersignError('ERR_HTTP_SCOPE', 'expected a credential that the key is for');
  }
  const signedAt = readBasicTime('X-Amz-Date', time);
  checkScope(found, service, region);
  const expiresAt = expires === undefined ? undefined : signedAt + expires;
  if (expiresAt === undefined) {
    checkAge('X-Amz-Date', signedAt, maxAge, clock);
  } else {
    checkStart('X-Amz-Date', signedAt, clock);
    checkExpires('X-Amz-Expires', expiresAt, clock);
  }
  checkCoverage(request, names, required, takesToken);
  const payload = payloadOf(request, found, path, takesUnsigned);
  const headers = canonicalHeaders(request, names);
  // An unsigned token stands in the query behind the signature, and is no part of what was signed.
  const isSigned = ([field]: Pair): boolean => !(takesToken && field === 'X-Amz-Security-Token');
  const query = found.form === 'query' ? found.query.filter(isSigned) : found.query;
  const canonical = canonicalRequest({
    method: request.method,
    path: canonicalPath(request, path),
    query,
    headers,
    payload,
  });
  const octets = octetsOf(stringToSign(name, time, scope, canonical));
  if (!isVerified(key, octets, found.signature)) {
    throw new CountersignError('ERR_VERIFY_FAILED', 'expected a signature of this request');
  }
  const values = record(headers);
  return verified({
    algorithm: name,
    accessKeyId: scope.accessKeyId,
    service: scope.service,
    region: scope.region ?? regionSet ?? '',
    signedAt,
    expiresAt,
    method: request.method,
    path: coveredPath(request, path),
    query: inSignedOrder(query.filter(([field]) => found.form === 'header' || !OWN.has(field))),
    headers: values,
    body: payload === UNSIGNED ? undefined : request.body,
    sessionToken: values[TOKEN_NAME] ?? valueOf(query, 'X-Amz-Security-Token', found.form),
    relaxed: key.relaxed,
  });
}

/** A signature as a request carries it. */
interface Found {
  readonly form: 'header' | 'query';
  readonly name: SigV4Name;
  readonly scope: SigV4Scope;
  readonly time: string;
  readonly expires: number | undefined;
  readonly regionSet: string | undefined;
  readonly names: readonly string[];
  readonly signature: string;
  /** The query that was signed: without the signature, if that stands in it. */
  readonly query: readonly Pair[];
}

/** Names of the query that belong to a signature in it. */
const OWN: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Content-Sha256',
  'X-Amz-Region-Set',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
]);

function readSignature(request: HttpRequest): Found {
  const line = fieldLine(request.headers, 'authorization');
  const query = queryOf(request);
  const inQuery = query.some(
    ([field]) => field === 'X-Amz-Signature' || field === 'X-Amz-Algorithm',
  );
  if (line !== undefined && inQuery) throw missing('expected one signature, found two');
  return line === undefined ? readQuery(query) : readHeader(request, line, query);
}

function readHeader(request: HttpRequest, line: string, query: readonly Pair[]): Found {
  const [, algorithm = '', credential = '', names = '', signature = ''] =
    AUTHORIZATION.exec(line) ?? [];
  const name = algorithmOf(algorithm);
  return {
    form: 'header',
    name,
    scope: readCredential(name, credential),
    time: timeOf(request),
    expires: undefined,
    regionSet: fieldLine(request.headers, 'x-amz-region-set'),
    names: readNames(names),
    signature,
    query,
  };
}

/** AWS takes the time from `Date` where this field is missing. Here it stands in one place. */
function timeOf({ headers }: HttpRequest): string {
  const time = fieldValue(headers, 'x-amz-date');
  if (time !== undefined) return time;
  throw new CountersignError(
    'ERR_TIME',
    'expected X-Amz-Date, found none; Date is not read for it',
  );
}

function readQuery(query: readonly Pair[]): Found {
  const own = new Map<string, string>();
  for (const [field, value] of query) {
    if (!OWN.has(field)) continue;
    if (own.has(field)) throw new CountersignError('ERR_HTTP_DUPLICATE', `${field}: found twice`);
    own.set(field, value);
  }
  const name = algorithmOf(own.get('X-Amz-Algorithm') ?? '');
  const expires = own.get('X-Amz-Expires') ?? '';
  if (!DIGITS.test(expires) || !(Number(expires) <= MOST_EXPIRES)) {
    throw new CountersignError('ERR_TIME', 'X-Amz-Expires: expected 1 to 604800 seconds');
  }
  return {
    form: 'query',
    name,
    scope: readCredential(name, own.get('X-Amz-Credential') ?? ''),
    time: own.get('X-Amz-Date') ?? '',
    expires: Number(expires),
    regionSet: own.get('X-Amz-Region-Set'),
    names: readNames(own.get('X-Amz-SignedHeaders') ?? ''),
    signature: own.get('X-Amz-Signature') ?? '',
    query: query.filter(([field]) => field !== 'X-Amz-Signature'),
  };
}

function algorithmOf(name: string): SigV4Name {
  if (name === 'AWS4-HMAC-SHA256' || name === 'AWS4-ECDSA-P256-SHA256') return name;
  throw missing('expected a signature of AWS4-HMAC-SHA256 or AWS4-ECDSA-P256-SHA256');
}

/** One spelling: in lower case, sorted, each name once. */
function readNames(list: string): readonly string[] {
  const names = NAMES.test(list) ? list.split(';') : [];
  const isSorted = names.every((name, i) => i === 0 || (names[i - 1] ?? '') < name);
  if (names.length > 0 && isSorted) return names;
  throw missing('SignedHeaders: expected names in lower case, sorted, each once');
}

function checkScope({ scope, regionSet, time }: Found, service: string, region: string): void {
  if (scope.service !== service) throw elsewhere('the service of this server');
  if (scope.day !== time.slice(0, 8)) throw elsewhere('the day of X-Amz-Date');
  const isHere =
    scope.region === undefined ? isWithin(regionSet ?? '', region) : scope.region === region;
  if (!isHere) throw elsewhere('the region of this server');
}

function elsewhere(expected: string): CountersignError {
  return new CountersignError('ERR_HTTP_SCOPE', `Credential: expected ${expected}`);
}

/** Whether a set of regions names one; a star may stand at the end of an item and nowhere else. */
function isWithin(regionSet: string, region: string): boolean {
  return regionSet.split(',').some((item) => {
    const start = item.slice(0, -1);
    return (
      item === region || (item.endsWith('*') && !start.includes('*') && region.startsWith(start))
    );
  });
}

function checkCoverage(
  request: HttpRequest,
  names: readonly string[],
  required: readonly string[],
  takesToken: boolean,
): void {
  const present = [...request.headers.lines.keys()].filter((name) => name.startsWith('x-amz-'));
  const needed = ['host', ...present, ...required].filter(
    (name) => !(takesToken && name === TOKEN_NAME),
  );
  const signed = new Set(names);
  if (needed.every((name) => signed.has(name))) return;
  throw new CountersignError(
    'ERR_HTTP_COVERAGE',
    'SignedHeaders: expected host, every x-amz-* and what the caller requires',
  );
}

/** What stands for the body in the canonical request. */
function payloadOf(
  request: HttpRequest,
  { form, query }: Found,
  path: SigV4Path,
  takesUnsigned: boolean,
): string {
  const given =
    fieldLine(request.headers, 'x-amz-content-sha256') ??
    valueOf(query, 'X-Amz-Content-Sha256', form);
  // S3 has no digest in its presigned URLs, and no field that says so.
  const value = given ?? (form === 'query' && path === 's3' ? UNSIGNED : undefined);
  if (value === UNSIGNED && takesUnsigned) return UNSIGNED;
  if (value !== undefined && !HASH.test(value)) {
    const found = value.startsWith('STREAMING-') ? 'a body that is signed in chunks' : 'none';
    throw new CountersignError(
      'ERR_HTTP_PAYLOAD',
      `expected the digest of the body, found ${found}`,
    );
  }
  const hash = hashOf(bodyOf(request));
  if (value === undefined || value === hash) return hash;
  throw new CountersignError(
    'ERR_HTTP_DIGEST',
    'x-amz-content-sha256: expected the digest of the body',
  );
}

function isVerified(
  key: Key<SigV4Algorithm, 'verify'>,
  octets: Uint8Array,
  signature: string,
): boolean {
  const value = decodeHex(signature, 'lower');
  return key.alg.kind === 'mac'
    ? verify(key as Key<Extract<SigV4Algorithm, { kind: 'mac' }>, 'verify'>, octets, value)
    : verify(key as Key<EcdsaAlgorithm, 'verify'>, octets, value, FORM);
}

function valueOf(query: readonly Pair[], name: string, form: Found['form']): string | undefined {
  return form === 'query' ? query.find(([field]) => field === name)?.[1] : undefined;
}

function namesOf(names: readonly string[] | undefined): readonly string[] {
  if (names === undefined) return [];
  if (Array.isArray(names) && names.every((name) => NAMES.test(text(name, 'options.headers')))) {
    return names as readonly string[];
  }
  throw new TypeError('options.headers: expected names of fields in lower case');
}

function isSymbol(value: symbol | undefined, expected: symbol, what: string): boolean {
  if (value === undefined || value === expected) return value === expected;
  throw new TypeError(`options.${what}: expected ${expected.description ?? ''} or nothing`);
}

function missing(expected: string): CountersignError {
  return new CountersignError('ERR_HTTP_SIGNATURE', expected);
}
