import { describe, expect, test } from 'vitest';
import { ok } from '../../../src/snapshot/read.js';
import {
  account,
  clusterArn,
  clusterName,
  clusterUuid,
  denied,
  notFound,
  region,
  roleArn,
  topic,
  uuid,
  value,
} from '../../accounts/account.js';
import {
  all,
  expectHarmless,
  expectMended,
  judge,
  judgeAfter,
  mapping,
  textOf,
  shows,
  type Change,
} from '../judging.js';

const queue = `arn:aws:sqs:${region}:${account}:orders-failed`;
const sends: Change = (snapshot) => {
  const policy = `${roleArn}#kafka-access`;
  const document = JSON.parse(value(snapshot.inlinePolicies, policy)) as { Statement: object[] };
  const kafka = `arn:aws:kafka:${region}:${account}`;
  document.Statement.push(
    { Effect: 'Allow', Action: ['sqs:SendMessage', 'sns:Publish', 's3:PutObject', 's3:ListBucket'], Resource: '*' },
    {
      Effect: 'Allow',
      Action: ['kafka-cluster:WriteData', 'kafka-cluster:DescribeTopic'],
      Resource: `${kafka}:topic/${clusterName}/${clusterUuid}/*`,
    },
    { Effect: 'Allow', Action: 'kafka-cluster:*', Resource: clusterArn },
  );
  snapshot.inlinePolicies[policy] = ok(JSON.stringify(document));
};
const to = (Destination: string): Change => all(sends, mapping({ DestinationConfig: { OnFailure: { Destination } } }));
const exists =
  (arn: string): Change =>
  (snapshot) =>
    void (snapshot.destinations[arn] = ok({ arn, kind: arn.split(':')[2]!, region }));
const provisioned = mapping({ ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 3 } });
const nat = { wayOut: 'nat' } as const;

describe('wrong', () => {
  test.each<{ name: string; change: Change; says: RegExp }>([
    {
      name: 'gone',
      change: all(
        to(queue),
        (snapshot) => void (snapshot.destinations[queue] = notFound('sqs', 'GetQueueAttributes', queue)),
      ),
      says: /does not exist/,
    },
    { name: 'a FIFO queue', change: all(to(`${queue}.fifo`), exists(`${queue}.fifo`)), says: /FIFO/ },
    {
      name: 'in another region',
      change: to(`arn:aws:sqs:us-east-1:${account}:q`),
      says: /in us-east-1, the mapping is in eu-west-1/,
    },
    {
      name: 'a function',
      change: to(`arn:aws:lambda:${region}:${account}:function:f`),
      says: /has a type that Lambda does not support/,
    },
    { name: 'no ARN', change: to('orders-failed'), says: /has a type that Lambda does not support/ },
    {
      name: 'a Kafka topic without provisioned pollers',
      change: to('kafka://failed'),
      says: /requires provisioned mode/,
    },
    {
      name: 'the topic that it reads',
      change: all(to(`kafka://${topic}`), provisioned),
      says: /the topic that the mapping reads/,
    },
    {
      name: 'a Kafka topic that is not there',
      change: all(
        to('kafka://failed'),
        provisioned,
        shows('PROBLEM: Connection error. Please check your event source connection configuration.'),
      ),
      says: /does not list this topic/,
    },
  ])('$name', ({ change, says }) => {
    const finding = judge('mapping.destination', change, nat);
    expect(finding.status).toBe('fail');
    expect(textOf(finding)).toMatch(says);
  });

  test('retries that only provisioned pollers limit', () => {
    const finding = judge(
      'mapping.destination',
      mapping({ MaximumRetryAttempts: 3, BisectBatchOnFunctionError: true }),
    );
    expect(finding.status).toBe('warn');
    expect(textOf(finding)).toContain(
      'MaximumRetryAttempts 3, BisectBatchOnFunctionError have no effect in on-demand mode',
    );
  });
});

describe('infinite retries with a destination, which Lambda limits to 10', () => {
  const endless = mapping({ MaximumRetryAttempts: -1 });
  test.each<{ name: string; change: Change; first: RegExp }>([
    { name: 'a queue', change: all(to(queue), exists(queue), provisioned), first: /^Set MaximumRetryAttempts to 10/ },
    { name: 'a Kafka topic', change: all(to('kafka://payments'), provisioned), first: /^Set MaximumRetryAttempts/ },
    {
      name: 'a bucket',
      change: all(to('arn:aws:s3:::orders-failed'), exists('arn:aws:s3:::orders-failed'), provisioned),
      first: /^Set MaximumRetryAttempts/,
    },
  ])('$name', ({ change, first }) => {
    const account = all(change, endless);
    expectHarmless('mapping.destination', 'warn', account, nat);
    const finding = judge('mapping.destination', account, nat);
    expect(textOf(finding)).toMatch(/retries a failed batch only 10 times.*\n.*-1 means 10 retries/);
    expect(finding.fixes[0]!.title).toMatch(first);
    expect(finding.fixes[0]!.changes[0]!.undo).not.toBeNull();
    for (const { changes } of finding.fixes)
      expect(['pass', 'skip']).toContain(judgeAfter('mapping.destination', account, changes, nat).status);
  });
  test.each<{ name: string; status: 'pass' | 'skip' | 'unknown' | 'fail'; change: Change }>([
    { name: 'on-demand, where -1 is all there is', status: 'pass', change: all(to(queue), exists(queue), endless) },
    { name: 'without a destination', status: 'skip', change: all(provisioned, endless) },
    { name: 'not set', status: 'pass', change: all(to(queue), exists(queue), provisioned) },
    {
      name: '10',
      status: 'pass',
      change: all(to(queue), exists(queue), provisioned, mapping({ MaximumRetryAttempts: 10 })),
    },
    {
      name: '0',
      status: 'pass',
      change: all(to(queue), exists(queue), provisioned, mapping({ MaximumRetryAttempts: 0 })),
    },
    {
      name: 'a destination that could not be read',
      status: 'unknown',
      change: all(to(queue), provisioned, endless, (snapshot) => {
        snapshot.destinations[queue] = denied('sqs', 'GetQueueAttributes', queue);
      }),
    },
    {
      name: 'a destination that does not exist is what is textOf',
      status: 'fail',
      change: all(to(queue), provisioned, endless, (snapshot) => {
        snapshot.destinations[queue] = notFound('sqs', 'GetQueueAttributes', queue);
      }),
    },
  ])('$name: $status', ({ status, change }) => expect(judge('mapping.destination', change, nat).status).toBe(status));
});

describe('odd, and right', () => {
  test.each<{ name: string; change: Change }>([
    { name: 'a queue', change: all(to(queue), exists(queue)) },
    {
      name: 'an SNS topic',
      change: all(to(`arn:aws:sns:${region}:${account}:failed`), exists(`arn:aws:sns:${region}:${account}:failed`)),
    },
    {
      name: 'a bucket, which has no region in its ARN',
      change: all(to('arn:aws:s3:::orders-failed'), exists('arn:aws:s3:::orders-failed')),
    },
    { name: 'a Kafka topic', change: all(to('kafka://payments'), provisioned) },
    {
      name: 'limited retries with provisioned pollers',
      change: all(to(queue), exists(queue), provisioned, mapping({ MaximumRetryAttempts: 3 })),
    },
  ])('$name', ({ change }) => expectHarmless('mapping.destination', 'pass', change, nat));

  test('none, with the defaults of on-demand mappings', () =>
    expectHarmless(
      'mapping.destination',
      'skip',
      mapping({
        MaximumRetryAttempts: -1,
        MaximumRecordAgeInSeconds: -1,
        BisectBatchOnFunctionError: false,
        DestinationConfig: { OnFailure: {} },
      }),
    ));
});

describe('not known', () => {
  test('a queue that could not be read', () =>
    expect(
      judge(
        'mapping.destination',
        all(to(queue), (snapshot) => void (snapshot.destinations[queue] = denied('sqs', 'GetQueueAttributes', queue))),
        nat,
      ),
    ).toMatchObject({ status: 'unknown', missingActions: ['sqs:GetQueueAttributes'] }));
  test('a Kafka topic that your credentials are not shown, on a mapping that works', () =>
    expect(judge('mapping.destination', all(to('kafka://failed'), provisioned), nat).status).toBe('unknown'));
  test('the mapping itself', () =>
    expect(
      judge(
        'mapping.destination',
        (snapshot) => void (snapshot.mappings[uuid] = denied('lambda', 'GetEventSourceMapping')),
      ).status,
    ).toBe('unknown'));
});

test('found first, taken out, healthy', () =>
  expectMended('mapping.destination', all(to(`${queue}.fifo`), exists(`${queue}.fifo`)), nat));
