// JWS in the compact serialization: every algorithm, detached and unencoded payloads, headers and
// what is refused of them, rings, limits.
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readUnverifiedHeader, signJws, signJwsAsync, verifyJws } from '../../src/jose/jws.js';
import { exportSecretInTheClear } from '../../src/key/export.js';
import type { RemoteMac, RemoteSigner } from '../../src/key/remote.js';
import { createRing } from '../../src/key/ring.js';
import { ALLOW_WEAK_SECRET, importSecret } from '../../src/key/secret.js';
import { sign } from '../../src/key/use.js';
import { aesCmac } from '../../src/primitive/aes-modes.js';
import { ecdsaP256Sha256 } from '../../src/primitive/ecdsa.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { codeOf, codeOfAsync, encoded, NOW, PAIRS, pairOf, utf8 } from './support.js';

const payload = utf8('{"amount":"9.99"}');
const { signing, verifying } = pairOf('HS256');
const secret = exportSecretInTheClear(verifying);

/** A token with a genuine tag over a header, which may be any text, and a payload. */
function tagged(header: string | object, content = encoded(payload)): string {
  const input = `${typeof header === 'string' ? header : encoded(header)}.${content}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

describe.each(PAIRS.filter((pair) => pair.signing !== undefined))('$name', (pair) => {
  const key = pair.signing as NonNullable<typeof pair.signing>;

  test('what is signed verifies, and gives back what was signed', () => {
    const token = signJws(payload, key, { header: { typ: 'x', kid: 'a' } });
    const found = verifyJws(token, pair.verifying);
    expect(found.payload).toEqual(payload);
    expect({ ...found.header }).toEqual({ alg: pair.name, kid: 'a', typ: 'x' });
    expect(found.keyId).toBe(pair.verifying.id);
    expect(found.relaxed).toEqual([]);
    expect(Object.isFrozen(found)).toBe(true);
  });

  test('detached, and as it is', () => {
    const detached = signJws(payload, key, { detached: true });
    expect(detached.split('.')[1]).toBe('');
    expect(verifyJws(detached, pair.verifying, { payload }).payload).toEqual(payload);
    const plain = signJws(payload, key, { detached: true, b64: false });
    const options = { payload, understood: ['b64'] };
    expect(verifyJws(plain, pair.verifying, options).payload).toEqual(payload);
    // The two are signed differently.
    expect(
      codeOf(() =>
        verifyJws(`${detached.split('.')[0]}..${plain.split('.')[2]}`, pair.verifying, { payload }),
      ),
    ).toBe('ERR_VERIFY_FAILED');
  });

  test('another payload, header or signature does not verify', () => {
    const [header = '', content = '', value = ''] = signJws(payload, key).split('.');
    const other = signJws(utf8('{"amount":"0.99"}'), key).split('.');
    const flipped = Buffer.from(value, 'base64url');
    flipped.writeUInt8(flipped.readUInt8(9) ^ 1, 9);
    for (const parts of [
      [header, other[1], value],
      [encoded({ alg: pair.name, kid: 'x' }), content, value],
      [header, content, flipped.toString('base64url')],
      [header, content, ''],
      [
        header,
        content,
        encoded(Buffer.concat([Buffer.from(value, 'base64url'), Buffer.from([0])])),
      ],
    ]) {
      expect(codeOf(() => verifyJws(parts.join('.'), pair.verifying))).toBe('ERR_VERIFY_FAILED');
    }
  });
});

test('Ed25519 has two names, and either may be written', () => {
  const pair = pairOf('EdDSA');
  for (const alg of ['EdDSA', 'Ed25519']) {
    const token = signJws(payload, pair.signing, { header: { alg } });
    expect(verifyJws(token, pair.verifying).header['alg']).toBe(alg);
  }
  expect(codeOf(() => signJws(payload, pair.signing, { header: { alg: 'Ed448' } }))).toBe(
    'TypeError: options.header.alg',
  );
});

test('of an ECDSA signature the other one verifies too', () => {
  const pair = pairOf('ES256');
  const [header = '', content = '', value = ''] = signJws(payload, pair.signing).split('.');
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const hex = Buffer.from(value, 'base64url').toString('hex');
  const other = (order - BigInt(`0x${hex.slice(64)}`)).toString(16).padStart(64, '0');
  const twin = encoded(Buffer.from(hex.slice(0, 64) + other, 'hex'));
  expect(verifyJws(`${header}.${content}.${twin}`, pair.verifying).payload).toEqual(payload);
});

describe('a token', () => {
  const token = signJws(payload, signing);
  const [header = '', content = '', value = ''] = token.split('.');

  test.each([
    ['', 'ERR_JOSE_FORM'],
    ['..', 'ERR_JOSE_FORM'],
    [`.${content}.${value}`, 'ERR_JOSE_FORM'],
    [`${header}.${content}`, 'ERR_JOSE_FORM'],
    [`${header}${content}${value}`, 'ERR_JOSE_FORM'],
    [`${token}.`, 'ERR_JOSE_FORM'],
    [`${token}.${value}`, 'ERR_JOSE_FORM'],
    [` ${token}`, 'ERR_BASE64URL'],
    [`${token} `, 'ERR_BASE64URL'],
    [`${token}\n`, 'ERR_BASE64URL'],
    [`${token}=`, 'ERR_BASE64URL'],
    [`${header}=.${content}.${value}`, 'ERR_BASE64URL'],
    [`${header}.${content}\u{200b}.${value}`, 'ERR_BASE64URL'],
    [`${header}.${content}.${value}\u{d800}`, 'ERR_BASE64URL'],
    [`${header}.${content}.${value.slice(0, -1)}+`, 'ERR_BASE64URL'],
    [`${header}.${content}A.${value}`, 'ERR_VERIFY_FAILED'],
    [`${header}.${content}AA.${value}`, 'ERR_BASE64URL'],
    [JSON.stringify({ payload: content, protected: header, signature: value }), 'ERR_JOSE_FORM'],
  ])('that is not three parts of base64url is refused: %#', (text, code) => {
    expect(codeOf(() => verifyJws(text, verifying))).toBe(code);
  });

  test('has one spelling: whatever one character is replaced by, it is refused', () => {
    for (let at = 0; at < token.length; at++) {
      const old = token.charCodeAt(at);
      for (const code of [old ^ 1, old ^ 2, old ^ 4, old ^ 32, 0x2e, 0x3d, 0x141]) {
        if (code === old) continue;
        const other = token.slice(0, at) + String.fromCharCode(code) + token.slice(at + 1);
        expect(codeOf(() => verifyJws(other, verifying))).toMatch(/^ERR_/);
      }
    }
  });

  test('is measured before it is read', () => {
    const long = `${'!'.repeat(8190)}..`;
    expect(codeOf(() => verifyJws(`${long}x`, verifying))).toBe('ERR_LENGTH');
    expect(codeOf(() => verifyJws(long, verifying))).toBe('ERR_BASE64URL');
    const large = signJws(new Uint8Array(30_000), signing);
    expect(codeOf(() => verifyJws(large, verifying))).toBe('ERR_LENGTH');
    expect(verifyJws(large, verifying, { maxBytes: large.length }).payload).toHaveLength(30_000);
    const options = { maxBytes: large.length - 1 };
    expect(codeOf(() => verifyJws(large, verifying, options))).toBe('ERR_LENGTH');
    expect(codeOf(() => readUnverifiedHeader(large))).toBe('ERR_LENGTH');
  });

  test('has a header of 64 KiB at most, however long it may be', () => {
    const x = 'x'.repeat(49_000);
    const options = { maxBytes: 1 << 20 };
    const wide = signJws(payload, signing, { header: { x } });
    expect(verifyJws(wide, verifying, options).header['x']).toBe(x);
    const long = tagged(encoded({ alg: 'HS256', x: 'x'.repeat(49_200) }));
    expect(codeOf(() => verifyJws(long, verifying, options))).toBe('ERR_LENGTH');
  });

  test('is not mixed with another that a ring verifies meanwhile', () => {
    const other = signJws(utf8('{"amount":"0.99"}'), signing, { header: { kid: 'b' } });
    const ring = createRing([{ key: verifying }]);
    const nosy = {
      ...ring,
      find: (): object => {
        verifyJws(other, verifying);
        return { key: verifying, id: 'HS256' };
      },
    };
    const mine = signJws(payload, signing, { header: { kid: 'a' } });
    const found = verifyJws(mine, nosy as never, { algs: [hmacSha256], now: NOW });
    expect(found.payload).toEqual(payload);
    const forged = `${mine.slice(0, mine.lastIndexOf('.'))}.${other.split('.')[2]}`;
    expect(codeOf(() => verifyJws(forged, nosy as never, { algs: [hmacSha256], now: NOW }))).toBe(
      'ERR_VERIFY_FAILED',
    );
  });

  test('is not mixed with another that an algorithm of the caller verifies meanwhile', () => {
    const other = signJws(utf8('{"amount":"0.99"}'), signing, { header: { kid: 'b' } });
    const alg = {
      ...hmacSha256,
      verify: (...given: Parameters<typeof hmacSha256.verify>): boolean => {
        verifyJws(other, verifying);
        return hmacSha256.verify(...given);
      },
    };
    const key = importSecret(secret, { alg, use: 'verify', encoding: 'raw' });
    const mine = signJws(payload, signing, { header: { kid: 'a' } });
    expect(verifyJws(mine, key).payload).toEqual(payload);
    const forged = `${mine.slice(0, mine.lastIndexOf('.'))}.${other.split('.')[2]}`;
    expect(codeOf(() => verifyJws(forged, key))).toBe('ERR_VERIFY_FAILED');
  });

  test('is verified with what a ring said first, whatever it says later', () => {
    let reads = 0;
    const found = {
      id: 'HS256',
      get key() {
        reads += 1;
        return reads === 1 ? verifying : undefined;
      },
    };
    const ring = { ...createRing([{ key: verifying }]), find: () => found };
    const mine = signJws(payload, signing, { header: { kid: 'a' } });
    const options = { algs: [hmacSha256], now: NOW };
    expect(verifyJws(mine, ring as never, options)).toMatchObject({ keyId: 'HS256', relaxed: [] });
    expect(reads).toBe(1);
  });

  test('may be empty of payload, and is not detached by that', () => {
    const empty = signJws(new Uint8Array(0), signing);
    expect(verifyJws(empty, verifying).payload).toHaveLength(0);
    expect(codeOf(() => verifyJws(empty, verifying, { payload }))).toBe('ERR_VERIFY_FAILED');
  });

  test('whose payload is given twice, or not at all, is refused', () => {
    expect(codeOf(() => verifyJws(token, verifying, { payload }))).toBe('ERR_JOSE_FORM');
    const detached = signJws(payload, signing, { detached: true });
    expect(codeOf(() => verifyJws(detached, verifying))).toBe('ERR_VERIFY_FAILED');
    const forgotten = { payload: undefined } as never;
    expect(codeOf(() => verifyJws(detached, verifying, forgotten))).toBe(
      'TypeError: options.payload',
    );
    const inherited = Object.create({ payload }) as object;
    expect(codeOf(() => verifyJws(token, verifying, inherited))).toBe('ERR_JOSE_FORM');
    expect(verifyJws(detached, verifying, inherited).payload).toEqual(payload);
    const plain = signJws(payload, signing, { b64: false });
    expect(codeOf(() => verifyJws(plain, verifying, { understood: ['b64'] }))).toBe(
      'ERR_JOSE_FORM',
    );
  });

  test('that attaches a payload as it is is refused, also where it would pass for base64url', () => {
    const unencoded = { alg: 'HS256', b64: false, crit: ['b64'] };
    const attached = tagged(unencoded, 'abcd');
    for (const options of [
      { understood: ['b64'] },
      { understood: ['b64'], payload: utf8('abcd') },
    ]) {
      expect(codeOf(() => verifyJws(attached, verifying, options))).toBe('ERR_JOSE_FORM');
    }
  });

  test('gives its payload away: the next token does not change it', () => {
    const first = verifyJws(token, verifying).payload;
    verifyJws(signJws(utf8('another payload'), signing), verifying);
    expect(first).toEqual(payload);
    const given = new Uint8Array(payload);
    const detached = signJws(given, signing, { detached: true });
    const found = verifyJws(detached, verifying, { payload: given }).payload;
    given.fill(0);
    expect(found).toEqual(payload);
  });
});

describe('a header', () => {
  test.each([
    ['no object', encoded('[]'), 'ERR_JOSE_HEADER'],
    ['null', encoded('null'), 'ERR_JOSE_HEADER'],
    ['no JSON', encoded('{'), 'ERR_JSON'],
    ['a name twice', encoded('{"alg":"HS256","alg":"HS256"}'), 'ERR_JSON_DUPLICATE'],
    [
      'a name twice, once escaped',
      encoded(String.raw`{"alg":"HS256","\u0061lg":"none"}`),
      'ERR_JSON_DUPLICATE',
    ],
    ['a byte order mark', encoded('\u{feff}{"alg":"HS256"}'), 'ERR_JSON'],
    ['no UTF-8', encoded(Uint8Array.of(0x7b, 0xff, 0x7d)), 'ERR_UTF8'],
    ['no alg', encoded('{}'), 'ERR_JOSE_HEADER'],
    ['alg in a prototype', encoded('{"__proto__":{"alg":"HS256"}}'), 'ERR_JOSE_HEADER'],
    ['alg as a list', encoded('{"alg":["HS256"]}'), 'ERR_JOSE_HEADER'],
    ['alg in lower case', encoded('{"alg":"hs256"}'), 'ERR_JOSE_ALGORITHM'],
    ['kid as a number', encoded('{"alg":"HS256","kid":1}'), 'ERR_JOSE_HEADER'],
    ['typ as null', encoded('{"alg":"HS256","typ":null}'), 'ERR_JOSE_HEADER'],
    ['cty as an object', encoded('{"alg":"HS256","cty":{}}'), 'ERR_JOSE_HEADER'],
    ['crit that is empty', encoded('{"alg":"HS256","crit":[]}'), 'ERR_JOSE_HEADER'],
    ['crit that is text', encoded('{"alg":"HS256","crit":"exp","exp":1}'), 'ERR_JOSE_HEADER'],
    ['crit of what is not there', encoded('{"alg":"HS256","crit":["exp"]}'), 'ERR_JOSE_HEADER'],
    ['crit of a number', encoded('{"alg":"HS256","crit":[1],"1":1}'), 'ERR_JOSE_HEADER'],
    ['crit of a registered name', encoded('{"alg":"HS256","crit":["alg"]}'), 'ERR_JOSE_HEADER'],
    [
      'crit of a name twice',
      encoded('{"alg":"HS256","crit":["exp","exp"],"exp":1}'),
      'ERR_JOSE_HEADER',
    ],
    [
      'crit of what nobody understands',
      encoded('{"alg":"HS256","crit":["exp"],"exp":1}'),
      'ERR_JOSE_CRITICAL',
    ],
    ['b64 as text', encoded('{"alg":"HS256","b64":"false","crit":["b64"]}'), 'ERR_JOSE_HEADER'],
    ['b64 that is not critical', encoded('{"alg":"HS256","b64":false}'), 'ERR_JOSE_HEADER'],
    [
      'b64 that is critical and not understood',
      encoded('{"alg":"HS256","b64":true,"crit":["b64"]}'),
      'ERR_JOSE_CRITICAL',
    ],
  ])('with %s is refused, also the second time', (_, header, code) => {
    expect(codeOf(() => verifyJws(tagged(header), verifying))).toBe(code);
    expect(codeOf(() => verifyJws(tagged(header), verifying))).toBe(code);
  });

  test('says what its caller must understand, and the caller says what it does', () => {
    const token = signJws(payload, signing, {
      header: { crit: ['urn:x', 'exp'], 'urn:x': 1, exp: 2 },
    });
    expect(codeOf(() => verifyJws(token, verifying, { understood: ['exp'] }))).toBe(
      'ERR_JOSE_CRITICAL',
    );
    expect(verifyJws(token, verifying, { understood: ['exp', 'urn:x'] }).header['exp']).toBe(2);
  });

  test('may have white space, and b64 that changes nothing', () => {
    for (const text of [' { "alg" :\n"HS256"}\t', '{"alg":"HS256","b64":true}']) {
      expect(verifyJws(tagged(encoded(text)), verifying).payload).toEqual(payload);
    }
  });

  test('that says where to take the key from is not followed', () => {
    const jwk = { kty: 'oct', k: encoded('an attacker’s own secret, long enough') };
    const own = {
      alg: 'HS256',
      jwk,
      jku: 'https://a.example',
      x5u: 'https://a.example',
      x5c: ['AA'],
    };
    expect(verifyJws(tagged(own), verifying).header['jku']).toBe('https://a.example');
    const input = `${encoded(own)}.${encoded(payload)}`;
    const forged = createHmac('sha256', Buffer.from(jwk.k, 'base64url')).update(input);
    const token = `${input}.${forged.digest('base64url')}`;
    expect(codeOf(() => verifyJws(token, verifying))).toBe('ERR_VERIFY_FAILED');
  });

  test('is frozen, for it may be shared', () => {
    const token = tagged({ alg: 'HS256', deep: { list: [{}] } });
    const { header } = verifyJws(token, verifying);
    const deep = header['deep'] as { list: object[] };
    for (const value of [header, deep, deep.list, deep.list[0]]) {
      expect(Object.isFrozen(value)).toBe(true);
    }
  });

  test('that is remembered has no say: a signature is verified each time', () => {
    const good = tagged({ alg: 'HS256', n: 0 });
    for (let n = 0; n < 200; n++) {
      const token = tagged({ alg: 'HS256', n });
      expect(verifyJws(token, verifying).header['n']).toBe(n);
      const forged = `${token.split('.').slice(0, 2).join('.')}.${good.split('.')[2]}`;
      if (n > 0) expect(codeOf(() => verifyJws(forged, verifying))).toBe('ERR_VERIFY_FAILED');
    }
  });

  test('is read without being verified where somebody says so', () => {
    const token = tagged({ alg: 'HS256', kid: 'a' }).replace(/.$/, '');
    expect(readUnverifiedHeader(token)['kid']).toBe('a');
    expect(codeOf(() => readUnverifiedHeader('a.b'))).toBe('ERR_JOSE_FORM');
  });

  test('that nobody would read is not written', () => {
    for (const header of [
      { alg: 'none' },
      { kid: 1 },
      { crit: [] },
      { crit: ['exp'] },
      { crit: 'exp', exp: 1 },
      { b64: false },
    ] as Record<string, unknown>[]) {
      expect(codeOf(() => signJws(payload, signing, { header }))).toMatch(/^TypeError: options/);
    }
    expect(codeOf(() => signJws(payload, signing, { header: { x: undefined } }))).toBe(
      'ERR_JSON_TYPE',
    );
    expect(codeOf(() => signJws(payload, signing, { b64: 'no' as never }))).toBe(
      'TypeError: options.b64',
    );
    expect(codeOf(() => signJws(payload, signing, { kid: 'a' } as never))).toBe(
      'TypeError: options',
    );
  });
});

describe('keys', () => {
  const es256 = pairOf('ES256');
  const ring = createRing([
    { key: verifying },
    {
      key: importSecret(
        new Uint8Array(32).map((_, i) => i),
        { alg: hmacSha256, use: 'verify', encoding: 'raw', id: 'other' },
      ),
      notAfter: NOW - 1,
    },
    { key: es256.verifying },
  ]);
  const options = { algs: [hmacSha256, ecdsaP256Sha256], now: NOW };

  test('in a ring are found by kid, exactly', () => {
    const token = signJws(payload, signing, { header: { kid: 'HS256' } });
    expect(verifyJws(token, ring, options)).toMatchObject({ keyId: 'HS256' });
    for (const [kid, code] of [
      ['hs256', 'ERR_KEY_UNKNOWN'],
      ['', 'ERR_KEY_UNKNOWN'],
      ['other', 'ERR_KEY_EXPIRED'],
      [es256.verifying.id, 'ERR_KEY_UNKNOWN'],
    ]) {
      const bad = signJws(payload, signing, { header: { kid } });
      expect(codeOf(() => verifyJws(bad, ring, options))).toBe(code);
    }
  });

  test('in a ring are tried without kid, those of the algorithm alone', () => {
    expect(verifyJws(signJws(payload, signing), ring, options).keyId).toBe('HS256');
    const token = signJws(payload, es256.signing);
    expect(verifyJws(token, ring, options).keyId).toBe(es256.verifying.id);
    expect(codeOf(() => verifyJws(token, ring, { ...options, algs: [hmacSha256] }))).toBe(
      'ERR_JOSE_ALGORITHM',
    );
  });

  test('in a ring need the algorithms and the time, and a key needs neither', () => {
    const token = signJws(payload, signing);
    expect(codeOf(() => verifyJws(token, ring))).toBe('TypeError: options.algs');
    expect(codeOf(() => verifyJws(token, ring, { algs: [], now: NOW }))).toBe(
      'TypeError: options.algs',
    );
    expect(codeOf(() => verifyJws(token, ring, { algs: [hmacSha256] }))).toBe(
      'TypeError: options.now',
    );
    expect(codeOf(() => verifyJws(token, ring, { algs: [aesCmac], now: NOW }))).toBe(
      'TypeError: key',
    );
    expect(codeOf(() => verifyJws(token, verifying, options))).toBe('TypeError: options.algs');
    expect(codeOf(() => verifyJws(token, verifying, { now: NOW }))).toBe('TypeError: options.now');
  });

  test('that do something else verify nothing', () => {
    const token = signJws(payload, signing);
    expect(codeOf(() => verifyJws(token, signing as never))).toBe('ERR_KEY_USE');
    expect(codeOf(() => signJws(payload, verifying as never))).toBe('ERR_KEY_USE');
  });

  test('that needed a relaxation show it', () => {
    const weak = { alg: hmacSha256, encoding: 'utf8', relax: [ALLOW_WEAK_SECRET] } as const;
    const token = signJws(payload, importSecret('short', { ...weak, use: 'mac' }));
    const key = importSecret('short', { ...weak, use: 'verify' });
    expect(verifyJws(token, key).relaxed).toEqual([ALLOW_WEAK_SECRET]);
  });

  test('sign elsewhere too', async () => {
    const remote: RemoteSigner<typeof ecdsaP256Sha256> = {
      alg: ecdsaP256Sha256,
      publicKey: es256.verifying as never,
      keyId: 'x',
      input: 'message',
      format: 'der',
      sign: (input) =>
        Promise.resolve(
          sign(es256.signing as never, input, { encoding: 'der', s: 'any' } as never),
        ),
    };
    const token = await signJwsAsync(payload, remote, { header: { kid: 'x' } });
    expect(verifyJws(token, es256.verifying).payload).toEqual(payload);
    const mac: RemoteMac = {
      alg: hmacSha256,
      keyId: 'x',
      mac: (input) => Promise.resolve(createHmac('sha256', secret).update(input).digest()),
    };
    expect(verifyJws(await signJwsAsync(payload, mac), verifying).payload).toEqual(payload);
    expect(verifyJws(await signJwsAsync(payload, signing), verifying).payload).toEqual(payload);
    const liar = { ...mac, mac: () => Promise.resolve(new Uint8Array(31)) };
    expect(await codeOfAsync(() => signJwsAsync(payload, liar))).toBe('ERR_KEY_REMOTE');
  });
});
