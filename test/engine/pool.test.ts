// RSA in libuv's pool: never more under way than there are threads, whoever asks. Reads dist.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const PROGRAM = `
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
let [underWay, most, all] = [0, 0, 0];
const original = crypto.sign;
crypto.sign = (...given) => {
  const done = given.at(-1);
  if (typeof done !== 'function') return original(...given);
  most = Math.max(most, ++underWay);
  all++;
  return original(...given.slice(0, -1), (...result) => { underWay--; done(...result); });
};
syncBuiltinESMExports();
const { rsaPkcs1Sha256, signAsync } = await import('countersign');
const { importRemoteSigner } = await import('countersign/key/rsa-remote');
const { privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
const signer = await importRemoteSigner(pem, { alg: rsaPkcs1Sha256, use: 'sign' });
await Promise.all(Array.from({ length: 64 }, () => signAsync(signer, new Uint8Array(40))));
console.log(JSON.stringify({ most, all, underWay }));
`;

test.each([
  ['1', 1],
  ['3', 3],
  [undefined, 4], // libuv's default
  ['0', 1],
  ['many', 1],
  ['2000', 64], // 1,024 threads, and 64 callers
])('UV_THREADPOOL_SIZE=%s: at most %i at once', (setting, threads) => {
  const { UV_THREADPOOL_SIZE: _, ...rest } = process.env;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--conditions=countersign-node', '--input-type=module', '--eval', PROGRAM],
    {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      encoding: 'utf8',
      env: setting === undefined ? rest : { ...rest, UV_THREADPOOL_SIZE: setting },
    },
  );
  expect([stderr, status]).toEqual(['', 0]);
  // 64 callers, and the trial at import.
  expect(JSON.parse(stdout)).toEqual({ most: threads, all: 65, underWay: 0 });
});

// As Deno does without --allow-env.
test('an environment that may not be read counts as one that says nothing', () => {
  const denied = `
process.env = new Proxy(process.env, {
  get(all, name) {
    if (name === 'UV_THREADPOOL_SIZE') throw new Error('denied');
    return all[name];
  },
});
${PROGRAM}`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=countersign-node', '--input-type=module', '--eval', denied],
    { cwd: fileURLToPath(new URL('../../', import.meta.url)), encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({ most: 4, all: 65, underWay: 0 });
});
