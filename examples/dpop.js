// @ts-check
// An access token that only the holder of a key can use: issued, shown with a proof, and stolen.
import { ecdsaP256Sha256 } from 'countersign/alg/ecdsa';
import { ed25519 } from 'countersign/alg/ed25519';
import { CountersignError } from 'countersign/errors';
import { BEARER, verifyAccessToken } from 'countersign/jose/access-token';
import {
  createDpopProof,
  NO_ACCESS_TOKEN,
  NO_NONCE,
  verifyUnboundDpop,
} from 'countersign/jose/dpop';
import { signJwt } from 'countersign/jose/jwt';
import * as ec from 'countersign/key/ec';
import * as ed from 'countersign/key/ed25519';

const now = Math.floor(Date.now() / 1000);
const server = ed.generateKeyPair({ alg: ed25519 });
const client = ec.generateKeyPair({ alg: ecdsaP256Sha256 });
const algs = [ecdsaP256Sha256];

// 1. The client asks for a token, and shows a key.
const asked = { method: 'POST', url: 'https://as.example/token', now };
const first = createDpopProof(client.privateKey, {
  ...asked,
  nonce: NO_NONCE,
  accessToken: NO_ACCESS_TOKEN,
});

// 2. The server verifies the proof. The key is bound to nothing yet, and it binds the token to it.
const window = { algs, clockTolerance: 5, maxAge: 60 };
const { thumbprint, jti } = verifyUnboundDpop(first, {
  ...asked,
  ...window,
  nonce: NO_NONCE,
});
console.log(`proof ${jti.length} characters of id, key ${thumbprint.slice(0, 8)}…`);
const claims = {
  iss: 'https://as.example',
  aud: 'https://api.example',
  sub: 'user',
  client_id: 'shop',
  jti: 't1',
  iat: now,
  exp: now + 300,
  cnf: { jkt: thumbprint },
};
const accessToken = signJwt(claims, server.privateKey, { typ: 'at+jwt' });

// 3. The client shows the token with a proof for this request, and the API verifies both.
const request = { method: 'GET', url: 'https://api.example/payouts?page=2' };
const rules = {
  issuer: 'https://as.example',
  audience: 'https://api.example',
  now,
  clockTolerance: 5,
};
const proof = proofBy(client);
show('with its proof', { ...rules, binding: binding(proof) }, 'user');

// 4. Whoever stole the token has not the key.
const thief = ec.generateKeyPair({ alg: ecdsaP256Sha256 });
show('another key', { ...rules, binding: binding(proofBy(thief)) }, 'ERR_DPOP_BINDING');
show('without a proof', { ...rules, binding: BEARER }, 'ERR_DPOP_BINDING');
const other = { ...binding(proof), method: 'DELETE' };
show('another request', { ...rules, binding: other }, 'ERR_DPOP_REQUEST');

/** @param {typeof client} pair */
function proofBy({ privateKey }) {
  return createDpopProof(privateKey, { ...request, now, accessToken, nonce: NO_NONCE });
}

/**
 * @param {string} given
 * @returns {import('countersign/jose/access-token').DpopProof}
 */
function binding(given) {
  return { ...request, algs, maxAge: 60, nonce: NO_NONCE, proof: given };
}

/**
 * @param {string} what
 * @param {import('countersign/jose/access-token').AccessTokenOptions} options
 * @param {string} expected the subject, or the code of a refusal
 */
function show(what, options, expected) {
  let found;
  try {
    found = verifyAccessToken(accessToken, server.publicKey, options).sub;
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    found = error.code;
  }
  console.log(`${what.padEnd(16)} ${found}`);
  if (found !== expected) process.exitCode = 1;
}
