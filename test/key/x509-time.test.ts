// Times of certificates, RFC 5280, section 4.1.2.5, against the calendar of JavaScript.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { derEncode, readDer } from '../../src/bytes/der.js';
import { readTime } from '../../src/key/x509-time.js';
import { outcome } from '../vectors.js';

const [UTC, GENERALIZED] = [0x17, 0x18];
const time = (tag: number, text: string): string =>
  outcome(() => readTime(readDer(derEncode(tag, Uint8Array.from(Buffer.from(text))), tag)));
const seconds = (iso: string): string => String(Date.parse(iso) / 1000);

describe('a time', () => {
  test('is UTCTime until 2049, and GeneralizedTime from 2050', () => {
    expect(time(UTC, '500101000000Z')).toBe(seconds('1950-01-01T00:00:00Z'));
    expect(time(UTC, '491231235959Z')).toBe(seconds('2049-12-31T23:59:59Z'));
    expect(time(UTC, '700101000000Z')).toBe('0');
    expect(time(GENERALIZED, '20500101000000Z')).toBe(seconds('2050-01-01T00:00:00Z'));
    expect(time(GENERALIZED, '99991231235959Z')).toBe('253402300799');
    for (const early of ['20491231235959Z', '19700101000000Z', '00500101000000Z']) {
      expect(time(GENERALIZED, early)).toBe('ERR_CERTIFICATE_TIME');
    }
  });

  test('is every second of the calendar', () => {
    const last = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;
    const first = Date.UTC(1950, 0) / 1000;
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (at) => {
        const [date = ''] = new Date(at * 1000).toISOString().split('.');
        const text = `${date.replaceAll(/[-T:]/g, '')}Z`;
        const found = text < '2050' ? time(UTC, text.slice(2)) : time(GENERALIZED, text);
        expect(found).toBe(String(at));
      }),
    );
  });

  test('is of a day that there is', () => {
    for (const [day, isThere] of [
      ['000229', true],
      ['960229', true],
      ['990229', false],
      ['010229', false],
      ['000230', false],
      ['000431', false],
      ['000430', true],
      ['000132', false],
      ['000100', false],
      ['000001', false],
      ['001301', false],
    ] as const) {
      expect(time(UTC, `${day}000000Z`) !== 'ERR_CERTIFICATE_TIME', day).toBe(isThere);
    }
    for (const [year, isLeap] of [
      [2100, false],
      [2200, false],
      [2400, true],
      [2404, true],
      [2401, false],
      [4000, true],
    ] as const) {
      const found = time(GENERALIZED, `${year}0229000000Z`);
      expect(found !== 'ERR_CERTIFICATE_TIME', String(year)).toBe(isLeap);
    }
  });

  test('has 24 hours of 60 minutes of 60 seconds', () => {
    expect(time(UTC, '700101235959Z')).toBe('86399');
    for (const clock of ['240000', '006000', '006100', '000060', '000061', '999999']) {
      expect(time(UTC, `700101${clock}Z`), clock).toBe('ERR_CERTIFICATE_TIME');
    }
  });

  test('has seconds and Z, and nothing else', () => {
    for (const text of [
      '',
      '7001010000Z',
      '700101000000',
      '700101000000z',
      '700101000000+0000',
      '700101000000.0Z',
      ' 700101000000Z',
      '700101000000Z ',
      '19700101000000Z',
      '7O0101000000Z',
      'Z',
    ]) {
      expect(time(UTC, text), text).toBe('ERR_CERTIFICATE_TIME');
    }
    for (const text of ['20500101000000.5Z', '205001010000Z', '500101000000Z', '20500101000000']) {
      expect(time(GENERALIZED, text), text).toBe('ERR_CERTIFICATE_TIME');
    }
    const long = readDer(derEncode(UTC, new Uint8Array(1_000_000).fill(0x30)), UTC);
    expect(outcome(() => readTime(long))).toBe('ERR_CERTIFICATE_TIME');
  });

  test('has one of the two types', () => {
    for (const tag of [0x04, 0x0c, 0x13, 0x16, 0x57]) {
      for (const text of ['700101000000Z', '20500101000000Z', '00500101000000Z']) {
        expect(time(tag, text)).toBe('ERR_CERTIFICATE_TIME');
      }
    }
  });
});
