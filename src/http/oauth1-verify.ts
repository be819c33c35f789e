/**
 * Verifies requests that are signed by OAuth 1.0a.
 *
 * @module
 */
import { decodeBase64 } from '../bytes/base64.js';
import { same } from '../bytes/equal.js';
import { choice, integer } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';
import { named } from '../key/options.js';
import type { Relaxation } from '../key/policy.js';
import { verify } from '../key/use.js';
import { sha256 } from '../primitive/digest.js';
import { checkAge, readClock } from '../scheme/freshness.js';
import { type Verified, verified } from '../scheme/verified.js';
import { afterScheme, readAuthParams } from './auth-params.js';
import { bodyOf, requestOf } from './covered.js';
import { allowedBy, keyFor, type VerifyingKeys } from './keys.js';
import { fieldLine, type HttpRequest, splitTarget } from './message.js';
import {
  baseStringOf,
  formPairs,
  isForm,
  OAUTH1_QUERIES,
  type Oauth1Query,
  queryPairs,
} from './oauth1-base.js';
import {
  isProtocol,
  isShared,
  keyIdOf,
  methodOf,
  type Oauth1Algorithm,
  REQUIRED,
} from './oauth1-key.js';
import { decodePercent, inSignedOrder, type Pair } from './percent.js';

/** Takes a request whose body is not signed; the result then has none. */
export const ACCEPT_UNSIGNED_BODY: unique symbol = /* @__PURE__ */ Symbol(
  'countersign.ACCEPT_UNSIGNED_BODY',
);

/** What a request is held against. */
export interface Oauth1VerifyOptions {
  /** Seconds since 1970. */
  readonly now: number;
  /** Seconds by which the sender's clock may differ. */
  readonly tolerance: number;
  /** Seconds for which a signature holds, and nonces have to be kept. */
  readonly maxAge: number;
  readonly query: Oauth1Query;
  /** What must be signed of the body; `form` takes no body too, and a form if the query is `decoded`. */
  readonly body: 'hash' | 'form' | typeof ACCEPT_UNSIGNED_BODY;
  /** The most octets of a form; 1,048,576 unless given. */
  readonly maxFormBytes?: number | undefined;
  /** With a ring: the algorithms that are taken. */
  readonly algs?: readonly Oauth1Algorithm[] | undefined;
}

/** Who claims to have signed, before anything is verified. */
export interface Oauth1Identity {
  readonly consumerKey: string;
  readonly token: string | undefined;
  readonly signatureMethod: string;
}

/** What was signed. */
export interface Oauth1Claims {
  readonly signatureMethod: string;
  readonly strength: 'strong' | 'weak';
  readonly consumerKey: string;
  readonly token: string | undefined;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** Never twice with one time, consumer key and token: keep those of `maxAge` and refuse them. */
  readonly nonce: string;
  /** In upper case. */
  readonly method: string;
  /** Scheme, authority and path. */
  readonly uri: string;
  /**
   * The parameters of the query and of the form, decoded unless the query is taken raw, in the order
   * that is signed. Which of them stood where is not signed: one can be moved from the one to the
   * other.
   */
  readonly values: readonly Pair[];
  /** The octets that were given, if their digest was signed. */
  readonly body: Uint8Array | undefined;
  /**
   * The parameters of the field but `oauth_signature` and `realm`, decoded unless the query is taken
   * raw, in the order that is signed.
   */
  readonly parameters: readonly Pair[];
  /** What the key needed to be taken. */
  readonly relaxed: readonly Relaxation[];
}

const VERIFY_OPTIONS = ['now', 'tolerance', 'maxAge', 'query', 'body', 'maxFormBytes', 'algs'];
const TIMESTAMP = /^[1-9][0-9]{0,11}$/;
const MOST_AGE = 86_400;
const MAX_FORM_BYTES = 1_048_576;
/** Reads who claims to have signed, so that a key can be fetched. */
export function identifyOauth1(request: HttpRequest): Oauth1Identity {
  const { consumerKey, token, signatureMethod } = readSignature(requestOf(request));
  return Object.freeze({ consumerKey, token, signatureMethod });
}

/**
 * Verifies a request. Keys are found by the consumer key; those of `oauth1Secret` by that and the
 * token. One that is given alone must have that id too.
 */
export function verifyOauth1(
  request: HttpRequest,
  keys: VerifyingKeys<Oauth1Algorithm>,
  options: Oauth1VerifyOptions,
): Verified<Oauth1Claims> {
  const {
    now,
    tolerance,
    maxAge,
    query,
    body,
    maxFormBytes = MAX_FORM_BYTES,
    algs: allowed,
  } = named(options, 'options', VERIFY_OPTIONS);
  const clock = readClock(now, tolerance, 'options.tolerance');
  integer(maxAge, 'options.maxAge', 1, MOST_AGE);
  choice(query, 'options.query', OAUTH1_QUERIES);
  if (body !== ACCEPT_UNSIGNED_BODY) choice(body, 'options.body', ['hash', 'form']);
  const most = integer(maxFormBytes, 'options.maxFormBytes', 1, 2 ** 30);
  const algs = allowedBy(keys, allowed);
  for (const alg of algs) methodOf(alg);

  request = requestOf(request);
  const found = readSignature(request);
  const likely = algs.filter((alg) => methodOf(alg) === found.signatureMethod);
  const [alg] = likely;
  if (alg === undefined) {
    throw new CountersignError(
      'ERR_HTTP_ALGORITHM',
      'oauth_signature_method: expected the method of the key',
    );
  }
  const id = isShared(alg) ? keyIdOf(found.consumerKey, found.token) : found.consumerKey;
  const key = keyFor(keys, likely, id, now);
  if (key.id !== id) {
    throw new CountersignError('ERR_KEY_UNKNOWN', 'expected the consumer that the key is of');
  }
  checkAge('oauth_timestamp', found.timestamp, maxAge, clock);
  const form = checkBody(request, found.bodyHash, { query, body, most });
  const parameters = query === 'raw' ? standing(found.standing) : found.parameters;
  const inQuery = query === 'raw' ? queryPairs(request, query) : found.query;
  const values = [...inQuery, ...form];
  const octets = encodeUtf8(baseStringOf(request, parameters, values, query));
  const verdict = verify(key, octets, decodeBase64(found.signature));
  if (verdict === false) {
    throw new CountersignError('ERR_VERIFY_FAILED', 'expected a signature of this request');
  }
  const [path] = splitTarget(request);
  return verified({
    signatureMethod: found.signatureMethod,
    strength: verdict === 'weak' ? 'weak' : 'strong',
    consumerKey: found.consumerKey,
    token: found.token,
    timestamp: found.timestamp,
    nonce: found.nonce,
    method: request.method.toUpperCase(),
    uri: `${request.scheme}://${request.authority}${path}`,
    values: inSignedOrder(values, query === 'raw'),
    body: found.bodyHash === undefined ? undefined : request.body,
    parameters: inSignedOrder(parameters, query === 'raw'),
    relaxed: key.relaxed,
  });
}

/** A signature as a request carries it. */
interface Found {
  readonly consumerKey: string;
  readonly token: string | undefined;
  readonly signatureMethod: string;
  readonly signature: string;
  readonly timestamp: number;
  readonly nonce: string;
  readonly bodyHash: string | undefined;
  /** Of the query, decoded. */
  readonly query: readonly Pair[];
  /** All that are signed. */
  readonly parameters: readonly Pair[];
  /** The same as they stand in the field. */
  readonly standing: readonly Pair[];
}

function readSignature(request: HttpRequest): Found {
  const field = fieldLine(request.headers, 'authorization');
  const params = readAuthParams(afterScheme(field ?? '', 'OAuth') ?? '');
  const whole = [...params].flatMap(([name, { value, isQuoted }]): Pair[] => {
    if (!isQuoted) throw missing('expected parameters in quotes');
    return name === 'realm' ? [] : [[name, value]];
  });
  const all = whole.map(([name, value]): Pair => [decoded(name), decoded(value)]);
  const own = new Map(all);
  if (!all.every(([name]) => name.startsWith('oauth_')) || own.size < all.length) {
    throw missing('expected realm and names that begin with oauth_, each once');
  }
  const [consumerKey = '', signatureMethod = '', timestamp = '', nonce = '', signature = ''] =
    REQUIRED.map((name) => own.get(name));
  if ([consumerKey, signatureMethod, nonce, signature].includes('')) {
    throw missing(`expected ${REQUIRED.join(', ')}`);
  }
  if ((own.get('oauth_version') ?? '1.0') !== '1.0') throw missing('oauth_version: expected 1.0');
  if (!TIMESTAMP.test(timestamp)) {
    throw new CountersignError('ERR_TIME', 'oauth_timestamp: expected seconds since 1970');
  }
  const query = queryPairs(request, 'decoded');
  if (query.some(isProtocol)) {
    throw missing('expected the parameters of the protocol in one place');
  }
  return {
    consumerKey,
    // Libraries of clients send an empty one where they have none; it is signed all the same.
    token: own.get('oauth_token') === '' ? undefined : own.get('oauth_token'),
    signatureMethod,
    signature,
    timestamp: Number(timestamp),
    nonce,
    bodyHash: own.get('oauth_body_hash'),
    query,
    parameters: all.filter(([name]) => name !== 'oauth_signature'),
    standing: whole.filter((_, i) => all[i]?.[0] !== 'oauth_signature'),
  };
}

/** Unencoded, an ampersand in a parameter would be one between two of them. */
function standing(parameters: readonly Pair[]): readonly Pair[] {
  if (!parameters.some((pair) => pair.join('').includes('&'))) return parameters;
  throw missing('expected no ampersand in a parameter');
}

/** Checks the digest of a body; returns the parameters of a form, which are signed. */
function checkBody(
  request: HttpRequest,
  bodyHash: string | undefined,
  { query, body, most }: Pick<Oauth1VerifyOptions, 'query' | 'body'> & { readonly most: number },
): readonly Pair[] {
  const octets = bodyOf(request);
  const isFormBody = isForm(request);
  // A digest of a form would stand beside its parameters; draft-eaton-oauth-bodyhash has no such.
  const isSigned =
    body === 'hash'
      ? !isFormBody && bodyHash !== undefined
      : body === 'form'
        ? bodyHash === undefined && (isFormBody || octets.length === 0)
        : !isFormBody || bodyHash === undefined;
  if (!isSigned) {
    throw new CountersignError('ERR_HTTP_PAYLOAD', 'expected a body signed as the caller asks');
  }
  if (bodyHash !== undefined && !same(decodeBase64(bodyHash), sha256.digest(octets))) {
    throw new CountersignError('ERR_HTTP_DIGEST', 'oauth_body_hash: expected that of the body');
  }
  if (!isFormBody) return [];
  if (query === 'raw') {
    throw new CountersignError('ERR_HTTP_PAYLOAD', 'expected no form where the query is raw');
  }
  if (!(octets.length <= most)) {
    throw new CountersignError('ERR_LENGTH', `expected a form of at most ${most} octets`);
  }
  const form = formPairs(octets);
  if (form.some(isProtocol)) {
    throw missing('expected the parameters of the protocol in one place');
  }
  return form;
}

function decoded(value: string): string {
  return decodePercent(value, 'plus');
}

function missing(expected: string): CountersignError {
  return new CountersignError('ERR_HTTP_SIGNATURE', expected);
}
