// @ts-check
// Adyen: items of notifications, whose text is eight fields and colons, and texts of the hosted payment
// pages, which have the same key and the same HMAC.
import { decodeHex, decodeUtf8, encodeBase64, encodeUtf8 } from 'countersign/bytes';
import { mac, verify as verifyBy } from 'countersign/key/use';
import { adyenBody, adyenItem, verifyAdyenNotification } from 'countersign/provider/adyen';
import { sign, verify } from 'countersign/scheme';
import { object, text } from '../fields.js';
import { macQuestion, maybe, schemeSecret } from './entry.js';

const FIELDS = 8;

/** @type {import('./entry.js').Reader} */
export function adyen(entry) {
  const [message, expected] = [object(entry, 'message'), object(entry, 'expected')];
  const [secret, value] = [text(object(entry, 'key'), 'value'), text(expected, 'value')];
  const verifies = (/** @type {string[]} */ relaxed) =>
    schemeSecret(adyenItem, secret, 'verify', decodeHex(secret, 'either'), relaxed);
  const signs = (/** @type {string[]} */ relaxed) =>
    schemeSecret(adyenItem, secret, 'mac', decodeHex(secret, 'either'), relaxed);
  const body = maybe(message, 'body');
  if (body !== undefined) {
    return [
      macQuestion((relaxed) => {
        const received = { headers: { HmacSignature: value }, body: encodeUtf8(body) };
        verify(adyenBody, received, verifies(relaxed), { now: 0 });
        return true;
      }),
    ];
  }
  const canonical = text(message, 'canonical');
  const fields = canonical.split(':');
  if (fields.length !== FIELDS || !/hmacSignature/.test(maybe(expected, 'field') ?? '')) {
    return [
      macQuestion((relaxed) => {
        const octets = encodeUtf8(canonical);
        const tag = mac(signs(relaxed), octets);
        return verifyBy(verifies(relaxed), octets, tag) && encodeBase64(tag) === value;
      }),
    ];
  }
  const item = itemOf(fields);
  return [
    macQuestion((relaxed) => {
      const additionalData = { hmacSignature: value };
      const notification = {
        live: 'false',
        notificationItems: [{ NotificationRequestItem: { ...item, additionalData } }],
      };
      const { items } = verifyAdyenNotification(
        encodeUtf8(JSON.stringify(notification)),
        verifies(relaxed),
        { now: 0 },
      );
      const unsigned = { body: encodeUtf8(JSON.stringify(item)) };
      const made = sign(adyenItem, unsigned, signs(relaxed), { now: 0 });
      const { hmacSignature } = object(readItem(made.body), 'additionalData');
      return hmacSignature === value && items[0]?.values.pspReference === item.pspReference;
    }),
  ];
}

/** @param {Uint8Array} octets @returns {import('../fields.js').Fields} */
function readItem(octets) {
  return /** @type {import("../fields.js").Fields} */ (JSON.parse(decodeUtf8(octets)));
}

/** What is empty in the text is not in the item. @param {readonly string[]} fields */
function itemOf(fields) {
  const [
    pspReference,
    originalReference,
    merchantAccountCode,
    merchantReference,
    value,
    currency,
    eventCode,
    success,
  ] = fields.map((field) => (field === '' ? undefined : field));
  const amount = { value: value === undefined ? undefined : Number(value), currency };
  return {
    pspReference,
    originalReference,
    merchantAccountCode,
    merchantReference,
    amount,
    eventCode,
    success,
  };
}
