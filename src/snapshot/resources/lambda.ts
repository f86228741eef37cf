import { count, countOrUnlimited, instant, list, maybe, text, z } from './shape.js';

/** An event source mapping, as GetEventSourceMapping and ListEventSourceMappings return it. */
export const mappingSchema = z.object({
  UUID: text,
  EventSourceMappingArn: maybe(text),
  EventSourceArn: maybe(text),
  FunctionArn: maybe(text),
  State: maybe(text),
  StateTransitionReason: maybe(text),
  LastProcessingResult: maybe(text),
  LastModified: maybe(instant),
  StartingPosition: maybe(text),
  StartingPositionTimestamp: maybe(instant),
  BatchSize: maybe(count),
  MaximumBatchingWindowInSeconds: maybe(count),
  Topics: list(text),
  SourceAccessConfigurations: list(z.object({ Type: maybe(text), URI: maybe(text) })),
  AmazonManagedKafkaEventSourceConfig: maybe(
    z.object({
      ConsumerGroupId: maybe(text),
      SchemaRegistryConfig: maybe(
        z.object({
          SchemaRegistryURI: maybe(text),
          EventRecordFormat: maybe(text),
          AccessConfigs: list(z.object({ Type: maybe(text), URI: maybe(text) })),
          SchemaValidationConfigs: list(z.object({ Attribute: maybe(text) })),
        }),
      ),
    }),
  ),
  /** Only for self-managed Kafka. `KAFKA_BOOTSTRAP_SERVERS` is the only kind of endpoint. */
  SelfManagedEventSource: maybe(z.object({ Endpoints: maybe(z.record(text, z.array(text))) })),
  SelfManagedKafkaEventSourceConfig: maybe(z.object({ ConsumerGroupId: maybe(text) })),
  FilterCriteria: maybe(z.object({ Filters: list(z.object({ Pattern: maybe(text) })) })),
  FilterCriteriaError: maybe(z.object({ ErrorCode: maybe(text), Message: maybe(text) })),
  KMSKeyArn: maybe(text),
  DestinationConfig: maybe(z.object({ OnFailure: maybe(z.object({ Destination: maybe(text) })) })),
  MaximumRetryAttempts: maybe(countOrUnlimited),
  MaximumRecordAgeInSeconds: maybe(countOrUnlimited),
  BisectBatchOnFunctionError: maybe(z.boolean()),
  FunctionResponseTypes: list(text),
  ProvisionedPollerConfig: maybe(
    z.object({
      MinimumPollers: maybe(count),
      MaximumPollers: maybe(count),
      PollerGroupName: maybe(text),
    }),
  ),
  MetricsConfig: maybe(z.object({ Metrics: list(text) })),
  LoggingConfig: maybe(z.object({ SystemLogLevel: maybe(text) })),
});
export type Mapping = z.infer<typeof mappingSchema>;

/** The configuration of a function, as GetFunctionConfiguration returns it, without environment variables. */
export const functionSchema = z.object({
  FunctionName: text,
  FunctionArn: text,
  Role: maybe(text),
  Runtime: maybe(text),
  Version: maybe(text),
  Timeout: maybe(count),
  MemorySize: maybe(count),
  LastModified: maybe(text),
  State: maybe(text),
  StateReason: maybe(text),
  StateReasonCode: maybe(text),
  LastUpdateStatus: maybe(text),
  LastUpdateStatusReason: maybe(text),
  LastUpdateStatusReasonCode: maybe(text),
  KMSKeyArn: maybe(text),
  VpcConfig: maybe(z.object({ VpcId: maybe(text), SubnetIds: list(text), SecurityGroupIds: list(text) })),
  LoggingConfig: maybe(z.object({ LogGroup: maybe(text), LogFormat: maybe(text) })),
  TenancyConfig: maybe(z.object({ TenantIsolationMode: maybe(text) })),
  DurableConfig: maybe(
    z.object({
      ExecutionTimeout: maybe(z.number()),
      RetentionPeriodInDays: maybe(z.number()),
      KMSKeyArn: maybe(text),
    }),
  ),
  /** Only for a function on Lambda Managed Instances. */
  CapacityProviderConfig: maybe(
    z.object({
      LambdaManagedInstancesCapacityProviderConfig: maybe(z.object({ CapacityProviderArn: maybe(text) })),
    }),
  ),
});
export type FunctionConfiguration = z.infer<typeof functionSchema>;

/** GetFunctionConcurrency: the member is absent where nothing is reserved. */
export const concurrencySchema = z.object({ ReservedConcurrentExecutions: maybe(count) });
