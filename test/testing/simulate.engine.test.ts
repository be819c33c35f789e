import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/bytes/utf8.js';
import { github } from '../../src/provider/github.js';
import { paypalSha1 } from '../../src/provider/paypal.js';
import { stripe } from '../../src/provider/stripe.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { secretFor, verify } from '../../src/scheme/index.js';
import {
  anyKey,
  base64,
  body,
  defineScheme,
  header,
  setting,
  slot,
  utf8Secret,
} from '../../src/scheme/vocabulary.js';
import { simulate } from '../../src/testing/index.js';
import { samples } from '../../src/testing/samples/index.js';
import { canSign } from '../provider/cases.js';

const NOW = 1_700_000_000;
const SECRET = 'whsec_2f1d5c0e9b7a4433a1f0c6d8e5b4a392';

describe('simulate', () => {
  test('gives a message of the sample, and a key that was drawn', () => {
    const { message, keys, options } = simulate(stripe, { now: NOW });
    expect(verify(stripe, message, keys, options).timestamp).toBe(NOW);
    expect(simulate(stripe, { now: NOW }).message.headers).not.toEqual(message.headers);
  });

  test('takes the key and the body of the user', () => {
    const key = secretFor(stripe, SECRET, { use: 'mac' });
    const given = encodeUtf8('{"id":"evt_1","amount":100}');
    const { message } = simulate(stripe, { now: NOW, key, body: given });
    // That of test/provider/stripe.engine.test.ts, by openssl.
    expect(message.headers).toEqual([
      [
        'Stripe-Signature',
        `t=${NOW},v1=bb4433ef421794e56ca1850e50a7c2fa6a3c1d5fc71232bd574e743468d6f655`,
      ],
    ]);
    const mine = secretFor(stripe, SECRET, { use: 'verify' });
    expect(verify(stripe, message, mine, { now: NOW }).body).toEqual(given);
  });

  test('signs with each of several keys', () => {
    const key = [SECRET, `${SECRET}x`].map((text) => secretFor(stripe, text, { use: 'mac' }));
    const { message, keys, options } = simulate(stripe, { now: NOW, key });
    for (const one of keys) expect(verify(stripe, message, one, options).timestamp).toBe(NOW);
    expect(keys).toHaveLength(2);
  });

  test('sends headers, a method and a URL of the user', () => {
    const headers = { 'content-type': 'application/json' };
    const { message } = simulate(github, { now: NOW, headers, method: 'PUT', url: 'https://a/' });
    expect(message.headers[0]).toEqual(['content-type', 'application/json']);
    expect(message).toMatchObject({ method: 'PUT', url: 'https://a/' });
  });

  test('takes a scheme of the user, with its values and settings', () => {
    const own = defineScheme({
      id: 'own',
      version: 1,
      title: 'Own',
      direction: 'callback',
      slots: {
        id: header('x-id'),
        shop: setting('shop'),
        signature: header('x-signature'),
      },
      message: [slot('id'), '\n', slot('shop'), '\n', body],
      algs: [hmacSha256],
      keys: anyKey,
      secret: utf8Secret,
      signature: { slot: 'signature', encoding: base64 },
      covers: { id: 'whole', shop: 'whole', body: 'whole' },
      freshness: 'none',
    });
    const values = { id: '1' };
    const { message, keys, options } = simulate(own, { now: NOW, values, settings: { shop: '7' } });
    expect(verify(own, message, keys, options).values).toEqual({ id: '1', shop: '7' });
    expect(() => simulate(own, { now: NOW, settings: { shop: '7' } })).toThrow(TypeError);
    expect(() => simulate(own, { now: NOW, values })).toThrow(TypeError);
  });

  test('says where an engine does not sign', () => {
    for (const { scheme } of samples) {
      if (scheme.algs.some(canSign)) continue;
      const error = expect.objectContaining({ code: 'ERR_UNSUPPORTED_ENGINE' }) as Error;
      expect(() => simulate(scheme, { now: NOW })).toThrow(error);
    }
    // Nobody makes signatures of SHA-1 here, on any engine.
    expect(() => simulate(paypalSha1, { now: NOW })).toThrow(TypeError);
  });

  test('refuses an option that it does not know', () => {
    expect(() => simulate(stripe, { now: NOW, secret: SECRET } as never)).toThrow(TypeError);
  });
});
