/** An edit of a statement that denies frees the calls that it should, and nothing else that can be kept. */
import { describe, expect, test } from 'vitest';
import type { AccessRequest } from '../../src/access/access-question.js';
import { evaluateStatements } from '../../src/access/evaluate.js';
import { withoutDenial } from '../../src/access/without-denial.js';

const cluster = 'arn:aws:kafka:eu-west-1:111122223333:cluster/orders/0a1b2c3d';
const topic = 'arn:aws:kafka:eu-west-1:111122223333:topic/orders/0a1b2c3d/orders';
const group = 'arn:aws:kafka:eu-west-1:111122223333:group/orders/0a1b2c3d/readers';
const role = 'arn:aws:iam::111122223333:role/reader';
const source = { layer: 'identity', policy: 'guard' } as const;

const request = (action: string, resource: string, context: AccessRequest['context'] = {}): AccessRequest => ({
  action,
  resource,
  principal: { aws: role },
  context: { 'aws:PrincipalArn': role, ...context },
});
const documentOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const reads = request('kafka-cluster:ReadData', topic);
/** Calls that no edit should free, where the statement denies them. */
const others = [
  request('kafka-cluster:WriteData', topic),
  request('kafka-cluster:ReadData', `${topic}-v2`),
  request('kafka-cluster:AlterGroup', group),
  request('kafka-cluster:Connect', cluster),
  request('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:dead'),
];

describe('in a policy of the role', () => {
  test.each<{ name: string; statement: object; expected: object[] | null }>([
    {
      name: 'one action on everything',
      statement: { Sid: 'No', Effect: 'Deny', Action: 'kafka-cluster:ReadData', Resource: '*' },
      expected: [{ Sid: 'No', Effect: 'Deny', Action: 'kafka-cluster:ReadData', NotResource: topic }],
    },
    {
      name: 'one action on this topic',
      statement: { Effect: 'Deny', Action: 'kafka-cluster:ReadData', Resource: topic },
      expected: null,
    },
    {
      name: 'two actions on two resources',
      statement: {
        Effect: 'Deny',
        Action: ['kafka-cluster:ReadData', 'kafka-cluster:WriteData'],
        Resource: [topic, cluster],
      },
      expected: [
        { Effect: 'Deny', Action: ['kafka-cluster:ReadData', 'kafka-cluster:WriteData'], Resource: cluster },
        { Effect: 'Deny', Action: 'kafka-cluster:WriteData', Resource: topic },
      ],
    },
    {
      name: 'NotResource',
      statement: { Effect: 'Deny', Action: 'kafka-cluster:ReadData', NotResource: cluster },
      expected: [{ Effect: 'Deny', Action: 'kafka-cluster:ReadData', NotResource: [cluster, topic] }],
    },
    {
      name: 'NotAction on a pattern',
      statement: { Effect: 'Deny', NotAction: 'kafka-cluster:Connect', Resource: `${topic}*` },
      expected: [
        { Effect: 'Deny', NotAction: ['kafka-cluster:Connect', 'kafka-cluster:ReadData'], Resource: `${topic}*` },
      ],
    },
    {
      name: 'everything',
      statement: { Effect: 'Deny', Action: '*', Resource: '*' },
      expected: [
        { Effect: 'Deny', Action: '*', NotResource: topic },
        { Effect: 'Deny', NotAction: 'kafka-cluster:ReadData', Resource: topic },
      ],
    },
    {
      name: 'names of members in small letters',
      statement: { effect: 'Deny', action: 'kafka-cluster:ReadData', resource: '*' },
      expected: [{ effect: 'Deny', action: 'kafka-cluster:ReadData', NotResource: topic }],
    },
  ])('$name', ({ statement, expected }) => {
    const edited = withoutDenial({ document: documentOf(statement), source, requests: [reads], exempt: 'by-resource' });
    expect(edited === null || edited === undefined ? edited : (JSON.parse(edited) as object)).toEqual(
      expected === null ? null : { Version: '2012-10-17', Statement: expected },
    );
  });

  test.each<[string, object]>([
    ['a wildcard on everything', { Action: 'kafka-cluster:*', Resource: '*' }],
    ['everything', { Action: '*', Resource: '*' }],
    ['NotResource', { Action: ['kafka-cluster:*', 'sqs:*'], NotResource: `${cluster}x` }],
    ['NotAction', { NotAction: 'iam:*', Resource: '*' }],
    ['both', { NotAction: 'iam:*', NotResource: `${cluster}x` }],
    ['this topic and others', { Action: 'kafka-cluster:*', Resource: [topic, `${topic}-v2`, group, cluster] }],
    ['a condition that holds', { Action: '*', Resource: '*', Condition: { ArnEquals: { 'aws:PrincipalArn': role } } }],
  ])('%s: what else it denied it still denies', (_, statement) => {
    const document = documentOf({ Effect: 'Deny', ...statement });
    const edited = withoutDenial({ document, source, requests: [reads], exempt: 'by-resource' });
    expect(edited).toBeTypeOf('string');
    for (const call of others)
      expect(evaluateStatements(edited!, call, source).deny, `${call.action} ${call.resource}`).toBe(
        evaluateStatements(document, call, source).deny,
      );
  });

  test.each<[string, object]>([
    ['a wildcard whose actions are not listed', { Action: 'kafka-*:*', Resource: '*' }],
    ['no policy', {}],
  ])('%s has no edit', (_, statement) =>
    expect(
      withoutDenial({
        document: Object.keys(statement).length === 0 ? 'none' : documentOf({ Effect: 'Deny', ...statement }),
        source,
        requests: [reads],
        exempt: 'by-resource',
      }),
    ).toBeUndefined(),
  );

  test('other statements stay as they are', () => {
    const before = [
      { Sid: 'A', Effect: 'Allow', Action: 'kafka-cluster:*', Resource: '*' },
      { Sid: 'B', Effect: 'Deny', Action: 'kafka-cluster:ReadData', Resource: topic },
      { Effect: 'Deny', Action: 'iam:*', Resource: '*' },
    ];
    const edited = withoutDenial({ document: documentOf(...before), source, requests: [reads], exempt: 'by-resource' });
    expect(JSON.parse(edited!)).toEqual({ Version: '2012-10-17', Statement: [before[0], before[2]] });
  });
});

describe('in a policy of a resource', () => {
  const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-Xy12Ab';
  const get = request('secretsmanager:GetSecretValue', secret);
  const admin: AccessRequest = {
    ...get,
    principal: { aws: 'arn:aws:iam::111122223333:role/other' },
    context: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/other' },
  };
  const put = request('secretsmanager:PutSecretValue', secret);
  const at = { layer: 'resource', policy: secret } as const;
  test.each<{ name: string; statement: object }>([
    { name: 'everybody', statement: { Action: 'secretsmanager:*', Principal: '*' } },
    { name: 'the account', statement: { Action: 'secretsmanager:GetSecretValue', Principal: { AWS: '*' } } },
    { name: 'the role alone', statement: { Action: 'secretsmanager:*', Principal: { AWS: role } } },
    {
      name: 'all but one',
      statement: {
        Action: '*',
        Principal: '*',
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/owner' } },
      },
    },
    {
      name: 'all but a list',
      statement: { Action: '*', NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/owner' } },
    },
  ])('$name: the role alone is freed, for this call alone', ({ statement }) => {
    const document = documentOf({ Effect: 'Deny', Resource: '*', ...statement });
    const edited = withoutDenial({ document, source: at, requests: [get], exempt: 'by-principal' });
    expect(edited).toBeTypeOf('string');
    expect(evaluateStatements(edited!, get, at).deny).toBe('no');
    for (const call of [admin, put])
      expect(evaluateStatements(edited!, call, at).deny).toBe(evaluateStatements(document, call, at).deny);
  });
});
