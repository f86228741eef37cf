/** Whole requests past whole sets of policies, each decided by hand from IAM's documented logic. */
import { describe, expect, test } from 'vitest';
import type { AccessRequest } from '../../src/access/access-question.js';
import { authorize, type Layers } from '../../src/access/authorize.js';

const account = '111122223333';
const role = `arn:aws:iam::${account}:role/service-role/orders`;
const uuid = '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-1';
const arn = (kind: string, ...names: string[]) =>
  ['arn:aws:kafka:eu-west-1:111122223333:', [kind, 'main', uuid, ...names].join('/')].join('');
const [cluster, topic, group] = [arn('cluster'), arn('topic', 'orders'), arn('group', '5f0c8a1e-group')];
const secret = `arn:aws:secretsmanager:eu-west-1:${account}:secret:AmazonMSK_orders-a1b2c3`;
const key = `arn:aws:kms:eu-west-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const foreign = (arn: string) => arn.replace(account, '444455556666');

type Answer = 'allowed' | 'denied' | 'cannot-tell';
type Statements = object | object[];
const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: unknown, Resource: unknown, more: object = {}) => ({ Effect: 'Deny', Action, Resource, ...more });
const when = (operator: string, name: string, ...values: string[]) => ({
  Condition: { [operator]: { [name]: values } },
});
const text = (statements: Statements, Version = '2012-10-17') => JSON.stringify({ Version, Statement: statements });

interface Setting {
  boundary?: Statements;
  scp?: Statements[];
  rcp?: Statements[];
  resource?: Statements | null;
  context?: AccessRequest['context'];
  unread?: 'identity' | 'boundary' | 'resource';
  version?: string;
}

function answer(action: string, resource: string, identity: Statements, setting: Setting = {}): Answer {
  const failure = {
    outcome: 'denied',
    service: 'iam',
    operation: 'GetRolePolicy',
    action: 'iam:GetRolePolicy',
    error: 'AccessDenied',
  } as const;
  const levels = (documents: Statements[] | undefined) =>
    documents === undefined
      ? null
      : {
          levels: documents.map((document, index) => ({
            target: `ou-${index}`,
            policies: [{ id: 'p-1', document: text(document) }],
          })),
        };
  const layers: Layers = {
    role: {
      roleArn: role,
      role: { RoleName: 'orders', Arn: role, Tags: [] },
      identity: [{ name: 'own', kind: 'inline', arn: null, document: text(identity, setting.version) }],
      boundary: setting.boundary === undefined ? null : { arn: 'boundary', document: text(setting.boundary) },
      unreadable:
        setting.unread === 'identity' || setting.unread === 'boundary' ? [{ what: setting.unread, failure }] : [],
    },
    organization: { service: levels(setting.scp), resource: levels(setting.rcp) },
    resource:
      setting.resource === undefined && setting.unread !== 'resource'
        ? null
        : {
            kind: action.startsWith('kms:') ? 'key' : 'ordinary',
            name: 'resource',
            document: setting.resource === null || setting.resource === undefined ? null : text(setting.resource),
            unread: setting.unread === 'resource' ? [failure] : [],
          },
  };
  return authorize(
    {
      action,
      resource,
      principal: { aws: role },
      context: {
        'aws:PrincipalTag/team': 'orders',
        'aws:PrincipalTag/*': null,
        'aws:username': null,
        'aws:SecureTransport': 'true',
        'aws:PrincipalArn': role,
        'aws:PrincipalAccount': account,
        ...setting.context,
      },
    },
    layers,
  ).answer;
}

describe('actions and resources of a role’s own policies', () => {
  test.each<[string, string, Statements, Answer]>([
    ['kafka-cluster:ReadData', topic, [], 'denied'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', topic), 'allowed'],
    [
      'kafka-cluster:ReadData',
      topic,
      allow(['kafka-cluster:ReadData', 'kafka-cluster:DescribeTopic'], [cluster, topic]),
      'allowed',
    ],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:*', '*'), 'allowed'],
    ['kafka-cluster:ReadData', topic, allow('*', '*'), 'allowed'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:readdata', topic), 'allowed'],
    ['kafka-cluster:ReadData', topic, allow('KAFKA-CLUSTER:READ*', topic), 'allowed'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:Read?ata', topic), 'allowed'],
    ['kafka-cluster:ReadData', topic, allow('kafka*', '*'), 'allowed'],
    ['kafka-cluster:ReadData', topic, allow('kafka:*', '*'), 'denied'],
    ['kafka-cluster:ReadData', topic, allow('kafka:ReadData', '*'), 'denied'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:Consume', '*'), 'denied'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:Read', '*'), 'denied'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData ', '*'), 'denied'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', cluster), 'denied'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', `${cluster}/*`), 'denied'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', group), 'denied'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', arn('topic')), 'denied'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', arn('topic', '*')), 'allowed'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', arn('topic', 'ord*')), 'allowed'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', arn('topic', 'Orders')), 'denied'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', arn('topic', 'order')), 'denied'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', arn('topic', 'order?')), 'allowed'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', arn('topic', 'orders', '*')), 'denied'],
    [
      'kafka-cluster:ReadData',
      topic,
      allow('kafka-cluster:ReadData', 'arn:aws:kafka:eu-west-1:111122223333:topic/main/*'),
      'allowed',
    ],
    [
      'kafka-cluster:ReadData',
      topic,
      allow('kafka-cluster:ReadData', 'arn:aws:kafka:eu-west-1:111122223333:topic/main/*/orders'),
      'allowed',
    ],
    [
      'kafka-cluster:ReadData',
      topic,
      allow('kafka-cluster:ReadData', 'arn:aws:kafka:eu-west-1:111122223333:topic/*/orders'),
      'allowed',
    ],
    [
      'kafka-cluster:ReadData',
      topic,
      allow('kafka-cluster:ReadData', 'arn:aws:kafka:eu-west-1:111122223333:topic/main/orders'),
      'denied',
    ],
    [
      'kafka-cluster:ReadData',
      topic,
      allow('kafka-cluster:ReadData', 'arn:aws:kafka:eu-west-1:111122223333:topic/other/*'),
      'denied',
    ],
    [
      'kafka-cluster:ReadData',
      topic,
      allow('kafka-cluster:ReadData', 'arn:aws:kafka:*:111122223333:topic/*'),
      'allowed',
    ],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', 'arn:aws:kafka:eu-*:*:topic/*'), 'allowed'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', 'arn:aws:kafka:us-*:*:topic/*'), 'denied'],
    [
      'kafka-cluster:ReadData',
      topic,
      allow('kafka-cluster:ReadData', 'arn:aws:kafka:eu-west-1:444455556666:topic/*'),
      'denied',
    ],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', 'arn:aws:kafka:::topic/*'), 'denied'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', 'arn:aws-cn:kafka:*:*:topic/*'), 'denied'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', 'arn:*:kafka:*:*:topic/*'), 'allowed'],
    [
      'kafka-cluster:ReadData',
      topic,
      allow('kafka-cluster:ReadData', 'arn:aws:kafka:eu-west-1:111122223333:*'),
      'allowed',
    ],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', 'arn:aws:kafka:*'), 'allowed'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', 'arn:aws:kafka-cluster:*:*:topic/*'), 'denied'],
    [
      'kafka-cluster:ReadData',
      topic,
      allow('kafka-cluster:ReadData', 'arn:aws:kafka:eu-west-1:111122223333:*/main/*'),
      'allowed',
    ],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', `${topic} `), 'denied'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', [cluster, group, topic]), 'allowed'],
    ['kafka-cluster:ReadData', topic, allow('kafka-cluster:ReadData', []), 'denied'],
    ['kafka-cluster:Connect', cluster, allow('kafka-cluster:Connect', cluster), 'allowed'],
    ['kafka-cluster:Connect', cluster, allow('kafka-cluster:Connect', `${cluster}/*`), 'denied'],
    [
      'kafka-cluster:Connect',
      cluster,
      allow('kafka-cluster:Connect', 'arn:aws:kafka:eu-west-1:111122223333:cluster/main/*'),
      'allowed',
    ],
    [
      'kafka-cluster:Connect',
      cluster,
      allow('kafka-cluster:Connect', 'arn:aws:kafka:eu-west-1:111122223333:cluster/main'),
      'denied',
    ],
    [
      'kafka-cluster:Connect',
      cluster,
      allow('kafka-cluster:Connect', 'arn:aws:kafka:eu-west-1:111122223333:cluster/*'),
      'allowed',
    ],
    ['kafka-cluster:Connect', cluster, allow('kafka-cluster:Connect', cluster.slice(0, -2)), 'denied'],
    ['kafka-cluster:Connect', cluster, allow('kafka-cluster:Connect', `${cluster.slice(0, -1)}?`), 'allowed'],
    ['kafka-cluster:AlterGroup', group, allow('kafka-cluster:AlterGroup', arn('group', '*')), 'allowed'],
    ['kafka-cluster:AlterGroup', group, allow('kafka-cluster:*Group', arn('group', '5f0c*')), 'allowed'],
    ['kafka-cluster:AlterGroup', group, allow('kafka-cluster:*Group', arn('group', 'lambda-*')), 'denied'],
    ['kafka-cluster:AlterGroup', group, allow('kafka-cluster:*', [cluster, topic]), 'denied'],
    ['kafka-cluster:AlterGroup', group, allow('kafka-cluster:*Topic', '*'), 'denied'],
    ['ec2:DescribeSubnets', '*', allow('ec2:Describe*', '*'), 'allowed'],
    ['ec2:DescribeSubnets', '*', allow('ec2:DescribeSubnets', `arn:aws:ec2:eu-west-1:${account}:subnet/*`), 'denied'],
    ['ec2:DescribeSubnets', '*', allow('ec2:DescribeSubnets', cluster), 'denied'],
    ['ec2:DescribeSubnets', '*', allow('ec2:DescribeSubnets', 'arn:aws:ec2:*'), 'denied'],
    ['ec2:DescribeSubnets', '*', allow('ec2:Describe*', ['*', cluster]), 'allowed'],
    [
      'ec2:DeleteNetworkInterface',
      `arn:aws:ec2:eu-west-1:${account}:network-interface/*`,
      allow('ec2:*', `arn:aws:ec2:*:${account}:network-interface/*`),
      'allowed',
    ],
    [
      'ec2:DeleteNetworkInterface',
      `arn:aws:ec2:eu-west-1:${account}:network-interface/*`,
      allow('ec2:*', `arn:aws:ec2:*:${account}:network-interface/eni-1`),
      'cannot-tell',
    ],
    [
      'ec2:DeleteNetworkInterface',
      `arn:aws:ec2:eu-west-1:${account}:network-interface/*`,
      allow('ec2:*', `arn:aws:ec2:*:${account}:subnet/*`),
      'denied',
    ],
    [
      'ec2:DeleteNetworkInterface',
      `arn:aws:ec2:eu-west-1:${account}:network-interface/*`,
      allow('ec2:*', `arn:aws:ec2:*:${account}:*/eni-?????????????????`),
      'cannot-tell',
    ],
    ['secretsmanager:GetSecretValue', secret, allow('secretsmanager:GetSecretValue', secret), 'allowed'],
    ['secretsmanager:GetSecretValue', secret, allow('secretsmanager:GetSecretValue', secret.slice(0, -7)), 'denied'],
    [
      'secretsmanager:GetSecretValue',
      secret,
      allow('secretsmanager:GetSecretValue', `${secret.slice(0, -6)}??????`),
      'allowed',
    ],
    [
      'secretsmanager:GetSecretValue',
      secret,
      allow('secretsmanager:GetSecretValue', `${secret.slice(0, -7)}-*`),
      'allowed',
    ],
    [
      'secretsmanager:GetSecretValue',
      secret,
      allow('secretsmanager:GetSecretValue', `${secret.slice(0, -7)}*`),
      'allowed',
    ],
    [
      'secretsmanager:GetSecretValue',
      secret,
      allow('secretsmanager:GetSecretValue', `${secret.slice(0, -6)}?????`),
      'denied',
    ],
    ['secretsmanager:GetSecretValue', secret, allow('secretsmanager:GetSecretValue', 'AmazonMSK_orders'), 'denied'],
    ['secretsmanager:GetSecretValue', secret, allow('secretsmanager:DescribeSecret', secret), 'denied'],
    [
      'secretsmanager:GetSecretValue',
      secret,
      allow('secretsmanager:Get*', 'arn:aws:secretsmanager:*:*:secret:AmazonMSK_*'),
      'allowed',
    ],
    ['s3:PutObject', 'arn:aws:s3:::dead/*', allow('s3:PutObject', 'arn:aws:s3:::dead'), 'denied'],
    ['s3:PutObject', 'arn:aws:s3:::dead/*', allow('s3:PutObject', 'arn:aws:s3:::dead/*'), 'allowed'],
    ['s3:PutObject', 'arn:aws:s3:::dead/*', allow('s3:PutObject', 'arn:aws:s3:::dead*'), 'allowed'],
    ['s3:PutObject', 'arn:aws:s3:::dead/*', allow('s3:PutObject', 'arn:aws:s3:::dead/prefix/*'), 'cannot-tell'],
    ['s3:PutObject', 'arn:aws:s3:::dead/*', allow('s3:PutObject', 'arn:aws:s3:::other/*'), 'denied'],
  ])('%s on %s with %j: %s', (action, resource, statements, expected) =>
    expect(answer(action, resource, statements)).toBe(expected),
  );
});

describe('elements that leave out, and denials', () => {
  const everything = allow('*', '*');
  test.each<[string, Statements, Answer]>([
    ['NotAction leaves in what it does not name', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, 'allowed'],
    ['NotAction leaves out what it names', { Effect: 'Allow', NotAction: 'kafka-cluster:*', Resource: '*' }, 'denied'],
    ['NotAction in any case', { Effect: 'Allow', NotAction: 'Kafka-Cluster:ReadData', Resource: '*' }, 'denied'],
    ['NotResource leaves in', { Effect: 'Allow', Action: '*', NotResource: cluster }, 'allowed'],
    ['NotResource leaves out', { Effect: 'Allow', Action: '*', NotResource: [cluster, topic] }, 'denied'],
    ['NotResource by wildcard', { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:kafka:*' }, 'denied'],
    ['NotAction and NotResource together', { Effect: 'Allow', NotAction: 'iam:*', NotResource: cluster }, 'allowed'],
    ['a deny beats an allow', [everything, deny('kafka-cluster:ReadData', topic)], 'denied'],
    ['a deny beats an allow that comes later', [deny('kafka-cluster:ReadData', topic), everything], 'denied'],
    ['a deny on another resource', [everything, deny('kafka-cluster:*', cluster)], 'allowed'],
    ['a deny of another action', [everything, deny('kafka-cluster:WriteData', '*')], 'allowed'],
    [
      'a deny with NotAction',
      [everything, { Effect: 'Deny', NotAction: ['kafka-cluster:*', 'logs:*'], Resource: '*' }],
      'allowed',
    ],
    [
      'a deny with NotAction that does not name it',
      [everything, { Effect: 'Deny', NotAction: 'logs:*', Resource: '*' }],
      'denied',
    ],
    [
      'a deny with NotResource that covers it',
      [everything, { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:kafka:*' }],
      'allowed',
    ],
    [
      'a deny with NotResource that does not',
      [everything, { Effect: 'Deny', Action: '*', NotResource: cluster }],
      'denied',
    ],
    [
      'a deny that may hold',
      [everything, deny('*', '*', when('StringNotEquals', 'aws:SourceVpc', 'vpc-1'))],
      'cannot-tell',
    ],
    [
      'a deny that surely does not hold',
      [everything, deny('*', '*', when('Bool', 'aws:SecureTransport', 'false'))],
      'allowed',
    ],
    ['a deny that surely holds', [everything, deny('*', '*', when('Bool', 'aws:SecureTransport', 'true'))], 'denied'],
    [
      'a deny for those without a second factor',
      [everything, deny('*', '*', when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false'))],
      'cannot-tell',
    ],
    ['an allow that may hold', allow('*', '*', when('IpAddress', 'aws:SourceIp', '10.0.0.0/8')), 'cannot-tell'],
    [
      'one that may and one that does',
      [allow('*', '*', when('IpAddress', 'aws:SourceIp', '10.0.0.0/8')), everything],
      'allowed',
    ],
    [
      'a statement in a hundred',
      [
        ...Array.from({ length: 100 }, (_, index) => allow('kafka-cluster:ReadData', arn('topic', `t${index}`))),
        allow('kafka-cluster:ReadData', topic),
      ],
      'allowed',
    ],
    ['an odd effect may be anything', [{ Effect: 'Permit', Action: '*', Resource: '*' }], 'cannot-tell'],
    ['an effect in lower case', { Effect: 'allow', Action: '*', Resource: '*' }, 'allowed'],
    ['no action at all', { Effect: 'Allow', Resource: '*' }, 'cannot-tell'],
    ['no resource at all', { Effect: 'Allow', Action: '*' }, 'cannot-tell'],
    ['a malformed condition', { Effect: 'Allow', Action: '*', Resource: '*', Condition: 'x' }, 'cannot-tell'],
    ['an empty condition', { Effect: 'Allow', Action: '*', Resource: '*', Condition: {} }, 'allowed'],
  ])('%s', (_, statements, expected) => expect(answer('kafka-cluster:ReadData', topic, statements)).toBe(expected));
});

describe('variables and tags', () => {
  const fromRole = (resource: string, setting: Setting = {}) =>
    answer('kafka-cluster:ReadData', topic, allow('*', resource), setting);
  test.each<[string, string, Setting, Answer]>([
    ['a tag of the role', arn('topic', '${aws:PrincipalTag/team}'), {}, 'allowed'],
    ['a tag in another case of its name', arn('topic', '${aws:principaltag/TEAM}'), {}, 'allowed'],
    ['a tag with text around it', arn('topic', '${aws:PrincipalTag/team}*'), {}, 'allowed'],
    [
      'a tag of another value',
      arn('topic', '${aws:PrincipalTag/team}'),
      { context: { 'aws:PrincipalTag/team': 'sales' } },
      'denied',
    ],
    ['a tag that the role lacks', arn('topic', '${aws:PrincipalTag/stage}'), {}, 'denied'],
    ['a tag that the role lacks, with a default', arn('topic', "${aws:PrincipalTag/stage, 'orders'}"), {}, 'allowed'],
    ['a variable that nobody knows', arn('topic', '${aws:SourceVpc}'), {}, 'cannot-tell'],
    ['one that nobody knows where the rest does not fit', `${arn('group', '${aws:SourceVpc}')}`, {}, 'denied'],
    ['a role has no user name', arn('topic', '${aws:username}'), {}, 'denied'],
    [
      'the old language knows no variables',
      arn('topic', '${aws:PrincipalTag/team}'),
      { version: '2008-10-17' },
      'denied',
    ],
    ['an escaped star is a star', arn('topic', '${*}'), {}, 'denied'],
    [
      'the value of a tag is no pattern',
      arn('topic', '${aws:PrincipalTag/team}'),
      { context: { 'aws:PrincipalTag/team': '*' } },
      'denied',
    ],
  ])('%s', (_, resource, setting, expected) => expect(fromRole(resource, setting)).toBe(expected));

  test.each<[string, object, Answer]>([
    [
      'equal whatever the case, by a variable',
      when('StringEqualsIgnoreCase', 'aws:PrincipalTag/team', '${aws:PrincipalTag/Team}'),
      'allowed',
    ],
    [
      'a negation of what the request lacks',
      when('StringNotEquals', 'aws:PrincipalTag/team', '${aws:username}'),
      'cannot-tell',
    ],
    [
      'a negation of what the request lacks beside what it has',
      when('StringNotEquals', 'aws:PrincipalTag/team', 'orders', '${aws:username}'),
      'denied',
    ],
    [
      'any value of a key that is not there, if it exists',
      when('ForAnyValue:StringEqualsIfExists', 'aws:username', 'x'),
      'cannot-tell',
    ],
    ['a tag as asked', when('StringEquals', 'aws:PrincipalTag/team', 'orders', 'sales'), 'allowed'],
    ['a tag not as asked', when('StringEquals', 'aws:PrincipalTag/team', 'sales'), 'denied'],
    [
      'two operators, one false',
      { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'orders' }, Bool: { 'aws:SecureTransport': 'false' } } },
      'denied',
    ],
    [
      'two keys, one false',
      { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'orders', 'aws:PrincipalAccount': '444455556666' } } },
      'denied',
    ],
    [
      'one unknown, one false',
      { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1', 'aws:PrincipalAccount': '444455556666' } } },
      'denied',
    ],
    [
      'one unknown, one true',
      { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1', 'aws:PrincipalAccount': account } } },
      'cannot-tell',
    ],
    [
      'the role’s own ARN',
      when('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${account}:role/service-role/*`),
      'allowed',
    ],
    [
      'the ARN of a role of the same name without path',
      when('ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::${account}:role/orders`),
      'denied',
    ],
    ['an operator that is none', when('StringContains', 'aws:PrincipalTag/team', 'o'), 'cannot-tell'],
    ['a boolean as JSON has it', { Condition: { Bool: { 'aws:SecureTransport': true } } }, 'allowed'],
  ])('%s', (_, condition, expected) =>
    expect(answer('kafka-cluster:ReadData', topic, allow('*', '*', condition))).toBe(expected),
  );
});

describe('layers', () => {
  const everything = allow('*', '*');
  const to = (AWS: unknown, more: object = {}) => ({ Principal: { AWS }, ...more });
  const root = `arn:aws:iam::${account}:root`;
  test.each<[string, string, string, Statements, Setting, Answer]>([
    ['a boundary that allows', 'sqs:SendMessage', '*', everything, { boundary: allow('sqs:*', '*') }, 'allowed'],
    ['a boundary that does not', 'sqs:SendMessage', '*', everything, { boundary: allow('sns:*', '*') }, 'denied'],
    [
      'a boundary that denies',
      'sqs:SendMessage',
      '*',
      everything,
      { boundary: [everything, deny('sqs:*', '*')] },
      'denied',
    ],
    ['a boundary grants nothing', 'sqs:SendMessage', '*', [], { boundary: everything }, 'denied'],
    [
      'a boundary with a condition',
      'sqs:SendMessage',
      '*',
      everything,
      { boundary: allow('*', '*', when('StringEquals', 'aws:SourceVpc', 'v')) },
      'cannot-tell',
    ],
    ['a boundary that was not read', 'sqs:SendMessage', '*', everything, { unread: 'boundary' }, 'cannot-tell'],
    [
      'a boundary that was not read, and nothing that grants',
      'sqs:SendMessage',
      '*',
      [],
      { unread: 'boundary' },
      'denied',
    ],
    ['a policy that was not read may grant', 'sqs:SendMessage', '*', [], { unread: 'identity' }, 'cannot-tell'],
    ['a policy that was not read may deny', 'sqs:SendMessage', '*', everything, { unread: 'identity' }, 'cannot-tell'],
    ['a deny decides whatever was not read', 'sqs:SendMessage', '*', deny('*', '*'), { unread: 'identity' }, 'denied'],
    [
      'every level of the organization allows',
      'sqs:SendMessage',
      '*',
      everything,
      { scp: [everything, everything] },
      'allowed',
    ],
    [
      'one level does not',
      'sqs:SendMessage',
      '*',
      everything,
      { scp: [everything, allow('sns:*', '*'), everything] },
      'denied',
    ],
    [
      'one level denies',
      'sqs:SendMessage',
      '*',
      everything,
      { scp: [[everything, deny('sqs:*', '*')], everything] },
      'denied',
    ],
    [
      'a level denies other regions, and the region is not known',
      'sqs:SendMessage',
      '*',
      everything,
      { scp: [[everything, deny('*', '*', when('StringNotEquals', 'aws:RequestedRegion', 'eu-west-1'))]] },
      'cannot-tell',
    ],
    [
      'a level denies other regions than this',
      'sqs:SendMessage',
      '*',
      everything,
      {
        scp: [[everything, deny('*', '*', when('StringNotEquals', 'aws:RequestedRegion', 'eu-west-1'))]],
        context: { 'aws:RequestedRegion': 'eu-west-1' },
      },
      'allowed',
    ],
    [
      'a level leaves some roles out',
      'sqs:SendMessage',
      '*',
      everything,
      {
        scp: [
          [everything, deny('*', '*', when('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/service-role/*'))],
        ],
      },
      'allowed',
    ],
    ['an organization allows, the role does not', 'sqs:SendMessage', '*', [], { scp: [everything] }, 'denied'],
    [
      'a resource control policy denies',
      'secretsmanager:GetSecretValue',
      secret,
      everything,
      { rcp: [[{ ...everything, Principal: '*' }, deny('*', '*', { Principal: '*' })]] },
      'denied',
    ],
    [
      'a resource control policy that is about others',
      'secretsmanager:GetSecretValue',
      secret,
      everything,
      {
        rcp: [
          [
            { ...everything, Principal: '*' },
            deny('*', '*', { Principal: '*', ...when('StringNotEquals', 'aws:PrincipalAccount', account) }),
          ],
        ],
      },
      'allowed',
    ],
    [
      'resource control policies bind no Kafka cluster',
      'kafka-cluster:ReadData',
      topic,
      everything,
      { rcp: [[{ ...everything, Principal: '*' }, deny('*', '*', { Principal: '*' })]] },
      'allowed',
    ],
    [
      'the secret’s policy grants to the role',
      'secretsmanager:GetSecretValue',
      secret,
      [],
      { resource: allow('*', '*', to(role)) },
      'allowed',
    ],
    [
      'the secret’s policy grants to everyone',
      'secretsmanager:GetSecretValue',
      secret,
      [],
      { resource: allow('*', '*', { Principal: '*' }) },
      'allowed',
    ],
    [
      'the secret’s policy names the account only',
      'secretsmanager:GetSecretValue',
      secret,
      [],
      { resource: allow('*', '*', to(root)) },
      'denied',
    ],
    [
      'the secret’s policy names the account, and the role has the right',
      'secretsmanager:GetSecretValue',
      secret,
      everything,
      { resource: allow('*', '*', to(account)) },
      'allowed',
    ],
    [
      'the secret’s policy names another role',
      'secretsmanager:GetSecretValue',
      secret,
      [],
      { resource: allow('*', '*', to(`${role}2`)) },
      'denied',
    ],
    [
      'the secret’s policy names a wildcard role, which is none',
      'secretsmanager:GetSecretValue',
      secret,
      [],
      { resource: allow('*', '*', to(`arn:aws:iam::${account}:role/*`)) },
      'denied',
    ],
    [
      'the secret’s policy denies the account',
      'secretsmanager:GetSecretValue',
      secret,
      everything,
      { resource: deny('*', '*', to(root)) },
      'denied',
    ],
    [
      'the secret’s policy denies all but the role',
      'secretsmanager:GetSecretValue',
      secret,
      everything,
      { resource: deny('*', '*', { Principal: '*', ...when('ArnNotEquals', 'aws:PrincipalArn', role) }) },
      'allowed',
    ],
    [
      'the secret’s policy denies all but another',
      'secretsmanager:GetSecretValue',
      secret,
      everything,
      { resource: deny('*', '*', { Principal: '*', ...when('ArnNotEquals', 'aws:PrincipalArn', `${role}2`) }) },
      'denied',
    ],
    [
      'the secret’s policy denies outside a VPC endpoint',
      'secretsmanager:GetSecretValue',
      secret,
      everything,
      { resource: deny('*', '*', { Principal: '*', ...when('StringNotEquals', 'aws:SourceVpce', 'vpce-1') }) },
      'cannot-tell',
    ],
    ['the secret has no policy', 'secretsmanager:GetSecretValue', secret, everything, { resource: null }, 'allowed'],
    [
      'the secret’s policy was not read',
      'secretsmanager:GetSecretValue',
      secret,
      everything,
      { unread: 'resource' },
      'cannot-tell',
    ],
    [
      'the secret’s policy names a session',
      'secretsmanager:GetSecretValue',
      secret,
      [],
      { resource: allow('*', '*', to(`arn:aws:sts::${account}:assumed-role/orders/poller`)) },
      'cannot-tell',
    ],
    [
      'a session of another role',
      'secretsmanager:GetSecretValue',
      secret,
      [],
      { resource: allow('*', '*', to(`arn:aws:sts::${account}:assumed-role/other/poller`)) },
      'denied',
    ],
    [
      'another account’s secret needs both: only the role',
      'secretsmanager:GetSecretValue',
      foreign(secret),
      everything,
      { resource: null },
      'denied',
    ],
    [
      'another account’s secret needs both: only the secret',
      'secretsmanager:GetSecretValue',
      foreign(secret),
      [],
      { resource: allow('*', '*', to(role)) },
      'denied',
    ],
    [
      'another account’s secret needs both: both',
      'secretsmanager:GetSecretValue',
      foreign(secret),
      everything,
      { resource: allow('*', '*', to(role)) },
      'allowed',
    ],
    [
      'another account’s secret opens to the account',
      'secretsmanager:GetSecretValue',
      foreign(secret),
      everything,
      { resource: allow('*', '*', to(root)) },
      'allowed',
    ],
    [
      'another account’s secret, whose policy was not read',
      'secretsmanager:GetSecretValue',
      foreign(secret),
      everything,
      { unread: 'resource' },
      'cannot-tell',
    ],
    [
      'another account’s secret, not read, and no right of one’s own',
      'secretsmanager:GetSecretValue',
      foreign(secret),
      [],
      { unread: 'resource' },
      'denied',
    ],
    [
      'a key that leaves the word to the account',
      'kms:Decrypt',
      key,
      everything,
      { resource: allow('kms:*', '*', to(root)) },
      'allowed',
    ],
    [
      'a key that leaves the word to the account, and no right',
      'kms:Decrypt',
      key,
      [],
      { resource: allow('kms:*', '*', to(root)) },
      'denied',
    ],
    ['a key that names the role', 'kms:Decrypt', key, [], { resource: allow('kms:Decrypt', '*', to(role)) }, 'allowed'],
    [
      'a key that names neither',
      'kms:Decrypt',
      key,
      everything,
      { resource: allow('kms:*', '*', to(`${role}2`)) },
      'denied',
    ],
    [
      'a key for use through Secrets Manager',
      'kms:Decrypt',
      key,
      [],
      {
        resource: allow('kms:Decrypt', '*', {
          Principal: { AWS: '*' },
          ...when('StringEquals', 'kms:ViaService', 'secretsmanager.eu-west-1.amazonaws.com'),
        }),
        context: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' },
      },
      'allowed',
    ],
    [
      'a key for use through another service',
      'kms:Decrypt',
      key,
      [],
      {
        resource: allow('kms:Decrypt', '*', {
          Principal: { AWS: '*' },
          ...when('StringEquals', 'kms:ViaService', 's3.eu-west-1.amazonaws.com'),
        }),
        context: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' },
      },
      'denied',
    ],
    ['a key whose policy was not read', 'kms:Decrypt', key, everything, { unread: 'resource' }, 'cannot-tell'],
    [
      'another account’s key needs both',
      'kms:Decrypt',
      foreign(key),
      everything,
      { resource: allow('kms:Decrypt', '*', to(account)) },
      'allowed',
    ],
    [
      'another account’s key without a right of one’s own',
      'kms:Decrypt',
      foreign(key),
      [],
      { resource: allow('kms:Decrypt', '*', to(role)) },
      'denied',
    ],
    [
      'a boundary binds what a resource grants to the role',
      'secretsmanager:GetSecretValue',
      secret,
      [],
      { resource: allow('*', '*', to(role)), boundary: allow('sqs:*', '*') },
      'denied',
    ],
    [
      'a boundary may not bind what a resource grants to a session',
      'secretsmanager:GetSecretValue',
      secret,
      [],
      {
        resource: allow('*', '*', to(`arn:aws:sts::${account}:assumed-role/orders/poller`)),
        boundary: allow('sqs:*', '*'),
      },
      'cannot-tell',
    ],
    [
      'a boundary may not bind what a resource grants to everyone',
      'secretsmanager:GetSecretValue',
      secret,
      [],
      { resource: allow('*', '*', { Principal: '*' }), boundary: allow('sqs:*', '*') },
      'cannot-tell',
    ],
    [
      'a boundary binds what another account’s resource grants, to everyone too',
      'secretsmanager:GetSecretValue',
      foreign(secret),
      everything,
      { resource: allow('*', '*', { Principal: '*' }), boundary: allow('sqs:*', '*') },
      'denied',
    ],
    [
      'a deny of the boundary binds all of it',
      'secretsmanager:GetSecretValue',
      secret,
      [],
      { resource: allow('*', '*', { Principal: '*' }), boundary: deny('*', '*') },
      'denied',
    ],
    [
      'an organization binds what a resource grants',
      'secretsmanager:GetSecretValue',
      secret,
      [],
      { resource: allow('*', '*', to(role)), scp: [allow('sqs:*', '*')] },
      'denied',
    ],
  ])('%s', (_, action, resource, identity, setting, expected) =>
    expect(answer(action, resource, identity, setting)).toBe(expected),
  );
});
