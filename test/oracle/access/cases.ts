/** Random policies and requests, near enough to each other that both answers occur. */
import fc from 'fast-check';

type Json = Record<string, unknown>;

/** A request with all policies that bind it. `unknown`: keys that are left out for us, and tried with several values by the peer. */
export interface AccessCase {
  caller: 'role' | 'service';
  action: string;
  resource: string;
  context: Record<string, string | string[] | null>;
  unknown: string[];
  identity: Json[];
  boundary: Json | null;
  /** From the root to the account. */
  serviceControl: Json[];
  resourceControl: Json[];
  resourcePolicy: Json | null;
}

export const account = '111122223333';
export const roleArn = `arn:aws:iam::${account}:role/app/orders`;
export const sessionArn = `arn:aws:sts::${account}:assumed-role/orders/poller-1`;
const uuid = '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-1';
const kafka = (kind: string, name: string) => `arn:aws:kafka:eu-west-1:${account}:${kind}/orders/${uuid}${name}`;
const owners = fc.constantFrom(account, account, account, '444455556666');

const requests: fc.Arbitrary<[action: string, resource: string]> = fc.oneof(
  fc.constantFrom<[string, string]>(
    ['kafka-cluster:Connect', kafka('cluster', '')],
    ['kafka-cluster:ReadData', kafka('topic', '/orders')],
    ['kafka-cluster:DescribeTopic', kafka('topic', '/orders.eu')],
    ['kafka-cluster:AlterGroup', kafka('group', '/group:a/b')],
    ['kafka-cluster:DescribeGroup', kafka('group', `/${uuid}`)],
    ['ec2:DescribeSubnets', '*'],
    ['ec2:CreateNetworkInterface', `arn:aws:ec2:eu-west-1:${account}:subnet/subnet-1`],
    ['kafka:DescribeClusterV2', kafka('cluster', '')],
  ),
  owners.map((owner): [string, string] => [
    'secretsmanager:GetSecretValue',
    `arn:aws:secretsmanager:eu-west-1:${owner}:secret:AmazonMSK_orders-a1b2c3`,
  ]),
  owners.map((owner): [string, string] => [
    'kms:Decrypt',
    `arn:aws:kms:eu-west-1:${owner}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
  ]),
  owners.map((owner): [string, string] => ['sqs:SendMessage', `arn:aws:sqs:eu-west-1:${owner}:dead`]),
  owners.map((owner): [string, string] => ['sns:Publish', `arn:aws:sns:eu-west-1:${owner}:dead`]),
);

const keys = {
  'aws:PrincipalArn': [roleArn],
  'aws:PrincipalAccount': [account],
  'aws:PrincipalTag/team': ['orders', 'Orders', 'sales'],
  'aws:SourceVpc': ['vpc-1', 'vpc-2'],
  'aws:username': ['ann'],
  'aws:SecureTransport': ['true', 'false'],
  'aws:CurrentTime': ['2026-11-24T10:00:00Z'],
  'aws:MultiFactorAuthAge': ['100', '5000'],
  'aws:SourceIp': ['10.1.2.3', '203.0.113.9'],
  'aws:TagKeys': [['team'], ['team', 'cost']],
  'aws:SourceArn': [
    'arn:aws:lambda:eu-west-1:111122223333:function:orders',
    'arn:aws:lambda:us-east-1:444455556666:function:x:PROD',
  ],
  'aws:RequestedRegion': ['eu-west-1'],
} as const;
type Key = keyof typeof keys;
const keyNames = Object.keys(keys) as Key[];
export const valuesOf = (key: string): readonly (string | readonly string[])[] => keys[key as Key] ?? [];

const known = fc.record(
  Object.fromEntries(
    keyNames.map((key) => [
      key,
      fc.option(fc.constantFrom<string | readonly string[]>(...keys[key]), { nil: null, freq: 4 }),
    ]),
  ),
);

/** Texts of conditions: values that match, nearly match, or hold variables. */
// No 0.0.0.0/0, in which the peer finds no address, and no request from an IPv6 address, which for it is neither in nor outside an IPv4 range.
const texts: Record<string, readonly string[]> = {
  String: [
    'orders',
    'ORDERS',
    'or*',
    'o?ders',
    '*',
    'team',
    'cost',
    'vpc-1',
    'vpc-*',
    '${aws:PrincipalTag/team}',
    '${aws:username}',
    "${aws:username, 'orders'}",
    '${aws:PrincipalTag/Team}',
    account,
    'eu-*',
    'eu-west-1',
    '${*}',
  ],
  Arn: [
    roleArn,
    'arn:aws:iam::*:role/*',
    `arn:aws:iam::${account}:role/app/*`,
    'arn:aws:lambda:*:*:function:*',
    'arn:aws:lambda:eu-west-?:111122223333:function:orders',
    'arn:aws:lambda:*:444455556666:*',
    'arn:*:lambda:*:*:function:x',
  ],
  Numeric: ['100', '100.0', '3600', '99'],
  Date: ['2026-11-24T10:00:00Z', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', '1764000000'],
  Bool: ['true', 'false'],
  IpAddress: ['10.0.0.0/8', '10.1.2.3', '203.0.113.0/24', '2001:db8::/32', '0.0.0.0/1'],
  Null: ['true', 'false'],
};
const fitting: Record<string, readonly Key[]> = {
  String: [
    'aws:PrincipalTag/team',
    'aws:SourceVpc',
    'aws:username',
    'aws:TagKeys',
    'aws:PrincipalAccount',
    'aws:RequestedRegion',
  ],
  Arn: ['aws:PrincipalArn', 'aws:SourceArn'],
  Numeric: ['aws:MultiFactorAuthAge'],
  Date: ['aws:CurrentTime'],
  Bool: ['aws:SecureTransport'],
  IpAddress: ['aws:SourceIp'],
  Null: keyNames,
};
const names: Record<string, readonly string[]> = {
  String: [
    'StringEquals',
    'StringNotEquals',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
    'StringLike',
    'StringNotLike',
  ],
  Arn: ['ArnLike', 'ArnEquals', 'ArnNotLike', 'ArnNotEquals'],
  Numeric: [
    'NumericEquals',
    'NumericNotEquals',
    'NumericLessThan',
    'NumericLessThanEquals',
    'NumericGreaterThan',
    'NumericGreaterThanEquals',
  ],
  Date: [
    'DateEquals',
    'DateNotEquals',
    'DateLessThan',
    'DateLessThanEquals',
    'DateGreaterThan',
    'DateGreaterThanEquals',
  ],
  Bool: ['Bool'],
  IpAddress: ['IpAddress', 'NotIpAddress'],
  Null: ['Null'],
};

const otherCase = (key: string) => fc.constantFrom(key, key, key.toLowerCase());
const clause = fc.constantFrom(...Object.keys(names)).chain((kind) =>
  fc
    .tuple(
      fc.constantFrom(...names[kind]!),
      fc.constantFrom('', '', 'IfExists'),
      fc.constantFrom(...fitting[kind]!).chain(otherCase),
      fc.array(fc.constantFrom(...texts[kind]!), { minLength: 1, maxLength: kind === 'Null' ? 1 : 3 }),
      fc.constantFrom('ForAllValues:', 'ForAnyValue:'),
    )
    .map(([name, ifExists, key, values, quantifier]) => {
      const many = key.toLowerCase() === 'aws:tagkeys' && kind === 'String';
      return {
        [`${many ? quantifier : ''}${name}${kind === 'Null' ? '' : ifExists}`]: {
          [key]: values.length === 1 ? values[0] : values,
        },
      };
    }),
);
const condition = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: clause },
  { weight: 1, arbitrary: fc.tuple(clause, clause).map(([a, b]) => ({ ...a, ...b })) },
);

const actionPatterns = (action: string) => {
  const [service = '', name = ''] = action.split(':');
  return [
    '*',
    `${service}:*`,
    action,
    action.toLowerCase(),
    action.toUpperCase(),
    `${service}:${name.slice(0, 4)}*`,
    `${service}:${name.slice(0, -1)}?`,
    `${service}:*${name.slice(-4)}`,
    `${service}:Other`,
    'iam:*',
  ];
};

/** An ARN loosened or spoilt in a place or two. No wildcard within a resource's type: the peer takes none, IAM's page says so of IAM's own ARNs only. */
function resourcePatterns(resource: string): string[] {
  // The peer takes a `*` in the request for a pattern that ARNs of policies match; EC2 grants these calls by `*` only.
  if (resource === '*') return ['*'];
  const [, , service = '', region = '', owner = '', ...rest] = resource.split(':');
  const resourcePart = rest.join(':');
  const arn = (...fields: string[]) => ['arn', 'aws', ...fields].join(':');
  return [
    '*',
    resource,
    arn(service, '*', '*', resourcePart),
    arn(service, region, owner, '*'),
    arn(service, region, owner, `${resourcePart.slice(0, 8)}*`),
    arn(service, region, owner, `${resourcePart.split('/')[0]!}/*`),
    arn(
      service,
      '*',
      owner,
      resourcePart.includes('/')
        ? `${resourcePart.split('/')[0]!}/*${resourcePart.slice(-6)}`
        : `*${resourcePart.slice(-6)}`,
    ),
    arn(service, region, owner, resourcePart.replace(/[a-z0-9]$/, '?')),
    arn(service, region, owner, resourcePart.replace(/\/[^/]*\//, '/*/')),
    arn(service, 'us-east-1', owner, resourcePart),
    arn(service, region, '999999999999', resourcePart),
    arn(service, region, owner, resourcePart.toUpperCase()),
    arn('sqs', '*', '*', '*'),
    arn(service, region, owner, `${resourcePart}-x`),
    arn(service, region, owner, resourcePart.slice(0, -3)),
    arn(service, region, owner, '${aws:PrincipalTag/team}'),
    arn(service, region, owner, `${resourcePart.slice(0, -6)}\${aws:PrincipalTag/team}`),
    `arn:aws-cn:${service}:${region}:${owner}:${resourcePart}`,
  ];
}

const oneOrMore = <T>(values: readonly T[]) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...values) as fc.Arbitrary<T | T[]> },
    { weight: 1, arbitrary: fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }) },
  );
const not = fc.constantFrom('', '', '', '', 'Not');

const principals = fc.constantFrom<unknown>(
  '*',
  { AWS: '*' },
  { AWS: roleArn },
  { AWS: roleArn },
  { AWS: account },
  { AWS: `arn:aws:iam::${account}:root` },
  { AWS: '444455556666' },
  { AWS: [roleArn, '444455556666'] },
  { AWS: `${roleArn}2` },
  { AWS: sessionArn },
  { Service: 'lambda.amazonaws.com' },
  { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] },
  { Service: 'ec2.amazonaws.com' },
  { AWS: account, Service: 'lambda.amazonaws.com' },
);

type Kind = 'identity' | 'resource' | 'control';
const statement = (kind: Kind, action: string, resource: string) =>
  fc
    .record({
      effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
      notAction: not,
      actions: oneOrMore(actionPatterns(action)),
      notResource: not,
      resources: oneOrMore(resourcePatterns(resource)),
      condition,
      principal: principals,
      notPrincipal: fc.integer({ max: 11, min: 0 }),
    })
    .map((made): Json => ({
      Effect: made.effect,
      ...(kind === 'resource'
        ? { [made.notPrincipal === 0 && made.effect === 'Deny' ? 'NotPrincipal' : 'Principal']: made.principal }
        : {}),
      [`${made.notAction}Action`]: made.actions,
      [`${made.notResource}Resource`]: made.resources,
      ...(Object.keys(made.condition).length === 0 ? {} : { Condition: made.condition }),
    }));
const document = (kind: Kind, action: string, resource: string): fc.Arbitrary<Json> =>
  fc
    .array(statement(kind, action, resource), { minLength: 1, maxLength: 3 })
    .map((Statement) => ({ Version: '2012-10-17', Statement }));
const everything: Json = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** Resource control policies only deny, whoever asks. */
const control = (action: string, resource: string) =>
  statement('identity', action, resource).map((base): Json => ({
    Version: '2012-10-17',
    Statement: [{ ...base, Effect: 'Deny', Principal: '*' }],
  }));

export const accessCase: fc.Arbitrary<AccessCase> = requests.chain(([action, resource]) =>
  fc.record({
    caller: fc.constantFrom('role' as const, 'role' as const, 'role' as const, 'service' as const),
    action: fc.constant(action),
    resource: fc.constant(resource),
    context: known as fc.Arbitrary<AccessCase['context']>,
    unknown: fc.oneof(
      { weight: 2, arbitrary: fc.constant<string[]>([]) },
      { weight: 1, arbitrary: fc.subarray(keyNames as string[], { minLength: 1, maxLength: 2 }) },
    ),
    identity: fc.array(document('identity', action, resource), { maxLength: 3 }),
    boundary: fc.option(fc.oneof(fc.constant(everything), document('identity', action, resource)), { freq: 2 }),
    serviceControl: fc.oneof(
      { weight: 2, arbitrary: fc.constant<Json[]>([]) },
      {
        weight: 1,
        arbitrary: fc.array(fc.oneof(fc.constant(everything), document('identity', action, resource)), {
          minLength: 1,
          maxLength: 3,
        }),
      },
    ),
    // They bind resources of some services only, which the peer does not ask; we know those of the role’s own account.
    resourceControl:
      !/^(kms|sqs|secretsmanager):/.test(action) || !resource.includes(`:${account}:`)
        ? fc.constant<Json[]>([])
        : fc.oneof(
            { weight: 3, arbitrary: fc.constant<Json[]>([]) },
            { weight: 1, arbitrary: fc.array(control(action, resource), { minLength: 1, maxLength: 1 }) },
          ),
    resourcePolicy: fc.option(document('resource', action, resource), { freq: 2 }),
  }),
);
