/**
 * Samples of `countersign/provider/stripe`.
 *
 * @module
 */
import { stripe } from '../../provider/stripe.js';
import { post, type Sample } from './sample.js';

export const samples: readonly Sample[] = [
  {
    scheme: stripe,
    message: /* @__PURE__ */ post(
      'https://shop.example/hooks/stripe',
      '{\n  "id": "evt_0Example",\n  "object": "event",\n  "created": 1700000000,\n' +
        '  "type": "payment_intent.succeeded",\n  "livemode": false,\n  "data": {\n    "object": {\n' +
        '      "id": "pi_0Example",\n      "amount": 4200,\n      "currency": "eur",\n' +
        '      "description": "Caf\u00e9"\n    }\n  }\n}',
    ),
    note: 'an event, indented, as Stripe sends it',
  },
];
