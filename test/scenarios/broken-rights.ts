/** Rights, secrets, clusters and functions that stop the pollers, with the text shown and the check that must be named first. */
import {
  account,
  clusterArn,
  clusterName,
  clusterUuid,
  functionArn,
  keyArn,
  managedPolicyArn,
  region,
  roleArn,
  secretArn,
  topic,
  value,
} from '../accounts/account.js';
import { ok, type ReadFailure } from '../../src/snapshot/read.js';
import type { Broken } from './broken-network.js';
import { allow, cluster, deny, document, functionOf, inline, mapping, role } from './parts.js';
import {
  callFailed,
  cannotAssume,
  connection,
  invalidCertificate,
  notAuthenticated,
  saslFailed,
  silent,
  unauthorized,
} from './texts.js';

const kafka = (type: string, name: string) =>
  `arn:aws:kafka:${region}:${account}:${type}/${clusterName}/${clusterUuid}/${name}`;
const connect = allow('kafka-cluster:Connect', clusterArn);
const topicRights = allow(['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], kafka('topic', topic));
const groupRights = allow(['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'], kafka('group', '*'));
const lambda = { Service: 'lambda.amazonaws.com' };
const gone = (service: string, operation: string): ReadFailure => ({
  outcome: 'not-found',
  service,
  operation,
  action: `${service}:${operation}`,
  error: 'NotFoundException',
});
const onCluster = ['kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'];

export const brokenRights: readonly Broken[] = [
  [
    'the login by IAM is not allowed',
    {},
    saslFailed,
    'access.kafka-connect',
    (s) => inline(s, topicRights, groupRights),
  ],
  [
    'the login is allowed on another cluster',
    {},
    saslFailed,
    'access.kafka-connect',
    (s) =>
      inline(s, allow('kafka-cluster:Connect', clusterArn.replace(clusterName, 'another')), topicRights, groupRights),
  ],
  [
    'the cluster’s ARN lacks its UUID',
    {},
    saslFailed,
    'access.kafka-connect',
    (s) =>
      inline(
        s,
        allow('kafka-cluster:Connect', clusterArn.slice(0, clusterArn.lastIndexOf('/'))),
        topicRights,
        groupRights,
      ),
  ],
  [
    'ReadData is missing',
    {},
    unauthorized,
    'access.kafka-topic',
    (s) => inline(s, connect, allow('kafka-cluster:DescribeTopic', '*'), groupRights),
  ],
  [
    'the topic’s name is spelt in another case',
    {},
    unauthorized,
    'access.kafka-topic',
    (s) =>
      inline(
        s,
        connect,
        allow(['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], kafka('topic', 'Orders')),
        groupRights,
      ),
  ],
  [
    'the topic’s ARN is of another account',
    {},
    unauthorized,
    'access.kafka-topic',
    (s) =>
      inline(
        s,
        connect,
        allow(
          ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
          kafka('topic', topic).replace(account, '444455556666'),
        ),
        groupRights,
      ),
  ],
  [
    'the group’s rights stand on the topic’s ARN',
    {},
    unauthorized,
    'access.kafka-group',
    (s) =>
      inline(
        s,
        connect,
        topicRights,
        allow(['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'], kafka('topic', '*')),
      ),
  ],
  [
    'the group’s rights are for a group that is not the mapping’s',
    {},
    unauthorized,
    'access.kafka-group',
    (s) =>
      inline(
        s,
        connect,
        topicRights,
        allow(['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'], kafka('group', 'orders-consumers')),
      ),
  ],
  [
    'AlterGroup is missing',
    {},
    unauthorized,
    'access.kafka-group',
    (s) => inline(s, connect, topicRights, allow('kafka-cluster:DescribeGroup', '*')),
  ],
  [
    'the topic is not there; that the queue for failed records is shut is no word of the cluster’s',
    {},
    unauthorized,
    'cluster.topic',
    (s) => {
      const queue = `arn:aws:sqs:${region}:${account}:failed-orders`;
      mapping(s).DestinationConfig = { OnFailure: { Destination: queue } };
      s.destinations[queue] = ok({ arn: queue, kind: 'sqs', region });
      s.topics[clusterArn] = ok([{ TopicName: 'payments', PartitionCount: 3 }]);
    },
  ],
  [
    'a boundary leaves Kafka out',
    {},
    saslFailed,
    'access.kafka-connect',
    (s) => {
      role(s).PermissionsBoundary = { PermissionsBoundaryArn: `arn:aws:iam::${account}:policy/boundary` };
      s.managedPolicies[`arn:aws:iam::${account}:policy/boundary`] = ok(
        document(allow(['kafka:*', 'ec2:*', 'logs:*'], '*')),
      );
    },
  ],
  [
    'a policy denies the group',
    {},
    unauthorized,
    'access.kafka-group',
    (s) => inline(s, allow('kafka-cluster:*', '*'), deny('kafka-cluster:AlterGroup', '*')),
  ],
  [
    'the cluster’s own policy denies the role',
    {},
    unauthorized,
    'access.kafka-topic',
    (s) =>
      void (s.clusterPolicies[clusterArn] = ok(
        document({ ...deny('kafka-cluster:ReadData', '*'), Principal: { AWS: roleArn } }),
      )),
  ],
  [
    'a condition wants a tag that the role lacks',
    {},
    unauthorized,
    'access.kafka-topic',
    (s) =>
      inline(
        s,
        connect,
        { ...topicRights, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'orders' } } },
        groupRights,
      ),
  ],
  [
    'the right has ended',
    {},
    saslFailed,
    'access.kafka-connect',
    (s) =>
      inline(
        s,
        allow('kafka-cluster:*', '*', { Condition: { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } } }),
      ),
  ],
  [
    'EC2’s rights stand on the cluster’s ARN',
    {},
    'PROBLEM: Lambda does not have enough permission to process your event source. Please add ec2:DescribeSecurityGroups permission to role.',
    'access.network-interfaces',
    (s) => {
      s.managedPolicies[managedPolicyArn] = ok(
        document(
          allow(['kafka:*', 'logs:*'], '*'),
          allow(
            [
              'ec2:CreateNetworkInterface',
              'ec2:DescribeNetworkInterfaces',
              'ec2:DescribeVpcs',
              'ec2:DeleteNetworkInterface',
              'ec2:DescribeSubnets',
              'ec2:DescribeSecurityGroups',
            ],
            clusterArn,
          ),
        ),
      );
    },
  ],
  [
    'no right to ask MSK for its brokers',
    {},
    connection,
    'access.msk-api',
    (s) =>
      void (s.managedPolicies[managedPolicyArn] = ok(
        document(allow(['ec2:*', 'logs:*', 'kafka:DescribeClusterV2'], '*')),
      )),
  ],
  [
    'MSK’s rights are for another cluster',
    {},
    connection,
    'access.msk-api',
    (s) =>
      void (s.managedPolicies[managedPolicyArn] = ok(
        document(allow(['ec2:*', 'logs:*'], '*'), allow(onCluster, clusterArn.replace(clusterName, 'another'))),
      )),
  ],
  [
    'the role was stripped of everything, and nothing was said yet',
    {},
    silent,
    'access.msk-api',
    (s) => {
      s.attachedPolicies[roleArn] = ok([]);
      s.inlinePolicyNames[roleArn] = ok([]);
    },
  ],
  [
    'the trust policy names a service that is close',
    {},
    cannotAssume,
    'access.trust',
    (s) =>
      void (role(s).AssumeRolePolicyDocument = document({
        Effect: 'Allow',
        Principal: { Service: 'edgelambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      })),
  ],
  [
    'the trust policy denies',
    {},
    cannotAssume,
    'access.trust',
    (s) =>
      void (role(s).AssumeRolePolicyDocument = document(
        { Effect: 'Allow', Principal: lambda, Action: 'sts:AssumeRole' },
        { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' },
      )),
  ],
  [
    'the trust policy wants a source identity',
    {},
    cannotAssume,
    'access.trust',
    (s) =>
      void (role(s).AssumeRolePolicyDocument = document({
        Effect: 'Allow',
        Principal: lambda,
        Action: 'sts:AssumeRole',
        Condition: { StringLike: { 'sts:SourceIdentity': '*' } },
      })),
  ],
  [
    'the trust policy wants an external id',
    {},
    cannotAssume,
    'access.trust',
    (s) =>
      void (role(s).AssumeRolePolicyDocument = document({
        Effect: 'Allow',
        Principal: lambda,
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'orders' } },
      })),
  ],
  [
    'the trust policy allows another action',
    {},
    cannotAssume,
    'access.trust',
    (s) =>
      void (role(s).AssumeRolePolicyDocument = document({
        Effect: 'Allow',
        Principal: lambda,
        Action: 'sts:AssumeRoleWithWebIdentity',
      })),
  ],
  [
    'the secret may not be read, under the text of the network',
    { auth: 'scram' },
    connection,
    'access.secret',
    (s) => inline(s, allow('kms:Decrypt', keyArn)),
  ],
  [
    'the secret’s own policy denies',
    { auth: 'scram' },
    saslFailed,
    'access.secret',
    (s) =>
      void (s.secretPolicies[secretArn] = ok(
        document({ ...deny('secretsmanager:GetSecretValue', '*'), Principal: { AWS: roleArn } }),
      )),
  ],
  [
    'the key may not be used',
    { auth: 'scram' },
    saslFailed,
    'access.kms',
    (s) => inline(s, allow('secretsmanager:GetSecretValue', secretArn)),
  ],
  [
    'the key is granted to the role for another operation',
    { auth: 'scram' },
    saslFailed,
    'access.kms',
    (s) => {
      inline(s, allow('secretsmanager:GetSecretValue', secretArn));
      s.keyGrants[`${keyArn}#${roleArn}`] = ok([{ GranteePrincipal: roleArn, Operations: ['Encrypt', 'DescribeKey'] }]);
    },
  ],
  [
    'the key’s policy knows neither account nor role',
    { auth: 'scram' },
    saslFailed,
    'access.kms',
    (s) =>
      void (s.keyPolicies[keyArn] = ok(
        document({ ...allow('kms:*', '*'), Principal: { AWS: `arn:aws:iam::${account}:user/admin` } }),
      )),
  ],
  [
    'the key that the secret names by an alias may not be used',
    { auth: 'scram' },
    saslFailed,
    'access.kms',
    (s) => {
      const alias = `arn:aws:kms:${region}:${account}:alias/orders`;
      value(s.secrets, secretArn).KmsKeyId = alias;
      Object.assign(s.keys, { [alias]: s.keys[keyArn] });
      inline(s, allow('secretsmanager:GetSecretValue', secretArn));
    },
  ],
  [
    'the key is about to be deleted',
    { auth: 'mtls' },
    invalidCertificate,
    'secret.kms',
    (s) => void Object.assign(value(s.keys, keyArn), { KeyState: 'PendingDeletion', Enabled: false }),
  ],
  [
    'the secret’s name has no prefix',
    { auth: 'scram' },
    saslFailed,
    'secret.name-prefix',
    (s) => {
      value(s.secrets, secretArn).Name = 'orders';
      s.scramSecrets[clusterArn] = ok([]);
    },
  ],
  [
    'no secret on a cluster that takes SASL/SCRAM only',
    { auth: 'scram' },
    connection,
    'mapping.source-access',
    (s) => void (mapping(s).SourceAccessConfigurations = []),
  ],
  [
    'no certificate on a cluster that takes mutual TLS only',
    { auth: 'mtls' },
    notAuthenticated,
    'mapping.source-access',
    (s) => void (mapping(s).SourceAccessConfigurations = []),
  ],
  [
    'a type for self-managed Kafka',
    { auth: 'scram' },
    saslFailed,
    'mapping.source-access',
    (s) => void (mapping(s).SourceAccessConfigurations = [{ Type: 'SASL_SCRAM_256_AUTH', URI: secretArn }]),
  ],
  [
    'a VPC’s entries beside the secret',
    { auth: 'scram' },
    connection,
    'mapping.source-access',
    (s) =>
      void mapping(s).SourceAccessConfigurations.push({ Type: 'VPC_SUBNET', URI: 'subnet:subnet-0a1b2c3d4e5f6000a' }),
  ],
  [
    'a certificate for a cluster without mutual TLS',
    { auth: 'mtls' },
    notAuthenticated,
    'cluster.auth',
    (s) =>
      void (cluster(s).Provisioned!.ClientAuthentication = {
        Tls: { Enabled: false, CertificateAuthorityArnList: [] },
        Unauthenticated: { Enabled: true },
      }),
  ],
  [
    'no address for the way in that Lambda picks',
    {},
    connection,
    'cluster.broker',
    (s) =>
      void (s.bootstrapBrokers[clusterArn] = ok({
        BootstrapBrokerStringTls: 'b-1.orders.abc123.c2.kafka.eu-west-1.amazonaws.com:9094',
      })),
  ],
  [
    'the cluster is gone',
    {},
    connection,
    'cluster.state',
    (s) => {
      s.clusters[clusterArn] = gone('kafka', 'DescribeClusterV2');
      s.bootstrapBrokers[clusterArn] = gone('kafka', 'GetBootstrapBrokers');
      s.topics[clusterArn] = gone('kafka', 'ListTopics');
    },
  ],
  ['the cluster is being made', {}, connection, 'cluster.state', (s) => void (cluster(s).State = 'CREATING')],
  ['the topic is not there', {}, connection, 'cluster.topic', (s) => void (mapping(s).Topics = ['refunds'])],
  [
    'the topic is not there, said as a matter of rights',
    {},
    unauthorized,
    'cluster.topic',
    (s) => {
      mapping(s).Topics = ['refunds'];
      inline(s, allow('kafka-cluster:*', '*'));
    },
  ],
  ['Kafka’s ACLs refuse a certificate', { auth: 'mtls' }, unauthorized, 'cluster.acl', () => {}],
  ['Kafka’s ACLs refuse whoever has no name', { auth: 'tls' }, unauthorized, 'cluster.acl', () => {}],
  ['the alias is gone', {}, callFailed, 'function.state', (s) => void (mapping(s).FunctionArn = `${functionArn}:live`)],
  [
    'the function’s key is lost',
    {},
    callFailed,
    'function.state',
    (s) =>
      void Object.assign(functionOf(s), {
        State: 'Inactive',
        StateReasonCode: 'DisabledKMSKey',
        StateReason: 'KMS key is disabled',
      }),
  ],
  [
    'Lambda stopped the mapping for lack of a right',
    {},
    unauthorized,
    'access.kafka-topic',
    (s) => {
      Object.assign(mapping(s), { State: 'Disabled', StateTransitionReason: 'EVENT_SOURCE_AUTHZ_ERROR' });
      inline(s, connect, groupRights);
    },
  ],
];
