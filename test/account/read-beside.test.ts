import { describe, expect, it } from 'vitest';
import type { Answerer } from '../../src/account/clients.js';
import type { Mapping } from '../../src/snapshot/resources/index.js';
import {
  accountWith,
  clusterArn,
  groupId,
  healthyAccount,
  roleArn,
  rule,
  subnetIds,
  uuid,
  value,
  vpcId,
} from '../accounts/account.js';
import { answerFrom, awsError } from './support/answer-from.js';
import { readThrough, recording } from './support/read.js';

const mappingWith = (change: (mapping: Mapping) => void) =>
  accountWith((snapshot) => change(value(snapshot.mappings, uuid)));

/** An account whose answers to some operations are given here. */
const answering = (
  account: ReturnType<typeof healthyAccount>,
  answers: Record<string, (input: object) => object>,
): Answerer => {
  const answer = answerFrom(account);
  return async (call) => answers[call.operation]?.(call.input) ?? answer(call);
};
const read = async (answerer: Answerer) => (await readThrough(answerer, { targets: [uuid] })).snapshot;

it('the account is that of the function where nobody says whose credentials these are', async () => {
  const refused = answering(healthyAccount(), {
    GetCallerIdentity: () => {
      throw awsError('AccessDenied', 403);
    },
  });
  expect(await read(refused)).toMatchObject({ account: '111122223333', caller: null });
});

describe('an on-failure destination', () => {
  const to = (destination: string) =>
    mappingWith((mapping) => {
      mapping.DestinationConfig = { OnFailure: { Destination: destination } };
    });

  it('queue: by its URL', async () => {
    const arn = 'arn:aws:sqs:eu-west-1:111122223333:failed-orders';
    const { answerer, calls } = recording(
      answering(to(arn), { GetQueueAttributes: () => ({ Attributes: { QueueArn: arn, KmsMasterKeyId: 'alias/k' } }) }),
    );
    expect((await read(answerer)).destinations[arn]).toEqual({
      outcome: 'ok',
      value: { arn, kind: 'sqs', region: 'eu-west-1', kmsKeyId: 'alias/k' },
    });
    expect(calls.find((call) => call.service === 'sqs')?.input).toMatchObject({
      QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/failed-orders',
    });
  });

  it('topic, bucket, and one that is gone', async () => {
    const [topic, bucket] = ['arn:aws:sns:eu-west-1:111122223333:failed', 'arn:aws:s3:::failed-orders'];
    expect(
      (await read(answering(to(topic), { GetTopicAttributes: () => ({ Attributes: {} }) }))).destinations[topic],
    ).toMatchObject({ value: { kind: 'sns' } });
    expect(
      (
        await read(
          answering(to(bucket), {
            HeadBucket: () => ({ BucketRegion: 'us-east-1' }),
            GetBucketPolicy: () => ({ Policy: '{}' }),
          }),
        )
      ).destinations[bucket],
    ).toMatchObject({ value: { region: 'us-east-1', policy: '{}' } });
    const without = (name: string, status: number) =>
      answering(to(bucket), {
        HeadBucket: () => ({ BucketRegion: 'us-east-1' }),
        GetBucketPolicy: () => {
          throw awsError(name, status);
        },
      });
    expect((await read(without('NoSuchBucketPolicy', 404))).destinations[bucket]).toMatchObject({
      value: { policy: '' },
    });
    expect((await read(without('MethodNotAllowed', 405))).destinations[bucket]).not.toHaveProperty('value.policy');
    const gone = answering(to(bucket), {
      HeadBucket: () => {
        throw awsError('NotFound', 404);
      },
    });
    expect((await read(gone)).destinations[bucket]).toMatchObject({ outcome: 'not-found', action: 's3:ListBucket' });
  });
});

describe('the pollers’ log', () => {
  const line = (members: object) => JSON.stringify({ level: 'WARN', eventType: 'ESM_PROCESSING_EVENT', ...members });
  const events = [
    {
      timestamp: 1_795_514_400_000,
      logStreamName: `2026/11/24/${uuid}`,
      message: line({
        error: { errorCode: 'ConnectionError', errorMessage: 'no answer' },
        networkConfig: { subnetCidr: '10.0.0.0/24' },
      }),
    },
    { timestamp: 1_795_514_400_000, logStreamName: '2026/11/24/another', message: line({}) },
    { logStreamName: `2026/11/24/${uuid}`, message: 'START RequestId' },
    { logStreamName: `2026/11/24/${uuid}`, message: 'null' },
  ];

  it('is read only where it is turned on, from every page', async () => {
    const { answerer, calls } = recording(answerFrom(healthyAccount()));
    await read(answerer);
    expect(calls.some((call) => call.service === 'logs')).toBe(false);
    const account = mappingWith((mapping) => {
      mapping.LoggingConfig = { SystemLogLevel: 'INFO' };
    });
    const snapshot = await read(
      answering(account, {
        FilterLogEvents: (input) => ('nextToken' in input ? { events } : { events: [], nextToken: 'more' }),
      }),
    );
    expect(value(snapshot.pollerLogs, uuid)).toMatchObject([
      { errorCode: 'ConnectionError', errorMessage: 'no answer', subnetCidr: '10.0.0.0/24', level: 'WARN' },
    ]);
  });
});

describe('a VPC', () => {
  it('with prefix lists, a transit gateway and a peering in its rules and routes has each of them read', async () => {
    const account = accountWith((snapshot) => {
      const group = value(snapshot.securityGroups, vpcId).find((group) => group.GroupId === groupId)!;
      group.IpPermissions.push(rule(9098, 9098, { PrefixListIds: [{ PrefixListId: 'pl-1' }] }));
      value(snapshot.routeTables, vpcId)[1]!.Routes.push(
        { DestinationCidrBlock: '0.0.0.0/0', TransitGatewayId: 'tgw-1', State: 'active' },
        { DestinationCidrBlock: '10.9.0.0/16', VpcPeeringConnectionId: 'pcx-1', State: 'active' },
        { DestinationPrefixListId: 'pl-2', GatewayId: 'vpce-s3', State: 'active' },
      );
    });
    const snapshot = await read(
      answering(account, {
        GetManagedPrefixListEntries: () => ({ Entries: [{ Cidr: '10.0.0.0/16' }] }),
        DescribeTransitGatewayVpcAttachments: () => ({
          TransitGatewayVpcAttachments: [
            { TransitGatewayAttachmentId: 'a-1', TransitGatewayId: 'tgw-1', VpcId: vpcId },
          ],
        }),
        DescribeTransitGatewayAttachments: () => ({
          TransitGatewayAttachments: [
            {
              TransitGatewayAttachmentId: 'a-1',
              ResourceId: vpcId,
              Association: { TransitGatewayRouteTableId: 'tgw-rtb-1' },
            },
          ],
        }),
        SearchTransitGatewayRoutes: () => ({
          Routes: [{ DestinationCidrBlock: '0.0.0.0/0', State: 'active', Type: 'static' }],
        }),
        DescribeVpcPeeringConnections: () => ({
          VpcPeeringConnections: [{ VpcPeeringConnectionId: 'pcx-1', Status: { Code: 'active' } }],
        }),
      }),
    );
    expect(snapshot.prefixLists).toEqual({
      'pl-1': { outcome: 'ok', value: ['10.0.0.0/16'] },
      'pl-2': { outcome: 'ok', value: ['10.0.0.0/16'] },
    });
    expect(value(snapshot.transitGatewayVpcAttachments, vpcId)).toHaveLength(1);
    expect(value(snapshot.transitGatewayRoutes, 'tgw-rtb-1')).toMatchObject([{ DestinationCidrBlock: '0.0.0.0/0' }]);
    expect(value(snapshot.peerings, 'pcx-1').Status?.Code).toBe('active');
  });

  it('has its resolver read wherever interface endpoints are, since another one may know those without private DNS', async () => {
    const account = accountWith((snapshot) =>
      value(snapshot.vpcEndpoints, vpcId).forEach((endpoint) => (endpoint.PrivateDnsEnabled = false)),
    );
    expect(Object.keys((await read(answerFrom(account))).dhcpOptions)).toEqual(Object.keys(account.dhcpOptions));
  });

  it('is not asked about where the subnets could not be read', async () => {
    const refuse = () => {
      throw awsError('UnauthorizedOperation', 403);
    };
    const { answerer, calls } = recording(answering(healthyAccount(), { DescribeSubnets: refuse }));
    const snapshot = await read(answerer);
    expect(calls.filter((call) => call.service === 'ec2').map((call) => call.operation)).toEqual(['DescribeSubnets']);
    expect(snapshot.subnets[subnetIds[0]!]?.outcome).toBe('denied');
  });
});

describe('a cross-account mapping', () => {
  const connection =
    'arn:aws:kafka:eu-west-1:111122223333:vpc-connection/444455556666/far/1b2c3d4e-5f60-7182-93a4-b5c6d7e8f900-2';
  const target = 'arn:aws:kafka:eu-west-1:444455556666:cluster/far/9c8d7e6f-0000-1111-2222-333344445555-2';

  it('has its connection, its own network, and of the cluster what the other account shows', async () => {
    const account = mappingWith((mapping) => {
      mapping.EventSourceArn = connection;
    });
    const snapshot = await read(
      answering(account, {
        DescribeVpcConnection: () => ({
          VpcConnectionArn: connection,
          TargetClusterArn: target,
          State: 'AVAILABLE',
          VpcId: vpcId,
          Subnets: subnetIds,
          SecurityGroups: [groupId],
        }),
        GetBootstrapBrokers: () => ({ BootstrapBrokerStringVpcConnectivitySaslIam: 'b-1.far:14001' }),
        GetClusterPolicy: () => ({ Policy: '{}' }),
      }),
    );
    expect(value(snapshot.vpcConnections, connection).State).toBe('AVAILABLE');
    expect(snapshot.clusters[target]?.outcome).toBe('not-found');
    expect(value(snapshot.bootstrapBrokers, target)).toEqual({
      BootstrapBrokerStringVpcConnectivitySaslIam: 'b-1.far:14001',
    });
    expect(value(snapshot.clusterPolicies, target)).toBe('{}');
    expect(value(snapshot.subnets, subnetIds[0]!).VpcId).toBe(vpcId);
  });
});

it('a policy whose blanks are encoded as forms do', async () => {
  const document =
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kafka-cluster:*", "Resource": "*", "Sid": "a+b"}]}';
  const snapshot = await read(
    answering(healthyAccount(), {
      GetRolePolicy: () => ({ PolicyDocument: encodeURIComponent(document).replaceAll('%20', '+') }),
    }),
  );
  expect(value(snapshot.inlinePolicies)).toBe(document);
});

describe('the cluster’s own policy', () => {
  it.each([
    [false, 'OK', 0],
    [false, ' ok. ', 0],
    [false, 'no records processed.', 0],
    [true, 'OK', 1],
    [false, 'PROBLEM: Cluster failed to authorize Lambda.', 1],
  ])(
    'is asked for only where the role itself says nothing of Kafka (%s), or where Lambda shows an error (%s)',
    async (silent, text, times) => {
      const account = accountWith((snapshot) => {
        value(snapshot.mappings, uuid).LastProcessingResult = text;
        if (silent) snapshot.inlinePolicyNames[roleArn] = { outcome: 'ok', value: [] };
      });
      const { answerer, calls } = recording(
        answering(account, { GetClusterPolicy: () => ({ Policy: '{"Statement":[]}' }) }),
      );
      const snapshot = await read(answerer);
      expect(calls.filter((call) => call.operation === 'GetClusterPolicy')).toHaveLength(times);
      expect(Object.keys(snapshot.clusterPolicies)).toHaveLength(times);
    },
  );
});

describe('a Serverless cluster', () => {
  it('is not asked for topics, and gives its subnets', async () => {
    const arn = clusterArn.replace(/-2$/, '-s2');
    const account = accountWith((snapshot) => {
      value(snapshot.mappings, uuid).EventSourceArn = arn;
      snapshot.clusters[arn] = {
        outcome: 'ok',
        value: {
          ClusterArn: arn,
          ClusterType: 'SERVERLESS',
          Serverless: { VpcConfigs: [{ SubnetIds: [subnetIds[0]!], SecurityGroupIds: [groupId] }] },
        },
      };
    });
    const { answerer, calls } = recording(answerFrom(account));
    const snapshot = await read(answerer);
    expect(calls.some((call) => call.operation === 'ListTopics')).toBe(false);
    expect(Object.keys(snapshot.subnets)).toEqual([subnetIds[0]]);
  });
});
