/** `replay` against brokers in this process and in the sandbox: positions, formats, exit codes, and what is never sent or shown. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { BatchLine, ReplaySummary } from '../../src/replay/batch-line.js';
import type { Answers } from '../kafka/support/scripted-broker.js';
import { batch2 } from '../kafka/support/batches.js';
import { fetched, group, startCluster, topic, type Cluster } from '../probe/support/cluster.js';
import { runInProcess } from './in-process.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-replay-'));
const open: Cluster[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((cluster) => cluster.stop()))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const handlers = join(folder, 'handlers.mjs');
writeFileSync(
  handlers,
  `export const handler = (event, context, callback) => {
     for (const record of Object.values(event.records).flat()) JSON.parse(Buffer.from(record.value, 'base64').toString());
     callback();
   };
   export const passes = async () => console.log('handled');
   export const batch = async (event) => ({ batchItemFailures: [{ itemIdentifier: { partition: 'orders-0', offset: 17 } }] });`,
);

/** Offsets 10 to 29 of each partition; the value at 17 is no JSON and holds a word that nothing may show. */
const fetch: Answers['fetch'] = ({ request }) => {
  const { partition, fetchOffset } = request.topics[0]!.partitions[0]!;
  const end = Math.min(30, fetchOffset + 6);
  const records = Array.from({ length: Math.max(0, end - fetchOffset) }, (_, index) => ({
    key: Buffer.from(`key-${fetchOffset + index}`),
    value: Buffer.from(fetchOffset + index === 17 ? 'canarycontent' : `{"n":${fetchOffset + index}}`),
    headers: [],
  }));
  return fetched(
    partition,
    records.length === 0
      ? Buffer.alloc(0)
      : batch2({ firstOffset: fetchOffset, timestamp: 1_700_000_000_000, records }),
  );
};

async function start(answers: Answers = {}, brokers = 1): Promise<Cluster> {
  const cluster = await startCluster({ brokers, answers: { fetch, ...answers } });
  open.push(cluster);
  return cluster;
}

const words = ({ bootstrap }: Cluster, ...more: string[]): string[] => [
  'replay',
  '--bootstrap',
  bootstrap.map(({ host, port }) => `${host}:${port}`).join(','),
  '--auth',
  'plaintext',
  '--topic',
  topic,
  ...more,
];

interface Replayed {
  lines: BatchLine[];
  summary: ReplaySummary;
  exitCode: number;
  stderr: string;
}

async function jsonl(line: string[]): Promise<Replayed> {
  const { stdout, stderr, exitCode } = await runInProcess([...line, '--output', 'jsonl']);
  const documents = stdout
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text) as BatchLine & { summary: ReplaySummary });
  expect(documents.length, stderr).toBeGreaterThan(0);
  const { summary } = documents.pop()!;
  return { lines: documents, summary, exitCode, stderr };
}

describe('positions', () => {
  test('without a group, the start of every partition', async () => {
    const cluster = await start({}, 2);
    const { lines, summary, exitCode } = await jsonl(words(cluster, '--batch-size', '15'));
    expect(lines.map(({ partition, from, to, records }) => [partition, from, to, records])).toEqual([
      [0, 10, 24, 15],
      [1, 10, 24, 15],
      [0, 25, 29, 5],
      [1, 25, 29, 5],
    ]);
    expect(summary).toEqual({ records: 40, filtered: 0, batches: 4, stopped: [], dropped: [] });
    expect(exitCode).toBe(0);
  });

  test('with a group, the committed offset, and otherwise the start', async () => {
    const { lines, stderr } = await jsonl(words(await start({}, 2), '--group', group));
    expect(lines.map(({ partition, from, to }) => [partition, from, to])).toEqual([
      [0, 25, 29],
      [1, 10, 29],
    ]);
    expect(stderr).toContain('no committed offset for partition 1');
  });

  test.each([
    [['--from', '20', '--to', '22'], [[0, 20, 22]]],
    [['--from', '3'], [[0, 10, 29]]],
    [['--from', 'start', '--max', '4'], [[0, 10, 13]]],
    [['--from', '2026-01-01T00:00:00Z', '--partition', '0'], []],
  ])('%j', async (flags, spans) => {
    const { lines } = await jsonl(words(await start(), ...flags));
    expect(lines.map(({ partition, from, to }) => [partition, from, to])).toEqual(spans);
  });
});

test('it joins no group and commits nothing', async () => {
  const cluster = await start();
  await jsonl(words(cluster, '--group', group, '--handler', `${handlers}#passes`));
  const asked = new Set(cluster.brokers.flatMap((broker) => broker.asked));
  for (const name of ['JoinGroup', 'SyncGroup', 'Heartbeat', 'OffsetCommit', 'Produce'])
    expect([...asked]).not.toContain(name);
});

test('a moved partition is read from its new leader', async () => {
  let moved = false;
  const cluster = await start({
    fetch: (asked) => {
      if (asked.request.maxWaitMs === 100 && !moved) {
        moved = true;
        return fetched(0, Buffer.alloc(0), 6);
      }
      return fetch(asked);
    },
  });
  expect((await jsonl(words(cluster))).summary.records).toBe(20);
  expect(moved).toBe(true);
});

describe('a handler that fails', () => {
  test('stops the partition; the text names it first, and shows no content', async () => {
    const { stdout, stderr, exitCode } = await runInProcess(words(await start(), '--handler', handlers, '--bisect'));
    expect(stdout.split('\n')[0]).toMatch(/^✗ orders-0: record at offset 17 blocks the partition: SyntaxError:/);
    expect(stdout + stderr).not.toContain('canarycontent');
    expect(exitCode).toBe(1);
  });

  test('without bisect, its batch is named, and the flag that finds the record', async () => {
    const { stdout } = await runInProcess(words(await start(), '--handler', handlers, '--batch-size', '5'));
    expect(stdout).toMatch(/^✗ orders-0: a record of the batch 15–19 blocks the partition/);
    expect(stdout).toContain('--bisect');
  });

  test('with --show-value, the values of the call are on standard error', async () => {
    const { stderr } = await runInProcess(
      words(await start(), '--handler', handlers, '--bisect', '--show-value', '--retries', '0'),
    );
    expect(stderr).toContain('{"partition":0,"offset":17,"key":"key-17","value":"canarycontent"}');
  });

  test('with retries, records are dropped', async () => {
    const { summary, exitCode, lines } = await jsonl(
      words(await start(), '--handler', handlers, '--bisect', '--retries', '1'),
    );
    expect(summary.dropped).toEqual([{ partition: 0, offset: 17 }]);
    expect(lines.filter(({ from, to }) => from === 17 && to === 17).map(({ result }) => result)).toEqual([
      'failed',
      'dropped',
    ]);
    expect(exitCode).toBe(1);
  });

  test('with a partial batch response', async () => {
    const { summary, lines } = await jsonl(
      words(await start(), '--handler', `${handlers}#batch`, '--report-batch-item-failures'),
    );
    expect(lines.map(({ result, records }) => [result, records])).toEqual([
      ['partial', 20],
      ['partial', 1],
    ]);
    expect(summary.stopped).toMatchObject([{ partition: 0, offset: 17 }]);
  });
});

test('the handler’s output goes to standard error', async () => {
  const { stdout, stderr } = await runInProcess(
    words(await start(), '--handler', `${handlers}#passes`, '--output', 'json'),
  );
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, topic, summary: { records: 20 } });
  expect(stderr).toContain('handled');
});

test('a filter is applied', async () => {
  const { summary } = await jsonl(words(await start(), '--filter', '{"value":{"n":[{"numeric":[">=",25]}]}}'));
  // The value that is no JSON is sent: Lambda ignores the pattern for it.
  expect(summary).toMatchObject({ records: 6, filtered: 14 });
});

test('an unreadable topic gives exit 3 with the finding of the probe', async () => {
  const cluster = await start({
    fetch: () => fetched(0, Buffer.alloc(0), 29),
  });
  const { stdout, stderr, exitCode } = await runInProcess(words(cluster, '--output', 'jsonl'));
  expect(exitCode).toBe(3);
  expect(stdout).toBe('');
  expect(stderr).toContain('TOPIC_AUTHORIZATION_FAILED');
});

test.each([
  [['replay'], 'missing argument'],
  [['replay', '--bootstrap', 'b:9092', '--auth', 'plaintext'], '--topic'],
  [['replay', '--bootstrap', 'b:9092', '--topic', 't', '--from', 'yesterday'], 'Expected an offset'],
  [['replay', '--bootstrap', 'b:9092', '--topic', 't', '--filter', '{'], 'not valid JSON'],
  [['replay', '--bootstrap', 'b:9092', '--topic', 't', '--handler', '/none.mjs#handler'], 'file not found'],
  [['replay', '--sandbox', 'poison-pil'], 'unknown sandbox account'],
  [['replay', '--bootstrap', 'b:9092', '--topic', 't', '--from', '9', '--to', '3'], '--from 9 is after --to 3'],
  [['replay', '--bootstrap', 'b:9092', '--topic', 't', '--command', ' '], '--command is empty'],
  [['replay', '--bootstrap', 'b:9092', '--topic', 't', '--schema', 'none.avsc'], 'schema file not found: none.avsc'],
])('%j is wrong usage', async (line, text) => {
  const { exitCode, stderr } = await runInProcess(line);
  expect(stderr).toContain(text);
  expect(exitCode).toBe(2);
});

test.each([
  [['--from', '5000'], 'No partition of the topic orders that is read has a record from offset 5000 on.'],
  [['--from', '2099-01-01'], 'The topic orders has no record from 2099-01-01T00:00:00.000Z on.'],
])('%j: a note says why nothing is read', async (flags, note) => {
  const { stdout, stderr, exitCode } = await runInProcess(words(await start(), ...flags));
  expect(stderr).toContain(note);
  expect(stdout).toContain('orders: 0 records in 0 batches');
  expect(exitCode).toBe(0);
});

test('a group that has processed everything: the note names the flag that reads the topic all the same', async () => {
  const { stderr } = await runInProcess(['replay', '--sandbox', 'nat-blackhole']);
  expect(stderr).toContain('No records wait for the consumer group');
  expect(stderr).toContain('--from start');
});

test('a handler that fails at every call may be wrong itself', async () => {
  const { stdout } = await runInProcess(words(await start(), '--command', 'exit 3', '--bisect'));
  expect(stdout).toContain('No call succeeded: the handler may fail for every record');
  const { stdout: other } = await runInProcess(words(await start(), '--handler', handlers, '--bisect'));
  expect(other).not.toContain('No call succeeded');
});

test('a command that does not exist is wrong usage, and no result is shown', async () => {
  const { stdout, stderr, exitCode } = await runInProcess(words(await start(), '--command', 'no-such-command-here'));
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain('the command cannot be started');
});

test('Ctrl-C: the result does not claim that all records were processed', async () => {
  const stopped = new AbortController();
  const slow = `node -e 'process.stdin.resume().on("end", () => { require("fs").existsSync("${folder}/called") ? setInterval(() => {}, 1e6) : require("fs").writeFileSync("${folder}/called", ""); console.error("called"); })'`;
  let calls = 0;
  const stderr = {
    write: (text: string) => {
      if (text.includes('called') && ++calls === 2) stopped.abort();
    },
  };
  const { stdout, exitCode } = await runInProcess(words(await start(), '--command', slow, '--batch-size', '5'), {
    signal: stopped.signal,
    stderr: stderr as never,
  });
  expect(stdout).toMatch(/^! orders: the replay ended early; the handler processed 5 records\n/);
  expect(exitCode).toBe(130);
});

test('the sandbox shows a poison pill', async () => {
  const { stdout, exitCode, stderr } = await runInProcess(['replay', '--sandbox', 'poison-pill', '--bisect']);
  expect(stdout).toMatch(/^✗ orders-1: record at offset 13 blocks the partition: SyntaxError/);
  expect(stderr).toContain('built-in example handler');
  expect(exitCode).toBe(1);
});
