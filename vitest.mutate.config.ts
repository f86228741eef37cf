/** The unit tests alone, as `npm run mutate` runs them for each changed condition. */
import { defineConfig } from 'vitest/config';

process.env['SEED'] ??= '1';

const tests = (process.env['MUTATE_TESTS'] ?? 'test').split(',');

export default defineConfig({
  test: {
    include: tests.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.test.ts`)),
    // Tests that start programs, read the whole repository, or take long say nothing about one condition.
    exclude: ['test/{e2e,wire,oracle,guards,scripts}/**', 'test/cli/hostile.test.ts'],
    setupFiles: ['test/random/configure.ts'],
    pool: 'threads',
    testTimeout: 120_000,
  },
});
