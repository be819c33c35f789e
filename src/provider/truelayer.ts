/**
 * TrueLayer's requests and webhooks: `Tl-Signature`, a JWS (RFC 7515, appendix F: its payload is left
 * out) by ES512 over method, path, some headers and the body:
 * {@link https://github.com/TrueLayer/truelayer-signing}. `countersign/provider/truelayer`.
 *
 * The sender says in the JWS which headers it signed. Those that a scheme here needs have to be among
 * them, and they alone are in a result.
 *
 * @module
 */
import { encodeBase64Url } from '../bytes/base64.js';
import { joinAll } from '../bytes/concat.js';
import { type Bytes, text } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';
import { headerOfCompact } from '../jose/compact.js';
import { type Header, textOf, writeProtected } from '../jose/header.js';
import { inputOf } from '../jose/input.js';
import { importJwkSet, type ImportedSet, readJwkSet } from '../jose/jwk-set.js';
import { FORM } from '../jose/keys.js';
import { readVerification, verifyCompact } from '../jose/verify.js';
import type { Key } from '../key/handle.js';
import { PAD_SHORT_COORDINATE } from '../key/policy.js';
import { ecdsaP521Sha512, type EcdsaAlgorithm } from '../primitive/ecdsa.js';
import type { About } from '../scheme/about.js';
import {
  composeVerify,
  fromCaller,
  neededHeader,
  type Proven,
  thereLine,
} from '../scheme/compose.js';
import { composeScheme, type SchemeFacts } from '../scheme/compile.js';
import { type Draft, messageOf, openDraft } from '../scheme/draft.js';
import { keyOfId, type SchemeKeys } from '../scheme/keys.js';
import { type Call, openCall } from '../scheme/message.js';
import type { Scheme, Unsigned } from '../scheme/scheme.js';
import { rfc3339 } from '../scheme/time.js';
import { methodOf, partsOfUrl } from '../scheme/url.js';

export type { IgnoredJwk } from '../jose/jwk-set.js';
export type { Fact } from '../scheme/about.js';
export type { Direction } from '../scheme/message.js';
export type { How } from '../scheme/part.js';
export type { Scheme, Strength } from '../scheme/scheme.js';

const SIGNATURE = 'Tl-Signature';
const VERSION = '2';
/** Of either side. No window is documented; see `about`. */
const WINDOW = { past: 300, future: 300, edge: 'inclusive' } as const;
const MOST_HEADERS = 16;
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const PRINTABLE = /^[\x20-\x7e]+$/;
/** Their verifiers try the path with a slash at its end and without one. */
const TRAILING_SLASH = 'trailing slash';

/** A request of yours to TrueLayer. */
export const truelayerRequest: Scheme<
  Readonly<Record<'method' | 'path' | 'idempotencyKey' | 'body', 'whole'>>,
  EcdsaAlgorithm,
  never
> = /* @__PURE__ */ describe(
  {
    id: 'truelayer-request',
    version: 1,
    title: 'TrueLayer requests',
    direction: 'request',
    covers: { method: 'whole', path: 'whole', idempotencyKey: 'whole', body: 'whole' },
    freshness: 'none',
  },
  'idempotencyKey',
  'Idempotency-Key',
);

/** A webhook of TrueLayer to you. */
export const truelayerWebhook: Scheme<
  Readonly<Record<'method' | 'path' | 'time' | 'body', 'whole'>>,
  EcdsaAlgorithm,
  never
> = /* @__PURE__ */ describe(
  {
    id: 'truelayer-webhook',
    version: 1,
    title: 'TrueLayer webhooks',
    direction: 'callback',
    covers: { method: 'whole', path: 'whole', time: 'whole', body: 'whole' },
    freshness: 'signed time',
  },
  'time',
  'X-Tl-Webhook-Timestamp',
);

/**
 * Where the keys of webhooks are. The `jku` of a signature is anybody's word: fetch it where it is one
 * of these, and of your environment.
 */
export const truelayerKeySets: Readonly<Record<'live' | 'sandbox', string>> =
  /* @__PURE__ */ Object.freeze({
    live: 'https://webhooks.truelayer.com/.well-known/jwks',
    sandbox: 'https://webhooks.truelayer-sandbox.com/.well-known/jwks',
  });

/**
 * Imports a key set of TrueLayer. A coordinate that is short of its leading zero is taken, as it was
 * published once; the key is then marked `PAD_SHORT_COORDINATE`, and so is what it verifies.
 */
export function importTruelayerKeys(set: Uint8Array | string): ImportedSet {
  return importJwkSet(readJwkSet(set), {
    algs: [ecdsaP521Sha512],
    use: 'verify',
    relax: [PAD_SHORT_COORDINATE],
  });
}

type Facts = Omit<SchemeFacts, 'algs' | 'settings'>;

/** Both are the same but for the header that has to be signed, whose value is named `slot`. */
function describe<const F extends Facts>(
  facts: F,
  slot: string,
  required: string,
): Scheme<F['covers'], EcdsaAlgorithm, never> {
  const all = { ...facts, algs: [ecdsaP521Sha512], settings: [] as never[] };
  const isTimed = facts.freshness === 'signed time';
  return composeScheme(all, {
    verify: composeVerify(
      all,
      isTimed ? { what: `header ${required}`, ...WINDOW } : undefined,
      (call, keys, now) => prove(call, keys, now, { slot, required, isTimed }),
    ),
    identify(message) {
      const { kid, members } = readHeader(
        neededHeader(openCall(message, undefined, []), SIGNATURE),
      );
      return Object.freeze({ keyId: kid, hints: Object.freeze({ jku: textOf(members, 'jku') }) });
    },
    sign(message, { keyId, now, values }) {
      for (const name of Object.keys(values)) {
        if (isTimed || name !== slot) {
          throw new TypeError(`options.values.${name}: expected no value of this name`);
        }
      }
      const made = openDraft(message, facts.direction);
      const value = isTimed ? rfc3339.write(now) : (values[slot] ?? made.header(required));
      if (!isSendable(text(value ?? '', `options.values.${slot}`))) {
        throw new TypeError(`options.values.${slot}: expected printable ASCII, which is sent`);
      }
      return unsigned(made, keyId, required, value as string);
    },
    describe: () => ({
      message: `{method} {path}\n${required}: {${slot}}\n{body}`,
      alternatives: { [TRAILING_SLASH]: 'the path with a slash at its end, or without it' },
      slots: [
        { name: 'method', from: 'method', holds: 'a token', isOptional: false, isSigned: true },
        { name: 'path', from: 'path of url', holds: 'ASCII', isOptional: false, isSigned: true },
        {
          name: slot,
          from: `header ${required}`,
          holds: isTimed ? rfc3339.name : 'printable ASCII',
          isOptional: false,
          isSigned: true,
        },
      ],
      signature: `header ${SIGNATURE}, a JWS by ES512 without its payload`,
      key: 'the one that kid names',
      secret: undefined,
      time: isTimed
        ? `${rfc3339.name}, ${WINDOW.past} s old and ${WINDOW.future} s ahead at most`
        : undefined,
      delivery: undefined,
      ambiguous: undefined,
    }),
  });
}

interface Needed {
  readonly slot: string;
  readonly required: string;
  readonly isTimed: boolean;
}

function prove(call: Call, keys: SchemeKeys, now: number, needed: Needed): Proven {
  const { slot, required, isTimed } = needed;
  const token = neededHeader(call, SIGNATURE);
  const { kid, members } = readHeader(token);
  const names = signedNames(textOf(members, 'tl_headers') ?? '');
  const lines = names.map((name) => [name, thereLine(call, name)] as const);
  // Out of the lines that are signed: read again it could be another one.
  const value = lines.find(([name]) => name.toLowerCase() === required.toLowerCase())?.[1] ?? '';
  if (value === '') {
    throw new CountersignError('ERR_MESSAGE_MISSING', `tl_headers: expected ${required} in it`);
  }
  const method = methodOf(call.message).toUpperCase();
  const { path } = partsOfUrl(call.message);
  const key = keyOfId(call, kid ?? '', keys, [ecdsaP521Sha512], now, 'kid');
  const payload = (at: string) => payloadOf(method, at, lines, call.body);
  const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
  const isAsGiven = isSigned(token, key, payload(path));
  if (!isAsGiven && (other === '' || !isSigned(token, key, payload(other)))) {
    throw new CountersignError('ERR_VERIFY_FAILED', 'expected a signature of this message');
  }
  const signed = isAsGiven ? path : other;
  return {
    signed: () => payload(signed),
    key,
    values: { method, path: signed, [slot]: value },
    timestamp: isTimed ? rfc3339.read(value) : undefined,
    alternative: isAsGiven ? undefined : TRAILING_SLASH,
  };
}

/** Whether the key signed this payload; everything but the signature itself is refused at once. */
function isSigned(token: string, key: Key, payload: Bytes): boolean {
  const verification = readVerification(key as Key<EcdsaAlgorithm, 'verify'>, {});
  try {
    verifyCompact(token, { ...verification, detached: payload }, undefined, () => undefined);
    return true;
  } catch (error) {
    if (error instanceof CountersignError && error.code === 'ERR_VERIFY_FAILED') return false;
    throw error;
  }
}

function readHeader(token: string): Header {
  const header = headerOfCompact(token, undefined);
  if (textOf(header.members, 'tl_version') === VERSION) return header;
  throw new CountersignError('ERR_MESSAGE_FORM', `tl_version: expected ${VERSION}`);
}

/** The names of headers in the letters that were signed. Their verifiers pass over empty ones. */
function signedNames(list: string): readonly string[] {
  const names = list.split(',').filter((name) => name !== '');
  if (!(names.length <= MOST_HEADERS)) {
    throw new CountersignError(
      'ERR_MESSAGE_LIMIT',
      `tl_headers: expected at most ${MOST_HEADERS} names`,
    );
  }
  if (!names.every((name) => HEADER_NAME.test(name))) {
    throw new CountersignError('ERR_MESSAGE_FORM', 'tl_headers: expected names between commas');
  }
  if (new Set(names.map((name) => name.toLowerCase())).size === names.length) return names;
  throw new CountersignError('ERR_MESSAGE_DUPLICATE', 'tl_headers: expected each name once');
}

/** No header holds a line end, and the JWS says how many there are: this has one reading. */
function payloadOf(
  method: string,
  path: string,
  headers: readonly (readonly [name: string, value: string])[],
  body: Uint8Array,
): Bytes {
  const lines = headers.map(([name, value]) => `${name}: ${value}\n`);
  return joinAll([encodeUtf8(`${method} ${path}\n${lines.join('')}`), body]);
}

/** What a header may hold, without blanks around it, which are taken away where it arrives. */
function isSendable(value: string): boolean {
  return PRINTABLE.test(value) && value === value.trim();
}

function unsigned(made: Draft, keyId: string | undefined, name: string, value: string): Unsigned {
  if (keyId === undefined) {
    throw new TypeError('key: expected one with an id, which is sent as kid');
  }
  made.setHeader(name, value);
  const method = fromCaller('message', () => methodOf(made)).toUpperCase();
  const { path } = fromCaller('message', () => partsOfUrl(made));
  const members = { alg: 'ES512', kid: keyId, tl_version: VERSION, tl_headers: name };
  const header = writeProtected(members);
  return {
    octets: inputOf(header, payloadOf(method, path, [[name, value]], made.body), true),
    form: FORM,
    finish([signature, ...more]) {
      if (signature === undefined || more.length > 0) {
        throw new TypeError('keys: expected one, since the scheme has one signature');
      }
      made.setHeader(SIGNATURE, `${header}..${encodeBase64Url(signature)}`);
      return messageOf({ ...made, method });
    },
  };
}

/** What is known of it. */
export const about: About = {
  name: 'TrueLayer',
  schemes: { truelayerRequest, truelayerWebhook },
  rotation:
    'A signature names its key by kid. Webhooks: fetch the key set again when a kid is unknown, and give the ring of all its keys. Requests: add the new public key in the console, sign with it, then take the old one out.',
  replay:
    'Webhooks: the time is signed; 300 seconds to either side are the choice of this package, since none is documented. The signature of a webhook does not say which delivery it is: keep the event id that is in the body. Requests have no time: the Idempotency-Key is signed, and is what their server goes by.',
  traps: [
    'The path alone is signed; what stands in a query is not.',
    'Their verifiers take the path with a slash at its end and without; values.path is the one that was signed.',
    'jku is where the sender says that the keys are. Nothing here fetches it: compare it with truelayerKeySets.',
    'A coordinate of the published key was one octet short (RFC 7518 has 66 for P-521): importTruelayerKeys takes it by PAD_SHORT_COORDINATE.',
    'The names of headers are signed in the letters that tl_headers has, whatever letters arrive.',
    'Their example of a webhook server signs what JSON.parse and JSON.stringify leave of the body: sign the octets that arrived.',
    'A header that is named in tl_headers and that a proxy took away leaves nothing to verify.',
  ],
  facts: [
    {
      says: 'Detached JWS, ES512, over METHOD path, Name: value per line and the body; a request and its signature',
      source: 'TrueLayer/truelayer-signing, test-resources',
      sure: 'vector',
    },
    {
      says: 'tl_version 2; tl_headers names the headers between commas; both forms of the path',
      source: 'TrueLayer/truelayer-signing, nodejs/src/lib.ts',
      sure: 'source',
    },
    {
      says: 'The two key sets that a jku may be',
      source: 'TrueLayer/truelayer-signing, nodejs/examples/webhook-server/index.js',
      sure: 'source',
    },
    {
      says: 'Idempotency-Key has to be among the signed headers of a request; the jku of a webhook is one of two',
      source: 'TrueLayer/truelayer-signing, request-signing-v2.md',
      sure: 'docs',
    },
    {
      says: 'The key set has been published with an x of 65 octets',
      source: 'TrueLayer/truelayer-signing, test-resources/jwks.json',
      sure: 'vector',
    },
    {
      says: 'X-Tl-Webhook-Timestamp, by RFC 3339, is among the signed headers of a webhook',
      source: "webhooks of TrueLayer as its libraries' examples show them",
      sure: 'third-party',
    },
    {
      says: 'How old a webhook may be',
      source: 'not found',
      sure: 'unsure',
    },
    {
      says: 'Whether a query is a part of the path that is signed',
      source: 'not found; the example signs the path without it',
      sure: 'unsure',
    },
  ],
};
