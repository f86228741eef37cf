/** `event generate` with records of a topic, which the brokers of a sandbox account hold. */
import { expect, test } from 'vitest';
import { runInProcess } from './in-process.js';

const generate = (...words: string[]) => runInProcess(['event', 'generate', ...words]);
interface Shown {
  eventSource: string;
  bootstrapServers: string;
  records: Record<string, { offset: number; value: string }[]>;
}
const offsets = async (...words: string[]) => {
  const { stdout, exitCode } = await generate('--sandbox', 'poison-pill', ...words);
  expect(exitCode).toBe(0);
  const [[name, records] = ['', []]] = Object.entries((JSON.parse(stdout) as Shown).records);
  return [name, records.map(({ offset }) => offset)];
};

test('by offset, by time and the last ones; one record where no number is given', async () => {
  expect(await offsets('--from-topic', 'order-handler', '--partition', '1', '--offset', '12', '--max', '3')).toEqual([
    'orders-1',
    [12, 13, 14],
  ]);
  expect(await offsets('--partition', '1', '--latest', '2')).toEqual(['orders-1', [18, 19]]);
  expect(await offsets('--offset', '5')).toEqual(['orders-0', [5]]);
  const { stdout } = await generate('--sandbox', 'poison-pill', '--offset', '7', '--quiet');
  const { timestamp } = JSON.parse(stdout).records['orders-0'][0] as { timestamp: number };
  expect(await offsets('--timestamp', String(timestamp))).toEqual(['orders-0', [7]]);
});

test('the event names the cluster and its brokers, or the source that the flags name', async () => {
  const { stdout } = await generate('--sandbox', 'poison-pill');
  expect(JSON.parse(stdout)).toMatchObject({
    eventSource: 'aws:kafka',
    bootstrapServers: expect.stringContaining('b-1.orderscluster') as string,
  });
  const other = await generate('--sandbox', 'poison-pill', '--self-managed');
  expect((JSON.parse(other.stdout) as Shown).eventSource).toBe('SelfManagedKafka');
});

test('no record there: exit code 1 and no event', async () => {
  expect(await generate('--sandbox', 'poison-pill', '--offset', '999')).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringContaining('has no record there') as string,
  });
});

test('brokers that refuse: exit code 3 with the finding of the probe', async () => {
  const { exitCode, stdout, stderr } = await generate(
    '--bootstrap',
    '127.0.0.1:1',
    '--auth',
    'plaintext',
    '--topic',
    'orders',
  );
  expect([exitCode, stdout]).toEqual([3, '']);
  expect(stderr).toContain('cluster.broker');
});

test.each([
  ['--auth', 'plaintext'],
  ['--latest', '2'],
  ['--from-topic', 'order-handler', '--value', 'x', '--sandbox'],
  ['--latest', '2', '--timestamp', '5', '--sandbox'],
  ['--sandbox', 'poison-pill', '--partition', '9'],
])('wrong use: %s %s', async (...words) => expect((await generate(...words)).exitCode).toBe(2));
