// aws4 and oauth-1.0a talk to us: what they sign we verify, and what we sign is what they sign.
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { load } from '../../bench/peers/load.js';
import { type HttpRequest, readRequest } from '../../src/http/message.js';
import { oauth1BaseString, oauth1Secret, verifyOauth1 } from '../../src/http/oauth1.js';
import {
  ACCEPT_UNSIGNED_PAYLOAD,
  deriveSigV4Key,
  signSigV4,
  type SigV4Path,
  verifySigV4,
} from '../../src/http/sigv4.js';
import { importSecret } from '../../src/key/secret.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';

interface AwsRequest {
  readonly service: string;
  readonly region: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signQuery?: boolean;
}
interface Aws4 {
  sign(
    request: AwsRequest,
    credentials: { readonly accessKeyId: string; readonly secretAccessKey: string },
  ): { readonly path: string; readonly headers: Readonly<Record<string, string | number>> };
}
interface Oauth {
  authorize(request: object, token?: object): Record<string, string | number>;
  toHeader(data: object): { readonly Authorization: string };
  getBaseString(request: object, data: object): string;
}

const aws4 = (await load<{ default: Aws4 }>('aws4'))?.default;
const oauth1 = (await load<{ default: (options: object) => Oauth }>('oauth-1.0a'))?.default;
const ORIGIN = 'https://a.example';
const NOW = 1_795_284_000;
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const SCOPE = { accessKeyId: 'AKIDEXAMPLE', day: '20261121', region: 'eu-1' };
const secret = importSecret(SECRET, { alg: hmacSha256, use: 'mac', encoding: 'utf8' });

/** Without a name twice: of that, aws4 signs the first alone for S3 and in queries. */
const TARGETS = [
  '/',
  '/pay?a=1&b=%20&c=%2B',
  '/pay/%C3%A9/a%20b?prefix=%2F&a=2&A=0&empty=',
  "/a'b(c)/~d?x=!*'()&y=~",
];

describe.runIf(aws4 !== undefined)('aws4, where it is installed,', () => {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET };
  const services: [string, SigV4Path][] = [
    ['pay', 'normalized'],
    ['s3', 's3'],
  ];
  const cases = services.flatMap(([service, path]) =>
    TARGETS.map((target) => [service, path, target] as const),
  );

  test.each(cases)('signs for %s as we do and verify, paths %s: %s', (service, path, target) => {
    const body = '{"total":1}';
    const headers = {
      'X-Amz-Date': '20261121T180000Z',
      'Content-Type': 'application/json',
      'X-Amz-A': 'b  c',
    };
    const signed = aws4?.sign(
      {
        service,
        region: SCOPE.region,
        method: 'POST',
        host: 'a.example',
        path: target,
        headers,
        body,
      },
      credentials,
    );
    const lines = Object.entries(signed?.headers ?? {}).map(
      ([name, value]) => [name, String(value)] as const,
    );
    const read = (given: readonly (readonly [string, string])[]): HttpRequest =>
      readRequest(
        { method: 'POST', url: target, headers: given },
        { origin: ORIGIN, body: new TextEncoder().encode(body) },
      );
    const options = {
      now: NOW,
      tolerance: 0,
      maxAge: 9,
      form: 'header',
      service,
      region: 'eu-1',
      path,
    } as const;
    const verifier = deriveSigV4Key(secret, { ...SCOPE, service, use: 'verify' });
    expect(verifySigV4(read(lines), verifier, options)).toMatchObject({
      accessKeyId: 'AKIDEXAMPLE',
    });

    const own = lines.filter(
      ([name]) => !/^(?:Authorization|X-Amz-(?:Date|Content-Sha256))$/i.test(name),
    );
    const payload = service === 's3' ? 'header' : 'signed';
    const made = signSigV4(read(own), deriveSigV4Key(secret, { ...SCOPE, service, use: 'mac' }), {
      now: NOW,
      path,
      payload,
      headers: ['content-length'],
    });
    expect(made.headers.at(-1)?.[1]).toBe(signed?.headers['Authorization']);
  });

  test.each(TARGETS)('presigns what we verify: %s', (target) => {
    const path = `${target}${target.includes('?') ? '&' : '?'}X-Amz-Date=20261121T180000Z`;
    const signed = aws4?.sign(
      {
        service: 's3',
        region: 'eu-1',
        method: 'GET',
        host: 'a.example',
        path,
        headers: {},
        signQuery: true,
      },
      credentials,
    );
    const request = readRequest(
      { method: 'GET', url: signed?.path, headers: [] },
      { origin: ORIGIN },
    );
    const claims = verifySigV4(
      request,
      deriveSigV4Key(secret, { ...SCOPE, service: 's3', use: 'verify' }),
      {
        now: NOW + 86_399,
        tolerance: 0,
        maxAge: 9,
        form: 'query',
        service: 's3',
        region: 'eu-1',
        path: 's3',
        payload: ACCEPT_UNSIGNED_PAYLOAD,
      },
    );
    expect(claims.expiresAt).toBe(NOW + 86_400);
  });
});

describe.runIf(oauth1 !== undefined)('oauth-1.0a, where it is installed,', () => {
  const consumer = { key: 'consumer', secret: 'a secret & much more' };
  const token = { key: 'token', secret: 'a secret of the token' };
  const peer = oauth1?.({
    consumer,
    signature_method: 'HMAC-SHA256',
    hash_function: (text: string, key: string) =>
      createHmac('sha256', key).update(text).digest('base64'),
  });
  // It reads a query as decodeURIComponent does, to which a plus sign is one.
  test.each(['/', '/pay?a=1&b=%20&c=%2B', "/pay/%C3%A9?x=!*'()&y=~&e=%C3%A9"])(
    'signs what we verify, over the same base string: %s',
    (target) => {
      const sent = { url: `${ORIGIN}${target}`, method: 'GET' };
      const data = peer?.authorize(sent, token) ?? {};
      const field = peer?.toHeader(data).Authorization ?? '';
      const headers = [['Authorization', field]] as const;
      const request = readRequest({ method: 'GET', url: target, headers }, { origin: ORIGIN });
      const { oauth_signature: signature, ...parameters } = data;
      // It hands out those of the query with its own.
      const pairs = Object.entries(parameters)
        .filter(([name]) => name.startsWith('oauth_'))
        .map(([name, value]) => [name, String(value)] as const);
      expect(signature).not.toBe('');
      expect(oauth1BaseString(request, pairs, { query: 'decoded' })).toBe(
        peer?.getBaseString(sent, parameters),
      );
      const key = oauth1Secret(
        {
          consumerKey: 'consumer',
          consumerSecret: consumer.secret,
          token: token.key,
          tokenSecret: token.secret,
        },
        { alg: hmacSha256, use: 'verify' },
      );
      const now = Number(data['oauth_timestamp']);
      const options = { now, tolerance: 0, maxAge: 9, query: 'decoded', body: 'form' } as const;
      expect(verifyOauth1(request, key, options)).toMatchObject({
        consumerKey: 'consumer',
        token: 'token',
      });
    },
  );
});
