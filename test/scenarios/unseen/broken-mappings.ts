/** Mappings, functions and clusters that are broken, some with harmless oddities beside the cause. */
import {
  account,
  clusterArn,
  clusterName,
  endpointGroupId,
  fromGroup,
  functionArn,
  groupId,
  region,
  roleArn,
  rule,
  secretArn,
  subnetIds,
  value,
  interfaceEndpoint,
} from '../../accounts/account.js';
import { ok } from '../../../src/snapshot/read.js';
import { allow, cluster, deny, document, endpoints, functionOf, group, inline, mapping, tables } from '../parts.js';
import { callFailed, cannotAssume, cannotReach, connection, saslFailed, silent, unauthorized } from '../texts.js';
import { byConnection, connectionArn } from '../unusual-healthy.js';
import { kafkaAll, trust, closed, notFound, serverless, type BrokenAccount, lambdaTrust } from './parts.js';

export const brokenMappings: readonly BrokenAccount[] = [
  {
    name: 'topic in another case',
    text: connection,
    first: 'cluster.topic',
    change: (s) => void (mapping(s).Topics = ['Orders']),
  },
  {
    name: 'function image gone',
    text: callFailed,
    first: 'function.state',
    change: (s) =>
      Object.assign(functionOf(s), {
        State: 'Failed',
        StateReasonCode: 'ImageAccessDenied',
        StateReason: 'Lambda does not have permission to access the ECR image.',
      }),
  },
  {
    name: 'alias deleted',
    text: callFailed,
    first: 'function.state',
    change: (s) => {
      const arn = `${functionArn}:live`;
      mapping(s).FunctionArn = arn;
      s.functions[arn] = notFound('lambda', 'GetFunctionConfiguration', arn);
    },
  },
  {
    name: 'cluster still creating',
    text: connection,
    first: 'cluster.state',
    change: (s) => {
      cluster(s).State = 'CREATING';
      s.bootstrapBrokers[clusterArn] = ok({});
    },
  },
  {
    name: 'IAM was turned off',
    text: saslFailed,
    first: 'mapping.source-access',
    change: (s) => {
      cluster(s).Provisioned!.ClientAuthentication = {
        Sasl: { Iam: { Enabled: false }, Scram: { Enabled: true } },
        Unauthenticated: { Enabled: false },
      } as never;
      const b = value(s.bootstrapBrokers, clusterArn);
      s.bootstrapBrokers[clusterArn] = ok({
        BootstrapBrokerStringSaslScram: b.BootstrapBrokerStringSaslIam!.replaceAll('9098', '9096'),
      });
      group(s).IpPermissions = [rule(9096, 9096, fromGroup(groupId))];
    },
  },
  {
    name: 'IAM was turned on beside TLS, the role knows nothing of Kafka',
    text: saslFailed,
    first: 'access.kafka-connect',
    change: (s) => {
      const p = cluster(s).Provisioned!;
      p.ClientAuthentication!.Unauthenticated = { Enabled: true };
      s.inlinePolicyNames[roleArn] = ok([]);
      s.inlinePolicies = {};
      group(s).IpPermissions = [rule(9092, 9098, fromGroup(groupId))];
    },
  },
  {
    name: 'stopped by Lambda for authorization',
    text: unauthorized,
    first: 'access.kafka-group',
    change: (s) => {
      Object.assign(mapping(s), { State: 'Disabled', StateTransitionReason: 'EVENT_SOURCE_AUTHZ_ERROR' });
      inline(
        s,
        allow('kafka-cluster:Connect', '*'),
        allow(['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], '*'),
      );
    },
  },
  {
    name: 'reserved concurrency 0 under silence',
    text: silent,
    first: 'function.concurrency',
    change: (s) => void (s.concurrency[functionArn] = ok({ ReservedConcurrentExecutions: 0 })),
  },
  {
    name: 'SG closed, oddities: blackhole route, broken extra endpoint, unused policy, idle function',
    text: connection,
    first: 'network.broker-ingress',
    change: (s) => {
      closed(s);
      tables(s)[1]!.Routes.push({
        DestinationCidrBlock: '192.168.0.0/16',
        VpcPeeringConnectionId: 'pcx-0a1b2c3d4e5f60001',
        State: 'blackhole',
      });
      endpoints(s).push({ ...interfaceEndpoint('sqs', 7), State: 'failed' });
      functionOf(s).State = 'Inactive';
      functionOf(s).StateReasonCode = 'Idle';
    },
  },
  {
    name: 'no route out, and lag, and a role that is too wide',
    options: { wayOut: 'none' },
    text: cannotReach,
    first: 'network.aws-path',
    change: (s) => inline(s, allow('*', '*')),
  },
  {
    name: 'missing topic right, plus warnings of subnets and log rights',
    text: unauthorized,
    first: 'access.kafka-topic',
    change: (s) => {
      inline(
        s,
        allow(
          [
            'kafka-cluster:Connect',
            'kafka-cluster:AlterGroup',
            'kafka-cluster:DescribeGroup',
            'kafka-cluster:DescribeTopic',
          ],
          '*',
        ),
        deny('logs:*', '*'),
      );
      value(s.subnets, subnetIds[2]!).AvailableIpAddressCount = 3;
    },
  },
  {
    name: 'topic missing and SG wide and no ACL on group; text of authorization',
    text: unauthorized,
    first: 'cluster.topic',
    change: (s) => {
      mapping(s).Topics = ['ordrs'];
      inline(s, kafkaAll);
      group(s).IpPermissions.push(rule(9098, 9098, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] }));
    },
  },
  {
    name: 'secret not associated and key default and name wrong',
    options: { auth: 'scram' },
    text: saslFailed,
    first: 'secret.kms',
    change: (s) => {
      s.scramSecrets[clusterArn] = ok([]);
      delete value(s.secrets, secretArn).KmsKeyId;
    },
  },
  {
    name: 'stopped for authn, trust broken',
    text: cannotAssume,
    first: 'access.trust',
    change: (s) => {
      Object.assign(mapping(s), { State: 'Disabled', StateTransitionReason: 'EVENT_SOURCE_AUTHN_ERROR' });
      trust({ ...lambdaTrust, Principal: { Service: 'ec2.amazonaws.com' } })(s);
    },
  },
  {
    name: 'NACL and SG closed, Lambda says it cannot reach AWS: private DNS off',
    text: cannotReach,
    first: 'network.endpoint-private-dns',
    change: (s) => {
      closed(s);
      for (const e of endpoints(s)) e.PrivateDnsEnabled = false;
    },
  },
  {
    name: 'role has an ended right and an orphan policy',
    text: saslFailed,
    first: 'access.kafka-connect',
    change: (s) => {
      s.inlinePolicyNames[roleArn] = ok(['kafka-access', 'orphan']);
      s.inlinePolicies[`${roleArn}#kafka-access`] = ok(
        document(
          allow('kafka-cluster:*', '*', { Condition: { DateLessThan: { 'aws:CurrentTime': '2026-10-01T00:00:00Z' } } }),
        ),
      );
      s.inlinePolicies[`${roleArn}#orphan`] = ok(document(allow('s3:*', '*')));
    },
  },
  {
    name: 'endpoints only accept the old group, while subnets also nearly full',
    text: cannotReach,
    first: 'network.endpoint-ingress',
    change: (s) => {
      group(s, endpointGroupId).IpPermissions = [rule(443, 443, fromGroup('sg-0fffffffffffffc99'))];
      for (const id of subnetIds) value(s.subnets, id).AvailableIpAddressCount = 12;
    },
  },
  {
    name: 'concurrency 0 and a function that failed its update',
    text: callFailed,
    first: 'function.concurrency',
    change: (s) => {
      s.concurrency[functionArn] = ok({ ReservedConcurrentExecutions: 0 });
      Object.assign(functionOf(s), { LastUpdateStatus: 'Failed', LastUpdateStatusReasonCode: 'InvalidSubnet' });
    },
  },
  {
    name: 'unauthenticated cluster with ACLs',
    options: { auth: 'tls' },
    text: unauthorized,
    first: 'cluster.acl',
    change: () => {},
  },
  {
    name: 'Serverless and a role with the first DescribeCluster only',
    text: 'PROBLEM: Lambda does not have enough permission to process your event source. Please add kafka:DescribeClusterV2 permission to role.',
    first: 'access.msk-api',
    change: (s) => {
      serverless(s);
      s.attachedPolicies[roleArn] = ok([]);
      inline(s, kafkaAll, allow(['kafka:DescribeCluster', 'kafka:GetBootstrapBrokers', 'ec2:*', 'logs:*'], '*'));
    },
  },
  {
    name: 'connection for IAM, the role’s ARNs name its own account',
    text: saslFailed,
    first: 'access.kafka-connect',
    change: (s) => {
      byConnection('SASL_IAM')(s);
      inline(s, allow('kafka-cluster:*', `arn:aws:kafka:${region}:${account}:*/${clusterName}/*`));
    },
  },
  {
    name: 'connection inactive',
    text: connection,
    first: 'cluster.policy',
    change: (s) => {
      byConnection('SASL_IAM')(s);
      value(s.vpcConnections, connectionArn).State = 'INACTIVE';
    },
  },
];
