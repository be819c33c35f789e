// @ts-check
// A request to Mastercard. The console hands out a .p12 and its password once; its key as PEM, by
//   openssl pkcs12 -in mastercard-sandbox.p12 -nocerts -noenc -out mastercard-key.pem
// with -legacy where OpenSSL 3 finds its encryption unsupported.
import { generateKeyPairSync, sign as serviceSign } from 'node:crypto';
import { rsaPkcs1Sha256 } from 'countersign/alg/rsa';
import { encodeUtf8 } from 'countersign/bytes';
import { ENGINE } from 'countersign/engine';
import { CountersignError } from 'countersign/errors';
import { importPrivateKey, importPublicKey } from 'countersign/key/rsa';
import { mastercard } from 'countersign/provider/mastercard';
import { sign, signAsync, verify } from 'countersign/scheme';

const consumerKey = 'consumer-key-of-the-project!and-of-the-client'; // from the console
// Stands in for mastercard-key.pem.
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const publicPem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const publicKey = importPublicKey(publicPem, {
  alg: rsaPkcs1Sha256,
  use: 'verify',
  id: consumerKey,
});

const now = Math.floor(Date.now() / 1000);
const request = {
  method: 'POST',
  // As it is fetched: the query is signed as it stands there.
  url: 'https://sandbox.api.mastercard.com/send/v1/payments?format=json&q=a%20b',
  body: encodeUtf8('{"amount":"100.00"}'),
};

// The digest of the body is signed, that of no body too: what is sent is what `sign` gives back.
// await fetch(url, { method, headers, body });
const { url, method, headers, body } = await signed();
console.log(headers.map(([name, value]) => `${name}: ${value.slice(0, 60)}…`).join('\n'));

// What Mastercard does with it.
const sent = { url, method, headers, body };
show('as it was sent', sent, 'POST of consumer-key-of-the-project!and-of-the-client');
show('another body', { ...sent, body: encodeUtf8('{"amount":"999.00"}') }, 'ERR_HTTP_DIGEST');
show('another query', { ...sent, url: url.replace('json', 'xml') }, 'ERR_VERIFY_FAILED');

/** The id of a key is the consumer key that it belongs to. */
async function signed() {
  if (ENGINE !== 'noble') {
    const key = importPrivateKey(pem, { alg: rsaPkcs1Sha256, use: 'sign', id: consumerKey });
    return sign(mastercard, request, key, { now });
  }
  // Without node:crypto no RSA key signs here; one that is elsewhere does, on every engine.
  /** @type {import('countersign/key/remote').RemoteSigner<typeof rsaPkcs1Sha256>} */
  const signer = {
    alg: rsaPkcs1Sha256,
    publicKey,
    keyId: 'alias/mastercard',
    input: 'message',
    format: 'raw',
    sign: async (message) => serviceSign('sha256', message, pair.privateKey),
  };
  return signAsync(mastercard, request, signer, { now, values: { consumerKey } });
}

/**
 * @param {string} what
 * @param {import('countersign/scheme').SchemeMessage} message
 * @param {string} expected
 */
function show(what, message, expected) {
  const found = answer(message);
  console.log(`${what.padEnd(16)} ${found}`);
  if (found !== expected) process.exitCode = 1;
}

/** @param {import('countersign/scheme').SchemeMessage} message */
function answer(message) {
  try {
    const { values } = verify(mastercard, message, publicKey, { now });
    return `${values.method} of ${values.consumerKey}`;
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
}
