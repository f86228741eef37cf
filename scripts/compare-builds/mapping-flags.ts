/** `create` with every flag of a mapping, this tool’s and the AWS CLI’s. */
import type { Invocation } from './invocation.js';

const mapping =
  'create --function order-handler --cluster orders-cluster --topic payments --starting-position LATEST --sandbox provisioned-without-way-out';

/** Each setting of a mapping by its flag. */
export function settings(): Invocation[] {
  const provisioned = ['--minimum-pollers', '1', '--maximum-pollers', '3', '--poller-group', 'readers'];
  const values: string[][] = [
    ['--maximum-retry-attempts', '3', '--maximum-record-age', '600', '--bisect-batch-on-error'],
    ['--no-bisect-batch-on-error', '--report-batch-item-failures', '--log-level', 'debug'],
    ['--no-report-batch-item-failures', '--bisect-batch-on-function-error', '--enabled'],
    ['--no-bisect-batch-on-function-error', '--no-enabled'],
    [
      '--schema-registry',
      'arn:aws:glue:eu-west-1:111122223333:registry/orders',
      '--schema-registry-format',
      'json',
      '--schema-registry-validate',
      'KEY,VALUE',
    ],
    [
      '--schema-registry',
      'https://registry.example.com',
      '--schema-registry-format',
      'SOURCE',
      '--schema-registry-access=BASIC_AUTH=arn:aws:secretsmanager:eu-west-1:111122223333:secret:registry-Xy12Ab',
    ],
    ['--filter', '{"key":["a"]}', '--filter', '{"value":{"b":[1]}}', '--kms-key', 'alias/orders'],
    ['--starting-position-timestamp', '1767225600'],
    ['--tag', 'a=b', '--tag', 'c=d', '--metrics', 'EventCount,ErrorCount,KafkaMetrics'],
  ];
  return values.flatMap((given) =>
    [['--print-file'], ['--dry-run'], ['--dry-run', '--output', 'json']].map((mode) => ({
      words: [...mapping.split(' '), ...provisioned, ...given, ...mode],
    })),
  );
}

/** The AWS CLI’s own flags. */
export function awsFlags(): Invocation[] {
  const create = [
    'create',
    '--function-name',
    'order-handler',
    '--topics',
    'payments',
    '--starting-position',
    'LATEST',
    '--event-source-arn',
    'arn:aws:kafka:eu-west-1:111122223333:cluster/orders-cluster/8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2',
  ];
  const values: string[][] = [
    [
      '--source-access-configurations',
      '[{"Type":"SASL_SCRAM_512_AUTH","URI":"arn:aws:secretsmanager:eu-west-1:1:secret:a-Xy12Ab"}]',
    ],
    [
      '--source-access-configurations',
      'Type=SASL_SCRAM_512_AUTH,URI=arn:aws:secretsmanager:eu-west-1:1:secret:a-Xy12Ab',
    ],
    ['--maximum-batching-window-in-seconds', '5', '--maximum-record-age-in-seconds', '600'],
    ['--filter-criteria', '{"Filters":[{"Pattern":"{\\"value\\":{\\"a\\":[1]}}"}]}'],
    ['--kms-key-arn', 'arn:aws:kms:eu-west-1:111122223333:key/1'],
    ['--destination-config', '{"OnFailure":{"Destination":"arn:aws:sqs:eu-west-1:111122223333:failed"}}'],
    ['--function-response-types', 'ReportBatchItemFailures'],
    ['--provisioned-poller-config', 'MinimumPollers=1,MaximumPollers=3,PollerGroupName=readers'],
    ['--amazon-managed-kafka-event-source-config', 'ConsumerGroupId=readers'],
    ['--metrics-config', '{"Metrics":["EventCount"]}', '--logging-config', 'SystemLogLevel=DEBUG'],
    ['--tags', 'a=b,c=d'],
    ['--tags', '{"a":'],
    ['--provisioned-poller-config', 'Pollers=1'],
    ['--topics', 'a,b'],
    ['--batch-size', '5', '--no-enabled', '--disabled'],
    ...['tumbling-window-in-seconds', 'scaling-config', 'queues'].map((flag) => [`--${flag}`, '1']),
    ['--self-managed-event-source', '1'],
    ...['self-managed-kafka-event-source-config', 'document-db-event-source-config'].map((flag) => [`--${flag}`, '1']),
  ];
  return values.flatMap((given) =>
    ['--print-file', '--dry-run'].map((mode) => ({ words: [...create, ...given, mode, '--sandbox', 'endpoints'] })),
  );
}
