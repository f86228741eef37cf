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

test.each<{ name: string; change: Change; titles: RegExp[] }>([
  { name: 'disk', change: broker(2, 'KafkaDataLogsDiskUsed', [80, 86, 92]), titles: [/retention/] },
  { name: 'CPU', change: broker(3, 'CpuUser', [75, 78, 70]), titles: [/larger broker type/] },
  { name: 'connections', change: broker(1, 'ConnectionCount', [2000, 2990]), titles: [/max\.connections/] },
  { name: 'offline partitions', change: offline(4), titles: [/^Find out why partitions are offline/] },
  {
    name: 'two facts',
    change: all(offline(1), broker(2, 'KafkaDataLogsDiskUsed', [90])),
    titles: [/^Find out why partitions are offline/, /retention/],
  },
])('$name: a fix of its own', ({ change, titles }) => {
  const { fixes } = judge('cluster.health', all(calm, change));
  expect(fixes).toHaveLength(titles.length);
  for (const [index, title] of titles.entries()) expect(fixes[index]!.title).toMatch(title);
});

test.each<{ name: string; change: Change; says: RegExp }>([
  { name: 'disk', change: broker(2, 'KafkaDataLogsDiskUsed', [80, 86, 92]), says: /the disk of broker 2 is 92 % full/ },
  {
    name: 'CPU',
    change: all(broker(3, 'CpuUser', [55, 58, 60]), broker(3, 'CpuSystem', [14, 15, 16])),
    says: /the CPU of broker 3 was 73 % busy/,
  },
  {
    name: 'connections',
    change: broker(1, 'ConnectionCount', [2000, 2990]),
    says: /broker 1 has 2990 of at most 3000 IAM connections/,
  },
  { name: 'offline partitions', change: offline(4), says: /4 partitions are offline/ },
])('$name', ({ change, says }) => {
  const finding = judge('cluster.health', all(calm, change));
  expect(finding.status).toBe('warn');
  expect(textOf(finding)).toMatch(says);
});

describe('no alarm', () => {
  test.each<{ name: string; change: Change }>([
    { name: 'a calm cluster', change: all(calm, offline(0)) },
    {
      name: 'user time of one broker and system time of another are not added',
      change: all(calm, broker(1, 'CpuUser', [45]), broker(2, 'CpuUser', []), broker(2, 'CpuSystem', [40])),
    },
    { name: 'a busy minute', change: all(calm, broker(1, 'CpuUser', [10, 10, 10, 10, 90])) },
    { name: 'partitions that came back', change: all(calm, measured(wanted[0]!, [4, 0])) },
    {
      name: 'many connections where the limit may be raised',
      change: all(calm, broker(1, 'ConnectionCount', [4000]), (snapshot) => {
        Object.assign(value(snapshot.clusters, clusterArn).Provisioned!.CurrentBrokerSoftwareInfo!, {
          ConfigurationArn: 'arn:aws:kafka:eu-west-1:111122223333:configuration/orders/1',
        });
      }),
    },
  ])('$name', ({ change }) => expectHarmless('cluster.health', 'pass', change));
  test('many connections that are not by IAM', () =>
    expectHarmless('cluster.health', 'pass', all(calm, broker(1, 'ConnectionCount', [9000])), { auth: 'scram' }));
  test('no metrics', () =>
    expectHarmless('cluster.health', 'skip', all(...[1, 2, 3].map((id) => broker(id, 'CpuUser', [])))));
});

describe('new connections per second', () => {
  const brokers = (InstanceType: string | undefined, EnhancedMonitoring: string | undefined = 'PER_BROKER'): Change =>
    all(calm, (snapshot) => {
      const provisioned = value(snapshot.clusters, clusterArn).Provisioned!;
      provisioned.EnhancedMonitoring = EnhancedMonitoring;
      provisioned.BrokerNodeGroupInfo!.InstanceType = InstanceType;
    });
  const rate = (...values: number[]): Change => broker(2, 'ConnectionCreationRate', values);
  const small = brokers('kafka.t3.small');
  const sasl = shows('PROBLEM: SASL authentication failed.');

  test.each<{ name: string; change: Change; says: RegExp }>([
    {
      name: 'more than a kafka.t3.small broker takes',
      change: all(small, rate(1, 2, 6.25)),
      says: /broker 2 had up to 6.3 new connections per second \(limit with IAM: 4\)/,
    },
    {
      name: 'several brokers are one line',
      change: all(small, ...[1, 2, 3].map((id) => broker(id, 'ConnectionCreationRate', [id + 4]))),
      says: /brokers 1, 2 and 3 had up to 7 new connections per second/,
    },
    { name: 'nearly as many', change: all(small, rate(3.6)), says: /up to 3.6 new connections/ },
    { name: 'again and again', change: all(small, rate(5, 1, 5, 1, 5, 1, 1, 1, 1)), says: /up to 5 new connections/ },
    {
      name: 'more than any other type takes',
      change: all(brokers('kafka.m7g.large'), rate(120)),
      says: /up to 120 new connections per second \(limit with IAM: 100\)/,
    },
    {
      name: 'Express brokers, too',
      change: all(brokers('express.m7g.large'), rate(99)),
      says: /limit with IAM: 100/,
    },
    {
      name: 'a configuration raises the number of open connections, not that of new ones',
      change: all(small, rate(9), (snapshot) => {
        Object.assign(value(snapshot.clusters, clusterArn).Provisioned!.CurrentBrokerSoftwareInfo!, {
          ConfigurationArn: 'arn:aws:kafka:eu-west-1:111122223333:configuration/orders/1',
        });
      }),
      says: /up to 9 new connections/,
    },
  ])('$name', ({ change, says }) => {
    const finding = judge('cluster.health', change);
    expect(finding.status).toBe('warn');
    expect(textOf(finding)).toMatch(says);
  });
  test('it explains that logins fail now and then', () =>
    expect(
      diagnoseMapping(accountWith(all(small, rate(8, 8, 8), sasl)), uuid).causes.map(({ check }) => check),
    ).toEqual(['cluster.health']));
  test('with the command for larger brokers, for the smallest type only', () => {
    const commands = (change: Change) => judge('cluster.health', change).fixes[0]!.commands;
    expect(commands(all(small, rate(8)))![0]).toMatch(
      /^aws kafka update-broker-type --cluster-arn arn:\S+ --current-version \S+ --target-instance-type kafka\.m7g\.large$/,
    );
    expect(commands(all(brokers('kafka.m7g.large'), rate(200)))).toBeUndefined();
  });
  test.each<[string, Change]>([
    ['few', all(small, rate(1, 0, 2))],
    ['none', all(small, rate(0, 0, 0))],
    ['clients that came back once, together', all(small, rate(7, 7, 1, 1, 1))],
    ['many, where the type takes them', all(brokers('kafka.m5.large'), rate(40))],
    ['an instance type that is not told', all(brokers(undefined), rate(400))],
    ['not shown, of brokers that take 100, on a mapping that works', brokers('kafka.m7g.large', 'DEFAULT')],
  ])('%s: no alarm', (_, change) => expectHarmless('cluster.health', 'pass', change));
  const alsoScram: Change = (snapshot) => {
    value(snapshot.clusters, clusterArn).Provisioned!.ClientAuthentication!.Sasl!.Scram = { Enabled: true };
  };
  test('many, and clients of other listeners are counted with them: not known', () => {
    const finding = judge('cluster.health', all(small, rate(40), alsoScram));
    expect(finding.status).toBe('unknown');
    expect(finding.title).toContain('40 new connections per second');
    expectHarmless('cluster.health', 'pass', all(small, rate(2), alsoScram));
  });
  test('a login that is not by IAM', () =>
    expectHarmless('cluster.health', 'pass', all(small, rate(400)), { auth: 'scram' }));
  test.each<{ name: string; change: Change; says: string }>([
    { name: 'small brokers', change: brokers('kafka.t3.small', 'DEFAULT'), says: 'level is DEFAULT' },
    {
      name: 'an unknown level',
      change: all(brokers('kafka.t3.small'), (snapshot) => {
        delete value(snapshot.clusters, clusterArn).Provisioned!.EnhancedMonitoring;
      }),
      says: 'level is unknown',
    },
    {
      name: 'a mapping whose logins fail',
      change: all(brokers('kafka.m7g.large', 'DEFAULT'), sasl),
      says: 'PER_BROKER or higher is needed',
    },
  ])('not shown, and not taken for well: $name', ({ change, says }) => {
    const finding = judge('cluster.health', change);
    expect(finding.status).toBe('unknown');
    expect(finding.title).toContain(says);
  });
  test('not shown is no doubt about a mapping that works', () =>
    expect(diagnoseMapping(accountWith(brokers('kafka.t3.small', 'DEFAULT')), uuid).verdict).not.toBe('unknown'));
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
