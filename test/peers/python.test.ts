// Python's standard library talks to us: HMAC, JSON and forms, both ways.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/bytes/utf8.js';
import { parseForm, type ParseFormRules, writeForm } from '../../src/canonical/form.js';
import { readJson, writeJson, writeJsonText } from '../../src/canonical/json.js';
import { importSecret } from '../../src/key/secret.js';
import { mac, verify } from '../../src/key/use.js';
import { hmacSha256, hmacSha512 } from '../../src/primitive/hmac.js';
import { answerOf, isThere } from './command.js';

const python = process.env['PYTHON'] ?? 'python3';
const found = isThere(python, '--version');

/** What the program prints, given a file of lines; -I: neither the environment nor the folder. */
const lines = (program: string, given: readonly string[]): string[] => {
  const { status, output, error } = answerOf(python, ['-I', '-c', program], {
    lines: given.join('\n'),
  });
  expect({ status, error }).toEqual({ status: 0, error: '' });
  return Buffer.from(output).toString('latin1').trimEnd().split('\n');
};

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');
const unhex = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits, 'hex'));
const sample = <T>(values: fc.Arbitrary<T>, count: number): T[] =>
  fc.sample(values, { numRuns: count, seed: 20_261_121 });

describe.runIf(found)('Python, where it is installed,', () => {
  test.each([
    ['sha256', hmacSha256],
    ['sha512', hmacSha512],
  ] as const)('makes the tags that we make and verify: %s', (hash, alg) => {
    const cases = sample(
      fc.tuple(
        fc.uint8Array({ minLength: 16, maxLength: 200 }).filter((s) => new Set(s).size > 1),
        fc.uint8Array({ maxLength: 300 }),
      ),
      60,
    );
    const program = `import hmac
for line in open('lines'):
    key, message = (bytes.fromhex(part) for part in line.rstrip('\\n').split(','))
    print(hmac.new(key, message, '${hash}').hexdigest())`;
    const tags = lines(
      program,
      cases.map((parts) => parts.map(hex).join(',')),
    ).map(unhex);
    expect(tags).toHaveLength(cases.length);
    for (const [i, [secret, message]] of cases.entries()) {
      const tag = tags[i] as Uint8Array;
      const raw = { alg, encoding: 'raw' } as const;
      expect(hex(mac(importSecret(secret, { ...raw, use: 'mac' }), message))).toBe(hex(tag));
      const key = importSecret(secret, { ...raw, use: 'verify' });
      expect(verify(key, message, tag)).toBe(true);
      expect(
        verify(
          key,
          message,
          tag.map((octet, at) => (at === 0 ? octet ^ 1 : octet)),
        ),
      ).toBe(false);
    }
  });

  // json.dumps is canonical but for the form of fractions and of names beyond the BMP, which Python
  // sorts by code points; so neither is among these values.
  const bmp = fc.string({
    unit: fc.integer({ min: 1, max: 0xd7ff }).map((code) => String.fromCharCode(code)),
  });
  const { value: values } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, false),
      fc.maxSafeInteger(),
      fc.string({ unit: 'binary' }).filter((text) => !/\p{Surrogate}/u.test(text)),
      fc.array(tie('value'), { maxLength: 5 }),
      fc.dictionary(bmp, tie('value'), { maxKeys: 5 }),
    ),
  }));

  test('writes the JSON that we read and write', () => {
    const texts = sample(values, 300).map((value) => writeJsonText(value));
    const program = `import json
dumps = lambda value, ascii: json.dumps(value, ensure_ascii=ascii, sort_keys=True, separators=(',', ':'))
for line in open('lines', encoding='utf-8', newline='\\n'):
    value = json.loads(line)
    print(dumps(value, False).encode('utf-8').hex(), dumps(value, True).encode().hex(),
          json.dumps(value, indent=1).encode().hex())`;
    const answers = lines(program, texts);
    expect(answers).toHaveLength(texts.length);
    for (const [i, answer] of answers.entries()) {
      const [canonical = '', ...others] = answer.split(' ').map(unhex);
      // Python escapes DEL as little as we do; what it wrote is ours, octet for octet.
      expect(hex(canonical as Uint8Array)).toBe(hex(encodeUtf8(texts[i] ?? '')));
      for (const other of others)
        expect(hex(writeJson(readJson(other)))).toBe(hex(canonical as Uint8Array));
    }
  });

  const PAIRS = fc.array(
    fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 8 }), fc.uint8Array({ maxLength: 12 })),
    { minLength: 1, maxLength: 6 },
  );
  const RULES: ParseFormRules = {
    decode: 'once',
    plus: 'space',
    duplicates: 'keep',
    emptyValues: 'keep',
    bare: 'refuse',
    emptySegments: 'refuse',
  };

  test('reads the forms that we write, and writes those that we read', () => {
    const lists = sample(PAIRS, 200);
    const ours = lists.map((pairs) =>
      writeForm(
        pairs.map(([name, value]) => ({ name, value })),
        { sort: 'none', encode: 'form', equals: '=', joiner: '&' },
      ),
    );
    const program = `from urllib.parse import parse_qsl, urlencode
for line in open('lines'):
    octets = lambda text: text.encode('latin-1').hex()
    pairs = parse_qsl(line.rstrip('\\n'), keep_blank_values=True, strict_parsing=True, encoding='latin-1')
    print(','.join(f'{octets(name)}:{octets(value)}' for name, value in pairs),
          urlencode(pairs, encoding='latin-1'))`;
    const answers = lines(
      program,
      ours.map((octets) => Buffer.from(octets).toString('latin1')),
    );
    expect(answers).toHaveLength(lists.length);
    for (const [i, answer] of answers.entries()) {
      const shown = (lists[i] ?? []).map(([name, value]) => `${hex(name)}:${hex(value)}`).join(',');
      const [read = '', written = ''] = answer.split(' ');
      expect(read).toBe(shown);
      const pairs = parseForm(encodeUtf8(written), RULES);
      expect(pairs.map(({ name, value }) => `${hex(name)}:${hex(value)}`).join(',')).toBe(shown);
    }
  });
});
