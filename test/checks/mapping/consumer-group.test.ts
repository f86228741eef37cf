import { describe, expect, test } from 'vitest';
import { lagMetrics } from '../../../src/snapshot/metrics.js';
import { ok } from '../../../src/snapshot/read.js';
import type { Mapping } from '../../../src/snapshot/resources/index.js';
import {
  capturedAt,
  clusterArn,
  clusterName,
  clusterUuid,
  denied,
  roleArn,
  topic,
  uuid,
  value,
} from '../../accounts/account.js';
import { all, expectHarmless, judge, mapping, measured, textOf, type Change } from '../judging.js';

const other = '11111111-2222-4333-8444-555555555555';
/** A custom group, with the role's rights on it. */
const custom =
  (group: string): Change =>
  (snapshot) => {
    mapping({ AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: group } })(snapshot);
    const policy = `${roleArn}#kafka-access`;
    snapshot.inlinePolicies[policy] = ok(
      value(snapshot.inlinePolicies, policy).replace(`${clusterUuid}/${uuid}`, `${clusterUuid}/*`),
    );
  };
const sibling =
  (members: Partial<Mapping>): Change =>
  (snapshot) => {
    snapshot.mappings[other] = ok({ ...structuredClone(value(snapshot.mappings, uuid)), UUID: other, ...members });
    snapshot.mappingLists['*'] = ok([uuid, other]);
  };
const sumOffsetLag = (group: string) => lagMetrics(clusterName, group, topic, 0)[0]!;

test.each(['größe', 'a'.repeat(201), '', 'orders\tgroup', 'a#b', 'team\\orders'])(
  '“%s” is no group id',
  (ConsumerGroupId) =>
    expect(
      judge(
        'mapping.consumer-group',
        mapping({
          AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId },
          LastProcessingResult: 'PROBLEM: Connection error. Please check your event source connection configuration.',
        }),
      ),
    ).toMatchObject({ status: 'fail' }),
);

test.each([
  'orders-v2',
  'orders group',
  ' two  blanks ',
  'a newer form: größe',
  'team/orders:eu+blue=1@x.y_*',
  'a'.repeat(200),
])('%s is one', (group) => expectHarmless('mapping.consumer-group', 'pass', custom(group)));

describe('shared', () => {
  test('on the same topic the two a part of the records', () => {
    const finding = judge(
      'mapping.consumer-group',
      all(custom('orders-v2'), sibling({ FunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:audit' })),
    );
    expect(finding.status).toBe('warn');
    expect(finding.title).toBe('The consumer group orders-v2 is shared with another mapping');
    expect(textOf(finding)).toMatch(new RegExp(`${other}: .*a part of the records`));
  });
  test('on another topic AWS wants it used once', () =>
    expect(
      textOf(judge('mapping.consumer-group', all(custom('orders-v2'), sibling({ Topics: ['payments'] })))),
    ).toContain('on another topic; AWS requires a unique group'));
  test('on another cluster, and disabled', () =>
    expect(
      textOf(
        judge(
          'mapping.consumer-group',
          all(
            custom('orders-v2'),
            sibling({ EventSourceArn: clusterArn.replace('orders-cluster', 'other'), State: 'Disabled' }),
          ),
        ),
      ),
    ).toContain('on another cluster (it is disabled)'));
  test('with the UUID of another mapping, which is that one’s group', () =>
    expect(
      judge(
        'mapping.consumer-group',
        all(custom(other), (snapshot) => sibling({ AmazonManagedKafkaEventSourceConfig: undefined })(snapshot)),
      ).status,
    ).toBe('warn'));
  test('mappings without a group of their own never share', () =>
    expectHarmless(
      'mapping.consumer-group',
      'pass',
      sibling({ Topics: ['payments'], AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: other } }),
    ));
});

describe('a group that existed', () => {
  const creating = mapping({
    State: 'Creating',
    LastProcessingResult: 'No records processed',
    LastModified: new Date(Date.parse(capturedAt) - 60_000).toISOString(),
  });
  test('makes the starting position of a new mapping void', () => {
    const finding = judge(
      'mapping.consumer-group',
      all(custom('orders-v2'), creating, measured(sumOffsetLag('orders-v2'), [10, 12, 9])),
    );
    expect(finding.status).toBe('warn');
    expect(textOf(finding)).toContain('ignores StartingPosition TRIM_HORIZON');
  });
  test('is said of no mapping that runs: its own commits show there', () =>
    expectHarmless(
      'mapping.consumer-group',
      'pass',
      all(custom('orders-v2'), measured(sumOffsetLag('orders-v2'), [10, 12, 9])),
    ));
  test('also where it is the newest datapoints alone that come from the mapping itself', () =>
    expect(
      judge(
        'mapping.consumer-group',
        all(
          custom('orders-v2'),
          creating,
          ...lagMetrics(clusterName, 'orders-v2', topic, 0).map((metric) =>
            measured(metric, metric.name === 'SumOffsetLag' ? [10, 12, 9] : []),
          ),
        ),
      ).status,
    ).toBe('warn'));
  test('without datapoints nobody has used it', () =>
    expect(
      judge('mapping.consumer-group', all(custom('orders-v2'), creating, measured(sumOffsetLag('orders-v2'), [])))
        .status,
    ).toBe('pass'));
});

test('other mappings that could not be listed leave a custom group undecided, and the default one not', () => {
  const unlisted: Change = (snapshot) => {
    for (const key of Object.keys(snapshot.mappingLists))
      snapshot.mappingLists[key] = denied('lambda', 'ListEventSourceMappings');
  };
  expect(judge('mapping.consumer-group', all(custom('orders-v2'), unlisted))).toMatchObject({
    status: 'unknown',
    missingActions: ['lambda:ListEventSourceMappings'],
  });
  expect(judge('mapping.consumer-group', unlisted).status).toBe('pass');
});
