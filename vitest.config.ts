import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Where a run leaves its counts, beside what it prints. */
const report = process.env['MSK_LAMBDA_TEST_REPORT'];

/**
 * One seed for all random cases of a run, printed at its start. A failure is never tried again by itself, since other
 * cases would hide it: `SEED=… npm test` tries the same ones. Workers inherit the variable.
 */
process.env['SEED'] ??= String(randomInt(2 ** 31));
if (!/^\d+$/.test(process.env['SEED'])) throw new Error('SEED must be a whole number');
const setupFiles = ['test/random/configure.ts'];

/** Two even where there are two cores, of which Vitest would use one: tests wait for the programs that they start. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

/** Guards against a test that hangs, on a machine that is busy with other work too. No test relies on it. */
const hangs = 600_000;
const limits = { testTimeout: hangs, hookTimeout: hangs, teardownTimeout: hangs };

export default defineConfig({
  test: {
    maxWorkers,
    globalSetup: ['test/random/print-seed.ts'],
    // Only failures and totals: a newcomer's `npm cit` fits on a screen.
    reporters: report === undefined ? ['minimal'] : ['default', ['json', { outputFile: report }]],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{e2e,wire,oracle}/**'],
          setupFiles,
          pool: 'threads',
          isolate: false,
          ...limits,
        },
      },
      { test: { name: 'wire', include: ['test/wire/**/*.test.ts'], setupFiles, pool: 'threads', ...limits } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/build.ts'],
          setupFiles,
          pool: 'forks',
          // The bundle is loaded once in each worker, as Node loads it.
          isolate: false,
          server: { deps: { external: [/\/dist\//] } },
          maxConcurrency: 4,
          ...limits,
        },
      },
      // Needs more than Node: each suite has a script `oracle:…` of its own, skips with a line where its tool is missing, and is no part of `npm test`.
      {
        test: {
          name: 'oracle',
          include: ['test/oracle/**/*.test.ts'],
          globalSetup: ['test/e2e/build.ts'],
          setupFiles,
          pool: 'forks',
          maxConcurrency: 4,
          ...limits,
        },
      },
    ],
  },
});
