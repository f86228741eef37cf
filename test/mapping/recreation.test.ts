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
  test.each<{ name: string; changes: MappingChanges; more: object; refusal: RegExp | null }>([
    { name: 'as it is', changes: {}, more: {}, refusal: null },
    { name: 'as it is, at LATEST, having read', changes: {}, more: { StartingPosition: 'LATEST' }, refusal: null },
    {
      name: 'having read, in another spelling',
      changes: {},
      more: { StartingPosition: 'LATEST', LastProcessingResult: ' ok. ' },
      refusal: null,
    },
    {
      name: 'at LATEST, never having read',
      changes: {},
      more: { StartingPosition: 'LATEST', LastProcessingResult: 'No records processed' },
      refusal: /may have no committed offsets/,
    },
    {
      name: 'at LATEST, broken',
      changes: {},
      more: { StartingPosition: 'LATEST', LastProcessingResult: 'PROBLEM: x' },
      refusal: /may have no committed offsets/,
    },
    {
      name: 'at LATEST, disabled for long',
      changes: {},
      more: { StartingPosition: 'LATEST', State: 'Disabled', LastModified: '2026-11-01T08:00:00.000Z' },
      refusal: /disabled for 23 days/,
    },
    {
      name: 'at LATEST, disabled for a day',
      changes: {},
      more: { StartingPosition: 'LATEST', State: 'Disabled', LastModified: '2026-11-23T08:00:00.000Z' },
      refusal: null,
    },
    { name: 'another topic from its beginning', changes: { topic: 'payments' }, more: {}, refusal: null },
    {
      name: 'another topic at LATEST',
      changes: { topic: 'payments' },
      more: { StartingPosition: 'LATEST' },
      refusal: /no committed offsets on payments/,
    },
    {
      name: 'another topic at LATEST by choice',
      changes: { topic: 'payments', startingPosition: 'LATEST' },
      more: {},
      refusal: /no committed offsets on payments/,
    },
    {
      name: 'another cluster at LATEST',
      changes: { cluster: other },
      more: { StartingPosition: 'LATEST' },
      refusal: /no committed offsets on orders/,
    },
    {
      name: 'its filters not shown',
      changes: {},
      more: { FilterCriteriaError: { ErrorCode: 'KMSAccessDenied', Message: 'no decrypt' } },
      refusal: /does not show the filters.*no decrypt/,
    },
    {
      name: 'its filters not shown, given anew',
      changes: { filters: ['{"value":[1]}'] },
      more: { FilterCriteriaError: { Message: 'no decrypt' } },
      refusal: null,
    },
    {
      name: 'its filters not shown, and none wanted',
      changes: { filters: null },
      more: { FilterCriteriaError: { Message: 'no decrypt' } },
      refusal: null,
    },
    {
      name: 'another group at LATEST',
      changes: { consumerGroup: 'new' },
      more: { StartingPosition: 'LATEST' },
      refusal: /the consumer group new has no committed offsets/,
    },
    {
      name: 'another group from an instant',
      changes: {
        consumerGroup: 'new',
        startingPosition: 'AT_TIMESTAMP',
        startingPositionTimestamp: '2026-11-23T08:00:00Z',
      },
      more: {},
      refusal: null,
    },
    {
      name: 'another position with the same group',
      changes: { startingPosition: 'AT_TIMESTAMP', startingPositionTimestamp: '2026-11-23T08:00:00Z' },
      more: {},
      refusal: /would have no effect/,
    },
    {
      name: 'another position of a group that has read nothing',
      changes: { startingPosition: 'AT_TIMESTAMP', startingPositionTimestamp: '2026-11-23T08:00:00Z' },
      more: { LastProcessingResult: 'No records processed' },
      refusal: null,
    },
  ])('$name', ({ changes, more, refusal }) => {
    const { refusals } = plan(changes, more);
    if (refusal === null) expect(refusals).toEqual([]);
    else expect(refusals.join(' ')).toMatch(refusal);
  });
});

test('what stays behind, and what is is read again, is said', () => {
  expect(plan({ topic: 'payments' }).notes.join()).toMatch(/orders after the committed offsets will not be read/);
  expect(plan({ consumerGroup: 'new' }).notes.join()).toMatch(/is read again/);
});
