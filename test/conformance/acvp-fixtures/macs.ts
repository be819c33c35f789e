/**
 * Tags.
 *
 * @module
 */
import * as node from 'node:crypto';
import { changed, type Fixture, HASHES, random, setOf, upper } from './shape.js';

const hmacs = HASHES.flatMap(([called, name]): Fixture[] =>
  [9, 100].map((size) => {
    const [key, msg] = [random(size), random(50)];
    const mac = node.createHmac(name, key).update(msg).digest();
    return {
      set: setOf(`HMAC-${called}`, undefined, '2.0'),
      group: { testType: 'AFT' },
      good: {
        key: upper(key),
        keyLen: size * 8,
        msg: upper(msg),
        msgLen: 400,
        mac: upper(mac),
        macLen: mac.length * 8,
      },
      answer: 'mac',
    };
  }),
);

const truncated: Fixture = {
  set: setOf('HMAC-SHA2-256', undefined, '2.0'),
  group: { testType: 'AFT' },
  // NIST's internalProjection of HMAC-SHA2-256-2.0, tcId 149.
  good: {
    key: 'F33AA5C617E79CDC0A5520EF2966FFDDE35134DB5B866FB40C32281A28EB6C',
    keyLen: 248,
    msg: 'E0170F7FA766F0C862D2D2B77AC6377CADFD4B8914B1ABA770E5',
    msgLen: 208,
    mac: '3AAEB5FC0B2B6013A10D47F16E2362DB807551',
    macLen: 152,
  },
  skipped: 'policy: a tag of 152 bits, truncated',
};

// RFC 4493, section 4, example 2.
const CMAC = {
  key: '2B7E151628AED2A6ABF7158809CF4F3C',
  message: '6BC1BEE22E409F96E93D7E117393172A',
  mac: '070A16B46B4D4144F79BDD9DD04A287C',
};
const cmacs: Fixture[] = ['gen', 'ver'].map((direction) => ({
  set: setOf('CMAC-AES'),
  group: { testType: 'AFT', direction, keyLen: 128, msgLen: 128, macLen: 128 },
  ...(direction === 'gen'
    ? { good: CMAC, answer: 'mac' }
    : {
        good: { ...CMAC, testPassed: true },
        bad: { ...CMAC, mac: changed(CMAC.mac), testPassed: false },
      }),
}));

export const MACS: readonly Fixture[] = [...hmacs, truncated, ...cmacs];
