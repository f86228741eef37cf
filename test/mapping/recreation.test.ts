import { describe, expect, test } from 'vitest';
import { plannedMapping } from '../../src/mapping/mapping-of.js';
import { recreationOf } from '../../src/mapping/recreation.js';
import type { MappingChanges } from '../../src/mapping/settings.js';
import { capturedAt, clusterArn, uuid } from '../accounts/account.js';
import { least } from './support/settings.js';

const now = new Date(capturedAt);
const mapping = (more: object = {}) => ({
  ...plannedMapping(least, uuid),
  State: 'Enabled',
  LastProcessingResult: 'OK',
  LastModified: '2026-11-20T08:00:00.000Z',
  AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: uuid },
  ...more,
});
const plan = (changes: MappingChanges, more: object = {}) => recreationOf(mapping(more), changes, now);
const other = clusterArn.replace('orders-cluster', 'other-cluster');

test('the new mapping has the old one’s group, its UUID or its own', () => {
  expect(plan({}).settings.consumerGroup).toBe(uuid);
  expect(plan({}, { AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'mine' } }).settings.consumerGroup).toBe(
    'mine',
  );
  expect(plan({ batchSize: 5 }).settings).toEqual({ ...least, batchSize: 5, consumerGroup: uuid });
});

describe('is refused where records could be lost', () => {
  test.each<[string, MappingChanges, object, RegExp | null]>([
    ['as it is', {}, {}, null],
    ['as it is, at LATEST, having read', {}, { StartingPosition: 'LATEST' }, null],
    ['having read, in another spelling', {}, { StartingPosition: 'LATEST', LastProcessingResult: ' ok. ' }, null],
    [
      'at LATEST, never having read',
      {},
      { StartingPosition: 'LATEST', LastProcessingResult: 'No records processed' },
      /may have no offsets/,
    ],
    [
      'at LATEST, broken',
      {},
      { StartingPosition: 'LATEST', LastProcessingResult: 'PROBLEM: x' },
      /may have no offsets/,
    ],
    [
      'at LATEST, disabled for long',
      {},
      { StartingPosition: 'LATEST', State: 'Disabled', LastModified: '2026-11-01T08:00:00.000Z' },
      /disabled for 23 days/,
    ],
    [
      'at LATEST, disabled for a day',
      {},
      { StartingPosition: 'LATEST', State: 'Disabled', LastModified: '2026-11-23T08:00:00.000Z' },
      null,
    ],
    ['another topic from its beginning', { topic: 'payments' }, {}, null],
    ['another topic at LATEST', { topic: 'payments' }, { StartingPosition: 'LATEST' }, /no offsets on payments/],
    [
      'another topic at LATEST by choice',
      { topic: 'payments', startingPosition: 'LATEST' },
      {},
      /no offsets on payments/,
    ],
    ['another cluster at LATEST', { cluster: other }, { StartingPosition: 'LATEST' }, /no offsets on orders/],
    [
      'its filters not shown',
      {},
      { FilterCriteriaError: { ErrorCode: 'KMSAccessDenied', Message: 'no decrypt' } },
      /does not show the filters.*no decrypt/,
    ],
    [
      'its filters not shown, given anew',
      { filters: ['{"value":[1]}'] },
      { FilterCriteriaError: { Message: 'no decrypt' } },
      null,
    ],
    [
      'its filters not shown, and none wanted',
      { filters: null },
      { FilterCriteriaError: { Message: 'no decrypt' } },
      null,
    ],
    [
      'another group at LATEST',
      { consumerGroup: 'new' },
      { StartingPosition: 'LATEST' },
      /the group new has no offsets/,
    ],
    [
      'another group from an instant',
      { consumerGroup: 'new', startingPosition: 'AT_TIMESTAMP', startingPositionTimestamp: '2026-11-23T08:00:00Z' },
      {},
      null,
    ],
    [
      'another position with the same group',
      { startingPosition: 'AT_TIMESTAMP', startingPositionTimestamp: '2026-11-23T08:00:00Z' },
      {},
      /would have no effect/,
    ],
    [
      'another position of a group that has read nothing',
      { startingPosition: 'AT_TIMESTAMP', startingPositionTimestamp: '2026-11-23T08:00:00Z' },
      { LastProcessingResult: 'No records processed' },
      null,
    ],
  ])('%s', (_, changes, more, refusal) => {
    const { refusals } = plan(changes, more);
    if (refusal === null) expect(refusals).toEqual([]);
    else expect(refusals.join(' ')).toMatch(refusal);
  });
});

test('what stays behind, and what is read once more, is said', () => {
  expect(plan({ topic: 'payments' }).notes.join()).toMatch(/orders holds beyond the group’s offsets stays there/);
  expect(plan({ consumerGroup: 'new' }).notes.join()).toMatch(/read once more/);
});
