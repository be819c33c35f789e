// `npm ci` of npm 11 refuses a lockfile that lacks a platform's package, even one npm wrote itself.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Lock {
  packages: Record<string, { resolved?: string; integrity?: string }>;
}

function check(dir: string): { status: number | null; stdout: string } {
  const script = join(root, 'scripts/lockcheck.js');
  return spawnSync(process.execPath, [script, dir], { encoding: 'utf8' });
}

/** What the check says of a copy that was changed. */
function checkChanged(change: (lock: Lock) => void): { status: number | null; stdout: string } {
  const dir = mkdtempSync(join(tmpdir(), 'countersign-lock-'));
  try {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
    change(lock);
    writeFileSync(join(dir, 'package-lock.json'), JSON.stringify(lock));
    return check(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

test.each(['.', 'bench/peers', 'test/runtimes'])('the lockfile of %s is complete', (dir) => {
  expect(check(join(root, dir))).toMatchObject({ status: 0 });
});

test('a missing platform package, a host and a missing digest are seen', () => {
  const esbuild = 'node_modules/@esbuild/darwin-arm64';
  const missing = checkChanged(({ packages }) => delete packages[esbuild]);
  expect(missing).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('darwin-arm64') as string,
  });
  const host = checkChanged(({ packages }) => {
    packages[esbuild] = { ...packages[esbuild], resolved: 'https://registry.example/x.tgz' };
  });
  expect(host).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('names a host') as string,
  });
  const noDigest = checkChanged(({ packages }) => delete packages[esbuild]?.integrity);
  expect(noDigest).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('no digest') as string,
  });
});
