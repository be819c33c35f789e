// Adyen's library and this one, on items of notifications and on bodies.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as peers from '../../../bench/peers/providers.js';
import { decodeUtf8, utf8Of } from '../../../src/bytes/utf8.js';
import { adyenBody, adyenItem, verifyAdyenNotification } from '../../../src/provider/adyen.js';
import { secretFor, sign, verify } from '../../../src/scheme/index.js';
import { installed } from '../installed.js';
import { BODIES, changed, codeOf, headerOf, NOW, SECRET } from './messages.js';

const KEY = createHash('sha256').update(SECRET).digest('hex').toUpperCase();
const OTHER_KEY = createHash('sha256').update('another').digest('hex');
const ITEM = {
  pspReference: '7914073381342284',
  merchantAccountCode: 'TestMerchant',
  merchantReference: 'TestPayment-1407325143704',
  amount: { value: 1130, currency: 'EUR' },
  eventCode: 'AUTHORISATION',
  success: 'true',
};
const ITEMS = [
  ITEM,
  { ...ITEM, originalReference: '7914073381342283', eventCode: 'REFUND', success: 'false' },
  { ...ITEM, merchantReference: 'a:b\\:c é 😀 + %2B "q"' },
  { ...ITEM, merchantReference: '', amount: { value: 0, currency: 'JPY' } },
  { ...ITEM, amount: { value: -1130, currency: 'EUR' } },
  { ...ITEM, eventCode: 'REPORT_AVAILABLE', reason: 'https://a.example/?a=1&b=2', live: 'false' },
];

const peer = await installed('@adyen/api-library', peers.adyen());
describe.runIf(peer !== undefined)('adyen, where it is installed,', () => {
  const [verifies, signs] = [
    secretFor(adyenItem, KEY, { use: 'verify' }),
    secretFor(adyenItem, KEY, { use: 'mac' }),
  ];
  const signed = (item: object, hmacSignature: string) => ({
    ...item,
    additionalData: { hmacSignature },
  });
  const received = (...items: object[]) => {
    const notificationItems = items.map((item) => ({ NotificationRequestItem: item }));
    const body = utf8Of(JSON.stringify({ live: 'false', notificationItems }));
    return codeOf(() => verifyAdyenNotification(body, verifies, { now: NOW }));
  };

  test.each(ITEMS)('signs items and is verified here: $merchantReference', (item) => {
    const ours = signed(item, peer?.signItem(KEY, item) ?? '');
    expect(received(ours)).toBeUndefined();
    expect(received(ours, signed(ITEM, peer?.signItem(KEY, ITEM) ?? ''))).toBeUndefined();
    const more = { ...ours, amount: { ...item.amount, value: item.amount.value + 1 } };
    expect(received(more)).toBe('ERR_VERIFY_FAILED');
    expect(received(ours, more)).toBe('ERR_VERIFY_FAILED');
    expect(received(signed(item, peer?.signItem(OTHER_KEY, item) ?? ''))).toBe('ERR_VERIFY_FAILED');
  });

  test.each(ITEMS)('verifies items that are signed here: $merchantReference', (item) => {
    const made = sign(adyenItem, { body: utf8Of(JSON.stringify(item)) }, signs, { now: NOW });
    const sent = JSON.parse(decodeUtf8(made.body)) as typeof ITEM;
    expect(sent).toMatchObject(item);
    expect(peer?.verifyItem(KEY, sent)).toBe(true);
    expect(peer?.verifyItem(OTHER_KEY, sent)).toBe(false);
    expect(peer?.verifyItem(KEY, { ...sent, eventCode: 'CAPTURE' })).toBe(false);
    expect(peer?.verifyItem(KEY, { ...sent, pspReference: '1' })).toBe(false);
  });

  test.each(BODIES)('signs bodies and verifies them: %j', (body) => {
    const signature = peer?.signBody(KEY, body) ?? '';
    const by = (given: string) =>
      codeOf(() =>
        verify(
          adyenBody,
          { headers: { HmacSignature: signature }, body: utf8Of(given) },
          verifies,
          {
            now: NOW,
          },
        ),
      );
    expect(by(body)).toBeUndefined();
    expect(by(changed(body))).toBe('ERR_VERIFY_FAILED');
    const made = sign(adyenBody, { body: utf8Of(body) }, signs, { now: NOW });
    const header = headerOf(made, 'HmacSignature');
    expect(peer?.verifyBody(KEY, body, header)).toBe(true);
    expect(peer?.verifyBody(KEY, changed(body), header)).toBe(false);
    expect(peer?.verifyBody(OTHER_KEY, body, header)).toBe(false);
  });
});
