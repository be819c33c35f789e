/**
 * Samples of `countersign/provider/standard-webhooks`.
 *
 * @module
 */
import {
  standardWebhooks,
  standardWebhooksAsymmetric,
  svix,
  svixAsymmetric,
} from '../../provider/standard-webhooks.js';
import { post, type Sample } from './sample.js';

const schemes = [standardWebhooks, svix, standardWebhooksAsymmetric, svixAsymmetric] as const;

export const samples: readonly Sample[] = /* @__PURE__ */ schemes.map((scheme) => ({
  scheme,
  message: post(
    'https://shop.example/hooks',
    '{"type":"invoice.paid","timestamp":"2023-11-14T22:13:20.000Z",' +
      '"data":{"invoice":"in_1042","amount":"19.90","currency":"EUR","note":"caf\u00e9"}}',
  ),
  values: { id: 'msg_2Example0000000000000' },
  note: 'an event',
}));
