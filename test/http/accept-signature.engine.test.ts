// RFC 9421, section 5: a signature is asked for, and given as it was asked.
import { describe, expect, test } from 'vitest';
import { readRequest, readResponse } from '../../src/http/message.js';
import {
  answerAcceptSignature,
  NO_COMPONENTS,
  readAcceptSignature,
  type RequestedSignature,
  signMessage,
  verifyMessage,
  writeAcceptSignature,
} from '../../src/http/signature.js';
import { ed25519, generateSecret, hmacSha256, withUse } from '../../src/index.js';
import { refusal } from '../bytes/support.js';

const NOW = 1_800_000_000;
const asking = (field: string) =>
  readRequest(
    { method: 'GET', url: '/', headers: { 'Accept-Signature': field } },
    { origin: 'https://api.example.com' },
  );

// The example of section 5.1.
const EXAMPLE =
  'sig1=("@method" "@target-uri" "@authority" "content-digest" "cache-control");keyid="test-key-rsa-pss";created;tag="app-123"';

describe('what is asked for', () => {
  test('is read and written', () => {
    const requested = readAcceptSignature(asking(EXAMPLE));
    expect(requested).toEqual([
      {
        label: 'sig1',
        components: ['@method', '@target-uri', '@authority', 'content-digest', 'cache-control'],
        keyid: 'test-key-rsa-pss',
        created: true,
        expires: false,
        tag: 'app-123',
      },
    ]);
    expect(readAcceptSignature(asking(writeAcceptSignature(requested)))).toEqual(requested);
  });

  test('may be several, with parameters, or nothing', () => {
    const field = 'a=("@status" "@method";req);expires;nonce="n", b=();alg="ed25519"';
    const [a, b] = readAcceptSignature(asking(field));
    expect(a?.components).toEqual(['@status', '"@method";req']);
    expect(b?.components).toBe(NO_COMPONENTS);
    expect(writeAcceptSignature(readAcceptSignature(asking(field)))).toBe(field);
    const none = readRequest(
      { method: 'GET', url: '/', headers: {} },
      { origin: 'https://api.example.com' },
    );
    expect(readAcceptSignature(none)).toEqual([]);
  });

  test.each([
    ['sig1="@method"', 'ERR_HTTP_SIGNATURE'],
    ['sig1=("@method");created=1', 'ERR_HTTP_SIGNATURE'],
    ['sig1=("@method");expires="soon"', 'ERR_HTTP_SIGNATURE'],
    ['sig1=("@method");keyid', 'ERR_HTTP_SIGNATURE'],
    ['sig1=("@method");extra="x"', 'ERR_HTTP_SIGNATURE'],
    ['sig1=("@nonsense")', 'ERR_HTTP_COMPONENT'],
    ['sig1=("@method" "@method")', 'ERR_HTTP_COMPONENT'],
    ['sig1=(@method)', 'ERR_STRUCTURED_FIELD'],
    ['sig1=(), sig1=()', 'ERR_STRUCTURED_FIELD'],
    [Array.from({ length: 9 }, (_, i) => `a${i}=()`).join(), 'ERR_HTTP_SIGNATURE'],
    [`a=(${'"x" '.repeat(101)})`, 'ERR_HTTP_SIGNATURE'],
  ])('%s is refused', (field, code) => {
    expect(refusal(() => readAcceptSignature(asking(field)))).toBe(code);
  });

  test('is written from what a caller may ask', () => {
    const one = { label: 'a', components: ['@method'], created: true, expires: false } as const;
    expect(writeAcceptSignature([one])).toBe('a=("@method");created');
    expect(() => writeAcceptSignature([one, one])).toThrow(/^requested\.label/);
    expect(() => writeAcceptSignature([{ ...one, components: [] }])).toThrow(TypeError);
    expect(() => writeAcceptSignature([{ ...one, extra: 1 } as never])).toThrow(TypeError);
  });
});

describe('an answer', () => {
  const key = generateSecret({ alg: hmacSha256, use: 'mac' });
  const own = { alg: hmacSha256, keyid: 'k', now: NOW, lifetime: 60 };
  const asked: RequestedSignature = {
    label: 'sig1',
    components: ['@status', '"@method";req'],
    created: true,
    expires: true,
    nonce: 'n',
    alg: 'hmac-sha256',
    keyid: 'k',
    tag: 't',
  };

  test('is signed as it was asked for', () => {
    const request = asking(writeAcceptSignature([asked]));
    const [found = asked] = readAcceptSignature(request);
    const response = readResponse({ status: 200, headers: [] });
    const fields = signMessage(response, key, { ...answerAcceptSignature(found, own), request });
    expect(fields['signature-input']).toBe(
      `sig1=("@status" "@method";req);created=${NOW};expires=${NOW + 60};nonce="n";alg="hmac-sha256";keyid="k";tag="t"`,
    );
    const sent = readResponse({ status: 200, headers: { ...fields } });
    const { parameters } = verifyMessage(sent, withUse(key, 'verify'), {
      required: asked.components,
      select: { label: 'sig1', tag: 't' },
      now: NOW,
      tolerance: 0,
      maxAge: 5,
      request,
    });
    expect(parameters.nonce).toBe('n');
  });

  test('says no more than was asked, but what the key is called', () => {
    const { parameters } = answerAcceptSignature(
      { label: 'a', components: ['@method'], created: false, expires: false },
      own,
    );
    expect(Object.entries(parameters).filter(([, value]) => value !== undefined)).toEqual([
      ['keyid', 'k'],
    ]);
  });

  test('is none for another key or algorithm', () => {
    expect(refusal(() => answerAcceptSignature({ ...asked, keyid: 'x' }, own))).toBe(
      'ERR_KEY_UNKNOWN',
    );
    expect(refusal(() => answerAcceptSignature(asked, { ...own, keyid: undefined }))).toBe(
      'ERR_KEY_UNKNOWN',
    );
    expect(refusal(() => answerAcceptSignature(asked, { ...own, alg: ed25519 }))).toBe(
      'ERR_HTTP_ALGORITHM',
    );
  });
});
