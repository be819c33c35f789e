// @ts-check
// HTTP Message Signatures, RFC 9421: a request is signed with Ed25519, and verified where it arrives.
import { ed25519 } from 'countersign/alg/ed25519';
import { decodeUtf8, encodeUtf8 } from 'countersign/bytes';
import { CountersignError } from 'countersign/errors';
import { createDigest } from 'countersign/http/digest';
import { prepareRequest, readRequest } from 'countersign/http/message';
import { signatureBase, signMessage, verifyMessage } from 'countersign/http/signature';
import { generateKeyPair } from 'countersign/key/ed25519';

const { privateKey, publicKey } = generateKeyPair({ alg: ed25519 });
const now = Math.floor(Date.now() / 1000);

// The sender. What is covered is chosen; the body is covered by its digest.
const url = new URL('https://api.example.com/payments?account=42');
const body = encodeUtf8('{"amount":"100.00","currency":"EUR"}');
const headers = {
  'content-type': 'application/json',
  'content-digest': createDigest(body, ['sha-256']),
};
const request = prepareRequest({ method: 'POST', url, headers, body });
const components = ['@method', '@authority', '@path', '@query', 'content-type', 'content-digest'];
const parameters = { created: now, keyid: 'sender-1', tag: 'payments' };

console.log('What is signed:\n');
console.log(signatureBase(request, { components, parameters }));
const fields = signMessage(request, privateKey, { label: 'sig1', components, parameters });
// await fetch(url, { method: 'POST', headers: { ...headers, ...fields }, body });

// The receiver. `origin` is what it knows itself by: neither Host nor X-Forwarded-* is believed.
/** @param {Uint8Array} arrived */
function receive(arrived) {
  const incoming = readRequest(
    { method: 'POST', url: '/payments?account=42', headers: { ...headers, ...fields } },
    { origin: 'https://api.example.com', body: arrived },
  );
  // What must be covered is said here; the sender's choice may be more, never less.
  return verifyMessage(incoming, publicKey, {
    required: ['@method', '@authority', '@path', '@query', 'content-digest'],
    select: { tag: 'payments' },
    now,
    tolerance: 5,
    maxAge: 300,
  });
}

// What was covered, and nothing else: `body` is there since its digest is covered and was compared.
const verified = receive(body);
console.log('\nWhat was verified:\n');
console.log(verified.values['@method'], verified.values['@path'], verified.values['@query']);
console.log(decodeUtf8(verified.body ?? new Uint8Array(0)));

try {
  receive(encodeUtf8('{"amount":"900.00","currency":"EUR"}'));
  process.exitCode = 1;
} catch (error) {
  if (!(error instanceof CountersignError)) throw error;
  console.log('\nAnother amount:', error.code);
  if (error.code !== 'ERR_HTTP_DIGEST') process.exitCode = 1;
}
