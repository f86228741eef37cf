/** `explain` at the command line: standard input, five causes, what the text names, and a refused permission with its statement. */
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { runInProcess } from './in-process.js';

const uuid = '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11';
const explain = async (text: string, ...words: string[]) => (await runInProcess(['explain', text, ...words])).stdout;
const fromStdin = (text: string, ...words: string[]) => {
  const stdin = new PassThrough();
  stdin.end(text);
  return runInProcess(['explain', '-', ...words], { stdin });
};

test('a text is read from standard input', async () => {
  const { exitCode, stdout } = await fromStdin('PROBLEM: SASL authentication\nfailed.\n', '--output', 'json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ error: 'sasl-authentication-failed' });
});

test('nothing on standard input is nothing to explain', async () =>
  expect(await fromStdin('\n')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('standard input is empty') as string,
  }));

test('line breaks of an unknown text stay line breaks, and nothing in it steers the terminal', async () => {
  const { stdout } = await fromStdin('first line\nsecond \u001b[31mline\n');
  expect(stdout).toMatch(/^first line\nsecond \\e\[31mline\n/);
});

test('five causes, the most likely first; all with --verbose and in JSON', async () => {
  const text = 'PROBLEM: Connection error. Please check your event source connection configuration.';
  const short = await explain(text);
  expect(short).toMatch(/\n1\. network\.broker-ingress: /);
  expect(short).toMatch(/\n5\. /);
  expect(short).not.toMatch(/\n6\. /);
  const { causes } = JSON.parse(await explain(text, '--output', 'json')) as { causes: unknown[] };
  expect(short).toContain(`${causes.length - 5} more causes, less likely: --verbose shows all.`);
  const all = await explain(text, '--verbose');
  expect(all).toContain(`\n${causes.length}. `);
  expect(all).not.toContain('--verbose');
});

test('what the text names is named, and the next command is about it', async () => {
  const stdout = await explain(
    `An event source mapping with event source arn ("arn:aws:kafka:eu-west-1:111122223333:cluster/orders-cluster/6f0c0d5e-2222-4c1a-9a33-7c2d8f0e6b11-2"), function ("arn:aws:lambda:eu-west-1:111122223333:function:order-handler") and topics ("orders") already exists. Please update or delete the existing mapping with UUID ${uuid}`,
  );
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    `The text names: mapping ${uuid}, cluster orders-cluster, function order-handler, topic orders.`,
  );
  expect(stdout).toContain(`\`msk-lambda doctor ${uuid}\` checks each`);
});

test('an unknown text that names a mapping leads to its diagnosis', async () => {
  const stdout = await explain(`The moon is in the way of the mapping ${uuid}.`);
  expect(stdout).toContain(`\`msk-lambda doctor ${uuid}\` diagnoses what the text names.`);
});

test('another event source is named, and nothing is guessed', async () => {
  const { stdout } = await runInProcess([
    'explain',
    'The function execution role does not have permissions to call ReceiveMessage on SQS',
    '--output',
    'json',
  ]);
  expect(JSON.parse(stdout)).toMatchObject({
    error: 'other-event-source',
    meaning: expect.stringMatching(/^This error is about .* an Amazon SQS queue/) as string,
    causes: [],
  });
});

test('a refused permission: whose, where, and the statement', async () => {
  const text =
    'User: arn:aws:iam::111122223333:user/me is not authorized to perform: kafka:DescribeClusterV2 on resource: staging';
  const stdout = await explain(text);
  expect(stdout).toContain(`${text.slice(0, 40)}`);
  expect(stdout).toMatch(/The statement that allows kafka:DescribeClusterV2:\n {2}\{\n {4}"Effect": "Allow"/);
  expect(stdout).toContain('"Resource": "arn:aws:kafka:*:111122223333:cluster/staging/*"');
  expect(JSON.parse(await explain(text, '--output', 'json'))).toMatchObject({
    error: 'request-denied',
    denied: { whose: 'caller', action: 'kafka:DescribeClusterV2', resource: 'staging', explicit: false },
  });
});

test('a long log is repeated only so far that it is known again', async () => {
  const { stdout } = await fromStdin(`${'a line of a log\n'.repeat(50_000)}SASL mystery\n`);
  expect(stdout.length).toBeLessThan(2000);
});
