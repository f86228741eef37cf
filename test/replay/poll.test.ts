/** The poller as AWS describes it: batches, filters, retries, bisect, partial responses, age, destination. */
import { describe, expect, test } from 'vitest';
import { buildEvent } from '../../src/event/build-event.js';
import { payloadBytes } from '../../src/aws/limits.js';
import { envelopeBytes, recordBytes } from '../../src/replay/event-size.js';
import { failsAt, replayed, reports, short } from './support/topic.js';

const linesOf = async (options: Parameters<typeof replayed>[0]): Promise<string[]> =>
  (await replayed(options)).lines.map(short);

describe('batches', () => {
  test('hold one partition, and partitions take turns', async () =>
    expect(await linesOf({ lengths: [25, 5] })).toEqual([
      '0: 0-9 10 ok',
      '1: 0-4 5 ok',
      '0: 10-19 10 ok',
      '0: 20-24 5 ok',
    ]));

  test('from and to are inclusive', async () =>
    expect(await linesOf({ lengths: [30], from: 5, to: 17 })).toEqual(['0: 5-14 10 ok', '0: 15-17 3 ok']));

  test('an end before the beginning reads nothing', async () =>
    expect(await replayed({ lengths: [30], from: 20, to: 5 })).toMatchObject({ lines: [], summary: { batches: 0 } }));

  test('at most so many records are read, all partitions together', async () =>
    expect(await linesOf({ lengths: [30, 30], most: 13, settings: { batchSize: 5 } })).toEqual([
      '0: 0-4 5 ok',
      '1: 0-4 5 ok',
      '0: 5-7 3 ok',
    ]));

  test('without a handler they are formed all the same', async () =>
    expect(await replayed({ lengths: [12], handler: null })).toMatchObject({
      delivered: [],
      summary: { records: 12, batches: 2 },
    }));

  test('end before the payload exceeds 6 MB in Base64', async () => {
    const value = (): Buffer => Buffer.alloc(1_500_000);
    const { lines } = await replayed({ lengths: [7], value, handler: null });
    // Three values of 2 MB in Base64 are 6,000,000 bytes; a fourth does not fit in 6,291,456.
    expect(lines.map(short)).toEqual(['0: 0-2 3 ok', '0: 3-5 3 ok', '0: 6-6 1 ok']);
    expect(3 * 2_000_000).toBeLessThan(payloadBytes);
  });

  test('a record that is too large alone is given up', async () => {
    const value = (_: number, offset: number): Buffer => Buffer.alloc(offset === 1 ? 5_000_000 : 10);
    const run = await replayed({ lengths: [3], value });
    expect(run.lines.map(short)).toEqual(['0: 1-1 0 dropped', '0: 0-2 2 ok']);
    expect(run.summary.dropped).toEqual([{ partition: 0, offset: 1 }]);
    expect((await replayed({ lengths: [3], value, settings: { hasDestination: true } })).lines[0]).toMatchObject({
      result: 'destination',
      because: expect.stringContaining('more than the payload of 6 MB'),
    });
  });
});

describe('filters', () => {
  const value = (_: number, offset: number): string => JSON.stringify({ even: offset % 2 === 0 });
  const patterns = ['{"value":{"even":[true]}}'];

  test('records that they exclude are counted in the span of their batch', async () =>
    expect(await linesOf({ lengths: [20], value, patterns, settings: { batchSize: 5 } })).toEqual([
      '0: 0-8 5 (4 filtered) ok',
      '0: 9-18 5 (5 filtered) ok',
      '0: 19-19 0 (1 filtered) ok',
    ]));

  test('a retry does not count them twice', async () => {
    const { summary, lines } = await replayed({ lengths: [10], value, patterns, handler: failsAt('0/4') });
    expect(lines.map(short)).toEqual(['0: 0-9 5 (5 filtered) failed', '0: 0-9 5 failed #2']);
    expect(summary).toMatchObject({ records: 5, filtered: 5, batches: 1 });
  });

  test('a topic of which nothing is sent calls no handler', async () =>
    expect(await replayed({ lengths: [9], value: () => '{"even":false}', patterns })).toMatchObject({
      delivered: [],
      summary: { records: 0, filtered: 9, batches: 0, stopped: [], dropped: [] },
    }));
});

describe('a failure', () => {
  const because = 'TypeError: no orders in 17';

  test('without a retry limit stops its partition after two attempts, and the others continue', async () => {
    const { lines, summary } = await replayed({ lengths: [30, 12], handler: failsAt('0/17') });
    expect(lines.map(short)).toEqual([
      '0: 0-9 10 ok',
      '1: 0-9 10 ok',
      '0: 10-19 10 failed',
      '1: 10-11 2 ok',
      '0: 10-19 10 failed #2',
    ]);
    expect(summary).toEqual({
      records: 32,
      filtered: 0,
      batches: 4,
      stopped: [{ partition: 0, offset: 10, because }],
      dropped: [],
    });
  });

  test.each([0, 1, 3])('with %i retries drops the batch after as many and one attempts', async (retries) => {
    const { lines, summary } = await replayed({ lengths: [25], settings: { retries }, handler: failsAt('0/17') });
    const attempts = lines.filter(({ from }) => from === 10);
    expect(attempts.map(({ attempt }) => attempt)).toEqual(
      Array.from({ length: retries + 1 }, (_, index) => index + 1),
    );
    expect(attempts.map(({ result }) => result)).toEqual([...Array<string>(retries).fill('failed'), 'dropped']);
    expect(summary.dropped.map(({ offset }) => offset)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(lines.at(-1)).toMatchObject({ from: 20, result: 'ok' });
    expect(summary.stopped).toEqual([]);
  });

  test('goes to the on-failure destination, after ten retries without a limit', async () => {
    const run = await replayed({ lengths: [5], settings: { hasDestination: true }, handler: failsAt('0/3') });
    expect(run.lines).toHaveLength(11);
    expect(run.lines.at(-1)).toMatchObject({ attempt: 11, result: 'destination' });
    expect(run.summary).toMatchObject({ dropped: [], stopped: [] });
  });

  test('with bisect is halved until the record is alone', async () => {
    const { lines, summary } = await replayed({ lengths: [8], settings: { bisect: true }, handler: failsAt('0/5') });
    expect(lines.map(short)).toEqual([
      '0: 0-7 8 bisected',
      '0: 0-3 4 ok',
      '0: 4-7 4 bisected',
      '0: 4-5 2 bisected',
      '0: 4-4 1 ok',
      '0: 5-5 1 failed',
      '0: 5-5 1 failed #2',
    ]);
    expect(summary).toMatchObject({ records: 8, batches: 1, stopped: [{ partition: 0, offset: 5 }] });
  });

  test('with bisect and retries drops only the record', async () => {
    const { lines, summary, delivered } = await replayed({
      lengths: [8],
      settings: { bisect: true, retries: 1 },
      handler: failsAt('0/5'),
    });
    expect(summary.dropped).toEqual([{ partition: 0, offset: 5 }]);
    expect(lines.slice(-3).map(short)).toEqual(['0: 5-5 1 failed', '0: 5-5 1 dropped #2', '0: 6-7 2 ok']);
    expect(delivered.slice(-2)).toEqual(['0/6', '0/7']);
  });
});

describe('a partial batch response', () => {
  const partial = { reportsItemFailures: true };

  test('retries the records that it names', async () => {
    const { lines, summary } = await replayed({ lengths: [10], settings: partial, handler: reports('0/3', '0/7') });
    expect(lines.map(short)).toEqual(['0: 0-9 10 partial', '0: 3-7 2 partial #2']);
    expect(lines[1]!.records).toBe(2);
    expect(summary.stopped).toMatchObject([{ partition: 0, offset: 3 }]);
  });

  test('drops them after the retries, and no others', async () => {
    const run = await replayed({ lengths: [10], settings: { ...partial, retries: 1 }, handler: reports('0/3', '0/7') });
    expect(run.summary.dropped).toEqual([
      { partition: 0, offset: 3 },
      { partition: 0, offset: 7 },
    ]);
  });

  test('is ignored without ReportBatchItemFailures', async () =>
    expect(await linesOf({ lengths: [5], handler: reports('0/3') })).toEqual(['0: 0-4 5 ok']));

  test.each([[{ batchItemFailures: [] }], [null], [{}], ['done']])('%j is a success', async (response) =>
    expect(await linesOf({ lengths: [5], settings: partial, handler: () => response })).toEqual(['0: 0-4 5 ok']),
  );

  test('that names a record of another batch fails the whole batch', async () => {
    const response = { batchItemFailures: [{ itemIdentifier: { partition: 't-0', offset: 99 } }] };
    const { lines } = await replayed({ lengths: [5], settings: partial, handler: () => response });
    expect(lines.map(short)).toEqual(['0: 0-4 5 failed', '0: 0-4 5 failed #2']);
    expect(lines[0]!.because).toContain('the offset 99 of t-0, which is not in the event');
  });

  test('a record that succeeds the second time is done', async () => {
    let calls = 0;
    const handler = (event: Parameters<ReturnType<typeof reports>>[0]): unknown =>
      calls++ === 0 ? reports('0/3')(event) : null;
    expect(await linesOf({ lengths: [5], settings: partial, handler })).toEqual(['0: 0-4 5 partial', '0: 3-3 1 ok #2']);
  });
});

test('records beyond the age limit are given up without a call', async () => {
  const run = await replayed({ lengths: [10], settings: { maximumAge: 60 }, now: 64_500 });
  expect(run.lines.map(short)).toEqual(['0: 0-4 0 dropped', '0: 0-9 5 ok']);
  expect(run.delivered).toEqual(['0/5', '0/6', '0/7', '0/8', '0/9']);
  expect(run.summary.records).toBe(5);
});

test('a record that the schema registry cannot decode is given up', async () => {
  const run = await replayed({
    lengths: [3],
    decode: (record) => (record.offset === 1 ? { problem: 'SCHEMA_NOT_FOUND' } : { sent: record, data: record }),
  });
  expect(run.lines.map(short)).toEqual(['0: 1-1 0 dropped', '0: 0-2 2 ok']);
});

test('the computed size is that of the JSON', () => {
  const origin = { eventSourceArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/é/1', bootstrapServers: 'b:9098' };
  const record = {
    topic: 'orders',
    partition: 12,
    offset: 1_234_567,
    timestamp: 1_790_000_000_000,
    key: null,
    value: Buffer.from('né'),
    headers: [
      { name: 'tracé"', value: Buffer.from([0, 127, 128, 200, 255]) },
      { name: 'empty', value: null },
    ],
    valueSchema: { dataFormat: 'AVRO' as const, schemaId: '7' },
  };
  for (const records of [[record], [record, { ...record, headers: [], key: Buffer.alloc(4) }]])
    expect(
      envelopeBytes('orders', 12, origin) +
        records.reduce((sum, each) => sum + recordBytes(each), 0) +
        records.length -
        1,
    ).toBe(Buffer.byteLength(JSON.stringify(buildEvent(records, origin))));
});
