// A message that names no algorithm, of a scheme that says which one it has then.
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/bytes/utf8.js';
import { importSecret } from '../../src/key/secret.js';
import { hmacSha256, hmacSha512, type MacAlgorithm } from '../../src/primitive/hmac.js';
import { type Scheme, sign, verify } from '../../src/scheme/index.js';
import {
  anyKey,
  base64,
  body,
  defineScheme,
  header,
  optional,
  utf8Secret,
} from '../../src/scheme/vocabulary.js';
import { outcome } from '../vectors.js';

type Covers = Readonly<Record<'body', 'whole'>>;

function withAbsent(absent: string, isOptional = true): Scheme<Covers, MacAlgorithm, never> {
  const alg = header('X-Alg');
  return defineScheme({
    id: 'absent',
    version: 1,
    title: 'Absent',
    direction: 'callback',
    slots: { alg: isOptional ? optional(alg) : alg, signature: header('X-Signature') },
    message: [body],
    algs: [hmacSha256, hmacSha512],
    algBy: { slot: 'alg', names: { HS256: hmacSha256, HS512: hmacSha512 }, absent },
    keys: anyKey,
    secret: utf8Secret,
    signature: { slot: 'signature', encoding: base64 },
    covers: { body: 'whole' },
    freshness: 'none',
  });
}

const scheme = withAbsent('HS256');
const now = 1_700_000_000;
const event = encodeUtf8('{}');
const secret = 'a secret of some length';

/** Signed by `alg`, and received under `name`. */
function received(alg: MacAlgorithm, name: string | undefined): string {
  const key = importSecret(secret, { alg, use: 'mac', encoding: 'utf8' });
  const { headers } = sign(scheme, { body: event }, key, { now });
  const changed = { ...Object.fromEntries(headers), 'X-Alg': name };
  const keys = [hmacSha256, hmacSha512].map((each) =>
    importSecret(secret, { alg: each, use: 'verify', encoding: 'utf8' }),
  );
  return outcome(() => {
    verify(scheme, { headers: changed, body: event }, keys, { now });
    return 'ok';
  });
}

test('stands for that one, and for no other', () => {
  expect(received(hmacSha256, undefined)).toBe('ok');
  expect(received(hmacSha256, 'HS256')).toBe('ok');
  expect(received(hmacSha512, 'HS512')).toBe('ok');
  expect(received(hmacSha512, undefined)).toBe('ERR_VERIFY_FAILED');
  expect(received(hmacSha256, 'HS512')).toBe('ERR_VERIFY_FAILED');
});

test('an empty name, or another one, is not a missing one', () => {
  for (const name of ['', 'none', 'hs256']) {
    expect(received(hmacSha256, name)).toBe('ERR_MESSAGE_ALGORITHM');
  }
});

test('what it stands for is one of the names, and the slot may be missing', () => {
  expect(() => withAbsent('HS384')).toThrow(TypeError);
  expect(() => withAbsent('toString')).toThrow(TypeError);
  expect(() => withAbsent('HS256', false)).toThrow(TypeError);
});
