import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Where a run leaves its counts, beside what it prints. */
const report = process.env['MSK_LAMBDA_TEST_REPORT'];

/** Time, terminals and seeds by chance: in CI what fails is tried once more before it counts. */
const retry = process.env['CI'] === undefined ? 0 : 1;

/** Two even where there are two cores, of which Vitest would use one: tests wait for the programs that they start. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

export default defineConfig({
  test: {
    maxWorkers,
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
    projects: [
      {
        test: {
          name: 'unit',
          retry,
          include: ['test/**/*.test.ts'],
          exclude: ['test/{e2e,wire,oracle}/**'],
          pool: 'threads',
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'wire', retry, include: ['test/wire/**/*.test.ts'], pool: 'threads', testTimeout: 60_000 } },
      {
        test: {
          name: 'e2e',
          retry,
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/build.ts'],
          pool: 'forks',
          maxConcurrency: 4,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      // Needs more than Node: each suite has a script `oracle:…` of its own, skips with a line where its tool is missing, and is no part of `npm test`.
      {
        test: {
          name: 'oracle',
          retry,
          include: ['test/oracle/**/*.test.ts'],
          globalSetup: ['test/e2e/build.ts'],
          pool: 'forks',
          maxConcurrency: 4,
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
