/**
 * The keys of OAuth 1.0, and the names of its methods and parameters.
 *
 * @module
 */
import { fields, text } from '../bytes/octets.js';
import { contentsOf, type Key, makeKey } from '../key/handle.js';
import { named } from '../key/options.js';
import { type ALLOW_WEAK_SECRET, importSecret } from '../key/secret.js';
import type { MacAlgorithm, RsaAlgorithm, WeakMacAlgorithm, WeakRsaAlgorithm } from '../key/use.js';
import { encodePercent, type Pair } from './percent.js';

/** The algorithms of shared secrets. */
export type Oauth1Mac = MacAlgorithm | WeakMacAlgorithm;

/** The algorithms that sign. */
export type Oauth1SigningAlgorithm = Oauth1Mac | RsaAlgorithm;

/** The algorithms that verify. */
export type Oauth1Algorithm = Oauth1SigningAlgorithm | WeakRsaAlgorithm;

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

/** The names of methods. RFC 5849 has the two over SHA-1; the others came after it. */
const METHODS: Readonly<Record<string, string>> = {
  'HMAC-SHA-1': 'HMAC-SHA1',
  'HMAC-SHA-256': 'HMAC-SHA256',
  'RSASSA-PKCS1-v1_5 SHA-1': 'RSA-SHA1',
  'RSASSA-PKCS1-v1_5 SHA-256': 'RSA-SHA256',
  'RSASSA-PSS SHA-256': 'RSA-PSS',
};

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

/** Encoded without a token too: the consumer `a&b` is not the consumer `a` with the token `b`. */
export function keyIdOf(consumerKey: string, token: string | undefined): string {
  const first = encodePercent(consumerKey);
  return token === undefined ? first : `${first}&${encodePercent(token)}`;
}

/** The name of the method of an algorithm. */
export function methodOf(alg: { readonly name: string }): string {
  const method = METHODS[alg.name];
  if (method !== undefined) return method;
  throw new TypeError('key: expected one of HMAC or RSA over SHA-1 or SHA-256');
}

/** Whether an algorithm is one of shared secrets. */
export function isShared(alg: { readonly kind: string }): boolean {
  return alg.kind === 'mac' || alg.kind === 'weak-mac';
}

/** Section 3.1: they stand in one place and once. */
export const REQUIRED = [
  'oauth_consumer_key',
  'oauth_signature_method',
  'oauth_timestamp',
  'oauth_nonce',
  'oauth_signature',
] as const;

/** What signing writes by itself, or checks. */
export const OWN: readonly string[] = [
  ...REQUIRED,
  'oauth_token',
  'oauth_version',
  'oauth_body_hash',
];

/** Whether a parameter is one of the protocol. */
export function isProtocol([name]: Pair): boolean {
  return name.startsWith('oauth_');
}

/** Returns a text that is not empty. */
export function filled(value: string, what: string): string {
  if (text(value, what) !== '') return value;
  throw new TypeError(`${what}: expected some characters`);
}
