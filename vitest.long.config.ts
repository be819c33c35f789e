import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** What takes too long for every run: `npm run test:long`. One file at a time, since some measure. */
export default defineConfig({
  resolve: {
    alias: [
      {
        find: /^#engine\//,
        replacement: fileURLToPath(new URL('./src/engine/node/', import.meta.url)),
      },
    ],
  },
  test: {
    include: ['test/**/*.long.test.ts'],
    env: { COUNTERSIGN_ENGINE: 'node' },
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 600_000,
  },
});
