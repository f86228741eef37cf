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
import { all, expectHarmless, expectMended, judge, mapping, textOf, shows, type Change } from '../judging.js';

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
  test.each<[string, Change, RegExp]>([
    [
      'gone',
      all(to(queue), (snapshot) => void (snapshot.destinations[queue] = notFound('sqs', 'GetQueueAttributes', queue))),
      /does not exist/,
    ],
    ['a FIFO queue', all(to(`${queue}.fifo`), exists(`${queue}.fifo`)), /FIFO/],
    ['in another region', to(`arn:aws:sqs:us-east-1:${account}:q`), /it is in us-east-1, the mapping in eu-west-1/],
    ['a function', to(`arn:aws:lambda:${region}:${account}:function:f`), /no queue, SNS topic, bucket/],
    ['no ARN', to('orders-failed'), /no queue/],
    ['a Kafka topic without provisioned pollers', to('kafka://failed'), /needs provisioned pollers/],
    ['the topic that it reads', all(to(`kafka://${topic}`), provisioned), /the topic that the mapping reads/],
    [
      'a Kafka topic that is not there',
      all(
        to('kafka://failed'),
        provisioned,
        shows('PROBLEM: Connection error. Please check your event source connection configuration.'),
      ),
      /does not show the topic/,
    ],
  ])('%s', (_, change, says) => {
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
      'MaximumRetryAttempts 3, BisectBatchOnFunctionError: limits of retries need provisioned pollers',
    );
  });
});

describe('odd, and right', () => {
  test.each<[string, Change]>([
    ['a queue', all(to(queue), exists(queue))],
    [
      'an SNS topic',
      all(to(`arn:aws:sns:${region}:${account}:failed`), exists(`arn:aws:sns:${region}:${account}:failed`)),
    ],
    [
      'a bucket, which has no region in its ARN',
      all(to('arn:aws:s3:::orders-failed'), exists('arn:aws:s3:::orders-failed')),
    ],
    ['a Kafka topic', all(to('kafka://payments'), provisioned)],
    [
      'limited retries with provisioned pollers',
      all(to(queue), exists(queue), provisioned, mapping({ MaximumRetryAttempts: 3 })),
    ],
  ])('%s', (_, change) => expectHarmless('mapping.destination', 'pass', change, nat));

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
