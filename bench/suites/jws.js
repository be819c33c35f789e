// @ts-check
// Tokens: JWT signed and verified, and their claims looked at. Keys are parsed once, by everybody.
import { createPrivateKey, createPublicKey, createSecretKey } from 'node:crypto';
import { ecdsaP256Sha256 } from 'countersign/alg/ecdsa';
import { ed25519 } from 'countersign/alg/ed25519';
import { hmacSha256 } from 'countersign/alg/hmac';
import { rsaPkcs1Sha256 } from 'countersign/alg/rsa';
import { signJwt, verifyJwt } from 'countersign/jose/jwt';
import { importKey } from 'countersign/key';
import { importSecret } from 'countersign/key/secret';
import { defineCase, oneAndSixteen, peer } from '../case.js';
import { issuer, signatures, verifier } from '../floor/jose.js';
import { both, MESSAGES, TAMPERED, turn, twoPairs, twoSecrets } from '../inputs.js';
import { fastJwt, jose, jsonWebToken } from '../peers/tokens.js';

/** @typedef {{ which: 0 | 1, claims: Claims, token: string }} Input */
/** @typedef {{ iss: string, sub: string, aud: string, iat: number, exp: number, jti: string, scope: string }} Claims */
/** @typedef {import('countersign/jose/jwt').SigningKey} SigningKey */
/** @typedef {import('countersign/jose/jwt').VerifyingKeys} VerifyingKeys */

/**
 * Keys in the forms that each takes.
 * @typedef {object} Keys
 * @property {SigningKey} signing
 * @property {VerifyingKeys} verifying
 * @property {Uint8Array | import('node:crypto').JsonWebKey} raw
 * @property {{ private: string | Buffer, public: string | Buffer }} pem
 * @property {{ private: import('node:crypto').KeyObject, public: import('node:crypto').KeyObject }} object
 */

/** @typedef {typeof ROWS[number]} Row */
const ROWS = /** @type {const} */ ([
  { name: 'HS256', verify: 1, best: 1.1, slow: 10 },
  { name: 'ES256', verify: 0.95, best: undefined, slow: undefined },
  { name: 'RS256', verify: 0.95, best: undefined, slow: undefined },
  { name: 'EdDSA', verify: 0.95, best: undefined, slow: undefined },
]);
const ALGS = { HS256: hmacSha256, ES256: ecdsaP256Sha256, RS256: rsaPkcs1Sha256, EdDSA: ed25519 };
const PAIRS = /** @type {const} */ ({ ES256: 'P-256', RS256: 'RSA 2048', EdDSA: 'Ed25519' });

const now = Math.floor(Date.now() / 1000);
const EXPECTED = { issuer: 'https://issuer.example', audience: 'https://api.example', now };
const RULES = { ...EXPECTED, clockTolerance: 0, typ: 'JWT' };

export const suite = {
  title: 'Tokens',
  about:
    'JWT of some 300 characters: seven claims, of which issuer, audience and times are checked. The ' +
    'reference parses header and claims too (bench/floor/jose.js). jose is asynchronous; fast-jwt ' +
    'is shown with its cache of verdicts and without.',
  cases: ROWS.flatMap((row) => [verifyCase(row), signCase(row)]),
};

/** @param {Row} row */
function verifyCase({ name, verify: least, best, slow }) {
  return defineCase({
    name: `JWT ${name} verify`,
    quick: name === 'HS256' || name === 'ES256',
    aims: [
      { least, against: 'reference' },
      ...(best === undefined ? [] : [{ least: best, against: 'fast-jwt' }]),
      ...(slow === undefined ? [] : [{ least: slow, against: 'jose, 1 in flight' }]),
    ],
    async build() {
      const keys = keysOf(name);
      const floors = both(keys, ({ raw }) =>
        verifier(name, signatures(name, raw).verify, EXPECTED),
      );
      const [inputs, tampered] = inputsOf(name, keys);
      const [other, fast, old] = [await jose(), await fastJwt(), await jsonWebToken()];
      const theirs = { ...EXPECTED, algorithms: [name], typ: 'JWT' };
      const joseKeys = other && both(keys, (own) => joseKey(other, name, own, 'public'));
      const fastVerifier = (/** @type {boolean} */ cache) =>
        peer(cache ? 'fast-jwt, its cache on' : 'fast-jwt', fast, ({ createVerifier }) => {
          const verifiers = both(keys, ({ pem }) =>
            createVerifier({
              key: pem.public,
              algorithms: [name],
              allowedIss: EXPECTED.issuer,
              allowedAud: EXPECTED.audience,
              cache,
            }),
          );
          return (/** @type {Input} */ { which, token }) => verifiers[which](token);
        });
      return {
        inputs,
        tampered,
        isRight: (result, { claims }) => claimsOf(result)?.jti === claims.jti,
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: ({ which, token }) => verifyJwt(token, keys[which].verifying, RULES).claims,
          },
          { name: 'reference', role: 'reference', run: ({ which, token }) => floors[which](token) },
          fastVerifier(false),
          fastVerifier(true),
          // It has no EdDSA.
          ...(name === 'EdDSA'
            ? []
            : [
                peer(
                  'jsonwebtoken',
                  old,
                  ({ verify }) =>
                    (/** @type {Input} */ { which, token }) =>
                      verify(token, keys[which].object.public, theirs),
                ),
              ]),
          ...oneAndSixteen(
            peer(
              'jose',
              other,
              ({ jwtVerify }) =>
                async (/** @type {Input} */ { which, token }) => {
                  const { payload } = await jwtVerify(token, await joseKeys?.[which], theirs);
                  return payload;
                },
            ),
          ),
        ],
      };
    },
  });
}

/** @param {Row} row */
function signCase({ name }) {
  return defineCase({
    name: `JWT ${name} sign`,
    quick: name === 'HS256',
    async build() {
      const keys = keysOf(name);
      const floors = both(keys, ({ raw }) => issuer(name, signatures(name, raw).sign));
      const checks = both(keys, ({ raw }) =>
        verifier(name, signatures(name, raw).verify, EXPECTED),
      );
      const [inputs] = inputsOf(name, keys);
      const [other, fast, old] = [await jose(), await fastJwt(), await jsonWebToken()];
      const joseKeys = other && both(keys, (own) => joseKey(other, name, own, 'private'));
      return {
        inputs,
        // What is signed of other claims is no token of these.
        tampered: inputs
          .slice(0, TAMPERED)
          .map((input) => ({ ...input, claims: { ...input.claims, jti: 'another' } })),
        isRight(result, { which, claims }) {
          if (typeof result !== 'string') return false;
          return claimsOf(checks[which](result))?.jti === claims.jti;
        },
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: ({ which, claims }) => signJwt(claims, keys[which].signing, { typ: 'JWT' }),
          },
          {
            name: 'reference',
            role: 'reference',
            run: ({ which, claims }) => floors[which](claims),
          },
          peer('fast-jwt', fast, ({ createSigner }) => {
            const signers = both(keys, ({ pem }) =>
              createSigner({ key: pem.private, algorithm: name, header: { typ: 'JWT' } }),
            );
            return (/** @type {Input} */ { which, claims }) => signers[which]({ ...claims });
          }),
          // It has no EdDSA.
          ...(name === 'EdDSA'
            ? []
            : [
                peer(
                  'jsonwebtoken',
                  old,
                  ({ sign }) =>
                    (/** @type {Input} */ { which, claims }) =>
                      sign(claims, keys[which].object.private, { algorithm: name }),
                ),
              ]),
          ...oneAndSixteen(
            peer('jose', other, ({ SignJWT }) => async (/** @type {Input} */ { which, claims }) => {
              const making = new SignJWT(claims).setProtectedHeader({ alg: name, typ: 'JWT' });
              return making.sign(await joseKeys?.[which]);
            }),
          ),
        ],
      };
    },
  });
}

/**
 * Tokens and, of the first of them, the same with other claims under the old signature.
 * @param {keyof typeof ALGS} name
 * @param {readonly [Keys, Keys]} keys
 * @returns {[Input[], Input[]]}
 */
function inputsOf(name, keys) {
  const issuers = both(keys, ({ raw }) => issuer(name, signatures(name, raw).sign));
  const inputs = Array.from({ length: MESSAGES }, (_, i) => {
    const which = turn(i);
    const claims = {
      iss: EXPECTED.issuer,
      sub: `user-${1_217_752_501 + i}`,
      aud: EXPECTED.audience,
      iat: now - i,
      exp: now + 3600,
      jti: `0b9c2f7e-${10_000 + i}`,
      scope: 'payments:read payments:write',
    };
    return { which, claims, token: issuers[which](claims) };
  });
  const tampered = inputs.slice(0, TAMPERED).map((input) => {
    const [head, , value] = input.token.split('.');
    const claims = JSON.stringify({ ...input.claims, sub: 'admin' });
    return { ...input, token: `${head}.${Buffer.from(claims).toString('base64url')}.${value}` };
  });
  return [inputs, tampered];
}

/**
 * @param {keyof typeof ALGS} name
 * @returns {readonly [Keys, Keys]}
 */
function keysOf(name) {
  if (name === 'HS256') {
    return both(twoSecrets(32), (secret) => {
      const from = /** @type {const} */ ({ alg: hmacSha256, encoding: 'raw' });
      const [text, object] = [Buffer.from(secret), createSecretKey(secret)];
      return {
        signing: importSecret(secret, { ...from, use: 'mac' }),
        verifying: importSecret(secret, { ...from, use: 'verify' }),
        raw: secret,
        pem: { private: text, public: text },
        object: { private: object, public: object },
      };
    });
  }
  const alg = ALGS[name];
  return both(twoPairs(PAIRS[name]), ({ privatePem, publicPem, privateJwk }) => ({
    signing: importKey(privatePem, { alg, use: 'sign' }),
    verifying: importKey(publicPem, { alg, use: 'verify' }),
    raw: privateJwk,
    pem: { private: privatePem, public: publicPem },
    object: { private: createPrivateKey(privatePem), public: createPublicKey(publicPem) },
  }));
}

/**
 * @param {import('../peers/tokens.js').Jose} other
 * @param {string} name
 * @param {Keys} keys
 * @param {'private' | 'public'} half
 * @returns {Promise<unknown>}
 */
async function joseKey({ importJWK }, name, { raw, object }, half) {
  if (raw instanceof Uint8Array) {
    return importJWK({ kty: 'oct', k: Buffer.from(raw).toString('base64url') }, name);
  }
  return importJWK(object[half].export({ format: 'jwk' }), name);
}

/** @param {unknown} result @returns {Claims | undefined} */
function claimsOf(result) {
  return /** @type {Claims | undefined} */ (result);
}
