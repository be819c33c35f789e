// JWE beyond the standards' own messages: what may not decrypt, what a caller must say, and that
// failures can't be told apart.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBase64Url, decodeUtf8, encodeBase64Url, encodeUtf8 } from '../../src/bytes/index.js';
import { CountersignError } from '../../src/errors.js';
import {
  ALLOW_GCM_IV_16,
  decryptJwe,
  decryptJweAsync,
  DIRECT_AGREEMENT,
  type Decrypted,
  encryptJwe,
  type RemoteDecrypter,
} from '../../src/jose/jwe.js';
import { exportSecretInTheClear } from '../../src/key/export.js';
import { createRing } from '../../src/key/ring.js';
import * as rsa from '../../src/key/rsa.js';
import { generateSecret, importSecret, withUse } from '../../src/key/secret.js';
import { encrypt, seal, wrap as wrapKey } from '../../src/key/use.js';
import { generateKeyPair } from '../../src/key/ec.js';
import { aes128CbcHmacSha256 } from '../../src/primitive/aes-cbc-hmac.js';
import { aes128Gcm, aes192Gcm, aes256Gcm } from '../../src/primitive/aes-gcm.js';
import { aes128Kw, aes256Kw } from '../../src/primitive/aes-kw.js';
import { ecdhP256, ecdhP384, x25519 } from '../../src/primitive/agreement.js';
import { rsaOaepSha256, rsaOaepSha256Mgf1Sha1 } from '../../src/primitive/rsa-oaep.js';
import { engineName, outcome } from '../vectors.js';
import * as xKeys from '../../src/key/x25519.js';
import {
  direct,
  ENCS,
  jwkOf,
  publicJwkOf,
  type Recipient,
  recipients,
  secretOf,
} from './jwe-support.js';

const TEXT = encodeUtf8('Nothing is verified by this.');
const NONE = new Uint8Array(0);
const ALL = recipients();
const [first] = ALL;
if (first === undefined) throw new Error('no recipients');
const { encryptionKey: kwKey, decryptionKey: kwOpen } = first;

const sealTo = (to: Recipient, enc = aes128Gcm): string =>
  encryptJwe(TEXT, to.encryptionKey, { enc, wrap: to.wrap });
const openBy = (to: Recipient, token: string, enc = ENCS): Decrypted =>
  decryptJwe(token, to.decryptionKey, { enc, wrap: to.wrap });
const messageOf = (call: () => unknown): string => {
  try {
    call();
    return 'no error';
  } catch (error) {
    return error instanceof CountersignError ? `${error.code}: ${error.message}` : String(error);
  }
};
const withHeader = (token: string, change: (header: object) => object): string => {
  const [encoded = '', ...parts] = token.split('.');
  const header = JSON.parse(decodeUtf8(decodeBase64Url(encoded))) as object;
  return [encodeBase64Url(encodeUtf8(JSON.stringify(change(header)))), ...parts].join('.');
};
const withPart = (token: string, at: number, part: Uint8Array): string =>
  token
    .split('.')
    .map((old, i) => (i === at ? encodeBase64Url(part) : old))
    .join('.');
const partOf = (token: string, at: number): Uint8Array =>
  decodeBase64Url(token.split('.')[at] ?? '');

describe.each(ENCS.map((enc) => [enc.name, enc] as const))('%s', (_, enc) => {
  const all = [...ALL, direct(enc)];
  // What carries the key makes no difference to the content: with two of them all are tried.
  const some = enc.keySize <= 32 && enc !== aes192Gcm ? all : [first, direct(enc)];

  test('goes to every recipient and comes back', () => {
    for (const to of all) {
      const { plaintext, header, relaxed } = openBy(to, sealTo(to, enc));
      expect(plaintext).toEqual(TEXT);
      expect(header['alg']).toBe(to.name);
      expect(relaxed).toEqual([]);
    }
  });

  test('carries no octets and a whole record', () => {
    const to = direct(enc);
    for (const size of [0, 1, 40_000]) {
      const token = encryptJwe(secretOf(size), to.encryptionKey, { enc });
      expect(openBy(to, token).plaintext).toEqual(secretOf(size));
    }
  });

  test('opens nothing with one bit changed', () => {
    for (const to of some) {
      const token = sealTo(to, enc);
      for (const [at, part] of token.split('.').entries()) {
        const octets = decodeBase64Url(part);
        const step = Math.max(1, Math.floor(octets.length / 3));
        for (let i = 0; i < octets.length; i += step) {
          const changed = new Uint8Array(octets);
          changed[i] = (changed[i] ?? 0) ^ (1 << (i & 7));
          const call = (): unknown => openBy(to, withPart(token, at, changed));
          const found = outcome(call);
          if (at > 0) expect(found, `${to.name} part ${at}`).toBe('ERR_DECRYPT_FAILED');
          else expect(found, `${to.name} header`).toMatch(/^ERR_/);
        }
      }
    }
  });

  test('opens nothing that was cut, or has a part too many', () => {
    for (const to of some) {
      const token = sealTo(to, enc);
      for (const at of [1, 2, 3, 4]) {
        const part = partOf(token, at);
        const call = (octets: Uint8Array): string =>
          outcome(() => openBy(to, withPart(token, at, octets)));
        if (part.length > 0) {
          expect(call(part.slice(1))).toBe('ERR_DECRYPT_FAILED');
          expect(call(NONE)).toBe('ERR_DECRYPT_FAILED');
        }
        expect(call(Uint8Array.of(...part, 0))).toBe('ERR_DECRYPT_FAILED');
      }
      for (const other of [
        `${token}.`,
        `.${token}`,
        token.slice(token.indexOf('.') + 1),
        '',
        '....',
      ]) {
        expect(outcome(() => openBy(to, other))).toBe('ERR_JOSE_FORM');
      }
    }
  });
});

describe('confusion', () => {
  test('a message opens with its own key, alg and enc alone', () => {
    const everybody = [...ALL, ...ENCS.map(direct)];
    let tried = 0;
    for (const to of everybody) {
      const enc = to.alg.kind === 'aead' ? to.alg : aes128CbcHmacSha256;
      const token = sealTo(to, enc);
      for (const by of everybody) {
        const isOwn = by === to;
        const isName = by.name === to.name && (by.alg.kind !== 'aead' || by.alg === enc);
        const found = outcome(() => openBy(by, token).plaintext.length);
        tried++;
        if (isOwn) expect(found).toBe(String(TEXT.length));
        else if (!isName) expect(found, `${to.name} by ${by.name}`).toBe('ERR_JOSE_ALGORITHM');
        else
          expect(found, `${to.name} by ${by.name}`).toMatch(/^ERR_(?:DECRYPT_FAILED|JOSE_HEADER)$/);
      }
    }
    expect(tried).toBe(everybody.length ** 2);
  });

  test('a header that names another algorithm is refused, whatever it names', () => {
    const others = 'dir RSA-OAEP RSA-OAEP-256 RSA1_5 none NONE nOnE HS256 A128GCMKW a128kw';
    const known = [...ALL.map(({ name }) => name), ...others.split(' ')];
    const names = new Set([...known, 'PBES2-HS256+A128KW', '']);
    for (const to of [...ALL, direct(aes128Gcm)]) {
      const token = sealTo(to);
      for (const alg of names) {
        if (alg === to.name) continue;
        const other = withHeader(token, (header) => ({ ...header, alg }));
        expect(
          outcome(() => openBy(to, other)),
          `${to.name} as ${alg}`,
        ).toBe('ERR_JOSE_ALGORITHM');
      }
    }
  });

  test('an enc that the caller does not allow is refused, though the key would open it', () => {
    const token = sealTo(first, aes128CbcHmacSha256);
    expect(outcome(() => openBy(first, token, [aes128Gcm, aes256Gcm]))).toBe('ERR_JOSE_ALGORITHM');
    const relabelled = withHeader(token, (header) => ({ ...header, enc: 'A128GCM' }));
    expect(outcome(() => openBy(first, relabelled))).toBe('ERR_DECRYPT_FAILED');
  });

  test('what is refused for good is named', () => {
    const token = sealTo(first);
    for (const [alg, part] of [
      ['RSA1_5', 'RSA1_5'],
      ['PBES2-HS512+A256KW', 'PBES2'],
      ['A256GCMKW', 'AES-GCM key wrap'],
      ['SECRET', 'another'],
    ] as const) {
      const text = messageOf(() =>
        openBy(
          first,
          withHeader(token, (old) => ({ ...old, alg })),
        ),
      );
      expect(text).toContain(part);
      expect(text).not.toContain('SECRET');
    }
  });

  test('alg and enc that are no text are refused', () => {
    const token = sealTo(first);
    for (const value of [1, null, ['A128KW'], { toString: 'A128KW' }, true]) {
      for (const name of ['alg', 'enc']) {
        const other = withHeader(token, (header) => ({ ...header, [name]: value }));
        expect(outcome(() => openBy(first, other))).toBe('ERR_JOSE_HEADER');
      }
    }
  });
});

describe('failures', () => {
  test('are one, with one text, whatever failed', () => {
    const token = sealTo(first);
    const key = secretOf(16);
    const foreign = (cek: Uint8Array): Uint8Array =>
      wrapKey(importSecret(key, { alg: aes128Kw, use: 'wrap', encoding: 'raw' }), cek);
    const texts = [
      withPart(token, 1, new Uint8Array(24)),
      withPart(token, 1, new Uint8Array(23)),
      withPart(token, 1, NONE),
      withPart(token, 1, foreign(secretOf(32))),
      withPart(token, 1, foreign(secretOf(16))),
      withPart(token, 1, foreign(new Uint8Array(16))), // a key that anyone can guess
      withPart(token, 2, new Uint8Array(16)),
      withPart(token, 2, NONE),
      withPart(token, 3, new Uint8Array(1)),
      withPart(token, 4, new Uint8Array(16)),
      withPart(token, 4, new Uint8Array(12)),
      withPart(token, 4, NONE),
    ].map((changed) => messageOf(() => openBy(first, changed)));
    expect(new Set(texts)).toEqual(new Set(['ERR_DECRYPT_FAILED: JWE: decryption failed']));
  });

  test('take the same steps, whatever is wrong with the encrypted key', () => {
    let opens = 0;
    const enc = {
      ...aes128Gcm,
      openForeign: (...given: Parameters<typeof aes128Gcm.openForeign>): Uint8Array => {
        opens += 1;
        return aes128Gcm.openForeign(...given);
      },
    };
    const wrapping = importSecret(secretOf(16), { alg: aes128Kw, use: 'wrap', encoding: 'raw' });
    const token = encryptJwe(TEXT, wrapping, { enc: aes128Gcm });
    for (const encryptedKey of [
      new Uint8Array(24),
      wrapKey(wrapping, secretOf(32)),
      wrapKey(wrapping, secretOf(16)),
      wrapKey(wrapping, new Uint8Array(16)), // a key that anyone can guess
    ]) {
      opens = 0;
      const changed = withPart(token, 1, encryptedKey);
      const open = (): unknown =>
        decryptJwe(changed, withUse(wrapping, 'unwrap'), { enc: [enc as never] });
      expect(outcome(open)).toBe('ERR_DECRYPT_FAILED');
      expect(opens).toBe(1);
    }
  });

  const hasRsa = engineName !== 'noble';
  const title = hasRsa ? 'of RSA-OAEP too: RFC 7516, section 11.5' : 'of RSA-OAEP are the engine’s';
  test(title, () => {
    if (!hasRsa) {
      const alg = rsaOaepSha256;
      const load = (): unknown =>
        rsa.importPrivateKey(jwkOf('rsa-2048-a'), { alg, use: 'decrypt' });
      expect(outcome(load)).toBe('ERR_UNSUPPORTED_ENGINE');
      const key = rsa.importPublicKey(publicJwkOf('rsa-2048-a'), { alg, use: 'encrypt' });
      expect(encryptJwe(TEXT, key, { enc: aes128Gcm }).split('.')).toHaveLength(5);
      return;
    }
    const to = ALL.find(({ name }) => name === 'RSA-OAEP-256');
    if (to === undefined) throw new Error('no RSA');
    const token = sealTo(to);
    const carried = (cek: Uint8Array): Uint8Array => encrypt(to.encryptionKey as never, cek, NONE);
    const texts = [
      new Uint8Array(256),
      new Uint8Array(256).fill(0xff),
      new Uint8Array(255),
      NONE,
      carried(secretOf(15)),
      carried(secretOf(17)),
      carried(NONE),
      carried(secretOf(16)),
      encrypt(to.encryptionKey as never, secretOf(16), Uint8Array.of(1)),
    ].map((octets) => messageOf(() => openBy(to, withPart(token, 1, octets))));
    expect(new Set(texts)).toEqual(new Set(['ERR_DECRYPT_FAILED: JWE: decryption failed']));
  });

  test('are coded for any text', () => {
    const token = sealTo(first);
    const open = (text: string): string => outcome(() => openBy(first, text));
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.constantFrom('', '.', 'A', '=', '-', '/', ' ', '\u0000', '\u{1f600}', '{', '"'),
        fc.boolean(),
        (at, by, isInserted) => {
          const changed = token.slice(0, at) + by + token.slice(isInserted ? at : at + 1);
          if (changed !== token) expect(open(changed)).toMatch(/^ERR_/);
        },
      ),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(open(text)).toMatch(/^ERR_/);
        expect(open(`${encodeBase64Url(encodeUtf8('{}'))}.${text}`)).toMatch(/^ERR_/);
      }),
      { numRuns: 200 },
    );
  });

  test('are coded for any header', () => {
    const parts = sealTo(first).split('.').slice(1);
    fc.assert(
      fc.property(fc.json(), (json) => {
        const encoded = encodeBase64Url(encodeUtf8(json));
        expect(outcome(() => openBy(first, [encoded, ...parts].join('.')))).toMatch(/^ERR_/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('sizes', () => {
  const wide = { maxBytes: 1 << 20 };
  const big = (size: number): string =>
    encryptJwe(new Uint8Array(size), kwKey, { enc: aes128Gcm, ...wide });

  test('more than 65,536 octets are refused before anything is read', () => {
    expect(outcome(() => openBy(first, 'x'.repeat(65_537)))).toBe('ERR_LENGTH');
    expect(outcome(() => openBy(first, '.'.repeat(1 << 24)))).toBe('ERR_LENGTH');
    expect(outcome(() => openBy(first, 'x'.repeat(65_536)))).toBe('ERR_JOSE_FORM');
  });

  test('a caller may set another limit', () => {
    const token = big(60_000);
    expect(outcome(() => openBy(first, token))).toBe('ERR_LENGTH');
    const options = { enc: ENCS, maxBytes: token.length };
    expect(decryptJwe(token, kwOpen, options).plaintext).toHaveLength(60_000);
    expect(
      outcome(() => decryptJwe(token, kwOpen, { ...options, maxBytes: token.length - 1 })),
    ).toBe('ERR_LENGTH');
    for (const maxBytes of [0, -1, 1.5, Number.NaN, (1 << 24) + 1, '9' as never]) {
      expect(() => decryptJwe(token, kwOpen, { enc: ENCS, maxBytes })).toThrow(TypeError);
    }
  });

  test('a header has 65,536 octets or fewer, whatever the whole may have', () => {
    const header = { kid: 'x'.repeat(60_000) };
    const token = encryptJwe(TEXT, kwKey, {
      enc: aes128Gcm,
      header,
      ...wide,
      maxHeaderBytes: 1 << 20,
    });
    const options = { enc: ENCS, ...wide };
    expect(outcome(() => decryptJwe(token, kwOpen, options))).toBe('ERR_LENGTH');
    const length = token.indexOf('.');
    const open = (maxHeaderBytes: number): string =>
      outcome(() => decryptJwe(token, kwOpen, { ...options, maxHeaderBytes }));
    expect(open(length - 1)).toBe('ERR_LENGTH');
    expect(decryptJwe(token, kwOpen, { ...options, maxHeaderBytes: length }).plaintext).toEqual(
      TEXT,
    );
    for (const wrong of [0, 1.5, Number.NaN, (1 << 24) + 1, '9' as never]) {
      expect(() => open(wrong)).toThrow(TypeError);
    }
  });

  test('of an agreement’s header too, and beyond what JSON has by itself', () => {
    const { publicKey, privateKey } = generateKeyPair({ alg: ecdhP256 });
    const sizes = { maxBytes: 1 << 22, maxHeaderBytes: 1 << 22 };
    const header = { x: 'x'.repeat(1_100_000) };
    const token = encryptJwe(TEXT, publicKey, {
      enc: aes128Gcm,
      wrap: DIRECT_AGREEMENT,
      header,
      ...sizes,
    });
    const options = { enc: ENCS, wrap: DIRECT_AGREEMENT, maxBytes: sizes.maxBytes } as const;
    expect(decryptJwe(token, privateKey, { ...options, ...sizes }).plaintext).toEqual(TEXT);
    expect(outcome(() => decryptJwe(token, privateKey, options))).toBe('ERR_LENGTH');
  });

  test('what no recipient reads is not written, unless it says that it does', () => {
    const at = (size: number, options: object = {}): string =>
      encryptJwe(new Uint8Array(size), kwKey, { enc: aes128Gcm, ...options });
    const token = at(48_000);
    expect(openBy(first, token).plaintext).toHaveLength(48_000);
    expect(() => at(49_200)).toThrow('options.maxBytes');
    expect(at(48_000, { maxBytes: token.length })).toHaveLength(token.length);
    expect(() => at(48_000, { maxBytes: token.length - 1 })).toThrow(TypeError);
    const header = { x: 'x'.repeat(49_200) };
    expect(() => at(0, { header, ...wide })).toThrow('options.maxHeaderBytes');
  });

  test('the name of a party has 1024 octets or fewer', () => {
    const { publicKey, privateKey } = generateKeyPair({ alg: ecdhP256 });
    const how = { enc: aes128Gcm, wrap: DIRECT_AGREEMENT } as const;
    const token = encryptJwe(TEXT, publicKey, { ...how, apu: secretOf(1024), apv: TEXT });
    const open = (text: string): Decrypted =>
      decryptJwe(text, privateKey, { enc: ENCS, wrap: DIRECT_AGREEMENT });
    expect(open(token).header['apv']).toBe(encodeBase64Url(TEXT));
    expect(() => encryptJwe(TEXT, publicKey, { ...how, apu: secretOf(1025) })).toThrow(TypeError);
    const apu = encodeBase64Url(secretOf(1025));
    expect(outcome(() => open(withHeader(token, (old) => ({ ...old, apu }))))).toBe(
      'ERR_JOSE_HEADER',
    );
    expect(outcome(() => open(withHeader(token, (old) => ({ ...old, apu: 1 }))))).toBe(
      'ERR_JOSE_HEADER',
    );
    expect(outcome(() => open(withHeader(token, (old) => ({ ...old, apv: '=' }))))).toBe(
      'ERR_BASE64URL',
    );
    expect(outcome(() => open(withHeader(token, (old) => ({ ...old, apv: 'Qm9i' }))))).toBe(
      'ERR_DECRYPT_FAILED',
    );
  });
});

describe('headers', () => {
  test('have the members that the caller gave', () => {
    const header = { kid: 'k', typ: 'JWT', cty: 'JWT', other: { a: [1] } };
    const token = encryptJwe(TEXT, kwKey, { enc: aes128Gcm, header });
    expect({ ...openBy(first, token).header }).toEqual({
      ...header,
      alg: 'A128KW',
      enc: 'A128GCM',
    });
  });

  test('are frozen, and a member is the sender’s or nobody’s', () => {
    const token = encryptJwe(TEXT, kwKey, { enc: aes128Gcm, header: { a: { b: 1 } } });
    const { header } = openBy(first, token);
    expect(Object.getPrototypeOf(header)).toBe(null);
    expect(() => Object.assign(header, { c: 1 })).toThrow(TypeError);
    expect(() => Object.assign(header['a'] as object, { c: 1 })).toThrow(TypeError);
  });

  test.each(['alg', 'enc', 'epk', 'apu', 'apv', 'zip', 'crit'])(
    'leave %s to the library',
    (name) => {
      const given = { enc: aes128Gcm, header: { [name]: 'x' } };
      expect(() => encryptJwe(TEXT, kwKey, given)).toThrow(TypeError);
    },
  );

  test.each([{ kid: 1 }, { typ: null }, { b64: false }, { id: 1e18 }])(
    'that nobody would read are not written: %o',
    (header) => {
      expect(() => encryptJwe(TEXT, kwKey, { enc: aes128Gcm, header })).toThrow(TypeError);
    },
  );

  test('of the sender’s with jku, x5u, x5c or jwk change nothing', () => {
    const jwk = publicJwkOf('rsa-2048-a');
    const header = { jku: 'https://evil.example', x5u: 'https://evil.example', x5c: ['AA=='], jwk };
    const token = encryptJwe(TEXT, kwKey, { enc: aes128Gcm, header });
    expect(openBy(first, token).plaintext).toEqual(TEXT);
  });

  test('with crit are taken where the caller honours it', () => {
    const dir = direct(aes128Gcm);
    const protectedHeader = { alg: 'dir', enc: 'A128GCM', crit: ['urn:x'], 'urn:x': 1 };
    const aad = encodeBase64Url(encodeUtf8(JSON.stringify(protectedHeader)));
    const sealed = seal(dir.encryptionKey as never, TEXT, encodeUtf8(aad));
    const parts = [sealed.slice(0, 12), sealed.slice(12, -16), sealed.slice(-16)];
    const token = [aad, '', ...parts.map((part) => encodeBase64Url(part))].join('.');
    const open = (understood?: string[]): string =>
      outcome(() => {
        const options = understood === undefined ? { enc: ENCS } : { enc: ENCS, understood };
        return decryptJwe(token, dir.decryptionKey, options).header['urn:x'];
      });
    expect(open()).toBe('ERR_JOSE_CRITICAL');
    expect(open(['urn:y'])).toBe('ERR_JOSE_CRITICAL');
    const options = { enc: ENCS, understood: ['urn:x'] };
    expect(decryptJwe(token, dir.decryptionKey, options).plaintext).toEqual(TEXT);
    for (const wrong of ['urn:x', [1], ['b64']]) {
      expect(() => open(wrong as never)).toThrow(TypeError);
    }
  });

  test.each(['zip', 'crit'])('with %s are refused before a key is used', (name) => {
    const value = name === 'zip' ? 'DEF' : ['exp'];
    const token = withHeader(sealTo(first), (old) => ({ ...old, [name]: value, exp: 1 }));
    expect(outcome(() => openBy(first, token))).toBe(
      name === 'zip' ? 'ERR_JOSE_HEADER' : 'ERR_JOSE_CRITICAL',
    );
  });
});

describe('what is drawn', () => {
  test('is drawn for each message', () => {
    for (const to of ALL) {
      const tokens = Array.from({ length: 4 }, () => sealTo(to));
      for (const at of [1, 2, 3, 4]) {
        const parts = tokens.map((token) => token.split('.')[at]);
        const isEmpty = at === 1 && to.wrap === DIRECT_AGREEMENT;
        expect(new Set(parts).size, `${to.name} part ${at}`).toBe(isEmpty ? 1 : 4);
      }
      const headers = new Set(tokens.map((token) => token.split('.')[0]));
      expect(headers.size).toBe(to.wrap === undefined ? 1 : 4);
    }
  });
});

describe('an IV of 16 octets under AES-GCM', () => {
  const secret = generateSecret({ alg: aes128Gcm, use: 'open' });
  const token = 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..';

  test('needs its relaxation, which shows', async () => {
    // WebCrypto takes any IV; nothing here writes such a message.
    const raw = new Uint8Array(exportSecretInTheClear(secret));
    const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']);
    const iv = secretOf(16) as Uint8Array<ArrayBuffer>;
    const aad = new Uint8Array(encodeUtf8(token.slice(0, -2)));
    const algorithm = { name: 'AES-GCM', iv, additionalData: aad };
    const sealed = new Uint8Array(
      await crypto.subtle.encrypt(algorithm, key, new Uint8Array(TEXT)),
    );
    const parts = [iv, sealed.slice(0, -16), sealed.slice(-16)].map((part) =>
      encodeBase64Url(part),
    );
    const message = token + parts.join('.');
    const options = { enc: [aes128Gcm] };
    expect(outcome(() => decryptJwe(message, secret, options))).toBe('ERR_DECRYPT_FAILED');
    const relax = [ALLOW_GCM_IV_16] as const;
    const opened = decryptJwe(message, secret, { ...options, relax });
    expect(opened.plaintext).toEqual(TEXT);
    expect(opened.relaxed).toEqual([ALLOW_GCM_IV_16]);
    const ordinary = encryptJwe(TEXT, withUse(secret, 'seal'), { enc: aes128Gcm });
    expect(decryptJwe(ordinary, secret, { ...options, relax }).relaxed).toEqual([]);
    for (const size of [0, 11, 13, 15, 17]) {
      const other = message.split('.');
      other[2] = encodeBase64Url(secretOf(size));
      expect(outcome(() => decryptJwe(other.join('.'), secret, { ...options, relax }))).toBe(
        'ERR_DECRYPT_FAILED',
      );
    }
  });
});

describe('a ring', () => {
  const [a, b] = [1, 2].map((n) =>
    importSecret(
      secretOf(16).map((octet) => octet ^ n),
      {
        alg: aes128Kw,
        use: 'unwrap',
        encoding: 'raw',
        id: `key ${n}`,
      },
    ),
  );
  const pair = generateKeyPair({ alg: ecdhP256, id: 'p256' });
  const other = xKeys.generateKeyPair({ alg: x25519, id: 'x' });
  if (a === undefined || b === undefined) throw new Error('no keys');
  const ring = createRing([
    { key: a, notAfter: 100 },
    { key: b },
    { key: pair.privateKey },
    { key: other.privateKey },
  ]);
  const options = { enc: ENCS, algs: [aes128Kw], now: 50 };
  const tokenOf = (key: typeof a, kid?: string): string =>
    encryptJwe(TEXT, withUse(key, 'wrap'), {
      enc: aes128Gcm,
      header: kid === undefined ? undefined : { kid },
    });

  test('finds the key that a message names, and tries no other', () => {
    expect(decryptJwe(tokenOf(a, 'key 1'), ring, options).keyId).toBe('key 1');
    expect(decryptJwe(tokenOf(b, 'key 2'), ring, options).keyId).toBe('key 2');
    expect(outcome(() => decryptJwe(tokenOf(b, 'key 1'), ring, options))).toBe(
      'ERR_DECRYPT_FAILED',
    );
    expect(outcome(() => decryptJwe(tokenOf(b, 'key 3'), ring, options))).toBe('ERR_KEY_UNKNOWN');
    expect(outcome(() => decryptJwe(tokenOf(b, ''), ring, options))).toBe('ERR_KEY_UNKNOWN');
  });

  test('tries those of the algorithm where none is named', () => {
    expect(decryptJwe(tokenOf(b), ring, options).keyId).toBe('key 2');
    expect(outcome(() => decryptJwe(sealTo(first), ring, options))).toBe('ERR_DECRYPT_FAILED');
  });

  test('keeps to the times of its keys', () => {
    const late = { ...options, now: 101 };
    expect(outcome(() => decryptJwe(tokenOf(a, 'key 1'), ring, late))).toBe('ERR_KEY_EXPIRED');
    expect(outcome(() => decryptJwe(tokenOf(a), ring, late))).toBe('ERR_DECRYPT_FAILED');
  });

  test('has keys on several curves', () => {
    const wrap = aes256Kw;
    const wanted = { enc: ENCS, algs: [ecdhP256, x25519, ecdhP384], now: 1, wrap };
    for (const { publicKey } of [pair, other]) {
      const token = encryptJwe(TEXT, publicKey, { enc: aes128Gcm, wrap });
      expect(decryptJwe(token, ring, wanted).keyId).toBe(publicKey.id);
    }
    const p384 = generateKeyPair({ alg: ecdhP384 });
    const token = encryptJwe(TEXT, p384.publicKey, { enc: aes128Gcm, wrap });
    expect(outcome(() => decryptJwe(token, ring, wanted))).toBe('ERR_KEY_UNKNOWN');
    const none = withHeader(token, (old) => ({ ...old, epk: undefined }));
    expect(outcome(() => decryptJwe(none, ring, wanted))).toBe('ERR_JOSE_ALGORITHM');
  });

  test('is not the only place where the sender’s curve is the recipient’s', () => {
    const wrap = aes256Kw;
    const p384 = generateKeyPair({ alg: ecdhP384 });
    const token = encryptJwe(TEXT, p384.publicKey, { enc: aes128Gcm, wrap });
    for (const { privateKey } of [pair, other]) {
      expect(outcome(() => decryptJwe(token, privateKey, { enc: ENCS, wrap }))).toBe(
        'ERR_JOSE_HEADER',
      );
    }
  });

  test('is looked into for the caller’s algorithms alone', () => {
    expect(outcome(() => decryptJwe(tokenOf(a), ring, { ...options, algs: [aes256Kw] }))).toBe(
      'ERR_JOSE_ALGORITHM',
    );
    const { enc, algs, now } = options;
    for (const wrong of [
      { enc, now },
      { enc, algs },
      { enc, algs: [], now },
      { enc, now, algs: 'x' },
    ]) {
      expect(() => decryptJwe(tokenOf(a), ring, wrong as never)).toThrow(TypeError);
    }
    expect(() => decryptJwe(tokenOf(a), a, options)).toThrow(TypeError);
  });
});

describe('a caller', () => {
  const { publicKey, privateKey } = generateKeyPair({ alg: ecdhP256 });
  const enc = [aes128Gcm];

  test('says what is done with what a key agrees on', () => {
    expect(() => encryptJwe(TEXT, publicKey, { enc: aes128Gcm })).toThrow(TypeError);
    const token = encryptJwe(TEXT, publicKey, { enc: aes128Gcm, wrap: aes128Kw });
    expect(() => decryptJwe(token, privateKey, { enc })).toThrow(TypeError);
    expect(outcome(() => decryptJwe(token, privateKey, { enc, wrap: DIRECT_AGREEMENT }))).toBe(
      'ERR_JOSE_ALGORITHM',
    );
    expect(outcome(() => decryptJwe(token, privateKey, { enc, wrap: aes256Kw }))).toBe(
      'ERR_JOSE_ALGORITHM',
    );
    expect(() => encryptJwe(TEXT, kwKey, { enc: aes128Gcm, wrap: aes128Kw })).toThrow(TypeError);
    expect(() => decryptJwe(token, kwOpen, { enc, wrap: aes128Kw })).toThrow(TypeError);
    expect(() => decryptJwe(token, kwOpen, { enc, now: 1 })).toThrow('options.now');
    expect(() => decryptJwe(token, kwOpen, { enc, now: Number.NaN })).toThrow(TypeError);
  });

  test('names the parties of an agreement, and of nothing else', () => {
    expect(() => encryptJwe(TEXT, kwKey, { enc: aes128Gcm, apu: TEXT })).toThrow(TypeError);
  });

  test('names what encrypts the content', () => {
    const token = sealTo(first);
    for (const wrong of [
      [],
      undefined,
      aes128Gcm,
      [aes128Kw],
      Array(9).fill(aes128Gcm),
      ['A128GCM'],
    ]) {
      expect(() => decryptJwe(token, kwOpen, { enc: wrong as never })).toThrow(TypeError);
    }
    for (const wrong of [undefined, aes128Kw, 'A128GCM', {}]) {
      expect(() => encryptJwe(TEXT, kwKey, { enc: wrong as never })).toThrow(TypeError);
    }
    const { encryptionKey } = direct(aes128Gcm);
    expect(() => encryptJwe(TEXT, encryptionKey, { enc: aes256Gcm })).toThrow(TypeError);
  });

  test('gives keys that do what is asked, of algorithms that JOSE has', () => {
    const token = sealTo(first);
    expect(outcome(() => decryptJwe(token, kwKey as never, { enc }))).toBe('ERR_KEY_USE');
    expect(outcome(() => encryptJwe(TEXT, kwOpen as never, { enc: aes128Gcm }))).toBe(
      'ERR_KEY_USE',
    );
    const odd = rsa.importPublicKey(publicJwkOf('rsa-2048-a'), {
      alg: rsaOaepSha256Mgf1Sha1,
      use: 'encrypt',
    });
    expect(() => encryptJwe(TEXT, odd, { enc: aes128Gcm })).toThrow(TypeError);
  });

  test('spells its options right', () => {
    expect(() => encryptJwe(TEXT, kwKey, { enc: aes128Gcm, kid: 'x' } as never)).toThrow(TypeError);
    expect(() => decryptJwe('', kwOpen, { enc, maxbytes: 1 } as never)).toThrow(TypeError);
    expect(() => decryptJwe('', kwOpen, { enc, relax: ['x'] } as never)).toThrow(TypeError);
  });
});

describe('a key elsewhere', () => {
  const options = { enc: ENCS };
  const key = rsa.importPublicKey(publicJwkOf('rsa-2048-a'), {
    alg: rsaOaepSha256,
    use: 'encrypt',
  });
  const token = encryptJwe(TEXT, key, { enc: aes256Gcm, header: { kid: 'k' } });
  const cek = secretOf(32);
  const sealed = encryptJwe(
    TEXT,
    importSecret(cek, { alg: aes256Gcm, use: 'seal', encoding: 'raw' }),
    { enc: aes256Gcm },
  );
  const remote = (decrypt: RemoteDecrypter['decrypt']): RemoteDecrypter => ({
    alg: rsaOaepSha256,
    keyId: 'elsewhere',
    decrypt,
  });
  const failureOf = async (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => 'no error',
      (error: unknown) => (error instanceof CountersignError ? error.code : String(error)),
    );

  test('decrypts what was encrypted to it', async () => {
    if (engineName === 'noble') return; // no private key to play the service with
    const local = rsa.importPrivateKey(jwkOf('rsa-2048-a'), { alg: rsaOaepSha256, use: 'decrypt' });
    const { decrypt } = await import('../../src/key/use.js');
    const service = remote((octets, label) => Promise.resolve(decrypt(local, octets, label)));
    const { plaintext, keyId, header } = await decryptJweAsync(token, service, options);
    expect([plaintext, keyId, header['kid']]).toEqual([TEXT, 'elsewhere', 'k']);
    expect((await decryptJweAsync(token, local, options)).plaintext).toEqual(TEXT);
  });

  test('that has no plaintext, or one of another size, is a failure like any other', async () => {
    for (const answer of [undefined, NONE, cek.slice(1), cek, new Uint8Array(32), 'x' as never]) {
      const call = decryptJweAsync(
        token,
        remote(() => Promise.resolve(answer)),
        options,
      );
      expect(await failureOf(call)).toBe('ERR_DECRYPT_FAILED');
    }
  });

  test('is not asked about a message for another algorithm or with a spoilt IV', async () => {
    const never = remote(() => Promise.reject(new Error('asked')));
    expect(await failureOf(decryptJweAsync(sealed, never, options))).toBe('ERR_JOSE_ALGORITHM');
    const spoilt = withPart(token, 2, new Uint8Array(16));
    expect(await failureOf(decryptJweAsync(spoilt, never, options))).toBe('ERR_DECRYPT_FAILED');
  });

  test('has its own errors passed on', async () => {
    const broken = remote(() => Promise.reject(new RangeError('no network')));
    await expect(decryptJweAsync(token, broken, options)).rejects.toThrow(RangeError);
  });

  test('leaves no room for a ring’s options', async () => {
    const service = remote(() => Promise.resolve(cek));
    for (const wrong of [{ algs: [rsaOaepSha256] }, { wrap: aes128Kw }, { now: 1 }, { enc: [] }]) {
      await expect(decryptJweAsync(token, service, { ...options, ...wrong })).rejects.toThrow(
        TypeError,
      );
    }
  });
});
