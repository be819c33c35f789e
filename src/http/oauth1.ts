/**
 * OAuth 1.0a, {@link https://www.rfc-editor.org/rfc/rfc5849 RFC 5849}, signed in the field
 * `Authorization`: HMAC-SHA1, HMAC-SHA256, RSA-SHA256 and RSA-PSS; RSA-SHA1 to verify alone.
 * `countersign/http/oauth1`.
 *
 * RSA-PSS and `oauth_body_hash` are as Mastercard has them. The method is that of the key, and what
 * a request says of it is compared. Nonce and time come back for whoever keeps those that were seen;
 * a result of HMAC-SHA1 or RSA-SHA1 is marked weak.
 *
 * @module
 */
import { decodeBase64, encodeBase64 } from '../bytes/base64.js';
import { same } from '../bytes/equal.js';
import { hexOf } from '../bytes/hex.js';
import { type Bytes, choice, fields, integer, text } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';
import { contentsOf, Key, makeKey } from '../key/handle.js';
import { named, seconds } from '../key/options.js';
import type { Relaxation } from '../key/policy.js';
import { macAsync, type RemoteMac, type RemoteSigner, signAsync } from '../key/remote.js';
import { ALLOW_WEAK_SECRET, importSecret } from '../key/secret.js';
import {
  mac,
  type MacAlgorithm,
  type RsaAlgorithm,
  sign,
  verify,
  type WeakMacAlgorithm,
  type WeakRsaAlgorithm,
} from '../key/use.js';
import { sha256 } from '../primitive/digest.js';
import { randomOctets } from '../primitive/random.js';
import { checkAge, readClock } from '../scheme/freshness.js';
import { type Verified, verified } from '../scheme/verified.js';
import { afterScheme, readAuthParams } from './auth-params.js';
import { bodyOf, requestOf, unsignedRequest } from './covered.js';
import { allowedBy, keyFor, type VerifyingKeys } from './keys.js';
import { fieldLine, type HttpRequest, splitTarget } from './message.js';
import {
  baseStringOf,
  formPairs,
  isForm,
  OAUTH1_QUERIES,
  oauth1BaseString,
  type Oauth1Query,
  queryPairs,
} from './oauth1-base.js';
import { decodePercent, encodePercent, inSignedOrder, type Pair } from './percent.js';

export { ALLOW_WEAK_SECRET, oauth1BaseString };
export type { HttpRequest, Key, Oauth1Query, Pair, Relaxation, Verified, VerifyingKeys };

/** The algorithms of shared secrets. */
export type Oauth1Mac = MacAlgorithm | WeakMacAlgorithm;
/** The algorithms that sign. */
export type Oauth1SigningAlgorithm = Oauth1Mac | RsaAlgorithm;
/** The algorithms that verify. */
export type Oauth1Algorithm = Oauth1SigningAlgorithm | WeakRsaAlgorithm;

/** A key that signs. */
export type Oauth1SigningKey = Key<Oauth1Mac, 'mac'> | Key<RsaAlgorithm, 'sign'>;
/** A key that signs, here or elsewhere. */
export type Oauth1RemoteKey =
  Oauth1SigningKey | RemoteMac<MacAlgorithm> | RemoteSigner<RsaAlgorithm>;

/** Takes a request whose body is not signed; the result then has none. */
export const ACCEPT_UNSIGNED_BODY: unique symbol = /* @__PURE__ */ Symbol(
  'countersign.ACCEPT_UNSIGNED_BODY',
);

/** Both secrets, which make one key, section 3.4.2. */
export interface Oauth1Secrets {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly token?: string | undefined;
  readonly tokenSecret?: string | undefined;
}

/** What the key of two secrets is for. */
export interface Oauth1SecretOptions<A, U> {
  readonly alg: A;
  readonly use: U;
  readonly relax?: readonly (typeof ALLOW_WEAK_SECRET)[] | undefined;
}

/** How a request is signed. */
export interface Oauth1SignOptions {
  /** Seconds since 1970. */
  readonly now: number;
  readonly consumerKey: string;
  readonly token?: string | undefined;
  /** Drawn if it is not given. */
  readonly nonce?: string | undefined;
  /** Stands in the field and is not signed. */
  readonly realm?: string | undefined;
  /** Further parameters, whose names begin with `oauth_`: `oauth_callback`, `oauth_verifier`. */
  readonly parameters?: readonly Pair[] | undefined;
  readonly query: Oauth1Query;
  /**
   * What is signed of the body. `hash`: its SHA-256, that of nothing too, in `oauth_body_hash`;
   * `form`: the parameters of a form, and of no other body, where the query is `decoded`; `none`:
   * nothing.
   */
  readonly body: 'hash' | 'form' | 'none';
}

/** What signing gives. */
export interface SignedOauth1 {
  /** The field to send. */
  readonly header: readonly [name: 'Authorization', value: string];
  /** What was signed. */
  readonly baseString: string;
  readonly strength: 'strong' | 'weak';
}

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
  /** The parameters of the field but `oauth_signature` and `realm`, in the order that is signed. */
  readonly parameters: readonly Pair[];
  /** What the key needed to be taken. */
  readonly relaxed: readonly Relaxation[];
}

const SIGN_OPTIONS = [
  'now',
  'consumerKey',
  'token',
  'nonce',
  'realm',
  'parameters',
  'query',
  'body',
];
const VERIFY_OPTIONS = ['now', 'tolerance', 'maxAge', 'query', 'body', 'maxFormBytes', 'algs'];
/** The names of methods. RFC 5849 has the two over SHA-1; the others came after it. */
const METHODS: Readonly<Record<string, string>> = {
  'HMAC-SHA-1': 'HMAC-SHA1',
  'HMAC-SHA-256': 'HMAC-SHA256',
  'RSASSA-PKCS1-v1_5 SHA-1': 'RSA-SHA1',
  'RSASSA-PKCS1-v1_5 SHA-256': 'RSA-SHA256',
  'RSASSA-PSS SHA-256': 'RSA-PSS',
};
/** Section 3.1: they stand in one place and once. */
const REQUIRED = [
  'oauth_consumer_key',
  'oauth_signature_method',
  'oauth_timestamp',
  'oauth_nonce',
  'oauth_signature',
] as const;
const OWN = [...REQUIRED, 'oauth_token', 'oauth_version', 'oauth_body_hash'];
const TIMESTAMP = /^[1-9][0-9]{0,11}$/;
const REALM = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const NONCE_SIZE = 16;
const MOST_AGE = 86_400;
const MAX_FORM_BYTES = 1_048_576;

/**
 * Makes the key of a consumer, or of a consumer and a token: the secrets, encoded and joined. Its id
 * is that by which requests find it: consumer key and token, encoded, with an ampersand between them.
 */
export function oauth1Secret<A extends Oauth1Mac, U extends 'mac' | 'verify'>(
  secrets: Oauth1Secrets,
  options: Oauth1SecretOptions<A, U>,
): Key<A, U> {
  const names = ['consumerKey', 'consumerSecret', 'token', 'tokenSecret'];
  const { consumerKey, consumerSecret, token, tokenSecret } = named(secrets, 'secrets', names);
  const { alg, use, relax } = named(options, 'options', ['alg', 'use', 'relax']);
  methodOf(fields(alg, 'options.alg', 'an algorithm'));
  if ((token === undefined) !== (tokenSecret === undefined)) {
    throw new TypeError('secrets: expected a token with its secret, or neither');
  }
  if (token !== undefined) filled(token, 'secrets.token');
  const given = { alg, use, encoding: 'utf8', relax } as const;
  // What is weak in the consumer's secret is weak still with an ampersand behind it.
  const { relaxed } = importSecret<Oauth1Mac, 'mac' | 'verify'>(consumerSecret, given);
  const second = tokenSecret === undefined ? '' : text(tokenSecret, 'secrets.tokenSecret');
  const whole = `${encodePercent(consumerSecret)}&${encodePercent(second)}`;
  const id = keyIdOf(text(consumerKey, 'secrets.consumerKey'), token);
  const key = importSecret<Oauth1Mac, 'mac' | 'verify'>(whole, { ...given, id });
  return makeKey({ ...contentsOf(key), relaxed }) as Key as Key<A, U>;
}

/** Signs a request. */
export function signOauth1(
  request: HttpRequest,
  key: Oauth1SigningKey,
  options: Oauth1SignOptions,
): SignedOauth1 {
  const draft = drafted(request, key, options);
  return draft.finish(signHere(key, draft.octets));
}

/** The same by a key that may be elsewhere. */
export async function signOauth1Async(
  request: HttpRequest,
  key: Oauth1RemoteKey,
  options: Oauth1SignOptions,
): Promise<SignedOauth1> {
  const draft = drafted(request, key, options);
  return draft.finish(await signThere(key, draft.octets));
}

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
  const { parameters } = found;
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
    parameters: inSignedOrder(parameters),
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
}

function drafted(
  request: HttpRequest,
  key: Oauth1RemoteKey,
  options: Oauth1SignOptions,
): { readonly octets: Bytes; finish(signature: Bytes): SignedOauth1 } {
  const { now, consumerKey, token, realm, query, body, ...given } = named(
    options,
    'options',
    SIGN_OPTIONS,
  );
  const alg = algOf(key);
  const method = methodOf(alg);
  request = unsignedRequest(request, ['authorization']);
  choice(body, 'options.body', ['hash', 'form', 'none']);
  if (realm !== undefined && !REALM.test(text(realm, 'options.realm'))) {
    throw new TypeError('options.realm: expected printable characters but quote and backslash');
  }
  if (isForm(request) !== (body === 'form')) {
    throw new TypeError("options.body: expected 'form' for a form, and for nothing else");
  }
  if (body === 'form' && query === 'raw') {
    throw new TypeError("options.query: expected 'decoded' for a form");
  }
  if (body === 'hash' && method.endsWith('SHA1')) {
    throw new TypeError("options.body: expected 'hash' with a method over SHA-256 alone");
  }
  if (key instanceof Key && isShared(alg) && key.id !== keyIdOf(consumerKey, token)) {
    throw new TypeError('key: expected that of oauth1Secret for this consumer and token');
  }
  const nonce = given.nonce ?? hexOf(randomOctets(NONCE_SIZE));
  const parameters: readonly Pair[] = [
    ...(body === 'hash' ? [['oauth_body_hash', hashOf(bodyOf(request))] as const] : []),
    ['oauth_consumer_key', filled(consumerKey, 'options.consumerKey')],
    ['oauth_nonce', filled(nonce, 'options.nonce')],
    ['oauth_signature_method', method],
    ['oauth_timestamp', String(seconds(now, 'options.now'))],
    ...(token === undefined ? [] : [['oauth_token', filled(token, 'options.token')] as const]),
    ['oauth_version', '1.0'],
    ...readParameters(given.parameters),
  ];
  choice(query, 'options.query', OAUTH1_QUERIES);
  const form = body === 'form' ? formPairs(bodyOf(request)) : [];
  const values = [...queryPairs(request, query), ...form];
  const baseString = baseStringOf(request, parameters, values, query);
  return {
    octets: encodeUtf8(baseString),
    finish(signature) {
      const all = [...parameters, ['oauth_signature', encodeBase64(signature)] as const];
      const written = all.map(
        ([name, value]) => `${encodePercent(name)}="${encodePercent(value)}"`,
      );
      const parts = [realm === undefined ? [] : `realm="${realm}"`, written].flat();
      return {
        header: ['Authorization', `OAuth ${parts.join(',')}`],
        baseString,
        strength: alg.kind === 'weak-mac' ? 'weak' : 'strong',
      };
    },
  };
}

function readSignature(request: HttpRequest): Found {
  const field = fieldLine(request.headers, 'authorization');
  const params = readAuthParams(afterScheme(field ?? '', 'OAuth') ?? '');
  const all = [...params].flatMap(([name, { value, isQuoted }]): Pair[] => {
    if (!isQuoted) throw missing('expected parameters in quotes');
    return name === 'realm' ? [] : [[decoded(name), decoded(value)]];
  });
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
  };
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

function isProtocol([name]: Pair): boolean {
  return name.startsWith('oauth_');
}

function readParameters(parameters: readonly Pair[] = []): readonly Pair[] {
  if (!Array.isArray(parameters)) throw new TypeError('options.parameters: expected pairs');
  const names = (parameters as readonly Pair[]).map(([name]) => name);
  const isNew = names.every((name) => isProtocol([name, '']) && !OWN.includes(name));
  if (isNew && new Set(names).size === names.length) return parameters as readonly Pair[];
  throw new TypeError('options.parameters: expected further names that begin with oauth_');
}

/** Encoded without a token too: the consumer `a&b` is not the consumer `a` with the token `b`. */
function keyIdOf(consumerKey: string, token: string | undefined): string {
  const first = encodePercent(consumerKey);
  return token === undefined ? first : `${first}&${encodePercent(token)}`;
}

function methodOf(alg: { readonly name: string }): string {
  const method = METHODS[alg.name];
  if (method !== undefined) return method;
  throw new TypeError('key: expected one of HMAC or RSA over SHA-1 or SHA-256');
}

function isShared(alg: { readonly kind: string }): boolean {
  return alg.kind === 'mac' || alg.kind === 'weak-mac';
}

function algOf(key: Oauth1RemoteKey): { readonly name: string; readonly kind: string } {
  const { alg } = fields(key instanceof Key ? contentsOf(key as Key) : key, 'key', 'a key');
  return fields(alg, 'key.alg', 'an algorithm');
}

function signHere(key: Oauth1SigningKey, octets: Bytes): Bytes {
  if (!isShared(key.alg)) return sign(key as Key<RsaAlgorithm, 'sign'>, octets);
  const tag = mac(key as Key<Oauth1Mac, 'mac'>, octets);
  return tag instanceof Uint8Array ? tag : tag.octets;
}

async function signThere(key: Oauth1RemoteKey, octets: Bytes): Promise<Bytes> {
  if (key instanceof Key) return signHere(key, octets);
  return isShared(key.alg)
    ? macAsync(key as RemoteMac<MacAlgorithm>, octets)
    : signAsync(key as RemoteSigner<RsaAlgorithm>, octets);
}

function hashOf(body: Uint8Array): string {
  return encodeBase64(sha256.digest(body));
}

function filled(value: string, what: string): string {
  if (text(value, what) !== '') return value;
  throw new TypeError(`${what}: expected some characters`);
}

function decoded(value: string): string {
  return decodePercent(value, 'plus');
}

function missing(expected: string): CountersignError {
  return new CountersignError('ERR_HTTP_SIGNATURE', expected);
}
