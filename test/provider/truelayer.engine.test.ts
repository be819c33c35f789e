import { describe, expect, test } from 'vitest';
import { encodeBase64Url } from '../../src/bytes/base64.js';
import { encodeUtf8 } from '../../src/bytes/utf8.js';
import { writeProtected } from '../../src/jose/header.js';
import { inputOf } from '../../src/jose/input.js';
import { generateKeyPair, PAD_SHORT_COORDINATE } from '../../src/key/ec.js';
import { sign as signWith } from '../../src/key/use.js';
import {
  type EcdsaAlgorithm,
  ecdsaP256Sha256,
  ecdsaP521Sha512,
} from '../../src/primitive/ecdsa.js';
import {
  importTruelayerKeys,
  truelayerKeySets,
  truelayerRequest,
  truelayerWebhook,
} from '../../src/provider/truelayer.js';
import {
  describeScheme,
  identify,
  replayDigest,
  type SchemeKeys,
  type SchemeMessage,
  sign,
  verify,
} from '../../src/scheme/index.js';
import { code } from '../code.js';

const NOW = 1_700_000_000;
const KID = 'own-key-1';
// A key of our own, whose x begins with an octet of zeros, written without it as TrueLayer did:
// openssl ecparam -genkey -name secp521r1 -noout -out ec.pem
const SHORT_KEY = JSON.stringify({
  keys: [
    {
      kty: 'EC',
      crv: 'P-521',
      kid: KID,
      x: 'l5ixpOdYka2iq-y0zVWOyvJCwauDXpF6bmvWtfO07jBZ1KAu4b_7n5w6oHcXYHJ7gHJCu3Ev_xJBHRCpVWASeP8',
      y: 'AQ4r8NFKzFzOzJ8vLBy-nCvuEULZsFMgYgZc45LKOKDXIAHd7C0E3_5ZQNC1DkvL7ypLNBgUwhhwKBm-S6fIx3no',
    },
  ],
});
// Both made by openssl dgst -sha512 -sign ec.pem, r and s then written in 66 octets each by python3.
const REQUEST =
  'eyJhbGciOiJFUzUxMiIsImtpZCI6Im93bi1rZXktMSIsInRsX3ZlcnNpb24iOiIyIiwidGxfaGVhZGVycyI6' +
  'IklkZW1wb3RlbmN5LUtleSJ9..APxX7hG_u4MJfAiQKL0LAJQvR4DmT5i4co_MN8IVtTcexlDVrBq9_x3VK8' +
  '0_mAWpwVFHzMPSp-JkPtQEMz6cL33xAEanoWG9PDnGBvxk5nmpmbwGE0VEJw4tcG7EonW35CxPlgSPqZ5VeH' +
  '884mp4Q_lZCZnjSzPYD9l9Qftpjf995Pgy';
const WEBHOOK =
  'eyJhbGciOiJFUzUxMiIsImtpZCI6Im93bi1rZXktMSIsInRsX3ZlcnNpb24iOiIyIiwidGxfaGVhZGVycyI6' +
  'IlgtVEwtV2ViaG9vay1UaW1lc3RhbXAsWC1UcmFjZSIsImprdSI6Imh0dHBzOi8vd2ViaG9va3MudHJ1ZWxh' +
  'eWVyLmNvbS8ud2VsbC1rbm93bi9qd2tzIn0..APex7MrzI4tByUHwIB1s0hsNiIVYQCFkcNc-bhiUdyrxrvv' +
  'XslL2b_kDoD4lxiAxUcHvM4pVTDIyWuoi1ua3pxZdAZ2CiR_tp7yT_9SxcZveqhbBjkdHyzZgjvL5RJx1WQO' +
  'x-gFIdbcWO158WDfzf_yPlFNRu7CFe6U14H8wY2ShP-qC';

const request: SchemeMessage = {
  method: 'POST',
  url: 'https://api.truelayer.example/payouts',
  headers: { 'Tl-Signature': REQUEST, 'Idempotency-Key': '5f0c9f8e' },
  body: encodeUtf8('{"currency":"GBP","amount_in_minor":100}'),
};
const webhook: SchemeMessage = {
  method: 'POST',
  url: 'https://shop.example/hook?tenant=7',
  headers: {
    'tl-signature': WEBHOOK,
    'x-tl-webhook-timestamp': '2023-11-14T22:13:20Z',
    'x-trace': 'abc',
    'x-unsigned': 'anything',
  },
  body: encodeUtf8('{"event_id":"e1"}'),
};
const { ring } = importTruelayerKeys(SHORT_KEY);

describe('messages signed by openssl', () => {
  test('a request', () => {
    const result = verify(truelayerRequest, request, ring, { now: NOW });
    expect(result.values).toEqual({
      method: 'POST',
      path: '/payouts',
      idempotencyKey: '5f0c9f8e',
    });
    expect(result.body).toEqual(request.body);
    expect(result.strength).toBe('public-key');
    expect(result.keyId).toBe(KID);
    expect(result.timestamp).toBeUndefined();
    expect(result.alternative).toBeUndefined();
  });

  test('a webhook, of which the signed values alone are handed out', () => {
    const result = verify(truelayerWebhook, webhook, ring, { now: NOW });
    expect(result.values).toEqual({
      method: 'POST',
      path: '/hook',
      time: '2023-11-14T22:13:20Z',
    });
    expect(result.timestamp).toBe(NOW);
    expect(result.covers).toEqual({ method: 'whole', path: 'whole', time: 'whole', body: 'whole' });
  });

  test('a coordinate without its leading zero is taken by name', () => {
    expect(verify(truelayerRequest, request, ring, { now: NOW }).relaxed).toEqual([
      PAD_SHORT_COORDINATE,
    ]);
  });

  test('a method in small letters was signed in capitals', () => {
    const given = { ...request, method: 'post' };
    expect(verify(truelayerRequest, given, ring, { now: NOW }).values.method).toBe('POST');
  });

  test('a slash more at the end of the path is a spelling of its own', () => {
    const given = { ...request, url: 'https://api.truelayer.example/payouts/' };
    const result = verify(truelayerRequest, given, ring, { now: NOW });
    expect(result.values.path).toBe('/payouts');
    expect(result.alternative).toBe('trailing slash');
    const two = { ...request, url: 'https://api.truelayer.example/payouts//' };
    expect(code(() => verify(truelayerRequest, two, ring, { now: NOW }))).toBe('ERR_VERIFY_FAILED');
  });
});

describe('what is refused', () => {
  const refused = (
    message: SchemeMessage,
    scheme: typeof truelayerRequest | typeof truelayerWebhook = truelayerRequest,
    now: number = NOW,
  ) => code(() => verify(scheme as typeof truelayerRequest, message, ring, { now }));
  const headers = request.headers as Record<string, string>;

  test.each<[string, Partial<SchemeMessage>, string]>([
    ['another body', { body: encodeUtf8('{}') }, 'ERR_VERIFY_FAILED'],
    ['another path', { url: 'https://api.truelayer.example/payout' }, 'ERR_VERIFY_FAILED'],
    ['another method', { method: 'PUT' }, 'ERR_VERIFY_FAILED'],
    ['no method', { method: undefined }, 'ERR_MESSAGE_MISSING'],
    ['a method that is none', { method: 'PO ST' }, 'ERR_MESSAGE_FORM'],
    ['no URL', { url: undefined }, 'ERR_MESSAGE_MISSING'],
    ['a path in place of the URL', { url: '/payouts' }, 'ERR_MESSAGE_FORM'],
    ['no headers', { headers: {} }, 'ERR_MESSAGE_MISSING'],
    [
      'another Idempotency-Key',
      { headers: { ...headers, 'Idempotency-Key': 'x' } },
      'ERR_VERIFY_FAILED',
    ],
    ['no Idempotency-Key', { headers: { 'Tl-Signature': REQUEST } }, 'ERR_MESSAGE_MISSING'],
    [
      'two signatures',
      {
        headers: [
          ['Tl-Signature', REQUEST],
          ['Tl-Signature', REQUEST],
        ],
      },
      'ERR_MESSAGE_DUPLICATE',
    ],
    [
      'a signature of its own for nothing',
      { headers: { ...headers, 'Tl-Signature': `${REQUEST.split('..')[0]}..` } },
      'ERR_VERIFY_FAILED',
    ],
    [
      'a payload in the JWS',
      { headers: { ...headers, 'Tl-Signature': REQUEST.replace('..', '.e30.') } },
      'ERR_JOSE_FORM',
    ],
  ])('%s', (_, change, expected) => {
    expect(refused({ ...request, ...change })).toBe(expected);
  });

  test('a JWS whose header asks for something else', () => {
    const { privateKey, publicKey } = generateKeyPair({ alg: ecdsaP521Sha512, id: KID });
    const attempt = (members: Record<string, unknown>, extra: readonly [string, string][] = []) => {
      const lines = [['Idempotency-Key', 'k'], ...extra] as const;
      const header = writeProtected({
        alg: 'ES512',
        kid: KID,
        tl_version: '2',
        tl_headers: 'Idempotency-Key',
        ...members,
      });
      const { tl_headers: names = 'Idempotency-Key' } = members as { tl_headers?: string };
      const text = names
        .split(',')
        .map((name) => `${name}: ${lines.find(([one]) => one === name)?.[1] ?? 'k'}\n`)
        .join('');
      const octets = inputOf(header, encodeUtf8(`POST /payouts\n${text}`), true);
      const signature = signWith(privateKey, octets, { encoding: 'fixed', s: 'any' });
      const value = `${header}..${encodeBase64Url(signature)}`;
      const message = { ...request, body: undefined, headers: [['Tl-Signature', value], ...lines] };
      return code(() =>
        verify(truelayerRequest, message as SchemeMessage, publicKey, { now: NOW }),
      );
    };
    expect(attempt({})).toBeUndefined();
    expect(attempt({ tl_headers: 'Idempotency-Key,X-A' }, [['X-A', '1']])).toBeUndefined();
    expect(attempt({ tl_headers: 'Idempotency-Key,X-A' })).toBe('ERR_MESSAGE_MISSING');
    expect(attempt({ tl_headers: 'X-A' }, [['X-A', '1']])).toBe('ERR_MESSAGE_MISSING');
    expect(attempt({ tl_headers: '' })).toBe('ERR_MESSAGE_MISSING');
    expect(attempt({ tl_headers: 'Idempotency-Key,idempotency-key' })).toBe(
      'ERR_MESSAGE_DUPLICATE',
    );
    expect(attempt({ tl_headers: 'Idempotency-Key, X-A' })).toBe('ERR_MESSAGE_FORM');
    const many = Array.from({ length: 16 }, (_, i) => `X-${i}`).join(',');
    expect(attempt({ tl_headers: `Idempotency-Key,${many}` })).toBe('ERR_MESSAGE_LIMIT');
    expect(attempt({ tl_version: '1' })).toBe('ERR_MESSAGE_FORM');
    expect(attempt({ tl_version: 2 })).toBe('ERR_MESSAGE_FORM');
    expect(attempt({ alg: 'ES256' })).toBe('ERR_JOSE_ALGORITHM');
    expect(attempt({ alg: 'none' })).toBe('ERR_JOSE_ALGORITHM');
    expect(attempt({ kid: 'another' })).toBe('ERR_KEY_UNKNOWN');
    expect(attempt({ crit: ['exp'], exp: 1 })).toBe('ERR_JOSE_CRITICAL');
    expect(attempt({ crit: ['b64'], b64: false })).toBe('ERR_JOSE_CRITICAL');
  });

  test('a time that is not of now, at both edges', () => {
    expect(refused(webhook, truelayerWebhook, NOW + 300)).toBeUndefined();
    expect(refused(webhook, truelayerWebhook, NOW + 301)).toBe('ERR_TOO_OLD');
    expect(refused(webhook, truelayerWebhook, NOW - 300)).toBeUndefined();
    expect(refused(webhook, truelayerWebhook, NOW - 301)).toBe('ERR_NOT_YET_VALID');
    expect(refused(webhook, truelayerWebhook, Number.NaN)).toBe('TypeError');
    expect(refused(webhook, truelayerWebhook, NOW * 1000)).toBe('TypeError');
    const options = { now: NOW + 400, tolerance: 400 };
    expect(verify(truelayerWebhook, webhook, ring, options).timestamp).toBe(NOW);
  });

  test('keys that are none, or of another curve', () => {
    const run = (keys: unknown) =>
      code(() => verify(truelayerRequest, request, keys as typeof ring, { now: NOW }));
    expect(run([])).toBe('ERR_KEY_UNKNOWN');
    expect(run(undefined)).toBe('TypeError');
    expect(run(generateKeyPair({ alg: ecdsaP256Sha256, id: KID }).publicKey)).toBe(
      'ERR_KEY_UNKNOWN',
    );
    expect(run(generateKeyPair({ alg: ecdsaP521Sha512, id: KID }).publicKey)).toBe(
      'ERR_VERIFY_FAILED',
    );
    expect(run(generateKeyPair({ alg: ecdsaP521Sha512, id: KID }).privateKey)).toBe('ERR_KEY_USE');
  });

  test('an option that there is none of', () => {
    const options = { now: NOW, covers: ['body'] } as unknown as { now: number };
    expect(code(() => verify(truelayerRequest, request, ring, options))).toBe('TypeError');
    const unknown = { now: NOW, strict: true } as unknown as { now: number };
    expect(code(() => verify(truelayerRequest, request, ring, unknown))).toBe('TypeError');
    expect(
      code(() => verify(truelayerRequest, request, ring, { now: NOW, maxBodyBytes: 10 })),
    ).toBe('ERR_MESSAGE_LIMIT');
  });
});

describe('what their own verifiers take', () => {
  const { privateKey, publicKey } = generateKeyPair({ alg: ecdsaP521Sha512, id: KID });
  const TIME = ['X-Tl-Webhook-Timestamp', '2023-11-14T22:13:20Z'] as const;
  const sent = (
    lines: readonly (readonly [string, string])[],
    names = lines.map(([name]) => name).join(','),
  ): [string, string][] => {
    const members = { alg: 'ES512', kid: KID, tl_version: '2', tl_headers: names };
    const header = writeProtected(members);
    const text = lines.map(([name, value]) => `${name}: ${value}\n`).join('');
    const octets = inputOf(header, encodeUtf8(`POST /hook\n${text}`), true);
    const signature = signWith(privateKey, octets, { encoding: 'fixed', s: 'any' });
    const own = ['Tl-Signature', `${header}..${encodeBase64Url(signature)}`] as const;
    return [own, ...lines].map(([name, value]) => [name, value]);
  };
  const received = (headers: SchemeMessage['headers'], now = NOW) => {
    const message = { method: 'POST', url: 'https://shop.example/hook', headers };
    return code(() => verify(truelayerWebhook, message, publicKey, { now }));
  };

  test('a signed value with a comma, where lines are joined and where they are not', () => {
    const headers = sent([TIME, ['X-Date', 'Tue, 14 Nov 2023 22:13:20 GMT']]);
    expect(received(headers)).toBeUndefined();
    expect(received(new Headers(headers))).toBeUndefined();
    expect(received(Object.fromEntries(headers))).toBeUndefined();
    expect(received([...headers, ['X-Date', 'now']])).toBe('ERR_MESSAGE_DUPLICATE');
  });

  test('a signed value that is empty, but for that of the time', () => {
    expect(received(sent([TIME, ['X-Empty', '']]))).toBeUndefined();
    expect(received(sent([['X-Tl-Webhook-Timestamp', '']]))).toBe('ERR_MESSAGE_MISSING');
  });

  test('a list with names that are empty', () => {
    expect(received(sent([TIME], `,${TIME[0]},`))).toBeUndefined();
    expect(received(sent([], ','))).toBe('ERR_MESSAGE_MISSING');
  });

  test('the time is that which was signed, whatever the header says when it is read again', () => {
    const headers = Object.fromEntries(sent([TIME]));
    let reads = 0;
    Object.defineProperty(headers, TIME[0], {
      enumerable: true,
      get: () => (reads++ === 0 ? TIME[1] : '2023-12-14T22:13:20Z'),
    });
    expect(received(headers, NOW + 30 * 86_400)).toBe('ERR_TOO_OLD');
  });
});

test('the digest against replays is that of the spelling that was signed, whoever signed it', () => {
  const digest = (message: SchemeMessage, keys: SchemeKeys<EcdsaAlgorithm>) =>
    verify(truelayerRequest, message, keys, { now: NOW, replay: replayDigest }).replayDigest;
  const { privateKey, publicKey } = generateKeyPair({ alg: ecdsaP521Sha512, id: 'other' });
  const values = { idempotencyKey: '5f0c9f8e' };
  const again = sign(truelayerRequest, { ...request, headers: [] }, privateKey, {
    now: NOW,
    values,
  });
  const slash = { ...request, url: `${request.url}/` };
  const one = digest(request, ring);
  expect(one).toHaveLength(32);
  expect(digest(again, publicKey)).toEqual(one);
  expect(digest(slash, ring)).toEqual(one);
});

test('says what it signs', () => {
  const { message, slots, time } = describeScheme(truelayerWebhook);
  expect(message).toBe('{method} {path}\nX-Tl-Webhook-Timestamp: {time}\n{body}');
  expect(slots.map(({ name }) => name)).toEqual(['method', 'path', 'time']);
  expect(time).toContain('300 s');
  expect(describeScheme(truelayerRequest).time).toBeUndefined();
});

describe('who signed', () => {
  test('is claimed by kid, and where its key is by jku', () => {
    const { keyId, hints } = identify(truelayerWebhook, webhook);
    expect(keyId).toBe(KID);
    expect(hints['jku']).toBe(truelayerKeySets.live);
    expect(identify(truelayerRequest, request).hints).toEqual({ jku: undefined });
    expect(code(() => identify(truelayerRequest, {}))).toBe('ERR_MESSAGE_MISSING');
  });
});

describe('signing', () => {
  const { privateKey, publicKey } = generateKeyPair({ alg: ecdsaP521Sha512, id: 'k1' });
  const url = 'https://api.truelayer.example/payouts';
  const { body } = request;

  test('a request is read back', () => {
    const values = { idempotencyKey: 'idem 1' };
    const signed = sign(truelayerRequest, { method: 'post', url, body }, privateKey, {
      now: NOW,
      values,
    });
    expect(signed.method).toBe('POST');
    expect(signed.headers.map(([name]) => name)).toEqual(['Idempotency-Key', 'Tl-Signature']);
    const result = verify(truelayerRequest, signed, publicKey, { now: NOW });
    expect(result.values).toEqual({ method: 'POST', path: '/payouts', idempotencyKey: 'idem 1' });
  });

  test('a webhook is read back', () => {
    const signed = sign(truelayerWebhook, { method: 'POST', url, body }, privateKey, { now: NOW });
    expect(verify(truelayerWebhook, signed, publicKey, { now: NOW }).timestamp).toBe(NOW);
  });

  test('a request without body', () => {
    const options = { now: NOW, values: { idempotencyKey: 'i' } };
    const signed = sign(truelayerRequest, { method: 'DELETE', url }, privateKey, options);
    expect(verify(truelayerRequest, signed, publicKey, { now: NOW }).body).toEqual(
      new Uint8Array(0),
    );
  });

  test.each<[string, SchemeMessage, Record<string, string>]>([
    ['no method', { url, body }, { idempotencyKey: 'i' }],
    ['no URL', { method: 'POST', body }, { idempotencyKey: 'i' }],
    ['no Idempotency-Key', { method: 'POST', url, body }, {}],
    ['a line end in it', { method: 'POST', url, body }, { idempotencyKey: 'a\nb' }],
    ['a blank around it', { method: 'POST', url, body }, { idempotencyKey: 'a ' }],
    ['another value', { method: 'POST', url, body }, { idempotencyKey: 'i', path: '/x' }],
  ])('%s is a mistake', (_, message, values) => {
    const run = () => sign(truelayerRequest, message, privateKey, { now: NOW, values });
    expect(code(run)).toBe('TypeError');
  });

  test('a webhook has no values, and one signature', () => {
    const message = { method: 'POST', url, body };
    const values = { time: '2023-11-14T22:13:20Z' };
    const run = () => sign(truelayerWebhook, message, privateKey, { now: NOW, values });
    expect(code(run)).toBe('TypeError');
    const two = [privateKey, privateKey];
    expect(code(() => sign(truelayerWebhook, message, two, { now: NOW }))).toBe('TypeError');
  });
});
