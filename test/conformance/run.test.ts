// The runner as it is used: on directories of files in Wycheproof's form whose numbers node:crypto
// made, with the labels that they deserve, with the opposite ones, and on an engine that is broken.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wycheproofFiles } from './fixtures.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'conformance-'));
const directory = (name: string): string => join(scratch, name);

interface Report {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unknown: readonly string[];
  readonly reasons: Readonly<Record<string, number>>;
  readonly relaxed: Readonly<Record<string, number>>;
  readonly files: readonly {
    readonly path: string;
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
    readonly failures: readonly { readonly id: string; readonly reason: string }[];
  }[];
}

function run(corpus: string, engine = 'node', root = ROOT) {
  const json = join(scratch, 'report.json');
  rmSync(json, { force: true });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'test/conformance/run.js'), corpus, '--engine', engine, '--json', json],
    { encoding: 'utf8' },
  );
  if (status === null || status > 1) throw new Error(stderr);
  const report = JSON.parse(readFileSync(json, 'utf8')) as Report;
  return { status, last: stdout.trimEnd().split('\n').at(-1), stdout, report };
}

function write(name: string, files: Readonly<Record<string, unknown>>): void {
  mkdirSync(directory(name), { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(join(directory(name), file), text);
  }
}

const good = wycheproofFiles();
const cases = Object.values(good).flatMap(({ testGroups }) =>
  testGroups.flatMap(({ tests }) => tests),
);

beforeAll(() => {
  write('good', good);
  const swapped = structuredClone(good);
  for (const { testGroups } of Object.values(swapped)) {
    for (const one of testGroups.flatMap(({ tests }) => tests)) {
      one.result = one.result === 'valid' ? 'invalid' : 'valid';
    }
  }
  write('swapped', swapped);
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe.each(['node', 'noble', 'dual'])('on the %s engine', (engine) => {
  // Noble has no private RSA and no DSA: an OAEP file, a DSA file.
  const away = engine === 'noble' ? 4 : 0;

  test('every case passes with the label that it deserves', () => {
    const { status, last, report } = run(directory('good'), engine);
    expect(report.files.flatMap(({ failures }) => failures)).toEqual([]);
    expect(last).toBe(`${cases.length - away} passed, 0 failed, ${away} skipped`);
    expect(report.reasons).toEqual(away > 0 ? { 'not on this engine': away } : {});
    expect(status).toBe(0);
  });

  test('every case fails with the opposite label', () => {
    const { status, last, report } = run(directory('swapped'), engine);
    expect(report.files.filter(({ passed }) => passed > 0)).toEqual([]);
    expect(last).toBe(`0 passed, ${cases.length - away} failed, ${away} skipped`);
    expect(status).toBe(1);
  });
});

describe('what is no case of ours', () => {
  const { name, file } = { name: 'HMACSHA256.json', file: good['HMACSHA256.json'] };
  const [group] = file?.testGroups ?? [];

  test('a file that no suite knows is listed and fails nothing', () => {
    write('unknown', { LICENSE: 'text', 'other.json': { cases: [1] }, 'broken.json': '{' });
    const { status, last, report, stdout } = run(directory('unknown'));
    expect(report.unknown).toEqual(['LICENSE', 'broken.json', 'other.json']);
    expect(stdout).toContain('other.json');
    expect([status, last]).toEqual([0, '0 passed, 0 failed, 0 skipped']);
  });

  test('an algorithm that is not here is skipped, and says so', () => {
    write('scope', {
      'kmac.json': { ...file, algorithm: 'KMAC128' },
      'type.json': { ...file, testGroups: [{ ...group, type: 'MlDsaVerify' }] },
    });
    const { status, last, report } = run(directory('scope'));
    expect(last).toBe('0 passed, 0 failed, 4 skipped');
    expect(report.reasons).toEqual({ 'out of scope: KMAC128': 2, 'out of scope: MlDsaVerify': 2 });
    expect(status).toBe(0);
  });

  test('a truncated tag is refused by policy, and is not counted as passed', () => {
    const tests = group?.tests.map((one) => ({ ...one, tag: String(one['tag']).slice(0, 32) }));
    write('policy', { [name]: { ...file, testGroups: [{ ...group, tagSize: 128, tests }] } });
    const { last, report } = run(directory('policy'));
    expect(last).toBe('0 passed, 0 failed, 2 skipped');
    expect(report.reasons).toEqual({ 'policy: a tag of 128 bits, truncated': 2 });
  });

  test('a file that lost cases fails', () => {
    write('lost', { [name]: { ...file, numberOfTests: 3 } });
    const { status, last, report } = run(directory('lost'));
    expect([status, last]).toEqual([1, '2 passed, 1 failed, 0 skipped']);
    expect(report.files[0]?.failures[0]?.reason).toBe('the file says 3 cases and has 2');
  });

  test('a case that lost a field fails, and the next is run', () => {
    const [first, ...rest] = group?.tests ?? [];
    const { tag: _, ...without } = first as Readonly<Record<string, unknown>>;
    write('field', { [name]: { ...file, testGroups: [{ ...group, tests: [without, ...rest] }] } });
    const { status, last, report } = run(directory('field'));
    expect([status, last]).toEqual([1, '1 passed, 1 failed, 0 skipped']);
    expect(report.files[0]?.failures[0]?.reason).toContain('no tag');
  });

  test('a relaxation that a key needed is counted', () => {
    write('weak', { 'hmac.json': wycheproofFiles('short')['HMACSHA256.json'] });
    const { last, report } = run(directory('weak'));
    expect(last).toBe('2 passed, 0 failed, 0 skipped');
    expect(report.relaxed).toEqual({ ALLOW_WEAK_SECRET: 2 });
  });

  test('a directory that is not there is a mistake of the caller', () => {
    const path = join(ROOT, 'test/conformance/run.js');
    for (const args of [
      [],
      ['nowhere'],
      [scratch, '--engine', 'webcrypto'],
      [scratch, '--jsn', 'x'],
    ]) {
      const { status, stderr } = spawnSync(process.execPath, [path, ...args], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([2, expect.stringContaining('usage:')]);
    }
  });
});

// The package as it is built, with one line changed.
describe('a broken engine is found:', () => {
  const copy = directory('broken');
  beforeAll(() => {
    cpSync(join(ROOT, 'package.json'), join(copy, 'package.json'));
    cpSync(join(ROOT, 'test/conformance'), join(copy, 'test/conformance'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  });

  test.each([
    ['AES-GCM without its tag', 'cipher.js', 'decipher.final();', '', 'AES-GCM'],
    ['ECDSA that takes all', 'ecdsa.js', 'return verify(', 'return true || verify(', 'ECDSA'],
    ['HMAC with another pad', 'mac.js', '0x5c', '0x5d', 'HMACSHA256'],
  ])('%s', (_, file, find, replace, family) => {
    rmSync(join(copy, 'dist'), { recursive: true, force: true });
    cpSync(join(ROOT, 'dist'), join(copy, 'dist'), { recursive: true });
    const path = join(copy, 'dist/engine/node', file);
    const source = readFileSync(path, 'utf8');
    const broken = source.replace(find, replace);
    expect(broken).not.toBe(source);
    writeFileSync(path, broken);
    const { status, report } = run(directory('good'), 'node', copy);
    expect(status).toBe(1);
    const failed = report.files.filter((one) => one.failed > 0).map((one) => one.path);
    expect(failed.some((name) => name.includes(family))).toBe(true);
  });
});
