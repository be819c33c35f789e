/**
 * Samples of `countersign/provider/paypal`.
 *
 * @module
 */
import { paypal } from '../../provider/paypal.js';
import { post, type Sample } from './sample.js';

export const samples: readonly Sample[] = [
  {
    scheme: paypal,
    message: /* @__PURE__ */ post(
      'https://shop.example/hooks/paypal',
      '{"id":"WH-0EXAMPLE-1","event_version":"1.0","create_time":"2023-11-14T22:13:20.000Z",' +
        '"resource_type":"capture","event_type":"PAYMENT.CAPTURE.COMPLETED",' +
        '"resource":{"id":"0EXAMPLE","amount":{"currency_code":"EUR","value":"19.90"},"final_capture":true}}',
    ),
    values: {
      id: '7f0a9b36-c6d0-11f1-a8c9-0242ac120002',
      certUrl: 'https://api.paypal.com/v1/notifications/certs/CERT-0example-1',
    },
    settings: { webhookId: '1JE4291016473214C' },
    note: 'a capture',
  },
];
