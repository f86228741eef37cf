/** Settings that Lambda takes, of every kind. */
import fc from 'fast-check';
import type { MappingSettings } from '../../../src/mapping/settings.js';
import { clusterArn, functionArn, keyArn, secretArn, topic } from '../../../src/sandbox/healthy.js';

export const least: MappingSettings = {
  function: functionArn,
  cluster: clusterArn,
  topic,
  startingPosition: 'TRIM_HORIZON',
};

/** Every setting at once, as far as they go together. */
export const everything: MappingSettings = {
  ...least,
  function: `${functionArn}:live`,
  topic: 'payments',
  startingPosition: 'AT_TIMESTAMP',
  startingPositionTimestamp: '2026-11-01T08:00:00.000Z',
  enabled: false,
  consumerGroup: 'payments-group',
  batchSize: 500,
  batchingWindow: 5,
  filters: ['{"value":{"kind":["a"]}}', '{"value":{"kind":[{"prefix":"b"}]}}'],
  kmsKey: keyArn,
  onFailure: 'kafka://payments-failed',
  maximumRetryAttempts: 3,
  maximumRecordAge: 3600,
  bisectBatchOnError: true,
  reportBatchItemFailures: true,
  provisionedPollers: { minimum: 1, maximum: 3, group: 'shared' },
  schemaRegistry: {
    uri: 'https://registry.example.com',
    eventRecordFormat: 'JSON',
    validate: ['KEY', 'VALUE'],
    access: [{ type: 'BASIC_AUTH', uri: secretArn }],
  },
  metrics: ['EventCount', 'ErrorCount'],
  logLevel: 'INFO',
  tags: { team: 'orders', 'cost centre': 'a=b / é' },
};

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const word = fc.stringMatching(/^[a-zA-Z0-9_-][a-zA-Z0-9._-]{1,40}$/);
const someText = fc.string({ minLength: 1, maxLength: 60 });

/** Any settings that fit their shapes; whether they go together is not asked. */
export const anySettings: fc.Arbitrary<MappingSettings> = fc
  .record({
    function: fc.constantFrom(functionArn, `${functionArn}:live`, 'order-handler', 'order-handler:7'),
    cluster: fc.constantFrom(clusterArn, 'orders-cluster'),
    topic: word,
    startingPosition: fc.constantFrom('LATEST' as const, 'TRIM_HORIZON' as const, 'AT_TIMESTAMP' as const),
    startingPositionTimestamp: maybe(
      fc.date({ min: new Date(0), max: new Date('2026-01-01'), noInvalidDate: true }).map((date) => date.toISOString()),
    ),
    enabled: maybe(fc.boolean()),
    auth: maybe(
      fc.constantFrom('iam' as const, 'scram' as const, 'mtls' as const, 'tls' as const, 'plaintext' as const),
    ),
    secret: maybe(fc.constantFrom(secretArn, 'AmazonMSK_orders')),
    sourceAccess: maybe(fc.constantFrom([{ type: 'SASL_SCRAM_512_AUTH' as const, uri: secretArn }])),
    consumerGroup: maybe(fc.stringMatching(/^[a-zA-Z0-9\-/*:_+=.@]{1,60}$/)),
    batchSize: maybe(fc.integer({ min: 1, max: 10_000 })),
    batchingWindow: maybe(fc.integer({ min: 0, max: 300 })),
    filters: maybe(fc.array(someText, { minLength: 1, maxLength: 4 })),
    kmsKey: maybe(fc.constant(keyArn)),
    onFailure: maybe(
      fc.constantFrom('kafka://failed', 'arn:aws:sqs:eu-west-1:111122223333:failed', 'arn:aws:s3:::failed'),
    ),
    maximumRetryAttempts: maybe(fc.constantFrom(-1, 0, 3, 10_000)),
    maximumRecordAge: maybe(fc.constantFrom(-1, 60, 604_800)),
    bisectBatchOnError: maybe(fc.boolean()),
    reportBatchItemFailures: maybe(fc.boolean()),
    provisionedPollers: maybe(
      fc.constantFrom(
        { minimum: 1 },
        { maximum: 20 },
        { minimum: 2, maximum: 4, group: 'shared' },
        { group: 'shared' },
      ),
    ),
    schemaRegistry: maybe(
      fc.record({
        uri: fc.constantFrom('https://registry.example.com', 'arn:aws:glue:eu-west-1:111122223333:registry/orders'),
        eventRecordFormat: maybe(fc.constantFrom('JSON' as const, 'SOURCE' as const)),
        validate: fc.constantFrom(['KEY' as const], ['VALUE' as const], ['KEY' as const, 'VALUE' as const]),
        access: maybe(fc.constant([{ type: 'BASIC_AUTH' as const, uri: secretArn }])),
      }),
    ),
    metrics: maybe(
      fc.subarray(['EventCount' as const, 'ErrorCount' as const, 'KafkaMetrics' as const], { minLength: 1 }),
    ),
    logLevel: maybe(fc.constantFrom('DEBUG' as const, 'INFO' as const, 'WARN' as const)),
    tags: maybe(
      fc.dictionary(
        fc.stringMatching(/^[a-z][a-z .:/]{0,20}$/).filter((key) => !key.startsWith('aws:')),
        fc.stringMatching(/^[a-zA-Zé0-9 _.:/=+@-]{0,30}$/),
        { minKeys: 1, maxKeys: 3 },
      ),
    ),
  })
  .map(
    (settings) =>
      Object.fromEntries(
        Object.entries(settings).filter(([, value]) => value !== undefined),
      ) as unknown as MappingSettings,
  );

/** Settings that mostly go together, for what is asked of those that Lambda takes; it is left to the test to leave out the rest. */
export const likelySettings: fc.Arbitrary<MappingSettings> = anySettings.map(
  ({ startingPositionTimestamp, sourceAccess, ...settings }) => {
    const { schemaRegistry: registry } = settings;
    return {
      ...settings,
      ...(settings.startingPosition === 'AT_TIMESTAMP'
        ? { startingPositionTimestamp: startingPositionTimestamp ?? '2026-11-01T08:00:00.000Z' }
        : {}),
      ...(settings.secret === undefined && sourceAccess !== undefined ? { sourceAccess } : {}),
      ...(settings.filters === undefined
        ? {}
        : { filters: settings.filters.map((text) => JSON.stringify({ value: { kind: [text] } })) }),
      ...(registry?.uri.startsWith('arn:') === true ? { schemaRegistry: { ...registry, access: undefined } } : {}),
    };
  },
);
