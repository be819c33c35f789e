// @ts-check
// Mastercard's requests, by OAuth 1.0a: signatures of base strings, base strings, digests of bodies.
import { decodeBase64, encodeUtf8 } from 'countersign/bytes';
import { hmacSha256 } from 'countersign/alg/hmac';
import { readRequest } from 'countersign/http/message';
import { oauth1BaseString, oauth1Secret, signOauth1 } from 'countersign/http/oauth1';
import { verify } from 'countersign/key/use';
import { object, text } from '../fields.js';
import { macQuestion, maybe, rsaQuestion, rsaVerifier, UNREAD } from './entry.js';

/** @type {import('./entry.js').Reader} */
export function mastercard(entry) {
  const message = object(entry, 'message');
  const value = text(object(entry, 'expected'), 'value');
  const [canonical, body, baseUri] = [
    maybe(message, 'canonical'),
    maybe(message, 'body'),
    maybe(message, 'baseUri'),
  ];
  if (canonical !== undefined) {
    const pem = text(object(entry, 'key'), 'value');
    return [
      rsaQuestion((relaxed) =>
        verify(rsaVerifier(pem, undefined, relaxed), encodeUtf8(canonical), decodeBase64(value)),
      ),
    ];
  }
  if (body !== undefined) return [macQuestion(() => hashes(body, value))];
  if (baseUri === undefined) return UNREAD;
  if (new URL(baseUri).pathname === '/') return 'a URI without a path, which no request has';
  const url = `${baseUri}?${maybe(message, 'paramString') ?? ''}`;
  return [
    macQuestion(() => {
      const request = requestOf(maybe(message, 'method') ?? 'POST', url, '');
      return oauth1BaseString(request, [], { query: 'raw' }) === value;
    }),
  ];
}

/**
 * Whether a request with this body is sent with this digest.
 * @param {string} body
 * @param {string} value
 */
function hashes(body, value) {
  const secrets = { consumerKey: 'consumer', consumerSecret: 'a secret of some length' };
  const key = oauth1Secret(secrets, { alg: hmacSha256, use: 'mac' });
  const options = { now: 1, consumerKey: 'consumer', query: 'raw', body: 'hash' };
  const request = requestOf('POST', 'https://example.com/', body);
  const { header } = signOauth1(request, key, /** @type {never} */ (options));
  return header[1].includes(`oauth_body_hash="${value}"`);
}

/**
 * @param {string} method
 * @param {string} url
 * @param {string} body
 */
function requestOf(method, url, body) {
  const { origin } = new URL(url);
  return readRequest({ method, url, headers: [] }, { origin, body: encodeUtf8(body) });
}
