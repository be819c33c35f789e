/**
 * Stripe's webhooks: {@link https://docs.stripe.com/webhooks#verify-manually}.
 * `countersign/provider/stripe`.
 *
 * @module
 */
import { hmacSha256, type MacAlgorithm } from '../primitive/hmac.js';
import type { About } from '../scheme/about.js';
import { compileScheme } from '../scheme/compile.js';
import { hexLower } from '../scheme/encoding.js';
import { anyKey } from '../scheme/keys.js';
import { pairs } from '../scheme/pairs.js';
import { body, slot } from '../scheme/part.js';
import type { Scheme } from '../scheme/scheme.js';
import { utf8Secret } from '../scheme/secret-text.js';
import { headerList } from '../scheme/source.js';
import { unixSeconds } from '../scheme/time.js';

export type { Fact } from '../scheme/about.js';
export type { Direction } from '../scheme/message.js';
export type { How } from '../scheme/part.js';
export type { Scheme, Strength } from '../scheme/scheme.js';

const list = /* @__PURE__ */ pairs(/* @__PURE__ */ headerList('Stripe-Signature'), {
  between: ',',
  equals: '=',
});

/** `Stripe-Signature: t=…,v1=…` over `{t}.{body}`. */
export const stripe: Scheme<
  { readonly time: 'whole'; readonly body: 'whole' },
  MacAlgorithm,
  never
> = /* @__PURE__ */ compileScheme({
  id: 'stripe',
  version: 1,
  title: 'Stripe webhooks',
  direction: 'callback',
  slots: { time: list.one('t'), signatures: list.all('v1') },
  message: [slot('time'), '.', body],
  algs: [hmacSha256],
  keys: anyKey,
  secret: utf8Secret,
  signature: { slot: 'signatures', encoding: hexLower },
  covers: { time: 'whole', body: 'whole' },
  time: { slot: 'time', unit: unixSeconds, past: 300, future: 300, edge: 'inclusive' },
});

/** What is known of it. */
export const about: About = {
  name: 'Stripe',
  schemes: { stripe },
  rotation:
    'While a secret is rolled, each callback carries a v1 signature for the old secret and for the new one: give both keys until the old one ends.',
  replay:
    'The time is signed and 300 seconds old at most. A retry is a new delivery with a new time and the same event id, which is in the body: keep the ids of events that were handled.',
  traps: [
    'The secret is the whole text, `whsec_` included; it is not Base64.',
    "The secret of the command line's listener is not that of the endpoint.",
    'v0 entries are passed over.',
    'Keep the body as octets: a decoder strips a byte order mark, and a parser changes more.',
  ],
  facts: [
    {
      says: 'Header t=,v1=; HMAC-SHA-256 of {t}.{body} in lower-case hex; the secret as UTF-8, whole',
      source: 'stripe/stripe-node, src/Webhooks.ts',
      sure: 'source',
    },
    {
      says: 'The HMAC of two texts under a test secret',
      source: 'stripe/stripe-node, test/crypto/helpers.ts',
      sure: 'vector',
    },
    {
      says: 'Tolerance of 300 seconds; the library refuses what is too old and takes any time to come, this one does not',
      source: 'stripe/stripe-node, src/Webhooks.ts',
      sure: 'source',
    },
    {
      says: 'While a secret is rolled, each callback carries a v1 signature for the old secret and for the new one',
      source: 'general knowledge',
      sure: 'unsure',
    },
    {
      says: 'v0 is for test events',
      source: 'general knowledge',
      sure: 'unsure',
    },
  ],
};
