import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/{e2e,wire,oracle}/**'], pool: 'threads', isolate: false } },
      { test: { name: 'wire', include: ['test/wire/**/*.test.ts'], pool: 'threads', testTimeout: 60_000 } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], globalSetup: ['test/e2e/build.ts'], pool: 'forks', maxConcurrency: 4, testTimeout: 60_000, hookTimeout: 120_000 } },
    ],
  },
});
