// Known answers: RFC 8785's own, and what Python makes of texts and lists of ours.
import { expect, test } from 'vitest';
import { decodeHex, encodeHex } from '../../src/bytes/index.js';
import { readJson, writeJson, writeJsonText } from '../../src/canonical/json.js';
import { decodeTuple, encodeTuple } from '../../src/canonical/tuple.js';
import { ofKind, runCases } from '../vectors.js';
import { codeOf } from './support.js';

const hex = (text: unknown): Uint8Array => decodeHex(String(text), 'lower');

for (const { file, cases } of ofKind('jcs')) {
  test(`${file}: each text is written as its canonical one, which stays as it is`, () => {
    runCases(cases, ({ text, canonical }) => ({
      expected: `${String(canonical)} ${String(canonical)}`,
      found: [text, canonical]
        // 1e20 is canonical with all its digits, which are an integer beyond 2^53 - 1
        .map((one) => encodeHex(writeJson(JSON.parse(Buffer.from(hex(one)).toString())), 'lower'))
        .join(' '),
    }));
  });

  test(`${file}: each text is read and written`, () => {
    runCases(
      cases.filter(({ id }) => id !== 'numbers'),
      ({ text, canonical }) => ({
        expected: `${String(canonical)} ${String(canonical)}`,
        found: [text, canonical]
          .map((one) => encodeHex(writeJson(readJson(hex(one))), 'lower'))
          .join(' '),
      }),
    );
  });
}

for (const { file, cases } of ofKind('jcs-number')) {
  test(`${file}: each double is written as the table says, or refused`, () => {
    runCases(cases, ({ ieee754, text, expect: code }) => {
      let found = '';
      const thrown = codeOf(() => {
        found = writeJsonText(new DataView(hex(ieee754).slice().buffer).getFloat64(0));
      });
      return {
        expected: code ?? String(text),
        found: thrown === 'none' ? found : thrown,
      };
    });
  });
}

for (const { file, cases } of ofKind('tuple')) {
  test(`${file}: each list is written and read`, () => {
    runCases(cases, ({ label, parts, octets }) => {
      const list = (parts as string[]).map(hex);
      expect(decodeTuple(hex(octets), String(label))).toEqual(list);
      return {
        expected: String(octets),
        found: encodeHex(encodeTuple(String(label), list), 'lower'),
      };
    });
  });
}
