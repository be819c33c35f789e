// On every engine the same faults are found, by as many computations.
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../src/bytes/utf8.js';
import { importSecret } from '../../../src/key/secret.js';
import { hmacSha256 } from '../../../src/primitive/hmac.js';
import { stripe } from '../../../src/provider/stripe.js';
import { explain, SECRET_HOLDER } from '../../../src/scheme/explain/index.js';

const NOW = 1_700_000_000;
const SECRET = 'whsec_2f1d5c0e9b7a4433a1f0c6d8e5b4a392';
const SENT = '{"id":"evt_1","amount":100}';
// printf '1700000000.{"id":"evt_1","amount":100}' | openssl dgst -sha256 -hmac "$SECRET"
const TAG = 'bb4433ef421794e56ca1850e50a7c2fa6a3c1d5fc71232bd574e743468d6f655';

test.each([
  ['nothing', SENT, SECRET, NOW, []],
  ['a body indented', '{\n  "id": "evt_1",\n  "amount": 100\n}', SECRET, NOW, ['BODY_REINDENTED']],
  ['a line end behind the secret', SENT, `${SECRET}\n`, NOW, ['SECRET_BLANKS']],
  ['an old message', SENT, SECRET, NOW + 1000, ['TIME_OLD']],
  [
    'an old message and a line end behind the body',
    `${SENT}\n`,
    SECRET,
    NOW + 1000,
    ['BODY_NEWLINE_ADDED', 'TIME_OLD'],
  ],
] as const)('%s', (_, body, secret, now, codes) => {
  const key = importSecret(encodeUtf8(secret), {
    alg: hmacSha256,
    use: 'verify',
    encoding: 'raw',
  });
  const message = {
    headers: { 'Stripe-Signature': `t=${NOW},v1=${TAG}` },
    body: encodeUtf8(body),
  };
  const { faults, tried } = explain(stripe, message, key, { now, secretHolder: SECRET_HOLDER });
  expect(faults.map(({ code }) => code)).toEqual(codes);
  // Of a genuine message nothing is tried.
  expect(tried > 0).toBe(codes.length > 0);
});
