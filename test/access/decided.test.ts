/** Whole requests past whole sets of policies, each decided by hand from IAM's documented logic. */
import { describe, expect, test } from 'vitest';
import {
  account,
  arn,
  cluster,
  topic,
  group,
  secret,
  allow,
  deny,
  when,
  answer,
  type Answer,
  type Statements,
  type Setting,
} from './support/decide.js';

describe('actions and resources of a role’s own policies', () => {
  test.each<{ action: string; resource: string; statements: Statements; expected: Answer }>([
    { action: 'kafka-cluster:ReadData', resource: topic, statements: [], expected: 'denied' },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', topic),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow(['kafka-cluster:ReadData', 'kafka-cluster:DescribeTopic'], [cluster, topic]),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:*', '*'),
      expected: 'allowed',
    },
    { action: 'kafka-cluster:ReadData', resource: topic, statements: allow('*', '*'), expected: 'allowed' },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:readdata', topic),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('KAFKA-CLUSTER:READ*', topic),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:Read?ata', topic),
      expected: 'allowed',
    },
    { action: 'kafka-cluster:ReadData', resource: topic, statements: allow('kafka*', '*'), expected: 'allowed' },
    { action: 'kafka-cluster:ReadData', resource: topic, statements: allow('kafka:*', '*'), expected: 'denied' },
    { action: 'kafka-cluster:ReadData', resource: topic, statements: allow('kafka:ReadData', '*'), expected: 'denied' },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:Consume', '*'),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:Read', '*'),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData ', '*'),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', cluster),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', `${cluster}/*`),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', group),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', arn('topic')),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', arn('topic', '*')),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', arn('topic', 'ord*')),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', arn('topic', 'Orders')),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', arn('topic', 'order')),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', arn('topic', 'order?')),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', arn('topic', 'orders', '*')),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', 'arn:aws:kafka:eu-west-1:111122223333:topic/main/*'),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', 'arn:aws:kafka:eu-west-1:111122223333:topic/main/*/orders'),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', 'arn:aws:kafka:eu-west-1:111122223333:topic/*/orders'),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', 'arn:aws:kafka:eu-west-1:111122223333:topic/main/orders'),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', 'arn:aws:kafka:eu-west-1:111122223333:topic/other/*'),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', 'arn:aws:kafka:*:111122223333:topic/*'),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', 'arn:aws:kafka:eu-*:*:topic/*'),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', 'arn:aws:kafka:us-*:*:topic/*'),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', 'arn:aws:kafka:eu-west-1:444455556666:topic/*'),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', 'arn:aws:kafka:::topic/*'),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', 'arn:aws-cn:kafka:*:*:topic/*'),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', 'arn:*:kafka:*:*:topic/*'),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', 'arn:aws:kafka:eu-west-1:111122223333:*'),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', 'arn:aws:kafka:*'),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', 'arn:aws:kafka-cluster:*:*:topic/*'),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', 'arn:aws:kafka:eu-west-1:111122223333:*/main/*'),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', `${topic} `),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', [cluster, group, topic]),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:ReadData',
      resource: topic,
      statements: allow('kafka-cluster:ReadData', []),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:Connect',
      resource: cluster,
      statements: allow('kafka-cluster:Connect', cluster),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:Connect',
      resource: cluster,
      statements: allow('kafka-cluster:Connect', `${cluster}/*`),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:Connect',
      resource: cluster,
      statements: allow('kafka-cluster:Connect', 'arn:aws:kafka:eu-west-1:111122223333:cluster/main/*'),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:Connect',
      resource: cluster,
      statements: allow('kafka-cluster:Connect', 'arn:aws:kafka:eu-west-1:111122223333:cluster/main'),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:Connect',
      resource: cluster,
      statements: allow('kafka-cluster:Connect', 'arn:aws:kafka:eu-west-1:111122223333:cluster/*'),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:Connect',
      resource: cluster,
      statements: allow('kafka-cluster:Connect', cluster.slice(0, -2)),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:Connect',
      resource: cluster,
      statements: allow('kafka-cluster:Connect', `${cluster.slice(0, -1)}?`),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:AlterGroup',
      resource: group,
      statements: allow('kafka-cluster:AlterGroup', arn('group', '*')),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:AlterGroup',
      resource: group,
      statements: allow('kafka-cluster:*Group', arn('group', '5f0c*')),
      expected: 'allowed',
    },
    {
      action: 'kafka-cluster:AlterGroup',
      resource: group,
      statements: allow('kafka-cluster:*Group', arn('group', 'lambda-*')),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:AlterGroup',
      resource: group,
      statements: allow('kafka-cluster:*', [cluster, topic]),
      expected: 'denied',
    },
    {
      action: 'kafka-cluster:AlterGroup',
      resource: group,
      statements: allow('kafka-cluster:*Topic', '*'),
      expected: 'denied',
    },
    { action: 'ec2:DescribeSubnets', resource: '*', statements: allow('ec2:Describe*', '*'), expected: 'allowed' },
    {
      action: 'ec2:DescribeSubnets',
      resource: '*',
      statements: allow('ec2:DescribeSubnets', `arn:aws:ec2:eu-west-1:${account}:subnet/*`),
      expected: 'denied',
    },
    {
      action: 'ec2:DescribeSubnets',
      resource: '*',
      statements: allow('ec2:DescribeSubnets', cluster),
      expected: 'denied',
    },
    {
      action: 'ec2:DescribeSubnets',
      resource: '*',
      statements: allow('ec2:DescribeSubnets', 'arn:aws:ec2:*'),
      expected: 'denied',
    },
    {
      action: 'ec2:DescribeSubnets',
      resource: '*',
      statements: allow('ec2:Describe*', ['*', cluster]),
      expected: 'allowed',
    },
    {
      action: 'ec2:DeleteNetworkInterface',
      resource: `arn:aws:ec2:eu-west-1:${account}:network-interface/*`,
      statements: allow('ec2:*', `arn:aws:ec2:*:${account}:network-interface/*`),
      expected: 'allowed',
    },
    {
      action: 'ec2:DeleteNetworkInterface',
      resource: `arn:aws:ec2:eu-west-1:${account}:network-interface/*`,
      statements: allow('ec2:*', `arn:aws:ec2:*:${account}:network-interface/eni-1`),
      expected: 'cannot-tell',
    },
    {
      action: 'ec2:DeleteNetworkInterface',
      resource: `arn:aws:ec2:eu-west-1:${account}:network-interface/*`,
      statements: allow('ec2:*', `arn:aws:ec2:*:${account}:subnet/*`),
      expected: 'denied',
    },
    {
      action: 'ec2:DeleteNetworkInterface',
      resource: `arn:aws:ec2:eu-west-1:${account}:network-interface/*`,
      statements: allow('ec2:*', `arn:aws:ec2:*:${account}:*/eni-?????????????????`),
      expected: 'cannot-tell',
    },
    {
      action: 'secretsmanager:GetSecretValue',
      resource: secret,
      statements: allow('secretsmanager:GetSecretValue', secret),
      expected: 'allowed',
    },
    {
      action: 'secretsmanager:GetSecretValue',
      resource: secret,
      statements: allow('secretsmanager:GetSecretValue', secret.slice(0, -7)),
      expected: 'denied',
    },
    {
      action: 'secretsmanager:GetSecretValue',
      resource: secret,
      statements: allow('secretsmanager:GetSecretValue', `${secret.slice(0, -6)}??????`),
      expected: 'allowed',
    },
    {
      action: 'secretsmanager:GetSecretValue',
      resource: secret,
      statements: allow('secretsmanager:GetSecretValue', `${secret.slice(0, -7)}-*`),
      expected: 'allowed',
    },
    {
      action: 'secretsmanager:GetSecretValue',
      resource: secret,
      statements: allow('secretsmanager:GetSecretValue', `${secret.slice(0, -7)}*`),
      expected: 'allowed',
    },
    {
      action: 'secretsmanager:GetSecretValue',
      resource: secret,
      statements: allow('secretsmanager:GetSecretValue', `${secret.slice(0, -6)}?????`),
      expected: 'denied',
    },
    {
      action: 'secretsmanager:GetSecretValue',
      resource: secret,
      statements: allow('secretsmanager:GetSecretValue', 'AmazonMSK_orders'),
      expected: 'denied',
    },
    {
      action: 'secretsmanager:GetSecretValue',
      resource: secret,
      statements: allow('secretsmanager:DescribeSecret', secret),
      expected: 'denied',
    },
    {
      action: 'secretsmanager:GetSecretValue',
      resource: secret,
      statements: allow('secretsmanager:Get*', 'arn:aws:secretsmanager:*:*:secret:AmazonMSK_*'),
      expected: 'allowed',
    },
    {
      action: 's3:PutObject',
      resource: 'arn:aws:s3:::dead/*',
      statements: allow('s3:PutObject', 'arn:aws:s3:::dead'),
      expected: 'denied',
    },
    {
      action: 's3:PutObject',
      resource: 'arn:aws:s3:::dead/*',
      statements: allow('s3:PutObject', 'arn:aws:s3:::dead/*'),
      expected: 'allowed',
    },
    {
      action: 's3:PutObject',
      resource: 'arn:aws:s3:::dead/*',
      statements: allow('s3:PutObject', 'arn:aws:s3:::dead*'),
      expected: 'allowed',
    },
    {
      action: 's3:PutObject',
      resource: 'arn:aws:s3:::dead/*',
      statements: allow('s3:PutObject', 'arn:aws:s3:::dead/prefix/*'),
      expected: 'cannot-tell',
    },
    {
      action: 's3:PutObject',
      resource: 'arn:aws:s3:::dead/*',
      statements: allow('s3:PutObject', 'arn:aws:s3:::other/*'),
      expected: 'denied',
    },
  ])('$action on $resource with $statements: $expected', ({ action, resource, statements, expected }) =>
    expect(answer(action, resource, statements)).toBe(expected),
  );
});

describe('elements that leave out, and denials', () => {
  const everything = allow('*', '*');
  test.each<{ name: string; statements: Statements; expected: Answer }>([
    {
      name: 'NotAction leaves in what it does not name',
      statements: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
      expected: 'allowed',
    },
    {
      name: 'NotAction leaves out what it names',
      statements: { Effect: 'Allow', NotAction: 'kafka-cluster:*', Resource: '*' },
      expected: 'denied',
    },
    {
      name: 'NotAction in any case',
      statements: { Effect: 'Allow', NotAction: 'Kafka-Cluster:ReadData', Resource: '*' },
      expected: 'denied',
    },
    {
      name: 'NotResource leaves in',
      statements: { Effect: 'Allow', Action: '*', NotResource: cluster },
      expected: 'allowed',
    },
    {
      name: 'NotResource leaves out',
      statements: { Effect: 'Allow', Action: '*', NotResource: [cluster, topic] },
      expected: 'denied',
    },
    {
      name: 'NotResource by wildcard',
      statements: { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:kafka:*' },
      expected: 'denied',
    },
    {
      name: 'NotAction and NotResource together',
      statements: { Effect: 'Allow', NotAction: 'iam:*', NotResource: cluster },
      expected: 'allowed',
    },
    {
      name: 'a deny beats an allow',
      statements: [everything, deny('kafka-cluster:ReadData', topic)],
      expected: 'denied',
    },
    {
      name: 'a deny beats an allow that comes later',
      statements: [deny('kafka-cluster:ReadData', topic), everything],
      expected: 'denied',
    },
    {
      name: 'a deny on another resource',
      statements: [everything, deny('kafka-cluster:*', cluster)],
      expected: 'allowed',
    },
    {
      name: 'a deny of another action',
      statements: [everything, deny('kafka-cluster:WriteData', '*')],
      expected: 'allowed',
    },
    {
      name: 'a deny with NotAction',
      statements: [everything, { Effect: 'Deny', NotAction: ['kafka-cluster:*', 'logs:*'], Resource: '*' }],
      expected: 'allowed',
    },
    {
      name: 'a deny with NotAction that does not name it',
      statements: [everything, { Effect: 'Deny', NotAction: 'logs:*', Resource: '*' }],
      expected: 'denied',
    },
    {
      name: 'a deny with NotResource that covers it',
      statements: [everything, { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:kafka:*' }],
      expected: 'allowed',
    },
    {
      name: 'a deny with NotResource that does not',
      statements: [everything, { Effect: 'Deny', Action: '*', NotResource: cluster }],
      expected: 'denied',
    },
    {
      name: 'a deny that may hold',
      statements: [everything, deny('*', '*', when('StringNotEquals', 'aws:SourceVpc', 'vpc-1'))],
      expected: 'cannot-tell',
    },
    {
      name: 'a deny that surely does not hold',
      statements: [everything, deny('*', '*', when('Bool', 'aws:SecureTransport', 'false'))],
      expected: 'allowed',
    },
    {
      name: 'a deny that surely holds',
      statements: [everything, deny('*', '*', when('Bool', 'aws:SecureTransport', 'true'))],
      expected: 'denied',
    },
    {
      name: 'a deny for those without a second factor',
      statements: [everything, deny('*', '*', when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false'))],
      expected: 'cannot-tell',
    },
    {
      name: 'an allow that may hold',
      statements: allow('*', '*', when('IpAddress', 'aws:SourceIp', '10.0.0.0/8')),
      expected: 'cannot-tell',
    },
    {
      name: 'one that may and one that does',
      statements: [allow('*', '*', when('IpAddress', 'aws:SourceIp', '10.0.0.0/8')), everything],
      expected: 'allowed',
    },
    {
      name: 'a statement in a hundred',
      statements: [
        ...Array.from({ length: 100 }, (_, index) => allow('kafka-cluster:ReadData', arn('topic', `t${index}`))),
        allow('kafka-cluster:ReadData', topic),
      ],
      expected: 'allowed',
    },
    {
      name: 'an odd effect may be anything',
      statements: [{ Effect: 'Permit', Action: '*', Resource: '*' }],
      expected: 'cannot-tell',
    },
    {
      name: 'an effect in lower case',
      statements: { Effect: 'allow', Action: '*', Resource: '*' },
      expected: 'allowed',
    },
    { name: 'no action at all', statements: { Effect: 'Allow', Resource: '*' }, expected: 'cannot-tell' },
    { name: 'no resource at all', statements: { Effect: 'Allow', Action: '*' }, expected: 'cannot-tell' },
    {
      name: 'a malformed condition',
      statements: { Effect: 'Allow', Action: '*', Resource: '*', Condition: 'x' },
      expected: 'cannot-tell',
    },
    {
      name: 'an empty condition',
      statements: { Effect: 'Allow', Action: '*', Resource: '*', Condition: {} },
      expected: 'allowed',
    },
  ])('$name', ({ statements, expected }) => expect(answer('kafka-cluster:ReadData', topic, statements)).toBe(expected));
});

describe('variables and tags', () => {
  const fromRole = (resource: string, setting: Setting = {}) =>
    answer('kafka-cluster:ReadData', topic, allow('*', resource), setting);
  test.each<{ name: string; resource: string; setting: Setting; expected: Answer }>([
    { name: 'a tag of the role', resource: arn('topic', '${aws:PrincipalTag/team}'), setting: {}, expected: 'allowed' },
    {
      name: 'a tag in another case of its name',
      resource: arn('topic', '${aws:principaltag/TEAM}'),
      setting: {},
      expected: 'allowed',
    },
    {
      name: 'a tag with text around it',
      resource: arn('topic', '${aws:PrincipalTag/team}*'),
      setting: {},
      expected: 'allowed',
    },
    {
      name: 'a tag of another value',
      resource: arn('topic', '${aws:PrincipalTag/team}'),
      setting: { context: { 'aws:PrincipalTag/team': 'sales' } },
      expected: 'denied',
    },
    {
      name: 'a tag that the role lacks',
      resource: arn('topic', '${aws:PrincipalTag/stage}'),
      setting: {},
      expected: 'denied',
    },
    {
      name: 'a tag that the role lacks, with a default',
      resource: arn('topic', "${aws:PrincipalTag/stage, 'orders'}"),
      setting: {},
      expected: 'allowed',
    },
    {
      name: 'a variable that nobody knows',
      resource: arn('topic', '${aws:SourceVpc}'),
      setting: {},
      expected: 'cannot-tell',
    },
    {
      name: 'one that nobody knows where the rest does not fit',
      resource: `${arn('group', '${aws:SourceVpc}')}`,
      setting: {},
      expected: 'denied',
    },
    { name: 'a role has no user name', resource: arn('topic', '${aws:username}'), setting: {}, expected: 'denied' },
    {
      name: 'the old language knows no variables',
      resource: arn('topic', '${aws:PrincipalTag/team}'),
      setting: { version: '2008-10-17' },
      expected: 'denied',
    },
    { name: 'an escaped star is a star', resource: arn('topic', '${*}'), setting: {}, expected: 'denied' },
    {
      name: 'the value of a tag is no pattern',
      resource: arn('topic', '${aws:PrincipalTag/team}'),
      setting: { context: { 'aws:PrincipalTag/team': '*' } },
      expected: 'denied',
    },
  ])('$name', ({ resource, setting, expected }) => expect(fromRole(resource, setting)).toBe(expected));

  test.each<{ name: string; condition: object; expected: Answer }>([
    {
      name: 'equal whatever the case, by a variable',
      condition: when('StringEqualsIgnoreCase', 'aws:PrincipalTag/team', '${aws:PrincipalTag/Team}'),
      expected: 'allowed',
    },
    {
      name: 'a negation of what the request lacks',
      condition: when('StringNotEquals', 'aws:PrincipalTag/team', '${aws:username}'),
      expected: 'cannot-tell',
    },
    {
      name: 'a negation of what the request lacks beside what it has',
      condition: when('StringNotEquals', 'aws:PrincipalTag/team', 'orders', '${aws:username}'),
      expected: 'denied',
    },
    {
      name: 'any value of a key that is not there, if it exists',
      condition: when('ForAnyValue:StringEqualsIfExists', 'aws:username', 'x'),
      expected: 'cannot-tell',
    },
    {
      name: 'a tag as asked',
      condition: when('StringEquals', 'aws:PrincipalTag/team', 'orders', 'sales'),
      expected: 'allowed',
    },
    {
      name: 'a tag not as asked',
      condition: when('StringEquals', 'aws:PrincipalTag/team', 'sales'),
      expected: 'denied',
    },
    {
      name: 'two operators, one false',
      condition: {
        Condition: { StringEquals: { 'aws:PrincipalTag/team': 'orders' }, Bool: { 'aws:SecureTransport': 'false' } },
      },
      expected: 'denied',
    },
    {
      name: 'two keys, one false',
      condition: {
        Condition: { StringEquals: { 'aws:PrincipalTag/team': 'orders', 'aws:PrincipalAccount': '444455556666' } },
      },
      expected: 'denied',
    },
    {
      name: 'one unknown, one false',
      condition: { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1', 'aws:PrincipalAccount': '444455556666' } } },
      expected: 'denied',
    },
    {
      name: 'one unknown, one true',
      condition: { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1', 'aws:PrincipalAccount': account } } },
      expected: 'cannot-tell',
    },
    {
      name: 'the role’s own ARN',
      condition: when('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${account}:role/service-role/*`),
      expected: 'allowed',
    },
    {
      name: 'the ARN of a role of the same name without path',
      condition: when('ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::${account}:role/orders`),
      expected: 'denied',
    },
    {
      name: 'an operator that is none',
      condition: when('StringContains', 'aws:PrincipalTag/team', 'o'),
      expected: 'cannot-tell',
    },
    {
      name: 'a boolean as JSON has it',
      condition: { Condition: { Bool: { 'aws:SecureTransport': true } } },
      expected: 'allowed',
    },
  ])('$name', ({ condition, expected }) =>
    expect(answer('kafka-cluster:ReadData', topic, allow('*', '*', condition))).toBe(expected),
  );
});
