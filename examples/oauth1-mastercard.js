// @ts-check
// OAuth 1.0a as Mastercard has it: RSA over a base string, and the digest of the body. The private
// key signs where it lives, here in node:crypto; RSA-PSS would be `rsaPssSha256`.
import { generateKeyPairSync, sign as serviceSign } from 'node:crypto';
import { rsaPkcs1Sha256 } from 'countersign/alg/rsa';
import { encodeUtf8 } from 'countersign/bytes';
import { CountersignError } from 'countersign/errors';
import { prepareRequest, readRequest } from 'countersign/http/message';
import { signOauth1Async, verifyOauth1 } from 'countersign/http/oauth1';
import { importPublicKey } from 'countersign/key/rsa';

const now = 1_795_284_000; // seconds; from your clock
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const consumerKey = 'consumer-key-of-the-merchant';

/** @type {import('countersign/key/remote').RemoteSigner<import('countersign/alg/rsa').RsaAlgorithm>} */
const signer = {
  alg: rsaPkcs1Sha256,
  publicKey: importPublicKey(pem, { alg: rsaPkcs1Sha256, use: 'verify' }),
  keyId: 'alias/mastercard',
  input: 'message',
  format: 'raw',
  sign: async (message) => serviceSign('sha256', message, privateKey),
};

const body = encodeUtf8('{"amount":"100.00"}');
const url = 'https://api.example/send/v1/payments?format=json';
const outgoing = prepareRequest({ method: 'POST', url, body });
// `body: 'hash'` puts oauth_body_hash in, for an empty body too; `query: 'raw'` is Mastercard's rule.
const { header, baseString } = await signOauth1Async(outgoing, signer, {
  now,
  consumerKey,
  query: 'raw',
  body: 'hash',
});
console.log(header[0], `${header[1].slice(0, 60)}…`);
console.log(`${baseString.slice(0, 60)}…`);

// The other side finds the key by the consumer, and keeps the nonce for as long as it takes requests.
const verifier = importPublicKey(pem, { alg: rsaPkcs1Sha256, use: 'verify', id: consumerKey });
const request = readRequest(
  { method: 'POST', url: '/send/v1/payments?format=json', headers: [header] },
  { origin: 'https://api.example', body },
);
/** @type {import('countersign/http/oauth1').Oauth1VerifyOptions} */
const options = { now, tolerance: 30, maxAge: 300, query: 'raw', body: 'hash' };
const claims = verifyOauth1(request, verifier, options);
console.log(claims.consumerKey, claims.uri, claims.values, claims.nonce.length);

try {
  verifyOauth1({ ...request, body: encodeUtf8('{"amount":"999.00"}') }, verifier, options);
  process.exitCode = 1;
} catch (error) {
  if (!(error instanceof CountersignError)) throw error;
  console.log(error.code);
}
