/** `create` without a terminal, which cannot ask for what is missing. */
import { expect, test } from 'vitest';
import { runInProcess } from './in-process.js';

test.each([
  [[], '--function, --cluster, --topic and --starting-position are missing'],
  [['--function', 'order-handler', '--topic', 'orders'], '--cluster and --starting-position are missing'],
  [['--function', 'f', '--cluster', 'c', '--topic', 'orders'], '--starting-position is missing'],
])('%j: one line names every missing flag', async (words, sentence) =>
  expect(await runInProcess(['create', ...words, '--sandbox'])).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: `error: ${sentence}\n  Nothing was changed.\n`,
  }),
);
