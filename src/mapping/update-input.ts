/** The calls that change a mapping to the requested settings. */
import { defaultBatchSize } from '../aws/limits.js';
import type { AwsCall } from '../aws/call.js';
import type { Mapping } from '../snapshot/resources/index.js';
import type { Difference } from './differences.js';
import { toCreateInput, withoutGaps } from './mapping-of.js';
import { isProvisioned, type MappingChanges, type MappingSettings } from './settings.js';

type Members = Record<string, unknown>;

/**
 * The form of each setting in UpdateEventSourceMapping. An absent member keeps its value, so clearing needs its own
 * form (AWS and its tools: `{}` for a block, an empty text for a key, the default for a number).
 */
const members: {
  [N in keyof MappingSettings]?: (wanted: MappingSettings[N] | null, created: Members, mapping: Mapping) => Members;
} = {
  function: (name) => ({ FunctionName: name }),
  enabled: (enabled) => ({ Enabled: enabled ?? true }),
  sourceAccess: (_, created) => ({ SourceAccessConfigurations: created['SourceAccessConfigurations'] ?? [] }),
  batchSize: (size) => ({ BatchSize: size ?? defaultBatchSize }),
  batchingWindow: (seconds) => ({ MaximumBatchingWindowInSeconds: seconds ?? undefined }),
  filters: (_, created) => ({ FilterCriteria: created['FilterCriteria'] ?? {} }),
  kmsKey: (key) => ({ KMSKeyArn: key ?? '' }),
  onFailure: (destination) => ({
    DestinationConfig: (destination ?? '') === '' ? {} : { OnFailure: { Destination: destination } },
  }),
  maximumRetryAttempts: (retries) => ({ MaximumRetryAttempts: retries ?? -1 }),
  maximumRecordAge: (age) => ({ MaximumRecordAgeInSeconds: age ?? -1 }),
  bisectBatchOnError: (bisect) => ({ BisectBatchOnFunctionError: bisect ?? false }),
  reportBatchItemFailures: (report) => ({ FunctionResponseTypes: report === true ? ['ReportBatchItemFailures'] : [] }),
  provisionedPollers: (pollers, _, mapping) => {
    if (pollers === null || pollers === undefined || !isProvisioned({ provisionedPollers: pollers }))
      return { ProvisionedPollerConfig: {} };
    const standing = mapping.ProvisionedPollerConfig?.PollerGroupName ?? '';
    const group = (pollers.group ?? '') === standing ? undefined : (pollers.group ?? '');
    return {
      ProvisionedPollerConfig: {
        MinimumPollers: pollers.minimum ?? 1,
        MaximumPollers: pollers.maximum ?? 200,
        PollerGroupName: group,
      },
    };
  },
  // Lambda refuses the group in an update even if it is unchanged.
  schemaRegistry: (_, created) => ({
    AmazonManagedKafkaEventSourceConfig: {
      SchemaRegistryConfig:
        (created['AmazonManagedKafkaEventSourceConfig'] as Members | undefined)?.['SchemaRegistryConfig'] ?? {},
    },
  }),
  metrics: (metrics) => ({ MetricsConfig: { Metrics: metrics ?? [] } }),
  // See `asUpdate` for a level that is to be removed.
  logLevel: (level) => ({ LoggingConfig: level === null ? undefined : { SystemLogLevel: level } }),
};

/** One update with all members, and calls of their own for tags. Differences that cannot be changed are not among them. */
export function updateCalls(mapping: Mapping, wanted: MappingChanges, differences: readonly Difference[]): AwsCall[] {
  const created = toCreateInput(
    Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== null)) as MappingSettings,
  );
  const settings = differences
    .filter(({ changeable, setting }) => changeable && setting !== 'tags')
    .map(({ setting }) => setting);
  const input = Object.assign(
    {},
    ...settings.map(
      (setting) =>
        (members[setting] as ((value: unknown, created: Members, mapping: Mapping) => Members) | undefined)?.(
          wanted[setting] ?? null,
          created,
          mapping,
        ) ?? {},
    ),
  ) as Members;
  return [
    ...(Object.keys(input).length === 0
      ? []
      : [
          {
            service: 'lambda',
            operation: 'UpdateEventSourceMapping',
            input: withoutGaps({ UUID: mapping.UUID, ...input }) as Members,
          },
        ]),
    ...tagCalls(mapping, differences),
  ];
}

/** Tags are removed first: a mapping has at most 50. */
function tagCalls({ EventSourceMappingArn: arn }: Mapping, differences: readonly Difference[]): AwsCall[] {
  const tags = differences.find(({ setting }) => setting === 'tags');
  if (tags === undefined || arn === undefined) return [];
  const wanted = Object.entries(tags.wanted as Record<string, string | null>);
  const removed = wanted.flatMap(([key, value]) => (value === null ? [key] : []));
  const set = wanted.filter(([, value]) => value !== null);
  return [
    ...(removed.length === 0
      ? []
      : [{ service: 'lambda' as const, operation: 'UntagResource', input: { Resource: arn, TagKeys: removed } }]),
    ...(set.length === 0
      ? []
      : [
          {
            service: 'lambda' as const,
            operation: 'TagResource',
            input: { Resource: arn, Tags: Object.fromEntries(set) },
          },
        ]),
  ];
}
