/** Accounts whose execution role lacks a permission. */
import { ok } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { broken, notFound, value, type SandboxAccount } from '../account.js';
import {
  account,
  clusterArn,
  clusterName,
  clusterUuid,
  managedPolicyArn,
  region,
  roleArn,
  topic,
  uuid,
} from '../healthy.js';
import { problem } from './texts.js';

const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string[], Resource: string | string[]) => ({ Effect: 'Allow', Action, Resource });
const inline = (snapshot: Snapshot, ...statements: object[]) =>
  void (snapshot.inlinePolicies[`${roleArn}#kafka-access`] = ok(document(...statements)));
const arn = (type: string, name: string) =>
  `arn:aws:kafka:${region}:${account}:${type}/${clusterName}/${clusterUuid}/${name}`;
const connect = allow(['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration'], clusterArn);
const read = allow(['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], arn('topic', topic));
const unauthorized = problem('cluster-failed-to-authorize');

export const rightsAccounts: readonly SandboxAccount[] = [
  broken(
    'managed-policy-only',
    'The role has only AWSLambdaMSKExecutionRole, which contains no kafka-cluster actions',
    'access.kafka-connect',
    problem('sasl-authentication-failed'),
    {},
    (snapshot) => {
      snapshot.inlinePolicyNames[roleArn] = ok([]);
      snapshot.inlinePolicies = {};
    },
  ),
  broken(
    'group-forgotten',
    'The role has permissions on the cluster and topic, but not on the consumer group',
    'access.kafka-group',
    unauthorized,
    {},
    (snapshot) => inline(snapshot, connect, read),
  ),
  broken(
    'topic-on-cluster-arn',
    'The topic actions are allowed on the cluster’s ARN, which does not match topics',
    'access.kafka-topic',
    unauthorized,
    {},
    (snapshot) =>
      inline(
        snapshot,
        connect,
        allow(['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], clusterArn),
        allow(['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'], arn('group', '*')),
      ),
  ),
  broken(
    'explicit-deny',
    'A Deny statement denies ReadData on the topic',
    'access.kafka-topic',
    unauthorized,
    {},
    (snapshot) =>
      inline(snapshot, allow(['kafka-cluster:*'], '*'), {
        Sid: 'NoReads',
        Effect: 'Deny',
        Action: 'kafka-cluster:ReadData',
        Resource: arn('topic', 'or*'),
      }),
  ),
  broken(
    'deny-wildcard',
    'A Deny statement with a wildcard and NotResource denies all clusters but one',
    'access.kafka-connect',
    problem('sasl-authentication-failed'),
    {},
    (snapshot) =>
      inline(snapshot, allow(['kafka-cluster:*'], '*'), {
        Sid: 'OtherTeamsOnly',
        Effect: 'Deny',
        Action: 'kafka-cluster:*',
        NotResource: arn('topic', 'other-*'),
      }),
  ),
  broken(
    'permissions-boundary',
    'The role’s permissions boundary does not allow kafka-cluster actions',
    'access.kafka-connect',
    problem('sasl-authentication-failed'),
    {},
    (snapshot) => {
      const boundary = `arn:aws:iam::${account}:policy/boundary`;
      value(snapshot.roles, roleArn).PermissionsBoundary = { PermissionsBoundaryArn: boundary };
      snapshot.managedPolicies[boundary] = ok(document(allow(['ec2:*', 'kafka:*', 'logs:*'], '*')));
    },
  ),
  broken(
    'no-network-interfaces',
    'The role may not create network interfaces',
    'access.network-interfaces',
    problem('not-enough-permission'),
    {},
    (snapshot) => {
      snapshot.managedPolicies[managedPolicyArn] = ok(
        document(
          allow(['kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers', 'logs:*'], '*'),
        ),
      );
    },
  ),
  broken(
    'trust',
    'The trust policy allows EC2, not Lambda',
    'access.trust',
    problem('cannot-assume-role'),
    {},
    (snapshot) => {
      value(snapshot.roles, roleArn).AssumeRolePolicyDocument = document({
        Effect: 'Allow',
        Principal: { Service: 'ec2.amazonaws.com' },
        Action: 'sts:AssumeRole',
      });
    },
  ),
  broken(
    'boundary',
    'The role’s permissions boundary does not include the kafka-cluster actions',
    'access.kafka-connect',
    problem('sasl-authentication-failed'),
    {},
    (snapshot) => {
      const boundary = `arn:aws:iam::${account}:policy/team-boundary`;
      value(snapshot.roles, roleArn).PermissionsBoundary = { PermissionsBoundaryArn: boundary };
      snapshot.managedPolicies[boundary] = ok(
        document(allow(['ec2:*', 'kafka:*', 'logs:*', 'secretsmanager:*', 'kms:*'], '*')),
      );
    },
  ),
  broken(
    'stopped-by-lambda',
    'Lambda disabled the mapping, because the role may not use the consumer group',
    'access.kafka-group',
    unauthorized,
    {},
    (snapshot) => {
      inline(snapshot, connect, read);
      Object.assign(value(snapshot.mappings, uuid), {
        State: 'Disabled',
        StateTransitionReason: 'EVENT_SOURCE_AUTHZ_ERROR',
      });
    },
  ),
  broken(
    'role-gone',
    'The execution role was deleted',
    'access.trust',
    problem('cannot-assume-role'),
    {},
    (snapshot) => {
      snapshot.roles[roleArn] = notFound('iam', 'GetRole');
      snapshot.inlinePolicyNames[roleArn] = notFound('iam', 'ListRolePolicies');
      snapshot.attachedPolicies[roleArn] = notFound('iam', 'ListAttachedRolePolicies');
    },
  ),
];
