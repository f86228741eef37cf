/** The flag of each setting; settings of a block by their path. */
export const flagNames = {
  function: '--function',
  cluster: '--cluster',
  topic: '--topic',
  startingPosition: '--starting-position',
  startingPositionTimestamp: '--starting-position-timestamp',
  enabled: '--disabled',
  auth: '--auth',
  secret: '--secret',
  sourceAccess: '--source-access-configurations',
  consumerGroup: '--consumer-group',
  batchSize: '--batch-size',
  batchingWindow: '--batching-window',
  filters: '--filter',
  kmsKey: '--kms-key',
  onFailure: '--on-failure',
  maximumRetryAttempts: '--maximum-retry-attempts',
  maximumRecordAge: '--maximum-record-age',
  bisectBatchOnError: '--bisect-batch-on-error',
  reportBatchItemFailures: '--report-batch-item-failures',
  provisionedPollers: '--minimum-pollers',
  'provisionedPollers.minimum': '--minimum-pollers',
  'provisionedPollers.maximum': '--maximum-pollers',
  'provisionedPollers.group': '--poller-group',
  schemaRegistry: '--schema-registry',
  'schemaRegistry.uri': '--schema-registry',
  'schemaRegistry.eventRecordFormat': '--schema-registry-format',
  'schemaRegistry.validate': '--schema-registry-validate',
  'schemaRegistry.access': '--schema-registry-access',
  metrics: '--metrics',
  logLevel: '--log-level',
  tags: '--tag',
} as const;
export type SettingPath = keyof typeof flagNames;

/** The flag of a setting, given as a path, which may continue into a list (`filters.0`). */
export function flagOf(path: string): string {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length--) {
    const name = (flagNames as Record<string, string>)[parts.slice(0, length).join('.')];
    if (name !== undefined) return name;
  }
  return path;
}
