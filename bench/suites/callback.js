// @ts-check
// Callbacks as their receiver checks them: headers in and octets in, what was verified out. Two columns:
// verified only, and with the body parsed as JSON, which some libraries do whether it is wanted or
// not.
import { createHmac } from 'node:crypto';
import { decodeUtf8, encodeUtf8 } from 'countersign/bytes';
import { github } from 'countersign/provider/github';
import { standardWebhooks } from 'countersign/provider/standard-webhooks';
import { stripe } from 'countersign/provider/stripe';
import { secretFor, verify } from 'countersign/scheme';
import { defineCase, oneAndSixteen, peer } from '../case.js';
import * as physical from '../floor/physical.js';
import * as reference from '../floor/reference.js';
import { both, callbacks, spoilt, turn } from '../inputs.js';
import { octokitVerify, stripe as stripePeer, webhookOf } from '../peers/webhooks.js';

const SIZE = 1024;
const TOLERANCE = 300;
const now = () => Math.floor(Date.now() / 1000);
const USE = /** @type {const} */ ({ use: 'verify' });

/** @typedef {{ which: 0 | 1, body: Uint8Array }} Received */
/** @typedef {Received & { header: string }} OneHeader */
/** @typedef {Received & { headers: Record<string, string> }} SomeHeaders */
/** @typedef {{ name: string, parse: boolean }} Column */

const COLUMNS = [
  { name: 'verify only', parse: false },
  { name: 'verify and parse', parse: true },
];

export const suite = {
  title: 'Callbacks',
  about:
    'HMAC-SHA-256 over 1 KiB of JSON, octets in. The floors read the same headers. Peers that take ' +
    'text are given text that was decoded within the time measured, since octets arrive.',
  cases: COLUMNS.flatMap((column) => [
    githubCase(column),
    timestampedCase(column),
    standardCase(column),
  ]),
};

/** GitHub's: `sha256=` and lower-case hexadecimal, over the body. @param {Column} column */
function githubCase({ name, parse }) {
  return defineCase({
    name: `sha256=hex, ${name}`,
    size: SIZE,
    quick: !parse,
    aims: parse ? [] : [{ least: 1.3, against: 'reference' }],
    async build() {
      const secrets = twoTexts('');
      const [keys, floors, fast] = [
        both(secrets, (secret) => secretFor(github, secret, USE)),
        both(secrets, (secret) => reference.githubCallback(encodeUtf8(secret))),
        both(secrets, (secret) => physical.githubCallback(encodeUtf8(secret))),
      ];
      /** @type {OneHeader[]} */
      const inputs = callbacks(SIZE).map((body, i) => {
        const which = turn(i);
        return { which, body, header: `sha256=${tag(secrets[which], body).toString('hex')}` };
      });
      return {
        inputs,
        tampered: spoilt(inputs, 'body'),
        isRight: rightOf(parse),
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: ours(parse, (/** @type {OneHeader} */ { which, body, header }) =>
              verify(github, { headers: { 'x-hub-signature-256': header }, body }, keys[which], {
                now: now(),
              }),
            ),
          },
          {
            name: 'reference',
            role: 'reference',
            run: parsed(parse, (/** @type {OneHeader} */ { which, body, header }) =>
              floors[which](body, header),
            ),
          },
          {
            name: 'physical',
            role: 'physical',
            run: parsed(parse, (/** @type {OneHeader} */ { which, body, header }) =>
              fast[which](body, header),
            ),
          },
          ...oneAndSixteen(
            peer(
              '@octokit/webhooks-methods',
              await octokitVerify(),
              (check) => async (/** @type {OneHeader} */ input) => {
                const text = decodeUtf8(input.body);
                const genuine = await check(secrets[input.which], text, input.header);
                return answer(parse, genuine, () => JSON.parse(text));
              },
            ),
          ),
        ],
      };
    },
  });
}

/** Stripe's: `t=seconds,v1=lower-case hexadecimal`. @param {Column} column */
function timestampedCase({ name, parse }) {
  return defineCase({
    name: `t=seconds,v1=hex, ${name}`,
    size: SIZE,
    quick: !parse,
    aims: parse
      ? []
      : [
          { least: 1.3, against: 'reference' },
          { least: 2.5, against: 'stripe' },
        ],
    async build() {
      const secrets = twoTexts('whsec_');
      const [keys, floors, fast] = [
        both(secrets, (secret) => secretFor(stripe, secret, USE)),
        both(secrets, (secret) => reference.timestampedCallback(encodeUtf8(secret))),
        both(secrets, (secret) => physical.timestampedCallback(encodeUtf8(secret))),
      ];
      const time = now();
      /** @type {OneHeader[]} */
      const inputs = callbacks(SIZE).map((body, i) => {
        const which = turn(i);
        const signed = Buffer.concat([Buffer.from(`${time - i}.`), body]);
        const header = `t=${time - i},v1=${tag(secrets[which], signed).toString('hex')}`;
        return { which, body, header };
      });
      return {
        inputs,
        tampered: spoilt(inputs, 'body'),
        isRight: rightOf(parse),
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: ours(parse, (/** @type {OneHeader} */ { which, body, header }) =>
              verify(stripe, { headers: { 'stripe-signature': header }, body }, keys[which], {
                now: now(),
              }),
            ),
          },
          {
            name: 'reference',
            role: 'reference',
            run: parsed(parse, (/** @type {OneHeader} */ { which, body, header }) =>
              floors[which](body, header, now()),
            ),
          },
          {
            name: 'physical',
            role: 'physical',
            run: parsed(parse, (/** @type {OneHeader} */ { which, body, header }) =>
              fast[which](body, header, now()),
            ),
          },
          peer('stripe', await stripePeer(), ({ verifyHeader, constructEvent }) => {
            const check = parse ? constructEvent : verifyHeader;
            return (/** @type {OneHeader} */ { which, body, header }) =>
              check(body, header, secrets[which], TOLERANCE);
          }),
        ],
      };
    },
  });
}

/** Standard Webhooks: three headers, Base64. @param {Column} column */
function standardCase({ name, parse }) {
  return defineCase({
    name: `Standard Webhooks, ${name}`,
    size: SIZE,
    quick: !parse,
    aims: parse
      ? []
      : [
          { least: 1.3, against: 'reference' },
          { least: 6, against: 'standardwebhooks' },
          { least: 6, against: 'svix' },
        ],
    async build() {
      const texts = both(twoTexts(''), (text) => Buffer.from(text).toString('base64'));
      const octets = both(texts, (text) => Buffer.from(text, 'base64'));
      const [keys, floors] = [
        both(texts, (text) => secretFor(standardWebhooks, text, USE)),
        both(octets, reference.standardCallback),
      ];
      const time = now();
      /** @type {SomeHeaders[]} */
      const inputs = callbacks(SIZE).map((body, i) => {
        const which = turn(i);
        const signed = Buffer.concat([Buffer.from(`msg_${i}.${time - i}.`), body]);
        const headers = {
          'webhook-id': `msg_${i}`,
          'webhook-timestamp': `${time - i}`,
          'webhook-signature': `v1,${tag(octets[which], signed).toString('base64')}`,
        };
        return { which, body, headers };
      });
      const webhook = async (/** @type {'svix' | 'standardwebhooks'} */ library) =>
        peer(library, await webhookOf(library), (Webhook) => {
          const hooks = both(texts, (text) => new Webhook(text));
          return (/** @type {SomeHeaders} */ { which, body, headers }) => {
            const text = decodeUtf8(body);
            const value = hooks[which].verify(text, headers, { jsonParse: parse });
            // svix verifies and leaves the parsing to its caller.
            return answer(parse, true, () => (library === 'svix' ? JSON.parse(text) : value));
          };
        });
      return {
        inputs,
        tampered: spoilt(inputs, 'body'),
        isRight: rightOf(parse),
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: ours(parse, (/** @type {SomeHeaders} */ { which, body, headers }) =>
              verify(standardWebhooks, { headers, body }, keys[which], { now: now() }),
            ),
          },
          {
            name: 'reference',
            role: 'reference',
            run: parsed(parse, (/** @type {SomeHeaders} */ { which, body, headers }) =>
              floors[which](body, headers, now()),
            ),
          },
          await webhook('standardwebhooks'),
          await webhook('svix'),
        ],
      };
    },
  });
}

/**
 * What was verified, and its body parsed where that is the job.
 * @template {Received} I
 * @param {boolean} parse
 * @param {(input: I) => { readonly body: Uint8Array }} check
 * @returns {(input: I) => unknown}
 */
function ours(parse, check) {
  return (input) => {
    const { body } = check(input);
    return answer(parse, true, () => JSON.parse(decodeUtf8(body)));
  };
}

/**
 * The check, and the body parsed where that is the job.
 * @template {Received} I
 * @param {boolean} parse
 * @param {(input: I) => boolean} check
 * @returns {(input: I) => unknown}
 */
function parsed(parse, check) {
  return (input) => answer(parse, check(input), () => JSON.parse(decodeUtf8(input.body)));
}

/** @param {boolean} parse @param {boolean} genuine @param {() => unknown} read @returns {unknown} */
function answer(parse, genuine, read) {
  if (!genuine) throw new Error('refused');
  return parse ? read() : true;
}

/** @param {boolean} parse @returns {(result: unknown, input: Received) => boolean} */
function rightOf(parse) {
  return parse
    ? (result, { body }) => JSON.stringify(result) === Buffer.from(body).toString()
    : (result) => result === true;
}

/** @param {string | Uint8Array} secret @param {Uint8Array} message */
function tag(secret, message) {
  return createHmac('sha256', secret).update(message).digest();
}

/** @param {string} prefix @returns {readonly [string, string]} */
function twoTexts(prefix) {
  return [`${prefix}first-secret-of-32-characters-ok`, `${prefix}other-secret-of-32-characters-ok`];
}
