// Programs of other people that the suite talks to, where they are installed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether the program answers. CI has them all, so that there none is skipped. */
export function isThere(program: string, ...args: string[]): boolean {
  const { status } = spawnSync(program, args, { stdio: 'ignore' });
  if (status !== 0 && process.env['CI'] === 'true') throw new Error(`${program} is missing`);
  return status === 0;
}

/** What the program writes, given files that it finds in its working directory. */
export function answerOf(
  program: string,
  args: readonly string[],
  files: Readonly<Record<string, string | Uint8Array>>,
): { readonly status: number | null; readonly output: Uint8Array; readonly error: string } {
  const cwd = mkdtempSync(join(tmpdir(), 'countersign-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content);
    const { status, stdout, stderr } = spawnSync(program, args, { cwd, maxBuffer: 1 << 26 });
    return { status, output: Uint8Array.from(stdout), error: String(stderr) };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}
