import { expect, test } from 'vitest';
import { derEncode, derSequence } from '../../src/bytes/der.js';
import { encodeUtf8 } from '../../src/bytes/utf8.js';
import type { Certificate } from '../../src/key/x509.js';
import { dnsNamesOf } from '../../src/key/x509-dns-names.js';

const SUBJECT_ALT_NAME = '2.5.29.17';
const name = (text: string, tag = 0x82) => derEncode(tag, encodeUtf8(text));
const certificate = (value: Uint8Array, oid = SUBJECT_ALT_NAME) =>
  ({ extensions: [{ oid, critical: false, value }] }) as unknown as Certificate;
const read = (...names: readonly Uint8Array[]) => dnsNamesOf(certificate(derSequence(...names)));

test('DNS names as they are written, and no names of other kinds', () => {
  const mail = name('a@shop.example', 0x81);
  const uri = name('https://shop.example', 0x86);
  expect(read(name('Shop.example'), mail, name('*.pay.example'), uri)).toEqual([
    'Shop.example',
    '*.pay.example',
  ]);
  expect(read(name('x'.repeat(255)))).toHaveLength(1);
});

test('none without the extension', () => {
  expect(dnsNamesOf(certificate(derSequence(name('shop.example')), '2.5.29.18'))).toEqual([]);
});

test.each([
  'shop.example\0.evil.example',
  '',
  '.',
  'shop.example.',
  '.shop.example',
  'a.*.example',
  '*',
  'shop example',
  'shop.example:443',
  'shöp.example',
  'x'.repeat(256),
])('%j is no name', (text) => {
  expect(() => read(name('shop.example'), name(text))).toThrow(
    expect.objectContaining({ code: 'ERR_CERTIFICATE_NAME' }) as Error,
  );
});

test('nor is what is no sequence', () => {
  expect(() => dnsNamesOf(certificate(name('shop.example')))).toThrow(
    expect.objectContaining({ code: 'ERR_DER' }) as Error,
  );
});
