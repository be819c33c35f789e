// The runner as it is used: on directories of files in Wycheproof's form whose numbers node:crypto
// made, with the labels that they deserve, with the opposite ones, and on an engine that is broken.
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
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
  readonly refused: Readonly<Record<string, number>>;
  readonly notRun: Readonly<Record<string, number>>;
  readonly relaxed: Readonly<Record<string, number>>;
  readonly files: readonly {
    readonly path: string;
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
    readonly failures: readonly { readonly id: string; readonly reason: string }[];
  }[];
}

function run(corpus: string, engine = 'node', root = ROOT, options = '') {
  const json = join(scratch, 'report.json');
  rmSync(json, { force: true });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'test/conformance/run.js'), corpus, '--engine', engine, '--json', json],
    { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: options }, timeout: 60_000 },
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
    expect(report.notRun).toEqual(away > 0 ? { 'not on this engine': away } : {});
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

  test('a file that no suite knows is listed', () => {
    write('unknown', { LICENSE: 'text', 'other.json': { cases: [1] }, 'broken.json': '{' });
    const { status, last, report, stdout } = run(directory('unknown'));
    expect(report.unknown).toEqual(['LICENSE', 'broken.json', 'other.json']);
    expect(stdout).toContain('other.json');
    expect(last).toBe('0 passed, 0 failed, 0 skipped');
    // Beside others it fails nothing; where nothing else is, nothing was shown.
    expect(status).toBe(1);
    write('unknown', { 'hmac.json': good['HMACSHA256.json'] });
    expect(run(directory('unknown')).status).toBe(0);
  });

  test('an algorithm that is not here is skipped, and says so', () => {
    write('scope', {
      'kmac.json': { ...file, algorithm: 'KMAC128' },
      'type.json': { ...file, testGroups: [{ ...group, type: 'MlDsaVerify' }] },
    });
    const { status, last, report } = run(directory('scope'));
    expect(last).toBe('0 passed, 0 failed, 4 skipped');
    expect(report.notRun).toEqual({ 'out of scope: KMAC128': 2, 'out of scope: MlDsaVerify': 2 });
    expect(status).toBe(1);
  });

  test('a truncated tag is refused by policy, and is not counted as passed', () => {
    const tests = group?.tests.map((one) => ({ ...one, tag: String(one['tag']).slice(0, 32) }));
    write('policy', { [name]: { ...file, testGroups: [{ ...group, tagSize: 128, tests }] } });
    const { last, report } = run(directory('policy'));
    expect(last).toBe('0 passed, 0 failed, 2 skipped');
    expect(report.refused).toEqual({ 'policy: a tag of 128 bits, truncated': 2 });
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

  test('a group that lost a field fails, and the next file is run', () => {
    const rsa = good['RSA-PSS.json'];
    const [whole = {}] = rsa?.testGroups ?? [];
    const { publicKey: _, ...without } = whole as Readonly<Record<string, unknown>>;
    write('group', { 'a.json': { ...rsa, testGroups: [without] }, [name]: file });
    const { status, last } = run(directory('group'));
    expect([status, last]).toEqual([1, '2 passed, 2 failed, 0 skipped']);
  });

  test('half a file fails', () => {
    write('half', { [name]: JSON.stringify(file).slice(0, -20), 'b.json': file });
    const { status, last, report } = run(directory('half'));
    expect([status, last]).toEqual([1, '2 passed, 1 failed, 0 skipped']);
    expect(report.unknown).toEqual([]);
  });

  test('another key in one of the forms of a key fails', () => {
    const other = wycheproofFiles();
    for (const [path, form] of [
      ['ECDSA.json', 'publicKeyPem'],
      ['EDDSA.json', 'publicKeyJwk'],
      ['RSA.json', 'publicKeyAsn'],
      ['RSA-OAEP.json', 'privateKeyJwk'],
    ] as const) {
      const [ours] = good[path]?.testGroups ?? [];
      const exchanged = { ...ours, [form]: other[path]?.testGroups[0]?.[form] };
      write('forms', { 'one.json': { ...good[path], testGroups: [exchanged] } });
      expect(run(directory('forms')).last, form).toBe('0 passed, 2 failed, 0 skipped');
    }
  });

  test('what no RSA key is decrypted with is policy', () => {
    const [oaep] = good['RSA-OAEP.json']?.testGroups ?? [];
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
    const pkcs8 = short.export({ format: 'der', type: 'pkcs8' }).toString('hex');
    const {
      privateKeyPem: _,
      privateKeyJwk: __,
      ...rest
    } = oaep as Readonly<Record<string, unknown>>;
    const testGroups = [{ ...rest, keySize: 1024, privateKeyPkcs8: pkcs8 }];
    write('oaep', { 'one.json': { ...good['RSA-OAEP.json'], testGroups }, [name]: file });
    const { last, report } = run(directory('oaep'));
    expect(last).toBe('2 passed, 0 failed, 2 skipped');
    expect(report.refused).toEqual({ 'policy: an RSA modulus of 1024 bits': 2 });
  });

  // https://github.com/C2SP/wycheproof, testvectors_v1/aes_wrap_test.json, tcIds 14 and 21.
  test('a key that is not wrapped is asked about, where there is no ciphertext', () => {
    const key = '574957151fc2afe0fa3dc7a9a7da6495';
    const tests = ['00', '000102030405060708090a0b0c0d0e0f10111213'].map((msg, i) => {
      return { tcId: i, flags: ['WrongDataSize'], key, msg, ct: '', result: 'invalid' };
    });
    const wrap = {
      ...good['AES-WRAP.json'],
      testGroups: [{ type: 'KeywrapTest', keySize: 128, tests }],
    };
    write('wrap', { 'one.json': wrap });
    expect(run(directory('wrap')).last).toBe('2 passed, 0 failed, 0 skipped');
    const wrapped = {
      ...wrap.testGroups[0],
      tests: tests.map((one) => ({ ...one, result: 'valid' })),
    };
    write('wrap', { 'one.json': { ...wrap, testGroups: [wrapped] } });
    expect(run(directory('wrap')).last).toBe('0 passed, 2 failed, 0 skipped');
  });

  test('an engine in NODE_OPTIONS is not the one that was asked for', () => {
    const { last } = run(directory('good'), 'noble', ROOT, '--conditions=countersign-node');
    expect(last).toBe(`${cases.length - 4} passed, 0 failed, 4 skipped`);
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
      [scratch, '--json', join(scratch, 'nowhere/report.json')],
      [scratch, '--jsn', 'x'],
    ]) {
      const { status, stderr } = spawnSync(process.execPath, [path, ...args], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([2, expect.stringContaining('usage:')]);
    }
  });
});

// The package as it is built, with one line changed.
describe('a broken library is found:', () => {
  const copy = directory('broken');
  beforeAll(() => {
    write('broken-corpus', { ...good, 'short.json': wycheproofFiles('short')['HMACSHA256.json'] });
    cpSync(join(ROOT, 'package.json'), join(copy, 'package.json'));
    cpSync(join(ROOT, 'test/conformance'), join(copy, 'test/conformance'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  });

  test.each([
    ['AES-GCM without its tag', 'engine/node/cipher.js', 'decipher.final();', '', 'AES-GCM'],
    [
      'ECDSA that takes all',
      'engine/node/ecdsa.js',
      'return verify(',
      'return true || verify(',
      'ECDSA',
    ],
    ['HMAC with another pad', 'engine/node/mac.js', '0x5c', '0x5d', 'HMACSHA256'],
    ['every secret weak', 'key/policy.js', '= weakness(secret);', "= 'weak';", 'HMACSHA256'],
    ['no secret weak', 'key/policy.js', '= weakness(secret);', '= undefined;', 'short'],
    [
      'PEM that is not read',
      'bytes/pem.js',
      'export function decodePem(',
      "export function decodePem() { throw new TypeError('no'); }\nfunction unused(",
      'EDDSA',
    ],
    [
      'AAD that is not read',
      'primitive/aes-gcm.js',
      "octets(aad, 'aad');\n            const tagAt",
      'new Uint8Array(0);\n            const tagAt',
      'AES-GCM',
    ],
    [
      'OAEP that encrypts another text',
      'primitive/rsa-oaep.js',
      "octets(plaintext, 'plaintext')",
      "octets(plaintext, 'plaintext').toReversed()",
      'OAEP',
    ],
  ])('%s', (_, file, find, replace, family) => {
    rmSync(join(copy, 'dist'), { recursive: true, force: true });
    cpSync(join(ROOT, 'dist'), join(copy, 'dist'), { recursive: true });
    const path = join(copy, 'dist', file);
    const source = readFileSync(path, 'utf8');
    const broken = source.replace(find, replace);
    expect(broken).not.toBe(source);
    writeFileSync(path, broken);
    const { status, report } = run(directory('broken-corpus'), 'node', copy);
    expect(status).toBe(1);
    const failed = report.files.filter((one) => one.failed > 0).map((one) => one.path);
    expect(failed.some((name) => name.includes(family))).toBe(true);
  });
});
