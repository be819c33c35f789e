// TrueLayer's and Mastercard's libraries and this one, on requests. Mastercard's signs alone, so what
// is signed here is checked against the base string that it makes.
import { createPublicKey, createVerify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as peers from '../../../bench/peers/providers.js';
import { utf8Of } from '../../../src/bytes/utf8.js';
import * as ec from '../../../src/key/ec.js';
import { importPrivateKey, importPublicKey } from '../../../src/key/rsa.js';
import { ecdsaP521Sha512 } from '../../../src/primitive/ecdsa.js';
import { rsaPkcs1Sha256, rsaPssSha256 } from '../../../src/primitive/rsa.js';
import { mastercard } from '../../../src/provider/mastercard.js';
import {
  importTruelayerKeys,
  truelayerRequest,
  truelayerWebhook,
} from '../../../src/provider/truelayer.js';
import { sign, verify } from '../../../src/scheme/index.js';
import { installed } from '../installed.js';
import { BODIES, changed, codeOf, ecPair, headerOf, NOW, rsaPair } from './messages.js';

const trueLayer = await installed('truelayer-signing', peers.trueLayer());
describe.runIf(trueLayer !== undefined)('truelayer-signing, where it is installed,', () => {
  const pair = ecPair();
  const kid = 'k1';
  const as = { alg: ecdsaP521Sha512, id: kid };
  const verifies = ec.importPublicKey(pair.publicKey, { ...as, use: 'verify' });
  const signs = ec.importPrivateKey(pair.privateKey, { ...as, use: 'sign' });
  const jwk = { ...createPublicKey(pair.publicKey).export({ format: 'jwk' }), kid };
  const jwks = JSON.stringify({ keys: [jwk] });
  const time = new Date(NOW * 1000).toISOString();
  const paths = ['/v3/payouts', '/v3/pay%20outs/%C3%A9/', '/a.b~c'];
  const cases = [...BODIES, ''].map((body, i) => ({ body, path: paths[i % paths.length] ?? '/' }));
  const urlOf = (path: string) => `https://api.truelayer.example${path}`;

  test.each(cases)('signs requests and is verified here: $path $body', ({ body, path }) => {
    const headers = { 'idempotency-KEY': 'i 1', 'X-Note': '+ % ~' };
    const request = { method: 'post', path, headers, body };
    const signature = trueLayer?.sign({ ...request, kid, privateKeyPem: pair.privateKey }) ?? '';
    const received = (given: string, note = headers['X-Note'], at = path) => {
      const sent = { ...headers, 'X-Note': note, 'Tl-Signature': signature };
      const message = { method: 'POST', url: urlOf(at), headers: sent, body: utf8Of(given) };
      return codeOf(() => verify(truelayerRequest, message, verifies, { now: NOW }));
    };
    expect(received(body)).toBeUndefined();
    expect(received(body, undefined, path.endsWith('/') ? path : `${path}/`)).toBeUndefined();
    expect(received(changed(body))).toBe('ERR_VERIFY_FAILED');
    expect(received(body, 'other')).toBe('ERR_VERIFY_FAILED');
    expect(received(body, undefined, '/other')).toBe('ERR_VERIFY_FAILED');
  });

  test.each(cases)('verifies requests that are signed here: $path $body', ({ body, path }) => {
    const values = { idempotencyKey: 'i 1' };
    const message = { method: 'POST', url: urlOf(path), body: utf8Of(body) };
    const made = sign(truelayerRequest, message, signs, { now: NOW, values });
    const signature = headerOf(made, 'Tl-Signature');
    const headers = Object.fromEntries(made.headers);
    const given = { method: 'POST', path, headers, body, signature };
    const requiredHeaders = ['Idempotency-Key'];
    for (const keys of [{ publicKeyPem: pair.publicKey }, { jwks }]) {
      const check = { ...given, ...keys, requiredHeaders };
      expect(trueLayer?.verify(check)).toBe(true);
      expect(trueLayer?.verify({ ...check, body: changed(body) })).toBe(false);
      expect(trueLayer?.verify({ ...check, method: 'PUT' })).toBe(false);
      const other = { ...headers, 'Idempotency-Key': 'i 2' };
      expect(trueLayer?.verify({ ...check, headers: other })).toBe(false);
    }
    expect(trueLayer?.extractKid(signature)).toBe(kid);
  });

  test.each(cases)('webhooks go both ways: $path $body', ({ body, path }) => {
    const { ring } = importTruelayerKeys(jwks);
    const headers = { 'X-Tl-Webhook-Timestamp': time };
    const request = { method: 'POST', path, headers, body };
    const signature = trueLayer?.sign({ ...request, kid, privateKeyPem: pair.privateKey }) ?? '';
    const received = (given: string, now = NOW) => {
      const sent = { ...headers, 'Tl-Signature': signature };
      const message = { method: 'POST', url: urlOf(path), headers: sent, body: utf8Of(given) };
      return codeOf(() => verify(truelayerWebhook, message, ring, { now }));
    };
    expect(received(body)).toBeUndefined();
    expect(received(changed(body))).toBe('ERR_VERIFY_FAILED');
    expect(received(body, NOW + 301)).toBe('ERR_TOO_OLD');
    const message = { method: 'POST', url: urlOf(path), body: utf8Of(body) };
    const made = sign(truelayerWebhook, message, signs, { now: NOW });
    const check = {
      ...request,
      headers: Object.fromEntries(made.headers),
      signature: headerOf(made, 'Tl-Signature'),
      jwks,
    };
    expect(trueLayer?.verify(check)).toBe(true);
    expect(trueLayer?.verify({ ...check, body: changed(body) })).toBe(false);
  });

  test('they take a signed header that is missing for an empty one, and here it is missing', () => {
    const headers = { 'Idempotency-Key': '1', 'X-Note': '' };
    const request = { method: 'POST', path: '/a', headers, body: '' };
    const signature = trueLayer?.sign({ ...request, kid, privateKeyPem: pair.privateKey }) ?? '';
    const arrived = { 'Idempotency-Key': '1' };
    const check = { ...request, headers: arrived, signature, publicKeyPem: pair.publicKey };
    expect(trueLayer?.verify(check)).toBe(true);
    const sent = { ...arrived, 'Tl-Signature': signature };
    const message = { method: 'POST', url: urlOf('/a'), headers: sent, body: utf8Of('') };
    expect(codeOf(() => verify(truelayerRequest, message, verifies, { now: NOW }))).toBe(
      'ERR_MESSAGE_MISSING',
    );
  });
});

const signer = await installed('mastercard-oauth1-signer', peers.mastercard());
describe.runIf(signer !== undefined)('mastercard-oauth1-signer, where it is installed,', () => {
  const pair = rsaPair();
  const { privateKey } = pair;
  const consumerKey = 'consumer!key';
  const algs = [
    [false, rsaPkcs1Sha256],
    [true, rsaPssSha256],
  ] as const;
  /**
   * Without what their signer does in a way of its own: capitals beside small letters, which it sorts
   * alike; a pair that stands twice, which it signs once; a port, which it keeps; and of the letters
   * that it encodes by no rule a ! and a * at most.
   */
  const uris = [
    'https://api.example/service',
    'https://api.example/service?b=2&a=1%20x&a=0',
    'https://api.example/s%20p/%C3%A9?a=%2B&b=%2526&c=+&d=x:y@z',
    'https://api.example/?empty=&note=%E6%94%AF~-._&star=*',
  ];
  const cases = uris.flatMap((uri) => [
    { uri, method: 'GET', body: '' },
    ...BODIES.slice(0, 2).map((body) => ({ uri, method: 'POST', body })),
  ]);

  describe.each(algs)('by PSS: %s', (pss, alg) => {
    const verifies = importPublicKey(pair.publicKey, { alg, use: 'verify', id: consumerKey });
    const signs = importPrivateKey(privateKey, { alg, use: 'sign', id: consumerKey });
    const received = (field: string, uri: string, method: string, body: string) => {
      const message = { method, url: uri, headers: { Authorization: field }, body: utf8Of(body) };
      const now = Math.floor(Date.now() / 1000);
      return codeOf(() => verify(mastercard, message, verifies, { now }));
    };

    test.each(cases)('signs and is verified here: $method $uri $body', (request) => {
      const { uri, method, body } = request;
      const field = signer?.authorization({ ...request, consumerKey, privateKey, pss }) ?? '';
      expect(received(field, uri, method, body)).toBeUndefined();
      expect(received(field, uri, method, changed(body))).not.toBeUndefined();
      expect(received(field, `${uri}${uri.includes('?') ? '&' : '?'}z=1`, method, body)).toBe(
        'ERR_VERIFY_FAILED',
      );
      expect(received(field, uri, 'PUT', body)).toBe('ERR_VERIFY_FAILED');
    });

    test.each(cases)('has the base string that is signed here: $method $uri $body', (request) => {
      const { uri, method, body } = request;
      const message = { method, url: uri, body: utf8Of(body) };
      const made = sign(mastercard, message, signs, { now: NOW });
      const field = headerOf(made, 'Authorization');
      const pairs = [...field.matchAll(/(\w+)="([^"]*)"/g)].map(
        ([, name = '', value = '']): [string, string] => [name, decodeURIComponent(value)],
      );
      const signature = Buffer.from(new Map(pairs).get('oauth_signature') ?? '', 'base64');
      const signed = pairs.filter(([name]) => name !== 'oauth_signature');
      expect(new Map(pairs).get('oauth_body_hash')).toBe(signer?.bodyHash(body));
      const isSigned = (of: string): boolean =>
        createVerify('sha256')
          .update(signer?.baseString(of, method, signed) ?? '')
          .verify(
            { key: pair.publicKey, ...(pss ? { padding: 6, saltLength: 32 } : {}) },
            signature,
          );
      expect(isSigned(uri)).toBe(true);
      expect(isSigned(`${uri}${uri.includes('?') ? '&' : '?'}z=1`)).toBe(false);
    });
  });

  test('a second ! it leaves as it is, and signs a text of its own', () => {
    const uri = 'https://api.example/service?a=!!';
    const request = { uri, method: 'GET', body: '', consumerKey, privateKey };
    const field = signer?.authorization(request) ?? '';
    const verifies = importPublicKey(pair.publicKey, {
      alg: rsaPkcs1Sha256,
      use: 'verify',
      id: consumerKey,
    });
    const message = {
      method: 'GET',
      url: uri,
      headers: { Authorization: field },
      body: utf8Of(''),
    };
    const now = Math.floor(Date.now() / 1000);
    expect(codeOf(() => verify(mastercard, message, verifies, { now }))).toBe('ERR_VERIFY_FAILED');
  });
});
