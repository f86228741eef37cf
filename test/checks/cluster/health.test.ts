import { describe, expect, test } from 'vitest';
import { diagnoseMapping } from '../../../src/diagnosis/diagnose.js';
import { clusterMetrics, metricKey } from '../../../src/snapshot/metrics.js';
import { ok } from '../../../src/snapshot/read.js';
import {
  account,
  accountWith,
  clusterArn,
  clusterName,
  denied,
  groupId,
  subnetIds,
  uuid,
  value,
} from '../../accounts/account.js';
import { all, expectHarmless, judge, measured, textOf, shows, type Change } from '../judging.js';

const wanted = clusterMetrics(clusterName, 3);
const broker = (id: number, name: string, values: number[]): Change =>
  measured(
    wanted.find((metric) => metric.name === name && metric.dimensions['Broker ID'] === String(id))!,
    values,
  );
const calm: Change = all(
  ...[1, 2, 3].flatMap((id) => [
    broker(id, 'CpuUser', [20, 22, 21]),
    broker(id, 'CpuSystem', [5, 5, 5]),
    broker(id, 'KafkaDataLogsDiskUsed', [60, 60, 61]),
    broker(id, 'ConnectionCount', [200, 210, 190]),
  ]),
);
const offline = (count: number): Change =>
  measured(
    wanted.find(({ name }) => name === 'OfflinePartitionsCount')!,
    [0, count],
  );

test.each<[string, Change, RegExp]>([
  ['disk', broker(2, 'KafkaDataLogsDiskUsed', [80, 86, 92]), /the disk of broker 2 is 92 % full/],
  [
    'CPU',
    all(broker(3, 'CpuUser', [55, 58, 60]), broker(3, 'CpuSystem', [14, 15, 16])),
    /the CPU of broker 3 was 73 % busy/,
  ],
  ['connections', broker(1, 'ConnectionCount', [2000, 2990]), /broker 1 has 2990 connections; by IAM it takes 3000/],
  ['offline partitions', offline(4), /4 partitions are offline/],
])('%s', (_, change, says) => {
  const finding = judge('cluster.health', all(calm, change));
  expect(finding.status).toBe('warn');
  expect(textOf(finding)).toMatch(says);
});

describe('no alarm', () => {
  test.each<[string, Change]>([
    ['a calm cluster', all(calm, offline(0))],
    [
      'user time of one broker and system time of another are not added',
      all(calm, broker(1, 'CpuUser', [45]), broker(2, 'CpuUser', []), broker(2, 'CpuSystem', [40])),
    ],
    ['a busy minute', all(calm, broker(1, 'CpuUser', [10, 10, 10, 10, 90]))],
    ['partitions that came back', all(calm, measured(wanted[0]!, [4, 0]))],
    [
      'many connections where the limit may be raised',
      all(calm, broker(1, 'ConnectionCount', [4000]), (snapshot) => {
        Object.assign(value(snapshot.clusters, clusterArn).Provisioned!.CurrentBrokerSoftwareInfo!, {
          ConfigurationArn: 'arn:aws:kafka:eu-west-1:111122223333:configuration/orders/1',
        });
      }),
    ],
  ])('%s', (_, change) => expectHarmless('cluster.health', 'pass', change));
  test('many connections that are not by IAM', () =>
    expectHarmless('cluster.health', 'pass', all(calm, broker(1, 'ConnectionCount', [9000])), { auth: 'scram' }));
  test('no metrics', () =>
    expectHarmless('cluster.health', 'skip', all(...[1, 2, 3].map((id) => broker(id, 'CpuUser', [])))));
});

test('unread', () => {
  const finding = judge('cluster.health', (snapshot) => {
    for (const metric of wanted) snapshot.metrics[metricKey(metric)] = denied('cloudwatch', 'GetMetricData');
  });
  expect(finding).toMatchObject({ status: 'unknown', missingActions: ['cloudwatch:GetMetricData'] });
});

test('another account’s cluster has its metrics there, though it shows itself', () => {
  const owners = clusterArn.replace(account, '444455556666');
  const connection = `arn:aws:kafka:eu-west-1:${account}:vpc-connection/444455556666/orders-cluster/11111111-2222-3333-4444-555555555555-2`;
  const shared: Change = (snapshot) => {
    value(snapshot.mappings, uuid).EventSourceArn = connection;
    snapshot.vpcConnections[connection] = ok({
      VpcConnectionArn: connection,
      TargetClusterArn: owners,
      State: 'AVAILABLE',
      Authentication: 'SASL_IAM',
      Subnets: subnetIds,
      SecurityGroups: [groupId],
    });
    snapshot.clusters = { [owners]: ok({ ...value(snapshot.clusters, clusterArn), ClusterArn: owners }) };
  };
  for (const id of ['cluster.health', 'lag.traffic'] as const) expect(judge(id, shared).status, id).toBe('skip');
});

test('a warning that explains the text is a cause', () => {
  const diagnosis = diagnoseMapping(
    accountWith(
      all(
        calm,
        offline(4),
        shows('PROBLEM: Connection error. Please check your event source connection configuration.'),
      ),
    ),
    uuid,
  );
  expect(diagnosis.causes.map(({ check }) => check)).toEqual(['cluster.health']);
});
