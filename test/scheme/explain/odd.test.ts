// Messages that no honest sender sends, and that an explanation is asked for nevertheless.
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../../src/bytes/utf8.js';
import { generateSecret } from '../../../src/key/secret.js';
import { hmacSha256 } from '../../../src/primitive/hmac.js';
import { twilioJson } from '../../../src/provider/twilio.js';
import { defineScheme } from '../../../src/scheme/define.js';
import { hexLower } from '../../../src/scheme/encoding.js';
import { explain, type ExplainOptions, SECRET_HOLDER } from '../../../src/scheme/explain/index.js';
import { keyById } from '../../../src/scheme/keys.js';
import type { SchemeMessage } from '../../../src/scheme/message.js';
import { body } from '../../../src/scheme/part.js';
import type { Scheme } from '../../../src/scheme/scheme.js';
import { header } from '../../../src/scheme/source.js';
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
  secret: { encoding: 'utf8' },
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
