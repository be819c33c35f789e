// @ts-check
// Callbacks as their receiver checks them today, by hand: the header read, its text decoded, the
// time looked at, the tag verified. Two columns: verified only, and with the body parsed as JSON,
// which some libraries do whether it is wanted or not.
import { createHmac } from 'node:crypto';
import { hmacSha256 } from 'countersign/alg/hmac';
import { concat, decodeBase64, decodeHex, decodeUtf8, encodeUtf8 } from 'countersign/bytes';
import { importSecret } from 'countersign/key/secret';
import { verify } from 'countersign/key/use';
import { defineCase, oneAndSixteen, peer } from '../case.js';
import * as physical from '../floor/physical.js';
import * as reference from '../floor/reference.js';
import { both, callbacks, spoilt, turn } from '../inputs.js';
import { octokitVerify, stripe, webhookOf } from '../peers/webhooks.js';

const SIZE = 1024;
const TOLERANCE = 300;
const now = () => Math.floor(Date.now() / 1000);
const keyOf = (/** @type {Uint8Array} */ secret) =>
  importSecret(secret, { alg: hmacSha256, use: 'verify', encoding: 'raw' });

/** @typedef {{ which: 0 | 1, body: Uint8Array }} Received */
/** @typedef {Received & { header: string }} OneHeader */
/** @typedef {Received & { headers: Record<string, string> }} SomeHeaders */
/** @typedef {{ name: string, parse: boolean }} Column */

const COLUMNS = [
  { name: 'verify only', parse: false },
  { name: 'verify and parse', parse: true },
];

export const suite = {
  title: 'Callbacks by hand',
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
        both(secrets, (secret) => keyOf(encodeUtf8(secret))),
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
            run: parsed(parse, (/** @type {OneHeader} */ { which, body, header }) =>
              isGithub(keys[which], body, header),
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
        both(secrets, (secret) => keyOf(encodeUtf8(secret))),
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
            run: parsed(parse, (/** @type {OneHeader} */ { which, body, header }) =>
              isTimestamped(keys[which], body, header, now()),
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
          peer('stripe', await stripe(), ({ verifyHeader, constructEvent }) => {
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
      const [keys, floors] = [both(octets, keyOf), both(octets, reference.standardCallback)];
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
            run: parsed(parse, (/** @type {SomeHeaders} */ { which, body, headers }) =>
              isStandard(keys[which], body, headers, now()),
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

/** @typedef {import('countersign/key/use').Key<import('countersign/alg/hmac').MacAlgorithm, 'verify'>} CheckKey */

/** @param {CheckKey} key @param {Uint8Array} body @param {string} header */
function isGithub(key, body, header) {
  if (!header.startsWith('sha256=')) return false;
  return verify(key, body, decodeHex(header.slice(7), 'lower'));
}

const HEADER = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;

/** @param {CheckKey} key @param {Uint8Array} body @param {string} header @param {number} time */
function isTimestamped(key, body, header, time) {
  const [, seconds = '', text = ''] = HEADER.exec(header) ?? [];
  if (!(Math.abs(time - Number(seconds)) <= TOLERANCE)) return false;
  return verify(key, concat(encodeUtf8(`${seconds}.`), body), decodeHex(text, 'lower'));
}

/** @param {CheckKey} key @param {Uint8Array} body @param {Record<string, string>} headers @param {number} time */
function isStandard(key, body, headers, time) {
  const id = headers['webhook-id'] ?? '';
  const seconds = headers['webhook-timestamp'] ?? '';
  const header = headers['webhook-signature'] ?? '';
  if (!header.startsWith('v1,') || !/^\d{1,12}$/.test(seconds)) return false;
  if (!(Math.abs(time - Number(seconds)) <= TOLERANCE)) return false;
  const signed = concat(encodeUtf8(`${id}.${seconds}.`), body);
  return verify(key, signed, decodeBase64(header.slice(3)));
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
