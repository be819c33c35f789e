// Proofs of possession: bound to a key, a request, a token, a nonce and a time, each tried at its edge.
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  createDpopProof,
  createDpopProofAsync,
  type DpopOptions,
  NO_ACCESS_TOKEN,
  NO_NONCE,
  verifyDpop,
  verifyUnboundDpop,
} from '../../src/jose/dpop.js';
import { signJws } from '../../src/jose/jws.js';
import * as ec from '../../src/key/ec.js';
import { exportPrivateKeyInTheClear, exportPublicKey } from '../../src/key/export.js';
import { sign } from '../../src/key/use.js';
import { ecdsaP256Sha256, ecdsaSecp256k1Sha256 } from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { rsaPkcs1Sha256 } from '../../src/primitive/rsa.js';
import { codeOf, encoded, NOW, pairOf, utf8 } from './support.js';

const { privateKey, publicKey } = ec.generateKeyPair({ alg: ecdsaP256Sha256 });
const other = ec.generateKeyPair({ alg: ecdsaP256Sha256 });
const jwk = exportPublicKey(publicKey, 'jwk');
const request = { method: 'POST', url: 'https://api.example/pay?x=1#y', now: NOW };
const making = { ...request, accessToken: 'token.of-some~kind', nonce: 'n-1' };
const options: DpopOptions = {
  ...making,
  thumbprint: publicKey.id ?? '',
  algs: [ecdsaP256Sha256, ed25519],
  clockTolerance: 5,
  maxAge: 60,
};
const proof = createDpopProof(privateKey, making);
const CLAIMS = {
  jti: 'id',
  htm: 'POST',
  htu: 'https://api.example/pay',
  iat: NOW,
  nonce: 'n-1',
  ath: 'ath',
};
const { thumbprint: _, accessToken: __, ...rest } = options;
const unbound = { ...rest, nonce: NO_NONCE } as const;

/** A proof with a genuine signature over any claims and any header. */
function made(claims: object, header: Record<string, unknown> = {}): string {
  const all = { typ: 'dpop+jwt', jwk, ...header };
  return signJws(utf8(JSON.stringify({ ...CLAIMS, ...claims })), privateKey, { header: all });
}

const code = (given: string, changes: object = {}): string =>
  codeOf(() => verifyDpop(given, { ...options, ...changes }));
const codeUnbound = (given: string, changes: object = {}): string =>
  codeOf(() => verifyUnboundDpop(given, { ...unbound, ...changes }));

test('a proof verifies by the thumbprint that its token is bound to', async () => {
  const found = verifyDpop(proof, options);
  expect(found).toMatchObject({ thumbprint: publicKey.id, iat: NOW, until: NOW + 66 });
  expect(found.claims['htu']).toBe('https://api.example/pay');
  expect(found.jti).toMatch(/^[\w-]{22}$/);
  expect(verifyDpop(createDpopProof(privateKey, making), options).jti).not.toBe(found.jti);
  const later = await createDpopProofAsync(privateKey, making);
  expect(code(later)).toBe('accepted');
  const remote = await createDpopProofAsync(
    {
      alg: ecdsaP256Sha256,
      publicKey,
      keyId: 'x',
      input: 'message',
      format: 'fixed',
      sign: (input) => Promise.resolve(sign(privateKey, input, { encoding: 'fixed', s: 'any' })),
    },
    making,
  );
  expect(code(remote)).toBe('accepted');
});

test('a token endpoint gets the key, which is bound to nothing yet', () => {
  const first = createDpopProof(privateKey, { ...making, accessToken: NO_ACCESS_TOKEN });
  const { key, thumbprint } = verifyUnboundDpop(first, { ...unbound, nonce: 'n-1' });
  expect(thumbprint).toBe(publicKey.id);
  expect(exportPublicKey(key, 'jwk')).toEqual(jwk);
  expect(code(first, { accessToken: NO_ACCESS_TOKEN })).toBe('accepted');
  expect(code(first)).toBe('ERR_DPOP_BINDING');
});

describe('a proof', () => {
  test('of another key is refused, before its signature is looked at', () => {
    expect(code(proof, { thumbprint: other.publicKey.id })).toBe('ERR_DPOP_BINDING');
    const forged = proof.replace(/.{8}$/, 'AAAAAAAA');
    expect(code(forged)).toBe('ERR_VERIFY_FAILED');
    expect(code(forged, { thumbprint: other.publicKey.id })).toBe('ERR_DPOP_BINDING');
    // Another's key in the header, and the signature of this one.
    const theirs = made({}, { jwk: exportPublicKey(other.publicKey, 'jwk') });
    expect(codeUnbound(theirs)).toBe('ERR_VERIFY_FAILED');
  });

  test('of another token is refused', () => {
    expect(code(proof, { accessToken: 'token.of-some~kinds' })).toBe('ERR_DPOP_BINDING');
    expect(code(made({ ath: undefined }))).toBe('ERR_DPOP_BINDING');
  });

  test('without the nonce that was given is refused', () => {
    expect(code(proof, { nonce: 'n-2' })).toBe('ERR_DPOP_NONCE');
    expect(code(proof, { nonce: ['n-2', 'n-1'] })).toBe('accepted');
    expect(codeUnbound(made({ nonce: undefined }), { nonce: 'n-1' })).toBe('ERR_DPOP_NONCE');
    expect(codeUnbound(made({ nonce: 7 }), { nonce: 'n-1' })).toBe('ERR_DPOP_NONCE');
    expect(codeUnbound(made({ nonce: undefined }))).toBe('accepted');
  });

  test.each([
    [NOW - 65, 'accepted'],
    [NOW - 66, 'ERR_TOO_OLD'],
    [NOW + 5, 'accepted'],
    [NOW + 6, 'ERR_NOT_YET_VALID'],
    [`${NOW}`, 'ERR_TIME'],
    [undefined, 'ERR_JWT_CLAIM'],
    [null, 'ERR_TIME'],
    [NOW * 1000, 'ERR_TIME'],
  ])('made at %s: %s', (iat, expected) => {
    expect(codeUnbound(made({ iat }))).toBe(expected);
  });

  test('is taken until the second that it says, and not in it', () => {
    for (const iat of [NOW - 3, NOW - 0.5]) {
      const given = made({ iat });
      const { until } = verifyUnboundDpop(given, unbound);
      expect(codeUnbound(given, { now: until - 1 })).toBe('accepted');
      expect(codeUnbound(given, { now: until })).toBe('ERR_TOO_OLD');
    }
  });

  test.each([
    [{ htm: 'GET' }, 'ERR_DPOP_REQUEST'],
    [{ htm: 'post' }, 'ERR_DPOP_REQUEST'],
    [{ htm: undefined }, 'ERR_JWT_CLAIM'],
    [{ htm: ['POST'] }, 'ERR_JWT_CLAIM'],
    [{ htu: undefined }, 'ERR_JWT_CLAIM'],
    [{ htu: '' }, 'ERR_JWT_CLAIM'],
    [{ jti: undefined }, 'ERR_JWT_CLAIM'],
    [{ jti: '' }, 'ERR_JWT_CLAIM'],
    [{ jti: 7 }, 'ERR_JWT_CLAIM'],
    [{ jti: 'x'.repeat(256) }, 'accepted'],
    [{ jti: 'x'.repeat(257) }, 'ERR_JWT_CLAIM'],
  ])('with %o: %s', (changes, expected) => {
    expect(codeUnbound(made(changes))).toBe(expected);
  });

  test.each([
    ['https://api.example/pay', 'accepted'],
    ['HTTPS://API.example:443/pay', 'accepted'],
    ['https://api.example/./x/../pay', 'accepted'],
    ['https://api.example/%70ay', 'accepted'],
    ['https://api.example/pay/', 'ERR_DPOP_REQUEST'],
    ['https://api.example/PAY', 'ERR_DPOP_REQUEST'],
    ['https://api.example/pay?', 'ERR_DPOP_REQUEST'],
    ['https://api.example/pay?x=1', 'ERR_DPOP_REQUEST'],
    ['https://api.example/pay#', 'ERR_DPOP_REQUEST'],
    ['https://api.example:444/pay', 'ERR_DPOP_REQUEST'],
    ['http://api.example/pay', 'ERR_DPOP_REQUEST'],
    ['https://api.example.evil/pay', 'ERR_DPOP_REQUEST'],
    ['https://api.example@evil.example/pay', 'ERR_DPOP_REQUEST'],
    ['https://user@api.example/pay', 'ERR_DPOP_REQUEST'],
    [String.raw`https:\\api.example\pay`, 'ERR_DPOP_REQUEST'],
    [' https://api.example/pay', 'ERR_DPOP_REQUEST'],
    ['https://api.example/pa\ty', 'ERR_DPOP_REQUEST'],
    ['https:api.example/pay', 'ERR_DPOP_REQUEST'],
    ['//api.example/pay', 'ERR_DPOP_REQUEST'],
    ['/pay', 'ERR_DPOP_REQUEST'],
    ['https://[/pay', 'ERR_DPOP_REQUEST'],
    [`https://api.example/pay${'/'.repeat(5000)}`, 'ERR_DPOP_REQUEST'],
  ])('for %s: %s', (htu, expected) => {
    expect(codeUnbound(made({ htu }))).toBe(expected);
  });

  test.each([
    [{ typ: 'JWT' }, 'ERR_JWT_TYPE'],
    [{ jwk: undefined }, 'ERR_JOSE_HEADER'],
    [{ jwk: 'x' }, 'ERR_JOSE_HEADER'],
    [{ jwk: [] }, 'ERR_JOSE_HEADER'],
    [{ jwk: {} }, 'ERR_KEY_FAMILY'],
    [{ jwk: { ...jwk, d: exportPrivateKeyInTheClear(privateKey, 'jwk')['d'] } }, 'ERR_KEY_PRIVATE'],
    [{ jwk: { ...jwk, k: 'AAAA' } }, 'ERR_KEY_PRIVATE'],
    [{ jwk: { kty: 'oct', k: 'AAAAAAAAAAAAAAAAAAAAAA' } }, 'ERR_KEY_PRIVATE'],
    [{ jwk: { kty: 'oct' } }, 'ERR_KEY_SECRET'],
    [{ jwk: { ...jwk, crv: 'P-384' } }, 'ERR_KEY_SIZE'],
    [{ jwk: { ...jwk, y: jwk['x'] } }, 'ERR_KEY'],
    [{ jwk: { ...jwk, use: 'enc' } }, 'ERR_KEY_USE'],
    [{ jwk: { ...jwk, alg: 'ES384' } }, 'ERR_KEY_USE'],
    [{ jwk: { ...jwk, x: `${jwk['x']}=` } }, 'ERR_BASE64URL'],
    [{ crit: ['x'], x: 1 }, 'ERR_JOSE_CRITICAL'],
  ])('with the header %o: %s', (header, expected) => {
    const all = { typ: 'dpop+jwt', alg: 'ES256', jwk, ...header };
    const input = `${encoded(all)}.${encoded(CLAIMS)}`;
    const value = sign(privateKey, utf8(input), { encoding: 'fixed', s: 'any' });
    expect(codeUnbound(`${input}.${encoded(value)}`)).toBe(expected);
  });

  test('of an algorithm that the caller does not name is refused', () => {
    const pair = pairOf('ES256K').signing as never;
    const theirs = createDpopProof(pair, { ...making, accessToken: NO_ACCESS_TOKEN });
    expect(codeUnbound(theirs)).toBe('ERR_JOSE_ALGORITHM');
    expect(codeUnbound(theirs, { algs: [ecdsaSecp256k1Sha256] })).toBe('accepted');
    const eddsa = createDpopProof(pairOf('EdDSA').signing as never, making);
    expect(codeUnbound(eddsa)).toBe('accepted');
    for (const alg of ['none', 'HS256', undefined]) {
      const input = `${encoded({ typ: 'dpop+jwt', alg, jwk })}.${encoded(CLAIMS)}`;
      expect(codeUnbound(`${input}.`)).toBe('ERR_JOSE_ALGORITHM');
    }
    // A secret that stands in the header.
    const k = encoded('a secret that everybody can read');
    const input = `${encoded({ typ: 'dpop+jwt', alg: 'HS256', jwk: { kty: 'oct', k } })}.${encoded(CLAIMS)}`;
    const token = `${input}.${createHmac('sha256', Buffer.from(k, 'base64url')).update(input).digest('base64url')}`;
    expect(codeUnbound(token)).toBe('ERR_JOSE_ALGORITHM');
    expect(codeUnbound(token, { algs: [hmacSha256] })).toBe('TypeError: options.algs');
  });

  test('with a weak RSA key is refused by the policy for every key', () => {
    const weak = { kty: 'RSA', n: encoded(new Uint8Array(128).fill(0xff)), e: 'AQAB' };
    const input = `${encoded({ typ: 'dpop+jwt', alg: 'RS256', jwk: weak })}.${encoded(CLAIMS)}`;
    expect(codeUnbound(`${input}.AAAA`, { algs: [rsaPkcs1Sha256] })).toBe('ERR_RSA_MODULUS');
  });

  test('with an RSA key of more than 4096 bits is refused, before it is computed with', () => {
    const proofOf = (octets: number): string => {
      const n = Uint8Array.from({ length: octets }, () => 0xff);
      const long = { kty: 'RSA', n: encoded(n), e: 'AQAB' };
      const header = { typ: 'dpop+jwt', alg: 'RS256', jwk: long };
      return `${encoded(header)}.${encoded(CLAIMS)}.${encoded(n)}`;
    };
    const algs = { algs: [rsaPkcs1Sha256] };
    expect(codeUnbound(proofOf(513), algs)).toBe('ERR_RSA_MODULUS');
    expect(codeUnbound(proofOf(1024), algs)).toBe('ERR_RSA_MODULUS');
    expect(codeUnbound(proofOf(512), algs)).toBe('ERR_VERIFY_FAILED');
  });

  test('for another request is refused before its signature is looked at', () => {
    const spoilt = (claims: object): string => made(claims).replace(/.{8}$/, 'AAAAAAAA');
    expect(codeUnbound(spoilt({}))).toBe('ERR_VERIFY_FAILED');
    expect(codeUnbound(spoilt({ htm: 'GET' }))).toBe('ERR_DPOP_REQUEST');
    expect(codeUnbound(spoilt({ htu: 'https://x.example/' }))).toBe('ERR_DPOP_REQUEST');
    expect(codeUnbound(spoilt({ iat: NOW - 66 }))).toBe('ERR_TOO_OLD');
    expect(codeUnbound(spoilt({ jti: '' }))).toBe('ERR_JWT_CLAIM');
    // That a nonce is needed learns who has a key.
    expect(codeUnbound(spoilt({}), { nonce: 'n-2' })).toBe('ERR_VERIFY_FAILED');
  });

  test('is measured before it is read', () => {
    expect(codeUnbound('x'.repeat(8193))).toBe('ERR_LENGTH');
    expect(codeUnbound(proof, { maxBytes: 100 })).toBe('ERR_LENGTH');
  });
});

describe('the caller', () => {
  test.each([
    [{ thumbprint: undefined }, 'options.thumbprint'],
    [{ accessToken: undefined }, 'options.accessToken'],
    [{ accessToken: '' }, 'options.accessToken'],
    [{ accessToken: 'a b' }, 'options.accessToken'],
    [{ nonce: undefined }, 'options.nonce'],
    [{ nonce: '' }, 'options.nonce'],
    [{ method: 'PO ST' }, 'options.method'],
    [{ method: '' }, 'options.method'],
    [{ url: '/pay' }, 'options.url'],
    [{ url: 'ftp://api.example/' }, 'options.url'],
    [{ now: undefined }, 'options.now'],
    [{ clockTolerance: undefined }, 'options.clockTolerance'],
    [{ maxAge: undefined }, 'options.maxAge'],
    [{ algs: undefined }, 'options.algs'],
    [{ algs: [] }, 'options.algs'],
    [{ jkt: 'x' }, 'options'],
  ])('says everything: %o', (changes, what) => {
    expect(code(proof, changes)).toBe(`TypeError: ${what}`);
  });

  test.each([
    [{ accessToken: undefined }, 'options.accessToken'],
    [{ nonce: undefined }, 'options.nonce'],
    [{ method: 'a b' }, 'options.method'],
    [{ url: 'api.example' }, 'options.url'],
    [{ now: Number.NaN }, 'claims.iat'],
  ])('says everything when a proof is made: %o', (changes, what) => {
    expect(codeOf(() => createDpopProof(privateKey, { ...making, ...changes } as never))).toBe(
      `TypeError: ${what}`,
    );
  });

  test('has a private key', () => {
    expect(codeOf(() => createDpopProof(publicKey as never, making))).toBe('ERR_KEY_USE');
    expect(codeOf(() => createDpopProof(pairOf('HS256').signing as never, making))).toBe(
      'ERR_KEY_SECRET',
    );
  });
});
