import { describe, expect, test } from 'vitest';
import { ok } from '../../../src/snapshot/read.js';
import type { Mapping } from '../../../src/snapshot/resources/index.js';
import { account, clusterArn, deny, denied, region, subnetIds, uuid, value, vpcId } from '../../accounts/account.js';
import { all, expectHarmless, expectMended, judge, mapping, textOf, shows, type Change } from '../judging.js';

const id = 'mapping.poller-group';
const group = 'team-a';
const failed = shows('PROBLEM: Connection error. Please check your event source connection configuration.');
const grouped = (MaximumPollers?: number): Change =>
  mapping({ ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers, PollerGroupName: group } });
const uuidOf = (index: number) => `11111111-2222-4333-8444-${String(index).padStart(12, '0')}`;

/** Further mappings of the group, on the same cluster unless they name another. */
const others =
  (count: number, members: Partial<Mapping> = {}): Change =>
  (snapshot) => {
    const list = value(snapshot.mappingLists, '*');
    for (let index = 0; index < count; index++) {
      const other = uuidOf(list.length);
      list.push(other);
      snapshot.mappings[other] = ok({
        ...structuredClone(value(snapshot.mappings, uuid)),
        UUID: other,
        Topics: [`orders-${index}`],
        AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: other },
        ...members,
      });
    }
  };
const otherArn = clusterArn.replace(':cluster/', ':cluster/other-');
const otherSubnet = 'subnet-0a1b2c3d4e5f60777';
/** A second cluster, in the VPC or in another one. */
const otherCluster =
  (VpcId: string): Change =>
  (snapshot) => {
    const cluster = structuredClone(value(snapshot.clusters, clusterArn));
    cluster.Provisioned!.BrokerNodeGroupInfo!.ClientSubnets = [otherSubnet];
    snapshot.clusters[otherArn] = ok({ ...cluster, ClusterArn: otherArn });
    snapshot.subnets[otherSubnet] = ok({
      ...structuredClone(value(snapshot.subnets, subnetIds[0]!)),
      SubnetId: otherSubnet,
      VpcId,
    });
  };
const connectionArn = `arn:aws:kafka:${region}:${account}:vpc-connection/444455556666/shared/0a1b2c3d-1111-4222-8333-444455556666-2`;
const connection =
  (VpcId: string): Change =>
  (snapshot) =>
    void (snapshot.vpcConnections[connectionArn] = ok({
      VpcConnectionArn: connectionArn,
      VpcId,
      Subnets: [],
      SecurityGroups: [],
    }));

describe('over a limit', () => {
  test.each<{ name: string; change: Change; says: RegExp }>([
    { name: '101 mappings', change: all(grouped(1), others(100)), says: /has 101 mappings; the limit is 100/ },
    {
      name: 'maximum event pollers over 2,000',
      change: all(grouped(1500), others(1, {})),
      says: /of its 2 mappings add up to 3,000; the limit is 2,000/,
    },
    {
      name: 'the default maximum counts as 200',
      change: all(grouped(undefined), others(10)),
      says: /of its 11 mappings add up to 2,200/,
    },
    {
      name: 'a cluster in another VPC',
      change: all(grouped(1), otherCluster('vpc-0a1b2c3d4e5f60999'), others(1, { EventSourceArn: otherArn })),
      says: /is in vpc-0a1b2c3d4e5f60999, this mapping is in vpc-/,
    },
    {
      name: 'a VPC connection in another VPC',
      change: all(grouped(1), connection('vpc-0a1b2c3d4e5f60999'), others(1, { EventSourceArn: connectionArn })),
      says: /is in vpc-0a1b2c3d4e5f60999/,
    },
    {
      name: 'two limits at once',
      change: all(grouped(100), others(100)),
      says: /has 101 mappings[^]*add up to 10,100/,
    },
  ])('$name', ({ change, says }) => {
    const finding = judge(id, all(failed, change));
    expect(finding.status).toBe('fail');
    expect(textOf(finding)).toMatch(says);
    expect(judge(id, change).status, 'a mapping that works').toBe('warn');
  });

  test('found first, taken out of its group, healthy', () => {
    expectMended(id, all(failed, grouped(1), others(100)));
    expectMended(id, all(failed, grouped(1500), others(1)));
  });
  test('its fix can be taken back, and keeps the other settings', () => {
    const [leave, byHand] = judge(id, all(grouped(1500), others(1))).fixes;
    expect(leave!.changes[0]).toMatchObject({
      input: { ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 1500, PollerGroupName: '' } },
      undo: { input: { ProvisionedPollerConfig: { MaximumPollers: 1500, PollerGroupName: group } } },
    });
    expect(byHand!.commands).toContain(`msk-lambda update ${uuid} --poller-group NEW_GROUP`);
  });
});

describe('no alarm', () => {
  test.each<{ name: string; status: 'pass' | 'skip'; change: Change }>([
    { name: 'on-demand', status: 'skip', change: () => {} },
    { name: 'no group', status: 'skip', change: mapping({ ProvisionedPollerConfig: { MinimumPollers: 1 } }) },
    {
      name: 'a group that was left',
      status: 'skip',
      change: mapping({ ProvisionedPollerConfig: { MinimumPollers: 1, PollerGroupName: '' } }),
    },
    { name: 'alone in its group', status: 'pass', change: grouped(2000) },
    { name: '100 mappings', status: 'pass', change: all(grouped(1), others(99)) },
    { name: '2,000 event pollers', status: 'pass', change: all(grouped(1000), others(1)) },
    {
      name: 'a mapping that is being deleted',
      status: 'pass',
      change: all(grouped(1), others(99), others(1, { State: 'Deleting' })),
    },
    {
      name: 'many mappings of other groups',
      status: 'pass',
      change: all(grouped(1), others(150, { ProvisionedPollerConfig: { PollerGroupName: 'team-b' } })),
    },
    {
      name: 'another cluster in the same VPC',
      status: 'pass',
      change: all(grouped(1), otherCluster(vpcId), others(1, { EventSourceArn: otherArn })),
    },
    {
      name: 'a VPC connection in the same VPC',
      status: 'pass',
      change: all(grouped(1), connection(vpcId), others(1, { EventSourceArn: connectionArn })),
    },
  ])('$name', ({ status, change }) => expectHarmless(id, status, change));
});

describe('unread', () => {
  test('the list of the mappings', () =>
    expect(
      judge(
        id,
        all(grouped(1), (snapshot) => void (snapshot.mappingLists['*'] = denied('lambda', 'ListEventSourceMappings'))),
      ),
    ).toMatchObject({ status: 'unknown', missingActions: ['lambda:ListEventSourceMappings'] }));
  test('a list that was never asked for is not an empty one', () =>
    expect(
      judge(
        id,
        all(grouped(1), (snapshot) => void delete snapshot.mappingLists['*']),
      ).status,
    ).toBe('unknown'));
  test('the cluster of another mapping', () =>
    expect(
      judge(
        id,
        all(grouped(1), others(1, { EventSourceArn: otherArn }), (snapshot) => {
          snapshot.clusters[otherArn] = denied('kafka', 'DescribeClusterV2', otherArn);
        }),
      ),
    ).toMatchObject({ status: 'unknown', missingActions: ['kafka:DescribeClusterV2'] }));
  test('the subnets, where a limit is exceeded all the same', () =>
    expect(
      judge(
        id,
        all(failed, grouped(1), others(100), (snapshot) => deny(snapshot, 'subnets', 'ec2', 'DescribeSubnets')),
      ).status,
    ).toBe('fail'));
});
