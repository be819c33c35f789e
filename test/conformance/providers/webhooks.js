// @ts-check
// Webhooks of a shared secret, and of Standard Webhooks' key pairs: what verifies is also signed again,
// and has to give the same.
import { decodeBase64, encodeHex, encodeUtf8 } from 'countersign/bytes';
import { mac, verify as verifyBy } from 'countersign/key/use';
import { github as githubScheme } from 'countersign/provider/github';
import { slack as slackScheme } from 'countersign/provider/slack';
import {
  importWebhookPrivateKey,
  importWebhookPublicKey,
  standardWebhooks as standard,
  standardWebhooksAsymmetric,
  svix,
  svixAsymmetric,
} from 'countersign/provider/standard-webhooks';
import { stripe as stripeScheme } from 'countersign/provider/stripe';
import { sign, verify } from 'countersign/scheme';
import { object, text } from '../fields.js';
import { macQuestion, maybe, schemeSecret } from './entry.js';

/**
 * @typedef {import('./entry.js').Entry} Entry
 * @typedef {import('./entry.js').Question} Question
 */

/** @param {Entry} entry @returns {readonly Question[]} */
export function github(entry) {
  const { secret, body, header, value } = partsOf(entry);
  return [
    macQuestion((relaxed) => {
      const message = { headers: { [header]: value }, body };
      const [verifies, signs] = pair(githubScheme, secret, encodeUtf8(secret), relaxed);
      verify(githubScheme, message, verifies, { now: 0 });
      const made = sign(githubScheme, { body }, signs, { now: 0 });
      return made.headers.at(-1)?.[1] === value;
    }),
  ];
}

/** @param {Entry} entry @returns {readonly Question[]} */
export function slack(entry) {
  const { secret, body, header, value, message } = partsOf(entry);
  return [
    macQuestion((relaxed) => {
      const name = 'X-Slack-Request-Timestamp';
      const time =
        maybe(message, name) ?? maybe(message, 'timestamp') ?? maybe(message, 'ts') ?? '';
      const [verifies, signs] = pair(slackScheme, secret, encodeUtf8(secret), relaxed);
      const now = Number(time);
      const headers = { [name]: time, [header]: value };
      verify(slackScheme, { headers, body }, verifies, { now, tolerance: 0 });
      const made = sign(slackScheme, { body }, signs, { now });
      return made.headers.at(-1)?.[1] === value;
    }),
  ];
}

/** Whole headers, or the HMAC that stands in one of some text. @param {Entry} entry @returns {readonly Question[]} */
export function stripe(entry) {
  const { secret, body, value, message } = partsOf(entry);
  const canonical = maybe(message, 'canonical');
  return [
    macQuestion((relaxed) => {
      const [verifies, signs] = pair(stripeScheme, secret, encodeUtf8(secret), relaxed);
      if (!value.includes('=')) {
        const octets = encodeUtf8(canonical ?? text(message, 'body'));
        const tag = /** @type {Uint8Array} */ (mac(signs, octets));
        return verifyBy(verifies, octets, tag) && encodeHex(tag, 'lower') === value;
      }
      const now = Number(/(?:^|,)t=([0-9]+)/.exec(value)?.[1]);
      const headers = { 'Stripe-Signature': value };
      verify(stripeScheme, { headers, body }, verifies, { now, tolerance: 0 });
      const made = sign(stripeScheme, { body }, signs, { now });
      return value.split(',').includes(made.headers.at(-1)?.[1].split(',').at(-1) ?? '');
    }),
  ];
}

/** Of either version, under either name. @param {Entry} entry @returns {readonly Question[]} */
export function standardWebhooks(entry) {
  const { secret, body, header, value, message } = partsOf(entry);
  const key = object(entry, 'key');
  const names = header.toLowerCase().startsWith('svix') ? 'svix' : 'webhook';
  const id = text(message, `${names}-id`);
  const time = text(message, `${names}-timestamp`);
  const headers = { [`${names}-id`]: id, [`${names}-timestamp`]: time, [header]: value };
  const options = { now: Number(time), tolerance: 0 };
  const told = { now: Number(time), values: { id } };
  const publicKey = maybe(key, 'public');
  if (publicKey === undefined) {
    const scheme = names === 'svix' ? svix : standard;
    return [
      macQuestion((relaxed) => {
        const octets = decodeBase64(secret.replace(/^whsec_/, ''));
        const [verifies, signs] = pair(scheme, secret, octets, relaxed);
        verify(scheme, { headers, body }, verifies, options);
        return value.split(' ').includes(last(sign(scheme, { body }, signs, told)));
      }),
    ];
  }
  const scheme = names === 'svix' ? svixAsymmetric : standardWebhooksAsymmetric;
  const question = { algorithm: 'Ed25519', operation: /** @type {const} */ ('verify') };
  return [
    {
      ...question,
      what: 'verified',
      ask() {
        verify(scheme, { headers, body }, importWebhookPublicKey(publicKey), options);
        return true;
      },
    },
    ...(maybe(key, 'secret') === undefined
      ? []
      : [
          {
            ...question,
            what: 'signed',
            operation: /** @type {const} */ ('sign'),
            expected: encodeUtf8(value),
            ask: () =>
              encodeUtf8(
                last(sign(scheme, { body }, importWebhookPrivateKey(text(key, 'secret')), told)),
              ),
          },
        ]),
  ];
}

/** @param {Entry} entry */
function partsOf(entry) {
  const message = object(entry, 'message');
  const expected = object(entry, 'expected');
  return {
    message,
    secret: maybe(entry['key'], 'value') ?? '',
    body: encodeUtf8(maybe(message, 'body') ?? ''),
    header: maybe(expected, 'header') ?? '',
    value: text(expected, 'value'),
  };
}

/**
 * A key that verifies and one that signs.
 * @template {import('countersign/alg/hmac').MacAlgorithm} A
 * @param {import('countersign/scheme').Scheme<import('countersign/scheme').Covers, A>} scheme
 * @param {string} secret
 * @param {Uint8Array} octets
 * @param {string[]} relaxed
 */
function pair(scheme, secret, octets, relaxed) {
  return /** @type {const} */ ([
    schemeSecret(scheme, secret, 'verify', octets, relaxed),
    schemeSecret(scheme, secret, 'mac', octets, relaxed),
  ]);
}

/** @param {import('countersign/scheme').SignedMessage} message */
function last({ headers }) {
  return headers.at(-1)?.[1] ?? '';
}
