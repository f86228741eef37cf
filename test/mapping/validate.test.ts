import { registryAccessTypes } from '../../src/aws/mapping-api.js';
import { describe, expect, test } from 'vitest';
import type { MappingSettings } from '../../src/mapping/settings.js';
import { validateChanges, validateSettings } from '../../src/mapping/validate.js';
import { clusterArn, functionArn, secretArn } from '../../src/sandbox/healthy.js';
import { everything, least } from './support/settings.js';

const now = new Date('2026-11-24T10:00:00Z');
const problems = (more: object) => validateSettings({ ...least, ...more } as MappingSettings, { now });
const pollers = { provisionedPollers: { minimum: 1, maximum: 3 } };

test('what Lambda takes has no problem', () => {
  expect(problems({})).toEqual([]);
  expect(problems(everything)).toEqual([]);
});

describe('each problem names its flag and its reason', () => {
  test.each<[string, object, string, RegExp]>([
    ['no function', { function: undefined }, '--function', /is missing/],
    ['no topic', { topic: undefined }, '--topic', /is missing/],
    ['no position', { startingPosition: undefined }, '--starting-position', /is missing/],
    [
      'a position that is none',
      { startingPosition: 'EARLIEST' },
      '--starting-position',
      /takes LATEST, TRIM_HORIZON or AT_TIMESTAMP, not EARLIEST/,
    ],
    [
      'AT_TIMESTAMP alone',
      { startingPosition: 'AT_TIMESTAMP' },
      '--starting-position-timestamp',
      /AT_TIMESTAMP needs it/,
    ],
    [
      'a timestamp without it',
      { startingPositionTimestamp: '2026-01-01T00:00:00Z' },
      '--starting-position-timestamp',
      /goes with --starting-position AT_TIMESTAMP only/,
    ],
    [
      'the future',
      { startingPosition: 'AT_TIMESTAMP', startingPositionTimestamp: '2026-11-25T00:00:00Z' },
      '--starting-position-timestamp',
      /future/,
    ],
    [
      'no instant',
      { startingPosition: 'AT_TIMESTAMP', startingPositionTimestamp: 'yesterday' },
      '--starting-position-timestamp',
      /takes an instant/,
    ],
    ['a topic of one letter', { topic: 'a' }, '--topic', /2 to 249/],
    ['a topic with a blank', { topic: 'my topic' }, '--topic', /letters, digits/],
    ['a topic with a dot first', { topic: '.orders' }, '--topic', /no “.” at its start/],
    ['a long topic', { topic: 'x'.repeat(250) }, '--topic', /249/],
    ['batch 0', { batchSize: 0 }, '--batch-size', /takes a whole number from 1 to 10,000, not 0/],
    ['batch above', { batchSize: 10_001 }, '--batch-size', /not 10001/],
    ['half a record', { batchSize: 1.5 }, '--batch-size', /whole number/],
    ['a window above', { batchingWindow: 301 }, '--batching-window', /0 to 300/],
    ['a window below', { batchingWindow: -1 }, '--batching-window', /0 to 300/],
    ['retries below', { ...pollers, maximumRetryAttempts: -2 }, '--maximum-retry-attempts', /-1, for no limit/],
    ['retries above', { ...pollers, maximumRetryAttempts: 10_001 }, '--maximum-retry-attempts', /10,000/],
    [
      'an age that AWS’s shape lets through',
      { ...pollers, maximumRecordAge: 59 },
      '--maximum-record-age',
      /60 to 604,800/,
    ],
    [
      'retries on demand',
      { maximumRetryAttempts: 3 },
      '--maximum-retry-attempts',
      /needs provisioned pollers: give --minimum-pollers/,
    ],
    ['an age on demand', { maximumRecordAge: 60 }, '--maximum-record-age', /needs provisioned pollers/],
    ['bisect on demand', { bisectBatchOnError: true }, '--bisect-batch-on-error', /needs provisioned pollers/],
    [
      'item failures on demand',
      { reportBatchItemFailures: true },
      '--report-batch-item-failures',
      /needs provisioned pollers/,
    ],
    ['a log on demand', { logLevel: 'INFO' }, '--log-level', /needs provisioned pollers/],
    [
      'a registry on demand',
      { schemaRegistry: { uri: 'https://r', validate: ['KEY'] } },
      '--schema-registry',
      /needs provisioned pollers/,
    ],
    [
      'a Kafka destination on demand',
      { onFailure: 'kafka://failed' },
      '--on-failure',
      /with a Kafka topic needs provisioned pollers/,
    ],
    [
      'no topic of Kafka as destination',
      { ...pollers, onFailure: 'kafka://a b' },
      '--on-failure',
      /the name of a topic/,
    ],
    [
      'its own topic as destination',
      { ...pollers, onFailure: 'kafka://orders' },
      '--on-failure',
      /topic that the mapping reads/,
    ],
    ['a FIFO queue', { onFailure: 'arn:aws:sqs:eu-west-1:111122223333:q.fifo' }, '--on-failure', /FIFO/],
    [
      'a destination of another service',
      { onFailure: 'arn:aws:lambda:eu-west-1:111122223333:function:f' },
      '--on-failure',
      /queue, SNS topic or bucket/,
    ],
    ['pollers above', { provisionedPollers: { maximum: 2001 } }, '--maximum-pollers', /2,000/],
    [
      'pollers crossed',
      { provisionedPollers: { minimum: 5, maximum: 4 } },
      '--minimum-pollers',
      /is 5, above --maximum-pollers, which is 4/,
    ],
    ['a poller group with a blank', { provisionedPollers: { group: 'a b' } }, '--poller-group', /128 letters/],
    ['a group that is none', { consumerGroup: 'a#b' }, '--consumer-group', /1 to 200/],
    ['a filter that is no JSON', { filters: ['{value:'] }, '--filter', /not valid JSON/],
    ['a filter of no rule', { filters: ['{"value":{"a":"b"}}'] }, '--filter', /neither a list/],
    ['a key that is none', { kmsKey: 'alias/mine' }, '--kms-key', /ARN of a KMS key/],
    [
      'two secrets',
      {
        sourceAccess: [
          { type: 'SASL_SCRAM_512_AUTH', uri: 'a' },
          { type: 'CLIENT_CERTIFICATE_TLS_AUTH', uri: 'b' },
        ],
      },
      '--source-access-configurations',
      /one entry/,
    ],
    [
      'a type of self-managed Kafka',
      { sourceAccess: [{ type: 'VPC_SUBNET', uri: 'subnet:x' }] },
      '--source-access-configurations',
      /SASL_SCRAM_512_AUTH or CLIENT/,
    ],
    [
      'the secret twice',
      { secret: 'a', sourceAccess: [{ type: 'SASL_SCRAM_512_AUTH', uri: 'a' }] },
      '--secret',
      /both name the secret/,
    ],
    [
      'a registry that validates nothing',
      { ...pollers, schemaRegistry: { uri: 'https://r' } },
      '--schema-registry-validate',
      /missing/,
    ],
    [
      'a Glue registry with access',
      {
        ...pollers,
        schemaRegistry: {
          uri: 'arn:aws:glue:eu-west-1:111122223333:registry/r',
          validate: ['KEY'],
          access: [{ type: 'BASIC_AUTH', uri: secretArn }],
        },
      },
      '--schema-registry-access',
      /takes none/,
    ],
    [
      'a type of access that is none',
      {
        ...pollers,
        schemaRegistry: {
          uri: 'https://r',
          validate: ['KEY'],
          access: [{ type: 'KERBEROS' as 'BASIC_AUTH', uri: secretArn }],
        },
      },
      '--schema-registry-access',
      /takes BASIC_AUTH, .*OAUTHBEARER_AUTH, not KERBEROS/,
    ],
    [
      'a registry’s secret by name',
      {
        ...pollers,
        schemaRegistry: { uri: 'https://r', validate: ['KEY'], access: [{ type: 'BASIC_AUTH', uri: 's' }] },
      },
      '--schema-registry-access',
      /ARN of a secret, not s$/,
    ],
    [
      'a registry by http',
      { ...pollers, schemaRegistry: { uri: 'http://r', validate: ['KEY'] } },
      '--schema-registry',
      /https/,
    ],
    ['a metric that is none', { metrics: ['Everything'] }, '--metrics', /takes EventCount, ErrorCount or KafkaMetrics/],
    ['a tag of AWS’s own', { tags: { 'aws:x': 'y' } }, '--tag', /aws:/],
    ['a key of a tag that AWS refuses', { tags: { 'a&b': 'y' } }, '--tag', /holds others than/],
    ['a value of a tag that AWS refuses', { tags: { team: 'a & b' } }, '--tag', /takes values of .*, not a & b$/],
    ['a queue for a cluster', { cluster: 'arn:aws:sqs:eu-west-1:111122223333:q' }, '--cluster', /MSK cluster/],
    ['two regions', { cluster: clusterArn.replace('eu-west-1', 'eu-west-2') }, '--cluster', /one region/],
    ['two accounts', { function: functionArn.replace('111122223333', '444455556666') }, '--cluster', /VPC connection/],
    ['a setting that is none', { parallelization: 3 }, 'parallelization', /is no setting/],
  ])('%s', (_, more, flag, message) => {
    const [first, ...others] = problems(more);
    expect(first).toMatchObject({ flag, message: expect.stringMatching(message) as string });
    expect(others).toEqual([]);
  });
});

describe('changes', () => {
  const changed = (changes: object, standing: object = {}) =>
    validateChanges(changes, { ...least, ...standing }, { now }).map(({ message }) => message);

  test('are judged with what stands', () => {
    expect(changed({ maximumRetryAttempts: 3 })).toEqual([
      '--maximum-retry-attempts needs provisioned pollers: give --minimum-pollers too',
    ]);
    expect(changed({ maximumRetryAttempts: 3 }, pollers)).toEqual([]);
    expect(changed({ provisionedPollers: null }, { ...pollers, logLevel: 'INFO' })).toEqual([
      '--log-level needs provisioned pollers: give --minimum-pollers too',
    ]);
    expect(changed({ batchSize: 0 })).toHaveLength(1);
  });

  test('are not to blame for what stood wrong before', () => {
    expect(changed({ batchSize: 5 }, { maximumRetryAttempts: 3 })).toEqual([]);
  });
});

test.each<{ name: string; more: Parameters<typeof problems>[0] }>([
  ...registryAccessTypes.map((type) => ({
    name: `access to a registry by ${type}`,
    more: {
      ...pollers,
      schemaRegistry: { uri: 'https://r', validate: ['KEY' as const], access: [{ type, uri: secretArn }] },
    },
  })),
  { name: 'a consumer group with a blank', more: { consumerGroup: 'orders group' } },
  {
    name: 'infinite retries with a destination',
    more: { ...pollers, maximumRetryAttempts: -1, onFailure: 'kafka://failed' },
  },
  {
    name: 'more filters than the default quota',
    more: { filters: Array.from({ length: 6 }, (_, index) => `{"value":["${index}"]}`) },
  },
])('$name is valid', ({ more }) => expect(problems(more)).toEqual([]));
