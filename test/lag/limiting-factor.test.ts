/** What limits a mapping. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Consumption } from '../../src/lag/consumption.js';
import { limitOf } from '../../src/lag/limiting-factor.js';

const rising = [2000, 8000, 20_000, 40_000];
/** Six partitions on demand, half-full batches, fast function. */
const usual: Consumption = {
  lag: rising,
  missingPermission: null,
  largestLag: 8000,
  partitions: 6,
  provisioned: null,
  reservedConcurrency: null,
  batchSize: 100,
  duration: 500,
  invocations: 1000,
  errors: 0,
  throttles: 0,
  recordsPerInvocation: 50,
};
const subject = {
  uuid: '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11',
  functionName: 'order-handler',
  clusterArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/orders/8d3f1c52-0000-4000-8000-000000000001-2',
  topic: 'orders',
};
const limit = (change: Partial<Consumption>) => limitOf({ ...usual, ...change }, subject);

test.each<{ what: string; change: Partial<Consumption>; by: ReturnType<typeof limitOf>['by']; setting: RegExp | null }>(
  [
    { what: 'no datapoints', change: { lag: [] }, by: null, setting: /--metrics .*KafkaMetrics/ },
    {
      what: 'no permission',
      change: { lag: [], missingPermission: 'cloudwatch:GetMetricData' },
      by: null,
      setting: null,
    },
    { what: 'little lag', change: { lag: [10, 20, 30] }, by: 'none', setting: null },
    { what: 'a burst that is worked off', change: { lag: [90_000, 60_000, 20_000] }, by: 'none', setting: null },
    { what: 'throttled', change: { throttles: 40 }, by: 'concurrency', setting: null },
    {
      what: 'throttled under a reservation',
      change: { throttles: 40, reservedConcurrency: 2 },
      by: 'concurrency',
      setting: /--reserved-concurrent-executions 4/,
    },
    {
      what: 'a reservation below the partitions',
      change: { reservedConcurrency: 2 },
      by: 'concurrency',
      setting: /--reserved-concurrent-executions 6/,
    },
    { what: 'nearly every invocation fails', change: { errors: 980 }, by: 'errors', setting: /doctor/ },
    { what: 'a few invocations fail', change: { errors: 20 }, by: 'duration', setting: /--partition-count 12/ },
    { what: 'no invocation at all', change: { invocations: 0 }, by: null, setting: /doctor/ },
    { what: 'one partition has the lag', change: { largestLag: 39_000 }, by: 'partitions', setting: /doctor/ },
    {
      what: 'the only partition has the lag',
      change: { largestLag: 40_000, partitions: 1 },
      by: 'duration',
      setting: /--partition-count 2/,
    },
    {
      what: 'all pollers run',
      change: { provisioned: { pollers: 2, maximum: 2 } },
      by: 'pollers',
      setting: /--maximum-pollers 4/,
    },
    {
      what: 'as many pollers as partitions',
      change: { provisioned: { pollers: 6, maximum: 6 } },
      by: 'duration',
      setting: /--partition-count 12/,
    },
    { what: 'pollers are still added', change: { provisioned: { pollers: 2, maximum: 6 } }, by: null, setting: null },
    { what: 'full batches', change: { recordsPerInvocation: 99 }, by: 'batch', setting: /--batch-size 200/ },
    {
      what: 'the largest batch is full',
      change: { recordsPerInvocation: 10_000, batchSize: 10_000 },
      by: 'duration',
      setting: /--partition-count/,
    },
    {
      what: 'the duration is not known',
      change: { duration: null },
      by: 'partitions',
      setting: /--partition-count 12/,
    },
    { what: 'the partitions are not known', change: { partitions: null, largestLag: null }, by: null, setting: null },
  ],
)('$what', ({ change, by, setting }) => {
  const found = limit(change);
  expect(found.by).toBe(by);
  if (setting === null) expect(found.setting).toBeNull();
  else expect(found.setting).toMatch(setting);
});

test('every combination has a sentence, and a setting never asks for less than there is', () => {
  const count = fc.option(fc.nat(20_000), { nil: null });
  fc.assert(
    fc.property(
      fc.record({
        lag: fc.array(fc.nat(1_000_000), { maxLength: 12 }),
        missingPermission: fc.constant(null),
        largestLag: count,
        partitions: fc.option(fc.integer({ min: 1, max: 500 }), { nil: null }),
        provisioned: fc.option(fc.record({ pollers: count, maximum: count }), { nil: null }),
        reservedConcurrency: count,
        batchSize: fc.integer({ min: 1, max: 10_000 }),
        duration: fc.option(fc.double({ min: 0, max: 900_000, noNaN: true }), { nil: null }),
        invocations: count,
        errors: count,
        throttles: count,
        recordsPerInvocation: fc.option(fc.double({ min: 0, max: 10_000, noNaN: true }), { nil: null }),
      }),
      (found) => {
        const { because, setting } = limitOf(found, subject);
        expect(because).toMatch(/^[A-Z0-9].*\.$/);
        const [, wanted] = /--batch-size (\d+)/.exec(setting ?? '') ?? [];
        if (wanted !== undefined) expect(Number(wanted)).toBeGreaterThan(found.batchSize);
        const [, partitions] = /--partition-count (\d+)/.exec(setting ?? '') ?? [];
        if (partitions !== undefined) expect(Number(partitions)).toBeGreaterThan(found.partitions!);
      },
    ),
  );
});
