// The suites of RFC 7520's encrypted examples and of thumbprints, on files of their layouts whose numbers
// node:crypto made or RFC 7638 prints.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { direct } from './jwe-fixtures.js';

const RUN = fileURLToPath(new URL('run.js', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'jwe-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

interface Report {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unknown: readonly string[];
  readonly refused: Readonly<Record<string, number>>;
  readonly notRun: Readonly<Record<string, number>>;
}

function run(files: Readonly<Record<string, unknown>>): Pick<Report, keyof Report> {
  const folder = mkdtempSync(join(scratch, 'run-'));
  for (const [name, value] of Object.entries(files)) {
    writeFileSync(join(folder, name), JSON.stringify(value));
  }
  const json = join(scratch, 'report.json');
  const { stderr } = spawnSync(process.execPath, [RUN, folder, '--json', json], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return JSON.parse(readFileSync(json, 'utf8')) as Report;
}

function example(header: Record<string, unknown> = {}, alg = 'dir'): Record<string, unknown> {
  const { jwk, token, text } = direct(header);
  return {
    title: 'an example',
    input: {
      plaintext: text,
      key: { ...jwk, ...(alg === 'dir' ? {} : { alg }) },
      alg,
      enc: 'A128CBC-HS256',
    },
    encrypting_content: { protected: { alg, enc: 'A128CBC-HS256', ...header } },
    output: { compact: token, json: {} },
  };
}

test('an example is opened, alone and in a list', () => {
  const report = run({ 'one.json': example(), 'list.json': { cases: [example(), example()] } });
  expect(report).toMatchObject({ passed: 3, failed: 0, skipped: 0, unknown: [] });
});

test('an example of another message fails', () => {
  const other = example();
  const report = run({
    'other.json': { ...other, input: { ...(other['input'] as object), plaintext: 'x' } },
  });
  expect(report).toMatchObject({ passed: 0, failed: 1 });
});

test('what is not here is refused by policy, and what has no compact form is not run', () => {
  const json = { ...example(), output: { json: {} } };
  const report = run({
    'zip.json': example({ zip: 'DEF' }),
    'rsa.json': example({}, 'A128GCMKW'),
    'json.json': json,
    'strange.json': { input: {}, encrypting_content: {}, output: 1 },
  });
  expect(report.refused).toEqual({
    'policy: compressed content of JWE': 1,
    'policy: A128GCMKW of JWE': 1,
  });
  expect(report.notRun).toEqual({ 'out of scope: the JSON serialization of JWE': 1 });
  expect(report.unknown).toEqual(['strange.json']);
});

test('thumbprints are held against what is printed', () => {
  // RFC 8037, appendix A.3.
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
  const expected = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';
  const good = { jwk, hash: 'sha256', expected };
  const bad = { name: 'no kty', jwk: { kty: 'x' }, hash: 'sha512', expected: 'error' };
  expect(run({ 'a.json': { cases: [good, bad] } })).toMatchObject({ passed: 2, failed: 0 });
  const wrong = { ...good, hash: 'sha384' };
  const taken = { ...good, expected: 'error' };
  expect(run({ 'a.json': { cases: [wrong, taken] } })).toMatchObject({ passed: 0, failed: 2 });
});
