/**
 * What Lambda does when the function fails at one record (Lambda developer guide: kafka-retry-configurations,
 * invocation-eventsourcemapping, kafka-on-failure): one row for each setting. The topic has eight records in one batch
 * and two more; the record at offset 5 always fails.
 */
import { expect, test, vi } from 'vitest';
import { BatchReader } from '../../src/replay/batch-reader.js';
import { compileFilter } from '../../src/filter/record-filter.js';
import type { PollerSettings } from '../../src/replay/poller-settings.js';
import { failsAt, replayed, reports, short, sourceOf } from './support/topic.js';

interface Row {
  settings: Partial<PollerSettings>;
  lines: string[];
  stopped?: number;
  dropped?: number[];
}

const partial = { reportsItemFailures: true };
const bisected = ['0: 0-7 8 bisected', '0: 0-3 4 ok', '0: 4-7 4 bisected', '0: 4-5 2 bisected', '0: 4-4 1 ok'];
const rest = ['0: 6-7 2 ok', '0: 8-9 2 ok'];

const rows: Record<string, Row> = {
  'no limit: the batch again and again, and its partition waits': {
    settings: {},
    lines: ['0: 0-7 8 failed', '0: 0-7 8 failed #2'],
    stopped: 0,
  },
  'MaximumRetryAttempts 0: the batch once': {
    settings: { retries: 0 },
    lines: ['0: 0-7 8 dropped', '0: 8-9 2 ok'],
    dropped: [0, 1, 2, 3, 4, 5, 6, 7],
  },
  'MaximumRetryAttempts 2: three times': {
    settings: { retries: 2 },
    lines: ['0: 0-7 8 failed', '0: 0-7 8 failed #2', '0: 0-7 8 dropped #3', '0: 8-9 2 ok'],
    dropped: [0, 1, 2, 3, 4, 5, 6, 7],
  },
  'a retry limit and a destination': {
    settings: { retries: 1, hasDestination: true },
    lines: ['0: 0-7 8 failed', '0: 0-7 8 destination #2', '0: 8-9 2 ok'],
  },
  'bisect without a limit names the record': {
    settings: { bisect: true },
    lines: [...bisected, '0: 5-5 1 failed', '0: 5-5 1 failed #2'],
    stopped: 5,
  },
  'bisect and no retry loses only the record': {
    settings: { bisect: true, retries: 0 },
    lines: [...bisected, '0: 5-5 1 dropped', ...rest],
    dropped: [5],
  },
  'bisect, retries and a destination': {
    settings: { bisect: true, retries: 1, hasDestination: true },
    lines: [...bisected, '0: 5-5 1 failed', '0: 5-5 1 destination #2', ...rest],
  },
  'a partial response without a limit': {
    settings: partial,
    lines: ['0: 0-7 8 partial', '0: 5-5 1 partial #2'],
    stopped: 5,
  },
  'a partial response and retries loses only the record': {
    settings: { ...partial, retries: 1 },
    lines: ['0: 0-7 8 partial', '0: 5-5 1 dropped #2', '0: 8-9 2 ok'],
    dropped: [5],
  },
  'a partial response and a destination': {
    settings: { ...partial, retries: 0, hasDestination: true },
    lines: ['0: 0-7 8 destination', '0: 8-9 2 ok'],
  },
};

test.each(Object.entries(rows))('%s', async (_, { settings, lines, stopped, dropped = [] }) => {
  const handler = settings.reportsItemFailures === true ? reports('0/5') : failsAt('0/5');
  const run = await replayed({ lengths: [10], chunk: 8, settings: { batchSize: 8, ...settings }, handler });
  expect(run.lines.map(short)).toEqual(lines);
  expect(run.summary.stopped.map(({ offset }) => offset)).toEqual(stopped === undefined ? [] : [stopped]);
  expect(run.summary.dropped.map(({ offset }) => offset)).toEqual(dropped);
});

test('MaximumRecordAgeInSeconds ends retries: records that grow too old are given up before the next call', async () => {
  // The records have the times 0 to 9 s; each call takes 20 s.
  let calls = 0;
  const run = await replayed({
    lengths: [10],
    settings: { maximumAge: 60 },
    now: () => 55_000 + 20_000 * calls,
    handler: () => {
      calls++;
      throw new TypeError('always');
    },
  });
  expect(run.lines.map(short)).toEqual(['0: 0-9 10 failed', '0: 0-9 0 dropped']);
  expect(run.summary).toMatchObject({ stopped: [], records: 10 });
  expect(run.summary.dropped).toHaveLength(10);
});

test('MaximumRecordAgeInSeconds and a destination', async () => {
  const run = await replayed({ lengths: [4], settings: { maximumAge: 60, hasDestination: true }, now: 62_000 });
  expect(run.lines.map(short)).toEqual(['0: 0-1 0 destination', '0: 0-3 2 ok']);
  expect(run.summary.dropped).toEqual([]);
});

test('MaximumBatchingWindowInSeconds: an incomplete batch waits for more records that long', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const lengths = [3];
    const reader = new BatchReader(
      { id: 0, from: 0, end: 3 },
      sourceOf({ lengths }),
      {
        batchSize: 5,
        window: 2000,
        follow: true,
        filter: compileFilter([]),
        decode: null,
        origin: { bootstrapServers: 'b:9092' },
        topic: 't',
      },
      { left: Number.POSITIVE_INFINITY },
    );
    expect(await reader.next()).toBeNull();
    vi.advanceTimersByTime(1999);
    expect(await reader.next()).toBeNull();
    vi.advanceTimersByTime(1);
    expect(await reader.next()).toMatchObject({ from: 0, to: 2 });
    // The window begins with the first record of the next batch; a full batch does not wait.
    lengths[0] = 9;
    expect(await reader.next()).toMatchObject({ from: 3, to: 7 });
    expect(await reader.next()).toBeNull();
    vi.advanceTimersByTime(2000);
    expect(await reader.next()).toMatchObject({ from: 8, to: 8 });
  } finally {
    vi.useRealTimers();
  }
});

test.each<[string, unknown]>([
  ['an offset as text', [{ itemIdentifier: { partition: 't-0', offset: '5' } }]],
  ['a partition as a number', [{ itemIdentifier: { partition: 0, offset: 5 } }]],
  ['a partition that is not in the event', [{ itemIdentifier: { partition: 't-1', offset: 5 } }]],
  ['the identifier of another source', [{ itemIdentifier: '5' }]],
  ['no list', {}],
])('a partial response that is not valid fails the whole batch: %s', async (_, batchItemFailures) => {
  const run = await replayed({
    lengths: [8],
    settings: { ...partial, retries: 1 },
    handler: () => ({ batchItemFailures }),
  });
  expect(run.lines.map(short)).toEqual(['0: 0-7 8 failed', '0: 0-7 8 dropped #2']);
});
