// alipay-sdk and this one: requests, answers, notifications by both rules, certificates, content.
import { createSign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as peers from '../../../bench/peers/providers.js';
import { utf8Of } from '../../../src/bytes/utf8.js';
import { importPrivateKey, importPublicKey } from '../../../src/key/rsa.js';
import { rsaPkcs1Sha256 } from '../../../src/primitive/rsa.js';
import {
  alipayCall,
  alipayCertSn,
  alipayMessage,
  alipayNotify,
  alipayPage,
  alipayPageCall,
  alipayRequest,
  alipayResponse,
  alipayReturn,
  alipayRootCertSn,
  decryptContent,
  encryptContent,
  importContentKey,
} from '../../../src/provider/alipay/index.js';
import { sign, verify } from '../../../src/scheme/index.js';
import { installed } from '../installed.js';
import { certify, codeOf, hasOpenssl, NOW, rsaPair } from './messages.js';

const METHOD = 'alipay.trade.query';
const ROOT = 'alipay_trade_query_response';
const GATEWAY = 'https://openapi.alipay.com/gateway.do';
const [merchant, platform] = [rsaPair(), rsaPair()];
const as = { alg: rsaPkcs1Sha256 };
const signs = importPrivateKey(merchant.privateKey, { ...as, use: 'sign' });
const verifies = importPublicKey(merchant.publicKey, { ...as, use: 'verify' });
const platformSigns = importPrivateKey(platform.privateKey, { ...as, use: 'sign' });
const platformVerifies = importPublicKey(platform.publicKey, { ...as, use: 'verify' });
const contentKey = Buffer.alloc(16, 7).toString('base64');
const config = {
  appId: '2021000000000001',
  privateKey: merchant.privateKey,
  encryptKey: contentKey,
};
const at = { now: NOW };

/** What a payer or a merchant writes. */
const CONTENTS = [
  { out_trade_no: '1', subject: 'plain' },
  { out_trade_no: '2', subject: 'a b&c=é+%2B "支付" 😀' },
  { out_trade_no: '3', subject: "~!*'()-._/:@\r\n" },
];
const FIELDS = CONTENTS.map(({ subject }) => ({
  notify_id: '2019081500222155624068450559358070',
  charset: 'utf-8',
  sign_type: 'RSA2',
  subject,
  total_amount: '1.10',
  fund_bill_list: '[{"amount":"1.10","fundChannel":"ALIPAYACCOUNT"}]',
  empty: '',
}));

function formOf(fields: Readonly<Record<string, string>>): string {
  return new URLSearchParams(fields).toString();
}

function fieldsOf(form: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(form));
}

const peer = await installed('alipay-sdk', peers.alipay());
const app = peer?.({ ...config, alipayPublicKey: platform.publicKey });
// The other side: what it signs the first one receives.
const gateway = peer?.({ ...config, privateKey: platform.privateKey });

describe.runIf(peer !== undefined)('alipay-sdk, where it is installed,', () => {
  test.each(CONTENTS)('signs requests and is verified here: $subject', (bizContent) => {
    const given = { bizContent, notifyUrl: 'https://shop.example/n?a=1&b=%2B' };
    const order = app?.orderText(METHOD, given) ?? '';
    const received = (form: string) =>
      codeOf(() =>
        verify(alipayRequest, { body: utf8Of(form) }, verifies, { ...at, covers: ['form'] }),
      );
    expect(received(order)).toBeUndefined();
    expect(received(formOf({ ...fieldsOf(order), app_id: '1' }))).toBe('ERR_VERIFY_FAILED');
    expect(received(formOf({ ...fieldsOf(order), sign_type: 'RSA' }))).toBe('ERR_VERIFY_FAILED');
    expect(received(`${order}&more=1`)).toBe('ERR_VERIFY_FAILED');
    const url = app?.pageUrl('alipay.trade.page.pay', given) ?? '';
    const opened = (to: string) =>
      codeOf(() => verify(alipayPage, { url: to }, verifies, { ...at, covers: ['form'] }));
    expect(opened(url)).toBeUndefined();
    expect(opened(url.replace('alipay.trade.page.pay', 'alipay.trade.page.paid'))).toBe(
      'ERR_VERIFY_FAILED',
    );
  });

  test.each(CONTENTS)('signs what is signed here, octet for octet: $subject', (bizContent) => {
    const call = {
      gateway: GATEWAY,
      appId: config.appId,
      method: METHOD,
      bizContent: JSON.stringify(bizContent),
      fields: { notify_url: 'https://shop.example/n?a=1&b=%2B' },
    };
    const made = sign(alipayRequest, alipayCall(call, at), signs, at);
    const ours = fieldsOf(new TextDecoder().decode(made.body));
    const page = sign(alipayPage, alipayPageCall(call, at), signs, at);
    expect(fieldsOf(new URL(page.url).search)).toEqual(ours);
    const given = { bizContent, notifyUrl: call.fields.notify_url, timestamp: ours['timestamp'] };
    const theirs = fieldsOf(app?.orderText(METHOD, given) ?? '');
    // They leave the format out, whose one value is JSON.
    expect({ ...theirs, format: 'JSON', sign: ours['sign'] }).toEqual(ours);
    const { sign: _, ...unsigned } = theirs;
    const again = sign(alipayRequest, { body: utf8Of(formOf(unsigned)) }, signs, at);
    expect(fieldsOf(new TextDecoder().decode(again.body))).toEqual(theirs);
  });

  test.each(FIELDS)('takes notifications that are signed here: $subject', (fields) => {
    const body = utf8Of(formOf(fields));
    for (const scheme of [alipayNotify, alipayMessage]) {
      const made = sign(scheme, { body }, platformSigns, at);
      const sent = fieldsOf(new TextDecoder().decode(made.body));
      // It tries both rules, so that it takes either for the other.
      expect(app?.verifyNotifyV2(sent)).toBe(true);
      expect(app?.verifyNotifyV2({ ...sent, total_amount: '9.10' })).toBe(false);
      expect(app?.verifyNotifyV2({ ...sent, more: '1' })).toBe(false);
      expect(gateway?.verifyNotifyV2(sent)).toBe(false);
      // Here a message of one rule is none of the other.
      const isNotify = scheme === alipayNotify;
      const notified = codeOf(() =>
        verify(alipayNotify, made, platformVerifies, { ...at, covers: ['form', 'notifyId'] }),
      );
      const messaged = codeOf(() =>
        verify(alipayMessage, made, platformVerifies, { ...at, covers: ['form'] }),
      );
      expect([notified, messaged]).toEqual(
        isNotify ? [undefined, 'ERR_VERIFY_FAILED'] : ['ERR_VERIFY_FAILED', undefined],
      );
    }
    const url = `https://shop.example/return?${formOf(fields)}`;
    const returned = sign(alipayReturn, { url }, platformSigns, at);
    const sent = fieldsOf(new URL(returned.url).search);
    expect(app?.verifyNotifyV2(sent)).toBe(true);
    expect(app?.verifyNotifyV2({ ...sent, total_amount: '9.10' })).toBe(false);
  });

  test('decodes a notification a second time in its older check, and here once', () => {
    const [, fields] = FIELDS;
    if (fields === undefined) throw new Error('no fields');
    const read = (subject: string) => {
      const given = { ...fields, subject };
      const made = sign(alipayNotify, { body: utf8Of(formOf(given)) }, platformSigns, at);
      return fieldsOf(new TextDecoder().decode(made.body));
    };
    expect(app?.verifyNotify(read('plain'))).toBe(true);
    expect(app?.verifyNotify(read('a%2Bb'))).toBe(false);
    expect(() => app?.verifyNotify(read('100%'))).toThrow(URIError);
    expect(app?.verifyNotifyV2(read('a%2Bb'))).toBe(true);
  });

  test('what it signs as a request verifies here as a message, whose rule it is', () => {
    for (const bizContent of CONTENTS) {
      const order = gateway?.orderText(METHOD, { bizContent }) ?? '';
      const message = { body: utf8Of(order) };
      const options = { ...at, covers: ['form'] } as const;
      expect(
        codeOf(() => verify(alipayMessage, message, platformVerifies, options)),
      ).toBeUndefined();
      expect(codeOf(() => verify(alipayMessage, message, verifies, options))).toBe(
        'ERR_VERIFY_FAILED',
      );
    }
  });

  const answers = [
    '{"code":"10000","msg":"Success","trade_no":"1"}',
    '{"code":"10000","msg":"S{}[] \\"é\\" \\u00e9 支付","a":{"b":[1.10,"/","\\/"]}}',
    '{ "code" : "10000" , "n":12345678901234567890 }',
  ];
  const options = { ...at, settings: { method: METHOD }, covers: ['response'] } as const;

  test.each(answers)('takes answers that are signed here: %s', async (inner) => {
    const text = (signed: string): string => `{"${ROOT}":${signed}}`;
    const made = sign(alipayResponse, { body: utf8Of(text(inner)) }, platformSigns, {
      ...at,
      settings: { method: METHOD },
    });
    const body = new TextDecoder().decode(made.body);
    const { sign: signature } = JSON.parse(body) as { sign: string };
    const other = body.replace('10000', '20000');
    expect(app?.verifyResponse(body, ROOT, signature)).toBe(true);
    expect(app?.verifyResponse(other, ROOT, signature)).toBe(false);
    const requests: (string | undefined)[] = [];
    const exchange = (answer: string): Promise<boolean> | undefined =>
      app?.exchange(METHOD, { bizContent: CONTENTS[1] }, ({ url, body: sent }) => {
        const query = new URL(url, GATEWAY).search.slice(1);
        const form = [query, sent.toString()].filter((part) => part !== '').join('&');
        requests.push(
          codeOf(() =>
            verify(alipayRequest, { body: utf8Of(form) }, verifies, { ...at, covers: ['form'] }),
          ),
        );
        return { headers: { 'Content-Type': 'text/html;charset=utf-8' }, body: answer };
      });
    expect(await exchange(body)).toBe(true);
    expect(await exchange(other)).toBe(false);
    expect(requests).toEqual([undefined, undefined]);
  });

  test.each(answers)('answers are verified here and there alike: %s', (inner) => {
    const signature = createSign('sha256').update(inner).sign(platform.privateKey, 'base64');
    const text = (signed: string): string => `{"${ROOT}":${signed},"sign":"${signature}"}`;
    const received = (given: string) =>
      codeOf(() => verify(alipayResponse, { body: utf8Of(given) }, platformVerifies, options));
    expect(app?.verifyResponse(text(inner), ROOT, signature)).toBe(true);
    expect(received(text(inner))).toBeUndefined();
    expect(received(text(inner.replace('10000', '20000')))).toBe('ERR_VERIFY_FAILED');
  });

  test.each(CONTENTS)('content goes both ways: $subject', (bizContent) => {
    const key = importContentKey(contentKey);
    const plaintext = JSON.stringify(bizContent);
    expect(app?.decrypt(encryptContent(plaintext, key))).toBe(plaintext);
    const order = fieldsOf(app?.orderText(METHOD, { needEncrypt: true, bizContent }) ?? '');
    expect(order['biz_content']).toBe(encryptContent(plaintext, key));
    const body = utf8Of(`{"${ROOT}":"${order['biz_content'] ?? ''}"}`);
    const made = sign(alipayResponse, { body }, platformSigns, {
      ...at,
      settings: { method: METHOD },
    });
    const answer = verify(alipayResponse, made, platformVerifies, options);
    expect(decryptContent(answer, key).json).toEqual(bizContent);
    const other = importContentKey(Buffer.alloc(16, 8).toString('base64'));
    expect(codeOf(() => decryptContent(answer, other))).toBe('ERR_DECRYPT_FAILED');
  });

  test.runIf(hasOpenssl)('names certificates as they are named here', () => {
    const [own, theirs] = [
      certify(merchant.privateKey, 'own'),
      certify(platform.privateKey, 'b c'),
    ];
    const roots = `${theirs.pem}\n${own.pem}`;
    const certified = peer?.({
      ...config,
      appCertContent: own.pem,
      alipayPublicCertContent: theirs.pem,
      alipayRootCertContent: roots,
    });
    expect(certified?.serials).toEqual({
      app: alipayCertSn(own.pem),
      alipay: alipayCertSn(theirs.pem),
      root: alipayRootCertSn(roots),
    });
  });
});
