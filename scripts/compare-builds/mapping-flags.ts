/** The commands that take settings of a mapping, with every flag: this tool’s and the AWS CLI’s. */
import type { Invocation } from './invocation.js';

const uuid = '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11';
const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
const cluster = arn('kafka', 'cluster/orders-cluster/8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2');
const secret = arn('secretsmanager', 'secret:AmazonMSK_a-Xy12Ab');

/** The command’s own flags. */
const settings: readonly (readonly string[])[] = [
  ['--maximum-retry-attempts', '3', '--maximum-record-age', '600', '--bisect-batch-on-error'],
  ['--no-bisect-batch-on-error', '--report-batch-item-failures', '--log-level', 'debug'],
  ['--no-report-batch-item-failures', '--bisect-batch-on-function-error', '--enabled'],
  ['--no-bisect-batch-on-function-error', '--no-enabled', '--batch-size', '9', '--batching-window', '7'],
  ['--schema-registry', arn('glue', 'registry/orders'), '--schema-registry-format', 'json'],
  [
    '--schema-registry',
    'https://registry.example.com',
    '--schema-registry-validate',
    'KEY,VALUE',
    '--schema-registry-access',
    `BASIC_AUTH=${secret}`,
  ],
  ['--filter', '{"key":["a"]}', '--filter', '{"value":{"b":[1]}}', '--kms-key', 'alias/orders'],
  ['--starting-position', 'AT_TIMESTAMP', '--starting-position-timestamp', '1767225600'],
  ['--tag', 'a=b', '--tag', 'c=d', '--metrics', 'EventCount,ErrorCount,KafkaMetrics'],
  ['--secret', 'AmazonMSK_orders', '--auth', 'scram', '--consumer-group', 'readers', '--disabled'],
  ['--on-failure', arn('sqs', 'failed'), '--topic', 'returns', '--function', 'other', '--cluster', 'other'],
];

/** The AWS CLI’s own flags. */
const awsFlags: readonly (readonly string[])[] = [
  ['--function-name', 'order-handler', '--event-source-arn', cluster, '--topics', 'payments'],
  ['--source-access-configurations', `[{"Type":"SASL_SCRAM_512_AUTH","URI":"${secret}"}]`],
  ['--source-access-configurations', `Type=SASL_SCRAM_512_AUTH,URI=${secret}`],
  ['--maximum-batching-window-in-seconds', '5', '--maximum-record-age-in-seconds', '600'],
  ['--filter-criteria', '{"Filters":[{"Pattern":"{\\"value\\":{\\"a\\":[1]}}"}]}'],
  ['--kms-key-arn', arn('kms', 'key/1')],
  ['--destination-config', `{"OnFailure":{"Destination":"${arn('sqs', 'failed')}"}}`],
  ['--function-response-types', 'ReportBatchItemFailures'],
  ['--provisioned-poller-config', 'MinimumPollers=1,MaximumPollers=3,PollerGroupName=readers'],
  ['--amazon-managed-kafka-event-source-config', 'ConsumerGroupId=readers'],
  ['--metrics-config', '{"Metrics":["EventCount"]}', '--logging-config', 'SystemLogLevel=DEBUG'],
  ['--tags', 'a=b,c=d'],
  ['--tags', '{"a":'],
  ['--provisioned-poller-config', 'Pollers=1'],
  ['--topics', 'a,b'],
  ['--batch-size', '5', '--batch-size', '6', '--no-enabled', '--disabled'],
  ...[
    'parallelization-factor',
    'tumbling-window-in-seconds',
    'scaling-config',
    'queues',
    'self-managed-event-source',
    'self-managed-kafka-event-source-config',
    'document-db-event-source-config',
  ].map((flag) => [`--${flag}`, '1']),
];

/** Flags that take a setting away. */
const clearing: readonly (readonly string[])[] = [
  ['--no-filter', '--no-on-failure', '--no-secret', '--no-kms-key'],
  ['--no-metrics', '--no-schema-registry', '--on-demand'],
  ['--remove-tag', 'team', '--remove-tag', 'stage', '--no-log-level'],
];

const wanted = ['--function', 'order-handler', '--cluster', 'orders-cluster', '--topic', 'payments'];
const provisioned = ['--minimum-pollers', '1', '--maximum-pollers', '3', '--poller-group', 'readers'];
const modes = [['--print-file'], ['--dry-run'], ['--dry-run', '--output', 'json']];

export const mappingFlags = (): Invocation[] =>
  [
    ...settings.map((given) => ['create', ...wanted, '--starting-position', 'LATEST', ...provisioned, ...given]),
    ...awsFlags.map((given) => ['create', ...wanted, '--starting-position', 'LATEST', ...given]),
    ...['update', 'recreate'].flatMap((command) => [
      ...settings.map((given) => [command, uuid, ...provisioned, ...given]),
      ...[...awsFlags, ...clearing].map((given) => [command, uuid, ...given]),
    ]),
  ].flatMap((words) =>
    modes.map((mode) => ({ words: [...words, ...mode, '--sandbox', 'provisioned-without-way-out'] })),
  );
