/** Batching, pollers and the starting position: numbers that must lie in their ranges and fit one another. */
import { describe, expect, test } from 'vitest';
import { lagMetrics } from '../../../src/snapshot/metrics.js';
import { capturedAt, clusterArn, clusterName, denied, deny, topic, uuid, value } from '../../accounts/account.js';
import { all, expectHarmless, expectMended, judge, mapping, measured, textOf, type Change } from '../judging.js';

const unread: Change = (snapshot) => void (snapshot.mappings[uuid] = denied('lambda', 'GetEventSourceMapping'));
const ago = (minutes: number) => new Date(Date.parse(capturedAt) - minutes * 60_000).toISOString();

describe('mapping.batch', () => {
  const topicMetric = (name: string) => lagMetrics(clusterName, uuid, topic, 1).find((metric) => metric.name === name)!;
  const recordsOf = (bytes: number): Change =>
    all(
      measured(topicMetric('MessagesInPerSec'), [100, 120]),
      measured(topicMetric('BytesInPerSec'), [100 * bytes, 120 * bytes]),
    );

  test.each([
    [{ BatchSize: 0 }, 'BatchSize is 0'],
    [{ BatchSize: 10_001 }, 'BatchSize is 10001'],
    [{ MaximumBatchingWindowInSeconds: 301 }, 'MaximumBatchingWindowInSeconds is 301'],
  ])('%j', (members, says) => {
    const finding = judge('mapping.batch', mapping(members));
    expect(finding.status).toBe('fail');
    expect(textOf(finding)).toContain(says);
  });
  test.each([
    { BatchSize: 1 },
    { BatchSize: 10_000, MaximumBatchingWindowInSeconds: 300 },
    { MaximumBatchingWindowInSeconds: 0 },
    { BatchSize: undefined as unknown as number },
  ])('%j is right', (members) => expectHarmless('mapping.batch', 'pass', mapping(members)));
  test('both out of range are mended together', () =>
    expectMended('mapping.batch', mapping({ BatchSize: 20_000, MaximumBatchingWindowInSeconds: 900 })));

  test('records so large that not even half of a batch fits into a call', () => {
    const finding = judge('mapping.batch', all(mapping({ BatchSize: 10_000 }), recordsOf(50_000)));
    expect(finding.status).toBe('warn');
    expect(textOf(finding)).toMatch(/records of this topic have 50000 bytes on average.*about 94 records/);
  });
  test('the fix of a batch that is too large can be taken back; one of a value that Lambda would refuse cannot', () => {
    const [change] = judge('mapping.batch', all(mapping({ BatchSize: 10_000 }), recordsOf(50_000))).fixes[0]!.changes;
    expect(change).toMatchObject({
      input: { BatchSize: 94 },
      undo: { operation: 'UpdateEventSourceMapping', input: { UUID: uuid, BatchSize: 10_000 } },
    });
    expect(judge('mapping.batch', mapping({ BatchSize: 20_000 })).fixes[0]!.changes[0]!.undo).toBeNull();
  });
  test('large records without a batch size are none', () =>
    expectHarmless('mapping.batch', 'pass', all(mapping({ BatchSize: undefined }), recordsOf(900_000))));
  test('a large batch of small records is none', () =>
    expectHarmless('mapping.batch', 'pass', all(mapping({ BatchSize: 10_000 }), recordsOf(600))));
  test('without metrics nothing is guessed', () =>
    expectHarmless('mapping.batch', 'pass', mapping({ BatchSize: 10_000 })));
  test('unread', () => expect(judge('mapping.batch', unread).status).toBe('unknown'));
});

describe('mapping.provisioned-pollers', () => {
  const pollers = (MinimumPollers?: number, MaximumPollers?: number, PollerGroupName?: string): Change =>
    mapping({ ProvisionedPollerConfig: { MinimumPollers, MaximumPollers, PollerGroupName } });

  test.each<[string, Change, RegExp]>([
    ['minimum out of range', pollers(0, 5), /MinimumPollers is 0/],
    ['minimum above 200', pollers(201, 300), /MinimumPollers is 201/],
    ['maximum out of range', pollers(1, 2001), /MaximumPollers is 2001/],
    ['minimum above maximum', pollers(5, 3), /MinimumPollers 5 is greater than MaximumPollers 3/],
    ['a group’s name with a blank', pollers(1, 3, 'my group'), /“my group”/],
  ])('%s', (_, change, says) => {
    const finding = judge('mapping.provisioned-pollers', change);
    expect(finding.status).toBe('fail');
    expect(textOf(finding)).toMatch(says);
  });
  test('more than the topic’s six partitions at any time', () =>
    expect(judge('mapping.provisioned-pollers', pollers(7, 10))).toMatchObject({
      status: 'warn',
      evidence: [{ fact: expect.stringContaining('has 6 partitions') }],
    }));
  test.each<{ name: string; change: Change }>([
    { name: 'AWS’s own maximum of 200, above the partitions', change: pollers(1, 200) },
    { name: 'as many as partitions', change: pollers(6, 6) },
    { name: 'the highest maximum', change: pollers(1, 2000) },
    {
      name: 'the highest minimum, of partitions that could not be read',
      change: all(pollers(200, 200), (snapshot) => deny(snapshot, 'topics', 'kafka', 'ListTopics')),
    },
    { name: 'a limit left out', change: pollers(undefined, 3) },
    { name: 'a named group', change: pollers(1, 3, 'team-a_1') },
    {
      name: 'partitions that could not be read',
      change: all(pollers(50, 100), (snapshot) => deny(snapshot, 'topics', 'kafka', 'ListTopics')),
    },
  ])('$name: no alarm', ({ change }) => expectHarmless('mapping.provisioned-pollers', 'pass', change));
  test('on-demand mappings have none', () => expectHarmless('mapping.provisioned-pollers', 'skip', () => {}));
  test('nor has one whose configuration is empty', () =>
    expectHarmless('mapping.provisioned-pollers', 'skip', pollers()));
  test('unread', () => expect(judge('mapping.provisioned-pollers', unread).status).toBe('unknown'));
});

describe('mapping.starting-position', () => {
  const fresh = { LastProcessingResult: 'No records processed', LastModified: ago(4) };

  test.each<{ name: string; change: Change; says: RegExp }>([
    {
      name: 'LATEST while it is made',
      change: mapping({ State: 'Creating', StartingPosition: 'LATEST', LastModified: ago(1) }),
      says: /skips records/,
    },
    {
      name: 'LATEST before the first record',
      change: mapping({ ...fresh, StartingPosition: 'LATEST' }),
      says: /skips records/,
    },
    {
      name: 'AT_TIMESTAMP without one',
      change: mapping({ StartingPosition: 'AT_TIMESTAMP' }),
      says: /without a StartingPositionTimestamp/,
    },
    {
      name: 'a timestamp in the future',
      change: mapping({ StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: '2027-01-01T00:00:00.000Z' }),
      says: /is in the future/,
    },
  ])('$name', ({ change, says }) => {
    const finding = judge('mapping.starting-position', change);
    expect(finding.status).toBe('warn');
    expect(textOf(finding)).toMatch(says);
  });
  test.each<{ name: string; change: Change }>([
    { name: 'LATEST on a mapping that reads', change: mapping({ StartingPosition: 'LATEST' }) },
    {
      name: 'LATEST on a mapping that was changed just now and has read',
      change: mapping({ StartingPosition: 'LATEST', LastModified: ago(2), LastProcessingResult: 'OK' }),
    },
    {
      name: 'LATEST on an old mapping of a silent topic',
      change: mapping({ StartingPosition: 'LATEST', LastProcessingResult: 'No records processed' }),
    },
    {
      name: 'AT_TIMESTAMP in the past',
      change: mapping({ StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: '2026-01-01T00:00:00.000Z' }),
    },
    { name: 'TRIM_HORIZON on a new mapping', change: mapping(fresh) },
  ])('$name: no alarm', ({ change }) => expectHarmless('mapping.starting-position', 'pass', change));
  test('unread', () => expect(judge('mapping.starting-position', unread).status).toBe('unknown'));
});

describe('mapping.conflict', () => {
  const twin = '11111111-2222-4333-8444-555555555555';
  const another =
    (members: object): Change =>
    (snapshot) => {
      snapshot.mappings[twin] = {
        outcome: 'ok',
        value: { ...structuredClone(value(snapshot.mappings, uuid)), UUID: twin, ...members },
      };
      for (const key of ['*', clusterArn]) snapshot.mappingLists[key] = { outcome: 'ok', value: [uuid, twin] };
    };
  test('the same cluster, function and topic, named with its UUID', () =>
    expect(judge('mapping.conflict', another({}))).toMatchObject({
      status: 'fail',
      title: expect.stringContaining(twin),
    }));
  test.each([
    [{ Topics: ['payments'] }],
    [{ FunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:order-handler:live' }],
    [{ EventSourceArn: clusterArn.replace('orders', 'other') }],
  ])('another %j is none', (members) =>
    expectHarmless(
      'mapping.conflict',
      'pass',
      another({ ...members, AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: twin } }),
    ),
  );
  test.each([
    [{ Topics: ['payments'] }],
    [{ FunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:audit' }],
    [{ EventSourceArn: clusterArn.replace('orders', 'other') }],
  ])('%j with the same consumer group is another check’s', (members) =>
    expect(
      judge(
        'mapping.conflict',
        all(mapping({ AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'shared' } }), another(members)),
      ).status,
    ).toBe('pass'),
  );
  test('unread', () => expect(judge('mapping.conflict', unread).status).toBe('unknown'));
});
