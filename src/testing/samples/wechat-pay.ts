/**
 * Samples of `countersign/provider/wechat-pay`.
 *
 * @module
 */
import {
  wechatPayCallback,
  wechatPayRequest,
  wechatPayResponse,
  wechatPayStatement,
} from '../../provider/wechat-pay/index.js';
import { post, type Sample } from './sample.js';

const SERIAL = '5C6D7E8F901234567A1B2C3D4E5F60718293A4B5';

export const samples: readonly Sample[] = [
  {
    scheme: wechatPayCallback,
    message: /* @__PURE__ */ post(
      'https://shop.example/hooks/wechat-pay',
      '{"id":"EV-2018022511223320873","create_time":"2023-11-15T06:13:20+08:00",' +
        '"resource_type":"encrypt-resource","event_type":"TRANSACTION.SUCCESS","summary":"支付成功",' +
        '"resource":{"algorithm":"AEAD_AES_256_GCM","original_type":"transaction","nonce":"0123456789ab",' +
        '"associated_data":"transaction","ciphertext":"nobodyOpensThisSampleXX=="}}',
    ),
    keyId: SERIAL,
    note: 'a payment, by a platform certificate',
  },
  {
    scheme: wechatPayCallback,
    message: /* @__PURE__ */ post('https://shop.example/hooks/wechat-pay', '{"id":"EV-2"}'),
    keyId: 'PUB_KEY_ID_0112345678902024110100382100000001',
    note: 'the same by a public key',
  },
  {
    scheme: wechatPayResponse,
    message: /* @__PURE__ */ post(
      'https://api.example/',
      '{"prepay_id":"wx201410272009395522657a"}',
    ),
    keyId: SERIAL,
    note: 'an order that was taken',
  },
  {
    scheme: wechatPayRequest,
    message: /* @__PURE__ */ post(
      'https://api.mch.weixin.qq.com/v3/pay/transactions/jsapi?note=%E6%94%AF',
      '{"appid":"wx0000000000000001","mchid":"1900000001","amount":{"total":100,"currency":"CNY"}}',
    ),
    values: { mchid: '1900000001' },
    keyId: SERIAL,
    note: 'an order, with a query',
  },
  {
    scheme: wechatPayRequest,
    message: { method: 'GET', url: 'https://api.mch.weixin.qq.com/v3/certificates' },
    values: { mchid: '1900000001' },
    keyId: SERIAL,
    note: 'no body',
  },
  {
    scheme: wechatPayStatement,
    message: /* @__PURE__ */ post('https://api.example/', 'Transaction time,Amount\n'),
    values: { sha1: '4b6e9cc5a13b0e9859712f07562bf7fb370a39d1' },
    keyId: SERIAL,
    note: 'a statement, whose digest is signed alone',
  },
];
