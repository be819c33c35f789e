import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const src = fileURLToPath(new URL('./src/', import.meta.url));

/** `*.engine.test.ts` runs on all three engines, everything else once. */
const project = (engine: 'node' | 'noble' | 'dual') => ({
  extends: true as const,
  resolve: { alias: [{ find: /^#engine\//, replacement: `${src}engine/${engine}/` }] },
  test: {
    name: engine,
    include: engine === 'node' ? ['test/**/*.test.ts'] : ['test/**/*.engine.test.ts'],
    exclude: [...configDefaults.exclude, 'test/**/*.long.test.ts'],
    env: { COUNTERSIGN_ENGINE: engine },
  },
});

/** One guard taken out of the source as it is loaded; see test/guards/run.js. */
const guard = JSON.parse(process.env['GUARD'] ?? 'null') as {
  file: string;
  find: string;
  replace: string;
} | null;
const withoutGuard = {
  name: 'without-guard',
  enforce: 'pre' as const,
  transform: (code: string, id: string) =>
    guard !== null && id.endsWith(guard.file) ? code.replace(guard.find, guard.replace) : undefined,
};

export default defineConfig({
  plugins: [withoutGuard],
  test: {
    pool: 'threads',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    projects: [project('node'), project('noble'), project('dual')],
  },
});
