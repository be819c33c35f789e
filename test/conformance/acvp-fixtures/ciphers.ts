/**
 * AES and 3DES.
 *
 * @module
 */
import * as node from 'node:crypto';
import { changed, type Fixture, random, setOf, upper } from './shape.js';

function gcm(bits: 128 | 192 | 256, direction: string, ivLen: number, tagLen: number): Fixture {
  const [key, iv, aad, pt] = [random(bits / 8), random(ivLen / 8), random(20), random(33)];
  const options = { authTagLength: tagLen / 8 };
  const cipher = node.createCipheriv(`aes-${bits}-gcm`, key, iv, options).setAAD(aad);
  const ct = Buffer.concat([cipher.update(pt), cipher.final()]);
  const message = { key: upper(key), iv: upper(iv), aad: upper(aad), ct: upper(ct) };
  const good = { ...message, pt: upper(pt), tag: upper(cipher.getAuthTag()) };
  const lengths = { keyLen: bits, ivLen, tagLen, payloadLen: 264, aadLen: 160 };
  const policy =
    tagLen === 128
      ? `policy: an IV of ${ivLen} bits${direction === 'encrypt' ? ' to seal with' : ''}`
      : `policy: a tag of ${tagLen} bits, truncated`;
  const isTaken = tagLen === 128 && (ivLen === 96 || (ivLen === 128 && direction === 'decrypt'));
  return {
    set: setOf('ACVP-AES-GCM'),
    group: { testType: 'AFT', direction, ivGen: 'external', ...lengths },
    good,
    ...(isTaken ? { answer: direction === 'encrypt' ? 'ct' : 'pt' } : { skipped: policy }),
    ...(isTaken && direction === 'decrypt'
      ? { bad: { ...message, tag: changed(good.tag), testPassed: false } }
      : {}),
  };
}

function keyWrap(bits: 128 | 192 | 256, direction: 'encrypt' | 'decrypt'): Fixture {
  const [key, pt] = [random(bits / 8), random(24)];
  const cipher = node.createCipheriv(`id-aes${bits}-wrap`, key, Buffer.alloc(8, 0xa6));
  const ct = upper(Buffer.concat([cipher.update(pt), cipher.final()]));
  const group = { testType: 'AFT', direction, kwCipher: 'cipher', keyLen: bits, payloadLen: 192 };
  const good = { key: upper(key), pt: upper(pt), ct };
  if (direction === 'encrypt') return { set: setOf('ACVP-AES-KW'), group, good, answer: 'ct' };
  const bad = { key: good.key, ct: changed(ct), testPassed: false };
  return { set: setOf('ACVP-AES-KW'), group, good, bad, answer: 'pt' };
}

function blocks(mode: 'cbc' | 'ctr' | 'ecb', direction: 'encrypt' | 'decrypt'): Fixture {
  const [key, iv, pt] = [random(24), random(16), random(mode === 'ctr' ? 21 : 48)];
  const cipher = node.createCipheriv(`aes-192-${mode}`, key, mode === 'ecb' ? null : iv);
  const ct = Buffer.concat([cipher.setAutoPadding(false).update(pt), cipher.final()]);
  return {
    set: setOf(`ACVP-AES-${mode.toUpperCase()}`),
    group: { testType: 'AFT', direction, keyLen: 192 },
    good: {
      key: upper(key),
      pt: upper(pt),
      ct: upper(ct),
      payloadLen: pt.length * 8,
      ...(mode === 'ecb' ? {} : { iv: upper(iv) }),
    },
    answer: direction === 'encrypt' ? 'ct' : 'pt',
  };
}

/** Encryption in a chain, where one cipher of node:crypto goes through all blocks of a key. */
function blockChain(mode: 'cbc' | 'ecb', bits: 128 | 192 | 256): Fixture {
  let [key, iv, input] = [random(bits / 8), random(16), random(16)];
  const start = { key: upper(key), pt: upper(input), ...(mode === 'ecb' ? {} : { iv: upper(iv) }) };
  const resultsArray = Array.from({ length: 100 }, () => {
    const cipher = node.createCipheriv(`aes-${bits}-${mode}`, key, mode === 'ecb' ? null : iv);
    const out = [iv];
    for (let i = 0; i < 1000; i++) {
      out.push(cipher.update(input));
      input = out.at(mode === 'ecb' ? -1 : -2) ?? input;
    }
    const mask = Buffer.concat(out.slice(-2)).subarray(32 - key.length);
    key = Buffer.from(key.map((octet, i) => octet ^ (mask[i] ?? 0)));
    iv = out.at(-1) ?? iv;
    return { ct: upper(iv) };
  });
  return {
    set: setOf(`ACVP-AES-${mode.toUpperCase()}`),
    group: { testType: 'MCT', direction: 'encrypt', keyLen: bits },
    good: { ...start, resultsArray },
    answer: 'resultsArray',
  };
}

const tripleDes = (['cbc', 'ecb'] as const).map((mode): Fixture => {
  const [key, iv, pt] = [random(24), random(8), random(32)];
  const name = mode === 'cbc' ? 'des-ede3-cbc' : 'des-ede3';
  const cipher = node.createCipheriv(name, key, mode === 'cbc' ? iv : null).setAutoPadding(false);
  const keys = [0, 8, 16].map((at) => upper(key.subarray(at, at + 8)));
  return {
    set: setOf(`ACVP-TDES-${mode.toUpperCase()}`),
    group: { testType: 'AFT', direction: 'decrypt', keyingOption: 1 },
    good: {
      key1: keys[0],
      key2: keys[1],
      key3: keys[2],
      ct: upper(Buffer.concat([cipher.update(pt), cipher.final()])),
      pt: upper(pt),
      ...(mode === 'cbc' ? { iv: upper(iv) } : {}),
    },
    answer: 'pt',
  };
});

const DIRECTIONS = ['encrypt', 'decrypt'] as const;

export const CIPHERS: readonly Fixture[] = [
  ...DIRECTIONS.flatMap((direction) => [
    ...([128, 192, 256] as const).flatMap((bits) => [
      gcm(bits, direction, 96, 128),
      keyWrap(bits, direction),
    ]),
    gcm(128, direction, 128, 128),
    gcm(128, direction, 120, 128),
    gcm(256, direction, 96, 96),
    ...(['cbc', 'ctr', 'ecb'] as const).map((mode) => blocks(mode, direction)),
  ]),
  blockChain('cbc', 128),
  blockChain('ecb', 192),
  ...tripleDes,
];
