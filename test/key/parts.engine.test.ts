// Tags of messages in parts, by handles.
import { describe, expect, test } from 'vitest';
import { encodeBase64 } from '../../src/bytes/base64.js';
import { encodeHex } from '../../src/bytes/hex.js';
import { generateKeyPair } from '../../src/key/ed25519.js';
import { findTagText } from '../../src/key/parts.js';
import { importSecret } from '../../src/key/secret.js';
import { mac, macParts, verify, verifyParts } from '../../src/key/use.js';
import { aesCmac } from '../../src/primitive/aes-modes.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { hmacSha1 } from '../../src/primitive/legacy/hmac.js';
import { engineName, outcome } from '../vectors.js';

const octets = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, i) => i + 1);
const raw = { encoding: 'raw' } as const;
const macKey = importSecret(octets(32), { alg: hmacSha256, use: 'mac', ...raw });
const key = importSecret(octets(32), { alg: hmacSha256, use: 'verify', ...raw });
const weakMacKey = importSecret(octets(32), { alg: hmacSha1, use: 'mac', ...raw });
const weakKey = importSecret(octets(32), { alg: hmacSha1, use: 'verify', ...raw });
const body = octets(200);
const parts = ['1700000000', '.', body];
const whole = new Uint8Array(Buffer.concat([Buffer.from('1700000000.'), body]));
const tag = mac(macKey, whole);
const wrong = (i: number): Uint8Array => tag.map((octet, at) => (at === i ? octet ^ 1 : octet));

describe('macParts', () => {
  test('makes the tag of the whole, marked where it is weak', () => {
    expect(macParts(macKey, parts)).toEqual(tag);
    expect(macParts(weakMacKey, parts)).toEqual(mac(weakMacKey, whole));
    expect(macParts(weakMacKey, parts).strength).toBe('weak');
  });

  test('takes a key to make tags', () => {
    expect(outcome(() => macParts(key as never, parts))).toBe('ERR_KEY_USE');
  });
});

describe('verifyParts', () => {
  test('finds the first of the tags that is right', () => {
    expect(verifyParts(key, parts, [tag])).toBe(0);
    expect(verifyParts(key, parts, [wrong(0), tag])).toBe(1);
    expect(verifyParts(key, parts, [tag, wrong(0), tag])).toBe(0);
    expect(verifyParts(key, parts, [...Array.from({ length: 7 }, (_, i) => wrong(i)), tag])).toBe(
      7,
    );
  });

  test('finds none where none is: other octets, other lengths, none at all', () => {
    for (let i = 0; i < tag.length; i++) expect(verifyParts(key, parts, [wrong(i)])).toBe(-1);
    const lengths = [
      tag.subarray(1),
      tag.subarray(0, 31),
      new Uint8Array(0),
      Uint8Array.of(...tag, 0),
    ];
    expect(verifyParts(key, parts, lengths)).toBe(-1);
    expect(verifyParts(key, parts, [])).toBe(-1);
    expect(verifyParts(key, ['1700000001', '.', body], [tag])).toBe(-1);
    expect(verifyParts(key, [], [tag])).toBe(-1);
  });

  test('agrees with verify, which says of a weak tag that it is one', () => {
    const { octets: weakTag } = mac(weakMacKey, whole);
    expect(verify(weakKey, whole, weakTag)).toBe('weak');
    expect(verifyParts(weakKey, parts, [tag, weakTag])).toBe(1);
    expect(verifyParts(weakKey, parts, [tag, weakTag.subarray(1)])).toBe(-1);
    expect(weakKey.alg.strength).toBe('weak');
  });

  test('takes 8 tags at most, in a list, each of octets that nobody else can change', () => {
    expect(verifyParts(key, parts, Array<Uint8Array>(8).fill(tag))).toBe(0);
    expect(() => verifyParts(key, parts, Array<Uint8Array>(9).fill(tag))).toThrow(
      new TypeError('tags: expected at most 8, found 9'),
    );
    for (const tags of [tag, 'tag', { length: 1, 0: tag }, null, undefined]) {
      expect(() => verifyParts(key, parts, tags as never)).toThrow(/^tags: expected a list/);
    }
    const shared = new Uint8Array(new SharedArrayBuffer(32));
    for (const one of ['tag', [...tag], null, undefined, shared]) {
      expect(() => verifyParts(key, parts, [tag, one as never])).toThrow(/^tag: /);
    }
    expect(() => verifyParts(key, parts, Array<Uint8Array>(1))).toThrow(/^tag: /);
  });

  test('takes a key of HMAC, to verify', () => {
    expect(outcome(() => verifyParts(macKey as never, parts, [tag]))).toBe('ERR_KEY_USE');
    const cmac = importSecret(octets(16), { alg: aesCmac, use: 'verify', ...raw });
    expect(() => verifyParts(cmac as never, parts, [tag])).toThrow(
      new TypeError('key: expected one of HMAC, found one of AES-CMAC'),
    );
    const { publicKey } = generateKeyPair({ alg: ed25519 });
    expect(() => verifyParts(publicKey as never, parts, [tag])).toThrow(
      /^key: expected one of HMAC/,
    );
  });
});

describe('a tag as text', () => {
  const isNative = engineName === 'node';
  const [hex, base64] = [encodeHex(tag, 'lower'), encodeBase64(tag)];

  test('is found by what its octets are written as, where the platform writes it', () => {
    expect(findTagText(key, parts, [`0${hex.slice(1)}0`, hex], 'hex')).toBe(
      isNative ? 1 : undefined,
    );
    expect(findTagText(key, parts, [hex, base64], 'base64')).toBe(isNative ? 1 : undefined);
    const weak = encodeHex(mac(weakMacKey, whole).octets, 'lower');
    expect(findTagText(weakKey, parts, [weak], 'hex')).toBe(isNative ? 0 : undefined);
  });

  test('is not found by another text', () => {
    const flipped = Array.from({ length: hex.length }, (_, i) => {
      const other = hex.charAt(i) === '0' ? '1' : '0';
      return hex.slice(0, i) + other + hex.slice(i + 1);
    });
    for (const other of [...flipped, hex.toUpperCase(), hex.slice(2), `${hex}00`, '', base64]) {
      expect(findTagText(key, parts, [other], 'hex')).toBe(isNative ? -1 : undefined);
    }
    expect(findTagText(key, parts, [], 'hex')).toBe(isNative ? -1 : undefined);
  });
});
