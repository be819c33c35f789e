/**
 * Samples of `countersign/provider/adyen`.
 *
 * @module
 */
import { adyenBody, adyenItem } from '../../provider/adyen.js';
import { post, type Sample } from './sample.js';

export const samples: readonly Sample[] = [
  {
    scheme: adyenItem,
    message: /* @__PURE__ */ post(
      'https://shop.example/hooks/adyen',
      '{"additionalData":{"expiryDate":"12/2029"},"eventDate":"2023-11-14T22:13:20+01:00",' +
        '"paymentMethod":"visa","reason":"012345:1111:12/2029"}',
    ),
    values: {
      pspReference: '0EXAMPLE10681324',
      merchantAccountCode: 'ShopEU',
      merchantReference: 'order: 1042',
      value: '1990',
      currency: 'EUR',
      eventCode: 'AUTHORISATION',
      success: 'true',
    },
    note: 'an authorisation',
  },
  {
    scheme: adyenItem,
    message: /* @__PURE__ */ post(
      'https://shop.example/hooks/adyen',
      '{"additionalData":{"bookingDate":"2023-11-15"},"reason":""}',
    ),
    values: {
      pspReference: '0EXAMPLE10681325',
      originalReference: '0EXAMPLE10681324',
      merchantAccountCode: 'ShopEU',
      eventCode: 'REFUND',
      success: 'true',
    },
    note: 'a refund, without some of the fields',
  },
  {
    scheme: adyenBody,
    message: /* @__PURE__ */ post(
      'https://shop.example/hooks/adyen-platform',
      '{"type":"balancePlatform.transfer.created","environment":"test","data":{"id":"0EXAMPLE",' +
        '"amount":{"currency":"EUR","value":1990},"description":"caf\u00e9"}}',
    ),
    note: 'a transfer',
  },
];
