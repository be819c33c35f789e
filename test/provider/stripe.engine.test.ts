import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/bytes/utf8.js';
import { stripe } from '../../src/provider/stripe.js';
import { secretFor, sign, verify } from '../../src/scheme/index.js';

const NOW = 1_700_000_000;
const SECRET = 'whsec_2f1d5c0e9b7a4433a1f0c6d8e5b4a392';
const body = encodeUtf8('{"id":"evt_1","amount":100}');
// printf '1700000000.{"id":"evt_1","amount":100}' | openssl dgst -sha256 -hmac "$SECRET"
const TAG = 'bb4433ef421794e56ca1850e50a7c2fa6a3c1d5fc71232bd574e743468d6f655';
const key = secretFor(stripe, SECRET, { use: 'verify' });

test('a callback made by openssl', () => {
  const headers = { 'Stripe-Signature': `t=${NOW},v1=${TAG}` };
  const event = verify(stripe, { headers, body }, key, { now: NOW });
  expect(event.body).toEqual(body);
  expect(event.timestamp).toBe(NOW);
  expect(event.values).toEqual({ time: String(NOW) });
});

test('signs the same', () => {
  const signed = sign(stripe, { body }, secretFor(stripe, SECRET, { use: 'mac' }), { now: NOW });
  expect(signed.headers).toEqual([['Stripe-Signature', `t=${NOW},v1=${TAG}`]]);
});
