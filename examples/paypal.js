// @ts-check
// A webhook of PayPal. It signs the CRC-32 of a body, which other bodies have too: what is verified is
// an id and a time, and the event itself is asked of PayPal's API.
import { generateKeyPairSync, sign as serviceSign } from 'node:crypto';
import { rsaPkcs1Sha256 } from 'countersign/alg/rsa';
import { encodeUtf8 } from 'countersign/bytes';
import { CountersignError } from 'countersign/errors';
import { importPublicKey } from 'countersign/key/rsa';
import { isPaypalCertificateUrl, paypal } from 'countersign/provider/paypal';
import { identify, signAsync, verify } from 'countersign/scheme';

// Stands in for PayPal's key, which a receiver has by importPaypalCertificate(chain, { roots, now }):
// the chain is what was fetched, the roots are those that may certify it.
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const publicKey = importPublicKey(pem, { alg: rsaPkcs1Sha256, use: 'verify' });
const certUrl = 'https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-1d93a270';
const webhookId = '1JE4291016473214C'; // yours, from the portal; no message carries it

/**
 * What a receiver does.
 * @param {import('countersign/scheme').SchemeMessage} message
 * @param {number} now seconds since 1970
 */
function receive(message, now) {
  // Nobody's word: it says where to look for the certificate, and may say anything.
  const { hints } = identify(paypal, message);
  if (!isPaypalCertificateUrl(hints['certUrl'] ?? '')) return 'not a URL of PayPal';
  try {
    const event = verify(paypal, message, publicKey, {
      now,
      settings: { webhookId },
      covers: ['id', 'time', 'webhookId', 'body'], // the body by a checksum: it is not in the result
    });
    return `${event.deliveryId}: ${Object.keys(event.values).join(', ')}`;
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
}

// What PayPal does, so that this file runs by itself.
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

show('as it was sent', receive(sent, now), '7f0a9b36: id, time, webhookId');
show('another amount', receive({ ...sent, body: changed }, now), 'ERR_VERIFY_FAILED');
show(
  'of the same checksum',
  receive({ ...sent, body: forged }, now),
  '7f0a9b36: id, time, webhookId',
);
show(
  'a certificate elsewhere',
  receive({ ...sent, headers: elsewhere }, now),
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
