// Signing by schemes: what is sent is what was signed, and what can't be is a mistake of the caller.
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/bytes/utf8.js';
import { generateKeyPair } from '../../src/key/ec.js';
import { type RemoteMac, type RemoteSigner, SKIP_VERIFY_AFTER_SIGN } from '../../src/key/remote.js';
import { generateSecret, importSecret, withUse } from '../../src/key/secret.js';
import { mac, sign as signOctets } from '../../src/key/use.js';
import { ecdsaP256Sha256 } from '../../src/primitive/ecdsa.js';
import { hmacSha256, hmacSha512 } from '../../src/primitive/hmac.js';
import { secretFor, sign, signAsync, verify } from '../../src/scheme/index.js';
import { acme, curve, event, NOW, order, SECRET, sum } from './acme.js';

const key = secretFor(acme, SECRET, { use: 'mac' });
const options = { now: NOW, values: { id: 'evt1' } } as const;

describe('a signed message', () => {
  test('has a body of its own', () => {
    const given = Uint8Array.from(event);
    const signed = sign(acme, { body: given }, key, options);
    given[0] = 0;
    expect(signed.body).toEqual(event);
    expect(Object.isFrozen(signed)).toBe(true);
    expect(Object.isFrozen(signed.headers)).toBe(true);
  });

  test('has a signature of each key, where the scheme takes several', () => {
    const other = generateSecret({ alg: hmacSha256, use: 'mac', id: 'new' });
    const signed = sign(acme, { body: event }, [key, other], options);
    for (const each of [key, other]) {
      const found = verify(acme, signed, withUse(each, 'verify'), { now: NOW });
      expect(found.keyId).toBe(each.id);
    }
    const line = signed.headers[0]?.[1] ?? '';
    expect(line.match(/sig=/g)).toHaveLength(2);
  });

  test('has the headers that the caller gives', () => {
    const signed = sign(acme, { headers: { 'Content-Type': 'text/plain' } }, key, options);
    expect(signed.headers.map(([name]) => name)).toEqual(['Content-Type', 'Acme-Signature']);
    const again = sign(acme, { headers: [['X-A', '1']] }, key, options);
    expect(again.headers[0]).toEqual(['X-A', '1']);
  });

  test('says which value is missing, and not what it may hold', () => {
    expect(() => sign(acme, { body: event }, key, { now: NOW })).toThrow(
      /^options\.values\.id: expected it for .*, found none$/,
    );
    const unknown = { now: NOW, settings: { shpo: 'x' }, values: options.values };
    expect(() => sign(acme, { body: event }, key, unknown as never)).toThrow(
      'options.settings: expected none, found shpo',
    );
    expect(() => secretFor(acme, undefined as never, { use: 'mac' })).toThrow(/^secret: expected/);
  });

  test('names its key and its algorithm', () => {
    const { privateKey } = generateKeyPair({ alg: ecdsaP256Sha256, id: 'one' });
    expect(sign(curve, { body: event }, privateKey, { now: NOW }).headers.slice(0, 2)).toEqual([
      ['X-Time', String(NOW)],
      ['X-Key', 'one'],
    ]);
    const long = generateSecret({ alg: hmacSha512, use: 'mac' });
    const signed = sign(sum, { body: event }, long, { now: NOW, settings: { shop: 'mine' } });
    expect(signed.headers[0]).toEqual(['X-Alg', 'HS512']);
  });

  test('draws what nobody gives, each time anew', () => {
    const url = 'https://api.example/pay?a=1';
    const make = () => sign(order, { method: 'POST', url, body: event }, key, { now: NOW });
    const nonces = [make(), make()].map(({ headers }) => headers[0]?.[1]);
    expect(nonces[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(nonces[0]).not.toBe(nonces[1]);
    const given = sign(order, { method: 'POST', url }, key, { now: NOW, values: { nonce: 'n' } });
    expect(given.headers[0]).toEqual(['X-Nonce', 'n']);
    const { values } = verify(order, make(), withUse(key, 'verify'), { now: NOW });
    expect(values).toMatchObject({ method: 'POST', target: '/pay?a=1' });
  });
});

describe('a key that is elsewhere', () => {
  test('signs as one that is here', async () => {
    const { privateKey, publicKey } = generateKeyPair({ alg: ecdsaP256Sha256, id: 'one' });
    const remote: RemoteSigner<typeof ecdsaP256Sha256> = {
      alg: ecdsaP256Sha256,
      publicKey,
      keyId: 'one',
      input: 'message',
      format: 'der',
      sign: async (octets) => {
        await Promise.resolve();
        return signOctets(privateKey, octets, { encoding: 'der', s: 'any' });
      },
    };
    const signed = await signAsync(curve, { body: event }, remote, { now: NOW });
    expect(verify(curve, signed, publicKey, { now: NOW }).body).toEqual(event);
    expect(SKIP_VERIFY_AFTER_SIGN.description).toBe('countersign.SKIP_VERIFY_AFTER_SIGN');
  });

  test('makes tags as one that is here', async () => {
    const remote: RemoteMac = {
      alg: hmacSha256,
      keyId: 'remote',
      mac: async (octets) => {
        await Promise.resolve();
        return mac(key, octets);
      },
    };
    const signed = await signAsync(acme, { body: event }, remote, options);
    expect(signed).toEqual(sign(acme, { body: event }, key, options));
    expect(await signAsync(acme, { body: event }, key, options)).toEqual(signed);
  });
});

describe('mistakes of the caller', () => {
  test.each<[string, () => unknown]>([
    ['no key', () => sign(acme, { body: event }, [], options)],
    [
      'nine keys',
      () =>
        sign(
          acme,
          { body: event },
          Array.from({ length: 9 }, () => key),
          options,
        ),
    ],
    [
      'two keys where one signature is sent',
      () => sign(order, { method: 'GET', url: 'https://a.example/' }, [key, key], { now: NOW }),
    ],
    ['a key that verifies', () => sign(acme, {}, withUse(key, 'verify') as never, options)],
    [
      'a key of another algorithm',
      () => sign(acme, {}, generateSecret({ alg: hmacSha512, use: 'mac' }) as never, options),
    ],
    ['an id that is missing', () => sign(acme, { body: event }, key, { now: NOW })],
    [
      'an id that would be read otherwise',
      () => sign(acme, { body: event }, key, { now: NOW, values: { id: 'a.b' } }),
    ],
    [
      'a time of its own',
      () => sign(acme, { body: event }, key, { now: NOW, values: { id: 'a', time: '1' } }),
    ],
    [
      'a value of no slot',
      () => sign(acme, { body: event }, key, { now: NOW, values: { id: 'a', more: 'b' } }),
    ],
    [
      'a signature of its own',
      () => sign(acme, {}, key, { now: NOW, values: { id: 'a', signatures: 'b' } }),
    ],
    ['milliseconds', () => sign(acme, {}, key, { now: NOW * 1000, values: { id: 'a' } })],
    ['a body that is text', () => sign(acme, { body: 'text' } as never, key, options)],
    ['no setting', () => sign(sum, {}, key, { now: NOW } as never)],
    ['no URL', () => sign(order, { method: 'GET' }, key, { now: NOW })],
    ['no method', () => sign(order, { url: 'https://a.example/' }, key, { now: NOW })],
    ...[
      ['X-Other', 'a\r\nX-N: 2'],
      ['X-Other', 'a\nb'],
      ['X-Other', 'a\0'],
      ['X-N: 2\r\nX', 'a'],
    ].map((line): [string, () => unknown] => [
      `a header that is two, or none: ${JSON.stringify(line)}`,
      () => sign(acme, { headers: [line as never], body: event }, key, options),
    ]),
    [
      'a header that fetch writes',
      () =>
        sign(
          order,
          { method: 'GET', url: 'https://a.example/', headers: { Host: 'b.example' } },
          key,
          { now: NOW },
        ),
    ],
  ])('%s', (_, run) => {
    expect(run).toThrow(/./);
    expect(() => run()).toThrow(expect.toSatisfy((error) => isMistake(error)) as Error);
  });

  test.each([
    'https://api.example',
    'https://api.example/a/../b',
    "https://api.example/?q='",
    'https://api.example/é',
    'https://API.example/',
    'https://api.example:443/',
    '/pay',
    '',
    'https://api.example/#part',
  ])('a URL that is sent otherwise, or not at all: %j', (url) => {
    const make = () => sign(order, { method: 'GET', url }, key, { now: NOW });
    expect(make).toThrow(expect.toSatisfy((error) => isMistake(error)) as Error);
  });
});

describe('the secret of a scheme', () => {
  test('is read as its provider writes it', () => {
    const raw = importSecret(encodeUtf8(SECRET), { alg: hmacSha256, use: 'mac', encoding: 'raw' });
    expect(mac(key, event)).toEqual(mac(raw, event));
    expect(secretFor(acme, SECRET, { use: 'verify', id: 'mine' }).id).toBe('mine');
  });

  test.each(['', ' ', 'short', 'undefined', `${SECRET}\n`])('%j is refused', (secret) => {
    expect(() => secretFor(acme, secret, { use: 'verify' })).toThrow(
      expect.toSatisfy((error) => (error as { code: string }).code.startsWith('ERR_KEY')) as Error,
    );
  });

  test('there is none of a scheme with public keys', () => {
    expect(() => secretFor(curve, SECRET, { use: 'verify' } as never)).toThrow(TypeError);
    expect(() => secretFor(acme, undefined as never, { use: 'verify' })).toThrow(TypeError);
    expect(() => secretFor(acme, SECRET, { use: 'sign' } as never)).toThrow(TypeError);
    expect(() => secretFor(acme, SECRET, { use: 'verify', more: 1 } as never)).toThrow(TypeError);
  });
});

/** A mistake of the program, or a key that is for something else; never a verdict on a message. */
function isMistake(error: unknown): boolean {
  return error instanceof TypeError || (error as { code?: string }).code === 'ERR_KEY_USE';
}
