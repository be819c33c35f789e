// @ts-check
// PayPal's webhooks, with the certificate that signed them.
import { encodeUtf8 } from 'countersign/bytes';
import { rsaPkcs1Sha1 } from 'countersign/legacy';
import { paypal as scheme, paypalSha1 } from 'countersign/provider/paypal';
import { identify, verify } from 'countersign/scheme';
import { object, text } from '../fields.js';
import { rsaQuestion, rsaVerifier, verifierOf } from './entry.js';

const COVERS = /** @type {const} */ (['id', 'time', 'webhookId', 'body']);

/** @type {import('./entry.js').Reader} */
export function paypal(entry) {
  const [key, message] = [object(entry, 'key'), object(entry, 'message')];
  const expected = object(entry, 'expected');
  const { body, ...fields } = /** @type {Record<string, string>} */ (message);
  const headers = Object.entries(fields).filter(([name]) => /^paypal-/i.test(name));
  const given = {
    headers: [
      ...headers,
      /** @type {[string, string]} */ ([text(expected, 'header'), text(expected, 'value')]),
    ],
    body: encodeUtf8(body ?? ''),
  };
  const options = {
    // The certificate has ended since, and so the time is the message's own.
    now: Date.parse(text(message, 'PAYPAL-TRANSMISSION-TIME')) / 1000,
    tolerance: 0,
    settings: { webhookId: text(key, 'webhookId') },
    covers: COVERS,
  };
  const isWeak = fields['PAYPAL-AUTH-ALGO'] === 'SHA1withRSA';
  const pem = text(key, 'value');
  return [
    rsaQuestion(
      (relaxed) => {
        const { values } = isWeak
          ? verify(paypalSha1, given, verifierOf(pem, rsaPkcs1Sha1, undefined, relaxed), options)
          : verify(scheme, given, rsaVerifier(pem, undefined, relaxed), options);
        const { hints } = identify(scheme, given);
        return (
          values.webhookId === key['webhookId'] && hints['certUrl'] === fields['PAYPAL-CERT-URL']
        );
      },
      isWeak ? rsaPkcs1Sha1.name : undefined,
    ),
  ];
}
