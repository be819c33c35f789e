// @ts-check
// Standard Webhooks with a pair of keys, v1a: the receiver has public keys alone, `whpk_…`, which
// nobody can sign with. While the sender changes its key a callback carries a signature by each.
// With a shared secret, v1: standardWebhooks, and secretFor(standardWebhooks, 'whsec_…', { use }).
import { encodeUtf8 } from 'countersign/bytes';
import { CountersignError } from 'countersign/errors';
import {
  importWebhookPrivateKey,
  importWebhookPublicKey,
  standardWebhooksAsymmetric,
} from 'countersign/provider/standard-webhooks';
import { sign, verifyJson } from 'countersign/scheme';

// The sender hands out the next key before it signs with it: give both, two at most, in any order.
const old = importWebhookPublicKey('whpk_XUQiD1MmCZFFSqUUPlHMPg78RykcpZl4UlM05sXfR3U=', {
  id: '2025',
});
const next = importWebhookPublicKey('whpk_LM+v8J7prdGlphpIOZn1GpQTg1pWYfQk8sAhAJOhY1Q=', {
  id: '2026',
});

/**
 * What a receiver does.
 * @param {import('countersign/scheme').SchemeMessage} message
 * @param {readonly ReturnType<typeof importWebhookPublicKey>[]} keys
 * @param {number} now seconds since 1970
 */
function receive(message, keys, now) {
  try {
    const event = verifyJson(standardWebhooksAsymmetric, message, keys, { now });
    // A retry keeps the id and has a new time: keep the ids that were handled.
    return `${event.deliveryId} by ${event.keyId}: ${JSON.stringify(event.json)}`;
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
}

// What the sender does, so that this file runs by itself: whsk_… is its private key.
const oldSigner = importWebhookPrivateKey(
  'whsk_mmQd2GysAUwVba0pK+ru4vG86ftN8a82BDvCc3yr/dBdRCIPUyYJkUVKpRQ+Ucw+DvxHKRylmXhSUzTmxd9HdQ==',
);
const nextSigner = importWebhookPrivateKey(
  'whsk_mKXOTGx2EvQNgAi4i/phHnSxfPEpkRG7ICRkE1C1apAsz6/wnumt0aWmGkg5mfUalBODWlZh9CTywCEAk6FjVA==',
);
const now = Math.floor(Date.now() / 1000);
const draft = { body: encodeUtf8('{"type":"invoice.paid"}') };
const options = { now, values: { id: 'msg_1' } };
const before = sign(standardWebhooksAsymmetric, draft, oldSigner, options);
const during = sign(standardWebhooksAsymmetric, draft, [oldSigner, nextSigner], options);
const behind = sign(standardWebhooksAsymmetric, draft, nextSigner, options);
const changed = encodeUtf8('{"type":"invoice.void"}');

show('before', receive(before, [old], now), 'msg_1 by 2025: {"type":"invoice.paid"}');
show(
  'both, with the old key',
  receive(during, [old], now),
  'msg_1 by 2025: {"type":"invoice.paid"}',
);
show(
  'both, with the next key',
  receive(during, [next], now),
  'msg_1 by 2026: {"type":"invoice.paid"}',
);
show('afterwards', receive(behind, [old, next], now), 'msg_1 by 2026: {"type":"invoice.paid"}');
show('the old key is gone', receive(before, [next], now), 'ERR_VERIFY_FAILED');
show('another body', receive({ ...during, body: changed }, [old, next], now), 'ERR_VERIFY_FAILED');

/**
 * @param {string} what
 * @param {string} found
 * @param {string} expected
 */
function show(what, found, expected) {
  console.log(`${what.padEnd(24)} ${found}`);
  if (found !== expected) process.exitCode = 1;
}
