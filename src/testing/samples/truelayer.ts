/**
 * Samples of `countersign/provider/truelayer`.
 *
 * @module
 */
import { truelayerRequest, truelayerWebhook } from '../../provider/truelayer.js';
import { post, type Sample } from './sample.js';

export const samples: readonly Sample[] = [
  {
    scheme: truelayerRequest,
    message: /* @__PURE__ */ post(
      'https://api.truelayer.example/payouts',
      '{"merchant_account_id":"4a3a1f0e","amount_in_minor":4999,"currency":"GBP"}',
    ),
    values: { idempotencyKey: '619410b3-7f1e-4c0e-9d53-2f63f3a5b8aa' },
    keyId: '7c1f4f0a-2b8a-4a2e-8f5e-6a1f8a0f0b11',
    note: 'a payout',
  },
  {
    scheme: truelayerWebhook,
    message: /* @__PURE__ */ post(
      'https://shop.example/hooks/truelayer',
      '{"type":"payment_executed","event_version":1,"event_id":"b8d4dda0","payment_id":"60c60a60"}',
    ),
    keyId: '1fc0e59f-b835-47ca-99a9-1a7d2f4e6c90',
    note: 'a payment was executed',
  },
];
