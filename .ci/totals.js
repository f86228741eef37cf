// Sums the reports of the test runs in a folder and says again what failed; a test that was skipped and a section that
// failed are failures.
import { readdirSync, readFileSync } from 'node:fs';

/** The project's own lines of what failed, and not all of a long difference. */
const linesOf = (messages) =>
  messages
    .join('\n')
    .split('\n')
    .filter((line) => !line.includes('node_modules'))
    .slice(0, 20);

const [folder, failedSections] = process.argv.slice(2);
const sums = { passed: 0, failed: Number(failedSections) };
for (const file of readdirSync(folder).toSorted()) {
  const suite = file.replace('.json', '');
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(`${folder}/${file}`, 'utf8'),
  );
  const skipped = numPendingTests + numTodoTests;
  for (const { name, message, assertionResults } of testResults) {
    const tests = assertionResults.filter(({ status }) => status !== 'passed');
    if (tests.length === 0 && message !== '') console.log(`${suite}: ${name}: ${message}`);
    for (const { fullName, status, failureMessages } of tests)
      console.log([`${suite}: ${status}: ${fullName}`, ...linesOf(failureMessages)].join('\n'));
  }
  console.log(`${suite}: ${numPassedTests} passed, ${numFailedTests} failed, ${skipped} skipped`);
  sums.passed += numPassedTests;
  sums.failed += numFailedTests + skipped;
}
if (sums.passed === 0) sums.failed += 1;
console.log(`checks: ${sums.passed} passed, ${sums.failed} failed`);
process.exitCode = sums.failed === 0 ? 0 : 1;
