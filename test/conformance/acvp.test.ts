// ACVP's vector sets, as the runner reads them. What is right passes, and nothing else does.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aesCbc } from 'countersign/alg/aes-modes';
import { sha256 } from 'countersign/alg/digest';
import { decodeHex, encodeHex } from 'countersign/bytes';
import { describe, expect, test } from 'vitest';
import { chainRound } from './acvp/digests.js';
import { chain } from './acvp/monte-carlo.js';
import { FIXTURES } from './acvp-fixtures/index.js';
import { changed, type Fixture } from './acvp-fixtures/shape.js';
import { type File, type FileReport, runFile } from './runner.js';
import * as acvp from './suites/acvp.js';
import * as wycheproof from './suites/wycheproof.js';

type Fields = Readonly<Record<string, unknown>>;

/** A directory of files that are not on a disk. */
function open(contents: Readonly<Record<string, unknown>>): (name: string) => File {
  const file = (name: string): File => ({
    path: name,
    name,
    text: () => JSON.stringify(contents[name]),
    octets: () => new TextEncoder().encode(JSON.stringify(contents[name])),
    json: () => contents[name],
    beside: (other) => (other in contents ? file(other) : undefined),
  });
  return file;
}

function run(content: unknown, name = 'internalProjection.json'): FileReport | undefined {
  return runFile([acvp, wycheproof], open({ [name]: content })(name));
}

function setWith({ set, group }: Fixture, ...tests: readonly Fields[]): Fields {
  const numbered = tests.map((one, i) => ({ tcId: i + 1, ...one }));
  return { ...set, testGroups: [{ tgId: 1, ...group, tests: numbered }] };
}

/** Where a report has the cases that were skipped. */
const why = (reason: string, count: number) =>
  reason.startsWith('policy: ')
    ? { refused: { [reason]: count }, notRun: {} }
    : { refused: {}, notRun: { [reason]: count } };
const COUNTS = { passed: 0, failed: 0, skipped: 0 };

/** The same test with another answer. */
function planted(one: Fields, answer: string): Fields {
  const value = one[answer];
  if (typeof value === 'string') return { ...one, [answer]: changed(value) };
  const results = value as readonly Record<string, string>[];
  const wrong = Object.fromEntries(
    Object.entries(results[3] ?? {}).map(([name, text]) => [name, changed(text)]),
  );
  return { ...one, [answer]: results.with(3, wrong) };
}

/** Lengths that say again how long a field is. */
const OPTIONAL = ['keyLen', 'msgLen', 'macLen', 'len', 'payloadLen'];

const named = FIXTURES.map((fixture, i) => {
  const { algorithm, mode = '' } = fixture.set;
  const kind = Object.values(fixture.group).filter((value) => typeof value === 'string');
  const title = [algorithm, mode, ...kind.filter((text) => text.length < 20)].join(' ');
  return [`${i}: ${title}`, fixture] as const;
});

describe('every kind of group', () => {
  test.each(named)('%s: the right answer passes, or is skipped and says why', (_, fixture) => {
    const { good, skipped } = fixture;
    const report = run(setWith(fixture, good));
    expect(report?.failures).toEqual([]);
    expect(report).toMatchObject(
      skipped === undefined
        ? { ...COUNTS, passed: 1 }
        : { ...COUNTS, skipped: 1, ...why(skipped, 1) },
    );
  });

  test.each(named.filter(([, { answer }]) => answer !== undefined))(
    '%s: another answer fails',
    (_, fixture) => {
      const wrong = planted(fixture.good, fixture.answer ?? '');
      expect(run(setWith(fixture, wrong))).toMatchObject({ ...COUNTS, failed: 1 });
    },
  );

  test.each(named.filter(([, { bad }]) => bad !== undefined))(
    '%s: what is wrong passes where it is said to be, and fails where not',
    (_, fixture) => {
      const { good, bad = {} } = fixture;
      expect(run(setWith(fixture, bad))).toMatchObject({ ...COUNTS, passed: 1 });
      const opposite = { ...good, ...bad, testPassed: true };
      expect(run(setWith(fixture, opposite))).toMatchObject({ ...COUNTS, failed: 1 });
      const denied = { ...good, testPassed: false };
      expect(run(setWith(fixture, denied))).toMatchObject({ ...COUNTS, failed: 1 });
    },
  );

  // A field that is broken has to be told from a key or a signature that is refused.
  test.each(named.filter(([, { bad }]) => bad !== undefined))(
    '%s: half an octet too many fails, and what is wrong besides does not hide it',
    (_, fixture) => {
      const { bad = {} } = fixture;
      for (const [name, value] of Object.entries(bad)) {
        if (typeof value !== 'string') continue;
        const report = run(setWith(fixture, { ...bad, [name]: `${value}0` }));
        expect([name, report?.failed]).toEqual([name, 1]);
      }
    },
  );

  test.each(named.filter(([, { skipped }]) => skipped === undefined))(
    '%s: a test without one of its fields fails',
    (_, fixture) => {
      const { good, answer, group } = fixture;
      for (const name of Object.keys(good)) {
        if (OPTIONAL.includes(name)) continue;
        // Where an answer is computed, a verdict is asked for in the groups of the type VAL alone.
        if (name === 'testPassed' && answer !== undefined && group['testType'] !== 'VAL') continue;
        const { [name]: _gone, ...rest } = good;
        const report = run(setWith(fixture, rest));
        expect([name, report?.failed, report?.skipped]).toEqual([name, 1, 0]);
      }
    },
  );
});

describe('files', () => {
  const [fixture] = FIXTURES;
  if (fixture === undefined) throw new Error('no fixture');
  const whole = setWith(fixture, fixture.good);

  test('the older form, an array, is read', () => {
    expect(run([{ acvVersion: '1.0' }, whole])).toMatchObject({ suite: 'ACVP', passed: 1 });
  });

  test('a set is known by its content, whatever its file is called', () => {
    expect(run(whole, 'sha1.json')).toMatchObject({ suite: 'ACVP', passed: 1 });
    const { testGroups: _, ...registration } = whole;
    for (const other of [registration, [], [whole], null, 'text', { testGroups: [] }]) {
      expect(run(other)).toBeUndefined();
    }
    const foreign = { algorithm: 'X', numberOfTests: 0, testGroups: [] };
    expect(run(foreign)).toMatchObject({ suite: 'Wycheproof' });
  });

  test('a set without a test fails', () => {
    expect(run(setWith(fixture))).toMatchObject({ ...COUNTS, failed: 1 });
  });

  test('an algorithm that is not there is listed as out of scope', () => {
    const { set } = fixture;
    for (const [algorithm, mode, reason] of [
      ['ACVP-AES-CCM', undefined, 'out of scope: ACVP-AES-CCM'],
      ['RSA', 'keyGen', 'out of scope: RSA keyGen'],
      ['constructor', undefined, 'out of scope: constructor'],
    ] as const) {
      const content = { ...setWith(fixture, {}, {}), ...set, algorithm, mode };
      expect(run(content)).toMatchObject({ ...COUNTS, skipped: 2, ...why(reason, 2) });
    }
  });

  test.each([
    ['a curve', 'sigVer', { curve: 'P-192', hashAlg: 'SHA2-256' }, 'ECDSA on P-192 with SHA2-256'],
    ['a hash', 'sigVer', { curve: 'P-256', hashAlg: 'SHA-1' }, 'ECDSA on P-256 with SHA-1'],
    [
      'a digest',
      'sigVer',
      { curve: 'P-256', hashAlg: 'SHA2-256', component: true },
      'ECDSA of a digest without its message',
    ],
    [
      'a randomized message',
      'sigVer',
      { curve: 'P-256', hashAlg: 'SHA2-256', conformance: 'SP800-106' },
      'messages randomized as in SP 800-106',
    ],
  ])('%s of another kind is listed as out of scope', (_, mode, group, reason) => {
    const set = { ...fixture.set, algorithm: 'ECDSA', mode };
    const content = setWith({ set, group: { testType: 'AFT', ...group }, good: {} }, {});
    expect(run(content)).toMatchObject({ skipped: 1, ...why(`out of scope: ${reason}`, 1) });
  });

  test('a large message that repeats nothing fails', () => {
    const large = { content: '', contentLength: 0, expansionTechnique: 'repeating' };
    const group = { testType: 'LDT' };
    const content = (fullLength: number) =>
      setWith({ ...fixture, group }, { md: '00', largeMsg: { ...large, fullLength } });
    expect(run(content(8))).toMatchObject({ ...COUNTS, failed: 1 });
  });

  test('a large message above 64 MiB is listed as out of scope', () => {
    const large = { content: 'AB', contentLength: 8, expansionTechnique: 'repeating' };
    const largeMsg = { ...large, fullLength: 2 ** 29 + 8 };
    const content = setWith({ ...fixture, group: { testType: 'LDT' } }, { md: '00', largeMsg });
    const reason = 'out of scope: messages above 64 MiB';
    expect(run(content)).toMatchObject({ ...COUNTS, skipped: 1, ...why(reason, 1) });
  });

  test('a message of 7 bits is listed as out of scope', () => {
    const content = setWith(fixture, { msg: 'FE', len: 7, md: '00' });
    const reason = 'out of scope: lengths that are not whole octets';
    expect(run(content)).toMatchObject({ ...COUNTS, skipped: 1, ...why(reason, 1) });
  });

  test('a group that can not be read fails its tests', () => {
    const ecdsa = FIXTURES.find(({ set }) => set['mode'] === 'keyVer');
    if (ecdsa === undefined) throw new Error('no fixture');
    const content = setWith({ ...ecdsa, group: { testType: 'AFT' } }, ecdsa.good, ecdsa.good);
    expect(run(content)).toMatchObject({ ...COUNTS, failed: 2 });
  });
});

describe('questions and answers in two files', () => {
  const md = 'md';
  const [fixture] = FIXTURES.filter(({ answer }) => answer === md);
  if (fixture === undefined) throw new Error('no fixture');
  const { [md]: answer, ...question } = fixture.good;
  const prompt = setWith(fixture, question);
  const resultsOf = (...tests: Fields[]): Fields => {
    return { ...fixture.set, testGroups: [{ tgId: 1, tests }] };
  };
  const results = resultsOf({ tcId: 1, md: answer });
  const pair = (questions: unknown, answers: unknown) => {
    const file = open({ 'prompt.json': questions, 'expectedResults.json': answers });
    return [runFile([acvp], file('prompt.json')), runFile([acvp], file('expectedResults.json'))];
  };

  test('they are joined by their ids, and counted once', () => {
    const [asked, answered] = pair(prompt, results);
    expect(asked).toMatchObject({ ...COUNTS, passed: 1 });
    expect(answered).toMatchObject({ suite: 'ACVP', ...COUNTS });
  });

  test('a wrong answer, none, one too many and those of another set fail', () => {
    const [wrong] = pair(prompt, resultsOf({ tcId: 1, md: changed(String(answer)) }));
    expect(wrong).toMatchObject({ ...COUNTS, failed: 1 });
    const [none] = pair(prompt, { ...results, testGroups: [{ tgId: 2, tests: [] }] });
    expect(none).toMatchObject({ ...COUNTS, failed: 1 });
    const [more] = pair(prompt, resultsOf({ tcId: 1, md: answer }, { tcId: 2, md: answer }));
    expect(more).toMatchObject({ ...COUNTS, passed: 1, failed: 1 });
    const [other] = pair(prompt, { ...results, vsId: 1 });
    expect(other).toMatchObject({ ...COUNTS, failed: 1 });
  });

  test('one without the other fails', () => {
    expect(run(prompt, 'prompt.json')).toMatchObject({ ...COUNTS, failed: 1 });
    expect(run(results, 'expectedResults.json')).toMatchObject({ ...COUNTS, failed: 1 });
  });

  test('a key that the implementation draws is no mistake of the files', () => {
    const cdh = FIXTURES.find(({ set }) => set['mode'] === 'CDH-Component');
    if (cdh === undefined) throw new Error('no fixture');
    const { privateIut: _own, z, ...asked } = cdh.good;
    const set = { ...cdh.set, testGroups: [{ tgId: 1, tests: [{ tcId: 1, z }] }] };
    const [report] = pair(setWith(cdh, asked), set);
    const reason = 'out of scope: a key that the implementation draws';
    expect(report).toMatchObject({ ...COUNTS, skipped: 1, ...why(reason, 1) });
  });
});

describe("the chains are those of NIST's own files", () => {
  const hex = (text: string) => decodeHex(text, 'upper');

  // SHA2-256-1.0/internalProjection.json, the last three results; its seed has 436 octets.
  test('SHA2-256, the alternate version', () => {
    const second = 'A19802D0E666248E4F01CC3A1F15A8486DD4D38907A08ACA4AEA5C0993C53E3D';
    const third = '98B66078E81E35ACAF3543CF2BF3D1F6EED843C592A6BAD2AE07204C2B2C5817';
    const first = 'E284CEA523BC8FB07AA81BFB01262104979B4791469B7975006017F20F68BBB2';
    expect(encodeHex(chainRound(sha256, 'alternate', hex(first), 436), 'upper')).toBe(second);
    expect(encodeHex(chainRound(sha256, 'alternate', hex(second), 436), 'upper')).toBe(third);
  });

  // ACVP-AES-CBC-1.0/internalProjection.json, the last but one result, decryption.
  test('AES-CBC', () => {
    const secret = hex('BD1615EA6DD815316DE89966FB6485922AAC6D6EFA6448B96412D2734195DF02');
    const iv = hex('85D99429F5B4E067BEE4AE6DC3C2A461');
    const input = hex('7428C70F7F073A511987B92627E8D640');
    const mode = {
      name: aesCbc.name,
      hasIv: true,
      key: aesCbc.key,
      encrypt: () => iv,
      decrypt: (key: ReturnType<typeof aesCbc.key>, chained: Uint8Array, block: Uint8Array) =>
        aesCbc.decrypt(key, chained, block, 'none'),
    };
    const { before, last } = chain(mode, false, secret, iv, input);
    expect(encodeHex(last, 'upper')).toBe('071BCC62F7449E8F206600F615E7B5B2');
    // What the next result begins with.
    expect(encodeHex(before, 'upper')).toBe('4F3A60D730C64E8A8742C757F55E7962');
  });
});

test('the other engines run them as well, and one alone signs deterministically', () => {
  const directory = mkdtempSync(join(tmpdir(), 'acvp-'));
  try {
    const files = FIXTURES.filter(({ group }) => group['testType'] !== 'MCT');
    for (const [i, fixture] of files.entries()) {
      mkdirSync(join(directory, String(i)));
      const tests = fixture.bad === undefined ? [fixture.good] : [fixture.good, fixture.bad];
      const content = JSON.stringify(setWith(fixture, ...tests));
      writeFileSync(join(directory, String(i), 'internalProjection.json'), content);
    }
    for (const engine of ['noble', 'dual']) {
      const runner = fileURLToPath(new URL('./run.js', import.meta.url));
      const { status, stdout } = spawnSync(
        process.execPath,
        [runner, directory, '--engine', engine],
        { encoding: 'utf8' },
      );
      expect(stdout).toContain(', 0 failed, ');
      expect(stdout).not.toContain('FAILED');
      expect(status).toBe(0);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
});
