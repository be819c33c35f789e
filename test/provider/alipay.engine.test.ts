// Alipay's messages: the rules of what is signed, and each way in which it is not.
import { describe, expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../src/bytes/utf8.js';
import { createRing } from '../../src/key/ring.js';
import { importPrivateKey, importPublicKey } from '../../src/key/rsa.js';
import { rsaPkcs1Sha1 } from '../../src/primitive/legacy/rsa.js';
import { rsaPkcs1Sha256 } from '../../src/primitive/rsa.js';
import {
  alipayCall,
  alipayFields,
  alipayMessage,
  alipayMessageSha1,
  alipayNotify,
  alipayNotifySha1,
  alipayPage,
  alipayPageCall,
  alipayRequest,
  alipayResponse,
  alipayResponseSha1,
  alipayReturn,
  alipayReturnSha1,
} from '../../src/provider/alipay/index.js';
import { identify, type SchemeMessage, sign, textPairs, verify } from '../../src/scheme/index.js';
import { engineName, outcome } from '../vectors.js';
import { merchantJwk, sample } from './alipay-data.js';

const now = sample.now;
const key = importPublicKey(sample.publicKey, { alg: rsaPkcs1Sha256, use: 'verify' });
const sha1Key = importPublicKey(sample.publicKey, { alg: rsaPkcs1Sha1, use: 'verify' });
const named = importPublicKey(sample.publicKey, {
  alg: rsaPkcs1Sha256,
  use: 'verify',
  id: sample.certSn,
});
const FORM = ['form'] as const;
const NOTIFY = ['form', 'notifyId'] as const;
const METHOD = { method: 'alipay.trade.query' } as const;
const bodyOf = (text: string): SchemeMessage => ({ body: encodeUtf8(text) });

const notify = (message: SchemeMessage, keys: Parameters<typeof verify>[2] = key) =>
  verify(alipayNotify, message, keys as typeof key, { now, covers: NOTIFY });
const message = (given: SchemeMessage) => verify(alipayMessage, given, key, { now, covers: FORM });
const returned = (url: string) => verify(alipayReturn, { url }, key, { now, covers: FORM });
const response = (text: string, keys: Parameters<typeof verify>[2] = key) =>
  verify(alipayResponse, bodyOf(text), keys as typeof key, {
    now,
    settings: METHOD,
    covers: ['response'],
  });
const codeOf = (run: () => unknown) =>
  outcome(() => {
    run();
    return 'ok';
  });

describe('a notification', () => {
  test('is verified over its values, decoded once, empty ones with them', () => {
    const found = notify(bodyOf(sample.notify));
    expect(found).toMatchObject({ deliveryId: '2023111500222061320000000000000001' });
    expect(found.body).toBeUndefined();
    expect(found.relaxed).toEqual([]);
    const fields = alipayFields(found);
    expect(fields).toMatchObject({ subject: '雨伞 + 100% cover', body: '', total_amount: '19.90' });
    expect(fields['fund_bill_list']).toBe('[{"amount":"19.90","fundChannel":"ALIPAYACCOUNT"}]');
    // Neither was signed.
    expect(Object.keys(fields)).not.toContain('sign');
    expect(Object.keys(fields)).not.toContain('sign_type');
  });

  test('is of one rule, and never tried by the other', () => {
    expect(codeOf(() => notify(bodyOf(sample.notifySignsType)))).toBe('ERR_VERIFY_FAILED');
    expect(codeOf(() => message(bodyOf(sample.notifySignsType)))).toBe('ok');
    expect(codeOf(() => message(bodyOf(sample.notify)))).toBe('ERR_VERIFY_FAILED');
    expect(alipayFields(message(bodyOf(sample.message)))).toMatchObject({
      sign_type: 'RSA2',
      isv_ticket: '',
    });
  });

  test('does not choose its algorithm', () => {
    // The signature is that of SHA-1 and says so; it is right, and nobody asked for it.
    expect(codeOf(() => notify(bodyOf(sample.notifySha1)))).toBe('ERR_VERIFY_FAILED');
    const found = verify(alipayNotifySha1, bodyOf(sample.notifySha1), sha1Key, {
      now,
      covers: NOTIFY,
    });
    expect(found.strength).toBe('weak');
    expect(
      codeOf(() =>
        verify(alipayNotifySha1, bodyOf(sample.notify), sha1Key, { now, covers: NOTIFY }),
      ),
    ).toBe('ERR_VERIFY_FAILED');
    // What nobody signed may say what it likes.
    const other = sample.notify.replace('sign_type=RSA2', 'sign_type=RSA');
    expect(alipayFields(notify(bodyOf(other)))).toEqual(
      alipayFields(notify(bodyOf(sample.notify))),
    );
    expect(codeOf(() => notify(bodyOf(sample.notify), sha1Key))).toBe('ERR_KEY_UNKNOWN');
  });

  test.each([
    ['one pair more', `${sample.notify}&extra=1`, 'ERR_VERIFY_FAILED'],
    ['one pair less', sample.notify.replace('&version=1.0', ''), 'ERR_VERIFY_FAILED'],
    ['another amount', sample.notify.replace('19.90&', '0.01&'), 'ERR_VERIFY_FAILED'],
    ['a second amount', `${sample.notify}&total_amount=0.01`, 'ERR_FORM_DUPLICATE'],
    ['a second signature', `${sample.notify}&sign=AAAA`, 'ERR_FORM_DUPLICATE'],
    ['values decoded once before', decodeURIComponent(sample.notify), 'ERR_FORM'],
    [
      'quotes as HTML writes them',
      sample.notify.replaceAll('%22', '%26quot%3B'),
      'ERR_VERIFY_FAILED',
    ],
    ['an empty value that was not signed', sample.notifyEmptyDropped, 'ERR_VERIFY_FAILED'],
    ['an empty value left out', sample.notify.replace('&body=', ''), 'ERR_VERIFY_FAILED'],
    ['a signature without padding', sample.notify.replace('%3D%3D', ''), 'ERR_MESSAGE_FORM'],
    ['no signature', sample.notify.replace(/&sign=[^&]*/, ''), 'ERR_MESSAGE_MISSING'],
    ['an empty signature', sample.notify.replace(/&sign=[^&]*/, '&sign='), 'ERR_MESSAGE_MISSING'],
    ['no id', sample.notifyNoId, 'ERR_MESSAGE_MISSING'],
    ['nothing', '', 'ERR_MESSAGE_MISSING'],
    ['JSON in place of a form', '{"sign":"x"}', 'ERR_FORM'],
  ])('with %s is refused', (_what, text, code) => {
    expect(codeOf(() => notify(bodyOf(text)))).toBe(code);
  });

  test('in GBK is verified as it is, and decoded by the charset that was signed', () => {
    const found = notify(bodyOf(sample.notifyGbk));
    expect(() => textPairs(found.values.form)).toThrow(
      expect.objectContaining({ code: 'ERR_UTF8' }),
    );
    expect(alipayFields(found)).toMatchObject({ charset: 'GBK', subject: '雨伞 + 100% cover' });
    // A framework that read it as UTF-8 has destroyed it.
    const lost = new URLSearchParams(sample.notifyGbk).toString();
    expect(codeOf(() => notify(bodyOf(lost)))).toBe('ERR_VERIFY_FAILED');
  });

  test('has a charset that is known, and is of it', () => {
    const fieldsOf = (text: string) => codeOf(() => alipayFields(notify(bodyOf(text))));
    expect(fieldsOf(sample.notifyNoCharset)).toBe('ok');
    expect(fieldsOf(sample.notifyBig5)).toBe('ERR_MESSAGE_FORM');
    expect(fieldsOf(sample.notifyNotGbk)).toBe('ERR_MESSAGE_FORM');
    expect(fieldsOf(sample.notifyNotUtf8)).toBe('ERR_UTF8');
  });

  test('in GBK is refused by name where the platform has no GBK', () => {
    const found = notify(bodyOf(sample.notifyGbk));
    const { TextDecoder: whole } = globalThis;
    class Small extends whole {
      constructor(label?: string, options?: object) {
        if (label !== 'utf-8') throw new RangeError('small');
        super(label, options);
      }
    }
    globalThis.TextDecoder = Small;
    try {
      expect(codeOf(() => alipayFields(found))).toBe('ERR_UNSUPPORTED_ENGINE');
    } finally {
      globalThis.TextDecoder = whole;
    }
  });

  test('may read like another, and then its names tell', () => {
    // The bill moved into the value before it: the text is the same, and so is the signature.
    const bill = /fund_bill_list=[^&]*&/.exec(sample.notify)?.[0] ?? '';
    const moved = sample.notify
      .replace(bill, '')
      .replace('charset=utf-8', `charset=utf-8%26${bill.slice(0, -1).replace('=', '%3D')}`);
    const [whole, other] = [notify(bodyOf(sample.notify)), notify(bodyOf(moved))];
    const text = ({ values }: typeof whole) => textPairs(values.form).map((pair) => pair.join('='));
    expect(text(other).join('&')).toBe(text(whole).join('&'));
    expect(text(other)).toHaveLength(text(whole).length - 1);
  });

  test('names its certificate, or is tried with the keys given', () => {
    expect(identify(alipayNotify, bodyOf(sample.notifyOfCertificate)).keyId).toBe(sample.certSn);
    expect(identify(alipayNotify, bodyOf(sample.notify)).keyId).toBeUndefined();
    expect(notify(bodyOf(sample.notifyOfCertificate), named).keyId).toBe(sample.certSn);
    const ring = createRing([{ key: named, notAfter: now }, { key }]);
    expect(notify(bodyOf(sample.notifyOfCertificate), ring).keyId).toBe(sample.certSn);
    expect(codeOf(() => notify(bodyOf(sample.notifyOfCertificate), key))).toBe('ERR_KEY_UNKNOWN');
    expect(codeOf(() => notify(bodyOf(sample.notifyOfAnother), ring))).toBe('ERR_KEY_UNKNOWN');
    expect(codeOf(() => notify(bodyOf(sample.notify), ring))).toBe('ok');
    expect(codeOf(() => notify(bodyOf(sample.notify), [named, key, named]))).toBe(
      'ERR_KEY_AMBIGUOUS',
    );
    expect(codeOf(() => notify(bodyOf(sample.notify), []))).toBe('ERR_KEY_UNKNOWN');
  });

  test('is asked for by the names of what it binds', () => {
    const options = { now, covers: FORM } as never;
    expect(() => verify(alipayNotify, bodyOf(sample.notify), key, options)).toThrow(TypeError);
  });
});

test('messages and return_url by SHA-1 have schemes of their own', () => {
  const options = { now, covers: FORM };
  expect(verify(alipayMessageSha1, bodyOf(sample.messageSha1), sha1Key, options).strength).toBe(
    'weak',
  );
  expect(
    verify(alipayReturnSha1, { url: sample.returnSha1 }, sha1Key, options).values.form,
  ).not.toHaveLength(0);
  expect(codeOf(() => message(bodyOf(sample.messageSha1)))).toBe('ERR_VERIFY_FAILED');
  expect(codeOf(() => returned(sample.returnSha1))).toBe('ERR_VERIFY_FAILED');
});

test('a return_url is verified by its query', () => {
  expect(alipayFields(returned(sample.return))['subject']).toBe('雨伞 + 100% cover');
  expect(codeOf(() => returned(sample.return.replace('19.90&', '1.90&')))).toBe(
    'ERR_VERIFY_FAILED',
  );
  expect(codeOf(() => returned('https://shop.example/return'))).toBe('ERR_MESSAGE_MISSING');
  expect(codeOf(() => returned(`${sample.return}#top`))).toBe('ERR_MESSAGE_FORM');
});

describe('an answer', () => {
  const [, sent = ''] = /"sign":"([^"]*)"/.exec(sample.response) ?? [];

  test('is the text of its member as it was sent', () => {
    expect(response(sample.response).values.response).toBe(sample.content);
    const spaced = sample.response.replace('response":', 'response" :\n').replace(',"s', ' , "s');
    expect(response(spaced).values.response).toBe(sample.content);
    expect(response(sample.responseError).values.response).toContain('40002');
    expect(
      verify(alipayResponseSha1, bodyOf(sample.responseSha1), sha1Key, {
        now,
        settings: METHOD,
        covers: ['response'],
      }).strength,
    ).toBe('weak');
    expect(codeOf(() => response(sample.responseSha1))).toBe('ERR_VERIFY_FAILED');
  });

  test.each([
    ['parsed and written again', JSON.stringify(JSON.parse(sample.response)), 'ERR_VERIFY_FAILED'],
    ['with a space more', sample.response.replace('"code":', '"code": '), 'ERR_VERIFY_FAILED'],
    [
      'with its member twice',
      sample.response.replace(',"sign"', ',"alipay_trade_query_response":{},"sign"'),
      'ERR_JSON_DUPLICATE',
    ],
    [
      'with its member twice, once in escapes',
      sample.response.replace(',"sign"', ',"\\u0061lipay_trade_query_response":{},"sign"'),
      'ERR_JSON_DUPLICATE',
    ],
    [
      'with an error beside it',
      sample.response.replace(',"sign"', ',"error_response":{},"sign"'),
      'ERR_MESSAGE_DUPLICATE',
    ],
    [
      'to another call',
      sample.response.replace('trade_query', 'trade_refund'),
      'ERR_MESSAGE_MISSING',
    ],
    ['within another member', `{"x":${sample.response},"sign":"${sent}"}`, 'ERR_MESSAGE_MISSING'],
    ['without a signature', sample.response.replace(/,"sign":.*/, '}'), 'ERR_MESSAGE_MISSING'],
    [
      'with a number as its signature',
      sample.response.replace(/"sign":.*/, '"sign":1}'),
      'ERR_MESSAGE_FORM',
    ],
    ['that is no JSON', `<html>${sample.response}`, 'ERR_JSON'],
    ['of another certificate', sample.responseOfAnother, 'ERR_KEY_UNKNOWN'],
  ])('%s is refused', (_what, text, code) => {
    expect(codeOf(() => response(text))).toBe(code);
  });

  test('may have its signature twice nowhere', () => {
    const twice = sample.response.replace(/\}$/, `,"sign":"${sent}"}`);
    expect(codeOf(() => response(twice))).toBe('ERR_JSON_DUPLICATE');
  });

  test('in GBK is refused', () => {
    const octets = encodeUtf8(sample.response);
    octets.set([0xd6, 0xd0], octets.indexOf(0x7b, 2) + 3);
    expect(
      codeOf(() =>
        verify(alipayResponse, { body: octets }, key, {
          now,
          settings: METHOD,
          covers: ['response'],
        }),
      ),
    ).toBe('ERR_UTF8');
  });

  test('names its certificate, which is not signed and decides nothing', () => {
    expect(response(sample.responseOfCertificate, named).keyId).toBe(sample.certSn);
    expect(codeOf(() => response(sample.responseOfCertificate))).toBe('ERR_KEY_UNKNOWN');
    const without = sample.responseOfCertificate.replace(/,"alipay_cert_sn":"[0-9a-f]*"/, '');
    expect(response(without, named).values.response).toBe(sample.content);
  });

  test('is looked for by the name of the method, and nowhere else', () => {
    const by = (method: string) =>
      codeOf(() =>
        verify(alipayResponse, bodyOf(sample.response), key, {
          now,
          settings: { method },
          covers: ['response'],
        }),
      );
    expect(by('alipay.trade.query')).toBe('ok');
    for (const method of ['alipay.trade', 'alipay.trade.query\n', '__proto__', 'constructor']) {
      expect(by(method)).toBe('ERR_MESSAGE_MISSING');
    }
    expect(() => by('')).toThrow(TypeError);
  });
});

describe('a request', () => {
  const call = {
    gateway: 'https://openapi.alipay.com/gateway.do',
    appId: '2021000000000000',
    method: 'alipay.trade.query',
    bizContent: '{"out_trade_no":"1042","note":"雨 & 100%"}',
    fields: { notify_url: 'https://shop.example/alipay/notify', return_url: '' },
  };
  const merchant = () => importPrivateKey(merchantJwk(), { alg: rsaPkcs1Sha256, use: 'sign' });

  test('is made in the time of China, without what is empty', () => {
    const { url, body, method } = alipayCall(call, { now });
    expect(method).toBe('POST');
    expect(url).toBe('https://openapi.alipay.com/gateway.do?charset=utf-8');
    const pairs = [...new URLSearchParams(decodeUtf8(body))].map((pair) => pair.join('='));
    expect(pairs.toSorted((a, b) => (a < b ? -1 : 1)).join('&')).toBe(sample.call.text);
    expect(alipayPageCall(call, { now }).url).toBe(`${call.gateway}?${decodeUtf8(body)}`);
    // The days around a leap year's end, and the year 9999.
    const at = (time: number) =>
      new URLSearchParams(decodeUtf8(alipayCall(call, { now: time }).body)).get('timestamp');
    expect(at(1_709_135_999)).toBe('2024-02-28 23:59:59');
    expect(at(1_709_222_400)).toBe('2024-03-01 00:00:00');
    expect(at(0)).toBe('1970-01-01 08:00:00');
  });

  test('is signed as Alipay reads it', () => {
    if (engineName === 'noble') {
      expect(codeOf(merchant)).toBe('ERR_UNSUPPORTED_ENGINE');
      return;
    }
    const unsigned = alipayCall(call, { now });
    const signed = sign(alipayRequest, unsigned, merchant(), { now });
    const fields = new URLSearchParams(decodeUtf8(signed.body));
    expect(fields.get('sign')).toBe(sample.call.sign);
    expect(decodeUtf8(signed.body).startsWith(decodeUtf8(unsigned.body))).toBe(true);
    expect(signed.headers).toEqual(unsigned.headers);
    const page = sign(alipayPage, alipayPageCall(call, { now }), merchant(), { now });
    expect(new URL(page.url).searchParams.get('sign')).toBe(sample.call.sign);
  });

  test('is verified without what is empty, whichever way it was sent', () => {
    const { n = '', e = '' } = merchantJwk();
    const options = { alg: rsaPkcs1Sha256, use: 'verify' } as const;
    const publicKey = importPublicKey({ kty: 'RSA', n, e }, options);
    const { body } = alipayCall(call, { now });
    const text = `${decodeUtf8(body)}&return_url=&sign=${encodeURIComponent(sample.call.sign)}`;
    const given = { now, covers: FORM };
    expect(verify(alipayRequest, bodyOf(text), publicKey, given).values.form).toHaveLength(9);
    const url = `${call.gateway}?${text}`;
    expect(codeOf(() => verify(alipayPage, { url }, publicKey, given))).toBe('ok');
    const other = bodyOf(text.replace('sign_type=RSA2', 'sign_type=RSA'));
    expect(codeOf(() => verify(alipayRequest, other, publicKey, given))).toBe('ERR_VERIFY_FAILED');
  });

  test.each([
    ['a gateway without TLS', { gateway: 'http://openapi.alipay.com/gateway.do' }],
    ['a gateway with a query', { gateway: `${call.gateway}?charset=gbk` }],
    ['no application', { appId: undefined as never }],
    ['an empty application', { appId: '' }],
    ['no method', { method: undefined as never }],
    ['an empty method', { method: '' }],
    ['a signature', { fields: { sign: 'x' } }],
    ['another algorithm', { fields: { sign_type: 'RSA' } }],
    ['another charset', { fields: { charset: 'GBK' } }],
    ['a name that is none', { fields: { 'a&b': 'x' } }],
    ['a value that is no text', { fields: { notify_url: 1 as never } }],
    ['an option that is unknown', { biz_content: '{}' }],
  ])('with %s is a mistake', (_what, changed) => {
    expect(() => alipayCall({ ...call, ...changed }, { now })).toThrow(TypeError);
    expect(() => alipayPageCall({ ...call, ...changed }, { now })).toThrow(TypeError);
  });

  test('is made at a time in seconds', () => {
    for (const time of [Number.NaN, 1.5, Date.UTC(2023, 1), undefined as never]) {
      expect(() => alipayCall(call, { now: time })).toThrow();
    }
  });
});
