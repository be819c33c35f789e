// Adyen: items with their own signatures, all or none, and where a colon may stand.
import { describe, expect, test } from 'vitest';
import { utf8Of } from '../../src/bytes/utf8.js';
import { adyenBody, adyenItem, verifyAdyenNotification } from '../../src/provider/adyen.js';
import { secretFor, sign, verify } from '../../src/scheme/index.js';

const NOW = 1_700_000_000;
const SECRET = '0F1E2D3C4B5A69788796A5B4C3D2E1F00F1E2D3C4B5A69788796A5B4C3D2E1F0';
const key = secretFor(adyenItem, SECRET, { use: 'verify' });
const signer = secretFor(adyenItem, SECRET, { use: 'mac' });
const covers = [
  'pspReference',
  'originalReference',
  'merchantAccountCode',
  'merchantReference',
  'value',
  'currency',
  'eventCode',
  'success',
] as const;
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

// printf '8835511210681324::ShopEU:order 1042: café:1990:EUR:AUTHORISATION:true' |
//   openssl dgst -sha256 -mac HMAC -macopt hexkey:$SECRET -binary | base64
const payment = {
  additionalData: {
    expiryDate: '12/2029',
    hmacSignature: 'bkWEj0JoG1Iz1Sbm42irEYV2BhxAIjfR654RNfouwF8=',
  },
  amount: { currency: 'EUR', value: 1990 },
  eventCode: 'AUTHORISATION',
  eventDate: '2026-11-21T12:00:00+01:00',
  merchantAccountCode: 'ShopEU',
  merchantReference: 'order 1042: café',
  paymentMethod: 'visa',
  pspReference: '8835511210681324',
  reason: '012345:1111:12/2029',
  success: 'true',
};
// printf '8835511210681325:8835511210681324:ShopEU::::REFUND:true' | the same
const refund = {
  additionalData: { hmacSignature: 'sYftcwr29ankLlHbu4WWGfNQ7dZmnZbhk+FB98hkqVo=' },
  eventCode: 'REFUND',
  merchantAccountCode: 'ShopEU',
  originalReference: '8835511210681324',
  pspReference: '8835511210681325',
  success: 'true',
};
const notification = (...items: unknown[]) =>
  utf8Of(
    JSON.stringify(
      { live: 'false', notificationItems: items.map((of) => ({ NotificationRequestItem: of })) },
      undefined,
      2,
    ),
  );
const read = (...items: unknown[]) =>
  verifyAdyenNotification(notification(...items), key, { now: NOW });
const readItem = (item: unknown) =>
  verify(adyenItem, { body: utf8Of(JSON.stringify(item)) }, key, { now: NOW, covers });

describe('an item that openssl signed', () => {
  test('gives the eight fields', () => {
    const item = readItem(payment);
    expect(item.values).toEqual({
      pspReference: '8835511210681324',
      originalReference: '',
      merchantAccountCode: 'ShopEU',
      merchantReference: 'order 1042: café',
      value: '1990',
      currency: 'EUR',
      eventCode: 'AUTHORISATION',
      success: 'true',
    });
    expect(item.body).toBeUndefined();
  });

  test('may lack some of them, which is as if they were empty', () => {
    expect(readItem(refund).values).toMatchObject({
      merchantReference: '',
      value: '',
      currency: '',
    });
    expect(readItem({ ...refund, merchantReference: '', amount: {} }).values.value).toBe('');
  });

  test.each([
    { pspReference: '8835511210681325' },
    { originalReference: '8835511210681324' },
    { merchantAccountCode: 'ShopUS' },
    { merchantReference: 'order 1042' },
    { amount: { currency: 'EUR', value: 19900 } },
    { amount: { currency: 'USD', value: 1990 } },
    { eventCode: 'CAPTURE' },
    { success: 'false' },
  ])('is refused with %j', (members) => {
    expect(() => readItem({ ...payment, ...members })).toThrow(refusal('ERR_VERIFY_FAILED'));
  });

  test.each([
    [{ pspReference: undefined }, 'ERR_MESSAGE_MISSING'],
    [{ success: undefined }, 'ERR_MESSAGE_MISSING'],
    [{ success: true }, 'ERR_MESSAGE_FORM'],
    [{ amount: { currency: 'EUR', value: '1990' } }, 'ERR_MESSAGE_FORM'],
    [{ amount: { currency: 'EUR', value: 19.9 } }, 'ERR_MESSAGE_FORM'],
    [{ amount: { currency: 'EUR', value: null } }, 'ERR_MESSAGE_FORM'],
    [{ additionalData: {} }, 'ERR_MESSAGE_MISSING'],
    [{ additionalData: { hmacSignature: '' } }, 'ERR_MESSAGE_MISSING'],
    [{ additionalData: { hmacSignature: 'bkWEj0JoG1Iz1Sbm' } }, 'ERR_VERIFY_FAILED'],
    [{ additionalData: { hmacSignature: '%%' } }, 'ERR_MESSAGE_FORM'],
  ])('is refused with %j by %s', (members, code) => {
    expect(() => readItem({ ...payment, ...members })).toThrow(refusal(code));
  });
});

test('an amount is written as an integer', () => {
  for (const [value, code] of [
    ['1e20', 'ERR_MESSAGE_FORM'],
    ['19.9', 'ERR_MESSAGE_FORM'],
    ['100000000000000000000', 'ERR_VERIFY_FAILED'],
  ] as const) {
    const body = utf8Of(JSON.stringify(payment).replace('1990', value));
    expect(() => verify(adyenItem, { body }, key, { now: NOW, covers }), value).toThrow(
      refusal(code),
    );
  }
});

describe('a colon', () => {
  // 1:2:3… is one text of two messages, if fields may hold what stands between them.
  test('stands in the merchant reference and moves nothing', () => {
    const body = utf8Of(
      JSON.stringify({ ...payment, merchantReference: 'a:b:1:EUR:REFUND:false' }),
    );
    const signed = sign(adyenItem, { body }, signer, { now: NOW });
    const { values } = verify(adyenItem, signed, key, { now: NOW, covers });
    expect(values).toMatchObject({ merchantReference: 'a:b:1:EUR:REFUND:false', success: 'true' });
  });

  test.each([
    { pspReference: 'a:b' },
    { originalReference: 'a:b' },
    { merchantAccountCode: 'a:b' },
    { amount: { currency: 'a:b', value: 1990 } },
    { eventCode: 'a:b' },
    { success: 'a:b' },
  ])('is refused in %j', (members) => {
    expect(() => readItem({ ...payment, ...members })).toThrow(refusal('ERR_MESSAGE_FORM'));
  });
});

describe('a notification', () => {
  test('of one item or some gives their values', () => {
    expect(read(payment).items.map(({ values }) => values.eventCode)).toEqual(['AUTHORISATION']);
    const { items } = read(payment, refund);
    expect(items.map(({ values }) => values.pspReference)).toEqual([
      '8835511210681324',
      '8835511210681325',
    ]);
    expect(Object.isFrozen(items)).toBe(true);
  });

  test('gives nothing that was not signed', () => {
    const result = read(payment);
    expect(JSON.stringify(result)).not.toMatch(/visa|expiryDate|eventDate|live/);
  });

  test('is refused whole for one item', () => {
    const forged = { ...refund, pspReference: '8835511210681326' };
    expect(() => read(payment, forged)).toThrow(refusal('ERR_VERIFY_FAILED'));
    expect(() => read(forged, payment)).toThrow(refusal('ERR_VERIFY_FAILED'));
    expect(() => read(payment, { ...refund, additionalData: undefined })).toThrow(
      refusal('ERR_MESSAGE_MISSING'),
    );
  });

  test('has 1 to 8 items', () => {
    expect(() => read()).toThrow(refusal('ERR_MESSAGE_MISSING'));
    expect(read(...Array.from({ length: 8 }, () => payment)).items).toHaveLength(8);
    expect(() => read(...Array.from({ length: 9 }, () => payment))).toThrow(
      refusal('ERR_MESSAGE_LIMIT'),
    );
  });

  test.each([
    ['', 'ERR_JSON'],
    ['[]', 'ERR_MESSAGE_MISSING'],
    ['null', 'ERR_MESSAGE_MISSING'],
    ['{"notificationItems":{"length":0}}', 'ERR_MESSAGE_MISSING'],
    ['{"notificationItems":[{}]}', 'ERR_MESSAGE_MISSING'],
    ['{"notificationItems":["a"]}', 'ERR_MESSAGE_MISSING'],
    ['{"notificationItems":[{"NotificationRequestItem":[]}]}', 'ERR_MESSAGE_MISSING'],
    ['{"notificationItems":[],"notificationItems":[]}', 'ERR_JSON_DUPLICATE'],
  ])('is not %s', (text, code) => {
    expect(() => verifyAdyenNotification(utf8Of(text), key, { now: NOW })).toThrow(refusal(code));
  });

  test('takes each of the keys, and none for none', () => {
    const other = secretFor(adyenItem, SECRET.replaceAll('0F', '10'), { use: 'verify' });
    const body = notification(payment);
    expect(verifyAdyenNotification(body, [other, key], { now: NOW }).items).toHaveLength(1);
    expect(() => verifyAdyenNotification(body, other, { now: NOW })).toThrow(
      refusal('ERR_VERIFY_FAILED'),
    );
    expect(() => verifyAdyenNotification(body, [], { now: NOW })).toThrow(
      refusal('ERR_KEY_UNKNOWN'),
    );
    expect(() => verifyAdyenNotification(body, key, { now: Number.NaN })).toThrow(TypeError);
  });
});

test('a key is hex', () => {
  expect(() => secretFor(adyenItem, 'not hex at all, but long enough', { use: 'verify' })).toThrow(
    refusal('ERR_HEX'),
  );
});

describe('a webhook with its signature in a header', () => {
  const body = utf8Of('{"type":"balancePlatform.transfer.created"}');
  // printf '{"type":"balancePlatform.transfer.created"}' | openssl dgst … as above
  const HmacSignature = 'foF/mA8S5k6DxKTasT7hlTOwz6xdDfSywzN63TgO5SY=';

  test('is verified', () => {
    const event = verify(adyenBody, { headers: { HmacSignature }, body }, key, { now: NOW });
    expect(event.body).toEqual(body);
  });

  test('is signed the same', () => {
    const signed = sign(adyenBody, { body }, signer, { now: NOW });
    expect(signed.headers).toEqual([['HmacSignature', HmacSignature]]);
  });

  test('is refused with another body', () => {
    const other = utf8Of('{"type":"balancePlatform.transfer.updated"}');
    expect(() =>
      verify(adyenBody, { headers: { HmacSignature }, body: other }, key, { now: NOW }),
    ).toThrow(refusal('ERR_VERIFY_FAILED'));
  });
});
