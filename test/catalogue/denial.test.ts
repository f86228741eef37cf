/** Refused permissions in AWS's general form: whose, which action, on what, by which policy, and what to do. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDenial, whoseDenial, type Denial } from '../../src/catalogue/denial.js';
import { matchAny } from '../../src/catalogue/match.js';
import { deniedAnswer } from '../../src/cli/commands/explain/denied.js';
import { runs } from '../random/seed.js';

const session = (role: string, name: string) => `arn:aws:sts::111122223333:assumed-role/${role}/${name}`;
const cluster = 'arn:aws:kafka:eu-west-1:111122223333:cluster/orders/6f0c0d5e-2222-4c1a-9a33-7c2d8f0e6b11-2';
const refused = (principal: string, action: string, tail: string) =>
  `User: ${principal} is not authorized to perform: ${action}${tail}`;

interface Case {
  text: string;
  denial: Denial;
  whose: 'caller' | 'role' | 'service';
}
const user = 'arn:aws:iam::111122223333:user/me';
const cases: Record<string, Case> = {
  'a user, nothing allows it': {
    text: refused(
      user,
      'kafka:ListClustersV2',
      ` on resource: * because no identity-based policy allows the kafka:ListClustersV2 action`,
    ),
    denial: {
      principal: user,
      action: 'kafka:ListClustersV2',
      resource: '*',
      decider: 'identity-based policy',
      explicit: false,
    },
    whose: 'caller',
  },
  'the execution role, perhaps': {
    text: refused(session('order-role', 'order-handler'), 'kafka:DescribeClusterV2', ` on resource: ${cluster}`),
    denial: {
      principal: session('order-role', 'order-handler'),
      action: 'kafka:DescribeClusterV2',
      resource: cluster,
      decider: null,
      explicit: false,
    },
    whose: 'role',
  },
  'a deployment tool by its session': {
    text: `reading MSK Cluster (staging): AccessDeniedException: ${refused(session('ci', 'aws-go-sdk-1700000000000000000'), 'kafka:DescribeClusterV2', ' on resource: staging')}`,
    denial: {
      principal: session('ci', 'aws-go-sdk-1700000000000000000'),
      action: 'kafka:DescribeClusterV2',
      resource: 'staging',
      decider: null,
      explicit: false,
    },
    whose: 'caller',
  },
  'a person of IAM Identity Center': {
    text: refused(session('AWSReservedSSO_Dev_0a1b2c3d4e5f6a7b', 'me@example.com'), 'ec2:DescribeSubnets', ''),
    denial: {
      principal: session('AWSReservedSSO_Dev_0a1b2c3d4e5f6a7b', 'me@example.com'),
      action: 'ec2:DescribeSubnets',
      resource: null,
      decider: null,
      explicit: false,
    },
    whose: 'caller',
  },
  'a Deny in a service control policy': {
    text: refused(
      session('order-role', 'x'),
      'secretsmanager:GetSecretValue',
      ' on resource: arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_a-AbCdEf with an explicit deny in a service control policy',
    ),
    denial: {
      principal: session('order-role', 'x'),
      action: 'secretsmanager:GetSecretValue',
      resource: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_a-AbCdEf',
      decider: 'service control policy',
      explicit: true,
    },
    whose: 'role',
  },
  'a permissions boundary': {
    text: refused(
      session('order-role', 'x'),
      'ec2:CreateNetworkInterface',
      ' on resource: arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1 because no permissions boundary allows the ec2:CreateNetworkInterface action',
    ),
    denial: {
      principal: session('order-role', 'x'),
      action: 'ec2:CreateNetworkInterface',
      resource: 'arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1',
      decider: 'permissions boundary',
      explicit: false,
    },
    whose: 'role',
  },
  'an endpoint’s policy': {
    text: refused(
      session('order-role', 'x'),
      'sts:AssumeRole',
      ' on resource: arn:aws:iam::111122223333:role/order-role because no VPC endpoint policy allows the sts:AssumeRole action',
    ),
    denial: {
      principal: session('order-role', 'x'),
      action: 'sts:AssumeRole',
      resource: 'arn:aws:iam::111122223333:role/order-role',
      decider: 'VPC endpoint policy',
      explicit: false,
    },
    whose: 'role',
  },
  'a session policy, an older Deny without its kind, quotes': {
    text: `"${refused(user, 's3:PutObject', ` on resource: "arn:aws:s3:::failed/aws/lambda/x" with an explicit deny`)}"`,
    denial: {
      principal: user,
      action: 's3:PutObject',
      resource: 'arn:aws:s3:::failed/aws/lambda/x',
      decider: null,
      explicit: true,
    },
    whose: 'caller',
  },
  'KMS and its key policy': {
    text: refused(
      session('order-role', 'x'),
      'kms:Decrypt',
      ' on resource: arn:aws:kms:eu-west-1:111122223333:key/k because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access',
    ),
    denial: {
      principal: session('order-role', 'x'),
      action: 'kms:Decrypt',
      resource: 'arn:aws:kms:eu-west-1:111122223333:key/k',
      decider: 'resource-based policy',
      explicit: false,
    },
    whose: 'role',
  },
  'a session policy': {
    text: refused(
      user,
      'sqs:SendMessage',
      ' on resource: arn:aws:sqs:eu-west-1:1:q because no session policy allows it',
    ),
    denial: {
      principal: user,
      action: 'sqs:SendMessage',
      resource: 'arn:aws:sqs:eu-west-1:1:q',
      decider: 'session policy',
      explicit: false,
    },
    whose: 'caller',
  },
  'a service': {
    text: refused('lambda.amazonaws.com', 'sts:AssumeRole', ` on resource: arn:aws:iam::111122223333:role/r`),
    denial: {
      principal: 'lambda.amazonaws.com',
      action: 'sts:AssumeRole',
      resource: 'arn:aws:iam::111122223333:role/r',
      decider: null,
      explicit: false,
    },
    whose: 'service',
  },
  'a resource control policy, China': {
    text: refused(
      'arn:aws-cn:sts::111122223333:assumed-role/order-role/x',
      'kafka-cluster:Connect',
      ' on resource: arn:aws-cn:kafka:cn-north-1:111122223333:cluster/a/b with an explicit deny in a resource control policy',
    ),
    denial: {
      principal: 'arn:aws-cn:sts::111122223333:assumed-role/order-role/x',
      action: 'kafka-cluster:Connect',
      resource: 'arn:aws-cn:kafka:cn-north-1:111122223333:cluster/a/b',
      decider: 'resource control policy',
      explicit: true,
    },
    whose: 'role',
  },
};

describe.each(Object.entries(cases))('%s', (_, { text, denial, whose }) => {
  test('is read', () => expect(findDenial(text)).toEqual(denial));
  test('whose it is', () => expect(whoseDenial(denial).kind).toBe(whose));
  test('has its entry', () => expect(matchAny(text)?.id).toBe(whose === 'caller' ? 'request-denied' : 'access-denied'));
  test.each([
    { name: 'the AWS CLI', wrapped: `An error occurred (AccessDenied) when calling the X operation: ${text}` },
    {
      name: 'CloudFormation',
      wrapped: `Resource handler returned message: "${text.replaceAll('"', "'")} (Service: Kafka, Status Code: 403)"`,
    },
    { name: 'JSON', wrapped: JSON.stringify({ message: text }) },
    { name: 'a box', wrapped: `│ Error: ${text.replaceAll(' ', '\n│ ')}\n╵` },
    { name: 'entities', wrapped: text.replaceAll('"', '&quot;').replaceAll(' ', '&nbsp;') },
    { name: 'a period', wrapped: `${text}.` },
  ])('wrapped by $name', ({ wrapped }) => expect(findDenial(wrapped)).toEqual(denial));
});

test('a line that a terminal broke in the middle of a word', () => {
  const text = refused(
    user,
    'kafka:DescribeClusterV2',
    ` on resource: ${cluster} because no identity-based policy allows it`,
  );
  for (const width of [40, 61, 80, 97]) {
    const broken = text.match(new RegExp(`.{1,${width}}`, 'g'))!.join('\n');
    expect(findDenial(broken)).toMatchObject({
      principal: user,
      action: 'kafka:DescribeClusterV2',
      decider: 'identity-based policy',
    });
  }
});

test('a second “User:” is no action', () =>
  expect(findDenial(`${user} is not authorized to perform: User: A on resource: x`)).toBeNull());

test('any text is read or not, and never fails', () => {
  const piece = fc.constantFrom(
    'User: ',
    user,
    ' is not authorized to perform: ',
    'kafka:X',
    ' on resource: ',
    '*',
    'because no ',
    '\n',
    '"',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 20 }), (pieces) => {
      const denial = findDenial(pieces.join(''));
      if (denial !== null) expect(denial.action).toMatch(/^[a-z0-9-]+:[A-Za-z0-9*]+$/);
    }),
    { numRuns: runs(500) },
  );
});

describe('the answer', () => {
  const statementOf = (text: string) => deniedAnswer(text)?.policy?.Statement[0];

  test('the statement grants the action on the resource', () =>
    expect(statementOf(cases['the execution role, perhaps']!.text)).toEqual({
      Effect: 'Allow',
      Action: ['kafka:DescribeClusterV2'],
      Resource: cluster,
    }));

  test('an action that takes no ARN is granted on everything', () =>
    expect(statementOf(refused(user, 'kafka:ListClustersV2', ` on resource: ${cluster}`))?.Resource).toBe('*'));

  test('a name in place of the cluster’s ARN: the ARN that was meant, and why the call cannot work', () => {
    const { text } = cases['a deployment tool by its session']!;
    expect(statementOf(text)?.Resource).toBe('arn:aws:kafka:*:111122223333:cluster/staging/*');
    expect(matchAny(text)?.remedy).toMatch(/“staging” is a name, but MSK expects the ARN/);
  });

  test('no statement helps against a Deny', () => {
    const { text } = cases['a Deny in a service control policy']!;
    expect(deniedAnswer(text)?.policy).toBeNull();
    expect(matchAny(text)?.remedy).toMatch(/Find the Deny statement .* in the service control policy/);
    expect(matchAny(text)?.meaning).toMatch(/always overrides an Allow/);
  });

  test.each([
    ['a permissions boundary', /permissions boundary of the role order-role/],
    ['an endpoint’s policy', /policy of the VPC endpoint/],
    ['KMS and its key policy', /role order-role as Principal to the resource-based policy/],
    ['a user, nothing allows it', /Attach the statement to the user me/],
  ])('where the fix goes: %s', (name, remedy) => expect(matchAny(cases[name]!.text)?.remedy).toMatch(remedy));

  test('the check comes in only where the role may be the execution role', () => {
    expect(matchAny(cases['the execution role, perhaps']!.text)?.causes.map(({ check }) => check)).toEqual([
      'access.msk-api',
    ]);
    expect(matchAny(cases['a deployment tool by its session']!.text)?.causes).toEqual([]);
    const queue = matchAny(
      refused(session('order-role', 'x'), 'sqs:ReceiveMessage', ' on resource: arn:aws:sqs:x:1:q'),
    );
    expect(queue?.causes).toEqual([]);
    expect(queue?.meaning).toMatch(/A Kafka event source mapping does not need sqs:ReceiveMessage/);
  });

  test('an encoded message beside it is to be decoded', () =>
    expect(
      matchAny(
        `${refused(user, 'ec2:CreateNetworkInterface', '')}. Encoded authorization failure message: 4GIOHlTkIaWHQD0Q0m6X`,
      )?.remedy,
    ).toMatch(/decode-authorization-message/));
});
