import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountOf, formatArn, lastSegment, parseArn, regionOf, serviceOf } from '../../src/aws/arn.js';
import {
  clusterNameOf,
  clusterUuidOf,
  isCluster,
  isEventSourceArn,
  isServerlessId,
  isVpcConnection,
  parseEventSource,
} from '../../src/aws/event-source.js';
import {
  defaultLogGroup,
  functionNameOf,
  parseFunctionArn,
  qualifiedNameOf,
  unqualifiedArn,
} from '../../src/aws/function-arn.js';
import { hasSecretSuffix, isSameSecret, secretNameOf, withoutSecretSuffix } from '../../src/aws/secret-arn.js';

const account = '111122223333';
const other = '444455556666';
const fn = `arn:aws:lambda:eu-west-1:${account}:function:orders`;
const cluster = `arn:aws-cn:kafka:cn-north-1:${account}:cluster/orders/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2`;
const connection = `arn:aws:kafka:eu-west-1:${account}:vpc-connection/${other}/orders/9a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2`;
const secret = `arn:aws:secretsmanager:eu-west-1:${account}:secret:AmazonMSK_team/orders-AbC123`;

const noArns = [
  undefined,
  null,
  '',
  'orders',
  'kafka://orders',
  'https://registry.example',
  'arn:aws:sqs',
  fn.slice(4),
];

describe('an ARN', () => {
  const field = fc.stringMatching(/^[a-z0-9-]{0,12}$/);
  const parts = fc.record({
    partition: fc.constantFrom('aws', 'aws-cn', 'aws-us-gov'),
    service: fc.stringMatching(/^[a-z0-9-]{1,12}$/),
    region: field,
    account: field,
    // The resource may hold colons and slashes, and be empty.
    resource: fc.string(),
  });
  test('is read back from what was written', () =>
    fc.assert(
      fc.property(parts, (arn) => {
        expect(parseArn(formatArn(arn))).toEqual({ ...arn });
      }),
    ));
  test('is written back from what was read', () => {
    for (const arn of [fn, `${fn}:live`, cluster, connection, secret, 'arn:aws:s3:::bucket/key:with/both'])
      expect(formatArn(parseArn(arn)!)).toBe(arn);
  });
  test.each(noArns)('%s is none', (text) => {
    expect(parseArn(text)).toBeNull();
    expect([accountOf(text), regionOf(text), serviceOf(text)]).toEqual([null, null, null]);
  });
  test('names no account or region where these are empty', () => {
    expect(accountOf('arn:aws:s3:::bucket')).toBeNull();
    expect(regionOf(`arn:aws:iam::${account}:role/r`)).toBeNull();
    expect(accountOf('arn:aws:iam::aws:policy/AdministratorAccess')).toBe('aws');
  });
  test('of a role ends in its name, whatever its path', () => {
    expect(lastSegment(`arn:aws:iam::${account}:role/service-role/team/orders`)).toBe('orders');
    expect(lastSegment('orders')).toBe('orders');
  });
});

describe('a function', () => {
  test('has a name, and perhaps a qualifier', () => {
    expect(parseFunctionArn(fn)).toEqual({
      partition: 'aws',
      region: 'eu-west-1',
      account,
      name: 'orders',
      qualifier: null,
    });
    expect(parseFunctionArn(`${fn}:$LATEST`)).toMatchObject({ name: 'orders', qualifier: '$LATEST' });
    expect(functionNameOf(`${fn}:live`)).toBe('orders');
    expect([qualifiedNameOf(fn), qualifiedNameOf(`${fn}:live`)]).toEqual(['orders', 'orders:live']);
  });
  test('is the same one without its qualifier', () => {
    for (const arn of [fn, `${fn}:live`, `${fn}:12`]) expect(unqualifiedArn(arn)).toBe(fn);
    for (const text of ['orders', 'orders:live', cluster]) expect(unqualifiedArn(text)).toBe(text);
  });
  test('logs in a group of its name', () => expect(defaultLogGroup(`${fn}:live`)).toBe('/aws/lambda/orders'));
  test.each([...noArns, cluster, `arn:aws:lambda:eu-west-1:${account}:event-source-mapping:x`])(
    '%s is none',
    (text) => {
      expect(parseFunctionArn(text)).toBeNull();
      expect([functionNameOf(text), qualifiedNameOf(text)]).toEqual([null, null]);
    },
  );
});

describe('an event source', () => {
  test('is a cluster, or a VPC connection to the cluster of another account', () => {
    expect(parseEventSource(cluster)).toEqual({
      arn: cluster,
      kind: 'cluster',
      partition: 'aws-cn',
      region: 'cn-north-1',
      clusterAccount: account,
      clusterName: 'orders',
      clusterUuid: '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2',
    });
    expect(parseEventSource(connection)).toMatchObject({
      kind: 'vpc-connection',
      clusterAccount: other,
      clusterName: 'orders',
      clusterUuid: '9a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2',
    });
    expect([isCluster(cluster), isVpcConnection(cluster)]).toEqual([true, false]);
    expect([isCluster(connection), isVpcConnection(connection)]).toEqual([false, true]);
  });
  test('has the name of its cluster', () => {
    expect([clusterNameOf(cluster), clusterNameOf(connection)]).toEqual(['orders', 'orders']);
    expect(clusterUuidOf(cluster)).toBe('0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2');
  });
  test.each([
    ...noArns.map((text) => text ?? ''),
    fn,
    secret,
    `${cluster}/topic`,
    cluster.slice(0, cluster.lastIndexOf('/')),
    cluster.replace(account, 'x'),
    connection.replace(`${other}/`, ''),
  ])('%s is none', (text) => expect(parseEventSource(text)).toBeNull());
  test('may be meant by a part of its ARN', () => {
    expect([cluster, connection, cluster.slice(0, -30)].map(isEventSourceArn)).toEqual([true, true, true]);
    expect(['orders', fn, 'arn:aws:kafka:eu-west-1::cluster/orders'].map(isEventSourceArn)).toEqual([
      false,
      false,
      false,
    ]);
  });
  test('is Serverless by the end of its ARN', () => {
    expect([cluster, cluster.replace(/-2$/, '-s3')].map(isServerlessId)).toEqual([false, true]);
  });
});

describe('a secret', () => {
  test('has a name without the suffix', () => {
    expect(secretNameOf(secret)).toBe('AmazonMSK_team/orders');
    expect(secretNameOf(withoutSecretSuffix(secret))).toBe('AmazonMSK_team/orders');
    // A name is no ARN: what looks like a suffix belongs to it.
    expect(secretNameOf('orders-abcdef')).toBe('orders-abcdef');
  });
  test('is meant by its ARN, with or without the suffix, and by its name', () => {
    for (const named of [secret, withoutSecretSuffix(secret), 'AmazonMSK_team/orders'])
      expect(isSameSecret(secret, named), named).toBe(true);
    for (const named of [`${withoutSecretSuffix(secret)}-XyZ987`, 'orders', 'AmazonMSK_team/orders-AbC123'])
      expect(isSameSecret(secret, named), named).toBe(false);
    expect([secret, withoutSecretSuffix(secret)].map(hasSecretSuffix)).toEqual([true, false]);
  });
});
