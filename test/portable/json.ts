// JSON on a runtime: its numbers, its order of strings and its UTF-8 are the platform's own.
import { decodeUtf8, encodeUtf8 } from '../../src/bytes/index.js';
import { readJson, writeJson } from '../../src/canonical/json.js';
import { CountersignError } from '../../src/errors.js';

/** Texts and what they are written as, from RFC 8785, 3.2.2, 3.2.3 and Appendix B; or a refusal. */
const TEXTS: readonly (readonly [text: string, expected: string])[] = [
  [
    String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],` +
      String.raw`"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"\u20ac' +
      String.raw`$\u000f\nA'B\"\\\\\"/"}`,
  ],
  [
    String.raw`{"\u20ac":5,"\r":1,"\ufb33":7,"1":2,"\ud83d\ude00":6,"\u0080":3,"\u00f6":4}`,
    '{"\\r":1,"1":2,"\u0080":3,"\u00f6":4,"\u20ac":5,"\u{1f600}":6,"\ufb33":7}',
  ],
  ['[5e-324,-1.7976931348623157e308]', '[5e-324,-1.7976931348623157e+308]'],
  ['[9.999999999999997e-7,0.000001,-0]', '[9.999999999999997e-7,0.000001,0]'],
  ['[333333333.33333325,1424953923781206.25]', '[333333333.33333325,1424953923781206.2]'],
  ['{"__proto__":{"a":1}}', '{"__proto__":{"a":1}}'],
  ['{"a":1,"\\u0061":1}', 'ERR_JSON_DUPLICATE'],
  ['"\\ud800"', 'ERR_JSON_SURROGATE'],
  ['9007199254740993', 'ERR_JSON_NUMBER'],
  ['\ufeff1', 'ERR_JSON'],
  ['['.repeat(65), 'ERR_JSON_LIMIT'],
];
const NOT_UTF8 = [0x22, 0xed, 0xa0, 0x80, 0x22];

/** What came out otherwise. */
export function jsonFaults(): string[] {
  const cases: [Uint8Array, string][] = TEXTS.map(([text, expected]) => [
    encodeUtf8(text),
    expected,
  ]);
  return [...cases, [Uint8Array.from(NOT_UTF8), 'ERR_UTF8'] as const].flatMap(
    ([octets, expected]) => {
      const found = rewritten(octets);
      return found === expected ? [] : [`expected ${expected}, found ${found}`];
    },
  );
}

function rewritten(octets: Uint8Array): string {
  try {
    return decodeUtf8(writeJson(readJson(octets)));
  } catch (error) {
    return error instanceof CountersignError ? error.code : String(error);
  }
}
