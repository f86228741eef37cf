/** Accounts that work and look odd in ways in which real ones do: nothing in them fails. */
import {
  account,
  clusterArn,
  clusterName,
  clusterUuid,
  endpointGroupId,
  fromGroup,
  functionArn,
  groupId,
  interfaceEndpoint,
  managedPolicyArn,
  region,
  roleArn,
  rule,
  secretArn,
  subnetIds,
  topic,
  uuid,
  value,
  vpcId,
  keyArn,
  type HealthyOptions,
} from '../accounts/account.js';
import { ok } from '../../src/snapshot/read.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { addSelfManaged, selfManagedUuid } from '../../src/sandbox/accounts/self-managed.js';
import { counted, counts, every, metricsOn } from '../checks/counting.js';
import {
  acls,
  allow,
  cluster,
  deny,
  document,
  endpoints,
  functionOf,
  group,
  inline,
  mapping,
  role,
  tables,
  type Story,
} from './parts.js';

export interface UnusualAccount {
  name: string;
  options?: HealthyOptions;
  change: Story;
  verdict?: 'healthy' | 'at-risk' | 'disabled';
  /** Checks that warn. */
  warns?: readonly string[];
  /** Its metrics decide, which only an account that is read has. */
  asRead?: boolean;
}

/** Every name of the account in another partition and region. */
export function moveTo(snapshot: Snapshot, partition: string, to: string, suffix: string): void {
  const moved = JSON.stringify(snapshot)
    .replaceAll('"partition":"aws"', `"partition":"${partition}"`)
    .replaceAll('arn:aws:', `arn:${partition}:`)
    .replaceAll('.amazonaws.com', `.${suffix}`)
    .replaceAll(`lambda.${suffix}\\`, 'lambda.amazonaws.com\\')
    .replaceAll(region, to);
  for (const key of Object.keys(snapshot)) delete (snapshot as unknown as Record<string, unknown>)[key];
  Object.assign(snapshot, JSON.parse(moved));
}

const owner = '444455556666';
export const connectionArn = `arn:aws:kafka:${region}:${account}:vpc-connection/${owner}/${clusterName}/9a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2`;

/** The mapping reads another account's cluster by a VPC connection of this authentication. */
export const byConnection =
  (authentication: string): Story =>
  (s) => {
    const target = clusterArn.replace(account, owner);
    mapping(s).EventSourceArn = connectionArn;
    s.mappingLists = { '*': ok([uuid]), [connectionArn]: ok([uuid]) };
    s.vpcConnections[connectionArn] = ok({
      VpcConnectionArn: connectionArn,
      TargetClusterArn: target,
      State: 'AVAILABLE',
      Authentication: authentication,
      VpcId: vpcId,
      Subnets: [...subnetIds],
      SecurityGroups: [groupId],
    });
    group(s).IpPermissions = [rule(14_001, 14_100, fromGroup(groupId))];
    const refused = (operation: string) => ({
      outcome: 'denied' as const,
      service: 'kafka',
      operation,
      action: `kafka:${operation}`,
      resource: target,
      error: 'AccessDeniedException',
    });
    s.managedPolicies[managedPolicyArn] = ok(
      value(s.managedPolicies, managedPolicyArn).replace(
        '"kafka:DescribeCluster"',
        '"kafka:DescribeVpcConnection","kafka:DescribeCluster"',
      ),
    );
    s.clusters = { [target]: refused('DescribeClusterV2') };
    s.bootstrapBrokers = { [target]: refused('GetBootstrapBrokers') };
    s.clusterPolicies = { [target]: refused('GetClusterPolicy') };
    s.topics = {};
    s.scramSecrets = {};
    if (authentication === 'SASL_IAM')
      inline(s, allow('kafka-cluster:*', `arn:aws:kafka:${region}:${owner}:*/${clusterName}/*`));
  };

export const addMapping = (s: Snapshot, id: string, change: object): void => {
  s.mappings[id] = ok({
    ...structuredClone(mapping(s)),
    UUID: id,
    EventSourceMappingArn: `arn:aws:lambda:${region}:${account}:event-source-mapping:${id}`,
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: id },
    ...change,
  });
  s.mappingLists['*'] = ok([...value(s.mappingLists, '*'), id]);
  s.mappingLists[clusterArn] = ok([...value(s.mappingLists, clusterArn), id]);
};

const zone = (s: Snapshot, Name: string, records: object[]): void => {
  s.hostedZones[vpcId] = ok([{ HostedZoneId: 'Z0123456PARENT0000001', Name, Owner: { OwningAccount: account } }]);
  s.hostedZoneRecords['Z0123456PARENT0000001'] = ok([
    { Name, Type: 'SOA', ResourceRecords: [{ Value: 'ns-0.awsdns-00.com. awsdns-hostmaster.amazon.com. 1' }] },
    ...records,
  ] as never);
};
export const endpointName = (s: Snapshot, service: string) =>
  `${endpoints(s).find(({ ServiceName }) => ServiceName!.endsWith(`.${service}`))!.VpcEndpointId}-ab12cd34.${service}.${region}.vpce.amazonaws.com.`;
export const parentZone =
  (Name: string, brokers: boolean): Story =>
  (s) => {
    const names = ['lambda', 'sts'];
    zone(s, Name, [
      ...names.map((service) => ({
        Name: `${service}.${region}.amazonaws.com.`,
        Type: 'A',
        AliasTarget: { DNSName: endpointName(s, service), HostedZoneId: 'Z38GZ743OKFT7T' },
        ResourceRecords: [],
      })),
      ...(brokers
        ? value(s.bootstrapBrokers, clusterArn)
            .BootstrapBrokerStringSaslIam!.split(',')
            .map((server, index) => ({
              Name: `${server.split(':')[0]!}.`,
              Type: 'A',
              ResourceRecords: [{ Value: `10.0.${index}.20` }],
            }))
        : []),
    ]);
    for (const endpoint of endpoints(s)) endpoint.PrivateDnsEnabled = false;
  };

const registry = (access: object[]) => ({
  ConsumerGroupId: uuid,
  SchemaRegistryConfig: {
    SchemaRegistryURI: 'https://registry.example.com',
    EventRecordFormat: 'JSON',
    AccessConfigs: access,
    SchemaValidationConfigs: [{ Attribute: 'VALUE' }],
  },
});

export const unusualAccounts: readonly UnusualAccount[] = [
  {
    name: 'provisioned, and only EventCount is on',
    options: { provisioned: true },
    change: (s) => {
      metricsOn('EventCount')(s);
      counts('PolledEventCount', every(500))(s);
      counts('InvokedEventCount', every(500))(s);
      for (const name of [
        'FilteredOutEventCount',
        'FailedInvokeEventCount',
        'DroppedEventCount',
        'OnFailureDestinationDeliveredEventCount',
      ] as const)
        counts(name, [])(s);
    },
  },
  {
    name: 'the filter removes 99.9 % of the records',
    change: (s) => {
      counted({ PolledEventCount: every(1000), FilteredOutEventCount: every(999), InvokedEventCount: every(1) })(s);
      mapping(s).FilterCriteria = { Filters: [{ Pattern: '{"value":{"type":["ALARM"]}}' }] };
    },
  },
  {
    name: 'three records were polled, and the filter removed them',
    change: (s) => {
      counted({ PolledEventCount: [3], FilteredOutEventCount: [3], InvokedEventCount: [] })(s);
      mapping(s).FilterCriteria = { Filters: [{ Pattern: '{"value":{"type":["ALARM"]}}' }] };
    },
  },
  {
    name: 'an MSK cluster behind a custom domain is read as a self-managed source as well',
    change: (s) => addSelfManaged(s, selfManagedUuid, ['kafka.example.com:9098']),
  },
  {
    name: 'three mappings share a poller group',
    options: { provisioned: true, wayOut: 'none' },
    change: (s) => {
      const ProvisionedPollerConfig = { MinimumPollers: 1, MaximumPollers: 3, PollerGroupName: 'orders' };
      mapping(s).ProvisionedPollerConfig = ProvisionedPollerConfig;
      inline(s, allow('kafka-cluster:*', '*'));
      addMapping(s, '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b41', { Topics: ['payments'], ProvisionedPollerConfig });
      addMapping(s, '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b42', {
        Topics: ['refunds'],
        State: 'Disabled',
        StateTransitionReason: 'USER_INITIATED',
        ProvisionedPollerConfig,
      });
    },
  },
  {
    name: 'a durable function whose executions fit',
    change: (s) => void (functionOf(s).DurableConfig = { ExecutionTimeout: 800, RetentionPeriodInDays: 14 } as never),
  },
  {
    name: 'a version on managed instances with a timeout of an hour',
    change: (s) => {
      const arn = `${functionArn}:7`;
      mapping(s).FunctionArn = arn;
      s.functions[arn] = ok({
        ...functionOf(s),
        FunctionArn: arn,
        Version: '7',
        Timeout: 3600,
        CapacityProviderConfig: {
          LambdaManagedInstancesCapacityProviderConfig: {
            CapacityProviderArn: `arn:aws:lambda:${region}:${account}:capacity-provider:big`,
          },
        },
      });
    },
  },
  {
    name: 'a schema registry with OAuth',
    options: { provisioned: true },
    change: (s) => {
      const URI = `arn:aws:secretsmanager:${region}:${account}:secret:registry-Ab12Cd`;
      mapping(s).AmazonManagedKafkaEventSourceConfig = registry([{ Type: 'OAUTHBEARER_AUTH', URI }]);
      s.secrets[URI] = ok({ ARN: URI, Name: 'registry' });
      s.secretPolicies[URI] = ok('');
      s.secretProfiles[URI] = ok({
        bytes: 150,
        form: 'object',
        members: ['oauthTokenEndpointUrl', 'oauthClientId', 'oauthClientSecret'],
        misspelt: [],
        otherMembers: 0,
        notText: [],
        oauth: { empty: [], edgeWhitespace: [], httpsEndpoint: true },
      });
      s.inlinePolicyNames[roleArn] = ok(['kafka-access', 'registry']);
      s.inlinePolicies[`${roleArn}#registry`] = ok(document(allow('secretsmanager:GetSecretValue', URI)));
    },
  },
  {
    name: 'a private hosted zone for the region has the endpoints and the brokers',
    change: parentZone(`${region}.amazonaws.com.`, true),
  },
  {
    name: 'a private hosted zone for amazonaws.com has the endpoints and the brokers',
    change: parentZone('amazonaws.com.', true),
  },
  {
    name: 'a user disabled the mapping, whose last text is OK',
    change: (s) => Object.assign(mapping(s), { State: 'Disabled', StateTransitionReason: 'USER_INITIATED' }),
    verdict: 'disabled',
    warns: ['mapping.state'],
  },
  {
    name: 'a user disabled the mapping in the older wording, and it has no text',
    change: (s) => {
      Object.assign(mapping(s), { State: 'Disabled', StateTransitionReason: 'User action' });
      delete mapping(s).LastProcessingResult;
    },
    verdict: 'disabled',
    warns: ['mapping.state'],
  },
  {
    name: 'the function is being updated',
    change: (s) =>
      Object.assign(functionOf(s), {
        LastUpdateStatus: 'InProgress',
        LastUpdateStatusReason: 'The function is being created.',
        LastUpdateStatusReasonCode: 'Creating',
      }),
  },
  { name: 'the function’s TenancyConfig is empty', change: (s) => void (functionOf(s).TenancyConfig = {}) },
  {
    name: 'AWS answers with values of its API that are not known yet',
    change: (s) => {
      Object.assign(functionOf(s), { State: 'Warm', StateReasonCode: 'SomethingNew', LastUpdateStatus: 'Deferred' });
      Object.assign(cluster(s), { State: 'ROLLING_UPGRADE', ClusterType: 'PROVISIONED_V3' });
      cluster(s).Provisioned!.EnhancedMonitoring = 'PER_EVERYTHING';
      cluster(s).Provisioned!.StorageMode = 'COLD';
      cluster(s).Provisioned!.BrokerNodeGroupInfo!.ConnectivityInfo = {
        NetworkType: 'IPV7',
        PublicAccess: { Type: 'SOMETIMES' },
      };
      for (const endpoint of endpoints(s)) Object.assign(endpoint, { IpAddressType: 'quadstack' });
      for (const subnet of value(s.vpcSubnets, vpcId)) subnet.State = 'warming';
      for (const id of subnetIds) value(s.subnets, id).State = 'warming';
      mapping(s).MetricsConfig = { Metrics: ['EventCount', 'CostCount'] };
      mapping(s).FunctionResponseTypes = ['ReportSomethingElse'];
      mapping(s).StateTransitionReason = 'AUTOMATION_INITIATED';
    },
  },
  {
    name: 'endpoints, NAT gateways and routes are in states that are not known yet',
    options: { wayOut: 'nat' },
    change: (s) => {
      for (const gateway of value(s.natGateways, vpcId)) gateway.State = 'scaling';
      for (const route of tables(s).flatMap(({ Routes }) => Routes))
        if (route.NatGatewayId !== undefined) route.State = 'preferred';
    },
  },
  { name: 'GovCloud', change: (s) => moveTo(s, 'aws-us-gov', 'us-gov-west-1', 'amazonaws.com') },
  {
    name: 'China',
    change: (s) => {
      for (const endpoint of endpoints(s))
        if (!/lambda/.test(endpoint.ServiceName!)) endpoint.ServiceName = `cn.${endpoint.ServiceName!}`;
      moveTo(s, 'aws-cn', 'cn-north-1', 'amazonaws.com.cn');
      for (const endpoint of Object.values(s.vpcEndpoints).flatMap((read) => (read.outcome === 'ok' ? read.value : [])))
        endpoint.ServiceName = endpoint
          .ServiceName!.replace('.amazonaws.com.cn', '.amazonaws')
          .replace('com.amazonaws.com.', 'com.amazonaws.');
    },
  },
  {
    name: 'the mapping calls a version',
    change: (s) => {
      mapping(s).FunctionArn = `${functionArn}:7`;
      s.functions[`${functionArn}:7`] = ok({ ...functionOf(s), FunctionArn: `${functionArn}:7`, Version: '7' });
    },
  },
  {
    name: 'a role with a path, trusted for this function only',
    change: (s) => {
      const arn = roleArn.replace(':role/', ':role/service/kafka/');
      const moved = JSON.parse(JSON.stringify(s).replaceAll(roleArn, arn)) as Snapshot;
      Object.assign(s, moved);
      value(s.roles, arn).Path = '/service/kafka/';
      value(s.roles, arn).AssumeRolePolicyDocument = document({
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:aws:lambda:${region}:${account}:*` },
        },
      });
    },
  },
  {
    name: 'a permissions boundary allows all but IAM, and denies other clusters',
    change: (s) => {
      const boundary = `arn:aws:iam::${account}:policy/teams/boundary`;
      role(s).PermissionsBoundary = { PermissionsBoundaryArn: boundary };
      s.managedPolicies[boundary] = ok(
        document(
          { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' },
          {
            Effect: 'Deny',
            Action: 'kafka-cluster:*',
            NotResource: ['cluster', 'topic', 'group'].map(
              (type) => `arn:aws:kafka:*:${account}:${type}/${clusterName}/*`,
            ),
          },
        ),
      );
    },
  },
  {
    name: 'service control policies deny other regions and leaving the organization',
    change: (s) => {
      s.serviceControlPolicies[account] = ok({
        levels: [
          {
            target: 'r-ab12',
            policies: [
              { id: 'p-FullAWSAccess', name: 'FullAWSAccess', document: document(allow('*', '*')) },
              {
                id: 'p-0a1b2c3d',
                name: 'regions',
                document: document({
                  Effect: 'Deny',
                  NotAction: ['iam:*', 'sts:*', 'organizations:*', 'route53:*', 'support:*'],
                  Resource: '*',
                  Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } },
                }),
              },
            ],
          },
          {
            target: account,
            policies: [{ id: 'p-FullAWSAccess', name: 'FullAWSAccess', document: document(allow('*', '*')) }],
          },
        ],
      });
    },
  },
  {
    name: 'other topics, writing and calls without TLS are denied',
    change: (s) =>
      inline(
        s,
        allow('kafka-cluster:*', '*'),
        deny('kafka-cluster:*', `arn:aws:kafka:${region}:${account}:topic/${clusterName}/${clusterUuid}/payments`),
        deny(['kafka-cluster:WriteData*', 'kafka-cluster:*Delete*', 'kafka-cluster:AlterCluster'], '*'),
        deny('*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ),
  },
  {
    name: 'the topic was created a minute ago',
    asRead: true,
    change: (s) => {
      value(s.topics, clusterArn)[0]!.OutOfSyncReplicaCount = 6;
      Object.assign(mapping(s), {
        LastProcessingResult: 'No records processed',
        LastModified: '2026-11-24T09:59:10.000Z',
        State: 'Creating',
      });
    },
  },
  {
    name: 'MSK Serverless in two VPCs, of which the second belongs to another team',
    change: (s) => {
      const arn = clusterArn.replace(clusterUuid, '8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-s1');
      mapping(s).EventSourceArn = arn;
      s.clusters = {
        [arn]: ok({
          ClusterArn: arn,
          ClusterName: clusterName,
          ClusterType: 'SERVERLESS',
          State: 'ACTIVE',
          Serverless: {
            VpcConfigs: [
              { SubnetIds: [...subnetIds], SecurityGroupIds: [groupId] },
              {
                SubnetIds: ['subnet-0a1b2c3d4e5f6009a', 'subnet-0a1b2c3d4e5f6009b'],
                SecurityGroupIds: ['sg-0a1b2c3d4e5f6c009'],
              },
            ],
            ClientAuthentication: { Sasl: { Iam: { Enabled: true } } },
          },
        }),
      };
      s.bootstrapBrokers = {
        [arn]: ok({ BootstrapBrokerStringSaslIam: `boot-abc123.c2.kafka-serverless.${region}.amazonaws.com:9098` }),
      };
      s.topics = {};
      s.mappingLists = { '*': ok([uuid]), [arn]: ok([uuid]) };
      inline(s, allow('kafka-cluster:*', `arn:aws:kafka:${region}:${account}:*/${clusterName}/*`));
    },
  },
  {
    name: 'another account’s cluster by a connection for SASL/SCRAM',
    options: { auth: 'scram' },
    change: byConnection('SASL_SCRAM'),
  },
  {
    name: 'another account’s cluster by a connection for mutual TLS',
    options: { auth: 'mtls' },
    change: byConnection('TLS'),
  },
  {
    name: 'the subnets are shared by a network account',
    change: (s) => {
      for (const subnet of value(s.vpcSubnets, vpcId)) subnet.OwnerId = owner;
      for (const id of subnetIds) value(s.subnets, id).OwnerId = owner;
      value(s.vpcs, vpcId).OwnerId = owner;
      for (const candidate of value(s.securityGroups, vpcId)) candidate.OwnerId = account;
    },
  },
  {
    name: 'endpoints without a policy, with both address families',
    change: (s) => {
      for (const endpoint of endpoints(s)) {
        delete endpoint.PolicyDocument;
        endpoint.IpAddressType = 'dualstack';
      }
    },
  },
  {
    name: 'records that failed go to a bucket, by a gateway endpoint',
    change: (s) => {
      const bucket = 'arn:aws:s3:::orders-failed';
      mapping(s).DestinationConfig = { OnFailure: { Destination: bucket } };
      s.destinations[bucket] = ok({ arn: bucket, kind: 's3', region });
      s.inlinePolicyNames[roleArn] = ok(['kafka-access', 'failed']);
      s.inlinePolicies[`${roleArn}#failed`] = ok(
        document(allow(['s3:PutObject'], `${bucket}/*`), allow('s3:ListBucket', bucket)),
      );
      endpoints(s).push({
        ...interfaceEndpoint('s3', 7),
        VpcEndpointType: 'Gateway',
        SubnetIds: [],
        Groups: [],
        PrivateDnsEnabled: false,
        RouteTableIds: tables(s).map(({ RouteTableId }) => RouteTableId),
      });
      for (const table of tables(s))
        table.Routes.push({
          DestinationPrefixListId: 'pl-6da54004',
          GatewayId: 'vpce-0a1b2c3d4e5f60008',
          State: 'active',
        });
      s.prefixLists['pl-6da54004'] = ok(['52.218.0.0/17', '3.5.64.0/21']);
    },
  },
  {
    name: 'records that failed go to another topic of the cluster',
    options: { provisioned: true, wayOut: 'none' },
    change: (s) => {
      mapping(s).DestinationConfig = { OnFailure: { Destination: 'kafka://payments' } };
      mapping(s).MaximumRetryAttempts = 5;
      inline(s, allow('kafka-cluster:*', '*'));
    },
  },
  {
    name: 'a filter under a customer managed key, which the list does not show',
    change: (s) => {
      mapping(s).KMSKeyArn = keyArn;
      delete mapping(s).FilterCriteria;
    },
  },
  {
    name: 'a consumer group with blanks and slashes',
    change: (s) => {
      mapping(s).AmazonManagedKafkaEventSourceConfig = { ConsumerGroupId: 'orders team/group 1' };
      inline(s, allow('kafka-cluster:*', '*'));
    },
  },
  {
    name: 'the cluster is being patched',
    change: (s) => void (cluster(s).State = 'MAINTENANCE'),
    verdict: 'at-risk',
    warns: ['cluster.state'],
  },
  {
    name: 'the secret has the members of a rotation function too',
    options: { auth: 'scram' },
    change: (s) => {
      value(s.secretProfiles, secretArn).otherMembers = 4;
      Object.assign(value(s.secrets, secretArn), {
        RotationEnabled: true,
        LastRotatedDate: '2026-11-24T09:00:00.000Z',
        LastChangedDate: '2026-11-24T09:00:00.000Z',
      });
    },
  },
  {
    name: 'a network ACL by subnet, which denies a range between',
    options: { wayOut: 'nat' },
    change: (s) => {
      for (const acl of acls(s))
        for (const Egress of [true, false])
          acl.Entries.unshift({
            RuleNumber: 10,
            Protocol: '6',
            RuleAction: 'deny',
            Egress,
            CidrBlock: '10.0.100.0/22',
            PortRange: { From: 9098, To: 9098 },
          });
    },
  },
  {
    name: 'rules name the group in the account’s own words',
    change: (s) => {
      group(s).IpPermissions = [{ ...rule(9098, 9098, {}), UserIdGroupPairs: [{ GroupId: groupId }] }];
      group(s, endpointGroupId).IpPermissions = [
        rule(443, 443, { IpRanges: [{ CidrIp: '10.0.0.0/23' }] }),
        rule(443, 443, { IpRanges: [{ CidrIp: '10.0.2.0/24' }] }),
      ];
    },
  },
  {
    name: 'topics by a wildcard with the account’s tag',
    change: (s) => {
      role(s).Tags = [{ Key: 'team', Value: 'orders' }];
      inline(s, allow('kafka-cluster:*', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'orders' } } }));
    },
  },
  {
    name: 'the mapping has never been read and has no text',
    asRead: true,
    change: (s) => void delete mapping(s).LastProcessingResult,
  },
  {
    name: 'traffic by the hour: the function is never throttled, some calls failed',
    change: (s) => void (mapping(s).LastProcessingResult = 'No records processed'),
  },
  {
    name: 'retries are unlimited, with no destination',
    options: { provisioned: true },
    change: (s) =>
      Object.assign(mapping(s), {
        MaximumRetryAttempts: -1,
        MaximumRecordAgeInSeconds: -1,
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      }),
  },
  {
    name: 'the name of the topic begins like others',
    change: (s) =>
      void (s.topics[clusterArn] = ok([
        { TopicName: `${topic}-retry`, PartitionCount: 6 },
        { TopicName: topic, PartitionCount: 6 },
        { TopicName: `${topic}.dlq`, PartitionCount: 1 },
      ])),
  },
  {
    name: 'the role trusts Lambda for functions by a pattern of their names',
    change: (s) =>
      void (role(s).AssumeRolePolicyDocument = document({
        Effect: 'Allow',
        Principal: { Service: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'] },
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        Condition: { ArnLike: { 'AWS:SourceArn': `arn:aws:lambda:*:${account}:function:order-*` } },
      })),
  },
  {
    name: 'only ErrorCount is on, and nothing was counted',
    change: (s) => {
      metricsOn('ErrorCount')(s);
      for (const name of [
        'PollingErrorCount',
        'InvokeErrorCount',
        'OnFailureDestinationDeliveryErrorCount',
        'SchemaRegistryErrorCount',
        'CommitErrorCount',
      ] as const)
        counts(name, [])(s);
    },
  },
  {
    name: 'the metrics are on, and nobody produced for an hour',
    change: counted({ PolledEventCount: [], InvokedEventCount: [] }),
  },
  {
    name: 'records are removed in some periods and delivered in others',
    change: (s) => {
      counted({
        PolledEventCount: [50, 50, 50, null, 50],
        FilteredOutEventCount: [50, 49, 50, null, 50],
        InvokedEventCount: [null, 1, null, null, null],
      })(s);
      mapping(s).FilterCriteria = { Filters: [{ Pattern: '{"value":{"type":["ALARM"]}}' }] };
    },
  },
  {
    name: 'private hosted zones with a CNAME in place of an alias',
    change: (s) => {
      const names = ['lambda', 'sts'];
      s.hostedZones[vpcId] = ok(
        names.map((service) => ({
          HostedZoneId: `Z0123456${service.toUpperCase()}0001`,
          Name: `${service}.${region}.amazonaws.com.`,
          Owner: { OwningAccount: account },
        })),
      );
      for (const service of names)
        s.hostedZoneRecords[`Z0123456${service.toUpperCase()}0001`] = ok([
          {
            Name: `${service}.${region}.amazonaws.com.`,
            Type: 'CNAME',
            ResourceRecords: [{ Value: endpointName(s, service) }],
          },
        ]);
      for (const endpoint of endpoints(s)) endpoint.PrivateDnsEnabled = false;
    },
  },
  {
    name: 'private hosted zones of the network account, whose records are not shown',
    change: (s) => {
      const refused = {
        outcome: 'denied' as const,
        service: 'route53',
        operation: 'ListResourceRecordSets',
        action: 'route53:ListResourceRecordSets',
        error: 'AccessDenied',
      };
      s.hostedZones[vpcId] = ok(
        ['lambda', 'sts'].map((service) => ({
          HostedZoneId: `Z0123456${service.toUpperCase()}0001`,
          Name: `${service}.${region}.amazonaws.com.`,
          Owner: { OwningAccount: owner },
        })),
      );
      for (const service of ['LAMBDA', 'STS']) s.hostedZoneRecords[`Z0123456${service}0001`] = refused;
      for (const endpoint of endpoints(s)) endpoint.PrivateDnsEnabled = false;
    },
  },
  {
    name: 'calls without multi-factor authentication are denied where the key is given',
    change: (s) =>
      inline(
        s,
        allow('kafka-cluster:*', '*'),
        deny('*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }),
      ),
  },
  {
    name: 'calls from outside of the VPC are denied',
    change: (s) =>
      inline(
        s,
        allow('*', '*'),
        deny('kafka-cluster:*', '*', { Condition: { StringNotEqualsIfExists: { 'aws:SourceVpc': vpcId } } }),
      ),
  },
  {
    name: 'six filters, by a raised quota',
    change: (s) =>
      void (mapping(s).FilterCriteria = {
        Filters: ['A', 'B', 'C', 'D', 'E', 'F'].map((type) => ({
          Pattern: JSON.stringify({ value: { type: [type] } }),
        })),
      }),
    verdict: 'at-risk',
    warns: ['mapping.filter'],
  },
  {
    name: 'more minimum pollers than partitions',
    options: { provisioned: true },
    change: (s) => void (mapping(s).ProvisionedPollerConfig = { MinimumPollers: 20, MaximumPollers: 20 }),
    verdict: 'at-risk',
    warns: ['mapping.provisioned-pollers'],
  },
  {
    name: 'the last update of the function failed, and the code before it runs',
    change: (s) =>
      Object.assign(functionOf(s), {
        LastUpdateStatus: 'Failed',
        LastUpdateStatusReason: 'The image was not found.',
        LastUpdateStatusReasonCode: 'InvalidImage',
      }),
    verdict: 'at-risk',
    warns: ['function.state'],
  },
  {
    name: 'a mapping in provisioned mode is turned over to on-demand',
    change: (s) => void (mapping(s).ProvisionedPollerConfig = {}),
  },
  {
    name: 'an unused network interface of another service in a nearly full subnet',
    change: (s) => {
      s.networkInterfaces[vpcId] = ok([
        {
          NetworkInterfaceId: 'eni-0a1b2c3d4e5f60001',
          InterfaceType: 'lambda',
          SubnetId: subnetIds[0]!,
          VpcId: vpcId,
          Groups: [{ GroupId: groupId }],
          Status: 'in-use',
        },
      ]);
      for (const id of subnetIds) value(s.subnets, id).AvailableIpAddressCount = 12;
    },
  },
  {
    name: 'Kafka 4 on Express brokers of a type that is not known yet',
    change: (s) => {
      cluster(s).Provisioned!.BrokerNodeGroupInfo!.InstanceType = 'express.m9g.48xlarge';
      cluster(s).Provisioned!.CurrentBrokerSoftwareInfo!.KafkaVersion = '4.1.x.kraft';
    },
  },
  {
    name: 'a function of another account’s layer with a log group of its own and a VPC without a way to Kafka',
    change: (s) =>
      Object.assign(functionOf(s), {
        VpcConfig: { VpcId: 'vpc-0a1b2c3d4e5f60077', SubnetIds: ['subnet-0a1b2c3d4e5f6077a'], SecurityGroupIds: [] },
      }),
  },
];
