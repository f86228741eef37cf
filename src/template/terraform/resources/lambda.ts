/** Functions, aliases and mappings. */
import type { JsonObject } from '../../resource.js';
import { block, blocks, items, member, pick, type Translation } from './translation.js';

const accessConfigurations = (config: JsonObject, type: string): JsonObject[] =>
  blocks(config, type).map((access) => pick(access, { Type: 'type', URI: 'uri' }));

function kafkaConfig(config: JsonObject, type: string): JsonObject | undefined {
  const written = block(config, type);
  if (written === undefined) return undefined;
  const registry = block(written, 'schema_registry_config');
  return {
    ...pick(written, { ConsumerGroupId: 'consumer_group_id' }),
    ...(registry === undefined
      ? {}
      : {
          SchemaRegistryConfig: {
            ...pick(registry, { SchemaRegistryURI: 'schema_registry_uri', EventRecordFormat: 'event_record_format' }),
            AccessConfigs: accessConfigurations(registry, 'access_config'),
            SchemaValidationConfigs: blocks(registry, 'schema_validation_config').map((validation) =>
              pick(validation, { Attribute: 'attribute' }),
            ),
          },
        }),
  };
}

function mapping(config: JsonObject): JsonObject {
  const filters = block(config, 'filter_criteria');
  const failure = block(block(config, 'destination_config') ?? {}, 'on_failure');
  const pollers = block(config, 'provisioned_poller_config');
  const metrics = block(config, 'metrics_config');
  const selfManaged = block(config, 'self_managed_event_source');
  const endpoints = selfManaged?.['endpoints'];
  return {
    ...pick(config, {
      EventSourceArn: 'event_source_arn',
      FunctionName: 'function_name',
      Topics: 'topics',
      Enabled: 'enabled',
      StartingPosition: 'starting_position',
      StartingPositionTimestamp: 'starting_position_timestamp',
      BatchSize: 'batch_size',
      MaximumBatchingWindowInSeconds: 'maximum_batching_window_in_seconds',
      MaximumRetryAttempts: 'maximum_retry_attempts',
      MaximumRecordAgeInSeconds: 'maximum_record_age_in_seconds',
      BisectBatchOnFunctionError: 'bisect_batch_on_function_error',
      FunctionResponseTypes: 'function_response_types',
      KmsKeyArn: 'kms_key_arn',
    }),
    ...(filters === undefined
      ? {}
      : {
          FilterCriteria: { Filters: blocks(filters, 'filter').map((filter) => pick(filter, { Pattern: 'pattern' })) },
        }),
    ...(failure === undefined
      ? {}
      : { DestinationConfig: { OnFailure: pick(failure, { Destination: 'destination_arn' }) } }),
    ...(pollers === undefined
      ? {}
      : {
          ProvisionedPollerConfig: pick(pollers, {
            MinimumPollers: 'minimum_pollers',
            MaximumPollers: 'maximum_pollers',
            PollerGroupName: 'poller_group_name',
          }),
        }),
    ...(metrics === undefined ? {} : { MetricsConfig: pick(metrics, { Metrics: 'metrics' }) }),
    ...(selfManaged === undefined
      ? {}
      : {
          SelfManagedEventSource: {
            Endpoints: { KAFKA_BOOTSTRAP_SERVERS: bootstrapServers(endpoints) },
          },
        }),
    ...member('AmazonManagedKafkaEventSourceConfig', kafkaConfig(config, 'amazon_managed_kafka_event_source_config')),
    ...member('SelfManagedKafkaEventSourceConfig', kafkaConfig(config, 'self_managed_kafka_event_source_config')),
    ...(config['source_access_configuration'] === undefined
      ? {}
      : { SourceAccessConfigurations: accessConfigurations(config, 'source_access_configuration') }),
  };
}

/** Terraform writes the servers as one text with commas. */
function bootstrapServers(endpoints: JsonObject[string] | undefined): string[] {
  const servers =
    typeof endpoints === 'object' && endpoints !== null && !Array.isArray(endpoints)
      ? endpoints['KAFKA_BOOTSTRAP_SERVERS']
      : endpoints;
  return items(servers).flatMap((text) => (typeof text === 'string' ? text.split(',').map((part) => part.trim()) : []));
}

export const lambda: Record<string, Translation> = {
  aws_lambda_event_source_mapping: {
    type: 'AWS::Lambda::EventSourceMapping',
    attributes: { uuid: 'id', function_arn: 'configured function_name' },
    properties: mapping,
    written: { SourceAccessConfigurations: ['source_access_configuration'] },
  },
  aws_lambda_function: {
    type: 'AWS::Lambda::Function',
    names: { FunctionName: 'function_name' },
    properties: (config) => {
      const reserved = config['reserved_concurrent_executions'];
      const tenancy = block(config, 'tenancy_config');
      return {
        ...pick(config, {
          FunctionName: 'function_name',
          Role: 'role',
          Timeout: 'timeout',
          MemorySize: 'memory_size',
          Runtime: 'runtime',
          Handler: 'handler',
        }),
        // −1, the default, reserves nothing.
        ...(Number(reserved) === -1 ? {} : member('ReservedConcurrentExecutions', reserved)),
        ...(tenancy === undefined
          ? {}
          : { TenancyConfig: pick(tenancy, { TenantIsolationMode: 'tenant_isolation_mode' }) }),
      };
    },
  },
  aws_lambda_alias: {
    type: 'AWS::Lambda::Alias',
    names: { FunctionName: 'function_name', Name: 'name' },
    properties: (config) =>
      pick(config, { FunctionName: 'function_name', Name: 'name', FunctionVersion: 'function_version' }),
  },
};
