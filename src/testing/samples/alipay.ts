/**
 * Samples of `countersign/provider/alipay`.
 *
 * @module
 */
import {
  alipayMessage,
  alipayNotify,
  alipayPage,
  alipayRequest,
  alipayResponse,
  alipayReturn,
} from '../../provider/alipay/index.js';
import { post, type Sample } from './sample.js';

const CALL =
  'app_id=2021000000000000&method=alipay.trade.query&format=JSON&charset=utf-8&sign_type=RSA2' +
  '&timestamp=2023-11-15+06%3A13%3A20&version=1.0';

export const samples: readonly Sample[] = [
  {
    scheme: alipayRequest,
    message: /* @__PURE__ */ post(
      'https://openapi.alipay.com/gateway.do?charset=utf-8',
      `${CALL}&biz_content=%7B%22out_trade_no%22%3A%221042%22%7D`,
    ),
    note: 'a query of a trade',
  },
  {
    scheme: alipayPage,
    message: {
      method: 'GET',
      url: `https://openapi.alipay.com/gateway.do?${CALL.replace('query', 'page.pay')}&biz_content=%7B%22out_trade_no%22%3A%221042%22%2C%22total_amount%22%3A%2219.90%22%2C%22product_code%22%3A%22FAST_INSTANT_TRADE_PAY%22%7D`,
    },
    note: 'the page that a payer goes to',
  },
  {
    scheme: alipayResponse,
    message: /* @__PURE__ */ post(
      'https://openapi.alipay.com/gateway.do?charset=utf-8',
      '{"alipay_trade_query_response":{"code":"10000","msg":"Success","out_trade_no":"1042",' +
        '"trade_no":"2023111522000000000000000001","trade_status":"TRADE_SUCCESS","total_amount":"19.90",' +
        '"subject":"\u96e8\u4f1e \\/ umbrella"}}',
    ),
    settings: { method: 'alipay.trade.query' },
    note: 'the answer to a query',
  },
  {
    scheme: alipayNotify,
    message: /* @__PURE__ */ post(
      'https://shop.example/alipay/notify',
      'gmt_create=2023-11-15+06%3A12%3A58&charset=utf-8&subject=%E9%9B%A8%E4%BC%9E+%2B+cover&body=' +
        '&fund_bill_list=%5B%7B%22amount%22%3A%2219.90%22%2C%22fundChannel%22%3A%22ALIPAYACCOUNT%22%7D%5D' +
        '&notify_id=2023111500222061320000000000000001&notify_type=trade_status_sync&trade_status=TRADE_SUCCESS' +
        '&app_id=2021000000000000&seller_id=2088000000000000&out_trade_no=1042&total_amount=19.90' +
        '&sign_type=RSA2&version=1.0',
    ),
    note: 'a notification of a trade, with an empty value',
  },
  {
    scheme: alipayMessage,
    message: /* @__PURE__ */ post(
      'https://shop.example/alipay/gateway',
      'app_id=2021000000000000&charset=UTF-8&commodity_order_id=2023111500000000000001&isv_ticket=' +
        '&method=alipay.open.servicemarket.order.notify&notify_id=2023111500222061320000000000000002' +
        '&notify_type=servicemarket_order_notify&order_item_num=1&sign_type=RSA2' +
        '&timestamp=2023-11-15+06%3A13%3A20&version=1.0',
    ),
    note: 'an order of the service market',
  },
  {
    scheme: alipayReturn,
    message: {
      method: 'GET',
      url: 'https://shop.example/return?charset=utf-8&out_trade_no=1042&method=alipay.trade.page.pay.return&total_amount=19.90&trade_no=2023111522000000000000000001&auth_app_id=2021000000000000&version=1.0&app_id=2021000000000000&sign_type=RSA2&seller_id=2088000000000000&timestamp=2023-11-15+06%3A13%3A20',
    },
    note: 'a payer who comes back',
  },
];
