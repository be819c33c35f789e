/**
 * Signs requests by OAuth 1.0a.
 *
 * @module
 */
import { encodeBase64 } from '../bytes/base64.js';
import { hexOf } from '../bytes/hex.js';
import { type Bytes, choice, fields, text } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { contentsOf, Key } from '../key/handle.js';
import { named, seconds } from '../key/options.js';
import { macAsync, type RemoteMac, type RemoteSigner, signAsync } from '../key/remote.js';
import { mac, type MacAlgorithm, type RsaAlgorithm, sign } from '../key/use.js';
import { sha256 } from '../primitive/digest.js';
import { randomOctets } from '../primitive/random.js';
import { bodyOf, unsignedRequest } from './covered.js';
import type { HttpRequest } from './message.js';
import {
  baseStringOf,
  formPairs,
  isForm,
  OAUTH1_QUERIES,
  type Oauth1Query,
  queryPairs,
} from './oauth1-base.js';
import {
  filled,
  isProtocol,
  isShared,
  keyIdOf,
  methodOf,
  type Oauth1Mac,
  type Oauth1SigningAlgorithm,
  OWN,
} from './oauth1-key.js';
import { encodePercent, encodeSparely, type Pair } from './percent.js';

/** A key that signs. */
export type Oauth1SigningKey = Key<Oauth1Mac, 'mac'> | Key<RsaAlgorithm, 'sign'>;

/** A key that signs, here or elsewhere. */
export type Oauth1RemoteKey =
  Oauth1SigningKey | RemoteMac<MacAlgorithm> | RemoteSigner<RsaAlgorithm>;

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

/** What is signed, and the field that its signature makes. */
export interface Oauth1Draft {
  readonly octets: Bytes;
  finish(signature: Bytes): SignedOauth1;
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

const REALM = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const NONCE_SIZE = 16;
/** Signs a request. */
export function signOauth1(
  request: HttpRequest,
  key: Oauth1SigningKey,
  options: Oauth1SignOptions,
): SignedOauth1 {
  const draft = draftOauth1(request, key, options);
  return draft.finish(signHere(key, draft.octets));
}

/** The same by a key that may be elsewhere. */
export async function signOauth1Async(
  request: HttpRequest,
  key: Oauth1RemoteKey,
  options: Oauth1SignOptions,
): Promise<SignedOauth1> {
  const draft = draftOauth1(request, key, options);
  return draft.finish(await signThere(key, draft.octets));
}

/** A request that wants a signature, of a key or of whatever has its algorithm. */
export function draftOauth1(
  request: HttpRequest,
  key: Oauth1RemoteKey | { readonly alg: Oauth1SigningAlgorithm },
  options: Oauth1SignOptions,
): Oauth1Draft {
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
  const write = query === 'raw' ? encodeSparely : encodePercent;
  const standing = parameters.map(([name, value]): Pair => [encodePercent(name), write(value)]);
  const signed = query === 'raw' ? standing : parameters;
  const baseString = baseStringOf(request, signed, values, query);
  return {
    octets: encodeUtf8(baseString),
    finish(signature) {
      const made = ['oauth_signature', encodePercent(encodeBase64(signature))] as const;
      const written = [...standing, made].map(([name, value]) => `${name}="${value}"`);
      const parts = [realm === undefined ? [] : `realm="${realm}"`, written].flat();
      return {
        header: ['Authorization', `OAuth ${parts.join(',')}`],
        baseString,
        strength: alg.kind === 'weak-mac' ? 'weak' : 'strong',
      };
    },
  };
}

function readParameters(parameters: readonly Pair[] = []): readonly Pair[] {
  if (!Array.isArray(parameters)) throw new TypeError('options.parameters: expected pairs');
  const names = (parameters as readonly Pair[]).map(([name]) => name);
  const isNew = names.every((name) => isProtocol([name, '']) && !OWN.includes(name));
  if (isNew && new Set(names).size === names.length) return parameters as readonly Pair[];
  throw new TypeError('options.parameters: expected further names that begin with oauth_');
}

function algOf(key: Oauth1RemoteKey | { readonly alg: Oauth1SigningAlgorithm }): {
  readonly name: string;
  readonly kind: string;
} {
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
