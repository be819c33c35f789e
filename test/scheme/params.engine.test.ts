// Lists of names and values as parts of a message.
import { describe, expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../src/bytes/utf8.js';
import { CountersignError } from '../../src/errors.js';
import { mac } from '../../src/key/use.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { secretFor, sign, textPairs, verify } from '../../src/scheme/index.js';
import {
  defineScheme,
  formBody,
  formOf,
  formQuery,
  header,
  hexLower,
  anyKey,
  lengthPrefixed,
  memberSlice,
  optional,
  params,
  setting,
  slot,
  utf8Secret,
} from '../../src/scheme/vocabulary.js';

const NOW = 1_700_000_000;
const SECRET = 'a-secret-of-thirty-two-characters';

const read = {
  decode: 'once',
  plus: 'space',
  duplicates: 'refuse',
  emptyValues: 'keep',
  bare: 'refuse',
  emptySegments: 'refuse',
} as const;
const write = {
  drop: ['sign'],
  sort: 'octets',
  repeated: 'keep',
  equals: '=',
  joiner: '&',
  delimiters: 'keep',
} as const;
const body = formBody(read);
const base = {
  id: 'form',
  version: 1,
  title: 'A form',
  direction: 'callback',
  algs: [hmacSha256],
  keys: anyKey,
  secret: utf8Secret,
  signature: { slot: 'sign', encoding: hexLower },
  freshness: 'none',
} as const;
const ambiguous = {
  why: 'values are signed as they are',
  example: () => [{ body: encodeUtf8('a=1%26b%3D2') }, { body: encodeUtf8('a=1&b=2') }] as const,
};
const inBody = defineScheme({
  ...base,
  slots: { form: body, sign: body.one('sign'), id: body.one('id') },
  message: [params('form', { ...write, fields: ['id'] })],
  covers: { form: 'pairs', id: 'whole' },
  delivery: 'id',
  ambiguous,
});
const macKey = secretFor(inBody, SECRET, { use: 'mac' });
const key = secretFor(inBody, SECRET, { use: 'verify' });
const told = { now: NOW, covers: ['form', 'id'] } as const;
const tagOf = (text: string | Uint8Array) =>
  hexLower.encode(mac(macKey, typeof text === 'string' ? encodeUtf8(text) : text));
const post = (form: string, signed: string) => ({
  body: encodeUtf8(`${form}&sign=${tagOf(signed)}`),
});

describe('a form', () => {
  test('is signed sorted, decoded once, without its signature', () => {
    // printf 'Z=1&a= +%%25&id=7&ä=' | openssl dgst -sha256 -hmac a-secret-of-thirty-two-characters
    const tag = 'f74788f17fe4b1b2f841b5fc8be67a459a8248e8bae248dfacc1660419c8a76e';
    const form = `a=+%2B%2525&%C3%A4=&sign=${tag}&id=7&Z=1`;
    const found = verify(inBody, { body: encodeUtf8(form) }, key, told);
    expect(textPairs(found.values.form)).toEqual([
      ['Z', '1'],
      ['a', ' +%25'],
      ['id', '7'],
      ['ä', ''],
    ]);
    expect(found.values.id).toBe('7');
    expect(found.deliveryId).toBe('7');
    expect(found.body).toBeUndefined();
  });

  test('is not bound to the order of its pairs or to how they are encoded', () => {
    const values = ['b=%2f&a=1&id=1', 'a=1&b=%2F&id=1', 'id=1&a=%31&b=/'].map(
      (form) => verify(inBody, post(form, 'a=1&b=/&id=1'), key, told).values,
    );
    expect(values[1]).toEqual(values[0]);
    expect(values[2]).toEqual(values[0]);
  });

  test('keeps octets that are no UTF-8', () => {
    const octets = new Uint8Array([0xd6, 0xd0]);
    const signed = new Uint8Array([...encodeUtf8('id=1&s='), ...octets]);
    const message = { body: encodeUtf8(`id=1&s=%D6%D0&sign=${tagOf(signed)}`) };
    const { form } = verify(inBody, message, key, told).values;
    expect(form[1]?.value).toEqual(octets);
    expect(() => textPairs(form)).toThrow(expect.objectContaining({ code: 'ERR_UTF8' }));
  });

  test.each([
    ['a name that stands twice', 'a=1&a=1&id=1', 'a=1&a=1&id=1', 'ERR_FORM_DUPLICATE'],
    ['a second signature', 'id=1&sign=00', 'id=1', 'ERR_FORM_DUPLICATE'],
    ['another value', 'a=2&id=1', 'a=1&id=1', 'ERR_VERIFY_FAILED'],
    ['a pair more', 'a=1&b=&id=1', 'a=1&id=1', 'ERR_VERIFY_FAILED'],
    ['a pair less', 'id=1', 'a=1&id=1', 'ERR_VERIFY_FAILED'],
    ['what was decoded twice', 'a=%252B&id=1', 'a=+&id=1', 'ERR_VERIFY_FAILED'],
    ['a % without digits', 'a=%4&id=1', 'a=&id=1', 'ERR_FORM'],
    ['a name without =', 'a&id=1', 'a=&id=1', 'ERR_FORM'],
    ['a covered field that is missing', 'a=1', 'a=1', 'ERR_MESSAGE_MISSING'],
    ['a covered field that is empty', 'a=1&id=', 'a=1&id=', 'ERR_MESSAGE_MISSING'],
    [
      'a field that is no UTF-8',
      'id=%ff',
      new Uint8Array([0x69, 0x64, 0x3d, 0xff]),
      'ERR_MESSAGE_FORM',
    ],
  ])('%s is refused', (_what, form, signed, code) => {
    const message = { body: encodeUtf8(`${form}&sign=${tagOf(signed)}`) };
    expect(() => verify(inBody, message, key, told)).toThrow(expect.objectContaining({ code }));
  });

  test('without its signature is refused', () => {
    for (const form of ['', 'id=1', 'id=1&sign=']) {
      expect(() => verify(inBody, { body: encodeUtf8(form) }, key, told)).toThrow(
        expect.objectContaining({ code: 'ERR_MESSAGE_MISSING' }),
      );
    }
  });

  test('shows that its message has several readings', () => {
    const [one, other] = ambiguous.example();
    const tag = tagOf('a=1&b=2&id=1');
    for (const { body: octets } of [one, other]) {
      const message = { body: encodeUtf8(`${decodeUtf8(octets)}&id=1&sign=${tag}`) };
      expect(verify(inBody, message, key, told).keyId).toBe(key.id);
    }
  });

  test('is signed with its signature behind it', () => {
    const signed = sign(inBody, { body: encodeUtf8('b=%20&a=1') }, macKey, {
      now: NOW,
      values: { id: 'x y&' },
    });
    expect(decodeUtf8(signed.body)).toBe(`b=%20&a=1&id=x+y%26&sign=${tagOf('a=1&b= &id=x y&')}`);
    expect(verify(inBody, signed, key, told).deliveryId).toBe('x y&');
    const alone = sign(inBody, {}, macKey, { now: NOW, values: { id: '1' } });
    expect(decodeUtf8(alone.body ?? encodeUtf8(''))).toBe(`id=1&sign=${tagOf('id=1')}`);
    expect(() => sign(inBody, {}, macKey, { now: NOW })).toThrow(TypeError);
  });
});

test('a query is read like a body, and gets its signature', () => {
  const query = formQuery(read);
  const scheme = defineScheme({
    ...base,
    slots: { form: query, sign: query.one('sign') },
    message: [params('form', write)],
    covers: { form: 'pairs' },
    ambiguous,
  });
  for (const url of ['https://shop.example/r', 'https://shop.example/r?b=2&a=1']) {
    const signed = sign(scheme, { url }, macKey, { now: NOW });
    expect(signed.url).toBe(
      url.includes('?')
        ? `https://shop.example/r?b=2&a=1&sign=${tagOf('a=1&b=2')}`
        : `https://shop.example/r?sign=${tagOf('')}`,
    );
    expect(verify(scheme, signed, key, { now: NOW, covers: ['form'] }).scheme).toBe('form');
  }
  expect(() => sign(scheme, {}, macKey, { now: NOW })).toThrow(TypeError);
  const message = { url: 'https://shop.example/r?a=1#sign' };
  expect(() => verify(scheme, message, key, { now: NOW, covers: ['form'] })).toThrow(
    expect.objectContaining({ code: 'ERR_MESSAGE_FORM' }),
  );
});

test('values that stand several times are signed once, sorted, without separators', () => {
  const several = formBody({ ...read, duplicates: 'keep' });
  const scheme = defineScheme({
    ...base,
    slots: { form: several, sign: header('x-sign') },
    message: [params('form', { ...write, drop: [], repeated: 'once', equals: '', joiner: '' })],
    covers: { form: 'pairs' },
    ambiguous,
  });
  const message = { body: encodeUtf8('b=2&a=y&b=1&b=2'), headers: { 'x-sign': tagOf('ayb1b2') } };
  const { form } = verify(scheme, message, key, { now: NOW, covers: ['form'] }).values;
  expect(textPairs(form)).toEqual([
    ['a', 'y'],
    ['b', '1'],
    ['b', '2'],
  ]);
});

test('a field stands once, even in a form that may have names twice', () => {
  const several = formBody({ ...read, duplicates: 'keep' });
  const scheme = defineScheme({
    ...base,
    slots: { form: several, sign: several.one('sign') },
    message: [params('form', write)],
    covers: { form: 'pairs' },
    ambiguous,
  });
  const check = (form: string, signed: string) =>
    verify(scheme, post(form, signed), key, { now: NOW, covers: ['form'] });
  expect(check('a=1&a=2', 'a=1&a=2').values.form).toHaveLength(2);
  expect(() => check(`a=1&sign=${tagOf('a=1')}`, 'a=1')).toThrow(
    expect.objectContaining({ code: 'ERR_MESSAGE_DUPLICATE' }),
  );
});

test('a list without decoding has one reading, and what could have two is refused', () => {
  const raw = formOf(setting('list'), { ...read, decode: 'never', plus: 'plus' });
  const scheme = defineScheme({
    ...base,
    slots: { list: raw, sign: header('x-sign') },
    message: [params('list', { ...write, delimiters: 'refuse' })],
    covers: { list: 'pairs' },
  });
  const check = (list: string, signed: string) =>
    verify(scheme, { headers: { 'x-sign': tagOf(signed) } }, key, {
      now: NOW,
      settings: { list },
      covers: ['list'],
    });
  expect(check('b=%26&a=1', 'a=1&b=%26').values['list']).toHaveLength(2);
  expect(() => check('a=1=2', 'a=1=2')).not.toThrow();
  const decoded = defineScheme({
    ...base,
    slots: { form: body, sign: header('x-sign') },
    message: [params('form', { ...write, delimiters: 'refuse' })],
    covers: { form: 'pairs' },
  });
  const message = { body: encodeUtf8('a=1%26b'), headers: { 'x-sign': tagOf('a=1&b') } };
  expect(() => verify(decoded, message, key, { now: NOW, covers: ['form'] })).toThrow(
    expect.objectContaining({ code: 'ERR_FORM_DELIMITER' }),
  );
});

test('two lists by the same rules are two', () => {
  const rules = { ...write, delimiters: 'refuse' } as const;
  const scheme = defineScheme({
    ...base,
    slots: { query: formQuery(read), form: formBody(read), sign: header('x-sign') },
    message: [
      lengthPrefixed('u32be', [params('query', rules)]),
      lengthPrefixed('u32be', [params('form', rules)]),
    ],
    covers: { query: 'pairs', form: 'pairs' },
  });
  const covers = ['query', 'form'] as const;
  const url = 'https://a.example/?a=1';
  const check = (text: string, signed: string) => {
    const headers = { 'x-sign': tagOf(signed) };
    return verify(scheme, { url, headers, body: encodeUtf8(text) }, key, { now: NOW, covers });
  };
  const { values } = check('b=22', '\0\0\0\x03a=1\0\0\0\x04b=22');
  expect(textPairs(values.query)).toEqual([['a', '1']]);
  expect(textPairs(values.form)).toEqual([['b', '22']]);
  expect(() => check('b=22', '\0\0\0\x03a=1\0\0\0\x03a=1')).toThrow(CountersignError);
});

describe('a scheme is not made', () => {
  const make =
    (rules: object, slots: object = {}, more: object = { ambiguous }) =>
    () =>
      defineScheme({
        ...base,
        slots: { form: body, sign: body.one('sign'), ...slots },
        message: [params('form', { ...write, ...rules } as never)],
        covers: { form: 'pairs' },
        ...more,
      } as never);
  const withField = (slots: object, drop = ['sign']) =>
    make({ drop, fields: ['id'] }, { id: body.one('id'), ...slots }, { ambiguous, covers: both });
  const both = { form: 'pairs', id: 'whole' };
  test.each([
    ['with a list that has several readings and does not say so', make({}, {}, {})],
    ['with one that has not and says so', make({ delimiters: 'refuse' })],
    ['without a rule', make({ sort: undefined })],
    ['with another rule', make({ order: 'octets' })],
    ['with one of repeated pairs that are not sorted', make({ sort: 'none', repeated: 'once' })],
    ['with a field of no such slot', make({ fields: ['other'] })],
    ['with a field that is left out', withField({}, ['sign', 'id'])],
    ['with a field of another form', withField({ id: formBody(read).one('id') })],
    ['with a field that may be missing', withField({ id: optional(body.one('id')) })],
    ['with a field that is no field', withField({ id: header('id') })],
    ['with a form as its signature', make({}, { sign: body })],
  ])('%s', (_what, made) => {
    expect(made).toThrow(TypeError);
  });
  test('that covers its fields is', () => {
    expect(withField({})).not.toThrow();
  });
});

test('a member of JSON is signed as it stands', () => {
  const scheme = defineScheme({
    ...base,
    slots: { data: memberSlice('data'), sign: header('x-sign') },
    message: [slot('data')],
    covers: { data: 'whole' },
  });
  const check = (json: string, signed: string) =>
    verify(scheme, { body: encodeUtf8(json), headers: { 'x-sign': tagOf(signed) } }, key, {
      now: NOW,
      covers: ['data'],
    }).values.data;
  expect(check('{ "x": 1, "data" : {"a": 1.10, "b":"}\\"é"} }', '{"a": 1.10, "b":"}\\"é"}')).toBe(
    '{"a": 1.10, "b":"}\\"é"}',
  );
  expect(check('{"data":"AB"}', '"AB"')).toBe('"AB"');
  expect(() => check('{"data":1,"data":2}', '1')).toThrow(
    expect.objectContaining({ code: 'ERR_JSON_DUPLICATE' }),
  );
  expect(() => check('{"x":{"data":1}}', '1')).toThrow(
    expect.objectContaining({ code: 'ERR_MESSAGE_MISSING' }),
  );
  expect(() => sign(scheme, { body: encodeUtf8('{}') }, macKey, { now: NOW })).toThrow(TypeError);
});
