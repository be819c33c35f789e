// @ts-check
// A callback of Stripe. Every provider is verified in the same way: its scheme, the message as it
// arrived, the keys, the time.
import { encodeUtf8 } from 'countersign/bytes';
import { CountersignError } from 'countersign/errors';
import { stripe } from 'countersign/provider/stripe';
import { secretFor, sign, verifyJson } from 'countersign/scheme';

// Once, at start-up. How the text of a secret becomes octets is a fact of the provider, which its
// scheme knows. While a secret is rolled, give the old one and the new one.
const secret = 'whsec_example_secret_for_show_0001'; // from your secret store
const keys = [secretFor(stripe, secret, { use: 'verify' })];

/**
 * What a receiver does.
 * @param {import('countersign/scheme').SchemeMessage} message headers in any shape; the body's octets
 * @param {number} now seconds since 1970
 */
function receive(message, now) {
  try {
    const event = verifyJson(stripe, message, keys, { now });
    return { status: 200, event: event.json, sentAt: event.timestamp };
  } catch (error) {
    // Everything about the message has a code. Anything else is our own mistake.
    if (error instanceof CountersignError) return { status: 400, code: error.code };
    throw error;
  }
}

// What the sender does, so that this file runs by itself. A server of Node gives
// { rawHeaders: request.rawHeaders, body }, one of fetch { headers: request.headers, body }.
const now = Math.floor(Date.now() / 1000);
const body = encodeUtf8('{"id":"evt_1","type":"charge.succeeded","amount":10000}');
const sent = sign(stripe, { body }, secretFor(stripe, secret, { use: 'mac' }), { now });
const changed = encodeUtf8('{"id":"evt_1","type":"charge.succeeded","amount":90000}');
const spaced = encodeUtf8(JSON.stringify(JSON.parse(new TextDecoder().decode(body)), null, 2));

show('as it was sent', receive(sent, now), undefined);
show('another amount', receive({ ...sent, body: changed }, now), 'ERR_VERIFY_FAILED');
show('parsed and written again', receive({ ...sent, body: spaced }, now), 'ERR_VERIFY_FAILED');
show('an hour late', receive(sent, now + 3600), 'ERR_TOO_OLD');
show('without its header', receive({ body }, now), 'ERR_MESSAGE_MISSING');

/**
 * @param {string} what
 * @param {{ status: number, code?: string }} found
 * @param {string | undefined} expected
 */
function show(what, found, expected) {
  console.log(`${what.padEnd(26)} ${found.status} ${found.code ?? JSON.stringify(found)}`);
  if (found.code !== expected) process.exitCode = 1;
}
