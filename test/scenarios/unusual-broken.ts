/** Accounts that are broken in one known way, or in two of which one comes first. */
import {
  account,
  clusterArn,
  clusterName,
  clusterUuid,
  fromGroup,
  functionArn,
  groupId,
  endpointGroupId,
  interfaceEndpoint,
  keyArn,
  region,
  roleArn,
  rule,
  secretArn,
  subnetIds,
  uuid,
  value,
  vpcId,
  type HealthyOptions,
} from '../accounts/account.js';
import { ok } from '../../src/snapshot/read.js';
import { clusterMetrics, functionMetrics, metricKey } from '../../src/snapshot/metrics.js';
import { counted, every } from '../checks/counting.js';
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
import {
  callFailed,
  cannotAssume,
  cannotReach,
  connection,
  notAuthenticated,
  saslFailed,
  silent,
  unauthorized,
} from './texts.js';
import { addMapping, byConnection, connectionArn, moveTo, parentZone } from './unusual-healthy.js';

export interface BrokenAccount {
  name: string;
  options?: HealthyOptions;
  /** What Lambda shows; OK where it is left out. */
  text?: string;
  change: Story;
  verdict?: 'broken' | 'at-risk' | 'disabled' | 'unknown';
  first: string | null;
  /** The only causes, where others would be wrong. */
  only?: boolean;
}

const notFound = (service: string, operation: string, resource: string) => ({
  outcome: 'not-found' as const,
  service,
  operation,
  action: `${service}:${operation}`,
  resource,
  error: 'NotFoundException',
});
const parked: Story = (s) => Object.assign(mapping(s), { State: 'Disabled', StateTransitionReason: 'USER_INITIATED' });
const kafka = (type: string, name: string) => `arn:aws:kafka:${region}:${account}:${type}/${name}`;
const clusterGone: Story = (s) => {
  s.clusters[clusterArn] = notFound('kafka', 'DescribeClusterV2', clusterArn);
  s.bootstrapBrokers[clusterArn] = notFound('kafka', 'GetBootstrapBrokers', clusterArn);
  s.topics[clusterArn] = notFound('kafka', 'ListTopics', clusterArn);
};
const secretGone: Story = (s) => {
  s.secrets[secretArn] = notFound('secretsmanager', 'DescribeSecret', secretArn);
  s.secretPolicies[secretArn] = notFound('secretsmanager', 'GetResourcePolicy', secretArn);
  s.secretProfiles[secretArn] = notFound('secretsmanager', 'GetSecretValue', secretArn);
  s.scramSecrets[clusterArn] = ok([]);
};
/** A user's secret where the cluster takes IAM, and a role that has no right to the secret. */
const namesScramSecret: Story = (s) => {
  mapping(s).SourceAccessConfigurations = [{ Type: 'SASL_SCRAM_512_AUTH', URI: secretArn }];
  s.secrets[secretArn] = ok({ ARN: secretArn, Name: 'AmazonMSK_orders' });
  s.secretPolicies[secretArn] = ok('');
  s.scramSecrets[clusterArn] = ok([]);
};
const measure = (s: Parameters<Story>[0], wanted: Parameters<typeof metricKey>[0], values: number[]) => {
  s.metrics[metricKey(wanted)] = ok({
    namespace: wanted.namespace,
    name: wanted.name,
    statistic: wanted.statistic,
    periodSeconds: 300,
    timestamps: values.map((_, index) =>
      new Date(Date.parse(s.capturedAt) - (values.length - index) * 300_000).toISOString(),
    ),
    values,
  });
};
const calls = (s: Parameters<Story>[0], given: Record<string, number>) => {
  for (const metric of functionMetrics('order-handler', null))
    measure(s, metric, metric.name in given ? every(given[metric.name]!).map(Number) : []);
};

export const brokenAccounts: readonly BrokenAccount[] = [
  {
    name: 'disabled, and the cluster is gone',
    change: (s) => (parked(s), clusterGone(s)),
    first: 'cluster.state',
    verdict: 'broken',
  },
  {
    name: 'disabled, and the function is gone',
    change: (s) => {
      parked(s);
      s.functions[functionArn] = notFound('lambda', 'GetFunctionConfiguration', functionArn);
    },
    first: 'function.state',
  },
  {
    name: 'disabled, and the secret is gone',
    options: { auth: 'scram' },
    change: (s) => (parked(s), secretGone(s)),
    first: 'secret.exists',
  },
  {
    name: 'disabled, and the role may not read the topic',
    change: (s) => {
      parked(s);
      inline(s, allow('kafka-cluster:Connect', '*'), allow(['kafka-cluster:*Group'], '*'));
    },
    first: 'mapping.state',
    verdict: 'broken',
  },
  {
    name: 'disabled by a user with an error as its last text',
    text: connection,
    change: parked,
    first: 'mapping.state',
  },
  {
    name: 'a connection for mutual TLS, and a mapping without a secret',
    text: notAuthenticated,
    change: byConnection('TLS'),
    first: 'cluster.policy',
    only: true,
  },
  {
    name: 'a connection for IAM, and a mapping with a SASL/SCRAM secret',
    options: { auth: 'scram' },
    text: saslFailed,
    change: byConnection('SASL_IAM'),
    first: 'cluster.policy',
    only: true,
  },
  {
    name: 'a connection that is being deleted',
    text: connection,
    change: (s) => {
      byConnection('SASL_IAM')(s);
      value(s.vpcConnections, connectionArn).State = 'DELETING';
    },
    first: 'cluster.policy',
    only: true,
  },
  {
    name: 'records are dropped, and the network is fine',
    options: { provisioned: true },
    change: (s) => {
      counted({ DroppedEventCount: every(5) })(s);
      mapping(s).MaximumRetryAttempts = 2;
    },
    first: null,
    verdict: 'at-risk',
  },
  {
    name: 'user name and password are swapped',
    options: { auth: 'scram' },
    text: saslFailed,
    change: (s) => {
      const profile = value(s.secretProfiles, secretArn);
      Object.assign(profile, { swapped: true, principalWithheld: true });
      delete profile.principal;
    },
    first: 'secret.scram',
    only: true,
  },
  {
    name: 'tenant isolation',
    text: callFailed,
    change: (s) => void (functionOf(s).TenancyConfig = { TenantIsolationMode: 'PER_TENANT' }),
    first: 'function.tenancy',
    only: true,
  },
  {
    name: 'all of Kafka is denied',
    text: unauthorized,
    change: (s) => inline(s, allow('*', '*'), deny('kafka-cluster:*', '*')),
    first: 'access.kafka-connect',
  },
  {
    name: 'all but another cluster is denied',
    text: unauthorized,
    change: (s) =>
      inline(s, allow('kafka-cluster:*', '*'), {
        Effect: 'Deny',
        Action: 'kafka-cluster:*',
        NotResource: [kafka('*', 'other/*')],
      }),
    first: 'access.kafka-connect',
  },
  {
    name: 'all but a list of actions is denied, and the list lacks the group',
    text: unauthorized,
    change: (s) =>
      inline(s, allow('*', '*'), {
        Effect: 'Deny',
        NotAction: [
          'kafka-cluster:Connect',
          'kafka-cluster:Describe*',
          'kafka-cluster:Read*',
          'kafka:*',
          'ec2:*',
          'logs:*',
          'sts:*',
        ],
        Resource: '*',
      }),
    first: 'access.kafka-group',
    only: true,
  },
  {
    name: 'two subnets are full, and Lambda has an interface in one of them',
    text: connection,
    change: (s) => {
      for (const id of subnetIds.slice(0, 2)) {
        value(s.subnets, id).AvailableIpAddressCount = 0;
        value(s.vpcSubnets, vpcId).find(({ SubnetId }) => SubnetId === id)!.AvailableIpAddressCount = 0;
      }
      s.networkInterfaces[vpcId] = ok([
        {
          NetworkInterfaceId: 'eni-0a1b2c3d4e5f60001',
          InterfaceType: 'lambda',
          SubnetId: subnetIds[0]!,
          VpcId: vpcId,
          Groups: [{ GroupId: groupId }],
        },
      ]);
    },
    first: 'network.subnet-capacity',
    only: true,
  },
  {
    name: 'the brokers’ group is closed, and no metric has a datapoint',
    text: connection,
    change: (s) => {
      counted({ PolledEventCount: [], InvokedEventCount: [] })(s);
      group(s).IpPermissions = [];
    },
    first: 'network.broker-ingress',
    only: true,
  },
  {
    name: 'the secret is under the default key',
    options: { auth: 'scram' },
    text: saslFailed,
    change: (s) => {
      delete value(s.secrets, secretArn).KmsKeyId;
      s.scramSecrets[clusterArn] = ok([]);
    },
    first: 'secret.kms',
    only: true,
  },
  {
    name: 'the topic is missing, a similar one is there, and the role has rights on the right name only',
    text: unauthorized,
    change: (s) => {
      mapping(s).Topics = ['order'];
    },
    first: 'cluster.topic',
    only: true,
  },
  {
    name: 'a poller group over its limit, in a mapping that was just created',
    options: { provisioned: true, wayOut: 'none' },
    text: connection,
    change: (s) => {
      const ProvisionedPollerConfig = { MinimumPollers: 1, MaximumPollers: 1500, PollerGroupName: 'orders' };
      mapping(s).ProvisionedPollerConfig = ProvisionedPollerConfig;
      inline(s, allow('kafka-cluster:*', '*'));
      addMapping(s, '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b41', {
        Topics: ['payments'],
        ProvisionedPollerConfig,
        LastProcessingResult: 'OK',
      });
    },
    first: 'mapping.poller-group',
    only: true,
  },
  {
    name: 'a certificate in place of a user, on a cluster that takes SASL/SCRAM',
    options: { auth: 'scram' },
    text: notAuthenticated,
    change: (s) =>
      void (mapping(s).SourceAccessConfigurations = [{ Type: 'CLIENT_CERTIFICATE_TLS_AUTH', URI: secretArn }]),
    first: 'mapping.source-access',
  },
  {
    name: 'the NAT gateways are gone and the brokers’ group is closed',
    options: { wayOut: 'nat' },
    text: cannotReach,
    change: (s) => {
      s.natGateways[vpcId] = ok([]);
      for (const route of tables(s).flatMap(({ Routes }) => Routes))
        if (route.NatGatewayId !== undefined) route.State = 'blackhole';
      group(s).IpPermissions = [];
    },
    first: 'network.aws-path',
  },
  {
    name: 'the user has no ACL',
    options: { auth: 'scram' },
    text: unauthorized,
    change: () => {},
    first: 'cluster.acl',
    only: true,
  },
  {
    name: 'the role may be assumed for another function only',
    text: cannotAssume,
    change: (s) =>
      void (role(s).AssumeRolePolicyDocument = document({
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': '999999999999' } },
      })),
    first: 'access.trust',
    only: true,
  },
  {
    name: 'a service control policy denies Kafka',
    text: unauthorized,
    change: (s) =>
      void (s.serviceControlPolicies[account] = ok({
        levels: [
          {
            target: 'r-ab12',
            policies: [{ id: 'p-full', name: 'FullAWSAccess', document: document(allow('*', '*')) }],
          },
          {
            target: account,
            policies: [
              { id: 'p-full', name: 'FullAWSAccess', document: document(allow('*', '*')) },
              { id: 'p-0a1b', name: 'no-kafka', document: document(deny('kafka-cluster:*', '*')) },
            ],
          },
        ],
      })),
    first: 'access.kafka-connect',
  },
  {
    name: 'the cluster is being deleted',
    text: connection,
    change: (s) => void (cluster(s).State = 'DELETING'),
    first: 'cluster.state',
  },
  {
    name: 'the cluster was created again under its name',
    text: connection,
    change: (s) => {
      const arn = clusterArn.replace(clusterUuid, '9b1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2');
      s.clusters[arn] = ok({ ...structuredClone(cluster(s)), ClusterArn: arn });
      clusterGone(s);
    },
    first: 'cluster.state',
  },
  {
    name: 'the client certificate has expired',
    options: { auth: 'mtls' },
    text: notAuthenticated,
    change: (s) =>
      void (value(s.secretProfiles, secretArn).certificate!.chain[0]!.notAfter = '2026-11-01T00:00:00.000Z'),
    first: 'secret.certificate',
    only: true,
  },
  {
    name: 'the private key is PKCS#1',
    options: { auth: 'mtls' },
    text: 'PROBLEM: Provided certificate or private key is invalid.',
    change: (s) => void (value(s.secretProfiles, secretArn).privateKey!.container = 'PKCS#1'),
    first: 'secret.private-key',
    only: true,
  },
  {
    name: 'the boundary leaves Secrets Manager out',
    options: { auth: 'scram' },
    text: saslFailed,
    change: (s) => {
      const boundary = `arn:aws:iam::${account}:policy/boundary`;
      role(s).PermissionsBoundary = { PermissionsBoundaryArn: boundary };
      s.managedPolicies[boundary] = ok(
        document(allow(['kafka:*', 'kafka-cluster:*', 'ec2:*', 'logs:*', 'kms:*'], '*')),
      );
    },
    first: 'access.secret',
    only: true,
  },
  {
    name: 'the function failed',
    text: callFailed,
    change: (s) =>
      Object.assign(functionOf(s), {
        State: 'Failed',
        StateReasonCode: 'ImageAccessDenied',
        StateReason: 'Lambda does not have permission to access the ECR image.',
      }),
    first: 'function.state',
    only: true,
  },
  {
    name: 'every call is throttled',
    text: callFailed,
    change: (s) => {
      s.concurrency[functionArn] = ok({ ReservedConcurrentExecutions: 1 });
      calls(s, { Throttles: 50, Invocations: 0 });
    },
    first: 'function.errors',
  },
  {
    name: 'a schema registry without provisioned mode',
    text: 'PROBLEM: Internal Lambda error',
    change: (s) =>
      void (mapping(s).AmazonManagedKafkaEventSourceConfig = {
        ConsumerGroupId: uuid,
        SchemaRegistryConfig: {
          SchemaRegistryURI: `arn:aws:glue:${region}:${account}:registry/orders`,
          EventRecordFormat: 'JSON',
          AccessConfigs: [],
          SchemaValidationConfigs: [{ Attribute: 'VALUE' }],
        },
      }),
    first: 'mapping.schema-registry',
    only: true,
  },
  {
    name: 'the mapping has been updating for an hour',
    change: (s) => Object.assign(mapping(s), { State: 'Updating', LastModified: '2026-11-24T09:00:00.000Z' }),
    first: 'mapping.state',
  },
  {
    name: 'a network ACL has no rule between two subnets of the brokers',
    text: connection,
    change: (s) => {
      for (const acl of acls(s))
        for (const Egress of [true, false])
          acl.Entries.unshift({
            RuleNumber: 10,
            Protocol: '6',
            RuleAction: 'deny',
            Egress,
            CidrBlock: '10.0.1.0/24',
            PortRange: { From: 9000, To: 9100 },
          });
    },
    first: 'network.nacl',
    only: true,
  },
  {
    name: 'the outbound rules name the brokers only',
    text: cannotReach,
    change: (s) => void (group(s).IpPermissionsEgress = [rule(9098, 9098, fromGroup(groupId))]),
    first: 'network.https-egress',
    only: true,
  },
  {
    name: 'the topic is missing, and the role may not connect',
    text: unauthorized,
    change: (s) => {
      mapping(s).Topics = ['invoices'];
      inline(s, allow(['kafka-cluster:*Topic', 'kafka-cluster:ReadData', 'kafka-cluster:*Group'], '*'));
    },
    first: 'access.kafka-connect',
  },
  {
    name: 'GovCloud: the role’s policy names the commercial partition',
    text: unauthorized,
    change: (s) => {
      moveTo(s, 'aws-us-gov', 'us-gov-west-1', 'amazonaws.com');
      const key = Object.keys(s.inlinePolicies)[0]!;
      s.inlinePolicies[key] = ok(value(s.inlinePolicies, key).replaceAll('arn:aws-us-gov:', 'arn:aws:'));
    },
    first: 'access.kafka-connect',
  },
  {
    name: 'the key’s policy names another role',
    options: { auth: 'scram' },
    text: 'PROBLEM: Cannot access secret manager value. Please ensure the role can perform the secretsmanager:GetSecretValue action.',
    change: (s) =>
      void (s.keyPolicies[keyArn] = ok(
        document({
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${account}:role/other` },
          Action: 'kms:*',
          Resource: '*',
        }),
      )),
    first: 'access.kms',
    only: true,
  },
  {
    name: 'the secret is associated with another cluster, and no user of the cluster is known',
    options: { auth: 'scram' },
    text: saslFailed,
    change: (s) => void (s.scramSecrets[clusterArn] = ok([])),
    first: 'secret.association',
    only: true,
  },
  {
    name: 'the disks are full, and the pollers cannot connect because the group is closed',
    text: connection,
    change: (s) => {
      group(s).IpPermissions = [];
      for (const metric of clusterMetrics(clusterName, 3))
        measure(s, metric, metric.name === 'KafkaDataLogsDiskUsed' ? every(97).map(Number) : []);
    },
    first: 'network.broker-ingress',
  },
  {
    name: 'a filter asks for the key, and the function’s calls fail',
    text: callFailed,
    change: (s) => {
      mapping(s).FilterCriteria = { Filters: [{ Pattern: '{"value":{"type":["ORDER"]}}' }] };
      calls(s, { Errors: 40, Invocations: 40 });
    },
    first: 'function.errors',
    only: true,
  },
  {
    name: 'the function is gone, and its reserved concurrency with it',
    text: callFailed,
    change: (s) => {
      s.functions[functionArn] = notFound('lambda', 'GetFunctionConfiguration', functionArn);
      s.concurrency[functionArn] = notFound('lambda', 'GetFunctionConcurrency', functionArn);
    },
    first: 'function.state',
    only: true,
  },
  {
    name: 'nothing is found, with the text of a connection',
    text: connection,
    change: () => {},
    first: null,
    verdict: 'broken',
  },
  {
    name: 'an endpoint’s group admits 443 from one subnet only',
    text: cannotReach,
    change: (s) => {
      const id = endpoints(s)[0]!.Groups[0]!.GroupId!;
      group(s, id).IpPermissions = [rule(443, 443, { IpRanges: [{ CidrIp: '10.0.0.0/24' }] })];
    },
    first: 'network.endpoint-ingress',
    only: true,
  },
  {
    name: 'the STS endpoint’s policy is for the account’s own principals',
    text: cannotReach,
    change: (s) =>
      void (endpoints(s).find(({ ServiceName }) => ServiceName!.endsWith('.sts'))!.PolicyDocument = document({
        Effect: 'Allow',
        Principal: '*',
        Action: '*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalAccount': account } },
      })),
    first: 'network.endpoint-policy',
    only: true,
  },
  {
    name: 'silent, and the topic is missing since the mapping was created an hour ago',
    text: silent,
    change: (s) => {
      mapping(s).Topics = ['ordres'];
      mapping(s).LastModified = '2026-11-24T09:00:00.000Z';
      inline(s, allow('kafka-cluster:*', '*'));
    },
    first: 'cluster.topic',
    only: true,
  },
  {
    name: 'calls without multi-factor authentication are denied, and a role has none',
    text: unauthorized,
    change: (s) =>
      inline(
        s,
        allow('kafka-cluster:*', '*'),
        deny('kafka-cluster:*', '*', { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }),
      ),
    first: 'access.kafka-connect',
  },
  {
    name: 'a private hosted zone for the region has Lambda’s record and not that of STS',
    text: cannotReach,
    change: (s) => {
      parentZone(`${region}.amazonaws.com.`, true)(s);
      const records = value(s.hostedZoneRecords, 'Z0123456PARENT0000001');
      s.hostedZoneRecords['Z0123456PARENT0000001'] = ok(records.filter(({ Name }) => !Name.startsWith('sts.')));
    },
    first: 'network.endpoint-private-dns',
    only: true,
  },
  {
    name: 'endpoints whose group is closed, beside NAT gateways that their names never reach',
    options: { wayOut: 'nat' },
    text: cannotReach,
    change: (s) => {
      s.vpcEndpoints[vpcId] = ok([interfaceEndpoint('sts', 1)]);
      group(s, endpointGroupId).IpPermissions = [];
    },
    first: 'network.endpoint-ingress',
    only: true,
  },
  {
    name: 'the function is being deleted',
    text: callFailed,
    change: (s) => Object.assign(functionOf(s), { State: 'Deleting' }),
    first: 'function.state',
    only: true,
  },
  {
    name: 'the function was deactivated',
    text: callFailed,
    change: (s) => Object.assign(functionOf(s), { State: 'Deactivated' }),
    first: 'function.state',
    only: true,
  },
  {
    name: 'the alias was deleted, the function was not',
    text: callFailed,
    change: (s) => {
      mapping(s).FunctionArn = `${functionArn}:live`;
      s.functions[`${functionArn}:live`] = notFound('lambda', 'GetFunctionConfiguration', `${functionArn}:live`);
    },
    first: 'function.state',
    only: true,
  },
  {
    name: 'every poll fails since the brokers’ group was closed, and Lambda still shows OK',
    change: (s) => {
      counted({
        PolledEventCount: [...every(100).slice(6), null, null, null, null, null, null],
        PollingErrorCount: [30, 30, 30, 30, 30, 30],
      })(s);
      group(s).IpPermissions = [];
    },
    first: 'network.broker-ingress',
    only: true,
  },
  {
    name: 'the queue takes no failed record, since the role may not send',
    options: { provisioned: true, wayOut: 'nat' },
    change: (s) => {
      const queue = `arn:aws:sqs:${region}:${account}:failed`;
      mapping(s).DestinationConfig = { OnFailure: { Destination: queue } };
      mapping(s).MaximumRetryAttempts = 2;
      s.destinations[queue] = ok({ arn: queue, kind: 'sqs', region });
      counted({ DroppedEventCount: every(3), OnFailureDestinationDeliveryErrorCount: every(1) })(s);
    },
    first: 'access.destination',
  },
  {
    name: 'another secret is associated with the cluster, and the login fails',
    options: { auth: 'scram' },
    text: saslFailed,
    change: (s) => void (s.scramSecrets[clusterArn] = ok([secretArn.replace('AmazonMSK_orders', 'AmazonMSK_billing')])),
    first: 'secret.association',
    only: true,
  },
  {
    name: 'the endpoint waits for its acceptance',
    text: cannotReach,
    change: (s) => {
      for (const endpoint of endpoints(s))
        if (endpoint.ServiceName!.endsWith('.sts')) endpoint.State = 'pendingAcceptance';
    },
    first: 'network.aws-path',
    only: true,
  },
  {
    name: 'the mapping has been deleting for half an hour',
    change: (s) => Object.assign(mapping(s), { State: 'Deleting', LastModified: '2026-11-24T09:30:00.000Z' }),
    first: 'mapping.state',
  },
  {
    name: 'a consumer group of its own, and rights on the mapping’s UUID',
    text: unauthorized,
    change: (s) => void (mapping(s).AmazonManagedKafkaEventSourceConfig = { ConsumerGroupId: 'orders-v2' }),
    first: 'access.kafka-group',
    only: true,
  },
  {
    name: 'the cluster’s own policy denies the role its topic',
    text: unauthorized,
    change: (s) =>
      void (s.clusterPolicies[clusterArn] = ok(
        document({ Effect: 'Deny', Principal: { AWS: roleArn }, Action: 'kafka-cluster:ReadData', Resource: '*' }),
      )),
    first: 'access.kafka-topic',
    only: true,
  },
  {
    name: 'the secret’s key is disabled, and the role may not decrypt with it',
    options: { auth: 'scram' },
    text: saslFailed,
    change: (s) => {
      Object.assign(value(s.keys, keyArn), { KeyState: 'Disabled', Enabled: false });
      inline(s, allow('secretsmanager:GetSecretValue', secretArn));
    },
    first: 'secret.kms',
  },
  {
    name: 'a full subnet, in which another service keeps an unused network interface',
    text: connection,
    change: (s) => {
      value(s.subnets, subnetIds[0]!).AvailableIpAddressCount = 0;
      value(s.vpcSubnets, vpcId)[0]!.AvailableIpAddressCount = 0;
      s.networkInterfaces[vpcId] = ok([
        {
          NetworkInterfaceId: 'eni-0a1b2c3d4e5f60009',
          InterfaceType: 'interface',
          Description: 'ELB app/orders/1234',
          RequesterId: 'amazon-elb',
          Status: 'available',
          SubnetId: subnetIds[0]!,
          VpcId: vpcId,
          Groups: [],
        },
      ]);
    },
    first: 'network.subnet-capacity',
    only: true,
  },
  {
    name: 'the policy of the Lambda endpoint lets in the account’s role only',
    text: cannotReach,
    change: (s) =>
      void (endpoints(s).find(({ ServiceName }) => ServiceName!.endsWith('.lambda'))!.PolicyDocument = document({
        Effect: 'Allow',
        Principal: { AWS: roleArn },
        Action: 'lambda:InvokeFunction',
        Resource: '*',
      })),
    first: 'network.endpoint-policy',
    only: true,
  },
  {
    name: 'reserved concurrency 0, and all calls are throttled',
    text: callFailed,
    change: (s) => {
      s.concurrency[functionArn] = ok({ ReservedConcurrentExecutions: 0 });
      calls(s, { Throttles: 50 });
    },
    first: 'function.concurrency',
    only: true,
  },
  {
    name: 'disabled, and the VPC connection is gone',
    change: (s) => {
      byConnection('SASL_IAM')(s);
      parked(s);
      s.vpcConnections[connectionArn] = notFound('kafka', 'DescribeVpcConnection', connectionArn);
    },
    first: 'cluster.policy',
  },
  {
    name: 'disabled with an unknown text, reserved concurrency 0',
    text: 'OK',
    change: (s) => {
      parked(s);
      s.concurrency[functionArn] = ok({ ReservedConcurrentExecutions: 0 });
    },
    first: 'mapping.state',
  },
  {
    name: 'mutual TLS: the key is of another certificate',
    options: { auth: 'mtls' },
    text: notAuthenticated,
    change: (s) => void (value(s.secretProfiles, secretArn).privateKey!.matchesCertificate = 'no'),
    first: 'secret.private-key',
    only: true,
  },
  {
    name: 'a SASL/SCRAM secret on a cluster with IAM alone, and the role may not read it',
    text: saslFailed,
    change: namesScramSecret,
    first: 'cluster.auth',
    only: true,
  },
  {
    name: 'the same where the secret is gone',
    text: saslFailed,
    change: (s) => (namesScramSecret(s), secretGone(s)),
    first: 'cluster.auth',
    only: true,
  },
  {
    name: 'the same where only Secrets Manager has no endpoint',
    text: cannotReach,
    change: (s) => {
      namesScramSecret(s);
      s.vpcEndpoints[vpcId] = ok(endpoints(s).filter(({ ServiceName }) => !ServiceName!.endsWith('.secretsmanager')));
    },
    first: 'cluster.auth',
    only: true,
  },
  {
    name: 'the same where the secret’s key is disabled, and the role may not decrypt',
    options: { auth: 'scram' },
    text: saslFailed,
    change: (s) => {
      Object.assign(value(s.keys, keyArn), { KeyState: 'Disabled', Enabled: false });
      inline(s);
      cluster(s).Provisioned!.ClientAuthentication = { Sasl: { Iam: { Enabled: true }, Scram: { Enabled: false } } };
    },
    first: 'cluster.auth',
    only: true,
  },
  {
    name: 'a connection for IAM, a SASL/SCRAM secret, and a role that may not read it',
    options: { auth: 'scram' },
    text: saslFailed,
    change: (s) => {
      byConnection('SASL_IAM')(s);
      inline(s, allow('kafka-cluster:*', '*'));
    },
    first: 'cluster.policy',
    only: true,
  },
];
