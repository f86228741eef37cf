/** Converts settings to Lambda's input and to the resulting mapping, and a mapping back to settings. */
import { defaultBatchSize } from '../aws/limits.js';
import { secretTypes, type SecretType } from '../aws/msk.js';
import { isListed, metricGroups } from '../aws/mapping-api.js';
import type { Mapping } from '../snapshot/resources/index.js';
import { isProvisioned, type MappingChanges, type MappingSettings } from './settings.js';

/** The placeholder for the UUID of a mapping that does not exist yet. */
export const plannedUuid = '00000000-0000-4000-8000-000000000000';

/** The one MSK secret, with its type. An unresolved `secret` without `auth` counts as SASL/SCRAM. */
const accessOf = ({ sourceAccess, secret, auth }: Partial<MappingSettings>): { Type: string; URI: string }[] =>
  secret === undefined
    ? (sourceAccess ?? []).map(({ type, uri }) => ({ Type: type, URI: uri }))
    : [{ Type: secretTypes[auth === 'mtls' ? 'mtls' : 'scram'], URI: secret }];

const registryOf = ({ uri, eventRecordFormat, validate, access }: NonNullable<MappingSettings['schemaRegistry']>) => ({
  SchemaRegistryURI: uri,
  ...(eventRecordFormat === undefined ? {} : { EventRecordFormat: eventRecordFormat }),
  AccessConfigs: (access ?? []).map(({ type, uri: secret }) => ({ Type: type, URI: secret })),
  SchemaValidationConfigs: validate.map((attribute) => ({ Attribute: attribute })),
});

const pollersOf = ({ minimum, maximum, group }: NonNullable<MappingSettings['provisionedPollers']>) => ({
  ...(minimum === undefined ? {} : { MinimumPollers: minimum }),
  ...(maximum === undefined ? {} : { MaximumPollers: maximum }),
  ...(group === undefined ? {} : { PollerGroupName: group }),
});

/**
 * The input of CreateEventSourceMapping as JSON, with the timestamp in ISO 8601 (see `atTime`). Function and cluster
 * are passed on unchanged.
 */
export function toCreateInput(settings: MappingSettings): Record<string, unknown> {
  const { startingPositionTimestamp: timestamp, enabled, tags } = settings;
  const registry = settings.schemaRegistry === undefined ? undefined : registryOf(settings.schemaRegistry);
  const kafka = {
    ...(settings.consumerGroup === undefined ? {} : { ConsumerGroupId: settings.consumerGroup }),
    ...(registry === undefined
      ? {}
      : {
          SchemaRegistryConfig:
            registry.AccessConfigs.length > 0 ? registry : { ...registry, AccessConfigs: undefined },
        }),
  };
  const input: Record<string, unknown> = {
    EventSourceArn: settings.cluster,
    FunctionName: settings.function,
    Topics: [settings.topic],
    StartingPosition: settings.startingPosition,
    StartingPositionTimestamp: timestamp === undefined ? undefined : new Date(timestamp).toISOString(),
    Enabled: enabled,
    ...changeableInput(settings),
    AmazonManagedKafkaEventSourceConfig: Object.keys(kafka).length === 0 ? undefined : kafka,
    Tags: tags,
  };
  return withoutGaps(input) as Record<string, unknown>;
}

function changeableInput(settings: MappingSettings): Record<string, unknown> {
  const access = accessOf(settings);
  return {
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.batchingWindow,
    SourceAccessConfigurations: access.length === 0 ? undefined : access,
    FilterCriteria:
      settings.filters === undefined || settings.filters.length === 0
        ? undefined
        : { Filters: settings.filters.map((pattern) => ({ Pattern: pattern })) },
    KMSKeyArn: settings.kmsKey,
    DestinationConfig:
      settings.onFailure === undefined ? undefined : { OnFailure: { Destination: settings.onFailure } },
    MaximumRetryAttempts: settings.maximumRetryAttempts,
    MaximumRecordAgeInSeconds: settings.maximumRecordAge,
    BisectBatchOnFunctionError: settings.bisectBatchOnError,
    FunctionResponseTypes: settings.reportBatchItemFailures === true ? ['ReportBatchItemFailures'] : undefined,
    ProvisionedPollerConfig: isProvisioned(settings) ? pollersOf(settings.provisionedPollers!) : undefined,
    MetricsConfig:
      settings.metrics === undefined || settings.metrics.length === 0 ? undefined : { Metrics: settings.metrics },
    LoggingConfig: settings.logLevel === undefined ? undefined : { SystemLogLevel: settings.logLevel },
  };
}

/** The mapping as AWS would show it right after creation, to judge it before. */
export function plannedMapping(settings: MappingSettings, uuid: string = plannedUuid): Mapping {
  const {
    FunctionName: functionArn,
    Enabled: enabled = true,
    Tags: _,
    ...members
  } = toCreateInput(settings) as { FunctionName: string; Enabled?: boolean; Tags?: unknown } & Partial<Mapping>;
  const kafka = members.AmazonManagedKafkaEventSourceConfig;
  const registry = kafka?.SchemaRegistryConfig;
  return {
    ...members,
    UUID: uuid,
    FunctionArn: functionArn,
    State: enabled ? 'Creating' : 'Disabled',
    StateTransitionReason: 'USER_INITIATED',
    Topics: members.Topics ?? [],
    BatchSize: members.BatchSize ?? defaultBatchSize,
    SourceAccessConfigurations: members.SourceAccessConfigurations ?? [],
    FunctionResponseTypes: members.FunctionResponseTypes ?? [],
    ...(kafka === undefined
      ? {}
      : {
          AmazonManagedKafkaEventSourceConfig: {
            ...kafka,
            ...(registry === undefined
              ? {}
              : { SchemaRegistryConfig: { ...registry, AccessConfigs: registry.AccessConfigs ?? [] } }),
          },
        }),
  };
}

/** The settings of a mapping, without those that have Lambda's default. AWS does not return tags with it. */
export function settingsOf(mapping: Mapping): MappingSettings {
  const kafka = mapping.AmazonManagedKafkaEventSourceConfig;
  const group = kafka?.ConsumerGroupId;
  const registry = kafka?.SchemaRegistryConfig;
  const pollers = mapping.ProvisionedPollerConfig;
  const filters = (mapping.FilterCriteria?.Filters ?? []).flatMap(({ Pattern: pattern }) => pattern ?? []);
  // In the order of the list; a group that AWS added later is kept.
  const metrics = metricsInOrder(mapping.MetricsConfig?.Metrics ?? []);
  const settings: MappingChanges = {
    function: mapping.FunctionArn ?? '',
    cluster: mapping.EventSourceArn ?? '',
    topic: mapping.Topics[0] ?? '',
    startingPosition: (mapping.StartingPosition ?? 'TRIM_HORIZON') as MappingSettings['startingPosition'],
    startingPositionTimestamp: mapping.StartingPositionTimestamp,
    enabled: mapping.State === 'Disabled' || mapping.State === 'Disabling' ? false : undefined,
    sourceAccess:
      mapping.SourceAccessConfigurations.length === 0
        ? undefined
        : mapping.SourceAccessConfigurations.map(({ Type: type, URI: uri = '' }) => ({
            type: type as SecretType,
            uri,
          })),
    consumerGroup: group === mapping.UUID ? undefined : group,
    batchSize: mapping.BatchSize === defaultBatchSize ? undefined : mapping.BatchSize,
    batchingWindow: mapping.MaximumBatchingWindowInSeconds,
    filters: filters.length === 0 ? undefined : filters,
    kmsKey: mapping.KMSKeyArn === '' ? undefined : mapping.KMSKeyArn,
    onFailure:
      mapping.DestinationConfig?.OnFailure?.Destination === ''
        ? undefined
        : mapping.DestinationConfig?.OnFailure?.Destination,
    maximumRetryAttempts: mapping.MaximumRetryAttempts === -1 ? undefined : mapping.MaximumRetryAttempts,
    maximumRecordAge: mapping.MaximumRecordAgeInSeconds === -1 ? undefined : mapping.MaximumRecordAgeInSeconds,
    bisectBatchOnError: mapping.BisectBatchOnFunctionError === true ? true : undefined,
    reportBatchItemFailures: mapping.FunctionResponseTypes.includes('ReportBatchItemFailures') ? true : undefined,
    provisionedPollers:
      pollers === undefined
        ? undefined
        : (withoutGaps({
            minimum: pollers.MinimumPollers,
            maximum: pollers.MaximumPollers,
            group: pollers.PollerGroupName === '' ? undefined : pollers.PollerGroupName,
          }) as MappingSettings['provisionedPollers']),
    schemaRegistry:
      registry === undefined || (registry.SchemaRegistryURI ?? '') === ''
        ? undefined
        : (withoutGaps({
            uri: registry.SchemaRegistryURI,
            eventRecordFormat: registry.EventRecordFormat,
            validate: registry.SchemaValidationConfigs.flatMap(({ Attribute: attribute }) => attribute ?? []),
            access:
              registry.AccessConfigs.length === 0
                ? undefined
                : registry.AccessConfigs.map(({ Type: type, URI: uri }) => ({ type, uri })),
          }) as MappingSettings['schemaRegistry']),
    metrics: metrics.length === 0 ? undefined : [...metrics],
    logLevel: mapping.LoggingConfig?.SystemLogLevel as MappingSettings['logLevel'],
  };
  return withoutGaps(settings) as MappingSettings;
}

function metricsInOrder(enabled: readonly string[]): NonNullable<MappingSettings['metrics']> {
  const listed = metricGroups.filter((group) => enabled.includes(group));
  return [...listed, ...(enabled.filter((group) => !isListed(metricGroups, group)) as typeof listed)];
}

/** Removes undefined members, at every depth. */
export function withoutGaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutGaps);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (member === undefined ? [] : [[name, withoutGaps(member)]])),
  );
}
