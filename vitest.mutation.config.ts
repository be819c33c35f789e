import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const SLOW = /doors|export|policy|vectors/;
const rank = ({ moduleId }: TestSpecification): number => Number(SLOW.test(moduleId));

/** The first failure ends a run, so that what takes long goes last. */
class QuickFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((a, b) => rank(a) - rank(b)));
  }
}

/**
 * The tests that mutants are put to; see test/mutation/run.js, which says which. On the node engine
 * alone, since what is mutated stands above the engines.
 */
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
    include: (process.env['MUTATION_TESTS'] ?? 'test/**/*.test.ts').split(' '),
    // What they alone kill, chance has killed; and they take seconds for each of nearly all mutants.
    exclude: [...configDefaults.exclude, 'test/**/*fuzz.engine.test.ts', 'test/**/*.long.test.ts'],
    // Large inputs take long and tell no mutant from another.
    env: { COUNTERSIGN_ENGINE: 'node', COUNTERSIGN_FULL: '0' },
    setupFiles: ['test/mutation/clock.ts'],
    isolate: false,
    sequence: { sequencer: QuickFirst },
    runner: 'test/mutation/runner.ts',
    passWithNoTests: true,
    testTimeout: 60_000,
  },
});
