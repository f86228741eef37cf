/** Condition keys that are never in a call with the execution role: a condition on them is decided, not unknown. */
import { describe, expect, test } from 'vitest';
import { account, functionArn, region, roleArn } from '../../accounts/account.js';
import { ok } from '../../../src/snapshot/read.js';
import { allow, deny, document, inline } from '../../scenarios/parts.js';
import { judge } from '../judging.js';

const everything = allow('kafka-cluster:*', '*');

describe('a Deny that cannot match', () => {
  test.each<[string, object]>([
    ['old instance metadata', { NumericLessThan: { 'ec2:RoleDelivery': '2.0' } }],
    ['an instance of another VPC', { StringLike: { 'aws:Ec2InstanceSourceVpc': 'vpc-*' } }],
    ['calls of CloudFormation', { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['cloudformation.amazonaws.com'] } }],
    ['calls on behalf of somebody', { Bool: { 'aws:ViaAWSService': 'true' } }],
    [
      'a service of another account',
      { StringNotEqualsIfExists: { 'aws:SourceAccount': account }, Null: { 'aws:SourceAccount': 'false' } },
    ],
    ['tags of a request', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['owner'] } }],
  ])('%s', (_, Condition) =>
    expect(judge('access.kafka-connect', (s) => inline(s, everything, deny('*', '*', { Condition }))).status).toBe(
      'pass',
    ),
  );
});

describe('an Allow that cannot match', () => {
  test.each<[string, object]>([
    ['only via a service', { Bool: { 'aws:ViaAWSService': 'true' } }],
    ['only for the function as source', { ArnEquals: { 'aws:SourceArn': functionArn } }],
    ['only for the account as source', { StringEquals: { 'aws:SourceAccount': account } }],
    ['only with tags', { StringEquals: { 'aws:RequestTag/team': 'orders' } }],
  ])('%s', (_, Condition) =>
    expect(judge('access.kafka-connect', (s) => inline(s, allow('kafka-cluster:*', '*', { Condition }))).status).toBe(
      'fail',
    ),
  );
});

test('whether Secrets Manager decrypts on behalf of the role is not known', () => {
  const change = (value: string) => (s: Parameters<typeof inline>[0]) => {
    s.inlinePolicyNames[roleArn] = ok(['secret']);
    s.inlinePolicies[`${roleArn}#secret`] = ok(
      document(
        allow('secretsmanager:GetSecretValue', '*'),
        allow('kms:Decrypt', '*', { Condition: { Bool: { 'aws:ViaAWSService': value } } }),
      ),
    );
  };
  for (const value of ['true', 'false'])
    expect(judge('access.kms', change(value), { auth: 'scram' }).status, value).toBe('unknown');
});

test('whether Lambda tags a network interface is not known', () => {
  const Condition = { Null: { 'aws:RequestTag/owner': 'true' } };
  const finding = judge('access.network-interfaces', (s) =>
    inline(s, everything, deny('ec2:CreateNetworkInterface', `arn:aws:ec2:${region}:${account}:*`, { Condition })),
  );
  expect(finding.status).toBe('unknown');
});
