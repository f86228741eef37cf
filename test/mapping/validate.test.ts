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
  test.each<{ name: string; more: object; flag: string; message: RegExp }>([
    { name: 'no function', more: { function: undefined }, flag: '--function', message: /is missing/ },
    { name: 'no topic', more: { topic: undefined }, flag: '--topic', message: /is missing/ },
    { name: 'no position', more: { startingPosition: undefined }, flag: '--starting-position', message: /is missing/ },
    {
      name: 'a position that is none',
      more: { startingPosition: 'EARLIEST' },
      flag: '--starting-position',
      message: /must be LATEST, TRIM_HORIZON or AT_TIMESTAMP, not EARLIEST/,
    },
    {
      name: 'AT_TIMESTAMP alone',
      more: { startingPosition: 'AT_TIMESTAMP' },
      flag: '--starting-position-timestamp',
      message: /AT_TIMESTAMP requires it/,
    },
    {
      name: 'a timestamp without it',
      more: { startingPositionTimestamp: '2026-01-01T00:00:00Z' },
      flag: '--starting-position-timestamp',
      message: /allowed only with --starting-position AT_TIMESTAMP/,
    },
    {
      name: 'the future',
      more: { startingPosition: 'AT_TIMESTAMP', startingPositionTimestamp: '2026-11-25T00:00:00Z' },
      flag: '--starting-position-timestamp',
      message: /future/,
    },
    {
      name: 'no instant',
      more: { startingPosition: 'AT_TIMESTAMP', startingPositionTimestamp: 'yesterday' },
      flag: '--starting-position-timestamp',
      message: /must be a time/,
    },
    { name: 'a topic of one letter', more: { topic: 'a' }, flag: '--topic', message: /2 to 249/ },
    { name: 'a topic with a blank', more: { topic: 'my topic' }, flag: '--topic', message: /letters, digits/ },
    {
      name: 'a topic with a dot first',
      more: { topic: '.orders' },
      flag: '--topic',
      message: /not beginning with “.”/,
    },
    { name: 'a long topic', more: { topic: 'x'.repeat(250) }, flag: '--topic', message: /249/ },
    {
      name: 'batch 0',
      more: { batchSize: 0 },
      flag: '--batch-size',
      message: /must be a whole number from 1 to 10,000, not 0/,
    },
    { name: 'batch above', more: { batchSize: 10_001 }, flag: '--batch-size', message: /not 10001/ },
    { name: 'half a record', more: { batchSize: 1.5 }, flag: '--batch-size', message: /whole number/ },
    { name: 'a window above', more: { batchingWindow: 301 }, flag: '--batching-window', message: /0 to 300/ },
    { name: 'a window below', more: { batchingWindow: -1 }, flag: '--batching-window', message: /0 to 300/ },
    {
      name: 'retries below',
      more: { ...pollers, maximumRetryAttempts: -2 },
      flag: '--maximum-retry-attempts',
      message: /-1 \(no limit\)/,
    },
    {
      name: 'retries above',
      more: { ...pollers, maximumRetryAttempts: 10_001 },
      flag: '--maximum-retry-attempts',
      message: /10,000/,
    },
    {
      name: 'an age that AWS’s shape lets through',
      more: { ...pollers, maximumRecordAge: 59 },
      flag: '--maximum-record-age',
      message: /60 to 604,800/,
    },
    {
      name: 'retries on demand',
      more: { maximumRetryAttempts: 3 },
      flag: '--maximum-retry-attempts',
      message: /requires provisioned mode: also set --minimum-pollers/,
    },
    {
      name: 'an age on demand',
      more: { maximumRecordAge: 60 },
      flag: '--maximum-record-age',
      message: /requires provisioned mode/,
    },
    {
      name: 'bisect on demand',
      more: { bisectBatchOnError: true },
      flag: '--bisect-batch-on-error',
      message: /requires provisioned mode/,
    },
    {
      name: 'item failures on demand',
      more: { reportBatchItemFailures: true },
      flag: '--report-batch-item-failures',
      message: /requires provisioned mode/,
    },
    { name: 'a log on demand', more: { logLevel: 'INFO' }, flag: '--log-level', message: /requires provisioned mode/ },
    {
      name: 'a registry on demand',
      more: { schemaRegistry: { uri: 'https://r', validate: ['KEY'] } },
      flag: '--schema-registry',
      message: /requires provisioned mode/,
    },
    {
      name: 'a Kafka destination on demand',
      more: { onFailure: 'kafka://failed' },
      flag: '--on-failure',
      message: /with a Kafka topic requires provisioned mode/,
    },
    {
      name: 'no topic of Kafka as destination',
      more: { ...pollers, onFailure: 'kafka://a b' },
      flag: '--on-failure',
      message: /a topic name/,
    },
    {
      name: 'its own topic as destination',
      more: { ...pollers, onFailure: 'kafka://orders' },
      flag: '--on-failure',
      message: /topic that the mapping reads/,
    },
    {
      name: 'a FIFO queue',
      more: { onFailure: 'arn:aws:sqs:eu-west-1:111122223333:q.fifo' },
      flag: '--on-failure',
      message: /FIFO/,
    },
    {
      name: 'a destination of another service',
      more: { onFailure: 'arn:aws:lambda:eu-west-1:111122223333:function:f' },
      flag: '--on-failure',
      message: /SQS queue, SNS topic or S3 bucket/,
    },
    {
      name: 'pollers above',
      more: { provisionedPollers: { maximum: 2001 } },
      flag: '--maximum-pollers',
      message: /2,000/,
    },
    {
      name: 'pollers crossed',
      more: { provisionedPollers: { minimum: 5, maximum: 4 } },
      flag: '--minimum-pollers',
      message: /is 5, greater than --maximum-pollers, which is 4/,
    },
    {
      name: 'a poller group with a blank',
      more: { provisionedPollers: { group: 'a b' } },
      flag: '--poller-group',
      message: /128 letters/,
    },
    { name: 'a group that is none', more: { consumerGroup: 'a#b' }, flag: '--consumer-group', message: /1 to 200/ },
    { name: 'a filter that is no JSON', more: { filters: ['{value:'] }, flag: '--filter', message: /not valid JSON/ },
    {
      name: 'a filter of no rule',
      more: { filters: ['{"value":{"a":"b"}}'] },
      flag: '--filter',
      message: /neither a list/,
    },
    { name: 'a key that is none', more: { kmsKey: 'alias/mine' }, flag: '--kms-key', message: /ARN of a KMS key/ },
    {
      name: 'two secrets',
      more: {
        sourceAccess: [
          { type: 'SASL_SCRAM_512_AUTH', uri: 'a' },
          { type: 'CLIENT_CERTIFICATE_TLS_AUTH', uri: 'b' },
        ],
      },
      flag: '--source-access-configurations',
      message: /one entry/,
    },
    {
      name: 'a type of self-managed Kafka',
      more: { sourceAccess: [{ type: 'VPC_SUBNET', uri: 'subnet:x' }] },
      flag: '--source-access-configurations',
      message: /SASL_SCRAM_512_AUTH or CLIENT/,
    },
    {
      name: 'the secret twice',
      more: { secret: 'a', sourceAccess: [{ type: 'SASL_SCRAM_512_AUTH', uri: 'a' }] },
      flag: '--secret',
      message: /both set the secret/,
    },
    {
      name: 'a registry that validates nothing',
      more: { ...pollers, schemaRegistry: { uri: 'https://r' } },
      flag: '--schema-registry-validate',
      message: /missing/,
    },
    {
      name: 'a Glue registry with access',
      more: {
        ...pollers,
        schemaRegistry: {
          uri: 'arn:aws:glue:eu-west-1:111122223333:registry/r',
          validate: ['KEY'],
          access: [{ type: 'BASIC_AUTH', uri: secretArn }],
        },
      },
      flag: '--schema-registry-access',
      message: /not for an AWS Glue registry/,
    },
    {
      name: 'a type of access that is none',
      more: {
        ...pollers,
        schemaRegistry: {
          uri: 'https://r',
          validate: ['KEY'],
          access: [{ type: 'KERBEROS' as 'BASIC_AUTH', uri: secretArn }],
        },
      },
      flag: '--schema-registry-access',
      message: /must be BASIC_AUTH, .*OAUTHBEARER_AUTH, not KERBEROS/,
    },
    {
      name: 'a registry’s secret by name',
      more: {
        ...pollers,
        schemaRegistry: { uri: 'https://r', validate: ['KEY'], access: [{ type: 'BASIC_AUTH', uri: 's' }] },
      },
      flag: '--schema-registry-access',
      message: /ARN of a secret, not s$/,
    },
    {
      name: 'a registry by http',
      more: { ...pollers, schemaRegistry: { uri: 'http://r', validate: ['KEY'] } },
      flag: '--schema-registry',
      message: /https/,
    },
    {
      name: 'a metric that is none',
      more: { metrics: ['Everything'] },
      flag: '--metrics',
      message: /must be EventCount, ErrorCount or KafkaMetrics/,
    },
    { name: 'a tag of AWS’s own', more: { tags: { 'aws:x': 'y' } }, flag: '--tag', message: /aws:/ },
    {
      name: 'a key of a tag that AWS refuses',
      more: { tags: { 'a&b': 'y' } },
      flag: '--tag',
      message: /letters, digits, blanks/,
    },
    {
      name: 'a value of a tag that AWS refuses',
      more: { tags: { team: 'a & b' } },
      flag: '--tag',
      message: /must have values of .*, not a & b$/,
    },
    {
      name: 'a queue for a cluster',
      more: { cluster: 'arn:aws:sqs:eu-west-1:111122223333:q' },
      flag: '--cluster',
      message: /MSK cluster/,
    },
    {
      name: 'two regions',
      more: { cluster: clusterArn.replace('eu-west-1', 'eu-west-2') },
      flag: '--cluster',
      message: /the same region/,
    },
    {
      name: 'two accounts',
      more: { function: functionArn.replace('111122223333', '444455556666') },
      flag: '--cluster',
      message: /VPC connection/,
    },
    {
      name: 'a setting that is none',
      more: { parallelization: 3 },
      flag: 'parallelization',
      message: /is not a setting/,
    },
  ])('$name', ({ more, flag, message }) => {
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
      '--maximum-retry-attempts requires provisioned mode: also set --minimum-pollers',
    ]);
    expect(changed({ maximumRetryAttempts: 3 }, pollers)).toEqual([]);
    expect(changed({ provisionedPollers: null }, { ...pollers, logLevel: 'INFO' })).toEqual([
      '--log-level requires provisioned mode: also set --minimum-pollers',
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
