import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLatin1, latin1Of, writeLatin1 } from '../../src/bytes/latin1.js';

const latin1 = fc.uint8Array({ maxLength: 100 }).map((octets) => Buffer.from(octets));

test('text of one octet per character is written as Buffer writes it', () => {
  fc.assert(
    fc.property(latin1, fc.nat(9), (octets, at) => {
      const text = octets.toString('latin1');
      expect(Buffer.compare(latin1Of(text), octets)).toBe(0);
      const out = new Uint8Array(at + octets.length + 1).fill(7);
      writeLatin1(text, out, at);
      const expected = [...Array<number>(at).fill(7), ...octets, 7];
      expect([...out]).toEqual(expected);
    }),
  );
});

test('the last character that is an octet is U+00FF, wherever it stands', () => {
  const every = String.fromCharCode(...Array(256).keys());
  expect(isLatin1('')).toBe(true);
  expect(isLatin1(every)).toBe(true);
  for (const beyond of ['\u0100', '\u0141', '\u0300', '\ud800', '\udc00', '\uffff', '\u{10000}']) {
    for (const text of [beyond, `${beyond}${every}`, `${every}${beyond}`, `a${beyond}a`]) {
      expect(isLatin1(text)).toBe(false);
    }
  }
});
