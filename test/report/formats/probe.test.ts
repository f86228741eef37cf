/** `probe` in every format. */
import { expect, test } from 'vitest';
import { runInProcess } from '../../cli/in-process.js';

const probe = (format: string) =>
  runInProcess(['probe', '--bootstrap', '127.0.0.1:1', '--auth', 'plaintext', '--topic', 'orders', '--output', format]);

test.each([
  { format: 'sarif', has: /"ruleId": ?"cluster\.broker"/ },
  { format: 'junit', has: /<failure [^>]*type="cluster\.broker"/ },
  { format: 'markdown', has: /1 mapping \(1 broken\)/ },
  { format: 'github', has: /^::error title=cluster\.broker/m },
  { format: 'jsonl', has: /^\{"schemaVersion":1,.*"verdict":"blocked"/ },
])('a refused connection in $format: the check, and exit code 1', async ({ format, has }) => {
  const { stdout, exitCode } = await probe(format);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(has);
});
