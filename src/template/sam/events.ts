/** The Kafka events of a SAM function. */
import { isObject, type Json, type JsonObject } from '../resource.js';

export interface KafkaEvent {
  kind: 'MSK' | 'SelfManagedKafka';
  /** As it is written in the template. */
  properties: JsonObject;
  /** The properties of the mapping, but for the function. */
  mapping: JsonObject;
}

const sameProperties = [
  'StartingPosition',
  'StartingPositionTimestamp',
  'BatchSize',
  'Enabled',
  'MaximumBatchingWindowInSeconds',
  'MaximumRetryAttempts',
  'BisectBatchOnFunctionError',
  'MaximumRecordAgeInSeconds',
  'Topics',
  'SourceAccessConfigurations',
  'FunctionResponseTypes',
  'FilterCriteria',
  'KmsKeyArn',
  'ProvisionedPollerConfig',
  'MetricsConfig',
  'LoggingConfig',
];

/** Null for an event of another kind. */
export function kafkaMapping(event: JsonObject): KafkaEvent | null {
  const { Type: kind, Properties: given } = event;
  if (kind !== 'MSK' && kind !== 'SelfManagedKafka') return null;
  const properties = isObject(given) ? given : {};
  const config: JsonObject = {
    ...(properties['ConsumerGroupId'] === undefined ? {} : { ConsumerGroupId: properties['ConsumerGroupId'] }),
    ...(properties['SchemaRegistryConfig'] === undefined
      ? {}
      : { SchemaRegistryConfig: properties['SchemaRegistryConfig'] }),
  };
  const name = kind === 'MSK' ? 'AmazonManagedKafkaEventSourceConfig' : 'SelfManagedKafkaEventSourceConfig';
  const mapping: JsonObject = {
    ...Object.fromEntries(
      sameProperties.flatMap((member) => (properties[member] === undefined ? [] : [[member, properties[member]!]])),
    ),
    ...(kind === 'MSK' && properties['Stream'] !== undefined ? { EventSourceArn: properties['Stream'] } : {}),
    ...(properties['KafkaBootstrapServers'] === undefined
      ? {}
      : { SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: properties['KafkaBootstrapServers'] } } }),
    ...(Object.keys(config).length === 0 ? {} : { [name]: config }),
    ...destinationOf(properties['DestinationConfig']),
  };
  return { kind, properties, mapping };
}

/** `Type` tells SAM which permission to add; it is no member of the API. */
function destinationOf(config: Json | undefined): JsonObject {
  if (config === undefined) return {};
  const failure = isObject(config) ? config['OnFailure'] : undefined;
  if (!isObject(failure)) return { DestinationConfig: config };
  const { Type: _type, ...rest } = failure;
  return { DestinationConfig: { OnFailure: rest } };
}
