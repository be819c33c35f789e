// The command as it is called, on one case. Reads dist: `npm test` builds it first.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('../../bench/run.js', import.meta.url));

function run(...args: string[]) {
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
}

test('a quick run shows its case and writes its rows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const json = join(folder, 'rows.json');
    const { status, stdout, stderr } = run('--quick', '--only', 'HMAC-SHA-512 tag', '--json', json);
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/HMAC-SHA-512 tag, 1 KiB\n +countersign +\S+ [kM]\/s/);
    expect(stdout).not.toContain('WRONG');
    const rows = JSON.parse(readFileSync(json, 'utf8')) as Record<string, unknown>[];
    expect(rows[0]).toMatchObject({
      suite: 'MAC',
      case: 'HMAC-SHA-512 tag',
      subject: 'countersign',
      size: 1024,
      rounds: expect.any(Number) as number,
      opsPerSec: expect.any(Number) as number,
      spread: expect.any(Number) as number,
      ratioToFloor: expect.any(Number) as number,
      ratioToPhysical: expect.any(Number) as number,
      ratioToBestPeer: expect.any(Number) as number,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what is not an option is answered with what is', () => {
  const { status, stderr } = run('--fast');
  expect(status).toBe(2);
  expect(stderr).toContain('--quick');
});

test('a name that no case has is an error', () => {
  const { status, stderr } = run('--quick', '--only', 'no such thing');
  expect([status, stderr]).toEqual([2, expect.stringContaining('the suites: ')]);
  expect(run('--quick', '--only', 'cold start').stderr).toContain('not measured with --quick');
});

test('a name that was printed is found, with its size', () => {
  const { status, stdout } = run('--quick', '--only', 'HMAC-SHA-256 verify, 1 KiB');
  expect([status, stdout]).toEqual([0, expect.stringContaining('cases: 1,')]);
});
