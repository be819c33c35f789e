// Client assertions and access tokens: what RFC 7523 and RFC 9068 ask for, and what a bound token
// must come with.
import { describe, expect, test } from 'vitest';
import {
  type AccessTokenOptions,
  BEARER,
  CALLER_CHECKS_CNF,
  verifyAccessToken,
} from '../../src/jose/access-token.js';
import {
  ANY_TYPE,
  type ClientAssertionOptions,
  createClientAssertion,
  createClientAssertionAsync,
  verifyClientAssertion,
} from '../../src/jose/client-assertion.js';
import { createDpopProof, NO_NONCE } from '../../src/jose/dpop.js';
import { signJwt } from '../../src/jose/jwt.js';
import * as ec from '../../src/key/ec.js';
import { createRing } from '../../src/key/ring.js';
import { ecdsaP256Sha256 } from '../../src/primitive/ecdsa.js';
import { codeOf, NOW, pairOf } from './support.js';

const { signing, verifying } = pairOf('ES256');
const SERVER = 'https://server.example';

/** Claims without those that are undefined. */
function present(claims: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(claims)) as Record<string, unknown>;
}

describe('a client assertion', () => {
  const making = { clientId: 'shop', audience: SERVER, now: NOW, lifetime: 60 };
  const options: ClientAssertionOptions = {
    clientId: 'shop',
    audience: [SERVER, `${SERVER}/token`],
    typ: ANY_TYPE,
    now: NOW,
    clockTolerance: 0,
    maxLifetime: 60,
  };
  const token = createClientAssertion(signing, making);
  const code = (given: string, changes: object = {}): string =>
    codeOf(() => verifyClientAssertion(given, verifying, { ...options, ...changes }));
  const made = (changes: object): string => {
    const claims = { iss: 'shop', sub: 'shop', aud: SERVER, exp: NOW + 60, jti: 'x', ...changes };
    return signJwt(present(claims), signing, { typ: 'JWT' });
  };

  test('verifies, and gives what is to be remembered', async () => {
    const found = verifyClientAssertion(token, verifying, options);
    expect(found).toMatchObject({ clientId: 'shop', exp: NOW + 60, keyId: verifying.id });
    expect(found.jti).toMatch(/^[\w-]{22}$/);
    expect({ ...found.claims }).toMatchObject({ iss: 'shop', sub: 'shop', aud: SERVER, iat: NOW });
    expect(code(await createClientAssertionAsync(signing, making))).toBe('accepted');
    const ring = createRing([{ key: verifying }]);
    const header = { kid: verifying.id, typ: 'client-authentication+jwt' };
    const own = createClientAssertion(signing, { ...making, header });
    const typed = { ...options, typ: 'client-authentication+jwt', algs: [ecdsaP256Sha256] };
    expect(verifyClientAssertion(own, ring, typed).keyId).toBe(verifying.id);
    expect(code(token, { typ: 'client-authentication+jwt' })).toBe('ERR_JWT_TYPE');
  });

  test.each([
    [{ iss: 'other' }, 'ERR_JWT_ISSUER'],
    [{ iss: undefined }, 'ERR_JWT_ISSUER'],
    [{ sub: 'other' }, 'ERR_JWT_CLAIM'],
    [{ sub: undefined }, 'ERR_JWT_CLAIM'],
    [{ aud: 'https://other.example' }, 'ERR_JWT_AUDIENCE'],
    [{ aud: undefined }, 'ERR_JWT_AUDIENCE'],
    [{ aud: ['x', `${SERVER}/token`] }, 'accepted'],
    [{ exp: undefined }, 'ERR_JWT_CLAIM'],
    [{ exp: NOW }, 'ERR_EXPIRED'],
    [{ exp: NOW + 61 }, 'ERR_JWT_CLAIM'],
    [{ iat: NOW + 1 }, 'ERR_NOT_YET_VALID'],
    [{ jti: undefined }, 'ERR_JWT_CLAIM'],
    [{ jti: '' }, 'ERR_JWT_CLAIM'],
  ])('with %o: %s', (changes, expected) => {
    expect(code(made(changes))).toBe(expected);
  });

  test('may live as much longer as the clocks differ', () => {
    expect(code(made({ exp: NOW + 70 }), { clockTolerance: 10 })).toBe('accepted');
    expect(code(made({ exp: NOW + 71 }), { clockTolerance: 10 })).toBe('ERR_JWT_CLAIM');
  });

  test.each([
    [{ clientId: undefined }, 'options.clientId'],
    [{ clientId: '' }, 'options.issuer'],
    [{ audience: undefined }, 'options.audience'],
    [{ audience: [] }, 'options.audience'],
    [{ typ: undefined }, 'options.typ'],
    [{ maxLifetime: undefined }, 'options.maxLifetime'],
    [{ maxLifetime: 3601 }, 'options.maxLifetime'],
    [{ now: undefined }, 'options.now'],
    [{ issuer: 'shop' }, 'options'],
  ])('is verified by somebody who says everything: %o', (changes, what) => {
    expect(code(token, changes)).toBe(`TypeError: ${what}`);
  });

  test.each([
    [{ clientId: '' }, 'options.clientId'],
    [{ audience: '' }, 'options.audience'],
    [{ audience: [SERVER] }, 'options.audience'],
    [{ lifetime: 0 }, 'options.lifetime'],
    [{ lifetime: 3601 }, 'options.lifetime'],
    [{ now: Number.NaN }, 'options.now'],
    [{ sub: 'x' }, 'options'],
  ])('is made by somebody who says everything: %o', (changes, what) => {
    expect(codeOf(() => createClientAssertion(signing, { ...making, ...changes } as never))).toBe(
      `TypeError: ${what}`,
    );
  });
});

describe('an access token', () => {
  const holder = ec.generateKeyPair({ alg: ecdsaP256Sha256 });
  const thief = ec.generateKeyPair({ alg: ecdsaP256Sha256 });
  const claims = {
    iss: SERVER,
    aud: 'https://api.example',
    exp: NOW + 300,
    iat: NOW,
    sub: 'user',
    client_id: 'shop',
    jti: 'x',
  };
  const issue = (changes: object = {}, typ = 'at+jwt'): string =>
    signJwt(present({ ...claims, ...changes }), signing, { typ });
  const options: AccessTokenOptions = {
    issuer: SERVER,
    audience: 'https://api.example',
    now: NOW,
    clockTolerance: 5,
    binding: BEARER,
  };
  const code = (token: string, changes: object = {}): string =>
    codeOf(() => verifyAccessToken(token, verifying, { ...options, ...changes }));

  const request = { method: 'GET', url: 'https://api.example/me' };
  const bound = issue({ cnf: { jkt: holder.publicKey.id } });
  const proofOf = (pair: typeof holder, accessToken: string, changes = {}): string =>
    createDpopProof(pair.privateKey, {
      ...request,
      accessToken,
      now: NOW,
      nonce: NO_NONCE,
      ...changes,
    });
  const binding = (proof: string): object => ({
    binding: { ...request, proof, maxAge: 60, nonce: NO_NONCE, algs: [ecdsaP256Sha256] },
  });

  test('verifies, of either spelling of its type and no other', () => {
    const found = verifyAccessToken(issue(), verifying, options);
    expect(found).toMatchObject({ sub: 'user', clientId: 'shop', jti: 'x' });
    expect(found.dpop).toBeUndefined();
    expect(code(issue({}, 'application/at+jwt'))).toBe('accepted');
    // An ID token of the same issuer.
    expect(code(issue({}, 'JWT'))).toBe('ERR_JWT_TYPE');
  });

  test.each([
    [{ iss: 'https://other.example' }, 'ERR_JWT_ISSUER'],
    [{ aud: 'https://other.example' }, 'ERR_JWT_AUDIENCE'],
    [{ exp: NOW - 5 }, 'ERR_EXPIRED'],
    [{ exp: undefined }, 'ERR_JWT_CLAIM'],
    [{ iat: undefined }, 'ERR_JWT_CLAIM'],
    [{ sub: undefined }, 'ERR_JWT_CLAIM'],
    [{ sub: '' }, 'ERR_JWT_CLAIM'],
    [{ client_id: undefined }, 'ERR_JWT_CLAIM'],
    [{ client_id: 7 }, 'ERR_JWT_CLAIM'],
    [{ jti: undefined }, 'ERR_JWT_CLAIM'],
    [{ cnf: { jkt: 'x' } }, 'ERR_DPOP_BINDING'],
    [{ cnf: { 'x5t#S256': 'x' } }, 'ERR_DPOP_BINDING'],
    [{ cnf: null }, 'ERR_DPOP_BINDING'],
  ])('with %o: %s', (changes, expected) => {
    expect(code(issue(changes))).toBe(expected);
  });

  test('that is bound comes with a proof of its key', () => {
    const found = verifyAccessToken(bound, verifying, {
      ...options,
      ...binding(proofOf(holder, bound)),
    });
    expect(found.dpop).toMatchObject({ thumbprint: holder.publicKey.id });
    expect(code(bound)).toBe('ERR_DPOP_BINDING');
    expect(code(bound, binding(proofOf(thief, bound)))).toBe('ERR_DPOP_BINDING');
    expect(code(bound, binding(proofOf(holder, issue())))).toBe('ERR_DPOP_BINDING');
    expect(code(bound, binding(proofOf(holder, bound, { method: 'POST' })))).toBe(
      'ERR_DPOP_REQUEST',
    );
    expect(code(bound, binding(proofOf(holder, bound, { now: NOW - 66 })))).toBe('ERR_TOO_OLD');
    expect(code(bound, binding('a.b.c'))).toMatch(/^ERR_/);
  });

  test('that is not bound is not shown with a proof', () => {
    const token = issue();
    expect(code(token, binding(proofOf(holder, token)))).toBe('ERR_DPOP_BINDING');
    for (const cnf of [{}, 'x', { jkt: 7 }, [holder.publicKey.id]]) {
      const odd = issue({ cnf });
      expect(code(odd, binding(proofOf(holder, odd)))).toBe('ERR_DPOP_BINDING');
    }
  });

  test('that is bound to more than the key of the proof is refused', () => {
    const token = issue({ cnf: { jkt: holder.publicKey.id, 'x5t#S256': 'x' } });
    expect(code(token, binding(proofOf(holder, token)))).toBe('ERR_DPOP_BINDING');
    expect(code(token, { binding: CALLER_CHECKS_CNF })).toBe('accepted');
  });

  test('comes with a proof of which nothing is said twice', () => {
    const { binding: given } = binding(proofOf(holder, bound)) as { binding: object };
    expect(code(bound, { binding: given })).toBe('accepted');
    for (const twice of ['now', 'clockTolerance', 'thumbprint', 'accessToken', 'other']) {
      const changes = { binding: { ...given, [twice]: NOW } };
      expect(code(bound, changes)).toBe('TypeError: options.binding');
    }
  });

  test('that is bound to a certificate is left to who can see it', () => {
    const token = issue({ cnf: { 'x5t#S256': 'x' } });
    const found = verifyAccessToken(token, verifying, { ...options, binding: CALLER_CHECKS_CNF });
    expect(found.claims['cnf']).toMatchObject({ 'x5t#S256': 'x' });
  });

  test.each([
    [{ binding: undefined }, 'options.binding'],
    [{ binding: 'x' }, 'options.binding'],
    [{ issuer: undefined }, 'options.issuer'],
    [{ audience: undefined }, 'options.audience'],
    [{ clockTolerance: undefined }, 'options.clockTolerance'],
    [{ maxAge: 60 }, 'options'],
  ])('is verified by somebody who says everything: %o', (changes, what) => {
    expect(code(issue(), changes)).toBe(`TypeError: ${what}`);
  });
});
