// What every scheme has in common: what verify asks for, what it refuses, what it gives.
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/bytes/utf8.js';
import { generateKeyPair } from '../../src/key/ec.js';
import { createRing } from '../../src/key/ring.js';
import { generateSecret, importSecret, withUse } from '../../src/key/secret.js';
import { ecdsaP256Sha256 } from '../../src/primitive/ecdsa.js';
import { hmacSha256, hmacSha512 } from '../../src/primitive/hmac.js';
import {
  ACCEPT_UNVERIFIED_BODY,
  identify,
  replayDigest,
  type SchemeMessage,
  secretFor,
  sign,
  verify,
  verifyJson,
} from '../../src/scheme/index.js';
import { ENGINE } from '../../src/scheme/scheme.js';
import {
  anyKey,
  defineScheme,
  header as headerOf,
  hexLower,
  ifPresent,
  keyById,
  optional,
  slot,
  utf8Secret,
} from '../../src/scheme/vocabulary.js';
import { acme, curve, event, NOW, SECRET, sum } from './acme.js';

const key = secretFor(acme, SECRET, { use: 'verify' });
const signer = secretFor(acme, SECRET, { use: 'mac' });
const sent = sign(acme, { body: event }, signer, { now: NOW, values: { id: 'evt1' } });
const line = sent.headers[0]?.[1] ?? '';
const tag = line.split('sig=')[1] ?? '';

function refusal(code: string): Error {
  return expect.objectContaining({ code }) as Error;
}

function received(header: string, body: Uint8Array = event): SchemeMessage {
  return { headers: { 'acme-signature': header }, body };
}

describe('a genuine message', () => {
  // printf '1700000000.evt1.{"amount":"100.00"}' | openssl dgst -sha256 -hmac 'a secret of some length'
  test('is what another implementation makes', () => {
    expect(tag).toBe('eb5db4ef1bebfbbf4f85af75a4d62da67d02127f22cb227a7049d2883c2b83f6');
  });

  test('gives what was signed, and nothing else', () => {
    const result = verify(acme, sent, key, { now: NOW });
    expect(result).toEqual({
      scheme: 'acme',
      covers: { time: 'whole', id: 'whole', body: 'whole' },
      values: { time: String(NOW), id: 'evt1' },
      body: event,
      unverifiedBody: undefined,
      timestamp: NOW,
      deliveryId: 'evt1',
      replayDigest: undefined,
      keyId: undefined,
      alternative: undefined,
      strength: 'shared-secret',
      relaxed: [],
    });
    for (const part of [result, result.values, result.covers]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  test('its body as JSON', () => {
    const { json } = verifyJson(acme, sent, key, { now: NOW });
    expect({ ...(json as object) }).toEqual({ amount: '100.00' });
    const text = sign(acme, { body: encodeUtf8('{"a":1,"a":2}') }, signer, {
      now: NOW,
      values: { id: 'evt1' },
    });
    const read = () => verifyJson(acme, text, key, { now: NOW });
    expect(read).toThrow(refusal('ERR_JSON_DUPLICATE'));
    const long = encodeUtf8(JSON.stringify('a'.repeat(2 ** 20)));
    const large = sign(acme, { body: long }, signer, { now: NOW, values: { id: 'evt1' } });
    const wide = { now: NOW, maxBodyBytes: 2 ** 21 };
    expect(verifyJson(acme, large, key, wide).json).toHaveLength(2 ** 20);
    const small = () => verifyJson(acme, sent, key, { now: NOW }, { maxDepth: 0 });
    expect(small).toThrow(refusal('ERR_JSON_LIMIT'));
    expect(() => verifyJson(sum as never, sent, key, { now: NOW } as never)).toThrow(TypeError);
  });

  test('without a body is over nothing', () => {
    const empty = sign(acme, {}, signer, { now: NOW, values: { id: 'evt1' } });
    const { headers } = empty;
    expect(verify(acme, { headers }, key, { now: NOW }).body).toEqual(new Uint8Array(0));
  });
});

describe('the time', () => {
  test.each([
    [NOW - 60, undefined],
    [NOW - 61, 'ERR_NOT_YET_VALID'],
    [NOW + 300, undefined],
    [NOW + 301, 'ERR_TOO_OLD'],
  ])('at %i', (now, code) => {
    const check = () => verify(acme, sent, key, { now });
    if (code === undefined) expect(check().timestamp).toBe(NOW);
    else expect(check).toThrow(refusal(code));
  });

  test('may be narrowed and widened by the caller', () => {
    expect(verify(acme, sent, key, { now: NOW + 600, tolerance: 600 }).timestamp).toBe(NOW);
    const narrow = () => verify(acme, sent, key, { now: NOW + 1, tolerance: 0 });
    expect(narrow).toThrow(refusal('ERR_TOO_OLD'));
  });

  test('of a scheme with exclusive edges', () => {
    const { privateKey, publicKey } = generateKeyPair({ alg: ecdsaP256Sha256, id: 'one' });
    const message = sign(curve, { body: event }, privateKey, { now: NOW });
    for (const [now, isTaken] of [
      [NOW - 60, false],
      [NOW - 59, true],
      [NOW + 299, true],
      [NOW + 300, false],
    ] as const) {
      const check = () => verify(curve, message, publicKey, { now });
      if (isTaken) expect(check().keyId).toBe('one');
      else expect(check).toThrow(refusal(now < NOW ? 'ERR_NOT_YET_VALID' : 'ERR_TOO_OLD'));
    }
  });

  test.each([Number.NaN, undefined, '', Infinity, NOW * 1000, NOW + 0.5, -1, null])(
    'of the caller may not be %j',
    (now) => {
      expect(() => verify(acme, sent, key, { now } as never)).toThrow(TypeError);
    },
  );

  test.each(['', 'x', '1e9', '01700000000', '1700000000000', '-1'])('may not be %j', (time) => {
    const header = line.replace(String(NOW), time);
    const codes = ['ERR_TIME', 'ERR_VERIFY_FAILED', 'ERR_MESSAGE_MISSING', 'ERR_MESSAGE_FORM'];
    expect(codes).toContain(codeOf(() => verify(acme, received(header), key, { now: NOW })));
  });

  test('is looked at after the signature, which a forger has not', () => {
    const header = line.replace(tag, '0'.repeat(64));
    const check = () => verify(acme, received(header), key, { now: NOW + 9999 });
    expect(check).toThrow(refusal('ERR_VERIFY_FAILED'));
  });
});

describe('signatures', () => {
  test.each([
    ['none', `id=evt1;ts=${NOW}`, 'ERR_MESSAGE_MISSING'],
    ['an empty one', `id=evt1;ts=${NOW};sig=`, 'ERR_MESSAGE_FORM'],
    ['a short one', `id=evt1;ts=${NOW};sig=${tag.slice(2)}`, 'ERR_VERIFY_FAILED'],
    ['one in upper case', `id=evt1;ts=${NOW};sig=${tag.toUpperCase()}`, 'ERR_MESSAGE_FORM'],
    ['one under another name', `id=evt1;ts=${NOW};sig2=${tag}`, 'ERR_MESSAGE_MISSING'],
    ['nine', `id=evt1;ts=${NOW}${`;sig=${tag}`.repeat(9)}`, 'ERR_MESSAGE_LIMIT'],
    ['two times', `id=evt1;ts=${NOW};ts=${NOW};sig=${tag}`, 'ERR_MESSAGE_DUPLICATE'],
    ['no time', `id=evt1;sig=${tag}`, 'ERR_MESSAGE_MISSING'],
    ['no name', `evt1;ts=${NOW};sig=${tag}`, 'ERR_MESSAGE_MISSING'],
    ['an id that may not be', `id=evt.1;ts=${NOW};sig=${tag}`, 'ERR_MESSAGE_FORM'],
    ['many entries', `${'a=b;'.repeat(30)}id=evt1;ts=${NOW};sig=${tag}`, 'ERR_MESSAGE_LIMIT'],
  ])('%s', (_, header, code) => {
    expect(() => verify(acme, received(header), key, { now: NOW })).toThrow(refusal(code));
  });

  test('one that is right among some', () => {
    const others = `sig=${'0'.repeat(64)};sig=no hex;sig=`;
    for (const header of [
      `${line};${others}`,
      `id=evt1;ts=${NOW};${others};sig=${tag};v2=x`,
      ` id=evt1 ; ts=${NOW};other; sig=${tag} ;`,
    ]) {
      expect(verify(acme, received(header), key, { now: NOW }).deliveryId).toBe('evt1');
    }
  });

  test('two spellings of one have the same digest of what was signed', () => {
    const { privateKey, publicKey } = generateKeyPair({ alg: ecdsaP256Sha256, id: 'one' });
    const first = sign(curve, { body: event }, privateKey, { now: NOW });
    const second = sign(curve, { body: event }, privateKey, { now: NOW });
    const [a, b] = [first, second].map((message) =>
      verify(curve, message, publicKey, { now: NOW, replay: replayDigest }),
    );
    expect(first.headers).not.toEqual(second.headers);
    expect(a?.replayDigest).toEqual(b?.replayDigest);
    const other = sign(curve, { body: encodeUtf8('{}') }, privateKey, { now: NOW });
    const c = verify(curve, other, publicKey, { now: NOW, replay: replayDigest });
    expect(c.replayDigest).not.toEqual(a?.replayDigest);
  });
});

describe('keys', () => {
  const other = importSecret('another secret of some length', {
    alg: hmacSha256,
    use: 'verify',
    encoding: 'utf8',
    id: 'other',
  });

  test('any of those given', () => {
    expect(verify(acme, sent, [other, key], { now: NOW }).keyId).toBe(undefined);
    const named = secretFor(acme, SECRET, { use: 'verify', id: 'mine' });
    expect(verify(acme, sent, [other, named], { now: NOW }).keyId).toBe('mine');
    const ring = createRing([{ key: other }, { key: named }]);
    expect(verify(acme, sent, ring, { now: NOW }).keyId).toBe('mine');
    const nameless = createRing([{ key: other }, { key }]);
    expect(verify(acme, sent, nameless, { now: NOW }).keyId).toBe('k2');
  });

  test('no other', () => {
    expect(() => verify(acme, sent, other, { now: NOW })).toThrow(refusal('ERR_VERIFY_FAILED'));
    expect(() => verify(acme, sent, [], { now: NOW })).toThrow(refusal('ERR_KEY_UNKNOWN'));
    const old = createRing([{ key, notAfter: NOW - 1 }]);
    expect(() => verify(acme, sent, old, { now: NOW })).toThrow(refusal('ERR_KEY_UNKNOWN'));
    const long = generateSecret({ alg: hmacSha512, use: 'verify' });
    for (const keys of [long, [long], createRing([{ key: long }])]) {
      const check = () => verify(acme, sent, keys as never, { now: NOW });
      expect(check).toThrow(refusal('ERR_KEY_UNKNOWN'));
    }
  });

  test('eight at most', () => {
    const some = (count: number) =>
      Array.from({ length: count }, () => generateSecret({ alg: hmacSha256, use: 'verify' }));
    expect(verify(acme, sent, [...some(7), key], { now: NOW }).timestamp).toBe(NOW);
    const nine = () => verify(acme, sent, [...some(8), key], { now: NOW });
    expect(nine).toThrow(refusal('ERR_KEY_AMBIGUOUS'));
  });

  test('of another use are refused', () => {
    for (const keys of [signer, [signer]]) {
      const check = () => verify(acme, sent, keys as never, { now: NOW });
      expect(check).toThrow(refusal('ERR_KEY_USE'));
    }
  });

  test.each([undefined, null, '', 'secret', new Uint8Array(32), [undefined], {}])(
    '%j is none',
    (keys) => {
      expect(() => verify(acme, sent, keys as never, { now: NOW })).toThrow(TypeError);
    },
  );

  test('that the message names are taken by that name alone', () => {
    const pairs = ['one', 'two'].map((id) => generateKeyPair({ alg: ecdsaP256Sha256, id }));
    const [one, two] = pairs;
    if (one === undefined || two === undefined) throw new Error('two pairs');
    const message = sign(curve, { body: event }, one.privateKey, { now: NOW });
    const ring = createRing(pairs.map(({ publicKey }) => ({ key: publicKey })));
    for (const keys of [one.publicKey, [two.publicKey, one.publicKey], ring]) {
      expect(verify(curve, message, keys, { now: NOW }).keyId).toBe('one');
    }
    // The second key under the name of the first: the right name, and no signature of it.
    const renamed = message.headers.map(([name, value]) => [name, value === 'one' ? 'two' : value]);
    const misnamed = { ...message, headers: renamed as never };
    expect(() => verify(curve, misnamed, ring, { now: NOW })).toThrow(refusal('ERR_VERIFY_FAILED'));
    for (const keys of [two.publicKey, [two.publicKey], createRing([{ key: two.publicKey }])]) {
      const check = () => verify(curve, message, keys, { now: NOW });
      expect(check).toThrow(refusal('ERR_KEY_UNKNOWN'));
    }
    const twice = () => verify(curve, message, [one.publicKey, one.publicKey], { now: NOW });
    expect(twice).toThrow(refusal('ERR_KEY_AMBIGUOUS'));
    expect(identify(curve, message)).toEqual({ keyId: 'one', hints: { time: String(NOW) } });
  });
});

test('an id in another spelling finds the key of a ring as it finds one given alone', () => {
  const folding = defineScheme({
    ...curve[ENGINE].description,
    id: 'folding',
    keys: keyById('kid', (id) => id.toLowerCase()),
  } as never) as typeof curve;
  const { privateKey, publicKey } = generateKeyPair({ alg: ecdsaP256Sha256, id: 'ABC' });
  const message = sign(folding, { body: event }, privateKey, { now: NOW });
  const headers = message.headers.map(([name, value]) => [name, value === 'ABC' ? 'abc' : value]);
  const lower = { ...message, headers: headers as never };
  for (const keys of [publicKey, [publicKey], createRing([{ key: publicKey }])]) {
    expect(verify(folding, lower, keys, { now: NOW }).keyId).toBe('ABC');
  }
});

describe('what is configured and what is bound', () => {
  const one = secretFor(sum, SECRET, { use: 'verify' });
  const message = sign(sum, { body: event }, secretFor(sum, SECRET, { use: 'mac' }), {
    now: NOW,
    settings: { shop: 'mine' },
  });
  const options = { now: NOW, settings: { shop: 'mine' }, covers: ['shop', 'body'] } as const;

  test('a body of which a checksum is signed is not given', () => {
    const result = verify(sum, message, one, options);
    expect(result.body).toBe(undefined);
    expect(result.unverifiedBody).toBe(undefined);
    expect(result.values).toEqual({ shop: 'mine' });
    expect(JSON.stringify(result)).not.toContain('100.00');
    const accepted = verify(sum, message, one, { ...options, body: ACCEPT_UNVERIFIED_BODY });
    expect(accepted.unverifiedBody).toEqual(event);
    expect(accepted.body).toBe(undefined);
  });

  test.each([
    undefined,
    [],
    ['shop'],
    ['body'],
    ['shop', 'shop'],
    ['shop', 'body', 'time'],
    ['shop', 'tody'],
    'shop body',
    { shop: true, body: true },
  ])('covers: %j is not what it binds', (covers) => {
    expect(() => verify(sum, message, one, { ...options, covers } as never)).toThrow(TypeError);
  });

  test('covers may be said of any scheme, and has to be right', () => {
    const said = { now: NOW, covers: ['id', 'body', 'time'] } as never;
    expect(verify(acme, sent, key, said).timestamp).toBe(NOW);
    expect(() => verify(acme, sent, key, { now: NOW, covers: ['body'] } as never)).toThrow(
      TypeError,
    );
  });

  test.each([undefined, {}, { shop: '' }, { shop: 1 }, { shop: 'mine', more: 'x' }, []])(
    'settings: %j are not those of the scheme',
    (settings) => {
      const check = () => verify(sum, message, one, { ...options, settings } as never);
      expect(check).toThrow(TypeError);
    },
  );

  test('another setting is another message', () => {
    const check = () => verify(sum, message, one, { ...options, settings: { shop: 'yours' } });
    expect(check).toThrow(refusal('ERR_VERIFY_FAILED'));
    const odd = () => verify(sum, message, one, { ...options, settings: { shop: 'my|shop' } });
    expect(odd).toThrow(refusal('ERR_MESSAGE_FORM'));
  });

  test.each(['HS384', 'none', '', 'hs256', '__proto__', 'toString'])(
    'an algorithm that the message names and the scheme has not: %j',
    (alg) => {
      const headers = message.headers.map(([name, value]) => [
        name,
        name === 'X-Alg' ? alg : value,
      ]);
      const check = () => verify(sum, { ...message, headers: headers as never }, one, options);
      const codes = ['ERR_MESSAGE_ALGORITHM', 'ERR_MESSAGE_MISSING'];
      expect(codes).toContain(codeOf(check));
    },
  );

  test('an algorithm of the scheme for which there is no key', () => {
    const headers = message.headers.map(([name, v]) => [name, name === 'X-Alg' ? 'HS512' : v]);
    const check = () => verify(sum, { ...message, headers: headers as never }, one, options);
    expect(check).toThrow(refusal('ERR_KEY_UNKNOWN'));
  });
});

describe('mistakes of the caller', () => {
  test.each([
    'text that was decoded',
    { amount: '100.00' },
    ['{}'],
    new Uint8Array(new SharedArrayBuffer(2)),
    new Uint16Array(1),
    null,
    1,
  ])('a body that is %j', (body) => {
    expect(() => verify(acme, { ...sent, body } as never, key, { now: NOW })).toThrow(TypeError);
  });

  test('a body that was parsed is named as such', () => {
    const check = () => verify(acme, { ...sent, body: {} } as never, key, { now: NOW });
    expect(check).toThrow(/expected the octets that arrived/);
  });

  test('a method or a URL that is no text', () => {
    for (const odd of [{ method: 5 }, { method: encodeUtf8('POST') }, { url: {} }, { url: null }]) {
      const check = () => verify(acme, { ...sent, ...odd } as never, key, { now: NOW });
      expect(check).toThrow(TypeError);
    }
  });

  test('options that nobody knows', () => {
    for (const options of [{ now: NOW, tolerence: 1 }, [], undefined, null, 1]) {
      expect(() => verify(acme, sent, key, options as never)).toThrow(TypeError);
    }
  });

  test('a scheme that is none', () => {
    for (const scheme of [undefined, null, {}, 'stripe', { id: 'stripe' }]) {
      expect(() => verify(scheme as never, sent, key, { now: NOW } as never)).toThrow(TypeError);
      expect(() => identify(scheme as never, sent)).toThrow(TypeError);
    }
  });

  test('a tolerance or a limit out of range', () => {
    for (const options of [{ tolerance: -1 }, { tolerance: 86_401 }, { maxBodyBytes: -1 }]) {
      expect(() => verify(acme, sent, key, { now: NOW, ...options })).toThrow(TypeError);
    }
  });
});

test('a body beyond the limit is refused before it is looked at', () => {
  const { length } = event;
  expect(verify(acme, sent, key, { now: NOW, maxBodyBytes: length }).body).toEqual(event);
  const check = () => verify(acme, sent, key, { now: NOW, maxBodyBytes: length - 1 });
  expect(check).toThrow(refusal('ERR_MESSAGE_LIMIT'));
  const large = received(line, new Uint8Array(1_048_577));
  expect(() => verify(acme, large, key, { now: NOW })).toThrow(refusal('ERR_MESSAGE_LIMIT'));
});

test('what is not there is not there the second time', () => {
  const maybe = defineScheme({
    id: 'maybe',
    version: 1,
    title: 'Maybe',
    direction: 'callback',
    slots: { x: optional(headerOf('X-A')), signature: headerOf('X-Signature') },
    message: ['v', ifPresent('x', ['.', slot('x')])],
    algs: [hmacSha256],
    keys: anyKey,
    secret: utf8Secret,
    signature: { slot: 'signature', encoding: hexLower },
    covers: { x: 'optional' },
    freshness: 'none',
  });
  const { headers: made } = sign(maybe, {}, secretFor(maybe, SECRET, { use: 'mac' }), { now: NOW });
  let reads = 0;
  const headers = {
    ...Object.fromEntries(made),
    get 'X-A'() {
      reads++;
      return reads === 1 ? undefined : 'unsigned';
    },
  };
  const keys = secretFor(maybe, SECRET, { use: 'verify' });
  // Each slot looks for its own header, and so at the names of all; x is the first to be read.
  const { values } = verify(maybe, { headers }, keys, { now: NOW, covers: ['x'] });
  expect(values).toEqual({ x: undefined });
});

test('options are read once', () => {
  let reads = 0;
  const options = {
    now: NOW + 9999,
    get tolerance() {
      reads++;
      return reads === 1 ? 0 : 86_400;
    },
  };
  expect(() => verify(acme, sent, key, options)).toThrow(refusal('ERR_TOO_OLD'));
  let asked = 0;
  const settings = {
    get shop() {
      asked++;
      return asked === 1 ? 'mine' : 'yours';
    },
  };
  const made = sign(sum, { body: event }, secretFor(sum, SECRET, { use: 'mac' }), {
    now: NOW,
    settings: { shop: 'mine' },
  });
  const said = { now: NOW, settings, covers: ['shop', 'body'] } as const;
  const found = verify(sum, made, secretFor(sum, SECRET, { use: 'verify' }), said);
  expect(found.values).toEqual({ shop: 'mine' });
  expect(asked).toBe(1);
});

test('headers that can be read once are refused', () => {
  const headers = new Map(sent.headers as never).entries() as never;
  expect(() => verify(acme, { headers, body: event }, key, { now: NOW })).toThrow(TypeError);
});

test('what is read twice is read once', () => {
  let reads = 0;
  const message = {
    get headers() {
      reads++;
      return sent.headers;
    },
    get body() {
      reads++;
      return reads > 2 ? encodeUtf8('{"amount":"900.00"}') : event;
    },
  };
  expect(verify(acme, message, key, { now: NOW }).body).toEqual(event);
  expect(reads).toBe(2);
});

test('every refusal of a message has a code and none of its text', () => {
  const marked = received(`id=Zq7;ts=Zq7;sig=Zq7`, encodeUtf8('Zq7'));
  for (const keys of [key, [key], createRing([{ key: withUse(signer, 'verify') }])]) {
    const error = caught(() => verify(acme, marked, keys, { now: NOW }));
    expect(String(error)).not.toContain('Zq7');
    expect(error).not.toHaveProperty('cause');
  }
});

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('it was verified');
}

function codeOf(run: () => unknown): string {
  return (caught(run) as { code: string }).code;
}
