// The pieces that a few providers need, each in a scheme like that provider's.
import { describe, expect, test } from 'vitest';
import { encodeBase64 } from '../../src/bytes/base64.js';
import { encodeHex } from '../../src/bytes/hex.js';
import { decodeUtf8, encodeUtf8 } from '../../src/bytes/utf8.js';
import { importSecret } from '../../src/key/secret.js';
import { createRing } from '../../src/key/ring.js';
import { mac } from '../../src/key/use.js';
import { sha256, sha3_256 } from '../../src/primitive/digest.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { md5 } from '../../src/primitive/legacy/digest.js';
import {
  replayDigest,
  type SchemeMessage,
  secretFor,
  sign,
  textPairs,
  verify,
} from '../../src/scheme/index.js';
import {
  after,
  anyKey,
  base64,
  beyond,
  body,
  bodyDigestIn,
  containing,
  defineScheme,
  digestOf,
  digits,
  drawn,
  formBody,
  formOf,
  formQuery,
  hashWithSecret,
  header,
  headerList,
  headersList,
  hexEither,
  hexLower,
  ifPresent,
  lengthPrefixed,
  lowerCase,
  member,
  method,
  minified,
  namedHeaders,
  optional,
  pairs,
  params,
  type Part,
  percentBase64,
  respelled,
  secretPart,
  setting,
  slot,
  tagged,
  target,
  unixMilliseconds,
  unixSeconds,
  until,
  upperCase,
  url,
  without,
  utf8Secret,
} from '../../src/scheme/vocabulary.js';
import { code } from '../code.js';
import type { TextSource } from '../../src/scheme/source.js';

const NOW = 1_700_000_000;
const SECRET = 'a-secret-of-thirty-two-characters';
const hmac = { alg: hmacSha256, encoding: 'utf8' } as const;
const signing = importSecret(SECRET, { ...hmac, use: 'mac' });
const key = importSecret(SECRET, { ...hmac, use: 'verify' });
const tagOf = (text: string | Uint8Array): string =>
  encodeHex(mac(signing, typeof text === 'string' ? encodeUtf8(text) : text), 'lower');
/** What every scheme here has. */
const common = {
  version: 1,
  title: 'A provider',
  direction: 'callback',
  algs: [hmacSha256],
  keys: anyKey,
  secret: utf8Secret,
} as const;
const signature = { slot: 'signature', encoding: hexLower } as const;

describe('until a mark, as Alipay v3 has it', () => {
  const field = headerList('Authorization');
  const credentials = after('ACME-HMAC ', until(',sign=', field));
  const list = pairs(credentials, { between: ',', equals: '=' });
  const scheme = defineScheme({
    ...common,
    id: 'until',
    slots: {
      app: list.one('app_id'),
      nonce: drawn(list.one('nonce')),
      time: list.one('timestamp'),
      credentials,
      method: method(),
      target: target(),
      signature: beyond(',sign=', field),
    },
    message: [
      containing('credentials', ['app', 'nonce', 'time']),
      '\n',
      slot('method'),
      '\n',
      slot('target'),
      '\n',
      body,
      '\n',
    ],
    signature,
    covers: {
      credentials: 'whole',
      app: 'whole',
      nonce: 'whole',
      time: 'whole',
      method: 'whole',
      target: 'whole',
      body: 'whole',
    },
    time: { slot: 'time', unit: unixMilliseconds, past: 300, future: 300, edge: 'inclusive' },
  });
  const request = {
    method: 'POST',
    url: 'https://api.example/v3/pay?a=1',
    body: encodeUtf8('{"a":1}'),
  };
  // printf 'app_id=7,nonce=n1,timestamp=1700000000000\nPOST\n/v3/pay?a=1\n{"a":1}\n' |
  //   openssl dgst -sha256 -hmac a-secret-of-thirty-two-characters
  const TAG = 'b4b4575d1cc7ec1d48171f06072e9d8e232322d5b6b267df2e15422e4be8d3e3';
  const CREDENTIALS = 'app_id=7,nonce=n1,timestamp=1700000000000';
  const value = `ACME-HMAC ${CREDENTIALS},sign=${TAG}`;
  const given = (Authorization: string): SchemeMessage => ({
    ...request,
    headers: [['Authorization', Authorization]],
  });

  test('is what openssl signs', () => {
    const result = verify(scheme, given(value), key, { now: NOW });
    expect(result.values.app).toBe('7');
    expect(result.values.credentials).toBe(CREDENTIALS);
    expect(result.timestamp).toBe(NOW);
  });

  test('is written of its entries', () => {
    const signed = sign(scheme, request, signing, { now: NOW, values: { app: '7', nonce: 'n1' } });
    expect(signed.headers).toEqual([['Authorization', value]]);
  });

  test('what stands behind the mark is none of it', () => {
    expect(code(() => verify(scheme, given(`${value},timestamp=1`), key, { now: NOW }))).toBe(
      'ERR_MESSAGE_FORM',
    );
  });

  test.each([
    ['no mark', value.replace(',sign=', ';sign='), 'ERR_MESSAGE_FORM'],
    ['two marks', `${value},sign=${TAG}`, 'ERR_MESSAGE_FORM'],
    ['no signature', value.replace(TAG, ''), 'ERR_MESSAGE_MISSING'],
    ['another entry', value.replace('app_id=7', 'app_id=8'), 'ERR_VERIFY_FAILED'],
  ])('%s is refused', (_, changed, expected) => {
    expect(code(() => verify(scheme, given(changed), key, { now: NOW }))).toBe(expected);
  });

  test('a mark that stands twice is told nowhere from the text', () => {
    const two = defineScheme({
      ...common,
      id: 'two-marks',
      slots: { text: until(';', header('Text')), signature: header('S') },
      message: [slot('text')],
      signature,
      covers: { text: 'whole' },
      freshness: 'none',
    });
    const check = (Text: string) => {
      const headers = { Text, S: tagOf('a') };
      return code(() => verify(two, { headers }, key, { now: NOW, covers: ['text'] }));
    };
    expect(check('a;b')).toBeUndefined();
    expect(check('a;b;c')).toBe('ERR_MESSAGE_FORM');
    expect(check('a')).toBe('ERR_MESSAGE_FORM');
  });

  test('a text that is no header is signed in UTF-8, and has a slot in it', () => {
    const text = member('text');
    const one = defineScheme({
      ...common,
      id: 'containing-member',
      slots: { text, same: text, signature: header('S') },
      message: [containing('text', ['same'])],
      signature,
      covers: { text: 'whole', same: 'whole' },
      freshness: 'none',
    });
    const message = { headers: { S: tagOf('é') }, body: encodeUtf8('{"text":"é"}') };
    const { values } = verify(one, message, key, { now: NOW, covers: ['text', 'same'] });
    expect(values).toEqual({ text: 'é', same: 'é' });
    expect(() => containing('text', [])).toThrow(TypeError);
  });

  test('an entry of another text is not covered by this one', () => {
    const other = pairs(headerList('Other'), { between: ',', equals: '=' });
    const make = () =>
      defineScheme({
        ...common,
        id: 'until-other',
        slots: { credentials, app: other.one('app_id'), signature: beyond(',sign=', field) },
        message: [containing('credentials', ['app'])],
        signature,
        covers: { credentials: 'whole', app: 'whole' },
        freshness: 'none',
      });
    expect(make).toThrow(/app to be read from credentials/);
  });
});

describe('minified JSON, as SNAP BI has it', () => {
  const scheme = defineScheme({
    ...common,
    id: 'minified',
    slots: { path: target(), signature: header('X-Signature') },
    message: ['POST:', slot('path'), ':', digestOf(sha256, hexLower, [minified])],
    signature,
    covers: { path: 'whole', body: 'whole' },
    freshness: 'none',
  });
  const headers = {
    // printf 'POST:/a:%s' "$(printf '{"a b":[1,"x \\" y"],"c":null}' | sha256sum | cut -c1-64)" |
    //   openssl dgst -sha256 -hmac a-secret-of-thirty-two-characters
    'X-Signature': '6b5b67b0c822e7fc65bb050aae5a2a805e904f2955042031e6eb4849ee9d785c',
  };
  const check = (text: string) =>
    code(() =>
      verify(scheme, { url: 'https://a.example/a', headers, body: encodeUtf8(text) }, key, {
        now: NOW,
      }),
    );

  test.each([
    '{"a b":[1,"x \\" y"],"c":null}',
    ' {\n\t"a b" : [ 1 , "x \\" y" ] ,\r\n "c" : null } \n',
  ])('white space between tokens is not signed: %j', (text) => {
    expect(check(text)).toBeUndefined();
  });

  test.each([
    ['white space in a text', '{"a  b":[1,"x \\" y"],"c":null}', 'ERR_VERIFY_FAILED'],
    ['another order', '{"c":null,"a b":[1,"x \\" y"]}', 'ERR_VERIFY_FAILED'],
    ['a word in two', '{"a b":[1,"x \\" y"],"c":nu ll}', 'ERR_JSON'],
    ['two values', '{"a b":[1,"x \\" y"] ,"c":null} 1', 'ERR_JSON'],
    ['two texts', '{"a b":[1,"x \\" y" ""],"c":null}', 'ERR_JSON'],
    ['a text without an end', '{"a b":[1,"x \\" y', 'ERR_JSON'],
    ['an escape without an end', '{"a\\', 'ERR_JSON'],
    ['white space alone', ' ', 'ERR_JSON'],
    ['a form', 'a=1, b=2', 'ERR_JSON'],
  ])('%s is refused', (_, text, expected) => {
    expect(check(text)).toBe(expected);
  });
});

test('no body is signed as none where it would be minified', () => {
  const scheme = defineScheme({
    ...common,
    id: 'minified-none',
    slots: { signature: header('S') },
    message: ['GET:', minified],
    signature,
    covers: { body: 'whole' },
    freshness: 'none',
  });
  expect(code(() => verify(scheme, { headers: { S: tagOf('GET:') } }, key, { now: NOW }))).toBe(
    undefined,
  );
});

describe('one case of letters, as Mercado Pago has it', () => {
  const scheme = defineScheme({
    ...common,
    id: 'lower',
    slots: {
      id: lowerCase(optional(header('X-Id', without(';')))),
      method: upperCase(method()),
      signature: header('X-Signature'),
    },
    message: [slot('method'), ';', ifPresent('id', ['id:', slot('id'), ';'])],
    signature,
    covers: { method: 'whole', id: 'optional' },
    freshness: 'none',
  });
  const covers = ['method', 'id'] as const;

  test('the text of the slot is the one that was signed', () => {
    const headers = { 'X-Id': 'ORD01ab', 'X-Signature': tagOf('POST;id:ord01ab;') };
    const { values } = verify(scheme, { method: 'post', headers }, key, { now: NOW, covers });
    expect(values).toEqual({ method: 'POST', id: 'ord01ab' });
  });

  test('a piece is left out where its slot is', () => {
    const headers = { 'X-Signature': tagOf('POST;') };
    const { values } = verify(scheme, { method: 'POST', headers }, key, { now: NOW, covers });
    expect(values.id).toBeUndefined();
    expect(
      code(() =>
        verify(scheme, { method: 'POST', headers: { ...headers, 'X-Id': 'a' } }, key, {
          now: NOW,
          covers,
        }),
      ),
    ).toBe('ERR_VERIFY_FAILED');
  });

  test('letters beyond ASCII stay as they are', () => {
    const text: TextSource = { ...setting('name'), read: () => () => 'A\u212a\u0130Z' };
    const { read } = lowerCase(text);
    const build = { once: <T>(_: object, make: () => T): T => make() };
    expect(read(build as never)({} as never)).toBe('a\u212a\u0130z');
  });

  test('what is folded is what is signed by us too', () => {
    const signed = sign(scheme, { method: 'PUT' }, signing, { now: NOW, values: { id: 'Ab' } });
    expect(verify(scheme, signed, key, { now: NOW, covers }).values.id).toBe('ab');
  });
});

describe('lengths before parts, as Google Pay has them', () => {
  const scheme = (form: 'u32le' | 'u32be') =>
    defineScheme({
      ...common,
      id: 'lengths',
      slots: {
        sender: header('X-Sender'),
        recipient: setting('recipient'),
        signature: header('X-Signature'),
      },
      message: [
        lengthPrefixed(form, [slot('sender')]),
        lengthPrefixed(form, [slot('recipient')]),
        lengthPrefixed(form, [body]),
      ],
      signature,
      covers: { sender: 'whole', recipient: 'whole', body: 'whole' },
      freshness: 'none',
    });
  // printf '\006\000\000\000Google\004\000\000\000m:12\002\000\000\000{}' | openssl dgst …
  const LITTLE = '12f3ac31e6a499396d60fd88f03f514b552fec790340009a7c2cf43446416f87';
  // printf '\000\000\000\006Google\000\000\000\004m:12\000\000\000\002{}' | openssl dgst …
  const BIG = '6f8ab6b709029499ac2d46c85bfa8b35bbed908bf35cc25db31fa53355f62db3';
  const settings = { recipient: 'm:12' };
  const message = (tag: string): SchemeMessage => ({
    headers: { 'X-Sender': 'Google', 'X-Signature': tag },
    body: encodeUtf8('{}'),
  });

  test('little and big', () => {
    const options = { now: NOW, settings };
    expect(verify(scheme('u32le'), message(LITTLE), key, options).values.recipient).toBe('m:12');
    expect(verify(scheme('u32be'), message(BIG), key, options).values.sender).toBe('Google');
    expect(code(() => verify(scheme('u32le'), message(BIG), key, options))).toBe(
      'ERR_VERIFY_FAILED',
    );
  });

  test('what is within has to have one reading too', () => {
    const make = () =>
      defineScheme({
        ...common,
        id: 'lengths-within',
        slots: { a: header('A'), b: header('B'), signature: header('X-Signature') },
        message: [lengthPrefixed('u32le', [slot('a'), slot('b')])],
        signature,
        covers: { a: 'whole', b: 'whole' },
        freshness: 'none',
      });
    expect(make).toThrow(/where a ends/);
  });

  test('there is no third form', () => {
    expect(code(() => lengthPrefixed('u16' as 'u32le', [body]))).toBe('TypeError');
  });
});

describe('headers that the sender names, as CDP has them', () => {
  const list = pairs(headerList('X-Hook'), { between: ',', equals: '=' });
  const slots = {
    time: list.one('t'),
    names: list.one('h', without(',.')),
    event: header('X-Event-Id'),
    signature: list.one('v1'),
  };
  const scheme = defineScheme({
    ...common,
    id: 'named',
    slots,
    message: [
      slot('time'),
      '.',
      namedHeaders('names', { between: ' ', behind: '.', joiner: '\n', require: ['event'] }),
      '\n',
      body,
    ],
    signature,
    covers: { time: 'whole', names: 'whole', event: 'whole', body: 'whole' },
    time: { slot: 'time', unit: unixSeconds, past: 300, future: 300, edge: 'inclusive' },
  });
  const message = (names: string, text: string, extra: Record<string, string> = {}) => ({
    headers: {
      'X-Hook': `t=${NOW},h=${names},v1=${tagOf(text)}`,
      'Content-Type': 'text/plain',
      'X-Event-Id': 'e1',
      ...extra,
    },
    body: encodeUtf8('B'),
  });
  const check = (given: SchemeMessage) => code(() => verify(scheme, given, key, { now: NOW }));

  test('the list and the values in its order are signed', () => {
    const text = `${NOW}.content-type x-event-id.text/plain\ne1\nB`;
    const { values } = verify(scheme, message('content-type x-event-id', text), key, { now: NOW });
    expect(values).toEqual({
      time: String(NOW),
      names: 'content-type x-event-id',
      event: 'e1',
    });
    expect(check(message('X-Event-Id', `${NOW}.X-Event-Id.e1\nB`))).toBeUndefined();
  });

  test.each([
    ['a list without what has to be in it', 'content-type', 'text/plain', 'ERR_MESSAGE_MISSING'],
    ['a header that is not there', 'x-event-id x-a', 'e1\n', 'ERR_MESSAGE_MISSING'],
    ['a name twice', 'x-event-id X-EVENT-ID', 'e1\ne1', 'ERR_MESSAGE_DUPLICATE'],
    ['two blanks', 'x-event-id  content-type', 'e1\n\ntext/plain', 'ERR_MESSAGE_FORM'],
    ['names that are none', 'x-event-id a:b', 'e1\n', 'ERR_MESSAGE_FORM'],
    [
      'more names than are looked at',
      `x-event-id ${Array.from({ length: 16 }, (_, i) => `x-${i}`).join(' ')}`,
      'e1',
      'ERR_MESSAGE_LIMIT',
    ],
  ])('%s is refused', (_, names, values, expected) => {
    expect(check(message(names, `${NOW}.${names}.${values}\nB`))).toBe(expected);
  });

  test('another value, and another list', () => {
    const text = `${NOW}.x-event-id.e1\nB`;
    expect(check(message('x-event-id', text, { 'X-Event-Id': 'e2' }))).toBe('ERR_VERIFY_FAILED');
    expect(check(message('x-event-id content-type', text))).toBe('ERR_VERIFY_FAILED');
  });

  test('a joiner that a value may hold leaves several readings, which the scheme has to say', () => {
    const make = (joiner: string) => () =>
      defineScheme({
        ...common,
        id: 'named-dots',
        slots,
        message: [
          namedHeaders('names', { between: ' ', behind: '.', joiner, require: ['event'] }),
          '\n',
          body,
        ],
        signature,
        covers: { names: 'whole', event: 'whole', body: 'whole' },
        freshness: 'none',
      });
    expect(make('.')).toThrow(/where the headers in names ends/);
    expect(make('\n')).not.toThrow();
    expect(code(make(''))).toBe('TypeError');
    expect(make('\u010a')).toThrow(/printable ASCII/);
  });

  test('stands behind nothing that may be any text, since its list is read from the front alone', () => {
    const make = () =>
      defineScheme({
        ...common,
        id: 'named-last',
        slots,
        message: [
          body,
          '\n',
          namedHeaders('names', { between: ' ', behind: '\n', joiner: '\n', require: ['event'] }),
        ],
        signature,
        covers: { body: 'whole', names: 'whole', event: 'whole' },
        freshness: 'none',
      });
    expect(make).toThrow(/where body ends/);
  });

  test('each value is read once, and that of a slot by the slot', () => {
    const spelled = (event: TextSource<never, false>) =>
      defineScheme({
        ...common,
        id: 'named-once',
        slots: { ...slots, event },
        message: [
          namedHeaders('names', { between: ' ', behind: '.', joiner: '\n', require: ['event'] }),
          '\n',
          body,
        ],
        attempts: [
          {
            name: 'lines',
            message: [
              namedHeaders('names', {
                between: ' ',
                behind: '\n',
                joiner: '\n',
                require: ['event'],
              }),
              '\n',
              body,
            ],
          },
        ],
        signature,
        covers: { names: 'whole', event: 'whole', body: 'whole' },
        freshness: 'none',
        ambiguous: { why: 'The two forms are not told apart.', example: () => [{}, {}] },
      });
    const given = message('x-event-id x-a', 'x-event-id x-a\ne1\n1\nB');
    const reads = { 'X-Event-Id': 0, 'X-A': 0 };
    const twice = (name: keyof typeof reads, first: string) => ({
      enumerable: true,
      get: () => (reads[name]++ === 0 ? first : 'other'),
    });
    const headers = Object.defineProperties(
      { ...given.headers },
      { 'X-Event-Id': twice('X-Event-Id', 'e1'), 'X-A': twice('X-A', '1') },
    );
    const other = spelled(header('X-Event-Id'));
    const { values, alternative } = verify(other, { ...given, headers }, key, { now: NOW });
    expect(values.event).toBe('e1');
    expect(alternative).toBe('lines');
    expect(reads).toEqual({ 'X-Event-Id': 1, 'X-A': 1 });
    const narrow = spelled(header('X-Event-Id', digits));
    const read = message('x-event-id', 'x-event-id.e1\nB');
    expect(code(() => verify(narrow, read, key, { now: NOW }))).toBe('ERR_MESSAGE_FORM');
  });

  test('two slots of one header are not both in it', () => {
    const make = () =>
      defineScheme({
        ...common,
        id: 'named-twice',
        slots: { ...slots, again: header('x-event-id') },
        message: [
          namedHeaders('names', {
            between: ' ',
            behind: '.',
            joiner: '\n',
            require: ['event', 'again'],
          }),
        ],
        signature,
        covers: { names: 'whole', event: 'whole', again: 'whole' },
        freshness: 'none',
      });
    expect(make).toThrow(/each header once/);
  });

  test('what has to be in it is a header', () => {
    const make = () =>
      defineScheme({
        ...common,
        id: 'named-setting',
        slots: { ...slots, event: setting('event') },
        message: [
          namedHeaders('names', { between: ' ', behind: '.', joiner: '\n', require: ['event'] }),
        ],
        signature,
        covers: { names: 'whole', event: 'whole' },
        freshness: 'none',
      });
    expect(make).toThrow(/event to be a header/);
  });
});

describe('percent-encoded Base64, as Antom has it', () => {
  test('is what encodeURIComponent makes of Base64', () => {
    const octets = Uint8Array.of(0xfb, 0xef, 0xbe, 0xff);
    expect(encodeBase64(octets)).toBe('++++/w==');
    expect(percentBase64.encode(octets)).toBe('%2B%2B%2B%2B%2Fw%3D%3D');
    expect(percentBase64.decode('%2B%2B%2B%2B%2Fw%3D%3D')).toEqual(octets);
    expect(percentBase64.decode('')).toHaveLength(0);
  });

  test.each([
    '++++/w==',
    '%2b%2B%2B%2B%2Fw%3D%3D',
    '%41A%3D%3D',
    'AA%3D',
    'AA%3D%3',
    'AA%253D',
    '%',
  ])('%j is none', (text) => {
    expect(code(() => percentBase64.decode(text))).toBe('ERR_BASE64');
  });
});

describe('lines of one header, as Mollie has them', () => {
  const scheme = defineScheme({
    ...common,
    id: 'lines',
    slots: { signatures: headersList('X-Mollie-Signature', 'sha256=') },
    message: [body],
    signature: { slot: 'signatures', encoding: hexLower },
    covers: { body: 'whole' },
    freshness: 'none',
  });
  const given = encodeUtf8('{}');
  const good = `sha256=${tagOf(given)}`;
  const bad = `sha256=${'0'.repeat(64)}`;
  const lines = (...values: string[]): SchemeMessage => ({
    headers: values.map((value) => ['X-Mollie-Signature', value] as const),
    body: given,
  });
  const check = (message: SchemeMessage) => code(() => verify(scheme, message, key, { now: NOW }));

  test('any of them', () => {
    expect(check(lines(bad, good))).toBeUndefined();
    expect(check(lines(good))).toBeUndefined();
    expect(check({ headers: new Headers(lines(bad, good).headers as never), body: given })).toBe(
      undefined,
    );
    expect(check(lines('sha512=x', good))).toBeUndefined();
  });

  test('none of them', () => {
    expect(check(lines(bad))).toBe('ERR_VERIFY_FAILED');
    expect(check(lines())).toBe('ERR_MESSAGE_MISSING');
    expect(check(lines('sha512=x'))).toBe('ERR_MESSAGE_MISSING');
    expect(check(lines(...Array.from({ length: 9 }, () => good)))).toBe('ERR_MESSAGE_LIMIT');
    expect(check(lines(Array.from({ length: 9 }, () => good).join(',')))).toBe('ERR_MESSAGE_LIMIT');
  });

  test('each key writes a line of its own', () => {
    const other = importSecret('another-secret-of-32-characters!', { ...hmac, use: 'mac' });
    const signed = sign(scheme, { body: given }, [other, signing], { now: NOW });
    expect(signed.headers).toHaveLength(2);
    expect(check(signed)).toBeUndefined();
  });
});

describe('names that say whose a signature is, as PayMongo has them', () => {
  const list = pairs(headerList('Paymongo-Signature'), { between: ',', equals: '=' });
  const { signatures, keys } = tagged(list, { te: 'test', li: 'live' });
  const scheme = defineScheme({
    ...common,
    id: 'tagged',
    keys,
    slots: { time: list.one('t'), signatures },
    message: [slot('time'), '.', body],
    signature: { slot: 'signatures', encoding: hexLower },
    covers: { time: 'whole', body: 'whole' },
    time: { slot: 'time', unit: unixSeconds, past: 300, future: 300, edge: 'inclusive' },
  });
  const secrets = {
    test: 'the-secret-for-tests-32-characters',
    live: 'the-secret-that-counts-32-characters',
  };
  const keyOf = (id: 'test' | 'live') => importSecret(secrets[id], { ...hmac, use: 'verify', id });
  const tag = (id: 'test' | 'live') =>
    encodeHex(
      mac(importSecret(secrets[id], { ...hmac, use: 'mac' }), encodeUtf8(`${NOW}.{}`)),
      'lower',
    );
  const check = (te: string, li: string, given: Parameters<typeof verify>[2]) => {
    const headers = { 'Paymongo-Signature': `t=${NOW},te=${te},li=${li}` };
    return verify(scheme, { headers, body: encodeUtf8('{}') }, given as never, { now: NOW }).keyId;
  };
  const both = [keyOf('test'), keyOf('live')];

  test('each key is tried with its own', () => {
    expect(check(tag('test'), '', both)).toBe('test');
    expect(check('', tag('live'), both)).toBe('live');
    expect(check(tag('live'), tag('live'), both)).toBe('live');
    expect(check('', tag('live'), createRing(both.map((one) => ({ key: one }))))).toBe('live');
    expect(check('zz', tag('live'), both)).toBe('live');
  });

  test('and with no other', () => {
    expect(code(() => check('', tag('test'), both))).toBe('ERR_VERIFY_FAILED');
    expect(code(() => check(tag('live'), '', both))).toBe('ERR_VERIFY_FAILED');
    expect(code(() => check(tag('live'), '0'.repeat(64), both))).toBe('ERR_VERIFY_FAILED');
    expect(code(() => check(tag('test'), '', keyOf('live')))).toBe('ERR_KEY_UNKNOWN');
    expect(code(() => check('', '', both))).toBe('ERR_MESSAGE_MISSING');
    expect(code(() => check('zz', 'zz', both))).toBe('ERR_MESSAGE_FORM');
    const bare = importSecret(secrets.live, { ...hmac, use: 'verify' });
    expect(code(() => check('', tag('live'), bare))).toBe('ERR_KEY_UNKNOWN');
  });

  test('signs under the name of the key', () => {
    const live = importSecret(secrets.live, { ...hmac, use: 'mac', id: 'live' });
    const signed = sign(scheme, { body: encodeUtf8('{}') }, live, { now: NOW });
    expect(signed.headers).toEqual([['Paymongo-Signature', `t=${NOW},li=${tag('live')}`]]);
    const run = () => sign(scheme, { body: encodeUtf8('{}') }, signing, { now: NOW });
    expect(code(run)).toBe('TypeError');
  });
});

describe('a form with braces, as UnionPay answers', () => {
  const rules = {
    decode: 'never',
    plus: 'plus',
    duplicates: 'refuse',
    emptyValues: 'keep',
    bare: 'refuse',
    emptySegments: 'refuse',
    nested: 'braces',
  } as const;
  const form = formBody(rules);
  const scheme = defineScheme({
    ...common,
    id: 'braces',
    slots: { form, signature: form.one('signature') },
    message: [
      digestOf(sha256, hexLower, [
        params('form', {
          drop: ['signature'],
          sort: 'octets',
          repeated: 'keep',
          equals: '=',
          joiner: '&',
          delimiters: 'keep',
        }),
      ]),
    ],
    signature: { slot: 'signature', encoding: base64 },
    covers: { form: 'pairs' },
    freshness: 'none',
    ambiguous: {
      why: 'a value may hold what separates two',
      example: () => [{ body: encodeUtf8('a=1&b=2') }, { body: encodeUtf8('a=1&b=2') }],
    },
  });
  const sorted = 'card={no=1&type=[a&b]}&code=00';
  const tag = encodeBase64(
    mac(signing, encodeUtf8(encodeHex(sha256.digest(encodeUtf8(sorted)), 'lower'))),
  );
  const check = (text: string) =>
    verify(scheme, { body: encodeUtf8(text) }, key, { now: NOW, covers: ['form'] }).values.form;

  test('what is within braces is one value', () => {
    const pairsOf = textPairs(check(`code=00&signature=${tag}&card={no=1&type=[a&b]}`));
    expect(pairsOf).toEqual([
      ['card', '{no=1&type=[a&b]}'],
      ['code', '00'],
    ]);
  });

  test.each(['card={no=1', 'card=a}', 'card={[}', `card={no=1&signature=${tag}`])(
    '%j is none',
    (text) => {
      expect(code(() => check(`${text}&signature=${tag}`))).toBe('ERR_FORM');
    },
  );
});

describe('a hash with the secret in its text', () => {
  const form = { drop: ['sign'], sort: 'octets', repeated: 'keep' } as const;
  const parsed = formBody({
    decode: 'once',
    plus: 'space',
    duplicates: 'refuse',
    emptyValues: 'drop',
    bare: 'refuse',
    emptySegments: 'refuse',
  });
  const weak = hashWithSecret(md5);
  // WeChat Pay v2: hex(MD5(a=1&b=2&key=SECRET)) in upper case.
  const scheme = defineScheme({
    ...common,
    id: 'hash',
    slots: { form: parsed, signature: parsed.one('sign') },
    message: [
      params('form', { ...form, equals: '=', joiner: '&', delimiters: 'refuse' }),
      '&key=',
      secretPart,
    ],
    algs: [weak],
    signature: { slot: 'signature', encoding: hexEither },
    covers: { form: 'pairs' },
    freshness: 'none',
  });
  // printf 'a=1&b=2&key=a-secret-of-thirty-two-characters' | openssl dgst -md5
  const TAG = '86254e07612343c6993004625580d372';
  const options = { now: NOW, covers: ['form'] as const };
  const message = { body: encodeUtf8(`b=2&a=1&sign=${TAG.toUpperCase()}`) };
  const weakKey = secretFor(scheme, SECRET, { use: 'verify' });

  test('is what openssl makes', () => {
    const { values, strength } = verify(scheme, message, weakKey, options);
    expect(textPairs(values.form)).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
    expect(strength).toBe('weak');
    expect(scheme.strength).toBe('weak');
    const signed = sign(
      scheme,
      { body: encodeUtf8('b=2&a=1') },
      secretFor(scheme, SECRET, { use: 'mac' }),
      { now: NOW },
    );
    expect(decodeUtf8(signed.body)).toBe(`b=2&a=1&sign=${TAG}`);
  });

  test('another secret, another text', () => {
    const other = secretFor(scheme, `${SECRET}.`, { use: 'verify' });
    expect(code(() => verify(scheme, message, other, options))).toBe('ERR_VERIFY_FAILED');
    const changed = { body: encodeUtf8(`b=3&a=1&sign=${TAG}`) };
    expect(code(() => verify(scheme, changed, weakKey, options))).toBe('ERR_VERIFY_FAILED');
  });

  test('an empty secret is none', () => {
    expect(code(() => secretFor(scheme, '', { use: 'verify' }))).toBe('ERR_KEY_EMPTY');
    expect(code(() => weak.key(new Uint8Array(0)))).toBe('ERR_KEY_EMPTY');
  });

  test('the digest against replays is not made of the secret', () => {
    const made = verify(scheme, message, weakKey, { ...options, replay: replayDigest });
    expect(made.replayDigest).toEqual(replayDigest(scheme, encodeUtf8('a=1&b=2&key=')));
  });

  test('a text without the secret has no such tag', () => {
    const prepared = weak.key(encodeUtf8('abc'));
    expect(code(() => weak.tag(prepared, encodeUtf8('aabab')))).toBe('TypeError');
    expect(code(() => weak.verify(prepared, encodeUtf8(''), new Uint8Array(16)))).toBe('TypeError');
    expect(weak.tag(prepared, encodeUtf8('aababc')).strength).toBe('weak');
    expect(weak.verify(prepared, encodeUtf8('ababc'), new Uint8Array(16))).toBe(false);
  });

  test('a digest may stand for the secret, as UnionPay has it', () => {
    const alg = hashWithSecret(sha256, (secret) =>
      encodeUtf8(encodeHex(sha256.digest(secret), 'lower')),
    );
    const unionPay = defineScheme({
      ...common,
      id: 'hash-of-hash',
      slots: { signature: header('S') },
      message: [body, '&', secretPart],
      algs: [alg],
      signature,
      covers: { body: 'whole' },
      freshness: 'none',
    });
    const hidden = encodeHex(sha256.digest(encodeUtf8(SECRET)), 'lower');
    const S = encodeHex(sha256.digest(encodeUtf8(`a=1&${hidden}`)), 'lower');
    const given = { headers: { S }, body: encodeUtf8('a=1') };
    const unionKey = secretFor(unionPay, SECRET, { use: 'verify' });
    expect(verify(unionPay, given, unionKey, { now: NOW }).body).toEqual(given.body);
  });

  test('under HMAC the secret may stand in the text as well, as LINE has it', () => {
    const line = defineScheme({
      ...common,
      id: 'line',
      slots: { signature: header('S') },
      message: [digestOf(sha256, hexLower, [secretPart]), body],
      signature,
      covers: { body: 'whole' },
      freshness: 'none',
    });
    const shown = (text: string) => encodeHex(sha256.digest(encodeUtf8(text)), 'lower');
    const given = { headers: { S: tagOf(`${shown(SECRET)}{}`) }, body: encodeUtf8('{}') };
    const result = verify(line, given, key, { now: NOW, replay: replayDigest });
    expect(result.body).toEqual(given.body);
    expect(result.replayDigest).toEqual(replayDigest(line, encodeUtf8(`${shown('')}{}`)));
  });

  describe('where the secret stands', () => {
    const make = (
      order: readonly ('a' | 'body' | 'secret' | `'${string}`)[],
      alg = hashWithSecret(sha256),
    ) => {
      const parts = order.map((part) =>
        part === 'a'
          ? slot('a')
          : part === 'body'
            ? body
            : part === 'secret'
              ? secretPart
              : part.slice(1),
      );
      const covers = Object.fromEntries(
        order.flatMap((part) => (part === 'a' || part === 'body' ? [[part, 'whole']] : [])),
      );
      return () =>
        defineScheme({
          ...common,
          id: 'place',
          slots: { a: header('A', digits), signature: header('S') },
          message: parts,
          algs: [alg],
          signature,
          covers,
          freshness: 'none',
        } as never);
    };
    test.each<[string, Parameters<typeof make>[0], boolean]>([
      ['last', ['body', 'secret'], true],
      ['first, before any text', ['secret', 'body'], false],
      ['first, with a constant behind any text', ['secret', 'body', "'|key"], false],
      ['first, with a constant behind digits', ['secret', "'|", 'a', "'|key"], true],
      ['first, with digits at the end', ['secret', "'|", 'a'], false],
      ['behind a constant', ["'x", 'secret', 'body'], false],
      ['behind a text, before another', ['a', "'.", 'secret', 'body'], false],
      ['behind a constant of nothing', ["'", 'secret', 'body'], false],
      ['behind a text, with a constant behind it', ['body', "'&key=", 'secret', "'|"], true],
      ['between texts, with a constant of nothing at the end', ['secret', 'a', "'"], false],
      ['between texts that hold no padding', ['body', "'|", 'secret', 'a', "'|"], true],
      ['twice', ['secret', "'|", 'a', "'|", 'secret'], false],
      ['nowhere', ['body'], false],
    ])('%s', (_, order, isFine) => {
      if (isFine) expect(make(order)).not.toThrow();
      else expect(make(order)).toThrow(/secret/);
    });

    test('first under a hash that is not continued', () => {
      expect(make(['secret', 'body'], hashWithSecret(sha3_256))).not.toThrow();
      expect(make(['secret', 'body'], hashWithSecret(md5))).toThrow(/continued/);
    });

    test('beside another kind of algorithm there is none', () => {
      const mixed = () =>
        defineScheme({
          ...common,
          id: 'mixed',
          slots: { signature: header('S') },
          message: [body, secretPart],
          algs: [hashWithSecret(sha256), hmacSha256],
          signature,
          covers: { body: 'whole' },
          freshness: 'none',
        });
      expect(mixed).toThrow(/alone/);
    });
  });
});

describe('a digest of the body in a text that is signed in several spellings', () => {
  const rules = {
    decode: 'once',
    plus: 'plus',
    duplicates: 'refuse',
    emptyValues: 'keep',
  } as const;
  const query = formQuery({ ...rules, bare: 'empty', emptySegments: 'skip' });
  const bare = respelled('url', 'without its query', (text) => text.replace(/\?.*/, ''));
  const other = respelled('url', 'without its letters', (text) => text.replace(/[a-z]/g, ''));
  const inUrl = bodyDigestIn('url', 'digest', sha256, hexLower);
  const make = (parts: readonly [Part, Part]) =>
    defineScheme({
      ...common,
      id: 'spelled',
      slots: { url: url(), digest: query.one('d'), signature: header('X-Signature') },
      message: [slot('url'), inUrl],
      attempts: [{ name: 'bare', message: parts as never }],
      signature,
      covers: { url: 'whole', body: 'whole' },
      freshness: 'none',
    });

  test('is looked for in the spelling that was signed', () => {
    const scheme = make([bare, bodyDigestIn(bare, 'digest', sha256, hexLower)]);
    const text = encodeUtf8('{}');
    const given = `https://a.example/h?d=${encodeHex(sha256.digest(text), 'lower')}`;
    const check = (signed: string) =>
      code(() =>
        verify(scheme, { url: given, headers: { 'X-Signature': tagOf(signed) }, body: text }, key, {
          now: NOW,
        }),
      );
    expect(check(given)).toBeUndefined();
    expect(check('https://a.example/h')).toBe('ERR_MESSAGE_DIGEST');
  });

  test('is read from that text, and from nothing beside it', () => {
    const digest = header('X-Digest');
    const read = { ...rules, bare: 'empty', emptySegments: 'skip' } as const;
    const list = pairs(headerList('X-Digest'), { between: ',', equals: '=' });
    const from = (within: TextSource, of: TextSource) => () =>
      defineScheme({
        ...common,
        id: 'cut-out',
        slots: {
          within: within as typeof digest,
          digest: of as typeof digest,
          signature: header('S'),
        },
        message: [slot('within'), bodyDigestIn('within', 'digest', sha256, hexLower)],
        signature,
        covers: { within: 'whole', body: 'whole' },
        freshness: 'none',
      });
    const whole = headerList('X-Digest');
    const inList = pairs(whole, { between: ',', equals: '=' }).one('sha-256');
    for (const within of [url(), target()]) expect(from(within, query.one('d'))).not.toThrow();
    expect(from(whole, inList)).not.toThrow();
    expect(from(digest, formOf(digest, read).one('d'))).not.toThrow();
    expect(from(digest, after('sha-256=', digest))).not.toThrow();
    for (const of of [digest, list.one('d'), formBody(read).one('d')]) {
      expect(from(url(), of)).toThrow(/digest to be read from within/);
    }
    expect(from(digest, query.one('d'))).toThrow(/digest to be read from within/);
    expect(from(until('.', digest), beyond('.', digest))).toThrow(/digest to be read from within/);
  });

  test('and in no other', () => {
    expect(() => make([bare, inUrl])).toThrow(/the spelling that is signed/);
    const inOther = bodyDigestIn(other, 'digest', sha256, hexLower);
    expect(() => make([bare, inOther])).toThrow(/the spelling that is signed/);
    expect(() => bodyDigestIn(slot('url'), 'digest', sha256, hexLower)).toThrow(/another spelling/);
  });
});

test('what these cover is what they say', () => {
  expect(minified.covers).toEqual({ body: 'whole' });
  expect(secretPart.covers).toEqual({});
  expect(lengthPrefixed('u32le', [slot('a'), 'x', body]).covers).toEqual({
    a: 'whole',
    body: 'whole',
  });
});
