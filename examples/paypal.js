// @ts-check
// A webhook of PayPal. It signs the CRC-32 of a body, which other bodies have too: what is verified is
// an id and a time, and the event itself is asked of PayPal's API.
import { generateKeyPairSync, sign as serviceSign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rsaPkcs1Sha256 } from 'countersign/alg/rsa';
import { encodeUtf8 } from 'countersign/bytes';
import { CountersignError } from 'countersign/errors';
import { importPublicKey } from 'countersign/key/rsa';
import { readCertificates } from 'countersign/key/x509';
import {
  importPaypalCertificate,
  isPaypalCertificateUrl,
  paypal,
} from 'countersign/provider/paypal';
import { identify, signAsync, verify } from 'countersign/scheme';

const webhookId = '1JE4291016473214C'; // yours, from the portal; no message carries it

/**
 * Keys by the URL of their certificate, until it ends. It has entries of PayPal's hosts alone.
 * @type {Map<string, { key: ReturnType<typeof importPaypalCertificate>, until: number }>}
 */
const kept = new Map();

/**
 * The key of a certificate of PayPal.
 * @param {string} url
 * @param {number} now seconds since 1970
 */
async function keyAt(url, now) {
  const known = kept.get(url);
  if (known !== undefined && now <= known.until) return known.key;
  // Of no other host, and no redirect: any host could serve a certificate for its own forgery.
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5000) });
  if (!response.ok) throw new Error(`certificate: ${response.status}`);
  const chain = await response.text();
  // A file of PEM with the roots of DigiCert that you trust: DigiCert High Assurance EV Root CA and
  // DigiCert Global Root G2, which come with operating systems, and from DigiCert's own site.
  const roots = readCertificates(readFileSync('digicert-roots.pem', 'utf8'));
  const key = importPaypalCertificate(chain, { roots, now });
  const [leaf] = readCertificates(chain);
  if (leaf !== undefined) kept.set(url, { key, until: leaf.notAfter });
  return key;
}

/**
 * What a receiver does.
 * @param {import('countersign/scheme').SchemeMessage} message
 * @param {number} now seconds since 1970
 */
async function receive(message, now) {
  try {
    // Nobody's word: it says where to look for the certificate, and may say anything.
    const url = identify(paypal, message).hints['certUrl'] ?? '';
    if (!isPaypalCertificateUrl(url)) return 'not a URL of PayPal';
    const event = verify(paypal, message, await keyAt(url, now), {
      now,
      settings: { webhookId },
      covers: ['id', 'time', 'webhookId', 'body'], // the body by a checksum: it is not in the result
    });
    return `${event.deliveryId}: ${Object.keys(event.values).join(', ')}`;
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error; // the network: answer 5xx, and PayPal sends it again
  }
}

// What PayPal does, so that this file runs by itself. Its certificate is as good as fetched.
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const publicKey = importPublicKey(pem, { alg: rsaPkcs1Sha256, use: 'verify' });
const certUrl = 'https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-1d93a270';
kept.set(certUrl, { key: publicKey, until: Infinity });
const now = Math.floor(Date.now() / 1000);
const body = encodeUtf8('{"id":"WH-1","resource":{"amount":{"value":"1.00"}}}');
const values = { id: '7f0a9b36', certUrl };
/** @type {import('countersign/key/remote').RemoteSigner<typeof rsaPkcs1Sha256>} */
const signer = {
  alg: rsaPkcs1Sha256,
  publicKey,
  keyId: 'paypal',
  input: 'message',
  format: 'raw',
  sign: async (message) => serviceSign('sha256', message, pair.privateKey),
};
const sent = await signAsync(paypal, { body }, signer, { now, values, settings: { webhookId } });
const changed = encodeUtf8('{"id":"WH-1","resource":{"amount":{"value":"9999.00"}}}');
// The same change, and forty letters that give it the checksum of the body above.
const forged = encodeUtf8(
  '{"id":"WH-1","resource":{"amount":{"value":"9999.00"}},"x":"A@AAA@@AA@A@@@AAA@AAAAAA@AAAA@A@AAAAAAAA"}',
);
const elsewhere = new Map(sent.headers).set('PAYPAL-CERT-URL', 'https://evil.example/x');

show('as it was sent', await receive(sent, now), '7f0a9b36: id, time, webhookId');
show('another amount', await receive({ ...sent, body: changed }, now), 'ERR_VERIFY_FAILED');
show(
  'of the same checksum',
  await receive({ ...sent, body: forged }, now),
  '7f0a9b36: id, time, webhookId',
);
show(
  'a certificate elsewhere',
  await receive({ ...sent, headers: elsewhere }, now),
  'not a URL of PayPal',
);

/**
 * @param {string} what
 * @param {string} found
 * @param {string} expected
 */
function show(what, found, expected) {
  console.log(`${what.padEnd(24)} ${found}`);
  if (found !== expected) process.exitCode = 1;
}
