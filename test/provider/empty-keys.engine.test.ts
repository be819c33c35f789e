// A secret that is missing is what deployments have on the day after: no scheme verifies anything by
// it, least of all what was signed with nothing.
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { importSecret, type SecretAlgorithm } from '../../src/key/secret.js';
import { createRing } from '../../src/key/ring.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { ALLOW_WEAK_SECRET, secretFor } from '../../src/scheme/secret.js';
import { engineOf, verify } from '../../src/scheme/verify.js';
import { drawKey, isMac, verifyingKey } from '../../src/testing/keys.js';
import { readTexts, rewrite, signedOctets } from '../../src/testing/rewrite.js';
import { cases, NOW, type SchemeCase } from './cases.js';

const NO_TEXTS: readonly unknown[] = [undefined, null, '', ' ', '\n', 'undefined', 'null', 0, {}];
const NO_KEYS: Readonly<Record<string, unknown>> = {
  undefined,
  null: null,
  'empty text': '',
  'empty octets': new Uint8Array(0),
  'empty list': [],
  'a ring whose key has ended': createRing([
    { key: verifyingKey(drawKey(hmacSha256, 'old')), notAfter: NOW - 1 },
  ]),
  'a list of nothing': [undefined],
  'an object': {},
};

test('a ring of nothing is not made', () => {
  expect(() => createRing([])).toThrow(TypeError);
});

describe.each(cases.map((of) => [of.name, of] as const))('%s', (_, of) => {
  const { scheme, simulated, alg } = of;
  const { message, options } = simulated;

  test.each(Object.entries(NO_KEYS))('%s for keys verifies nothing', (_name, keys) => {
    const given = [message, { ...message, headers: [] }, forged(of), {}];
    for (const each of given) {
      if (each === undefined) continue;
      expect(() => verify(scheme, each, keys as never, options)).toThrow();
    }
  });

  test('what an empty key signed is refused by the keys that are there', () => {
    const made = forged(of);
    expect(made === undefined).toBe(!isMac(alg) || of.description === undefined);
    if (made === undefined) return;
    expect(() => verify(scheme, made, simulated.keys, options)).toThrow(
      expect.objectContaining({ code: 'ERR_VERIFY_FAILED' }) as Error,
    );
  });

  test('no text that stands for nothing is taken as its secret', () => {
    const { secret } = engineOf(scheme);
    if (secret === undefined) return;
    const { prefix = '' } = secret;
    for (const text of [...NO_TEXTS, prefix, `${prefix} `]) {
      for (const use of ['verify', 'mac'] as const) {
        expect(() => secretFor(scheme, text as string, { use }), String(text)).toThrow();
      }
    }
    // A weak secret can be asked for by name, an empty one can't.
    const relax = [ALLOW_WEAK_SECRET] as const;
    for (const text of ['', prefix]) {
      expect(() => secretFor(scheme, text, { use: 'verify', relax })).toThrow();
    }
    const raw = { alg: alg as SecretAlgorithm, use: 'verify', encoding: 'raw', relax } as const;
    expect(() => importSecret(new Uint8Array(0), raw as never)).toThrow();
  });
});

/** The message with a tag that was made with the empty key, by node's own HMAC. */
function forged({ description, simulated, alg }: SchemeCase): object | undefined {
  if (description === undefined || !isMac(alg)) return undefined;
  const { from, message } = simulated;
  const octets = signedOctets(description, message, from.settings) ?? new Uint8Array(0);
  const hash = alg.name.slice('HMAC-'.length).replace('SHA-', 'sha');
  const tag = createHmac(hash, '').update(octets).digest();
  const texts = readTexts(description, message, from.settings);
  return rewrite(description, from, {
    ...texts,
    signatures: [description.signature.encoding.encode(new Uint8Array(tag))],
  });
}
