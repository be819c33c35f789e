/**
 * Twilio's requests: {@link https://www.twilio.com/docs/usage/security#validating-requests}.
 * `countersign/provider/twilio`.
 *
 * The URL is signed as Twilio has it, with the parameters of a form, or with the digest of a JSON body
 * in it. Pass the URL that is configured at Twilio, never one made of `Host` or `X-Forwarded-*`.
 *
 * @module
 */
import { hexOf } from '../bytes/hex.js';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.js';
import { parseForm } from '../canonical/form.js';
import { CountersignError } from '../errors.js';
import { sha256 } from '../primitive/digest.js';
import { hmacSha1, type WeakMacAlgorithm } from '../primitive/legacy/hmac.js';
import type { About } from '../scheme/about.js';
import { bodyDigestIn } from '../scheme/body-digest-in.js';
import { charset } from '../scheme/charset.js';
import { compileScheme } from '../scheme/compile.js';
import { base64, hexLower } from '../scheme/encoding.js';
import { formBody, formQuery, type ParseFormRules } from '../scheme/form.js';
import { anyKey } from '../scheme/keys.js';
import type { SchemeMessage } from '../scheme/message.js';
import { params } from '../scheme/params.js';
import { slot } from '../scheme/part.js';
import { respelled } from '../scheme/respelled.js';
import type { Scheme } from '../scheme/scheme.js';
import { utf8Secret } from '../scheme/secret-text.js';
import { header, type TextSource } from '../scheme/source.js';
import { url } from '../scheme/url.js';

export type { Fact } from '../scheme/about.js';
export type { Direction } from '../scheme/message.js';
export type { How } from '../scheme/part.js';
export type { Scheme, Strength } from '../scheme/scheme.js';

const FORM: ParseFormRules = {
  decode: 'once',
  plus: 'space',
  duplicates: 'keep',
  emptyValues: 'keep',
  bare: 'refuse',
  emptySegments: 'refuse',
};
/** A URL may be written more freely; only one name in it is read. */
const QUERY: ParseFormRules = { ...FORM, bare: 'empty', emptySegments: 'skip' };

/** Each name and value, sorted, without anything between; a value that stands twice, once. */
const form = /* @__PURE__ */ params('form', {
  drop: [],
  sort: 'utf16',
  repeated: 'once',
  equals: '',
  joiner: '',
  delimiters: 'keep',
});

/** What Twilio's own library tries besides the URL that it is given. */
const SPELLINGS = [
  ['other port', otherPort],
  ['query rewritten', rewrittenQuery],
  ['query rewritten, other port', (text: string) => rewrittenQuery(otherPort(text))],
] as const;

/** `X-Twilio-Signature` of a form, or of a request without a body. */
export const twilio: Scheme<
  { readonly url: 'whole'; readonly form: 'pairs' },
  WeakMacAlgorithm,
  never
> = /* @__PURE__ */ compileScheme({
  id: 'twilio',
  version: 1,
  title: 'Twilio requests with a form',
  direction: 'callback',
  slots: {
    url: /* @__PURE__ */ url(),
    form: /* @__PURE__ */ formBody(FORM),
    signature: /* @__PURE__ */ header('X-Twilio-Signature'),
  },
  message: [/* @__PURE__ */ slot('url'), form],
  attempts: /* @__PURE__ */ SPELLINGS.map(([name, write]) => ({
    name,
    message: [respelled('url', name, write), form],
  })),
  algs: [hmacSha1],
  keys: anyKey,
  secret: utf8Secret,
  signature: { slot: 'signature', encoding: base64 },
  covers: { url: 'whole', form: 'pairs' },
  freshness: 'none',
  ambiguous: {
    why: 'Nothing stands between the URL, names and values: a character of one may be one of the next.',
    example: (): readonly [SchemeMessage, SchemeMessage] => [
      { url: 'https://shop.example/sms', body: encodeUtf8('Body=1&BodyTo=2') },
      { url: 'https://shop.example/sms', body: encodeUtf8('Body=1BodyTo2') },
    ],
  },
});

/** The digest that a URL carries; signing puts it there. */
const digest: TextSource<never, false> = /* @__PURE__ */ Object.freeze({
  .../* @__PURE__ */ formQuery(QUERY).one('bodySHA256', /* @__PURE__ */ charset('hex', '0-9a-f')),
  draw: (draft: { readonly url?: string | undefined; readonly body: Uint8Array }) =>
    draft.url?.includes('bodySHA256=') === true ? undefined : hexOf(sha256.digest(draft.body)),
});

/** `X-Twilio-Signature` of a JSON body, whose SHA-256 stands in the URL as `bodySHA256`. */
export const twilioJson: Scheme<
  { readonly url: 'whole'; readonly body: 'whole' },
  WeakMacAlgorithm,
  never
> = /* @__PURE__ */ compileScheme({
  id: 'twilio-json',
  version: 1,
  title: 'Twilio requests with JSON',
  direction: 'callback',
  slots: {
    url: /* @__PURE__ */ url(),
    digest,
    signature: /* @__PURE__ */ header('X-Twilio-Signature'),
  },
  message: [
    /* @__PURE__ */ slot('url'),
    /* @__PURE__ */ bodyDigestIn('url', 'digest', sha256, hexLower),
  ],
  attempts: /* @__PURE__ */ SPELLINGS.map(([name, write]) => {
    const spelled = respelled('url', name, write);
    return { name, message: [spelled, bodyDigestIn(spelled, 'digest', sha256, hexLower)] };
  }),
  algs: [hmacSha1],
  keys: anyKey,
  secret: utf8Secret,
  signature: { slot: 'signature', encoding: base64 },
  covers: { url: 'whole', body: 'whole' },
  freshness: 'none',
});

const AUTHORITY = /^(https?):\/\/((?:[^/?#]*@)?(?:\[[^\]/?#]*\]|[^/?#:@[\]]*))(:\d+)?(?=[/?]|$)/i;

/** Without the port that is there, or with the scheme's own where none is. */
function otherPort(text: string): string {
  return text.replace(AUTHORITY, (_, scheme: string, host: string, port: string | undefined) => {
    const added = scheme.toLowerCase() === 'https' ? ':443' : ':80';
    return `${scheme}://${host}${port === undefined ? added : ''}`;
  });
}

/**
 * With each name and value of the query decoded and encoded again, as the `querystring` of Node does:
 * values of one name together, and names that are numbers first.
 */
function rewrittenQuery(text: string): string {
  const at = text.indexOf('?');
  if (at < 0 || at === text.length - 1) return text;
  const values = Object.create(null) as Record<string, string[]>;
  try {
    for (const pair of parseForm(encodeUtf8(text.slice(at + 1)), QUERY)) {
      (values[decodeUtf8(pair.name)] ??= []).push(decodeUtf8(pair.value));
    }
  } catch (error) {
    // What is not encoded, or not as UTF-8, has no second spelling.
    if (error instanceof CountersignError) return text;
    throw error;
  }
  const encode = encodeURIComponent;
  const pairs = Object.entries(values).flatMap(([name, all]) =>
    all.map((value) => `${encode(name)}=${encode(value)}`),
  );
  return `${text.slice(0, at)}?${pairs.join('&')}`;
}

/** What is known of it. */
export const about: About = {
  name: 'Twilio',
  schemes: { twilio, twilioJson },
  rotation:
    'Requests are signed with the primary auth token. Before the secondary one is promoted give both, until requests signed with the old one have ended.',
  replay:
    'Nothing signed tells how old a request is. Keep the ids of what was handled, CallSid or MessageSid with its status, which are in the form.',
  traps: [
    'The URL is the one that is configured at Twilio, query included: behind a proxy the scheme, the host and the port of the request differ. Never take them from headers that anybody may send.',
    "Pass the URL as a browser writes it, `new URL(configured).href`: Twilio's own library does, and an apostrophe in it becomes %27.",
    'Twilio signs some URLs with their port and some without, and some with the query written anew: up to three more spellings are tried, and `alternative` says which was signed. So a URL with port 1234 is taken for the same URL without it.',
    'A user and password in the URL are a part of the text by their library; by notes of others they are left out of some requests.',
    'HMAC with SHA-1, and weak by name.',
    'Nothing stands between the URL, names and values, so `Body=1&BodyTo=2` and `Body=1BodyTo2` have one signature. Act on no field whose name an attacker could have moved into the value of another.',
    "Names and values are signed as a list: their order in the body is nobody's, and a value that stands twice is signed once.",
    'A JSON body is signed by bodySHA256 in the URL alone: it is another scheme, and the digest is compared here.',
    'A framework that decodes the form again, trims values or drops empty ones changes what was signed.',
  ],
  facts: [
    {
      says: '{url}{name}{value}… sorted by name, HMAC-SHA-1 by the auth token as text, Base64',
      source: 'twilio/twilio-node, spec/validation.spec.js',
      sure: 'vector',
    },
    {
      says: 'Repeated values are made unique and sorted',
      source: 'twilio/twilio-node, spec/validation.spec.js',
      sure: 'vector',
    },
    {
      says: 'bodySHA256 in the URL, which alone is signed; SHA-256 of the body in lower-case hex',
      source: 'twilio/twilio-node, spec/validation.spec.js',
      sure: 'vector',
    },
    {
      says: 'Four spellings: without the port, with :443 or :80, and both with the query written anew by querystring',
      source: 'twilio/twilio-node, src/webhooks/webhooks.ts',
      sure: 'source',
    },
    {
      says: 'The user and password of a URL are signed',
      source: 'twilio/twilio-node, spec/validation.spec.js',
      sure: 'vector',
    },
    {
      says: 'They are dropped for requests of messages and calls',
      source: 'twilio-labs/twilio-aspnet, issue 18',
      sure: 'third-party',
    },
    {
      says: 'Names are sorted by UTF-16 code units; other libraries of theirs sort otherwise, which shows beyond U+FFFF alone',
      source: 'twilio/twilio-node, src/webhooks/webhooks.ts',
      sure: 'source',
    },
    {
      says: 'Requests are signed with the primary token until the secondary one is promoted',
      source: 'general knowledge',
      sure: 'unsure',
    },
  ],
};
