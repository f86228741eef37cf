/**
 * `npm run mutate -- PATH…`: changes the conditions and values of these files or folders of `src/` one by one, runs the
 * unit tests that reach them, and lists the changes that no test notices, with the score. It takes minutes to hours and
 * is no part of the ordinary suite.
 */
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';

const paths = process.argv.slice(2);
const wrong = paths.find((path) => !path.startsWith('src/') || !existsSync(new URL(`../${path}`, import.meta.url)));
if (paths.length === 0 || wrong !== undefined) {
  process.stderr.write(
    wrong === undefined
      ? 'error: give files or folders of src: npm run mutate -- src/diagnosis\n'
      : `error: ${wrong} is not a file or folder of src\n`,
  );
  process.exit(2);
}

const patternOf = (path: string): string =>
  statSync(new URL(`../${path}`, import.meta.url)).isDirectory() ? `${path.replace(/\/$/, '')}/**/*.ts` : path;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await new Stryker({
  mutate: paths.map(patternOf),
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutate.config.ts' },
  coverageAnalysis: 'perTest',
  // Texts are compared by other tests; a changed one decides nothing.
  mutator: { excludedMutations: ['StringLiteral', 'Regex'] },
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 60_000,
  dryRunTimeoutMinutes: 30,
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  tempDirName: 'reports/stryker',
  // Stryker reads this file with the compiler's old interface, which the compiler here no longer has.
  tsconfigFile: 'tsconfig.none.json',
  allowEmpty: false,
}).runMutationTest();
