// The suite of RFC 7520's examples, on files of its layout whose numbers node:crypto made.
import { spawnSync } from 'node:child_process';
import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const RUN = fileURLToPath(new URL('run.js', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'cookbook-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

type Json = Record<string, unknown>;
const encoded = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

const payload = 'It’s a payment.';
const content = Buffer.from(payload).toString('base64url');
const secret = randomBytes(32);
const mac = (input: string): string =>
  createHmac('sha256', secret).update(input).digest('base64url');
const oct = { kty: 'oct', alg: 'HS256', k: secret.toString('base64url') };
const pair = generateKeyPairSync('ed25519');
const okp = pair.privateKey.export({ format: 'jwk' });

function example(own: Json, unprotected: Json | undefined, isDetached = false): Json {
  const header = encoded(own);
  const isPlain = own['b64'] === false;
  const signature = mac(`${header}.${isPlain ? payload : content}`);
  const beside = unprotected === undefined ? {} : { header: unprotected };
  const one = { protected: header, ...beside, signature };
  const carried = isDetached ? {} : { payload: isPlain ? payload : content };
  const compact = `${header}.${isDetached ? '' : isPlain ? payload : content}.${signature}`;
  return {
    input: { payload, key: oct, alg: 'HS256' },
    signing: { protected: own, ...(unprotected === undefined ? {} : { unprotected }) },
    output: {
      ...(unprotected === undefined ? { compact } : {}),
      json: { ...carried, signatures: [one] },
      json_flat: { ...carried, ...one },
    },
  };
}

const header = encoded({ alg: 'EdDSA' });
const several = {
  input: { payload, key: [oct, okp], alg: ['HS256', 'EdDSA'] },
  signing: [{}, {}],
  output: {
    json: {
      payload: content,
      signatures: [
        { header: { alg: 'HS256' }, signature: mac(`.${content}`) },
        {
          protected: header,
          signature: sign(null, Buffer.from(`${header}.${content}`), pair.privateKey).toString(
            'base64url',
          ),
        },
      ],
    },
  },
};

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

test('every form of an example is verified, and made where it can be', () => {
  const report = run({
    'plain.json': example({ alg: 'HS256', kid: 'x' }, undefined),
    'unprotected.json': example({ alg: 'HS256' }, { kid: 'x' }),
    'detached.json': example({ alg: 'HS256' }, undefined, true),
    'list.json': {
      cases: [example({ alg: 'HS256', b64: false, crit: ['b64'] }, { kid: 'x' }), several],
    },
  });
  expect(report).toMatchObject({ passed: 6 + 4 + 6 + 4 + 2, failed: 0, skipped: 0, unknown: [] });
});

test('an example of another message fails', () => {
  const other = example({ alg: 'HS256' }, undefined);
  const report = run({
    'other.json': { ...other, input: { payload: 'x', key: oct, alg: 'HS256' } },
  });
  expect(report).toMatchObject({ passed: 0, failed: 6 });
});

test('what is not critical, or attached as it is, is refused by policy', () => {
  const report = run({
    'crit.json': example({ alg: 'HS256', b64: false }, {}, true),
    'compact.json': example({ alg: 'HS256', b64: false, crit: ['b64'] }, undefined),
  });
  expect(report.refused).toEqual({
    'policy: a payload that is not encoded, and b64 not critical': 2,
    'policy: a payload that is not encoded, in the compact form': 1,
  });
});

test('what is not here is not run, and what is no example is not known', () => {
  const akp = { ...example({ alg: 'HS256' }, undefined), input: { payload, key: {}, alg: 'X' } };
  const report = run({ 'akp.json': akp, 'jwe.json': { input: {}, encrypting: {}, output: {} } });
  expect(report.notRun).toEqual({ 'out of scope: JWS with X': 3 });
  expect(report.unknown).toEqual(['jwe.json']);
});
