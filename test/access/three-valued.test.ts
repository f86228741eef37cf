/** Parts of the evaluator that decide between a denial, a permission and neither: each by itself. */
import { describe, expect, test } from 'vitest';
import type { AccessRequest } from '../../src/access/access-question.js';
import { evaluateConditions } from '../../src/access/conditions.js';
import { evaluateDocument, evaluateStatements } from '../../src/access/evaluate.js';
import { matchResource } from '../../src/access/pattern.js';
import { matchPrincipal } from '../../src/access/principal.js';
import { no, some, unknown, yes } from '../../src/access/tri-state.js';
import { evaluateTrust } from '../../src/access/trust.js';

const account = '111122223333';
const role = `arn:aws:iam::${account}:role/orders`;
const request: AccessRequest = {
  action: 'sqs:SendMessage',
  resource: `arn:aws:sqs:eu-west-1:${account}:dead`,
  principal: { aws: role },
  context: {},
};
const text = (...Statement: unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const answer = (document: string) => evaluateDocument(document, request, { layer: 'identity', policy: 'p' }).answer;

describe('some', () => {
  test.each([
    { name: 'an unknown after a no', answers: [no('a'), unknown('b')], is: 'unknown', because: 'b' },
    { name: 'a yes after an unknown', answers: [unknown('a'), yes('b')], is: 'yes', because: 'b' },
    { name: 'nothing but no', answers: [no('a'), no('b')], is: 'no', because: 'none' },
    { name: 'nothing at all', answers: [], is: 'no', because: 'none' },
  ])('$name is $is', ({ answers, is, because }) => expect(some(answers, 'none')).toEqual({ is, because }));
});

describe('a document', () => {
  const deny = { Effect: 'Deny', Action: '*', Resource: '*' };
  const allow = { ...deny, Effect: 'Allow' };
  test.each([
    {
      name: 'a denial whose elements are in lower case',
      document: JSON.stringify({ statement: [allow, { effect: 'Deny', action: '*', resource: '*' }] }),
      expected: 'denied',
    },
    {
      name: 'a permission whose elements are in upper case',
      document: JSON.stringify({ STATEMENT: { EFFECT: 'Allow', ACTION: 'sqs:*', RESOURCE: '*' } }),
      expected: 'allowed',
    },
    { name: 'no Statement', document: '{"Version":"2012-10-17"}', expected: 'cannot-tell' },
    { name: 'a text that is no JSON', document: 'Effect: Deny', expected: 'cannot-tell' },
    { name: 'blanks and a byte order mark around it', document: `\uFEFF ${text(allow)}\n`, expected: 'allowed' },
    {
      name: 'blanks around a percent-encoded one',
      document: ` ${encodeURIComponent(text(deny))} `,
      expected: 'denied',
    },
    { name: 'a statement that is no object beside a denial', document: text('x', deny), expected: 'denied' },
    { name: 'a statement that is no object beside a permission', document: text('x', allow), expected: 'cannot-tell' },
  ])('$name: $expected', ({ document, expected }) => expect(answer(document)).toBe(expected));

  test('the trace names an empty Sid by its position', () => {
    const { trace } = evaluateStatements(text({ ...deny, Sid: '' }), request, { layer: 'identity', policy: 'p' });
    expect(trace[0]!.statement).toBe('1');
  });
  test('a permission for the account alone is in the trace, with the layer and the policy', () => {
    const document = text({ ...allow, Principal: { AWS: account } });
    expect(evaluateStatements(document, request, { layer: 'resource', policy: 'queue' }).trace).toMatchObject([
      { layer: 'resource', policy: 'queue', effect: 'allow' },
    ]);
  });
});

describe('a condition', () => {
  const is = (operator: string, values: string[], value: string | null) =>
    evaluateConditions([{ operator, key: 'k', values }], { context: { k: value }, variables: true }).is;
  test.each([
    { operator: 'NumericLessThanEquals', values: ['5'], value: '6', expected: 'no' },
    { operator: 'NumericLessThanEquals', values: ['5'], value: '5', expected: 'yes' },
    { operator: 'NumericGreaterThanEquals', values: ['5'], value: '4', expected: 'no' },
    { operator: 'NumericGreaterThanEquals', values: ['5'], value: '5', expected: 'yes' },
    { operator: 'NumericLessThan', values: [' '], value: '-1', expected: 'no' },
    { operator: 'NumericEquals', values: [''], value: '0', expected: 'no' },
    { operator: 'DateGreaterThan', values: ['1700000000'], value: '2026-11-01T00:00:00Z', expected: 'yes' },
    { operator: 'DateLessThan', values: ['1700000000'], value: '2026-11-01T00:00:00Z', expected: 'no' },
    { operator: 'IpAddress', values: ['10.0.0.0/33'], value: '10.0.0.1', expected: 'no' },
    { operator: 'IpAddress', values: ['10.0.0.0/8'], value: '10.9.9.9', expected: 'yes' },
    { operator: 'IpAddress', values: ['2001:db8::/64'], value: '2001:db8::1', expected: 'yes' },
    { operator: 'IpAddress', values: ['2001:db8::/129'], value: '2001:db8::1', expected: 'no' },
    { operator: 'IpAddress', values: ['2001:db8::/32'], value: '10.0.0.1', expected: 'no' },
    { operator: 'IpAddress', values: ['nowhere/8'], value: '10.0.0.1', expected: 'no' },
    { operator: 'IpAddress', values: ['nowhere/8'], value: 'nowhere', expected: 'no' },
    { operator: 'Null', values: ['true', 'false'], value: 'x', expected: 'yes' },
    { operator: 'Null', values: ['true'], value: 'x', expected: 'no' },
    { operator: 'Null', values: ['false'], value: null, expected: 'no' },
    { operator: 'NoSuchOperator', values: ['x'], value: 'x', expected: 'unknown' },
  ])('$operator $values with $value: $expected', ({ operator, values, value, expected }) =>
    expect(is(operator, values, value)).toBe(expected),
  );
});

describe('a principal', () => {
  const lambda = { service: 'lambda.amazonaws.com' };
  const direct = (values: [type: string, value: string][], caller: AccessRequest['principal'], listed = true) =>
    matchPrincipal({ listed, values: values.map(([type, value]) => ({ type, value })) }, caller).direct.is;
  test.each([
    { name: 'the service under AWS', values: [['AWS', lambda.service]], caller: lambda, expected: 'no' },
    { name: 'the role under Service', values: [['Service', role]], caller: { aws: role }, expected: 'no' },
    {
      name: 'the service of China',
      values: [['Service', `${lambda.service}.cn`]],
      caller: lambda,
      expected: 'unknown',
    },
  ] as const)('$name: $expected', ({ values, caller, expected }) =>
    expect(
      direct(
        values.map(([type, value]) => [type, value]),
        caller,
      ),
    ).toBe(expected),
  );

  test.each([
    {
      name: 'the service among others',
      values: [
        ['Service', 'ec2.amazonaws.com'],
        ['Service', lambda.service],
      ],
      caller: lambda,
      expected: 'no',
    },
    { name: 'other services', values: [['Service', 'ec2.amazonaws.com']], caller: lambda, expected: 'yes' },
    {
      name: 'everyone among others',
      values: [
        ['AWS', '444455556666'],
        ['AWS', '*'],
      ],
      caller: { aws: role },
      expected: 'unknown',
    },
    {
      name: 'the account among others',
      values: [
        ['AWS', '444455556666'],
        ['AWS', account],
      ],
      caller: { aws: role },
      expected: 'unknown',
    },
    { name: 'another account', values: [['AWS', '444455556666']], caller: { aws: role }, expected: 'yes' },
  ] as const)('NotPrincipal of $name: $expected', ({ values, caller, expected }) =>
    expect(
      direct(
        values.map(([type, value]) => [type, value]),
        caller,
        false,
      ),
    ).toBe(expected),
  );
});

describe('a trust policy', () => {
  const mapping = `arn:aws:lambda:eu-west-1:${account}:event-source-mapping:u`;
  const trust = (AssumeRolePolicyDocument: string | undefined) =>
    evaluateTrust(
      {
        RoleName: 'orders',
        Arn: role,
        Tags: [],
        ...(AssumeRolePolicyDocument === undefined ? {} : { AssumeRolePolicyDocument }),
      },
      {
        roleArn: role,
        region: 'eu-west-1',
        at: new Date('2026-11-24T10:00:00Z'),
        functionArn: null,
        otherSources: [mapping],
      },
    );
  const lambda = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };

  test.each([undefined, '', '{', '{"Version":"2012-10-17"}'])('%j cannot be judged', (document) =>
    expect(trust(document).answer).toBe('cannot-tell'),
  );
  test('an explicit deny is named, and nothing that is trusted', () => {
    const { answer: verdict, ...rest } = trust(text(lambda, { ...lambda, Sid: 'Never', Effect: 'Deny' }));
    expect(verdict).toBe('denied');
    expect(rest).toMatchObject({ refusal: { denied: true, reasons: [expect.stringContaining('statement Never')] } });
  });
  test('what it trusts instead is named: whom, for which action, under which condition', () => {
    const document = text(
      { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
      { ...lambda, Condition: { StringEquals: { 'aws:SourceAccount': '444455556666' } } },
      { Effect: 'Deny', Principal: { Service: 'ecs.amazonaws.com' }, Action: 'sts:TagSession' },
    );
    const verdict = trust(document);
    const reasons = verdict.answer === 'denied' ? verdict.refusal.reasons : [];
    expect(reasons).toHaveLength(3);
    expect(reasons[1]).toContain('ec2.amazonaws.com');
    expect(reasons[1]).not.toContain('StringEquals');
    expect(reasons[2]).toContain('StringEquals aws:SourceAccount 444455556666');
    expect(reasons.join('\n')).not.toContain('ecs.amazonaws.com');
  });
});

test('a placeholder UUID and the account of a simulator are plain text, never a value that may be anything', () => {
  for (const group of ['0a1b2c3d-0000-4000-8000-000000000000', 'x'])
    expect(
      matchResource(
        'arn:aws:kafka:eu-west-1:000000000000:group/orders/u/other',
        `arn:aws:kafka:eu-west-1:000000000000:group/orders/u/${group}`,
        { context: {}, variables: false, wildcards: true },
      ).is,
    ).toBe('no');
});
