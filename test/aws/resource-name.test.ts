import { expect, test } from 'vitest';
import { onSharedResource, resourceName, shortNameOf } from '../../src/aws/resource-name.js';

const uuid = '11111111-2222-3333-4444-555555555555';
const kafka = (resource: string): string => `arn:aws:kafka:eu-west-1:123456789012:${resource}`;

test.each([
  [kafka(`cluster/orders/${uuid}-2`), '', 'orders', 'orders'],
  [kafka(`topic/orders/${uuid}-2/shipped`), 'topic', 'shipped', 'topic shipped'],
  [kafka(`group/orders/${uuid}-2/team/a`), 'consumer group', 'team/a', 'consumer group team/a'],
  [kafka(`group/orders/${uuid}-2/${uuid}`), 'consumer group', uuid, 'the consumer group'],
  [kafka(`vpc-connection/123456789012/orders/${uuid}`), 'VPC connection', 'orders', 'the VPC connection'],
  [`arn:aws:kms:eu-west-1:123456789012:key/${uuid}`, 'key', uuid, `KMS key ${uuid}`],
  ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:AmazonMSK_a-AbCd12', '', 'AmazonMSK_a', 'secret AmazonMSK_a'],
  ['arn:aws:iam::123456789012:role/service/orders', '', 'orders', null],
  ['arn:aws:s3:::failed', 'bucket', 'failed', 'bucket failed'],
  [
    'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/a',
    'log group',
    '/aws/lambda/a',
    'log group /aws/lambda/a',
  ],
])('%s in a sentence and in a permission', (arn, kind, name, inPermission) => {
  expect(shortNameOf(arn)).toMatchObject({ kind, name });
  expect(resourceName(arn)).toBe(inPermission);
});

test('a pattern is a resource of a permission and never a short name', () => {
  for (const [pattern, name] of [
    [kafka('topic/orders/*/ship*'), 'topic ship*'],
    ['arn:aws:s3:::failed/*', 'bucket failed'],
    ['*', null],
    ['arn:aws:ec2:eu-west-1:123456789012:network-interface/*', null],
  ] as const) {
    expect(shortNameOf(pattern)).toBeNull();
    expect(resourceName(pattern)).toBe(name);
  }
});

test('requests on one resource name it, on several none', () => {
  const [a, b] = ['a', 'b'].map((topic) => ({ resources: [kafka(`topic/orders/${uuid}-2/${topic}`)] }));
  expect(onSharedResource([a!, a!])).toBe(' on topic a');
  expect(onSharedResource([a!, b!])).toBe('');
  expect(onSharedResource([{ resources: ['*'] }])).toBe('');
});
