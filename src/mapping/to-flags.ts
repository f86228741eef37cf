/** The command line for given settings. */
import { defaultBatchSize } from '../aws/limits.js';
import { flagNames, type SettingPath } from './flag-names.js';
import type { MappingChanges, MappingSettings, SettingName } from './settings.js';

/** Words in the order of the flags, the same for the same settings. Not quoted for a shell. */
export function toFlags(settings: Partial<MappingSettings>): string[] {
  const { provisionedPollers: pollers, schemaRegistry: registry } = settings;
  const words = (path: SettingPath, value: string | number | undefined) =>
    value === undefined ? [] : [flagNames[path], String(value)];
  const each = (path: SettingPath, values: readonly string[] | undefined) =>
    (values ?? []).flatMap((value) => words(path, value));
  const turned = (flag: string, value: boolean | undefined) =>
    value === undefined ? [] : [value ? flag : flag.replace('--', '--no-')];
  return [
    ...words('function', settings.function),
    ...words('cluster', settings.cluster),
    ...words('topic', settings.topic),
    ...words('startingPosition', settings.startingPosition),
    ...words('startingPositionTimestamp', settings.startingPositionTimestamp),
    ...(settings.enabled === undefined ? [] : [settings.enabled ? '--enabled' : '--disabled']),
    ...words('auth', settings.auth),
    ...words('secret', settings.secret),
    ...(settings.sourceAccess ?? []).flatMap(({ type, uri }) => words('sourceAccess', `Type=${type},URI=${uri}`)),
    ...words('consumerGroup', settings.consumerGroup),
    ...words('batchSize', settings.batchSize),
    ...words('batchingWindow', settings.batchingWindow),
    ...each('filters', settings.filters),
    ...words('kmsKey', settings.kmsKey),
    ...words('onFailure', settings.onFailure),
    ...words('provisionedPollers.minimum', pollers?.minimum),
    ...words('provisionedPollers.maximum', pollers?.maximum),
    ...words('provisionedPollers.group', pollers?.group),
    ...words('maximumRetryAttempts', settings.maximumRetryAttempts),
    ...words('maximumRecordAge', settings.maximumRecordAge),
    ...turned('--bisect-batch-on-error', settings.bisectBatchOnError),
    ...turned('--report-batch-item-failures', settings.reportBatchItemFailures),
    ...words('schemaRegistry.uri', registry?.uri),
    ...words('schemaRegistry.eventRecordFormat', registry?.eventRecordFormat),
    ...words('schemaRegistry.validate', registry?.validate.join(',')),
    ...(registry?.access ?? []).flatMap(({ type, uri }) => words('schemaRegistry.access', `${type}=${uri}`)),
    ...(settings.metrics === undefined || settings.metrics.length === 0
      ? []
      : words('metrics', settings.metrics.join(','))),
    ...words('logLevel', settings.logLevel),
    ...Object.entries(settings.tags ?? {}).flatMap(([key, value]) => words('tags', `${key}=${value}`)),
  ];
}

/** Resets a setting to its default. */
const clearing: { [N in SettingName]?: string[] } = {
  enabled: ['--enabled'],
  sourceAccess: ['--no-secret'],
  batchSize: ['--batch-size', String(defaultBatchSize)],
  filters: ['--no-filter'],
  kmsKey: ['--no-kms-key'],
  onFailure: ['--no-on-failure'],
  maximumRetryAttempts: ['--maximum-retry-attempts', '-1'],
  maximumRecordAge: ['--maximum-record-age', '-1'],
  bisectBatchOnError: ['--no-bisect-batch-on-error'],
  reportBatchItemFailures: ['--no-report-batch-item-failures'],
  provisionedPollers: ['--on-demand'],
  schemaRegistry: ['--no-schema-registry'],
  metrics: ['--no-metrics'],
  logLevel: ['--no-log-level'],
};

const kept = (tags: readonly [string, string | null][]): Record<string, string> =>
  Object.fromEntries(tags.filter((tag): tag is [string, string] => tag[1] !== null));

/** The flags of `update` and `recreate` that make these changes; `only`: those settings alone. */
export function toChangeFlags(changes: MappingChanges, only: readonly SettingName[]): string[] {
  const chosen = only.map((name) => [name, changes[name]] as const);
  const set = Object.fromEntries(
    chosen.filter(([, value]) => value !== null && value !== undefined),
  ) as Partial<MappingSettings>;
  const tags = Object.entries((only.includes('tags') ? changes.tags : null) ?? {});
  return [
    ...toFlags({ ...set, ...(tags.length === 0 ? {} : { tags: kept(tags) }) }),
    ...tags.flatMap(([key, value]) => (value === null ? ['--remove-tag', key] : [])),
    ...chosen.flatMap(([name, value]) => (value === null ? (clearing[name] ?? []) : [])),
  ];
}
