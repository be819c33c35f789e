/**
 * Requests to Mastercard's APIs: OAuth 1.0a with RSA and a digest of the body.
 * {@link https://developer.mastercard.com/platform/documentation/authentication/using-oauth-1a-to-access-mastercard-apis/}.
 * `countersign/provider/mastercard`.
 *
 * The engine is that of `countersign/http/oauth1`. What is Mastercard's own is chosen here: the digest
 * always stands, that of no body too; the query is signed as it stands in the URL, and the parameters
 * as they stand in the field: consumer keys have a `!` there, and digests their `=`, unencoded.
 *
 * @module
 */
import { encodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';
import { type HttpRequest, prepareRequest, readRequest } from '../http/message.js';
import { oauth1BaseString } from '../http/oauth1-base.js';
import { methodOf } from '../http/oauth1-key.js';
import { draftOauth1 } from '../http/oauth1-sign.js';
import { identifyOauth1, verifyOauth1 } from '../http/oauth1-verify.js';
import { originOf } from '../http/origin.js';
import { contentsOf, type Key } from '../key/handle.js';
import type { PairMaterial } from '../key/material.js';
import { thumbprint } from '../key/thumbprint.js';
import { type RsaAlgorithm, rsaPkcs1Sha256, rsaPssSha256 } from '../primitive/rsa.js';
import type { About } from '../scheme/about.js';
import { composeVerify, fromCaller, neededLine, type Proven } from '../scheme/compose.js';
import { composeScheme } from '../scheme/compile.js';
import { messageOf, openDraft } from '../scheme/draft.js';
import { keyOfId, type SchemeKeys } from '../scheme/keys.js';
import { type Call, openCall, type SchemeMessage } from '../scheme/message.js';
import type { Scheme, SigningOptions, SlotText, Unsigned } from '../scheme/scheme.js';
import { methodOf as methodOfMessage, partsOfUrl } from '../scheme/url.js';

export type { Fact } from '../scheme/about.js';
export type { Direction } from '../scheme/message.js';
export type { How } from '../scheme/part.js';
export type { Scheme, Strength } from '../scheme/scheme.js';

const HEADER = 'Authorization';
/** Of either side. No window is documented; see `about`. */
const WINDOW = { what: 'oauth_timestamp', past: 300, future: 300, edge: 'inclusive' } as const;
/** The window is this scheme's, and checked behind the engine, whose own is as wide as it may be. */
const WIDEST = 86_400;
const VALUES: readonly string[] = ['consumerKey', 'nonce'];

/**
 * What a request binds. `method` is in upper case, `uri` the URL without its query, and `query` its
 * pairs as they stood in the URL, sorted, as they are signed.
 */
export type MastercardCovers = Readonly<
  Record<'method' | 'uri' | 'query' | 'consumerKey' | 'nonce' | 'time' | 'body', 'whole'>
>;

/** `Authorization: OAuth …` by RSA-SHA256, or by RSA-PSS. The id of a key is its consumer key. */
export const mastercard: Scheme<MastercardCovers, RsaAlgorithm, never> = /* @__PURE__ */ describe();

function describe(): Scheme<MastercardCovers, RsaAlgorithm, never> {
  const facts = {
    id: 'mastercard',
    version: 1,
    title: 'Mastercard, OAuth 1.0a',
    direction: 'request',
    covers: {
      method: 'whole',
      uri: 'whole',
      query: 'whole',
      consumerKey: 'whole',
      nonce: 'whole',
      time: 'whole',
      body: 'whole',
    },
    algs: [rsaPkcs1Sha256, rsaPssSha256],
    settings: [] as never[],
    freshness: 'signed time',
  } as const;
  return composeScheme(facts, {
    verify: composeVerify(facts, WINDOW, prove),
    identify(message) {
      const { consumerKey } = identifyOauth1(received(openCall(message, undefined, [])));
      return Object.freeze({ keyId: consumerKey, hints: Object.freeze({}) });
    },
    sign: draft,
    describe: () => ({
      message: 'the signature base string of RFC 5849, section 3.4.1, with oauth_body_hash',
      alternatives: {},
      slots: [
        slot('method', 'method', 'a token'),
        slot('uri', 'url without its query', 'ASCII'),
        slot('query', 'query of url, sorted', 'ASCII'),
        slot('consumerKey', `oauth_consumer_key of header ${HEADER}`, 'text'),
        slot('nonce', `oauth_nonce of header ${HEADER}`, 'text'),
        slot('time', `oauth_timestamp of header ${HEADER}`, 'seconds since 1970'),
      ],
      signature: `oauth_signature of header ${HEADER}, Base64`,
      key: 'the one that oauth_consumer_key names',
      secret: undefined,
      time: `seconds since 1970, ${WINDOW.past} s old and ${WINDOW.future} s ahead at most`,
      delivery: undefined,
      ambiguous: undefined,
    }),
  });
}

function slot(name: string, from: string, holds: string): SlotText {
  return { name, from, holds, isOptional: false, isSigned: true };
}

function prove(call: Call, keys: SchemeKeys, now: number): Proven {
  const request = received(call);
  const { consumerKey, signatureMethod } = identifyOauth1(request);
  const alg = mastercard.algs.find((one) => methodOf(one) === signatureMethod);
  if (alg === undefined) {
    throw new CountersignError(
      'ERR_MESSAGE_ALGORITHM',
      'oauth_signature_method: expected the name of an algorithm of this scheme',
    );
  }
  const key = keyOfId(call, consumerKey, keys, [alg], now, 'oauth_consumer_key');
  const { method, uri, values, nonce, timestamp, parameters } = verifyOauth1(
    request,
    key as Key<RsaAlgorithm, 'verify'>,
    { now, tolerance: WIDEST, maxAge: WIDEST, query: 'raw', body: 'hash' },
  );
  const query = values.map(([name, value]) => `${name}=${value}`).join('&');
  const time = String(timestamp);
  return {
    signed: () => encodeUtf8(oauth1BaseString(request, parameters, { query: 'raw' })),
    key,
    values: { method, uri, query, consumerKey, nonce, time },
    timestamp,
  };
}

function received(call: Call): HttpRequest {
  // It says whether there is one, and only one, in the words of every scheme.
  neededLine(call, HEADER);
  const { url } = call.message;
  const { origin } = partsOfUrl(call.message);
  if (originOf(origin) === undefined) {
    throw new CountersignError('ERR_MESSAGE_FORM', 'url: expected a host, and a port at most');
  }
  const given = { method: methodOfMessage(call.message), url, headers: call.headers ?? [] };
  return readRequest(given, { origin, body: call.body });
}

function draft(message: SchemeMessage, { alg, keyId, key, now, values }: SigningOptions): Unsigned {
  for (const name of Object.keys(values)) {
    if (!VALUES.includes(name)) {
      throw new TypeError(`options.values.${name}: expected no value of this name`);
    }
  }
  const consumerKey = values['consumerKey'] ?? keyId;
  if (consumerKey === undefined || (consumerKey === keyId && isThumbprintOf(key, keyId))) {
    throw new TypeError('key: expected its consumer key as id; import it with `id: consumerKey`');
  }
  const made = openDraft(message, 'request');
  const { method = '', url = '', body } = made;
  const request = fromCaller('message', () => prepareRequest({ method, url, body }));
  const { octets, finish } = draftOauth1(
    request,
    { alg: alg as RsaAlgorithm },
    { now, consumerKey, nonce: values['nonce'], query: 'raw', body: 'hash' },
  );
  return {
    octets,
    finish([signature, ...more]) {
      if (signature === undefined || more.length > 0) {
        throw new TypeError('keys: expected one, since the scheme has one signature');
      }
      made.setHeader(...finish(signature).header);
      return messageOf(made);
    },
  };
}

/** A key that was given no id has its thumbprint, which is nobody's consumer key. */
function isThumbprintOf(key: Key | undefined, id: string): boolean {
  return key !== undefined && id === thumbprint(contentsOf(key).material as PairMaterial);
}

/** What is known of it. */
export const about: About = {
  name: 'Mastercard OAuth 1.0a',
  schemes: { mastercard },
  rotation:
    'A key is of one consumer key. Make the next consumer key in the console while the old one still works, sign with it, then delete the old one. Keys are renewed every year or so.',
  replay:
    'The time and a nonce are signed. 300 seconds to either side are the choice of this package, since none is documented; a receiver keeps the nonces of them, by consumer key and time, and refuses one that it has seen.',
  traps: [
    'The digest of the body always stands, that of no body too: RFC 5849 has none, and the draft that has it leaves it out for no body.',
    'The query is signed as it stands in the URL, and the parameters as they stand in the field: what is encoded there is encoded once more, and what is not is encoded once. By RFC 5849 all is encoded twice, so its libraries sign other texts, of consumer keys with a ! and of every digest.',
    'RSA-PSS stands for SHA-256, MGF1 by SHA-256 and 32 octets of salt; no RFC names it.',
    'Their signer for Node encodes only the first ! and the first *, and never the other characters that RFC 5849 encodes.',
    'Their signer for Node sorts the query by letters without case first, and leaves out a pair that stands twice.',
    'Their signer for Node keeps :443 in the URL, the one for Java takes it away. RFC 5849 takes it away, and so does this package: write URLs without it.',
    'Their signers write oauth_consumer_key and oauth_body_hash as they are, and so does this package; what arrives encoded is taken too, if it was signed so.',
    'Forms are signed by no rule that is known for certain: they are refused.',
  ],
  facts: [
    {
      says: 'RSA-SHA256 over a signature base string',
      source: 'Mastercard/oauth1-signer-java, OAuthTest.java',
      sure: 'vector',
    },
    {
      says: 'oauth_body_hash is the SHA-256 of the body in Base64',
      source: 'Mastercard/oauth1-signer-nodejs, test',
      sure: 'vector',
    },
    {
      says: 'Base strings of an encoded query, and of a consumer key with an exclamation mark',
      source: 'Mastercard/oauth1-signer-nodejs, test/OAuth-getSignatureBaseString.test.js',
      sure: 'vector',
    },
    {
      says: 'RSA-PSS with 32 octets of salt',
      source: 'Mastercard/oauth1-signer-java',
      sure: 'source',
    },
    { says: 'How old a request may be', source: 'not found', sure: 'unsure' },
  ],
};
