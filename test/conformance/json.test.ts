// The suites of JSON, as the runner reads them: what is right passes, and nothing else does. The
// texts are a few of the kinds that the published suites have.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type FileReport, readTree, runFile } from './runner.js';
import * as jcs from './suites/jcs.js';
import * as jsonTestSuite from './suites/json-test-suite.js';

type Texts = Readonly<Record<string, string | readonly number[]>>;

/** What the runner makes of a directory of these files, by their paths. */
function run(texts: Texts): Record<string, Pick<FileReport, 'suite'> & Partial<FileReport>> {
  const root = mkdtempSync(join(tmpdir(), 'json-'));
  try {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), typeof text === 'string' ? text : Uint8Array.from(text));
    }
    return Object.fromEntries(
      [...readTree(root).values()].flatMap((file) => {
        const report = runFile([jcs, jsonTestSuite], file);
        return report === undefined ? [] : [[report.path, report]];
      }),
    );
  } finally {
    rmSync(root, { recursive: true });
  }
}

const verdicts = (texts: Texts): Record<string, string> =>
  Object.fromEntries(
    Object.entries(run(texts)).map(([path, report]) => [
      path,
      [
        `${report.passed}/${report.failed}/${report.skipped}`,
        ...Object.keys(report.choices ?? {}),
        ...Object.keys(report.refused ?? {}),
      ].join(' '),
    ]),
  );

test('JSONTestSuite: the first letter says what must happen', () => {
  const taken = '1/0/0';
  expect(
    verdicts({
      'y_array_empty.json': '[]',
      'y_string_escapes.json': String.raw`["\"\\\/\b\f\n\r\t\u0041", "a:b"]`,
      'y_object_colons.json': '{"a:b":{":":":"},"c\\"":1}',
      'n_array_comma.json': '[1,]',
      'n_string_utf8.json': [0x22, 0xff, 0x22],
      'n_structure_open.json': '['.repeat(100_000),
      'i_number_large.json': '[1e400]',
      'i_string_lone.json': '["\\ud800"]',
      'i_number_small.json': '[1e-400]',
      'y_object_duplicated_key.json': '{"a":1,"\\u0061":2}',
    }),
  ).toEqual({
    'y_array_empty.json': taken,
    'y_string_escapes.json': taken,
    'y_object_colons.json': taken,
    'n_array_comma.json': taken,
    'n_string_utf8.json': taken,
    'n_structure_open.json': taken,
    'i_number_large.json': '1/0/0 refused',
    'i_string_lone.json': '1/0/0 refused',
    'i_number_small.json': '1/0/0 taken',
    'y_object_duplicated_key.json': '0/0/1 policy: a name twice in one object',
  });
});

test('JSONTestSuite: with the opposite letter nothing passes', () => {
  const wrong = { 'y_comma.json': '[1,]', 'n_empty.json': '[]', 'y_number.json': '[1e400]' };
  expect(Object.values(verdicts(wrong))).toEqual(['0/1/0', '0/1/0', '0/1/0']);
});

test('JCS: texts, their canonical octets, and numbers', () => {
  const good = {
    'data/input/one.json': '{ "b": 1.0, "a": "\\u20ac" }',
    'data/output/one.json': '{"a":"\u20ac","b":1}',
    'data/outhex/one.txt': '7b 22 61 22 3a 22 e2 82 ac 22\n2c 22 62 22 3a 31 7d\n',
    'numbers.txt':
      '0,0\n8000000000000000,0\n3ff8000000000000,1.5\n4340000000000001,9007199254740994\n',
  };
  expect(verdicts(good)).toEqual({
    'data/input/one.json': '1/0/0',
    'data/output/one.json': '1/0/0',
    'data/outhex/one.txt': '1/0/0',
    'numbers.txt': '4/0/0',
  });
  expect(
    verdicts({
      ...good,
      'data/output/one.json': '{"b":1,"a":"\u20ac"}',
      'numbers.txt': '0,0.0\n1,4e-324\n3ff0000000000000,1\njunk\n',
    }),
  ).toEqual({
    'data/input/one.json': '0/1/0',
    'data/output/one.json': '0/1/0',
    'data/outhex/one.txt': '0/1/0',
    'numbers.txt': '1/3/0',
  });
});

test('files of other suites are left to them', () => {
  expect(
    verdicts({ 'input/one.json': '{}', 'yes.json': '[]', 'notes.txt': 'a,b\n', 'y_.json': '1' }),
  ).toEqual({});
});
