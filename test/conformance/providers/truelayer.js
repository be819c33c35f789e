// @ts-check
// TrueLayer: a request and its signature, and the key in both forms in which it is published.
import { decodeBase64Url, encodeUtf8 } from 'countersign/bytes';
import { ecdsaP521Sha512 } from 'countersign/alg/ecdsa';
import { importJwkSet, readJwkSet } from 'countersign/jose/jwk';
import { importPublicKey } from 'countersign/key/ec';
import {
  importTruelayerKeys,
  truelayerRequest,
  truelayerWebhook,
} from 'countersign/provider/truelayer';
import { identify, verify } from 'countersign/scheme';
import { object, text } from '../fields.js';
import { isRefused } from '../policy.js';
import { maybe } from './entry.js';

/** Octets of a coordinate on P-521. */
const COORDINATE = 66;
const TIME = 'x-tl-webhook-timestamp';

/** @type {import('./entry.js').Reader} */
export function truelayer(entry) {
  const [key, message] = [object(entry, 'key'), object(entry, 'message')];
  const expected = object(entry, 'expected');
  const header = object(message, 'joseHeader');
  const count = text(header, 'tl_headers').split(',').filter(Boolean).length;
  const [line = '', ...rest] = text(message, 'jwsPayload').split('\n');
  const [method = '', path = ''] = line.split(' ');
  const headers = rest.slice(0, count).map((field) => {
    const at = field.indexOf(': ');
    return /** @type {[string, string]} */ ([field.slice(0, at), field.slice(at + 2)]);
  });
  const time = headers.find(([name]) => name.toLowerCase() === TIME)?.[1];
  const isWebhook = time !== undefined;
  const received = {
    method,
    url: `https://api.truelayer.com${path}`,
    headers: [
      ...headers,
      /** @type {[string, string]} */ ([text(expected, 'header'), text(expected, 'value')]),
    ],
    body: encodeUtf8(rest.slice(count).join('\n')),
  };
  const now = isWebhook ? Date.parse(time) / 1000 : 0;
  const kid = text(header, 'kid');
  const question = {
    algorithm: ecdsaP521Sha512.name,
    operation: /** @type {const} */ ('verify'),
  };
  /** @param {import('countersign/scheme').KeyRing | import('countersign/scheme').Key<typeof ecdsaP521Sha512, 'verify'>} keys */
  const isVerified = (keys) => {
    const { values } = isWebhook
      ? verify(truelayerWebhook, received, keys, { now })
      : verify(truelayerRequest, received, keys, { now });
    return values.path === path && identify(truelayerRequest, received).keyId === kid;
  };
  const pem = maybe(key, 'value');
  const jwk = key['jwk'];
  return [
    ...(pem === undefined
      ? []
      : [
          {
            ...question,
            what: 'PEM',
            ask: () =>
              isVerified(importPublicKey(pem, { alg: ecdsaP521Sha512, use: 'verify', id: kid })),
          },
        ]),
    ...(jwk === undefined
      ? []
      : [
          {
            ...question,
            what: 'JWK',
            ask: (/** @type {string[]} */ relaxed) =>
              isVerified(ringOf(object(key, 'jwk'), kid, relaxed)),
          },
        ]),
  ];
}

/**
 * A set of the one key, by the provider's own door. A coordinate that is too short is refused by any
 * other.
 * @param {import('../fields.js').Fields} jwk
 * @param {string} kid
 * @param {string[]} relaxed
 */
function ringOf(jwk, kid, relaxed) {
  const { kty, crv, x, y } = jwk;
  const set = JSON.stringify({ keys: [{ kty, crv, x, y, kid }] });
  const isShort = [x, y].some((each) => decodeBase64Url(String(each)).length !== COORDINATE);
  const options = { algs: [ecdsaP521Sha512], use: /** @type {const} */ ('verify') };
  if (isShort !== isRefused(() => importJwkSet(readJwkSet(set), options))) {
    throw new Error('a coordinate that is short was taken, or one that is not was refused');
  }
  if (isShort) relaxed.push('PAD_SHORT_COORDINATE');
  return importTruelayerKeys(set).ring;
}
