// A scheme of a user's own, for what no provider here has: ECDSA in a header, a time in milliseconds.
import { encodeUtf8 } from '../../../src/bytes/utf8.js';
import { type EcdsaAlgorithm, ecdsaP256Sha256 } from '../../../src/primitive/ecdsa.js';
import { defineScheme } from '../../../src/scheme/define.js';
import { base64 } from '../../../src/scheme/encoding.js';
import { anyKey } from '../../../src/scheme/keys.js';
import { body, slot } from '../../../src/scheme/part.js';
import type { Scheme } from '../../../src/scheme/scheme.js';
import { header } from '../../../src/scheme/source.js';
import { unixMilliseconds } from '../../../src/scheme/time.js';
import type { Sample } from '../../../src/testing/samples/index.js';

const scheme: Scheme<{ readonly time: 'whole'; readonly body: 'whole' }, EcdsaAlgorithm, never> =
  defineScheme({
    id: 'custom',
    version: 1,
    title: 'A scheme of a user',
    direction: 'callback',
    slots: { time: header('X-Time'), signature: header('X-Signature') },
    message: [slot('time'), '.', body],
    algs: [ecdsaP256Sha256],
    keys: anyKey,
    signature: { slot: 'signature', encoding: base64, form: { encoding: 'fixed', s: 'any' } },
    covers: { time: 'whole', body: 'whole' },
    time: { slot: 'time', unit: unixMilliseconds, past: 60, future: 60, edge: 'exclusive' },
  });

export const custom: Sample = {
  scheme,
  message: {
    method: 'POST',
    url: 'https://shop.example/',
    body: encodeUtf8('{"id":"1","amount":"100"}'),
  },
  note: 'ECDSA and milliseconds',
};
