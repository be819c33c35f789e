/**
 * Standard Webhooks:
 * {@link https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md}.
 * `countersign/provider/standard-webhooks`.
 *
 * The specification has two versions of a signature, which are two schemes here: a receiver has a
 * secret or a public key, and that decides. Each passes over the other's entries. Svix names the
 * headers differently and is the same otherwise.
 *
 * @module
 */
import { decodeBase64, encodeBase64Url } from '../bytes/base64.js';
import { type Bytes, text } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { importPrivateKey, importPublicKey, type Key } from '../key/ed25519.js';
import { ed25519, type Ed25519Algorithm } from '../primitive/ed25519.js';
import { hmacSha256, type MacAlgorithm } from '../primitive/hmac.js';
import type { About } from '../scheme/about.js';
import { without } from '../scheme/charset.js';
import { compileScheme } from '../scheme/compile.js';
import { base64 } from '../scheme/encoding.js';
import { anyKey } from '../scheme/keys.js';
import { pairs } from '../scheme/pairs.js';
import { body, slot } from '../scheme/part.js';
import type { Scheme } from '../scheme/scheme.js';
import { base64Secret } from '../scheme/secret-text.js';
import { header, headerList } from '../scheme/source.js';
import { unixSeconds } from '../scheme/time.js';

export type { Fact } from '../scheme/about.js';
export type { Direction } from '../scheme/message.js';
export type { How } from '../scheme/part.js';
export type { Scheme, Strength } from '../scheme/scheme.js';

/** What both versions sign: `{id}.{time}.{body}`. */
export type StandardWebhooksCovers = Readonly<Record<'id' | 'time' | 'body', 'whole'>>;

/** `v1`, a shared secret. */
export const standardWebhooks: Scheme<StandardWebhooksCovers, MacAlgorithm, never> =
  /* @__PURE__ */ describe(
    'standard-webhooks',
    'Standard Webhooks, v1',
    'webhook',
    'v1',
    hmacSha256,
  );
/** `v1`, under the names of Svix. */
export const svix: Scheme<StandardWebhooksCovers, MacAlgorithm, never> = /* @__PURE__ */ describe(
  'svix',
  'Svix, v1',
  'svix',
  'v1',
  hmacSha256,
);
/** `v1a`, Ed25519. */
export const standardWebhooksAsymmetric: Scheme<StandardWebhooksCovers, Ed25519Algorithm, never> =
  /* @__PURE__ */ describe(
    'standard-webhooks-asymmetric',
    'Standard Webhooks, v1a',
    'webhook',
    'v1a',
    ed25519,
  );
/** `v1a`, under the names of Svix. */
export const svixAsymmetric: Scheme<StandardWebhooksCovers, Ed25519Algorithm, never> =
  /* @__PURE__ */ describe('svix-asymmetric', 'Svix, v1a', 'svix', 'v1a', ed25519);

function describe<A extends MacAlgorithm | Ed25519Algorithm>(
  id: string,
  title: string,
  names: string,
  version: string,
  alg: A,
): Scheme<StandardWebhooksCovers, A, never> {
  const signatures = pairs(headerList(`${names}-signature`), { between: ' ', equals: ',' });
  return compileScheme({
    id,
    version: 1,
    title,
    direction: 'callback',
    slots: {
      // A full stop in an id would let one message be read as another; the specification bars it.
      id: header(`${names}-id`, without('.')),
      time: header(`${names}-timestamp`),
      signatures: signatures.all(version),
    },
    message: [slot('id'), '.', slot('time'), '.', body],
    algs: [alg],
    keys: anyKey,
    secret:
      alg.kind === 'mac'
        ? base64Secret({ prefix: 'whsec_', isPrefixOptional: true, isPaddingOptional: true })
        : undefined,
    signature: { slot: 'signatures', encoding: base64 },
    covers: { id: 'whole', time: 'whole', body: 'whole' },
    delivery: 'id',
    time: { slot: 'time', unit: unixSeconds, past: 300, future: 300, edge: 'inclusive' },
  });
}

const WHPK = 'whpk_';
const WHSK = 'whsk_';

/** Imports a public key as it is handed out: `whpk_` and Base64 of its 32 octets. */
export function importWebhookPublicKey(
  given: string,
  options: { readonly id?: string | undefined } = {},
): Key<Ed25519Algorithm, 'verify'> {
  const octets = keyOctets(given, WHPK, 32);
  return importPublicKey(octets, { alg: ed25519, use: 'verify', ...options });
}

/** Imports a private key as it is handed out: `whsk_` and Base64 of seed and public key. */
export function importWebhookPrivateKey(
  given: string,
  options: { readonly id?: string | undefined } = {},
): Key<Ed25519Algorithm, 'sign'> {
  const octets = keyOctets(given, WHSK, 64);
  const [d, x] = [encodeBase64Url(octets.subarray(0, 32)), encodeBase64Url(octets.subarray(32))];
  // As a JWK the public half is held against the private one.
  const jwk = { kty: 'OKP', crv: 'Ed25519', d, x };
  return importPrivateKey(jwk, { alg: ed25519, use: 'sign', ...options });
}

function keyOctets(given: string, prefix: string, size: number): Bytes {
  if (!text(given, 'text').startsWith(prefix)) {
    throw new CountersignError('ERR_KEY_FORM', `expected a key that begins with ${prefix}`);
  }
  const octets = decodeBase64(given.slice(prefix.length));
  if (octets.length === size) return octets;
  throw new CountersignError('ERR_KEY', `expected a key of ${size} octets`);
}

/** What is known of it. */
export const about: About = {
  name: 'Standard Webhooks',
  schemes: { standardWebhooks, standardWebhooksAsymmetric, svix, svixAsymmetric },
  rotation:
    'A callback carries a signature for each key of the sender, the old one and the new one: either key verifies it. Give both until the old one ends.',
  replay:
    'Id and time are signed, and the time is 300 seconds old at most. A retry keeps the id and has a new time: keep the ids that were handled for as long as retries come.',
  traps: [
    'The secret is Base64 behind `whsec_`; at Stripe a text of the same look is not.',
    'An id with a full stop in it is refused: two messages could have one text.',
    'Signatures of versions other than the one asked for are passed over, never a reason to accept.',
    'No library of the specification verifies v1a.',
  ],
  facts: [
    {
      says: '{id}.{time}.{body}; entries version,base64 between spaces; v1 HMAC-SHA-256, v1a Ed25519',
      source: 'standard-webhooks/standard-webhooks, spec/standard-webhooks.md',
      sure: 'vector',
    },
    {
      says: 'Five minutes to either side',
      source: 'standard-webhooks/standard-webhooks, libraries/javascript/src/index.ts',
      sure: 'source',
    },
    {
      says: 'svix-id, svix-timestamp, svix-signature are the same scheme',
      source: 'svix/svix-webhooks, javascript/src/webhook.test.ts',
      sure: 'source',
    },
    {
      says: 'whsk_ is Base64 of the seed and the public key, whpk_ of the public key',
      source: 'svix/svix-webhooks, server/README.md',
      sure: 'vector',
    },
    {
      says: 'Newer libraries of Svix read webhook-* as well',
      source: 'general knowledge',
      sure: 'unsure',
    },
  ],
};
