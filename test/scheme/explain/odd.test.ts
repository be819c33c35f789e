// Messages that no honest sender sends, and that an explanation is asked for nevertheless.
import { utf8Secret } from '../../../src/scheme/vocabulary.js';
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../../src/bytes/utf8.js';
import { encodeBase64 } from '../../../src/bytes/base64.js';
import { generateKeyPair } from '../../../src/key/ed25519.js';
import { generateSecret } from '../../../src/key/secret.js';
import { ed25519 } from '../../../src/primitive/ed25519.js';
import { hmacSha256 } from '../../../src/primitive/hmac.js';
import { github } from '../../../src/provider/github.js';
import { twilioJson } from '../../../src/provider/twilio.js';
import { defineScheme } from '../../../src/scheme/define.js';
import { base64, hexLower } from '../../../src/scheme/encoding.js';
import { explain, type ExplainOptions, SECRET_HOLDER } from '../../../src/scheme/explain/index.js';
import { anyKey, keyById } from '../../../src/scheme/keys.js';
import type { SchemeMessage } from '../../../src/scheme/message.js';
import { body } from '../../../src/scheme/part.js';
import type { Scheme } from '../../../src/scheme/scheme.js';
import { pairs } from '../../../src/scheme/pairs.js';
import { header, headerList } from '../../../src/scheme/source.js';
import { simulate } from '../../../src/testing/simulate.js';
import { NOW } from './injections.js';

const byId = defineScheme({
  id: 'by-id',
  version: 1,
  title: 'By id',
  direction: 'callback',
  slots: { kid: header('X-Kid'), signature: header('X-Sig') },
  message: [body],
  algs: [hmacSha256],
  keys: keyById('kid'),
  secret: utf8Secret,
  signature: { slot: 'signature', encoding: hexLower },
  covers: { body: 'whole' },
  freshness: 'none',
});

const draw = (id: string, alg = hmacSha256) => generateSecret({ alg, use: 'verify', id });

function codesOf(scheme: Scheme, message: SchemeMessage, more: object = {}) {
  const options: ExplainOptions = { now: NOW, secretHolder: SECRET_HOLDER, ...more };
  const found = explain(scheme, message, draw('k', scheme.algs[0] as never), options);
  return [found.code, found.faults.map(({ code }) => code)];
}

describe('a key id that is longer than any key has', () => {
  const headers = { 'X-Kid': 'a'.repeat(300), 'X-Sig': '00'.repeat(32) };
  const message = { headers, body: encodeUtf8('{}') };

  test('is one that nobody knows', () => {
    expect(codesOf(byId, message)).toEqual(['ERR_KEY_UNKNOWN', ['KEY_ID_UNKNOWN']]);
  });

  test('is that of no other key either', () => {
    const otherKeys = [{ key: draw('other'), role: 'former' }];
    const found = codesOf(byId, message, { otherKeys });
    expect(found).toEqual(['ERR_KEY_UNKNOWN', ['KEY_ID_UNKNOWN']]);
  });
});

test('a URL that was forgotten is missing, where its query is read as well', () => {
  const headers = { 'X-Twilio-Signature': 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' };
  const found = codesOf(twilioJson, { headers, body: encodeUtf8('{}') });
  expect(found).toEqual(['ERR_MESSAGE_MISSING', ['SLOT_MISSING']]);
});

test('a message that costs more than an explanation may is refused by its own code', () => {
  const list = pairs(headerList('X-Sigs'), { between: ',', equals: '=' });
  const scheme = defineScheme({
    id: 'many',
    version: 1,
    title: 'Many spellings',
    direction: 'callback',
    slots: { signatures: list.all('s') },
    message: ['0', body],
    attempts: Array.from({ length: 7 }, (_, i) => ({ name: `n${i}`, message: [`${i + 1}`, body] })),
    algs: [ed25519],
    keys: anyKey,
    signature: { slot: 'signatures', encoding: base64 },
    covers: { body: 'whole' },
    freshness: 'none',
  });
  const keys = [1, 2].map(() => generateKeyPair({ alg: ed25519 }).publicKey);
  const wrong = `s=${encodeBase64(new Uint8Array(64).fill(1))}`;
  const message = {
    headers: { 'X-Sigs': Array.from({ length: 8 }, () => wrong).join(',') },
    body: encodeUtf8('{}'),
  };
  const options: ExplainOptions = { now: NOW, secretHolder: SECRET_HOLDER };
  const { code, tried, capped, faults } = explain(scheme, message, keys, options);
  expect([code, tried, capped]).toEqual(['ERR_VERIFY_FAILED', 200, true]);
  expect(faults.map((fault) => fault.code)).toEqual(['NOT_EXPLAINED']);
});

describe('a body that was parsed and written anew', () => {
  const { message, keys } = simulate(github, {
    now: NOW,
    body: encodeUtf8(`["${'\\n'.repeat(65_000)}"]`),
  });
  const more = (size: number) => {
    const text = `[ "${'\\n'.repeat(65_000)}"]`;
    return { ...message, body: encodeUtf8(text + ' '.repeat(size - text.length)) };
  };
  const options: ExplainOptions = { now: NOW, secretHolder: SECRET_HOLDER };

  test('is found up to 128 KiB, however many escapes stand in it', () => {
    const { faults, steps } = explain(github, more(131_072), keys, options);
    expect(faults.map(({ code }) => code)).toEqual(['BODY_REINDENTED']);
    expect(steps[1]?.found).not.toContain('not written');
  });

  test('is not looked for beyond, and that is said', () => {
    const { faults, steps, tried } = explain(github, more(131_073), keys, options);
    expect(faults.map(({ code }) => code)).toEqual(['NOT_EXPLAINED']);
    expect(faults[0]?.sentence).not.toContain('bodies');
    expect(steps[1]?.found).toContain('over 131072 octets, so not written in other ways');
    expect(tried).toBeGreaterThan(0);
  });

  test('of 8 MiB of escapes is read, where that much is allowed', () => {
    const long = encodeUtf8(`["${'\\n'.repeat(4_000_000)}"]`);
    const large = { ...options, maxBodyBytes: 1 << 24 };
    const { faults } = explain(github, { ...message, body: long }, keys, large);
    expect(faults.map(({ code }) => code)).toEqual(['NOT_EXPLAINED']);
  });
});

test.each([
  [7, 'verifies'],
  [8, 'seen'],
])('of 5,000 lines of one header 8 are tried: the right one behind %i', (before, how) => {
  const { message, keys } = simulate(github, { now: NOW });
  const [[name, right] = ['', '']] = message.headers;
  const headers = { [name]: Array.from({ length: 5000 }, (_, i) => (i === before ? right : 'a')) };
  const options: ExplainOptions = { now: NOW, secretHolder: SECRET_HOLDER };
  const { faults } = explain(github, { ...message, headers }, keys, options);
  expect(faults.map((fault) => [fault.code, fault.how])).toEqual([['HEADER_DUPLICATE', how]]);
});
