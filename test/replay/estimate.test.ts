/** How long a backlog takes, and which setting limits it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateOf, type Capacity } from '../../src/replay/estimate.js';

const onDemand: Capacity = { pollers: null, reservedConcurrency: null };
const provisioned = (minimum: number, maximum: number): Capacity => ({
  pollers: { minimum, maximum },
  reservedConcurrency: null,
});

/** Calls of 100 records in one second each: 100 records a second in a partition. */
const calls = (records = 100, filtered = 0) => [
  { result: 'ok' as const, records, filtered, ms: 1000, attempt: 1 },
  { result: 'failed' as const, records: 7, filtered: 0, ms: 9999, attempt: 1 },
];
const estimate = (
  waiting: readonly number[],
  capacity: Capacity = onDemand,
  { batchSize = 1000, recordBytes = null as number | null, lines = calls() } = {},
) => estimateOf(lines, { backlog: new Map(waiting.entries()), settings: { batchSize }, capacity, recordBytes });

test('partitions are processed at the same time, each by one call at a time', () =>
  expect(estimate([1000, 500, 1000])).toMatchObject({
    duration: 1000,
    records: 100,
    perPartition: 100,
    backlog: 2500,
    largest: 1000,
    seconds: 10,
    by: 'duration',
    atMinimum: null,
  }));

test.each<[string, Parameters<typeof estimate>, number, string]>([
  ['full batches', [[1000, 1000], onDemand, { batchSize: 100 }], 10, 'batch'],
  ['one partition has most records', [[9000, 1000]], 90, 'partitions'],
  ['a topic with one partition has no hot one', [[9000]], 90, 'duration'],
  ['a poller makes five calls at a time', [Array<number>(10).fill(1000), provisioned(1, 1)], 20, 'pollers'],
  ['two pollers are enough for ten partitions', [Array<number>(10).fill(1000), provisioned(2, 2)], 10, 'duration'],
  ['more pollers than partitions do not help', [[1000, 1000], provisioned(200, 2000)], 10, 'duration'],
  [
    'reserved concurrency below the partitions',
    [Array<number>(10).fill(1000), { pollers: null, reservedConcurrency: 2 }],
    50,
    'concurrency',
  ],
  // 20,000 records of 50,000 bytes are 1,000 MB; a poller reads 5 MB a second.
  [
    'bytes a poller can read',
    [[10_000, 10_000], provisioned(1, 1), { recordBytes: 50_000, lines: calls(10_000) }],
    200,
    'pollers',
  ],
])('%s', (_, input, seconds, by) => expect(estimate(...input)).toMatchObject({ seconds, by }));

test('fewer pollers at the beginning take longer', () =>
  expect(estimate(Array<number>(10).fill(1000), provisioned(1, 4))).toMatchObject({ seconds: 10, atMinimum: 20 }));

test('records that the filter excludes cost no call', () =>
  expect(estimate([1000], onDemand, { lines: calls(50, 150) })).toMatchObject({ perPartition: 200, seconds: 5 }));

test.each<[string, ReturnType<typeof estimate>]>([
  ['nothing waits', estimate([0, 0])],
  ['no call succeeded', estimate([10], onDemand, { lines: [] })],
  ['the reserved concurrency is 0', estimate([10], { pollers: null, reservedConcurrency: 0 })],
  [
    'no offset is known',
    estimateOf(calls(), { backlog: null, settings: { batchSize: 1 }, capacity: onDemand, recordBytes: 1 }),
  ],
])('no estimate where %s', (_, found) => expect(found).toBeNull());

test('more pollers or concurrency never take longer, and no limit is faster than none', () =>
  fc.assert(
    fc.property(
      fc.array(fc.nat(10_000), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 20 }),
      fc.option(fc.integer({ min: 1, max: 1_000_000 })),
      (waiting, pollers, reservedConcurrency, recordBytes) => {
        const seconds = (capacity: Capacity): number => estimate(waiting, capacity, { recordBytes })?.seconds ?? 0;
        const best = seconds(onDemand);
        for (const limited of [provisioned(pollers, pollers), { pollers: null, reservedConcurrency }])
          expect(seconds(limited)).toBeGreaterThanOrEqual(best);
        expect(seconds(provisioned(1, pollers + 1))).toBeLessThanOrEqual(seconds(provisioned(1, pollers)));
        expect(seconds({ pollers: null, reservedConcurrency: reservedConcurrency + 1 })).toBeLessThanOrEqual(
          seconds({ pollers: null, reservedConcurrency }),
        );
      },
    ),
  ));
