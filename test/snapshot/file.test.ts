import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffSnapshots } from '../../src/snapshot/diff.js';
import { formatSnapshot, parseSnapshot, SnapshotFileError } from '../../src/snapshot/file.js';
import { mappingMetrics, metricKey } from '../../src/snapshot/metrics.js';
import { ok } from '../../src/snapshot/read.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import {
  accountWith,
  clusterArn,
  deny,
  groupId,
  healthyAccount,
  notFound,
  uuid,
  value,
  vpcId,
} from '../accounts/account.js';

describe('a snapshot in a file', () => {
  test.each(['iam', 'scram', 'mtls', 'tls', 'plaintext'] as const)('comes back as it was written: %s', (auth) => {
    const account = accountWith((snapshot) => deny(snapshot, 'networkAcls', 'ec2', 'DescribeNetworkAcls'), { auth });
    const loaded = parseSnapshot(formatSnapshot(account));
    expect(loaded).toMatchObject(account);
    expect(parseSnapshot(formatSnapshot(loaded))).toEqual(loaded);
  });

  test('what no schema names does not come in', () => {
    const account = healthyAccount() as unknown as { functions: Record<string, { value: Record<string, unknown> }> };
    Object.values(account.functions)[0]!.value['Environment'] = { Variables: { TOKEN: 'marked' } };
    expect(formatSnapshot(parseSnapshot(JSON.stringify(account)))).not.toContain('marked');
  });

  test('of tags, only names and the marks of tools come in', () => {
    const account = healthyAccount();
    value(account.securityGroups, vpcId)[0]!.Tags = [
      { Key: 'Name', Value: 'msk-brokers' },
      { Key: 'aws:cloudformation:stack-name', Value: 'orders-net' },
      { Key: 'ManagedBy', Value: 'Terraform' },
      { Key: 'created-by', Value: 'jane.doe@example.com' },
      { Key: 'cost-center', Value: '4711' },
    ];
    value(account.clusters, clusterArn).Tags = { Name: 'orders', token: 'marked', terraform: 'true' };
    const loaded = parseSnapshot(JSON.stringify(account));
    expect(value(loaded.securityGroups, vpcId)[0]!.Tags?.map(({ Key: key }) => key)).toEqual([
      'Name',
      'aws:cloudformation:stack-name',
      'ManagedBy',
    ]);
    expect(value(loaded.clusters, clusterArn).Tags).toEqual({ Name: 'orders', terraform: 'true' });
  });

  const sentence = (text: string) => {
    try {
      parseSnapshot(text);
    } catch (error) {
      expect(error).toBeInstanceOf(SnapshotFileError);
      return (error as SnapshotFileError).message;
    }
    return 'loaded';
  };
  const whole = formatSnapshot(healthyAccount());

  test.each([
    { name: 'an empty file', text: '', expected: 'The snapshot is empty.' },
    {
      name: 'a truncated one',
      text: whole.slice(0, whole.length / 2),
      expected: 'The snapshot is not valid JSON; it may have been cut off.',
    },
    {
      name: 'foreign JSON',
      text: '{"Resources": {}}',
      expected: 'The file is JSON, but not a snapshot of msk-lambda.',
    },
    { name: 'a list', text: '[]', expected: 'The file is JSON, but not a snapshot of msk-lambda.' },
    {
      name: 'one without a version',
      text: '{"kind": "msk-lambda snapshot"}',
      expected: 'The snapshot has no schemaVersion.',
    },
    {
      name: 'one of a later version',
      text: '{"kind": "msk-lambda snapshot", "schemaVersion": 99}',
      expected: 'The snapshot has schemaVersion 99, this msk-lambda reads up to 1.',
    },
    {
      name: 'one with a member of the wrong type',
      text: whole.replace('"targets": [', '"targets": [7,'),
      expected: 'The snapshot is damaged at targets → 0.',
    },
  ])('$name is refused with a sentence', ({ text, expected }) => expect(sentence(text)).toBe(expected));

  const mappingOf = (snapshot: Snapshot) => value(snapshot.mappings, uuid);
  const measured = (snapshot: Snapshot) => {
    const [metric] = mappingMetrics(uuid);
    const { namespace, name, statistic } = metric!;
    const measurements = { timestamps: [snapshot.capturedAt], values: [1] };
    const value = { namespace, name, statistic, periodSeconds: 300, ...measurements };
    snapshot.metrics[metricKey(metric!)] = ok(value);
    return value;
  };
  /** Numbers and instants that AWS cannot have given. */
  const absurd: { name: string; change: (snapshot: Snapshot) => void; where: string }[] = [
    {
      name: '1e308 as a batch size',
      change: (snapshot) => void (mappingOf(snapshot).BatchSize = 1e308),
      where: `mappings → ${uuid} → value → BatchSize`,
    },
    {
      name: 'a batching window below zero',
      change: (snapshot) => void (mappingOf(snapshot).MaximumBatchingWindowInSeconds = -1),
      where: `mappings → ${uuid} → value → MaximumBatchingWindowInSeconds`,
    },
    {
      name: 'retries below “no limit”',
      change: (snapshot) => void (mappingOf(snapshot).MaximumRetryAttempts = -2),
      where: `mappings → ${uuid} → value → MaximumRetryAttempts`,
    },
    {
      name: 'NaN, which JSON writes as null',
      change: (snapshot) => void (mappingOf(snapshot).BatchSize = Number.NaN),
      where: `mappings → ${uuid} → value → BatchSize`,
    },
    {
      name: 'half a poller',
      change: (snapshot) => void (mappingOf(snapshot).ProvisionedPollerConfig = { MinimumPollers: 0.5 }),
      where: `mappings → ${uuid} → value → ProvisionedPollerConfig → MinimumPollers`,
    },
    {
      name: 'more brokers than any cluster has',
      change: (snapshot) => void (value(snapshot.clusters, clusterArn).Provisioned!.NumberOfBrokerNodes = 2e9),
      where: `clusters → ${clusterArn} → value → Provisioned → NumberOfBrokerNodes`,
    },
    {
      name: 'partitions below zero',
      change: (snapshot) => void (value(snapshot.topics, clusterArn)[0]!.PartitionCount = -6),
      where: `topics → ${clusterArn} → value → 0 → PartitionCount`,
    },
    {
      name: 'a port above 65,535',
      change: (snapshot) => void (value(snapshot.securityGroups, vpcId)[0]!.IpPermissions[0]!.ToPort = 70_000),
      where: `securityGroups → ${vpcId} → value → 0 → IpPermissions → 0 → ToPort`,
    },
    {
      name: 'a datapoint of 1e308',
      change: (snapshot) => void (measured(snapshot).values = [1e308]),
      where: 'values → 0',
    },
    {
      name: 'a datapoint in the year 275760',
      change: (snapshot) => void (measured(snapshot).timestamps = ['+275760-09-13T00:00:00.000Z']),
      where: 'timestamps → 0',
    },
    {
      name: 'a mapping changed in a thirteenth month',
      change: (snapshot) => void (mappingOf(snapshot).LastModified = '2026-13-01T00:00:00.000Z'),
      where: `mappings → ${uuid} → value → LastModified`,
    },
    {
      name: 'made in the year 12000',
      change: (snapshot) => void (snapshot.capturedAt = '+012000-01-01T00:00:00.000Z'),
      where: 'capturedAt',
    },
    {
      name: 'reads that were made less than no time',
      change: (snapshot) =>
        void (snapshot.reads = [
          { service: 'sts', operation: 'GetCallerIdentity', outcome: 'ok', calls: -1, error: null },
        ]),
      where: 'reads → 0 → calls',
    },
  ];
  test.each(absurd)('$name is refused, and where it is', ({ change, where }) => {
    const text = sentence(formatSnapshot(accountWith(change)));
    expect(text).toMatch(/^The snapshot is damaged at .*\.$/);
    expect(text.slice(0, -1)).toMatch(new RegExp(`${where.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`));
  });

  const unusual: { name: string; change: (snapshot: Snapshot) => void }[] = [
    {
      name: 'unlimited retries and age',
      change: (snapshot) =>
        void Object.assign(mappingOf(snapshot), { MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: -1 }),
    },
    {
      name: 'ICMP, all types',
      change: (snapshot) =>
        void Object.assign(value(snapshot.securityGroups, vpcId)[0]!.IpPermissions[0]!, { FromPort: -1, ToPort: -1 }),
    },
    {
      name: 'the last rule of a network ACL',
      change: (snapshot) => void (value(snapshot.networkAcls, vpcId)[0]!.Entries[0]!.RuleNumber = 32_768),
    },
    {
      name: 'a datapoint that is no whole number, and one below zero',
      change: (snapshot) => void (measured(snapshot).values = [0.125, -1]),
    },
    {
      name: 'an instant with another offset',
      change: (snapshot) => void (mappingOf(snapshot).LastModified = '2026-09-27T10:00:00+02:00'),
    },
    {
      name: 'no broker yet',
      change: (snapshot) => void (value(snapshot.clusters, clusterArn).Provisioned!.NumberOfBrokerNodes = 0),
    },
  ];
  test.each(unusual)('$name is taken', ({ change }) =>
    expect(sentence(formatSnapshot(accountWith(change)))).toBe('loaded'),
  );

  test('no text does more harm than a sentence', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void sentence(text)));
    expect(sentence('['.repeat(100_000))).toMatch(/not valid JSON/);
  });
});

describe('the difference of two snapshots', () => {
  test('none with itself, and none for measurements', () => {
    expect(diffSnapshots(healthyAccount(), healthyAccount())).toEqual([]);
    expect(
      diffSnapshots(
        healthyAccount(),
        accountWith((snapshot) => void (snapshot.metrics['one'] = notFound('cloudwatch', 'GetMetricData'))),
      ),
    ).toEqual([]);
  });

  test('a changed rule is named with both values', () => {
    const after = accountWith(
      (snapshot) => void (value(snapshot.securityGroups, vpcId)[0]!.IpPermissions[0]!.FromPort = 9094),
    );
    expect(diffSnapshots(healthyAccount(), after)).toEqual([
      {
        collection: 'securityGroups',
        resource: vpcId,
        change: 'changed',
        members: [{ member: '[0].IpPermissions[0].FromPort', before: '9098', after: '9094' }],
      },
    ]);
    expect(value(after.securityGroups, vpcId)[0]!.GroupId).toBe(groupId);
  });

  test('a cluster that is gone is removed; one that could not be read is not', () => {
    const gone = accountWith(
      (snapshot) => void (snapshot.clusters[clusterArn] = notFound('kafka', 'DescribeClusterV2')),
    );
    expect(diffSnapshots(healthyAccount(), gone)).toMatchObject([{ collection: 'clusters', change: 'removed' }]);
    expect(diffSnapshots(gone, healthyAccount())).toMatchObject([{ collection: 'clusters', change: 'added' }]);
    const denied = accountWith((snapshot) => deny(snapshot, 'clusters', 'kafka', 'DescribeClusterV2'));
    expect(diffSnapshots(healthyAccount(), denied)).toMatchObject([
      { change: 'changed', members: [{ after: '"not read: denied"' }] },
    ]);
  });
});
