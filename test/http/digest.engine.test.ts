// RFC 9530: what its examples have, and what is no proof of anything.
import { describe, expect, test } from 'vitest';
import { decodeBase64, encodeBase64, encodeUtf8 } from '../../src/bytes/index.js';
import {
  checkContentDigest,
  checkDigest,
  checkReprDigest,
  chooseDigest,
  createDigest,
  readWantDigest,
  writeWantDigest,
} from '../../src/http/digest.js';
import { readRequest } from '../../src/http/message.js';
import { refusal } from '../bytes/support.js';

// RFC 9530, appendix D; computed by openssl too.
const BODY = encodeUtf8('{"hello": "world"}');
const SHA256 = 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:';
const SHA512 =
  'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:';
const OTHER = 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:';
const WEAK = 'md5=:Sd/dVLAcvNLSq16eXua5uQ==:';

const message = (headers: Record<string, string>, trailers: Record<string, string> = {}) =>
  readRequest(
    { method: 'POST', url: '/', headers, trailers },
    { origin: 'https://a.example', body: BODY },
  );

describe('a digest', () => {
  test('is made as the RFC has it', () => {
    expect(createDigest(BODY, ['sha-256'])).toBe(SHA256);
    expect(createDigest(BODY, ['sha-512', 'sha-256'])).toBe(`${SHA512}, ${SHA256}`);
    expect(createDigest(new Uint8Array(0), ['sha-256'])).toBe(
      'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:',
    );
  });

  test.each([[[]], [['md5']], [['SHA-256']], ['sha-256']])('is none of %j', (algorithms) => {
    expect(() => createDigest(BODY, algorithms as never)).toThrow(TypeError);
  });

  test.each<[string | string[], string[]]>([
    [SHA256, ['sha-256']],
    [SHA512, ['sha-512']],
    [`${SHA256}, ${SHA512}`, ['sha-256', 'sha-512']],
    [
      [SHA256, SHA512],
      ['sha-256', 'sha-512'],
    ],
    [`${WEAK}, ${SHA256};x=1, unknown=:AAAA:`, ['sha-256']],
  ])('%j is compared by what it knows', (field, algorithms) => {
    expect(checkDigest(field, BODY)).toEqual({ algorithms, octets: BODY });
  });

  test.each([
    ['of other octets', OTHER, 'ERR_HTTP_DIGEST'],
    ['good beside a bad one', `${SHA256}, sha-512=:AAAA:`, 'ERR_HTTP_DIGEST'],
    ['bad beside a good one', `sha-256=:AAAA:, ${SHA512}`, 'ERR_HTTP_DIGEST'],
    ['of a deprecated algorithm alone', WEAK, 'ERR_HTTP_DIGEST_ALGORITHM'],
    ['of an unknown algorithm alone', 'sha-3=:AAAA:', 'ERR_HTTP_DIGEST_ALGORITHM'],
    ['of an algorithm in capitals', 'SHA-256=:AAAA:', 'ERR_STRUCTURED_FIELD'],
    ['not there', '', 'ERR_HTTP_DIGEST_ALGORITHM'],
    ['twice', `${OTHER}, ${SHA256}`, 'ERR_STRUCTURED_FIELD'],
    ['a String', 'sha-256="X48E9q"', 'ERR_STRUCTURED_FIELD'],
    ['a List', 'sha-256=(:AAAA:)', 'ERR_STRUCTURED_FIELD'],
    ['of no octets', 'sha-256=::', 'ERR_HTTP_DIGEST'],
    ['cut short', 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBA==:', 'ERR_HTTP_DIGEST'],
  ])('%s is refused', (_, field, code) => {
    expect(refusal(() => checkDigest(field, BODY))).toBe(code);
  });

  test('with any bit changed is refused', () => {
    const digest = decodeBase64(SHA256.slice(9, -1));
    for (let bit = 0; bit < 8 * digest.length; bit++) {
      const changed = Uint8Array.from(digest);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const field = `sha-256=:${encodeBase64(changed)}:`;
      expect(refusal(() => checkDigest(field, BODY))).toBe('ERR_HTTP_DIGEST');
    }
  });

  test('over its limit is not read', () => {
    expect(refusal(() => checkDigest(SHA256, BODY, { maxBytes: 20 }))).toBe('ERR_LENGTH');
  });
});

describe('the digest of a message', () => {
  test('is of its body', () => {
    const { algorithms, octets } = checkContentDigest(message({ 'Content-Digest': SHA256 }));
    expect(algorithms).toEqual(['sha-256']);
    expect(octets).toBe(BODY);
    expect(refusal(() => checkContentDigest(message({ 'Content-Digest': OTHER })))).toBe(
      'ERR_HTTP_DIGEST',
    );
  });

  test('may stand in its trailers, and is looked for where the caller says', () => {
    const trailing = message({ 'Content-Digest': OTHER }, { 'Content-Digest': SHA512 });
    expect(checkContentDigest(trailing, { section: 'trailers' }).algorithms).toEqual(['sha-512']);
    expect(refusal(() => checkContentDigest(trailing))).toBe('ERR_HTTP_DIGEST');
  });

  test('is asked for by name', () => {
    const content = message({ 'Content-Digest': SHA256 });
    const representation = message({ 'Repr-Digest': SHA256 });
    expect(refusal(() => checkReprDigest(content, BODY))).toBe('ERR_HTTP_FIELD');
    expect(refusal(() => checkContentDigest(representation))).toBe('ERR_HTTP_FIELD');
    expect(checkReprDigest(representation, BODY).algorithms).toEqual(['sha-256']);
  });

  test('without a body is a mistake of the caller', () => {
    const bodiless = { ...message({ 'Content-Digest': SHA256 }), body: undefined };
    expect(refusal(() => checkContentDigest(bodiless))).toBe('TypeError: message');
    expect(() => checkContentDigest(new Request('https://a.example/') as never)).toThrow(
      /^message: expected what readRequest/,
    );
  });
});

describe('what is wanted', () => {
  // RFC 9530, section 4 and appendix C.
  test('is read and written', () => {
    const wanted = readWantDigest('sha-256=10, sha-512=3, unixsum=0');
    expect(Object.entries(wanted)).toEqual([
      ['sha-256', 10],
      ['sha-512', 3],
      ['unixsum', 0],
    ]);
    expect(writeWantDigest(wanted)).toBe('sha-256=10, sha-512=3, unixsum=0');
  });

  test.each([
    ['sha-256=1', 'sha-256'],
    ['sha-512=3, sha-256=10, unixsum=0', 'sha-256'],
    ['sha-256=5, sha-512=5', 'sha-512'],
    ['sha-512=0, sha-256=1', 'sha-256'],
    ['sha-512=0', undefined],
    ['md5=10', undefined],
  ])('%s chooses %s', (field, name) => {
    expect(chooseDigest(field)).toBe(name);
  });

  test.each(['sha-256=11', 'sha-256=-1', 'sha-256=1.0', 'sha-256', 'sha-256="1"', 'sha-256=(1)'])(
    '%s is refused',
    (field) => {
      expect(refusal(() => readWantDigest(field))).toBe('ERR_STRUCTURED_FIELD');
    },
  );

  test('has weights from 0 to 10', () => {
    expect(() => writeWantDigest({ 'sha-256': 11 })).toThrow(TypeError);
    expect(() => writeWantDigest({ 'sha-256': Number.NaN })).toThrow(TypeError);
  });
});
