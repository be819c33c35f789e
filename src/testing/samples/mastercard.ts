/**
 * Samples of `countersign/provider/mastercard`.
 *
 * @module
 */
import { mastercard } from '../../provider/mastercard.js';
import { post, type Sample } from './sample.js';

const KEY_ID = 'QR5xT0example!a1b2c3d4e5f6';

export const samples: readonly Sample[] = [
  {
    scheme: mastercard,
    message: /* @__PURE__ */ post(
      'https://sandbox.api.mastercard.example/send/v1/partners/ptnr_1/transfers?Format=JSON&limit=10',
      '{"transfer_reference":"1042","payment_type":"P2P","amount":"4999","currency":"EUR"}',
    ),
    keyId: KEY_ID,
    note: 'a transfer, with a query',
  },
  {
    scheme: mastercard,
    message: {
      method: 'GET',
      url: 'https://sandbox.api.mastercard.example/merchants?name=GOOGLE%20LTD%40EXAMPLE',
    },
    keyId: KEY_ID,
    note: 'no body, whose digest is signed all the same',
  },
];
