/**
 * `npm run mutate -- PATH… [--tests PATH]…`: changes the conditions and values of these files or folders of `src/` one
 * by one, runs the unit tests that reach them, and lists the changes that no test notices, with the score. `--tests`
 * names the files or folders of `test/` that are run; without it all unit tests are, which takes hours for code that
 * every check depends on. It is no part of the ordinary suite.
 */
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';

const { values, positionals: paths } = parseArgs({
  allowPositionals: true,
  options: { tests: { type: 'string', multiple: true, default: ['test'] } },
});
const isIn = (folder: string) => (path: string) =>
  `${path}/`.startsWith(`${folder}/`) && existsSync(new URL(`../${path}`, import.meta.url));
const wrong = [
  ...paths.filter((path) => !isIn('src')(path)).map((path) => `${path} is not a file or folder of src`),
  ...values.tests.filter((path) => !isIn('test')(path)).map((path) => `${path} is not a file or folder of test`),
  ...(paths.length === 0 ? ['give files or folders of src: npm run mutate -- src/diagnosis'] : []),
];
if (wrong[0] !== undefined) {
  process.stderr.write(`error: ${wrong[0]}\n`);
  process.exit(2);
}

const patternOf = (path: string): string =>
  statSync(new URL(`../${path}`, import.meta.url)).isDirectory() ? `${path.replace(/\/$/, '')}/**/*.ts` : path;

// vitest.mutate.config.ts reads it.
process.env['MUTATE_TESTS'] = values.tests.join(',');
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
