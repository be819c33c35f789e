/**
 * Slack's requests: {@link https://api.slack.com/authentication/verifying-requests-from-slack}.
 * `countersign/provider/slack`.
 *
 * @module
 */
import { hmacSha256, type MacAlgorithm } from '../primitive/hmac.js';
import type { About } from '../scheme/about.js';
import { compileScheme } from '../scheme/compile.js';
import { hexLower } from '../scheme/encoding.js';
import { anyKey } from '../scheme/keys.js';
import { body, slot } from '../scheme/part.js';
import type { Scheme } from '../scheme/scheme.js';
import { utf8Secret } from '../scheme/secret-text.js';
import { after, header } from '../scheme/source.js';
import { unixSeconds } from '../scheme/time.js';

export type { Fact } from '../scheme/about.js';
export type { Direction } from '../scheme/message.js';
export type { How } from '../scheme/part.js';
export type { Scheme, Strength } from '../scheme/scheme.js';

/** `X-Slack-Signature: v0=…` over `v0:{time}:{body}`. */
export const slack: Scheme<
  { readonly time: 'whole'; readonly body: 'whole' },
  MacAlgorithm,
  never
> = /* @__PURE__ */ compileScheme({
  id: 'slack',
  version: 1,
  title: 'Slack requests',
  direction: 'callback',
  slots: {
    time: /* @__PURE__ */ header('X-Slack-Request-Timestamp'),
    signature: /* @__PURE__ */ after('v0=', /* @__PURE__ */ header('X-Slack-Signature')),
  },
  message: ['v0:', slot('time'), ':', body],
  algs: [hmacSha256],
  keys: anyKey,
  secret: utf8Secret,
  signature: { slot: 'signature', encoding: hexLower },
  covers: { time: 'whole', body: 'whole' },
  time: { slot: 'time', unit: unixSeconds, past: 300, future: 300, edge: 'inclusive' },
});

/** What is known of it. */
export const about: About = {
  name: 'Slack',
  schemes: { slack },
  rotation:
    'A request carries one signature: give the old signing secret and the new one until the old one ends.',
  replay:
    'The time is signed and 300 seconds old at most. Within them a request can be sent again: keep the signed octets that were handled, or the ids in the body.',
  traps: [
    'Bodies are forms as well as JSON: a framework that parses them leaves no octets to verify.',
    'It is the signing secret, not the older verification token.',
  ],
  facts: [
    {
      says: 'v0={hex} over v0:{ts}:{body} by HMAC-SHA-256, five minutes',
      source: 'slackapi/python-slack-sdk, slack_sdk/signature',
      sure: 'source',
    },
  ],
};
