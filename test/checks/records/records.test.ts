import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../../src/catalogue/check-ids.js';
import { diagnoseMapping } from '../../../src/diagnosis/diagnose.js';
import { replayAll } from '../../../src/simulate/simulate.js';
import { metricsOf } from '../../../src/snapshot/metrics.js';
import { ok } from '../../../src/snapshot/read.js';
import type { Mapping } from '../../../src/snapshot/resources/index.js';
import { accountWith, capturedAt, clusterArn, region, account, roleArn, uuid, value } from '../../accounts/account.js';
import { all, expectHarmless, judge, mapping, shows, textOf, type Change } from '../judging.js';
import { counted, counts, countsDenied, every, metricsOn, type Values } from '../counting.js';

const minutesAgo = (minutes: number) => new Date(Date.parse(capturedAt) - minutes * 60_000).toISOString();
const noPoll: Change = counted({ PolledEventCount: [], InvokedEventCount: [] });
const queue = `arn:aws:sqs:${region}:${account}:failed`;
/** The queue is there, and the role may send to it. */
const toQueue: Change = all(mapping({ DestinationConfig: { OnFailure: { Destination: queue } } }), (snapshot) => {
  snapshot.destinations[queue] = ok({ arn: queue, kind: 'sqs', region });
  snapshot.inlinePolicyNames[roleArn] = ok([...value(snapshot.inlinePolicyNames, roleArn), 'failed']);
  snapshot.inlinePolicies[`${roleArn}#failed`] = ok(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue }],
    }),
  );
});
const provisioned = { provisioned: true, wayOut: 'nat' } as const;
const verdictOf = (change: Change, options = {}) => diagnoseMapping(accountWith(change, options), uuid).verdict;

/** The first fix of the check that has changes is applied; the verdict afterwards. */
function verdictAfterFix(id: CheckId, change: Change, options = {}) {
  const broken = accountWith(change, options);
  const fix = diagnoseMapping(broken, uuid)
    .findings.find(({ check }) => check === id)!
    .fixes.find(({ changes }) => changes.length > 0)!;
  const mended = replayAll(broken, fix.changes);
  return { fix, mapping: value(mended.mappings, uuid), verdict: diagnoseMapping(mended, uuid).verdict };
}

describe.each<{ id: CheckId; wrong: Change; groups: string }>([
  {
    id: 'records.dropped',
    wrong: counted({ DroppedEventCount: every(3) }),
    groups: 'EventCount',
  },
  {
    id: 'records.filtered',
    wrong: all(
      counted({ FilteredOutEventCount: every(100), InvokedEventCount: [] }),
      mapping({ FilterCriteria: { Filters: [{ Pattern: '{"value":{"type":["ORDER"]}}' }] } }),
    ),
    groups: 'EventCount',
  },
  {
    id: 'records.polling',
    wrong: counted({ PollingErrorCount: every(5) }),
    groups: 'ErrorCount',
  },
  {
    id: 'records.undelivered',
    wrong: all(toQueue, counted({ OnFailureDestinationDeliveryErrorCount: every(2) })),
    groups: 'EventCount,ErrorCount',
  },
])('$id', ({ id, wrong, groups }) => {
  test('a mapping that works otherwise is at risk, and nothing is its cause', () => {
    const diagnosis = diagnoseMapping(accountWith(wrong, provisioned), uuid);
    expect(diagnosis.verdict).toBe('at-risk');
    expect(diagnosis.causes).toEqual([]);
    expect(diagnosis.findings.find(({ check }) => check === id)!.status).toBe('warn');
  });
  test('it outranks no cause, and is none', () => {
    const diagnosis = diagnoseMapping(
      accountWith(
        all(
          wrong,
          shows('PROBLEM: Connection error. Please check your event source connection configuration.'),
          (snapshot) => {
            value(snapshot.clusters, clusterArn).State = 'FAILED';
          },
        ),
        provisioned,
      ),
      uuid,
    );
    expect(diagnosis.causes.map(({ check }) => check)).toEqual(['cluster.state']);
  });
  test('metrics that are off are not known, never well and never a fault', () => {
    const off = all(wrong, mapping({ MetricsConfig: undefined }), (snapshot) => {
      snapshot.metrics = {};
    });
    const finding = judge(id, off, provisioned);
    expect(finding.status).toBe('skip');
    expect(finding.title).toMatch(/metrics are off;/);
    expect(finding.title).toContain(`msk-lambda update ${uuid} --metrics ${groups}`);
    expect(verdictOf(off, provisioned)).toBe('healthy');
  });
  test('groups that are on already stay in the command', () => {
    const off = all(wrong, metricsOn('KafkaMetrics'), (snapshot) => {
      snapshot.metrics = {};
      counts('SumOffsetLag', [])(snapshot);
      counts('MaxOffsetLag', [])(snapshot);
    });
    expect(judge(id, off, provisioned).title).toContain(`--metrics ${groups},KafkaMetrics`);
  });
  test('unread is not known, and no doubt about a mapping that works', () => {
    const unread = all(wrong, countsDenied);
    expect(judge(id, unread, provisioned)).toMatchObject({
      status: 'unknown',
      missingActions: ['cloudwatch:GetMetricData'],
    });
    expect(verdictOf(unread, provisioned)).not.toBe('unknown');
  });
  test('a snapshot that lacks the metric', () => {
    const older = all(wrong, (snapshot) => {
      for (const key of Object.keys(snapshot.metrics))
        if (!/PolledEventCount/.test(key) && key.includes('EventSourceMappingUUID')) delete snapshot.metrics[key];
    });
    expect(judge(id, older, provisioned).title).toContain('the snapshot does not contain this metric');
  });
  test('what was counted before the mapping’s last change', () =>
    expect(
      judge(id, all(wrong, mapping({ LastModified: minutesAgo(2) })), provisioned).status,
      'other settings had it',
    ).toBe('skip'));
  test('a change that lies ahead of the clock changes nothing', () =>
    expect(judge(id, all(wrong, mapping({ LastModified: minutesAgo(-90) })), provisioned).status).toBe('warn'));
});

describe('records.dropped', () => {
  const dropped = (values: Values): Change => counted({ DroppedEventCount: values });
  test.each<{ name: string; change: Change; says: RegExp }>([
    { name: 'one record', change: dropped([...every(0, 11), 1]), says: /dropped 1 record in the last hour/ },
    {
      name: 'a burst an hour ago: the records are lost all the same',
      change: dropped([1500, ...every(null, 11)]),
      says: /dropped 1,500 records .*\n.*last at 09:00 UTC/,
    },
    {
      name: 'without a destination',
      change: dropped(every(2)),
      says: /no on-failure destination: these records are lost/,
    },
    {
      name: 'though a destination is set',
      change: all(toQueue, dropped(every(2))),
      says: /failed: delivery to the on-failure destination failed/,
    },
    {
      name: 'the destination kept them',
      change: all(toQueue, counted({ OnFailureDestinationDeliveredEventCount: every(1) })),
      says: /12 records failed .* were sent to the on-failure destination/,
    },
    {
      name: 'with the limits that made it',
      change: all(dropped(every(2)), mapping({ MaximumRetryAttempts: 2, MaximumRecordAgeInSeconds: 60 })),
      says: /MaximumRetryAttempts is 2\n.*MaximumRecordAgeInSeconds is 60/,
    },
    {
      name: 'the newest datapoints are missing',
      change: dropped([...every(2, 9), null, null, null]),
      says: /dropped 18 records/,
    },
  ])('$name', ({ change, says }) => {
    const finding = judge('records.dropped', change, provisioned);
    expect(finding.status).toBe('warn');
    expect(textOf(finding)).toMatch(says);
  });
  test.each<[string, Change]>([
    ['nothing was dropped', counted({})],
    ['zeros', dropped(every(0))],
    ['polls without records', counted({ PolledEventCount: every(0), InvokedEventCount: [] })],
    ['a destination that had nothing to take', all(toQueue, counted({ OnFailureDestinationDeliveredEventCount: [] }))],
  ])('%s: no alarm', (_, change) => expectHarmless('records.dropped', 'pass', change, provisioned));
  test('no datapoint at all says nothing', () => expectHarmless('records.dropped', 'skip', noPoll));
  test('the limits are taken away, with their values as the undo', () => {
    const {
      fix,
      mapping: after,
      verdict,
    } = verdictAfterFix('records.dropped', all(dropped(every(2)), mapping({ MaximumRetryAttempts: 2 })), provisioned);
    expect(fix.changes[0]!.undo).toMatchObject({ input: { UUID: uuid, MaximumRetryAttempts: 2 } });
    expect(after.MaximumRetryAttempts).toBe(-1);
    expect(verdict).toBe('healthy');
  });
  test('with a destination, taking the limits away helps nothing', () =>
    expect(
      judge('records.dropped', all(toQueue, dropped(every(2)), mapping({ MaximumRetryAttempts: 2 })), provisioned)
        .fixes,
    ).toMatchObject([{ safety: 'by-hand' }]));
});

describe('records.filtered', () => {
  const withFilter = mapping({ FilterCriteria: { Filters: [{ Pattern: '{"value":{"type":["ORDER"]}}' }] } });
  const filtered = (polled: Values, removed: Values, invoked: Values = []): Change =>
    all(counted({ PolledEventCount: polled, FilteredOutEventCount: removed, InvokedEventCount: invoked }), withFilter);
  test.each<{ name: string; change: Change; says: RegExp }>([
    {
      name: 'every record',
      change: filtered(every(100), every(100)),
      says: /removed all 1,200 records of the last hour\n.*\n.*filter: \{"value"/,
    },
    { name: 'ten of them', change: filtered([10], [10]), says: /all 10 records/ },
    {
      name: 'one burst',
      change: filtered([...every(0, 3), 40, ...every(0, 8)], [...every(0, 3), 40, ...every(0, 8)]),
      says: /all 40/,
    },
    {
      name: 'the newest datapoint of what was removed is not there yet',
      change: filtered(every(100), [...every(100, 11), null]),
      says: /all 1,100 records/,
    },
    {
      name: 'records that are counted twice',
      change: filtered(every(100), every(101)),
      says: /all 1,200 records/,
    },
    {
      name: 'one record, and Lambda never delivered any',
      change: all(filtered([1], [1]), shows('No records processed')),
      says: /removed the only record/,
    },
    {
      name: 'a filter that only its key shows',
      change: all(filtered(every(100), every(100)), mapping({ FilterCriteria: undefined })),
      says: /all 1,200 records/,
    },
  ])('$name', ({ change, says }) => {
    const finding = judge('records.filtered', change);
    expect(finding.status).toBe('warn');
    expect(textOf(finding)).toMatch(says);
  });
  test.each<[string, Change]>([
    ['one record passes', filtered(every(100), [...every(100, 11), 99])],
    ['nearly all are removed', filtered(every(100), every(99), every(1))],
    ['records of before are still tried', filtered(every(100), every(100), [...every(null, 11), 1])],
    ['no records', filtered(every(0), every(0))],
    ['nothing is removed', filtered(every(100), every(0), every(100))],
  ])('%s: no alarm', (_, change) => expectHarmless('records.filtered', 'pass', change));
  test('a mapping without a filter', () => expectHarmless('records.filtered', 'skip', counted({})));
  test('no datapoint at all says nothing', () => expectHarmless('records.filtered', 'skip', all(noPoll, withFilter)));
  test('three records are too few to tell', () => {
    const change = filtered([1, 2], [1, 2]);
    expectHarmless('records.filtered', 'unknown', change);
    expect(judge('records.filtered', change).title).toContain('all 3 records');
    expect(verdictOf(change)).toBe('healthy');
  });
  test('a pattern that can never match is the fault of mapping.filter alone', () => {
    const change = all(
      filtered(every(100), every(100)),
      mapping({ FilterCriteria: { Filters: [{ Pattern: '{"body":{"type":["ORDER"]}}' }] } }),
    );
    expect(judge('mapping.filter', change).status).toBe('fail');
    expect(judge('records.filtered', change).title).toContain('depends on mapping.filter');
  });
  test('its fix removes the filter, and the undo sets it again', () => {
    const { fix, mapping: after, verdict } = verdictAfterFix('records.filtered', filtered(every(100), every(100)));
    expect(JSON.stringify(fix.changes[0]!.undo!.input)).toContain('ORDER');
    expect(after.FilterCriteria).toBeUndefined();
    expect(verdict).toBe('healthy');
  });
});

describe('records.polling', () => {
  const half = [...every(100, 6), ...every(null, 6)];
  /** No poll has succeeded for half an hour. */
  const failing = counted({ PolledEventCount: half, InvokedEventCount: [], PollingErrorCount: every(30, 6) });
  test('no poll succeeds, and Lambda shows OK: broken, and this is why', () => {
    const diagnosis = diagnoseMapping(accountWith(failing), uuid);
    expect(diagnosis.verdict).toBe('broken');
    expect(diagnosis.causes.map(({ check }) => check)).toEqual(['records.polling']);
    expect(textOf(diagnosis.findings.find(({ check }) => check === 'records.polling')!)).toMatch(
      /^Every poll of the topic fails; enable the pollers’ log to see the error\n.*PollingErrorCount: 180, last at 09:55 UTC\n.*no poll succeeded/,
    );
  });
  test('a fault that explains it is the cause, and the polls are its consequence', () => {
    const change: Change = all(failing, (snapshot) => {
      value(snapshot.clusters, clusterArn).State = 'FAILED';
    });
    expect(diagnoseMapping(accountWith(change), uuid).causes.map(({ check }) => check)).toEqual(['cluster.state']);
    expect(judge('records.polling', change).title).toContain('depends on cluster.state');
  });
  test('where Lambda shows an error, the polls are no cause of their own', () => {
    const diagnosis = diagnoseMapping(accountWith(all(failing, shows('PROBLEM: Something new.'))), uuid);
    expect(diagnosis.causes).toEqual([]);
    expect(diagnosis.findings.find(({ check }) => check === 'records.polling')!.status).toBe('warn');
  });
  test.each<{ name: string; change: Change; says: RegExp }>([
    {
      name: 'errors beside polls that succeed',
      change: counted({ PollingErrorCount: every(400) }),
      says: /Polls of the topic return errors/,
    },
    {
      name: 'polls without records are polls that succeed',
      change: counted({ PolledEventCount: every(0), InvokedEventCount: [], PollingErrorCount: every(30) }),
      says: /return errors/,
    },
    {
      name: 'errors up to now, for ten minutes only',
      change: counted({ PolledEventCount: [...every(100, 10), null, null], PollingErrorCount: every(30, 2) }),
      says: /return errors/,
    },
    { name: 'one error just now', change: counted({ PollingErrorCount: [1] }), says: /PollingErrorCount: 1/ },
    {
      name: 'the newest datapoints are missing',
      change: counted({ PollingErrorCount: [5, 5, null, null] }),
      says: /PollingErrorCount: 10, last at 09:45/,
    },
    {
      name: 'now and then, all the hour',
      change: counted({ PollingErrorCount: [3, null, null, 2, null, null, 1, ...every(null, 5)] }),
      says: /PollingErrorCount: 6/,
    },
    {
      name: 'a burst, and no poll after it',
      change: counted({
        PolledEventCount: every(100, 4).concat(every(null, 8)),
        PollingErrorCount: [9, ...every(null, 7)],
      }),
      says: /PollingErrorCount: 9/,
    },
    {
      name: 'whether polls succeed is not counted',
      change: all(failing, metricsOn('ErrorCount'), (snapshot) => {
        for (const key of Object.keys(snapshot.metrics))
          if (key.includes('PolledEventCount')) delete snapshot.metrics[key];
      }),
      says: /return errors/,
    },
    {
      name: 'offsets that are not committed',
      change: counted({ CommitErrorCount: every(2) }),
      says: /24 offset commits failed in the last hour, so records repeat; .*\n.*CommitErrorCount: 24.*delivers these records again/,
    },
  ])('$name', ({ change, says }) => {
    const finding = judge('records.polling', change);
    expect(finding.status).toBe('warn');
    expect(textOf(finding)).toMatch(says);
  });
  test.each<{ name: string; change: Change }>([
    { name: 'no errors', change: counted({}) },
    { name: 'brokers that restarted', change: counted({ PollingErrorCount: [12, 9, ...every(null, 8)] }) },
    { name: 'a group that rebalanced', change: counted({ CommitErrorCount: [4, ...every(null, 6)] }) },
    { name: 'polls without records', change: counted({ PolledEventCount: every(0), InvokedEventCount: [] }) },
    {
      name: 'a moment long ago, and polls are not counted',
      change: all(
        metricsOn('ErrorCount'),
        counts('PollingErrorCount', [7, ...every(null, 9)]),
        counts('CommitErrorCount', []),
      ),
    },
  ])('$name: no alarm', ({ change }) => expectHarmless('records.polling', 'pass', change));
  test('no datapoint at all says nothing', () => expectHarmless('records.polling', 'skip', noPoll));
  test('the pollers’ log needs provisioned mode', () => {
    const [command] = [false, true].map(
      (isProvisioned) =>
        judge('records.polling', counted({ PollingErrorCount: every(5) }), { provisioned: isProvisioned }).fixes[0]!
          .commands![0]!,
    );
    expect(command).toBe(`msk-lambda update ${uuid} --minimum-pollers 1 --maximum-pollers 1 --log-level WARN`);
  });
});

describe('records.undelivered', () => {
  test.each<{ name: string; change: Change; says: RegExp }>([
    {
      name: 'records are lost',
      change: counted({ DroppedEventCount: every(5), OnFailureDestinationDeliveryErrorCount: every(1) }),
      says: /Lambda lost 60 records in the last hour: delivery to arn:aws:sqs:\S+:failed failed\n.*these records are lost\)\n.*DeliveryErrorCount: 12, last at 09:55/,
    },
    {
      name: 'errors are not counted, drops are',
      change: counted({ DroppedEventCount: [...every(null, 11), 7] }),
      says: /7 records/,
    },
    {
      name: 'deliveries fail and none succeeds',
      change: counted({ OnFailureDestinationDeliveryErrorCount: [3] }),
      says: /Deliveries of failed records to arn:aws:sqs:\S+:failed fail\n.*\n.*OnFailureDestinationDeliveredEventCount: 0/,
    },
    {
      name: 'only errors are counted',
      change: all(metricsOn('ErrorCount'), counts('OnFailureDestinationDeliveryErrorCount', [2])),
      says: /Deliveries .* fail/,
    },
    {
      name: 'it falls behind all the hour',
      change: counted({
        OnFailureDestinationDeliveryErrorCount: every(2),
        OnFailureDestinationDeliveredEventCount: every(1),
      }),
      says: /Deliveries .* fail/,
    },
    {
      name: 'it took some, and refuses since',
      change: counted({
        OnFailureDestinationDeliveryErrorCount: [4, 4],
        OnFailureDestinationDeliveredEventCount: [6, ...every(null, 6)],
      }),
      says: /OnFailureDestinationDeliveredEventCount: 6/,
    },
  ])('$name', ({ change, says }) => {
    const finding = judge('records.undelivered', all(toQueue, change), provisioned);
    expect(finding.status).toBe('warn');
    expect(textOf(finding)).toMatch(says);
  });
  test.each<{ name: string; change: Change }>([
    { name: 'nothing failed', change: counted({}) },
    { name: 'all of it was delivered', change: counted({ OnFailureDestinationDeliveredEventCount: every(4) }) },
    {
      name: 'it was late once',
      change: counted({
        OnFailureDestinationDeliveryErrorCount: [2, ...every(null, 6)],
        OnFailureDestinationDeliveredEventCount: [8, ...every(null, 6)],
      }),
    },
    {
      name: 'zeros',
      change: counted({ DroppedEventCount: every(0), OnFailureDestinationDeliveryErrorCount: every(0) }),
    },
  ])('$name: no alarm', ({ change }) =>
    expectHarmless('records.undelivered', 'pass', all(toQueue, change), provisioned),
  );
  test('a mapping without a destination', () =>
    expectHarmless('records.undelivered', 'skip', counted({ DroppedEventCount: every(2) })));
  test('no datapoint at all says nothing', () =>
    expectHarmless('records.undelivered', 'skip', all(toQueue, noPoll), provisioned));
  test('a destination that is gone is the fault of mapping.destination alone', () => {
    const change: Change = all(toQueue, counted({ DroppedEventCount: every(2) }), (snapshot) => {
      snapshot.destinations[queue] = {
        outcome: 'not-found',
        service: 'sqs',
        operation: 'GetQueueAttributes',
        action: 'sqs:GetQueueAttributes',
        error: 'gone',
      };
    });
    expect(judge('records.undelivered', change, provisioned).title).toContain('depends on mapping.destination');
  });
});

test('only metrics that are on are read, and those of provisioned pollers', () => {
  const names = (members: Partial<Mapping>) => metricsOf({ UUID: uuid, ...members }).map(({ name }) => name);
  expect(names({})).toEqual([]);
  expect(names({ MetricsConfig: { Metrics: [] }, ProvisionedPollerConfig: { MinimumPollers: 1 } })).toEqual([
    'ProvisionedPollers',
  ]);
  expect(names({ MetricsConfig: { Metrics: ['KafkaMetrics'] } })).toEqual(['SumOffsetLag', 'MaxOffsetLag']);
  expect(names({ MetricsConfig: { Metrics: ['EventCount', 'ErrorCount', 'KafkaMetrics'] } })).toHaveLength(13);
});

describe('CloudWatch is denied', () => {
  /** All metrics of the mapping are denied; only these groups are on. */
  const denying = (...groups: string[]): Change =>
    all(
      countsDenied,
      toQueue,
      mapping({ FilterCriteria: { Filters: [{ Pattern: '{"value":{"a":[1]}}' }] } }),
      (s) => void (value(s.mappings, uuid).MetricsConfig = { Metrics: groups }),
    );
  const eventCounts = ['records.dropped', 'records.filtered'] as const;
  const off = (id: CheckId, ...groups: string[]) => judge(id, denying(...groups), provisioned);

  test.each([
    ...eventCounts.map((id) => ({ id, on: ['KafkaMetrics'], group: 'EventCount' })),
    ...eventCounts.map((id) => ({ id, on: ['KafkaMetrics', 'ErrorCount'], group: 'EventCount' })),
    { id: 'records.polling' as const, on: ['KafkaMetrics'], group: 'ErrorCount' },
    { id: 'records.polling' as const, on: ['EventCount', 'KafkaMetrics'], group: 'ErrorCount' },
    { id: 'records.undelivered' as const, on: ['KafkaMetrics'], group: 'EventCount and ErrorCount' },
  ])('$id with $on on: $group is off, and no permission would decide it', ({ id, on, group }) => {
    const finding = off(id, ...on);
    expect(finding).toMatchObject({ status: 'skip', missingActions: [] });
    expect(finding.title).toContain(`${group} metrics are off; \`msk-lambda update ${uuid} --metrics`);
    for (const name of on) expect(finding.title).toContain(name);
  });

  test.each([
    ...eventCounts.map((id) => ({ id, on: ['EventCount'] })),
    { id: 'records.polling' as const, on: ['ErrorCount', 'KafkaMetrics'] },
    { id: 'records.undelivered' as const, on: ['ErrorCount'] },
  ])('$id with $on on: the permission is missing', ({ id, on }) =>
    expect(off(id, ...on)).toMatchObject({ status: 'unknown', missingActions: ['cloudwatch:GetMetricData'] }),
  );
});
