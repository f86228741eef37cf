/** The mapping that results from the input of CreateEventSourceMapping or UpdateEventSourceMapping. */
import { defaultBatchSize, defaultPollers } from '../aws/limits.js';
import { accountOf } from '../aws/arn.js';
import { qualifiedNameOf } from '../aws/function-arn.js';
import type { Mapping } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { refusal, type Input } from './replays.js';

/** Members of the inputs that are not members of a mapping. */
const requestOnly = new Set(['UUID', 'Enabled', 'FunctionName', 'Tags', 'EventSourceArn']);
const pollerDefaults = { MinimumPollers: defaultPollers.minimum, MaximumPollers: defaultPollers.maximum };

/** The mapping that AWS would create, already Enabled or Disabled. Its times are the snapshot's. */
export function newMapping(snapshot: Snapshot, input: Input, uuid: string): Mapping {
  const { EventSourceArn: source, Enabled: enabled = true } = input;
  const { ProvisionedPollerConfig: pollers, ...given } = plain(input);
  const kafka = given['AmazonManagedKafkaEventSourceConfig'] as Mapping['AmazonManagedKafkaEventSourceConfig'];
  return {
    BatchSize: defaultBatchSize,
    Topics: [],
    SourceAccessConfigurations: [],
    FunctionResponseTypes: [],
    ...given,
    UUID: uuid,
    EventSourceMappingArn: `arn:${snapshot.partition}:lambda:${snapshot.region}:${snapshot.account ?? ''}:event-source-mapping:${uuid}`,
    EventSourceArn: source,
    FunctionArn: functionArnOf(snapshot, input['FunctionName']) ?? functionGone(),
    // AWS shows the consumer group even where it is the mapping's own UUID.
    AmazonManagedKafkaEventSourceConfig: {
      ...kafka,
      ...(kafka?.SchemaRegistryConfig === undefined
        ? {}
        : { SchemaRegistryConfig: wholeRegistry(kafka.SchemaRegistryConfig) }),
      ConsumerGroupId: kafka?.ConsumerGroupId ?? uuid,
    },
    ...(pollers === undefined || isEmpty(pollers)
      ? {}
      : { ProvisionedPollerConfig: { ...pollerDefaults, ...(pollers as Mapping['ProvisionedPollerConfig']) } }),
    State: enabled === true ? 'Enabled' : 'Disabled',
    StateTransitionReason: 'USER_INITIATED',
    LastProcessingResult: 'No records processed',
    LastModified: snapshot.capturedAt,
  };
}

/** Changes a mapping in place. An absent member keeps its value, an empty one clears it. */
export function changeMapping(snapshot: Snapshot, mapping: Mapping, input: Input): void {
  const { AmazonManagedKafkaEventSourceConfig: kafka, ProvisionedPollerConfig: pollers, ...given } = plain(input);
  Object.assign(mapping, given, { LastModified: snapshot.capturedAt });
  if (input['FunctionName'] !== undefined)
    mapping.FunctionArn = functionArnOf(snapshot, input['FunctionName']) ?? functionGone();
  for (const name of ['FilterCriteria', 'DestinationConfig', 'MetricsConfig', 'KMSKeyArn', 'LoggingConfig'] as const)
    if (isEmpty(mapping[name])) delete mapping[name];
  if (isObject(kafka)) changeRegistry(mapping, kafka);
  if (isObject(pollers)) changePollers(mapping, pollers);
  if (typeof input['Enabled'] === 'boolean')
    Object.assign(mapping, {
      State: input['Enabled'] ? 'Enabled' : 'Disabled',
      StateTransitionReason: 'USER_INITIATED',
    });
}

/** The function's ARN in the snapshot, by name, partial ARN or ARN, each with or without a qualifier. */
export function functionArnOf(snapshot: Snapshot, name: unknown): string | undefined {
  const wanted = String(name).replace(/:\$LATEST$/, '');
  return Object.entries(snapshot.functions).find(
    ([arn, read]) => read.outcome !== 'not-found' && spellings(arn).includes(wanted),
  )?.[0];
}

const spellings = (arn: string): string[] => {
  const name = qualifiedNameOf(arn) ?? '';
  return [arn, name, `${accountOf(arn) ?? ''}:function:${name}`, `function:${name}`];
};

const functionGone = (): never => {
  throw refusal('InvalidParameterValueException', 'Function does not exist');
};

/** Absent lists become empty, as in a snapshot. */
const wholeRegistry = (given: unknown) => ({ AccessConfigs: [], SchemaValidationConfigs: [], ...(given as object) });

/** An empty registry block removes the registry, an absent one keeps it. */
function changeRegistry(mapping: Mapping, kafka: Record<string, unknown>): void {
  const now = (mapping.AmazonManagedKafkaEventSourceConfig ??= {});
  if (kafka['SchemaRegistryConfig'] === undefined) return;
  if (isEmpty(kafka['SchemaRegistryConfig'])) delete now.SchemaRegistryConfig;
  else Object.assign(now, { SchemaRegistryConfig: wholeRegistry(kafka['SchemaRegistryConfig']) });
}

/** An empty configuration turns provisioned mode off. An empty group name removes the mapping from its poller group. */
function changePollers(mapping: Mapping, pollers: Record<string, unknown>): void {
  if (isEmpty(pollers)) return void delete mapping.ProvisionedPollerConfig;
  const after: NonNullable<Mapping['ProvisionedPollerConfig']> = {
    ...pollerDefaults,
    ...mapping.ProvisionedPollerConfig,
    ...pollers,
  };
  if (after.PollerGroupName === '') delete after.PollerGroupName;
  mapping.ProvisionedPollerConfig = after;
}

/** As JSON: dates become ISO text, and members without a value are removed. */
const plain = (input: Input): Record<string, unknown> =>
  JSON.parse(
    JSON.stringify(Object.fromEntries(Object.entries(input).filter(([name]) => !requestOnly.has(name)))),
  ) as Record<string, unknown>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEmpty = (value: unknown): boolean =>
  value === '' ||
  (Array.isArray(value)
    ? value.length === 0
    : isObject(value) && Object.values(value).every((member) => member === undefined || isEmpty(member)));
