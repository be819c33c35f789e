// What a case comes to: its label against what the library gave. The runner reads what was built, and
// so does this.
import { CountersignError, type CountersignErrorCode } from 'countersign/errors';
import { describe, expect, test } from 'vitest';
import { applyException } from './exceptions.js';
import { find, judge } from './judge.js';

const HMAC = { algorithm: 'HMAC-SHA-256', operation: 'verify' } as const;
const HKDF = { algorithm: 'HKDF-SHA-256', operation: 'derive' } as const;
const OKM = Uint8Array.of(1, 2, 3);
const refusal = (code: CountersignErrorCode) =>
  find(() => {
    throw new CountersignError(code, 'refused');
  });
const thrown = find(() => {
  throw new Error('a fault');
});

describe('what a call gives', () => {
  test.each([
    ['true', () => true, 'accepted'],
    ["'weak'", () => 'weak', 'accepted'],
    ['false', () => false, 'refused'],
    ['undefined', () => undefined, 'refused'],
    ['octets', () => OKM, 'octets'],
  ])('%s', (_, call, kind) => {
    expect(find(call).kind).toBe(kind);
  });

  test('an error with a code is a refusal, any other is a fault', () => {
    expect(refusal('ERR_KEY')).toEqual({ kind: 'refused', text: 'ERR_KEY' });
    expect(thrown.kind).toBe('thrown');
  });

  test('engines that disagree are a fault', () => {
    expect(refusal('ERR_ENGINE_DISAGREEMENT').kind).toBe('thrown');
    expect(refusal('ERR_RANDOM_UNAVAILABLE').kind).toBe('thrown');
  });

  test('a TypeError is a fault, unless it is about what the case says', () => {
    const call = () => {
      throw new TypeError('length');
    };
    expect(find(call).kind).toBe('thrown');
    expect(find(call, { typeErrorRefuses: true }).kind).toBe('refused');
    const other = () => {
      throw new RangeError('length');
    };
    expect(find(other, { typeErrorRefuses: true }).kind).toBe('thrown');
  });
});

describe('a verdict', () => {
  const of = (label: string, found: ReturnType<typeof find>) =>
    judge({ ...HMAC, label, found }).verdict;
  const [yes, no] = [find(() => true), find(() => false)];

  test.each([
    ['valid', yes, 'passed'],
    ['valid', no, 'failed'],
    ['valid', refusal('ERR_KEY'), 'failed'],
    ['invalid', yes, 'failed'],
    ['invalid', no, 'passed'],
    ['invalid', refusal('ERR_KEY'), 'passed'],
    ['acceptable', yes, 'passed'],
    ['acceptable', no, 'passed'],
    ['', yes, 'failed'],
    ['Valid', yes, 'failed'],
  ])('%s, %o: %s', (label, found, verdict) => {
    expect(of(label, found)).toBe(verdict);
  });

  test.each(['valid', 'invalid', 'acceptable'])('a fault fails what is %s', (label) => {
    expect(of(label, thrown)).toBe('failed');
    expect(
      of(
        label,
        find(() => OKM),
      ),
    ).toBe('failed');
  });
});

describe('a computation', () => {
  const of = (label: string, found: ReturnType<typeof find>) =>
    judge({ ...HKDF, label, expected: OKM, found }).verdict;
  const [right, wrong] = [find(() => OKM), find(() => OKM.subarray(1))];

  test.each([
    ['valid', right, 'passed'],
    ['valid', wrong, 'failed'],
    ['valid', find(() => true), 'failed'],
    ['invalid', right, 'failed'],
    ['invalid', wrong, 'failed'],
    ['invalid', refusal('ERR_LENGTH'), 'passed'],
    ['acceptable', right, 'passed'],
    ['acceptable', wrong, 'failed'],
    ['acceptable', refusal('ERR_LENGTH'), 'passed'],
  ])('%s, %o: %s', (label, found, verdict) => {
    expect(of(label, found)).toBe(verdict);
  });
});

describe('what is not run', () => {
  // 3DES is decrypted, and never encrypted.
  const question = { algorithm: '3DES', operation: 'encrypt', label: 'valid' } as const;

  test('is refused by the engine, and is not passed', () => {
    const found = refusal('ERR_UNSUPPORTED_ENGINE');
    expect(judge({ ...question, found })).toEqual({
      verdict: 'skipped',
      reason: 'not on this engine',
    });
  });

  test('is a failure when the engine does it all the same', () => {
    expect(judge({ ...question, found: find(() => true) }).verdict).toBe('failed');
    expect(judge({ ...question, found: thrown }).verdict).toBe('failed');
  });

  test('is a failure when the engine ought to do it', () => {
    const found = refusal('ERR_UNSUPPORTED_ENGINE');
    for (const label of ['valid', 'invalid', 'acceptable']) {
      expect(judge({ ...HMAC, label, found }).verdict).toBe('failed');
    }
  });

  test.each(['valid', 'invalid', 'acceptable'])('by policy is refused: %s', (label) => {
    const policy = 'a tag of 8 bits';
    const skipped = judge({ ...HMAC, label, policy, found: find(() => false) });
    expect(skipped).toEqual({ verdict: 'skipped', reason: 'policy: a tag of 8 bits' });
    expect(judge({ ...HMAC, label, policy, found: find(() => true) }).verdict).toBe('failed');
    expect(judge({ ...HMAC, label, policy, found: thrown }).verdict).toBe('failed');
  });

  test('has a name in the table of capabilities', () => {
    const found = find(() => true);
    expect(() => judge({ ...HMAC, algorithm: 'HMAC', label: 'valid', found })).toThrow('HMAC');
  });
});

describe('an exception', () => {
  const base = { suite: 'S', file: 'rsa_*_test.json', label: 'valid', why: 'so' } as const;
  const known = [{ ...base, ids: ['7'], expect: 'invalid' as const }];
  const run = () => ({ verdict: 'passed' }) as const;
  const one = { id: '7', algorithm: 'RSA', label: 'valid', run };
  const apply = (file: string, changed: object, exceptions = known) =>
    applyException('S', file, { ...one, ...changed }, exceptions);

  test('replaces the label of the cases that it names', () => {
    expect(apply('rsa_2048_test.json', {})).toEqual({ label: 'invalid', why: 'so' });
  });

  test.each([
    ['another case', 'rsa_2048_test.json', { id: '8' }],
    ['another file', 'ecdsa_test.json', {}],
    ['a label that was mended', 'rsa_2048_test.json', { label: 'invalid' }],
  ])('leaves %s', (_, file, changed) => {
    expect(apply(file, changed)).toEqual({ label: { ...one, ...changed }.label });
  });

  test('by a flag needs the flag', () => {
    const flagged = [{ ...base, flag: 'Odd', expect: 'invalid' as const }];
    const of = (flags: string[]) =>
      applyException('S', 'rsa_1_test.json', { ...one, flags }, flagged).label;
    expect([of(['Odd']), of(['Even']), of([])]).toEqual(['invalid', 'valid', 'valid']);
  });
});
