// @ts-check
// A provider that joins its values with nothing between them: orders 12 and 1 of payments 3 and 23 are
// one text. Such a scheme can be described, but not by accident: it says why, and shows two messages.
import { hmacSha256 } from 'countersign/alg/hmac';
import { encodeUtf8 } from 'countersign/bytes';
import { describeScheme, secretFor, sign, verify } from 'countersign/scheme';
import {
  anyKey,
  base64,
  body,
  defineScheme,
  header,
  slot,
  utf8Secret,
} from 'countersign/scheme/define';

const messages = /** @type {const} */ ([messageOf('12', '3'), messageOf('1', '23')]);
const glued = defineScheme({
  id: 'glued',
  version: 1,
  title: 'A provider that joins its values',
  direction: 'callback',
  slots: {
    order: header('X-Order'),
    payment: header('X-Payment'),
    signature: header('X-Signature'),
  },
  message: [slot('order'), slot('payment'), '\n', body],
  algs: [hmacSha256],
  keys: anyKey,
  secret: utf8Secret,
  signature: { slot: 'signature', encoding: base64 },
  covers: { order: 'whole', payment: 'whole', body: 'whole' },
  freshness: 'none',
  // Without it: `message: expected to see where order ends`. Where a provider lets you choose, say
  // what an order may hold, `header('X-Order', digits)`, and put a character behind it that it lacks.
  ambiguous: {
    why: 'nothing stands between the order and the payment',
    example: () => messages,
  },
});

const now = 1_800_000_000;
const secret = 'a-secret-that-nobody-guesses';
const sent = sign(glued, { body: encodeUtf8('{}') }, secretFor(glued, secret, { use: 'mac' }), {
  now,
  values: { order: '12', payment: '3' },
});
const signature = new Map(sent.headers).get('X-Signature') ?? '';
console.log(describeScheme(glued).ambiguous);
// A signature of one message verifies the other: compare what the values say with your own order.
for (const { headers, body: octets } of messages) {
  const other = { headers: { ...headers, 'X-Signature': signature }, body: octets };
  const key = secretFor(glued, secret, { use: 'verify' });
  const { values } = verify(glued, other, key, { now });
  console.log(`order ${values.order}, payment ${values.payment}`);
}

/**
 * @param {string} order
 * @param {string} payment
 */
function messageOf(order, payment) {
  return { headers: { 'X-Order': order, 'X-Payment': payment }, body: encodeUtf8('{}') };
}
