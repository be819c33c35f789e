// Schemes of our own for the tests of what all schemes have in common.
import { encodeUtf8 } from '../../src/bytes/utf8.js';
import { ecdsaP256Sha256, type EcdsaAlgorithm } from '../../src/primitive/ecdsa.js';
import { hmacSha256, hmacSha512, type MacAlgorithm } from '../../src/primitive/hmac.js';
import { type Scheme } from '../../src/scheme/index.js';
import {
  anyKey,
  base64,
  body,
  charset,
  crc32Of,
  defineScheme,
  drawn,
  header,
  headerList,
  hexLower,
  keyById,
  method,
  pairs,
  setting,
  slot,
  target,
  unixSeconds,
  utf8Secret,
} from '../../src/scheme/vocabulary.js';

const list = pairs(headerList('Acme-Signature'), { between: ';', equals: '=' });

/** `Acme-Signature: id=…;ts=…;sig=…` over `{time}.{id}.{body}`. */
export const acme: Scheme<
  Readonly<Record<'id' | 'time' | 'body', 'whole'>>,
  MacAlgorithm,
  never
> = defineScheme({
  id: 'acme',
  version: 1,
  title: 'Acme callbacks',
  direction: 'callback',
  slots: {
    id: list.one('id', charset('letters and digits', 'A-Za-z0-9')),
    time: list.one('ts'),
    signatures: list.all('sig'),
  },
  message: [slot('time'), '.', slot('id'), '.', body],
  algs: [hmacSha256],
  keys: anyKey,
  secret: utf8Secret,
  signature: { slot: 'signatures', encoding: hexLower },
  covers: { time: 'whole', id: 'whole', body: 'whole' },
  delivery: 'id',
  time: { slot: 'time', unit: unixSeconds, past: 300, future: 60, edge: 'inclusive' },
});

/** A checksum of the body and a text that is configured; two algorithms, one named by the message. */
export const sum: Scheme<
  { readonly shop: 'whole'; readonly body: 'checksum' },
  MacAlgorithm,
  'shop'
> = defineScheme({
  id: 'sum',
  version: 1,
  title: 'Sums',
  direction: 'callback',
  slots: {
    shop: setting('shop', charset('letters', 'a-z')),
    alg: header('X-Alg'),
    signature: header('X-Signature'),
  },
  message: [slot('shop'), '|', crc32Of([body])],
  algs: [hmacSha256, hmacSha512],
  algBy: { slot: 'alg', names: { HS256: hmacSha256, HS512: hmacSha512 } },
  keys: anyKey,
  secret: utf8Secret,
  signature: { slot: 'signature', encoding: base64 },
  covers: { shop: 'whole', body: 'checksum' },
  freshness: 'none',
});

/** ECDSA over the body, the key by its id, with a time that is exclusive at its edges. */
export const curve: Scheme<
  Readonly<Record<'time' | 'body', 'whole'>>,
  EcdsaAlgorithm,
  never
> = defineScheme({
  id: 'curve',
  version: 1,
  title: 'Curves',
  direction: 'callback',
  slots: { time: header('X-Time'), kid: header('X-Key'), signature: header('X-Signature') },
  message: [slot('time'), '\n', body],
  algs: [ecdsaP256Sha256],
  keys: keyById('kid'),
  signature: { slot: 'signature', encoding: base64, form: { encoding: 'der', s: 'any' } },
  covers: { time: 'whole', body: 'whole' },
  hints: ['time'],
  time: { slot: 'time', unit: unixSeconds, past: 300, future: 60, edge: 'exclusive' },
});

/** A request: method, path and query, a nonce, the body. */
export const order: Scheme<
  Readonly<Record<'method' | 'target' | 'nonce' | 'body', 'whole'>>,
  MacAlgorithm,
  never
> = defineScheme({
  id: 'order',
  version: 1,
  title: 'Orders',
  direction: 'request',
  slots: {
    method: method(),
    target: target(),
    nonce: drawn(header('X-Nonce')),
    signature: header('X-Signature'),
  },
  message: [slot('method'), ' ', slot('target'), '\n', slot('nonce'), '\n', body],
  algs: [hmacSha256],
  keys: anyKey,
  secret: utf8Secret,
  signature: { slot: 'signature', encoding: base64 },
  covers: { method: 'whole', target: 'whole', nonce: 'whole', body: 'whole' },
  freshness: 'none',
});

export const SECRET = 'a secret of some length';
export const NOW = 1_700_000_000;
export const event: Uint8Array = encodeUtf8('{"amount":"100.00"}');
