/** `replay --function` against a Lambda on loopback: what is called, confirmed, and made of each answer. */
import { afterEach, beforeAll, afterAll, describe, expect, test, vi } from 'vitest';
import type { BatchLine } from '../../src/replay/batch-line.js';
import { failed, offsetsOf, returned, startMapping, type ReplayedMapping } from '../replay/support/mapping.js';

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'made-up');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'made-up');
});
afterAll(() => vi.unstubAllEnvs());

const open: ReplayedMapping[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((each) => each.stop()))));
const start = async (options: Parameters<typeof startMapping>[0] = {}): Promise<ReplayedMapping> => {
  const mapping = await startMapping(options);
  open.push(mapping);
  return mapping;
};

const inTens = { settings: { BatchSize: 10 } };
const awsError = (name: string, status: number, message = 'made up'): never => {
  throw Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
};
const results = (stdout: string): string[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '' && !line.includes('"summary"'))
    .map((line) => JSON.parse(line) as BatchLine)
    .map(({ from, to, result }) => `${from}-${to} ${result}`);

test('each batch is one synchronous invocation with Lambda’s event', async () => {
  const mapping = await start(inTens);
  const { exitCode, stdout } = await mapping.replay(['--function', '--yes']);
  expect(stdout).toMatch(/^✓ orders: the handler processes all 20 records\n/);
  expect(exitCode).toBe(0);
  expect(mapping.invocations.map(offsetsOf).map((offsets) => [offsets[0], offsets.at(-1), offsets.length])).toEqual([
    [10, 19, 10],
    [20, 29, 10],
  ]);
  expect(JSON.parse(mapping.invocations[0]!)).toMatchObject({ eventSource: 'aws:kafka' });
});

test('an error of the function is retried, and stops its partition', async () => {
  const mapping = await start({ ...inTens, invoke: () => failed('TypeError', 'no orders') });
  const { exitCode, stdout } = await mapping.replay(['--function', '--yes']);
  expect(stdout).toMatch(/^✗ orders-0: a record of the batch 10–19 blocks the partition: TypeError: no orders\n/);
  expect(mapping.invocations).toHaveLength(2);
  expect(exitCode).toBe(1);
});

test('a timeout of the function is a failed batch', async () => {
  const mapping = await start({ invoke: () => failed('Sandbox.Timedout', 'Task timed out after 3.00 seconds') });
  const { stdout, exitCode } = await mapping.replay(['--function', '--yes']);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Task timed out after 3.00 seconds');
  expect(exitCode).toBe(1);
});

test('a partial batch response retries the records that it names', async () => {
  const mapping = await start({
    settings: { BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] },
    invoke: (_, number) =>
      returned(
        number === 1 ? { batchItemFailures: [{ itemIdentifier: { partition: 'orders-0', offset: 14 } }] } : null,
      ),
  });
  const { stdout, exitCode } = await mapping.replay(['--function', '--yes', '--output', 'jsonl']);
  expect(results(stdout)).toEqual(['10-19 partial', '14-14 ok', '20-29 ok']);
  expect(offsetsOf(mapping.invocations[1]!)).toEqual([14]);
  expect(exitCode).toBe(0);
});

test('the text of a function’s error shows no content of the records', async () => {
  const values = [Buffer.from('{"name":"canarycontent"}')];
  const mapping = await start({ values, invoke: () => failed('Error', 'cannot store canarycontent') });
  const { stdout, stderr } = await mapping.replay(['--function', '--yes']);
  expect(stdout + stderr).not.toContain('canarycontent');
});

describe('Lambda does not invoke the function: exit 3, no second call, and where to continue', () => {
  test.each([
    ['throttled', 'TooManyRequestsException', 429],
    ['too large', 'RequestTooLargeException', 413],
  ])('%s', async (_, name, status) => {
    const mapping = await start({
      ...inTens,
      invoke: (_call, n) => (n === 1 ? returned(null) : awsError(name, status)),
    });
    const { exitCode, stdout, stderr } = await mapping.replay(['--function', '--yes', '--output', 'jsonl']);
    expect(results(stdout)).toEqual(['10-19 ok']);
    expect(stderr).toContain('Lambda did not invoke order-handler');
    expect(stderr).toContain('--partition 0 --from 20');
    expect(mapping.invocations).toHaveLength(2);
    expect(exitCode).toBe(3);
  });

  test('denied names the permission', async () => {
    const mapping = await start({ invoke: () => awsError('AccessDeniedException', 403) });
    const { exitCode, stderr } = await mapping.replay(['--function', '--yes']);
    expect(stderr).toContain('Your credentials need lambda:InvokeFunction.');
    expect([exitCode, mapping.invocations.length]).toEqual([3, 1]);
  });

  test('without an answer, nobody knows whether it ran', async () => {
    const mapping = await start({ invoke: () => awsError('ServiceException', 500) });
    const { exitCode, stderr } = await mapping.replay(['--function', '--yes']);
    expect(stderr).toContain('Unknown whether order-handler ran with the records from offset 10 of partition 0 on');
    expect([exitCode, mapping.invocations.length]).toEqual([3, 1]);
  });
});

test('a record above 6 MB is not sent', async () => {
  const mapping = await start({ values: [Buffer.from('1'), Buffer.alloc(5_000_000), Buffer.from('3')] });
  const { exitCode, stdout } = await mapping.replay(['--function', '--yes']);
  expect(stdout).toMatch(/^✗ orders-0: Lambda drops the record at offset 11: /);
  expect(mapping.invocations.map(offsetsOf)).toEqual([[10, 12]]);
  expect(exitCode).toBe(1);
});

test('Ctrl-C during a call: what was done is reported, and that the function may still run', async () => {
  const stopped = new AbortController();
  const mapping = await start({
    ...inTens,
    invoke: (_, number) => {
      if (number === 1) return returned(null);
      stopped.abort();
      return new Promise<object>(() => {});
    },
  });
  const { exitCode, stdout, stderr } = await mapping.replay(['--function', '--yes', '--output', 'jsonl'], {
    signal: stopped.signal,
  });
  expect(results(stdout)).toEqual(['10-19 ok']);
  expect(stderr).toContain('The function may still run');
  expect(exitCode).toBe(130);
});

describe('nothing is called', () => {
  test('without a terminal and --yes: wrong usage that names the flags', async () => {
    const mapping = await start();
    const { exitCode, stderr, stdout } = await mapping.replay(['--function']);
    expect(stderr).toContain('pass --yes or --dry-run');
    expect([exitCode, stdout, mapping.invocations]).toEqual([2, '', []]);
  });

  test('with --dry-run: the calls are listed', async () => {
    const mapping = await start(inTens);
    const { exitCode, stdout } = await mapping.replay(['--function', '--dry-run']);
    expect(stdout).toMatch(
      /^Dry run, nothing was called\. The calls: 2 × lambda Invoke \(RequestResponse\) of order-handler, with\s+20 records/,
    );
    expect(stdout).toMatch(/orders-0 {2}10–19 {2}10 records {2}not called\n/);
    expect([exitCode, mapping.invocations]).toEqual([0, []]);
    expect(mapping.requests).not.toContain('lambda Invoke');
  });

  test('--dry-run without --function is wrong usage', async () => {
    const mapping = await start();
    const { exitCode, stderr } = await mapping.replay(['--dry-run']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--dry-run needs --function')]);
    expect(mapping.requests).toEqual([]);
  });
});
