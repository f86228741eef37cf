/** The trust policy of a role: what AWS does not say of the pollers' call stays undecided. */
import { expect, test } from 'vitest';
import { evaluateTrust, organizationDenials } from '../../src/access/trust.js';

const account = '111122223333';
const roleArn = `arn:aws:iam::${account}:role/orders`;
const mappingArn = `arn:aws:lambda:eu-west-1:${account}:event-source-mapping:u`;
const assumption = { roleArn, region: 'eu-west-1', at: new Date('2026-11-24T10:00:00Z'), callers: [mappingArn] };
const statement = (Condition: object, Effect = 'Allow') => ({
  Effect,
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
  Condition,
});
const trust = (statements: object[], callers = assumption.callers) =>
  evaluateTrust(
    {
      RoleName: 'orders',
      Arn: roleArn,
      Tags: [],
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    },
    { ...assumption, callers },
  );

test('without a condition it is allowed, with nothing it is denied', () => {
  expect(trust([statement({})]).answer).toBe('allowed');
  expect(trust([]).answer).toBe('denied');
  expect(trust([statement({}), statement({}, 'Deny')])).toMatchObject({ answer: 'denied', refusal: { denied: true } });
});

test('a condition that the mapping could meet is undecided, and a refusal if the source is not sent', () => {
  const verdicts = [
    trust([statement({ StringEquals: { 'aws:SourceAccount': account } })]),
    trust([statement({ StringEquals: { 'aws:SourceAccount': account } })], []),
    trust([statement({ ArnEquals: { 'aws:SourceArn': mappingArn } })]),
  ];
  for (const verdict of verdicts)
    expect(verdict).toMatchObject({ answer: 'cannot-tell', conditional: { kind: 'untrusted', denied: false } });
});

test('a condition that also holds without a source is undecided, and nothing is to blame', () =>
  expect(trust([statement({ ArnEqualsIfExists: { 'aws:SourceArn': `${mappingArn}2` } })])).toMatchObject({
    answer: 'cannot-tell',
    conditional: null,
  }));

test('a condition on another account is a refusal', () =>
  expect(trust([statement({ StringEquals: { 'aws:SourceAccount': '444455556666' } })]).answer).toBe('denied'));

test('an organization’s statements that surely deny, and no others', () => {
  const policies = (...Statement: object[]) => ({
    levels: [{ target: 'r-1', policies: [{ id: 'p', name: 'Guard', document: JSON.stringify({ Statement }) }] }],
  });
  const everyone = { Principal: '*', Action: '*', Resource: '*' };
  const denials = (...statements: object[]) =>
    organizationDenials(policies(...statements), 'resource-control', assumption);
  expect(denials({ Sid: 'Never', Effect: 'Deny', ...everyone })).toEqual(['statement Never of Guard']);
  expect(denials({ Effect: 'Allow', ...everyone })).toEqual([]);
  expect(denials({ Effect: 'Deny', ...everyone, Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } })).toEqual(
    [],
  );
  expect(organizationDenials(null, 'service-control', assumption)).toEqual([]);
});
