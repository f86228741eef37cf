/** The trust policy of a role: what AWS does not say of the pollers' call stays undecided. */
import { describe, expect, test } from 'vitest';
import { evaluateTrust, organizationDenials } from '../../src/access/trust.js';

const account = '111122223333';
const roleArn = `arn:aws:iam::${account}:role/orders`;
const mappingArn = `arn:aws:lambda:eu-west-1:${account}:event-source-mapping:u`;
const functionArn = `arn:aws:lambda:eu-west-1:${account}:function:orders`;
const assumption = {
  roleArn,
  region: 'eu-west-1',
  at: new Date('2026-11-24T10:00:00Z'),
  functionArn: functionArn as string | null,
  otherSources: [mappingArn],
};
const statement = (Condition: object, Effect = 'Allow') => ({
  Effect,
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
  Condition,
});
const trust = (statements: object[], sources: Partial<typeof assumption> = {}) =>
  evaluateTrust(
    {
      RoleName: 'orders',
      Arn: roleArn,
      Tags: [],
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    },
    { ...assumption, ...sources },
  );

test('without a condition it is allowed, with nothing it is denied', () => {
  expect(trust([statement({})]).answer).toBe('allowed');
  expect(trust([]).answer).toBe('denied');
  expect(trust([statement({}), statement({}, 'Deny')])).toMatchObject({ answer: 'denied', refusal: { denied: true } });
});

describe('conditions on the source that the function meets are met', () => {
  test.each<{ name: string; condition: object }>([
    { name: 'its account', condition: { StringEquals: { 'aws:SourceAccount': account } } },
    { name: 'several accounts', condition: { StringEquals: { 'aws:SourceAccount': ['444455556666', account] } } },
    { name: 'its ARN', condition: { ArnEquals: { 'aws:SourceArn': functionArn } } },
    { name: 'its ARN as a text', condition: { StringEquals: { 'AWS:SourceArn': functionArn } } },
    {
      name: 'every function of the account',
      condition: { ArnLike: { 'aws:SourceArn': `arn:aws:lambda:eu-west-1:${account}:function:*` } },
    },
    {
      name: 'account and ARN, as AWS recommends',
      condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': functionArn } },
    },
  ])('$name', ({ condition }) =>
    expect(trust([statement(condition)])).toMatchObject({
      answer: 'allowed',
      ifUnsent: { kind: 'untrusted', denied: false },
    }),
  );
  test('the account alone, where the function is not known', () =>
    expect(
      trust([statement({ StringEquals: { 'aws:SourceAccount': account } })], { functionArn: null, otherSources: [] }),
    ).toMatchObject({ answer: 'allowed' }));
});

describe('a condition that nothing of the mapping can meet is a refusal', () => {
  test.each<{ name: string; condition: object }>([
    { name: 'another account', condition: { StringEquals: { 'aws:SourceAccount': '444455556666' } } },
    { name: 'another function', condition: { ArnEquals: { 'aws:SourceArn': `${functionArn}-other` } } },
    {
      name: 'another region',
      condition: { ArnLike: { 'aws:SourceArn': `arn:aws:lambda:us-east-1:${account}:function:*` } },
    },
    { name: 'another mapping', condition: { ArnEquals: { 'aws:SourceArn': `${mappingArn}2` } } },
    {
      name: 'another service',
      condition: { ArnLike: { 'aws:SourceArn': `arn:aws:events:eu-west-1:${account}:rule/*` } },
    },
    {
      name: 'the right account with another function',
      condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': `${functionArn}-2` } },
    },
  ])('$name', ({ condition }) =>
    expect(trust([statement(condition)])).toMatchObject({
      answer: 'denied',
      refusal: { denied: false, source: { account, functionArn } },
    }),
  );
});

describe('what is not decided', () => {
  test.each<{ name: string; condition: object; sources?: Partial<typeof assumption> }>([
    { name: 'the ARN of the mapping', condition: { ArnEquals: { 'aws:SourceArn': mappingArn } } },
    {
      name: 'an ARN, where the function is not known',
      condition: { ArnEquals: { 'aws:SourceArn': functionArn } },
      sources: { functionArn: null },
    },
    { name: 'the organization', condition: { StringEquals: { 'aws:SourceOrgID': 'o-1' } } },
  ])('$name', ({ condition, sources }) =>
    expect(trust([statement(condition)], sources)).toMatchObject({
      answer: 'cannot-tell',
      conditional: { kind: 'untrusted', denied: false },
    }),
  );
});

test('a condition that also holds without a source is undecided, and nothing is to blame', () =>
  expect(trust([statement({ ArnEqualsIfExists: { 'aws:SourceArn': `${mappingArn}2` } })])).toMatchObject({
    answer: 'cannot-tell',
    conditional: null,
  }));

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
