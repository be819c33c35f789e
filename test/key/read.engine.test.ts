// Texts and octets that keys come in, and what is taken for one and is none. Real files are in the
// corpus; these are made by hand, each of them wrong in one way.
import { describe, expect, test } from 'vitest';
import { derBitString, derEncode, derObjectId, derSequence } from '../../src/bytes/der.js';
import { encodePem } from '../../src/bytes/pem.js';
import * as ec from '../../src/key/ec.js';
import * as ed from '../../src/key/ed25519.js';
import type { KeyInput } from '../../src/key/content.js';
import * as x from '../../src/key/x25519.js';
import { x25519 } from '../../src/primitive/agreement.js';
import { ecdsaP256Sha256 } from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { outcome } from '../vectors.js';

const seed = Uint8Array.from({ length: 32 }, (_, i) => i + 0x30);
const point = ed25519.publicOf(ed25519.privateKey(seed));
const spki = derSequence(derSequence(derObjectId('1.3.101.112')), derBitString(point));
const pem = encodePem('PUBLIC KEY', spki);
const base64 = Buffer.from(spki).toString('base64');

const load = (input: KeyInput): string =>
  outcome(() => ed.importPublicKey(input, { alg: ed25519, use: 'verify' }).use);
const loadEc = (input: KeyInput): string =>
  outcome(() => ec.importPrivateKey(input, { alg: ecdsaP256Sha256, use: 'sign' }).use);

describe('a text', () => {
  test('may have white space, a byte order mark and quotes around it', () => {
    for (const text of [pem, base64]) {
      for (const around of [
        `\ufeff${text}`,
        ` \n${text} \n`,
        `"${text}"`,
        `'${text}'`,
        ` "${text}" `,
        `" ${text} "`,
        `\ufeff "${text}"\n`,
      ]) {
        expect(load(around), JSON.stringify(around)).toBe('verify');
      }
    }
  });

  test('has them nowhere else, and quotes on both sides', () => {
    const middle = `${base64.slice(0, 20)}\ufeff${base64.slice(20)}`;
    for (const text of [
      middle,
      `M"${base64}"`,
      `"${base64}"M`,
      `"${base64}`,
      `${base64}"`,
      `"${base64}'`,
      `"'${base64}'"`,
    ]) {
      expect(load(text), JSON.stringify(text)).toMatch(/^ERR_(?:BASE64|KEY_FORM)$/);
    }
  });

  test('may have its line ends escaped, up to four times', () => {
    for (const escape of ['\\', '\\\\', '\\\\\\', '\\\\\\\\']) {
      for (const end of [`${escape}n`, `${escape}r${escape}n`]) {
        expect(load(pem.replaceAll('\n', end)), end).toBe('verify');
        expect(load(`${base64.slice(0, 30)}${end}${base64.slice(30)}${end}`), end).toBe('verify');
      }
    }
    expect(load(pem.replaceAll('\n', '\\\\\\\\\\n'))).toBe('ERR_PEM');
  });

  test('has 2^17 characters at most, and octets are as many', () => {
    const most = 2 ** 17;
    expect(load('M'.repeat(most))).toBe('ERR_DER');
    expect(load('M'.repeat(most + 4))).toBe('ERR_KEY_FORM');
    expect(load(new Uint8Array(most).fill(0x30))).toBe('ERR_DER');
    expect(load(new Uint8Array(most + 1).fill(0x30))).toBe('ERR_KEY_FORM');
  });

  test('is told what it is instead', () => {
    const encoded = Buffer.from(pem).toString('base64');
    expect(() => ed.importPublicKey(encoded, { alg: ed25519, use: 'verify' })).toThrow(
      /found Base64 of PEM/,
    );
    for (const none of [undefined, null, 1, true, () => 1, Symbol('key')]) {
      expect(() => load(none as never)).toThrow(/expected text, octets or a JWK/);
    }
  });
});

describe('PEM', () => {
  test('may have a text around it, in which nothing looks like PEM', () => {
    expect(load(`Bank \u2013 June - 1\n${pem}\n-- the end`)).toBe('verify');
    for (const around of [
      '\u2013\u2013',
      '\u2014\u2015',
      '----',
      'BEGIN',
      '-----',
      '-----BEGIN X-----',
    ]) {
      expect(load(`${around}\n${pem}`), around).toBe('ERR_PEM');
      expect(load(`${pem}${around}`), around).toBe('ERR_PEM');
    }
    expect(load('-----')).toBe('ERR_PEM');
    expect(load(pem.replace('END PUBLIC', 'END PRIVATE'))).toBe('ERR_PEM');
  });

  const CURVE = derObjectId('1.2.840.10045.3.1.7');
  const key = (...rest: Uint8Array[]): string =>
    encodePem(
      'EC PRIVATE KEY',
      derSequence(derEncode(2, Uint8Array.of(1)), derEncode(4, seed), ...rest),
    );
  const whole = key(derEncode(0xa0, CURVE));
  const parameters = encodePem('EC PARAMETERS', CURVE);

  test('is one block, or a curve and a key on it', () => {
    expect(loadEc(whole)).toBe('sign');
    expect(loadEc(parameters + whole)).toBe('sign');
    expect(loadEc(whole + parameters)).toBe('ERR_KEY_SEVERAL');
    expect(loadEc(encodePem('X', CURVE) + whole)).toBe('ERR_KEY_SEVERAL');
    expect(loadEc(parameters + pem)).toBe('ERR_KEY_SEVERAL');
    expect(loadEc(parameters + whole + pem)).toBe('ERR_KEY_SEVERAL');
    // What comes after the second is not looked at.
    expect(loadEc(`${pem}${pem}-----BEGIN X-----\n!\n-----END X-----`)).toBe('ERR_KEY_SEVERAL');
  });

  test('has the curve of the key before it', () => {
    const other = encodePem('EC PARAMETERS', derObjectId('1.3.132.0.10'));
    expect(loadEc(other + whole)).toBe('ERR_KEY_CURVE');
    expect(loadEc(parameters + key())).toBe('ERR_KEY_CURVE');
    expect(loadEc(parameters)).toBe('ERR_KEY_PARAMETERS');
  });
});

describe('octets', () => {
  const loadPrivate = (input: KeyInput): string =>
    outcome(() => ed.importPrivateKey(input, { alg: ed25519, use: 'sign' }).use);
  const loadX = (input: KeyInput, half: 'importPublicKey' | 'importPrivateKey'): string =>
    outcome(() =>
      half === 'importPublicKey'
        ? x.importPublicKey(input, { alg: x25519, use: 'peer' }).use
        : x.importPrivateKey(input, { alg: x25519, use: 'agree' }).use,
    );

  test('that begin as PEM does are told apart from DER', () => {
    expect(load(Uint8Array.from(Buffer.from(pem)))).toBe('ERR_KEY_FORM');
    expect(load(Uint8Array.of(0x2d, 0x2d))).toBe('ERR_KEY_FORM');
    expect(load(Uint8Array.of(0x2d, 0x30))).toBe('ERR_DER');
    expect(load(Uint8Array.of(0x30, 0x2d))).toBe('ERR_DER');
  });

  test('are a raw key, and a text never is one', () => {
    expect(load(point)).toBe('verify');
    expect(loadPrivate(seed)).toBe('sign');
    // 32 octets whose Base64 begins as that of DER does.
    expect(Buffer.from(seed).toString('base64')).toMatch(/^M/);
    expect(loadPrivate(Buffer.from(seed).toString('base64'))).toBe('ERR_DER');
  });

  test('are twice as many for a private key of Ed25519 alone, with its public key', () => {
    const both = Uint8Array.of(...seed, ...point);
    expect(loadPrivate(both)).toBe('sign');
    expect(loadPrivate(Uint8Array.of(...seed, ...seed))).toBe('ERR_KEY');
    expect(load(both)).toBe('ERR_DER');
    expect(loadX(both, 'importPrivateKey')).toBe('ERR_DER');
    expect(loadX(both, 'importPublicKey')).toBe('ERR_DER');
    expect(loadX(seed, 'importPrivateKey')).toBe('agree');
    for (const size of [31, 33, 63, 65]) {
      expect(loadPrivate(new Uint8Array(size).fill(1))).toBe('ERR_DER');
    }
  });

  test('are DER where they begin as DER does, though a point has their size', () => {
    const loadPoint = (input: Uint8Array): string =>
      outcome(() => ec.importPublicKey(input, { alg: ecdsaP256Sha256, use: 'verify' }).use);
    for (const size of [33, 65]) {
      const der = derSequence(derEncode(0x04, new Uint8Array(size - 4)));
      expect(der.length).toBe(size);
      expect(loadPoint(der)).toBe('ERR_KEY_FORM');
      expect(loadPoint(new Uint8Array(size).fill(4))).toBe('ERR_KEY');
    }
  });
});
