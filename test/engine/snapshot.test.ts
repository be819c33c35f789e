// A V8 start-up snapshot taken after random octets were drawn gives no two processes the same ones.
// A block of them inside the snapshot would: the same nonce under the same key, in every process.
//
// The guard is isBuildingSnapshot() in src/engine/node/random.ts. test/guards takes it out of what
// vitest loads; this test runs dist, which `npm test` builds first, and so is not the one that
// turns red there.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';

// Draws several times before the snapshot, so that no block would be at its start, and once in
// every process restored from it.
const ENTRY = `
import { startupSnapshot } from 'node:v8';
import { randomOctets } from 'countersign/alg/random';

const print = (octets) => console.log(Buffer.from(octets).toString('hex'));
for (let i = 0; i < 3; i++) print(randomOctets(12));
startupSnapshot.setDeserializeMainFunction(() => print(randomOctets(12)));
`;

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'countersign-snapshot-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The lines that Node prints. */
function run(...args: string[]): string[] {
  return execFileSync(process.execPath, args, { cwd: directory, encoding: 'utf8' })
    .trim()
    .split('\n');
}

// Noble keeps no block; on Node it is there by condition, and must not repeat itself either.
test.each(['node', 'noble', 'dual'])(
  'processes restored from one snapshot draw different octets on the %s engine',
  async (engine) => {
    const [entry, blob] = [join(directory, `${engine}.cjs`), join(directory, `${engine}.blob`)];
    await build({
      stdin: { contents: ENTRY, resolveDir: fileURLToPath(new URL('../../', import.meta.url)) },
      outfile: entry,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      conditions: [`countersign-${engine}`],
      tsconfigRaw: '{}', // ours maps the package's name to src
    });
    const drawn = run('--snapshot-blob', blob, '--build-snapshot', entry);
    expect(drawn).toHaveLength(3);
    const restored = [1, 2].flatMap(() => run('--snapshot-blob', blob));
    expect(restored).toHaveLength(2);
    const all = [...drawn, ...restored];
    for (const octets of all) expect(octets).toMatch(/^[0-9a-f]{24}$/);
    expect(new Set(all).size).toBe(all.length);
  },
);
