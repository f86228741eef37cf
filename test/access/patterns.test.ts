import { describe, expect, test } from 'vitest';
import { matchArn, matchResource, matchText } from '../../src/access/pattern.js';
import { matchAction } from '../../src/access/statement.js';

const rules = {
  variables: true,
  wildcards: true,
  context: { 'aws:PrincipalTag/team': 'orders', 'aws:username': null, 'aws:PrincipalTag/*': null },
};
const kafka = 'arn:aws:kafka:eu-west-1:111122223333:topic/c/u-1/orders';

describe('a text against a pattern', () => {
  test.each([
    ['*', '', 'yes'],
    ['*', 'anything', 'yes'],
    ['?', '', 'no'],
    ['?', 'a', 'yes'],
    ['?', 'ab', 'no'],
    ['', '', 'yes'],
    ['', 'a', 'no'],
    ['a*', 'a', 'yes'],
    ['a*', 'abc', 'yes'],
    ['a*', 'ba', 'no'],
    ['*a', 'ba', 'yes'],
    ['*a', 'ab', 'no'],
    ['a*b*c', 'aXbYc', 'yes'],
    ['a*b*c', 'acb', 'no'],
    ['a?c', 'abc', 'yes'],
    ['a?c', 'ac', 'no'],
    ['**', 'x', 'yes'],
    ['*?*', '', 'no'],
    ['*?*', 'x', 'yes'],
    ['a.c', 'abc', 'no'],
    ['[a]', 'a', 'no'],
    ['A', 'a', 'no'],
    ['${aws:PrincipalTag/team}', 'orders', 'yes'],
    ['${aws:PrincipalTag/TEAM}-*', 'orders-1', 'yes'],
    ['${aws:PrincipalTag/team}', 'sales', 'no'],
    ['${aws:username}', 'bob', 'no'],
    ["${aws:username, 'bob'}", 'bob', 'yes'],
    ["${aws:username, 'bob'}", 'eve', 'no'],
    ['${aws:PrincipalTag/other}', '', 'no'],
    ['${aws:SourceVpc}', 'vpc-1', 'unknown'],
    ['x-${aws:SourceVpc}', 'y-vpc-1', 'no'],
    ['${*}', '*', 'yes'],
    ['${*}', 'a', 'no'],
    ['${?}', '?', 'yes'],
    ['${$}', '$', 'yes'],
    ['${', '${', 'yes'],
  ] as const)('%s against %s: %s', (pattern, text, expected) =>
    expect(matchText(pattern, text, rules).is).toBe(expected),
  );

  test('without variables the signs are plain text', () =>
    expect(matchText('${aws:username}', '${aws:username}', { ...rules, variables: false }).is).toBe('yes'));
  test('a hostile pattern takes no more than linear steps', () =>
    expect(matchText('a*'.repeat(2000) + 'b', 'a'.repeat(4000), rules).is).toBe('no'));
});

test('an ARN that has fewer fields than the pattern does not match it', () => {
  expect(matchArn('arn:aws:kafka:eu-west-1:*:topic/*', 'arn:aws:kafka', rules).is).toBe('no');
  expect(matchArn('arn:aws:kafka', 'arn:aws:kafka:eu-west-1:111122223333:topic/x', rules).is).toBe('yes');
});

describe('a resource against a pattern', () => {
  test.each([
    ['*', 'yes'],
    [kafka, 'yes'],
    [kafka.toUpperCase(), 'no'],
    [`${kafka}-dead`, 'no'],
    ['arn:aws:kafka:*:*:topic/*', 'yes'],
    ['arn:aws:kafka:*:*:*/orders', 'yes'],
    ['arn:aws:kafka:*:*:topic/c/*/orders', 'yes'],
    ['arn:aws:kafka:*:*:topic/*/orders', 'yes'],
    ['arn:aws:kafka:*:*:topic/c/orders', 'no'],
    ['arn:aws:kafka:*:*:group/*', 'no'],
    ['arn:aws:kafka:eu-west-?:111122223333:*', 'yes'],
    ['arn:aws:kafka:us-*:*:*', 'no'],
    ['arn:aws:kafka:*', 'yes'],
    ['arn:aws:kafka', 'yes'],
    ['arn:aws:sns:*', 'no'],
    ['arn:aws-cn:kafka:*:*:*', 'no'],
    ['arn:*:kafka:*:*:topic/c/u-1/orders', 'yes'],
    ['arn:aws:*', 'yes'],
    ['arn:aws:kafka:*:topic/*', 'yes'],
    ['arn:aws:kafka:eu*st-1:*:topic/*', 'yes'],
    ['arn:aws:ka*west-1:111122223333:topic/*', 'unknown'],
    ['topic/orders', 'no'],
    ['arn:aws:kafka:::topic/c/u-1/orders', 'no'],
    ['arn:aws:kafka:*:*:topic/c/u-1/${aws:PrincipalTag/team}', 'yes'],
    ['arn:aws:kafka:*:*:topic/c/u-1/${aws:SourceVpc}', 'unknown'],
    ['arn:aws:kafka:*:*:topic/c/u-1/${aws:username}', 'no'],
  ] as const)('%s: %s', (pattern, expected) => expect(matchResource(pattern, kafka, rules).is).toBe(expected));

  test.each([
    ['arn:aws:lambda:*:*:function:f*', 'arn:aws:lambda:eu-west-1:1:function:fn:PROD', 'yes'],
    ['arn:aws:lambda:*:*:function:fn', 'arn:aws:lambda:eu-west-1:1:function:fn:PROD', 'no'],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/x/y', 'yes'],
    ['arn:aws:s3:::b', 'arn:aws:s3:::b/x', 'no'],
    ['arn:aws:*:role/x', 'arn:aws:iam::1:role/x', 'no'],
  ] as const)('ARN %s against %s: %s', (pattern, arn, expected) =>
    expect(matchArn(pattern, arn, rules).is).toBe(expected),
  );
});

describe('an action', () => {
  test.each([
    ['*', true, 'yes'],
    ['kafka-cluster:*', true, 'yes'],
    ['KAFKA-cluster:readdata', true, 'yes'],
    ['kafka-cluster:Read*', true, 'yes'],
    ['kafka-cluster:ReadDat?', true, 'yes'],
    ['kafka:*', true, 'no'],
    ['kafka*', true, 'yes'],
    ['kafka-cluster:Write*', true, 'no'],
    ['*', false, 'no'],
    ['kafka-cluster:*', false, 'no'],
    ['ec2:*', false, 'yes'],
    ['kafka-cluster:readdata', false, 'no'],
  ] as const)('%s (listed: %s): %s', (pattern, listed, expected) =>
    expect(matchAction({ listed, values: [pattern] }, 'kafka-cluster:ReadData').is).toBe(expected),
  );
});
