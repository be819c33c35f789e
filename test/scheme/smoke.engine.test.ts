import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/bytes/utf8.js';
import { github } from '../../src/provider/github.js';
import { slack } from '../../src/provider/slack.js';
import {
  importWebhookPrivateKey,
  importWebhookPublicKey,
  standardWebhooks,
  standardWebhooksAsymmetric,
} from '../../src/provider/standard-webhooks.js';
import { secretFor, sign, verify } from '../../src/scheme/index.js';

const NOW = 1_700_000_000;
const body = encodeUtf8('{"id":"evt_1","amount":100}');

test('round trips', () => {
  for (const scheme of [github, slack] as const) {
    const secret = 'a-secret-of-thirty-two-characters';
    const signed = sign(scheme, { body }, secretFor(scheme, secret, { use: 'mac' }), { now: NOW });
    expect(
      verify(scheme, signed, secretFor(scheme, secret, { use: 'verify' }), { now: NOW }).body,
    ).toEqual(body);
  }
  const secret = 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=';
  const signed = sign(
    standardWebhooks,
    { body },
    secretFor(standardWebhooks, secret, { use: 'mac' }),
    { now: NOW, values: { id: 'msg_1' } },
  );
  expect(
    verify(standardWebhooks, signed, secretFor(standardWebhooks, secret, { use: 'verify' }), {
      now: NOW,
    }).deliveryId,
  ).toBe('msg_1');
  void importWebhookPrivateKey;
  void importWebhookPublicKey;
  void standardWebhooksAsymmetric;
});
