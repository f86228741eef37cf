import { describe, expect, test } from 'vitest';
import check from '../../../src/checks/cluster/policy.js';
import { runCheck } from '../../../src/checks/run.js';
import { replayAll } from '../../../src/simulate/simulate.js';
import { ok, type Read } from '../../../src/snapshot/read.js';
import type { VpcConnection } from '../../../src/snapshot/resources/index.js';
import { subjectOf } from '../../../src/subject/subject.js';
import {
  account,
  accountWith,
  clusterName,
  denied,
  fromGroup,
  groupId,
  healthyAccount,
  notFound,
  region,
  roleArn,
  rule,
  subnetIds,
  uuid,
  value,
  vpcId,
} from '../../accounts/account.js';

const arn = `arn:aws:kafka:${region}:${account}:vpc-connection/444455556666/${clusterName}/11111111-2222-3333-4444-555555555555-2`;
const connection = (more: Partial<VpcConnection> = {}): Read<VpcConnection> =>
  ok({
    VpcConnectionArn: arn,
    State: 'AVAILABLE',
    Authentication: 'SASL_IAM',
    Subnets: subnetIds,
    SecurityGroups: [groupId],
    ...more,
  });
/** What AWS asks of the connection's own group. */
const connectionPorts = [rule(14_001, 14_100, fromGroup(groupId))];
const judge = (read: Read<VpcConnection>, ingress = connectionPorts) =>
  runCheck(
    check,
    subjectOf(
      accountWith((snapshot) => {
        value(snapshot.mappings, uuid).EventSourceArn = arn;
        snapshot.vpcConnections[arn] = read;
        value(snapshot.securityGroups, vpcId)[0]!.IpPermissions = ingress;
      }),
      uuid,
    ),
  );

test('an available connection of the right kind passes', () => expect(judge(connection()).status).toBe('pass'));
test('absent state and authentication are not blamed', () =>
  expect(judge(connection({ State: undefined, Authentication: undefined })).status).toBe('pass'));
test.each(['CREATING', 'FAILED', 'REJECTED', 'DELETING'])('state %s carries nothing', (State) =>
  expect(judge(connection({ State }))).toMatchObject({ status: 'fail', title: expect.stringContaining(State) }),
);
test('another authentication than the mapping’s', () =>
  expect(judge(connection({ Authentication: 'SASL_SCRAM' })).status).toBe('fail'));
test.each<[string, Partial<VpcConnection>, string, RegExp]>([
  ['CREATING', { State: 'CREATING' }, 'by-hand', /^Wait until/],
  ['DELETING', { State: 'DELETING' }, 'by-hand', /^Create another VPC connection/],
  ['REJECTED', { State: 'REJECTED' }, 'by-hand', /^Ask the cluster’s owner/],
  ['for users', { Authentication: 'SASL_SCRAM' }, 'by-hand', /^Name a secret for SASL\/SCRAM/],
  ['for certificates', { Authentication: 'TLS' }, 'by-hand', /^Name a secret for mutual TLS/],
])('%s: a fix of its own', (_, more, safety, title) =>
  expect(judge(connection(more)).fixes[0]).toMatchObject({ safety, title: expect.stringMatching(title) as string }),
);
test('a connection for IAM, and a mapping that names a secret: the secret is removed', () => {
  const broken = accountWith(
    (snapshot) => {
      value(snapshot.mappings, uuid).EventSourceArn = arn;
      snapshot.vpcConnections[arn] = connection();
      value(snapshot.securityGroups, vpcId)[0]!.IpPermissions = connectionPorts;
    },
    { auth: 'scram' },
  );
  const [fix] = runCheck(check, subjectOf(broken, uuid)).fixes;
  expect(fix).toMatchObject({ safety: 'care', changes: [{ operation: 'UpdateEventSourceMapping' }] });
  const mended = replayAll(broken, fix!.changes);
  expect(value(mended.mappings, uuid).SourceAccessConfigurations).toEqual([]);
  expect(runCheck(check, subjectOf(mended, uuid)).title).not.toContain('is for SASL_IAM');
});
test('a connection that is gone', () =>
  expect(judge(notFound('kafka', 'DescribeVpcConnection', arn)).status).toBe('fail'));
test.each([
  { name: 'that is gone', read: notFound('kafka', 'DescribeVpcConnection', arn), index: 0 },
  { name: 'for users', read: connection({ Authentication: 'SASL_SCRAM' }), index: 1 },
])('a connection $name: recreate does not refuse the command for LATEST', ({ read, index }) => {
  const commandFrom = (StartingPosition: 'LATEST' | 'TRIM_HORIZON') => {
    const account = accountWith((snapshot) => {
      Object.assign(value(snapshot.mappings, uuid), { EventSourceArn: arn, StartingPosition });
      snapshot.vpcConnections[arn] = read;
    });
    return runCheck(check, subjectOf(account, uuid)).fixes[index]!.commands;
  };
  const command = `msk-lambda recreate ${uuid} --cluster VPC_CONNECTION_ARN`;
  expect(commandFrom('TRIM_HORIZON')).toEqual([command]);
  expect(commandFrom('LATEST')).toEqual([
    `${command} --starting-position AT_TIMESTAMP --starting-position-timestamp 2026-11-20T08:00:00.000Z`,
  ]);
});
test('a connection that could not be read', () =>
  expect(judge(denied('kafka', 'DescribeVpcConnection', arn))).toMatchObject({
    status: 'unknown',
    missingActions: ['kafka:DescribeVpcConnection'],
  }));
test('a mapping in the cluster’s own account', () =>
  expect(runCheck(check, subjectOf(healthyAccount(), uuid)).status).toBe('skip'));
test('a group that keeps the connection’s ports shut', () => {
  const finding = judge(connection(), [rule(9098, 9098, fromGroup(groupId))]);
  expect(finding.status).toBe('fail');
  expect(finding.evidence[0]?.fact).toMatch(/no inbound rule allows TCP 14001–14100/);
});

describe('the policy of the cluster’s owner, by IAM', () => {
  const clusterArn = `arn:aws:kafka:${region}:444455556666:cluster/${clusterName}/99999999-2222-3333-4444-555555555555-2`;
  const kafka = (type: string, rest: string) => `arn:aws:kafka:${region}:444455556666:${type}/${clusterName}/${rest}`;
  const principal = { AWS: `arn:aws:iam::${account}:root` };
  const whole = {
    Effect: 'Allow',
    Principal: principal,
    Action: ['kafka-cluster:*', 'kafka:*'],
    Resource: [clusterArn, kafka('topic', '*'), kafka('group', '*')],
  };
  const judgePolicy = (...Statement: object[]) => judgeUnder('OK', ...Statement);
  const judgeUnder = (text: string, ...Statement: object[]) =>
    runCheck(
      check,
      subjectOf(
        accountWith((snapshot) => {
          value(snapshot.mappings, uuid).LastProcessingResult = text;
          value(snapshot.mappings, uuid).EventSourceArn = arn;
          snapshot.vpcConnections[arn] = connection({ TargetClusterArn: clusterArn });
          snapshot.clusterPolicies[clusterArn] =
            Statement.length === 0
              ? denied('kafka', 'GetClusterPolicy', clusterArn)
              : ok(JSON.stringify({ Version: '2012-10-17', Statement }));
          value(snapshot.securityGroups, vpcId)[0]!.IpPermissions = connectionPorts;
        }),
        uuid,
      ),
    );

  test('allows the account all that is needed', () => expect(judgePolicy(whole).status).toBe('pass'));
  test('allows the role itself', () =>
    expect(judgePolicy({ ...whole, Principal: { AWS: roleArn } }).status).toBe('pass'));
  test('cannot be read, which is the rule', () => expect(judgePolicy().status).toBe('pass'));
  test('leaves the consumer group out', () =>
    expect(judgePolicy({ ...whole, Resource: [clusterArn, kafka('topic', '*')] })).toMatchObject({
      status: 'fail',
      evidence: [{ fact: expect.stringContaining('kafka-cluster:AlterGroup') }],
    }));
  test('does not let the pollers fetch the brokers: a fault only where they may not have come to them', () => {
    const inKafka = { ...whole, Action: ['kafka-cluster:*', 'kafka:DescribeCluster'] };
    expect(judgePolicy(inKafka).status).toBe('pass');
    expect(judgeUnder('PROBLEM: Cluster failed to authorize Lambda.', inKafka).status).toBe('pass');
    expect(
      judgeUnder('PROBLEM: Connection error. Please check your event source connection configuration.', inKafka),
    ).toMatchObject({ status: 'fail', evidence: [{ fact: expect.stringContaining('kafka:GetBootstrapBrokers') }] });
  });
  test('is for another account', () =>
    expect(judgePolicy({ ...whole, Principal: { AWS: 'arn:aws:iam::777788889999:root' } }).status).toBe('fail'));
  test('denies', () =>
    expect(
      judgePolicy(whole, { Effect: 'Deny', Principal: '*', Action: 'kafka-cluster:ReadData', Resource: '*' }).status,
    ).toBe('fail'));
  test('allows under a condition that nobody can tell', () =>
    expect(
      judgePolicy({ ...whole, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example123' } } }).status,
    ).toBe('unknown'));
});
