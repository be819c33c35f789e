// What is handed out is what was compared: each part of a message is read once, by every scheme.
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/bytes/index.js';
import { legacyDigest, signCavage, verifyCavage } from '../../src/http/cavage.js';
import { checkContentDigest, createDigest } from '../../src/http/digest.js';
import { type HttpRequest, readRequest } from '../../src/http/message.js';
import { oauth1Secret, signOauth1, verifyOauth1 } from '../../src/http/oauth1.js';
import { ANY_SIGNATURE, signMessage, verifyMessage } from '../../src/http/signature.js';
import { deriveSigV4Key, signSigV4, verifySigV4 } from '../../src/http/sigv4.js';
import { importSecret, withUse } from '../../src/key/secret.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';

const NOW = 1_795_284_000;
const CLOCK = { now: NOW, tolerance: 0, maxAge: 60 };
const ALG = { alg: hmacSha256, use: 'mac' } as const;
const SECRET = 'a secret of some length';
const BODY = encodeUtf8('{"total":1}');
const OTHER = encodeUtf8('{"total":9}');
const key = importSecret(SECRET, { ...ALG, encoding: 'utf8', id: 'k' });
const oauth = oauth1Secret({ consumerKey: 'k', consumerSecret: SECRET }, ALG);
const aws = deriveSigV4Key(key, {
  accessKeyId: 'AKID',
  day: '20261121',
  region: 'r',
  service: 's',
  use: 'mac',
});

type Lines = readonly (readonly [string, string])[];
const FIELDS: Lines = [
  ['Content-Digest', createDigest(BODY, ['sha-256'])],
  ['Digest', legacyDigest(BODY, 'SHA-256')],
];
const request = (more: Lines = []): HttpRequest =>
  readRequest(
    { method: 'POST', url: '/pay', headers: [...FIELDS, ...more] },
    { origin: 'https://a.example', body: BODY },
  );

/** The same with getters, which count, and have another body from the second time on. */
function changing(message: HttpRequest, reads: string[]): HttpRequest {
  const out = {};
  for (const name of Object.keys(message)) {
    Object.defineProperty(out, name, {
      enumerable: true,
      get() {
        reads.push(name);
        const isAgain = name === 'body' && reads.indexOf(name) < reads.length - 1;
        return isAgain ? OTHER : message[name as keyof HttpRequest];
      },
    });
  }
  return out as HttpRequest;
}

const COVERED = { required: ['@method', 'content-digest'] } as const;
const CREATED = { headers: ['digest'], created: NOW, field: 'signature' } as const;
const SIGV4 = { now: NOW, path: 's3', payload: 'header' } as const;
const OAUTH = { now: NOW, consumerKey: 'k', nonce: 'n', query: 'decoded', body: 'hash' } as const;

const sign: Readonly<Record<string, (message: HttpRequest) => Lines>> = {
  'RFC 9421': (message) => {
    const parameters = { created: NOW };
    const options = { label: 'a', components: COVERED.required, parameters };
    return Object.entries(signMessage(message, key, options));
  },
  cavage: (message) => {
    const options = { ...CREATED, headers: ['(created)', 'digest'], keyId: 'k' } as const;
    return [signCavage(message, key, { ...options, algorithm: 'hs2019' }).header];
  },
  SigV4: (message) => signSigV4(message, aws, SIGV4).headers,
  OAuth: (message) => [signOauth1(message, oauth, OAUTH).header],
  'RFC 9530': (message) => {
    checkContentDigest(message);
    return [];
  },
};

type Verify = (message: HttpRequest) => Uint8Array | undefined;
const verify: Readonly<Record<string, Verify>> = {
  'RFC 9421': (message) => {
    const options = { ...CLOCK, ...COVERED, select: ANY_SIGNATURE } as const;
    return verifyMessage(message, withUse(key, 'verify'), options).body;
  },
  cavage: (message) => {
    const options = { ...CLOCK, headers: ['digest'], time: 'created', field: 'either' } as const;
    return verifyCavage(message, withUse(key, 'verify'), options).body;
  },
  SigV4: (message) => {
    const options = { ...CLOCK, form: 'either', service: 's', region: 'r', path: 's3' } as const;
    return verifySigV4(message, withUse(aws, 'verify'), options).body;
  },
  OAuth: (message) => {
    const options = { ...CLOCK, query: 'decoded', body: 'hash' } as const;
    return verifyOauth1(message, withUse(oauth, 'verify'), options).body;
  },
  'RFC 9530': (message) => checkContentDigest(message).octets,
};

describe('each part is read once', () => {
  test.each(Object.keys(sign))('in signing: %s', (scheme) => {
    const reads: string[] = [];
    const lines = sign[scheme]?.(changing(request(), reads)) ?? [];
    expect(reads).toEqual([...new Set(reads)]);
    expect(verify[scheme]?.(request(lines))).toEqual(BODY);
  });

  test.each(Object.keys(verify))('in verifying: %s', (scheme) => {
    const reads: string[] = [];
    const message = request(sign[scheme]?.(request()));
    expect(verify[scheme]?.(changing(message, reads))).toEqual(BODY);
    expect(reads).toEqual([...new Set(reads)]);
  });
});
