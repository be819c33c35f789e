/**
 * Adyen's webhooks: {@link https://docs.adyen.com/development-resources/webhooks/verify-hmac-signatures}.
 * `countersign/provider/adyen`.
 *
 * Standard notifications carry items, and each item its own signature over eight of its fields: what
 * else an item says, and which items came together, is nobody's word. Webhooks of the newer products
 * carry one signature over the body in a header.
 *
 * @module
 */
import { octets } from '../bytes/octets.js';
import { readJson } from '../canonical/json-read.js';
import { sliceMember } from '../canonical/json-slice.js';
import { ALLOW_BIG_INTEGERS, isJsonObject, type JsonValue } from '../canonical/json-value.js';
import { CountersignError } from '../errors.js';
import { named } from '../key/options.js';
import { hmacSha256, type MacAlgorithm } from '../primitive/hmac.js';
import type { About } from '../scheme/about.js';
import { anyText, anyWithout, charset } from '../scheme/charset.js';
import { compileScheme } from '../scheme/compile.js';
import { base64 } from '../scheme/encoding.js';
import { anyKey, type SchemeKeys } from '../scheme/keys.js';
import { integerMember, member } from '../scheme/member.js';
import { body as bodyPart, slot } from '../scheme/part.js';
import type { Scheme, SchemeResult } from '../scheme/scheme.js';
import { hexSecret } from '../scheme/secret-text.js';
import { header, orEmpty } from '../scheme/source.js';
import { type Verified, verified } from '../scheme/verified.js';
import { verify } from '../scheme/verify.js';

export type { Fact } from '../scheme/about.js';
export type { SchemeKeys } from '../scheme/keys.js';
export type { Direction } from '../scheme/message.js';
export type { How } from '../scheme/part.js';
export type { Scheme, SchemeResult, Strength } from '../scheme/scheme.js';
export type { Verified } from '../scheme/verified.js';

/** The eight fields of an item that are signed. Those that an item lacks are signed as empty. */
export type AdyenItemCovers = Readonly<
  Record<
    | 'pspReference'
    | 'originalReference'
    | 'merchantAccountCode'
    | 'merchantReference'
    | 'value'
    | 'currency'
    | 'eventCode'
    | 'success',
    'whole'
  >
>;

/** A colon parts the fields, and is not escaped: it may stand in the merchant's own reference alone. */
const field = /* @__PURE__ */ anyWithout('text without a colon', ':');

/** `hmacSignature` of one item. Its message is the item, the object `NotificationRequestItem`. */
export const adyenItem: Scheme<AdyenItemCovers, MacAlgorithm, never> =
  /* @__PURE__ */ compileScheme({
    id: 'adyen-item',
    version: 1,
    title: 'Adyen standard notifications, one item',
    direction: 'callback',
    slots: {
      pspReference: /* @__PURE__ */ member('pspReference', field),
      originalReference: /* @__PURE__ */ orEmpty(
        /* @__PURE__ */ member('originalReference', field),
      ),
      merchantAccountCode: /* @__PURE__ */ member('merchantAccountCode', field),
      merchantReference: /* @__PURE__ */ orEmpty(
        /* @__PURE__ */ member('merchantReference', anyText),
      ),
      value: /* @__PURE__ */ orEmpty(
        /* @__PURE__ */ integerMember(
          ['amount', 'value'],
          /* @__PURE__ */ charset('an integer', '0-9\\-'),
        ),
      ),
      currency: /* @__PURE__ */ orEmpty(/* @__PURE__ */ member(['amount', 'currency'], field)),
      eventCode: /* @__PURE__ */ member('eventCode', field),
      success: /* @__PURE__ */ member('success', field),
      signature: /* @__PURE__ */ member(['additionalData', 'hmacSignature']),
    },
    message: [
      /* @__PURE__ */ slot('pspReference'),
      ':',
      /* @__PURE__ */ slot('originalReference'),
      ':',
      /* @__PURE__ */ slot('merchantAccountCode'),
      ':',
      /* @__PURE__ */ slot('merchantReference'),
      ':',
      /* @__PURE__ */ slot('value'),
      ':',
      /* @__PURE__ */ slot('currency'),
      ':',
      /* @__PURE__ */ slot('eventCode'),
      ':',
      /* @__PURE__ */ slot('success'),
    ],
    algs: [hmacSha256],
    keys: anyKey,
    secret: hexSecret,
    signature: { slot: 'signature', encoding: base64 },
    covers: {
      pspReference: 'whole',
      originalReference: 'whole',
      merchantAccountCode: 'whole',
      merchantReference: 'whole',
      value: 'whole',
      currency: 'whole',
      eventCode: 'whole',
      success: 'whole',
    },
    freshness: 'none',
  });

/** `HmacSignature` over the body: webhooks of the balance platform, of management, and others. */
export const adyenBody: Scheme<{ readonly body: 'whole' }, MacAlgorithm, never> =
  /* @__PURE__ */ compileScheme({
    id: 'adyen-body',
    version: 1,
    title: 'Adyen webhooks with a signature in a header',
    direction: 'callback',
    slots: { signature: /* @__PURE__ */ header('HmacSignature') },
    message: [bodyPart],
    algs: [hmacSha256],
    keys: anyKey,
    secret: hexSecret,
    signature: { slot: 'signature', encoding: base64 },
    covers: { body: 'whole' },
    freshness: 'none',
  });

/** A notification, of which every item was signed. */
export interface AdyenNotification {
  /** In their order, which nobody signed. */
  readonly items: readonly Verified<SchemeResult<AdyenItemCovers>>[];
}

/** More than come in one notification; those in JSON are said to have one. */
const MOST_ITEMS = 8;
const COVERS = [
  'pspReference',
  'originalReference',
  'merchantAccountCode',
  'merchantReference',
  'value',
  'currency',
  'eventCode',
  'success',
] as const;

/** Verifies a standard notification: every item of it, or none. */
export function verifyAdyenNotification(
  body: Uint8Array,
  keys: SchemeKeys<MacAlgorithm>,
  options: { readonly now: number },
): Verified<AdyenNotification> {
  const { now } = named(options, 'options', ['now']);
  body = octets(body, 'body');
  const items = Array.from({ length: countItems(body) }, (_, i) => {
    const item = sliceMember(body, ['notificationItems', i, 'NotificationRequestItem'], {
      integers: ALLOW_BIG_INTEGERS,
    });
    if (item === undefined) throw missing('NotificationRequestItem');
    return verify(adyenItem, { body: item }, keys, { now, covers: COVERS });
  });
  return verified<AdyenNotification>({ items: Object.freeze(items) });
}

function countItems(body: Uint8Array): number {
  const notification: JsonValue<bigint> = readJson(body, { integers: ALLOW_BIG_INTEGERS });
  const items = isJsonObject(notification) ? notification['notificationItems'] : undefined;
  // All of none would be a success.
  if (!Array.isArray(items) || items.length === 0) throw missing('notificationItems');
  if (items.length <= MOST_ITEMS) return items.length;
  throw new CountersignError('ERR_MESSAGE_LIMIT', `body: expected at most ${MOST_ITEMS} items`);
}

function missing(name: string): CountersignError {
  return new CountersignError('ERR_MESSAGE_MISSING', `member ${name}: expected it, found none`);
}

/** What is known of it. */
export const about: About = {
  name: 'Adyen',
  schemes: { adyenItem, adyenBody },
  rotation:
    'Each webhook has its own HMAC key. After a new one is generated, messages signed with the old one arrive for a while: give both until they end.',
  replay:
    'Nothing signed tells how old a message is, and an item can be sent again for ever. Keep eventCode and pspReference together of what was handled: an item that is delivered again has the same.',
  traps: [
    'The key is hex, and is decoded: 64 digits are 32 octets.',
    'Eight fields of an item are signed. Its reason, eventDate, paymentMethod and operations are not, nor `live`, nor which items came together: take what an item says from `values`.',
    'Items carry their own signatures, so one of them can be left out, doubled or put into another notification, and each still verifies.',
    'Fields are joined by colons and not escaped. A colon may stand in merchantReference, which the merchant chooses, and each text still has one reading; in any other field it is refused.',
    'The escaping of colons and backslashes that is found in old code belongs to the hosted payment pages.',
    'value is in minor units, a number in the JSON; success is the text true or false.',
    'A field that is missing is signed as an empty one, so the two are told apart by nobody.',
    'Standard notifications and webhooks with HmacSignature in a header are two schemes; the header may come with Protocol: HmacSHA256, which decides nothing.',
    'Messages of the Terminal API are encrypted and signed in another way, which is not here.',
  ],
  facts: [
    {
      says: 'pspReference:originalReference:merchantAccountCode:merchantReference:value:currency:eventCode:success by HMAC-SHA-256, Base64, the key in hex; missing is empty',
      source: 'Adyen/adyen-node-api-library, src/utils/hmacValidator.ts and its tests',
      sure: 'vector',
    },
    {
      says: 'No escaping in it',
      source: 'Adyen/adyen-node-api-library and Adyen/adyen-php-api-library, HmacSignature.php',
      sure: 'source',
    },
    {
      says: 'HMAC-SHA-256 of the body in Base64, the same form of key, for other webhooks',
      source: 'Adyen/adyen-node-api-library, src/utils/hmacValidator.ts',
      sure: 'source',
    },
    {
      says: 'The header is HmacSignature, beside Protocol: HmacSHA256',
      source: 'code of others that receive it',
      sure: 'third-party',
    },
    {
      says: 'pspReference, merchantAccountCode, eventCode and success are in every item, and no field but merchantReference has colons',
      source: 'not stated anywhere; a message that has them otherwise is refused',
      sure: 'unsure',
    },
    {
      says: 'A notification in JSON has one item',
      source: 'general knowledge; up to eight are taken',
      sure: 'unsure',
    },
  ],
};
