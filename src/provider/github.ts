/**
 * GitHub's webhooks:
 * {@link https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries}.
 * `countersign/provider/github`.
 *
 * @module
 */
import { hmacSha256, type MacAlgorithm } from '../primitive/hmac.js';
import type { About } from '../scheme/about.js';
import { compileScheme } from '../scheme/compile.js';
import { hexLower } from '../scheme/encoding.js';
import { anyKey } from '../scheme/keys.js';
import { body } from '../scheme/part.js';
import type { Scheme } from '../scheme/scheme.js';
import { utf8Secret } from '../scheme/secret-text.js';
import { after, header } from '../scheme/source.js';

export type { Fact } from '../scheme/about.js';
export type { Direction } from '../scheme/message.js';
export type { How } from '../scheme/part.js';
export type { Scheme, Strength } from '../scheme/scheme.js';

/** `X-Hub-Signature-256: sha256=…` over the body. */
export const github: Scheme<{ readonly body: 'whole' }, MacAlgorithm, never> =
  /* @__PURE__ */ compileScheme({
    id: 'github',
    version: 1,
    title: 'GitHub webhooks',
    direction: 'callback',
    slots: { signature: after('sha256=', /* @__PURE__ */ header('X-Hub-Signature-256')) },
    message: [body],
    algs: [hmacSha256],
    keys: anyKey,
    secret: utf8Secret,
    signature: { slot: 'signature', encoding: hexLower },
    covers: { body: 'whole' },
    freshness: 'none',
  });

/** What is known of it. */
export const about: About = {
  name: 'GitHub',
  schemes: { github },
  rotation:
    'A callback carries one signature: give the old secret and the new one until the last callback of the old one has come.',
  replay:
    'Nothing tells how old a callback is. X-GitHub-Delivery names a delivery, and is not signed: whoever sends a callback again may change it. Keep digests of bodies, or ids that stand in them.',
  traps: [
    'The letters of `\\u001b` in a body may be of either case: sign the octets that arrived.',
    'X-Hub-Signature, of SHA-1, stands beside it; it is not looked at.',
  ],
  facts: [
    {
      says: 'X-Hub-Signature-256: sha256= and the HMAC-SHA-256 of the body in lower-case hex, secret as UTF-8',
      source: 'docs.github.com, Validating webhook deliveries',
      sure: 'vector',
    },
    {
      says: 'Escapes in the body are signed as they are sent',
      source: 'octokit/webhooks-methods.js, test/verify.test.ts',
      sure: 'vector',
    },
  ],
};
