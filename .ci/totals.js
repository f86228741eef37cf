// Sums the reports of the test runs in a folder; a test that was skipped and a section that failed are failures.
import { readdirSync, readFileSync } from 'node:fs';

const [folder, failedSections] = process.argv.slice(2);
const sums = { passed: 0, failed: Number(failedSections) };
for (const file of readdirSync(folder).toSorted()) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));
  const skipped = numPendingTests + numTodoTests;
  console.log(`${file.replace('.json', '')}: ${numPassedTests} passed, ${numFailedTests} failed, ${skipped} skipped`);
  sums.passed += numPassedTests;
  sums.failed += numFailedTests + skipped;
}
if (sums.passed === 0) sums.failed += 1;
console.log(`checks: ${sums.passed} passed, ${sums.failed} failed`);
process.exitCode = sums.failed === 0 ? 0 : 1;
