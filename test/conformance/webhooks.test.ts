// The suite of webhooks: a case that is right passes, and one that says what isn't so fails.
import { describe, expect, test } from 'vitest';
import { runFile } from './runner.js';
import * as webhooks from './suites/webhooks.js';

const GITHUB = {
  name: 'one',
  op: 'verify',
  // printf '{"a":1}' | openssl dgst -sha256 -hmac 'a secret of some length'
  secret: 'a secret of some length',
  payload: '{"a":1}',
  header: 'sha256=763c680f0c1cd88f64a750e65fc4d20cb29fa8ab300f0ba762884f95ede0d52b',
  expected: 'valid',
};
const STANDARD = {
  name: 'two',
  op: 'sign',
  // printf 'msg_1.1700000000.{"a":1}' | openssl dgst -sha256 -hmac 'a secret of some length' -binary | base64
  secret: 'whsec_YSBzZWNyZXQgb2Ygc29tZSBsZW5ndGg=',
  payload: '{"a":1}',
  id: 'msg_1',
  timestamp: 1_700_000_000,
  expected: 'v1,4wgbGmKgeJNbYTtfGAAR5Bcc2CIABJwLoc6toyMgZdQ=',
};
const RECEIVED = {
  ...STANDARD,
  op: 'verify',
  now: 1_700_000_000,
  toleranceSec: 300,
  headers: {
    'webhook-id': 'msg_1',
    'webhook-timestamp': '1700000000',
    'webhook-signature': STANDARD.expected,
  },
  expected: 'valid',
};

function run(...cases: object[]): [passed: number, failed: number] {
  const json = () => ({ cases });
  const file = { path: 'a.json', name: 'a.json', json } as never;
  const { passed, failed } = runFile([webhooks], file) ?? { passed: 0, failed: 0 };
  return [passed, failed];
}

describe('a case', () => {
  test.each([
    ["GitHub's", GITHUB],
    ['of two secrets', { ...GITHUB, secret: undefined, secrets: ['another', GITHUB.secret] }],
    ['that is signed', STANDARD],
    ['that is received', RECEIVED],
    ['without its padding', { ...RECEIVED, secret: RECEIVED.secret.replace('=', '') }],
    ['whose time is not looked at', { ...RECEIVED, now: 1, enforceTimestamp: false }],
    ['that is too old', { ...RECEIVED, now: 1_700_000_301, expected: 'invalid' }],
    ['without a secret', { ...GITHUB, secret: '', expected: 'error' }],
    ['that is not signed', { ...STANDARD, timestamp: '1e9', expected: 'error' }],
  ])('%s', (_, given) => {
    expect(run(given)).toEqual([1, 0]);
  });

  test.each([
    ['a payload that was changed', { ...GITHUB, payload: '{"a":2}' }],
    ['another answer', { ...STANDARD, payload: '{"a":2}' }],
    ['a genuine message called invalid', { ...RECEIVED, expected: 'invalid' }],
    ['an old message called valid', { ...RECEIVED, now: 1_700_000_301 }],
    ['a secret called empty', { ...GITHUB, expected: 'error' }],
  ])('%s fails', (_, given) => {
    expect(run(given)).toEqual([0, 1]);
  });
});

test('other files are not of this suite', () => {
  for (const content of [[], {}, { cases: [] }, { cases: [{ op: 'other', payload: '' }] }]) {
    const json = () => content;
    expect(webhooks.read({ path: 'a.json', name: 'a.json', json } as never)).toBe(undefined);
  }
});
