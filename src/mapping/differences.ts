/** How a mapping differs from the requested settings, and the calls that change it. */
import { defaultBatchSize, defaultPollers } from '../aws/limits.js';
import type { Mapping } from '../snapshot/resources/index.js';
import { settingsOf } from './mapping-of.js';
import { isProvisioned, type MappingChanges, type MappingSettings, type SettingName } from './settings.js';

export interface Difference {
  setting: SettingName;
  is: unknown;
  wanted: unknown;
  /** False for settings that cannot be changed after creation. */
  changeable: boolean;
}

const lasting = new Set<SettingName>([
  'cluster',
  'topic',
  'startingPosition',
  'startingPositionTimestamp',
  'consumerGroup',
]);
/** Not settings of the mapping itself: an assertion, and a name that is resolved into `sourceAccess`. */
const apart = new Set<SettingName>(['auth', 'secret']);

/**
 * The settings of a completely described mapping: an absent setting means its default. Exceptions: settings that
 * cannot be reset (window, log level), the consumer group, which Lambda chooses if absent, and tags, which others
 * may set too.
 */
export const declared = (settings: MappingSettings): MappingChanges => ({
  enabled: true,
  sourceAccess: null,
  batchSize: null,
  filters: null,
  kmsKey: null,
  onFailure: null,
  maximumRetryAttempts: null,
  maximumRecordAge: null,
  bisectBatchOnError: null,
  reportBatchItemFailures: null,
  provisionedPollers: null,
  schemaRegistry: null,
  metrics: null,
  ...settings,
});

/** Lambda's API has no form that removes a log level; this one logs the least (API reference, EventSourceMappingLoggingConfig). */
export const leastLogLevel = 'WARN';

/**
 * Changes as one update can make them: blocks of which only some members were named are filled up from the mapping. A
 * log level to remove becomes the least one; without provisioned pollers there is no log, so the level is left alone.
 */
export function asUpdate(changes: MappingChanges, mapping: Mapping): MappingChanges {
  const filled = onTopOf(changes, mapping);
  if (filled.logLevel !== null) return filled;
  const before = settingsOf(mapping);
  const logs = before.logLevel !== undefined && isProvisioned({ ...before, ...filled });
  return { ...filled, logLevel: logs ? leastLogLevel : undefined };
}

/** Blocks of which only some members were named, filled up from what stands. */
export function onTopOf(changes: MappingChanges, mapping: Mapping): MappingChanges {
  const standing = settingsOf(mapping);
  const filled = { ...changes };
  for (const name of ['provisionedPollers', 'schemaRegistry'] as const) {
    const [given, stands] = [changes[name], standing[name]];
    if (given !== undefined && given !== null && stands !== undefined)
      Object.assign(filled, { [name]: { ...stands, ...given } });
  }
  return filled;
}

/** The tags that a mapping has; `unread` where they could not be read. */
export type KnownTags = Record<string, string> | 'unread';

/** Every difference, in the order of the settings. Without `tags`, they are not compared. */
export function differences(mapping: Mapping, wanted: MappingChanges, tags?: KnownTags): Difference[] {
  const standing: MappingChanges = {
    ...settingsOf(mapping),
    consumerGroup: mapping.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId ?? mapping.UUID,
  };
  return (Object.keys(wanted) as SettingName[]).flatMap((setting): Difference[] => {
    const value = wanted[setting];
    if (value === undefined || apart.has(setting) || isHidden(setting, mapping)) return [];
    if (setting === 'tags') return tagDifference(wanted.tags ?? {}, tags);
    const [is, asked] = [canonicalValue(setting, standing[setting]), canonicalValue(setting, value)];
    return same(is, asked) ? [] : [{ setting, is, wanted: asked, changeable: !lasting.has(setting) }];
  });
}

/** What AWS did not show cannot be compared. */
const isHidden = (setting: SettingName, mapping: Mapping): boolean =>
  (setting === 'startingPosition' && mapping.StartingPosition === undefined) ||
  (setting === 'startingPositionTimestamp' && mapping.StartingPositionTimestamp === undefined) ||
  (setting === 'filters' && mapping.FilterCriteriaError !== undefined);

/** Tags that could not be read are set and removed again, which does no harm; what they were is not known then. */
function tagDifference(wanted: Record<string, string | null>, tags: KnownTags | undefined): Difference[] {
  if (tags === undefined) return [];
  if (tags === 'unread')
    return Object.keys(wanted).length === 0 ? [] : [{ setting: 'tags', is: null, wanted, changeable: true }];
  const other = Object.entries(wanted).filter(([key, value]) => (tags[key] ?? null) !== value);
  return other.length === 0
    ? []
    : [
        {
          setting: 'tags',
          is: Object.fromEntries(other.flatMap(([key]) => (tags[key] === undefined ? [] : [[key, tags[key]]]))),
          wanted: Object.fromEntries(other),
          changeable: true,
        },
      ];
}

type Canon = { [N in SettingName]?: (value: MappingSettings[N] | null | undefined) => unknown };
/** One form for values that are equal for Lambda; null and undefined are the default. */
const canonical: Canon = {
  startingPositionTimestamp: (value) =>
    value === null || value === undefined ? null : new Date(Math.floor(Date.parse(value) / 1000) * 1000).toISOString(),
  enabled: (value) => value ?? true,
  batchSize: (value) => value ?? defaultBatchSize,
  maximumRetryAttempts: (value) => value ?? -1,
  maximumRecordAge: (value) => value ?? -1,
  bisectBatchOnError: (value) => value ?? false,
  reportBatchItemFailures: (value) => value ?? false,
  kmsKey: (value) => value ?? '',
  onFailure: (value) => value ?? '',
  sourceAccess: (value) => (value ?? []).map(({ type, uri }) => `${type} ${uri}`).toSorted(),
  filters: (value) => (value ?? []).map(plainPattern).toSorted(),
  metrics: (value) => [...(value ?? [])].toSorted(),
  provisionedPollers: (value) =>
    value === null || value === undefined || !isProvisioned({ provisionedPollers: value })
      ? 'on-demand'
      : {
          minimum: value.minimum ?? defaultPollers.minimum,
          maximum: value.maximum ?? defaultPollers.maximum,
          group: value.group ?? '',
        },
  schemaRegistry: (value) =>
    value === null || value === undefined
      ? 'none'
      : {
          uri: value.uri,
          eventRecordFormat: value.eventRecordFormat ?? 'JSON',
          validate: [...value.validate].toSorted(),
          access: (value.access ?? []).map(({ type, uri }) => `${type} ${uri}`).toSorted(),
        },
} as Canon;

const canonicalValue = (setting: SettingName, value: unknown): unknown =>
  (canonical[setting] as ((value: unknown) => unknown) | undefined)?.(value) ?? value ?? null;

/** Spaces and the order of members do not matter in a filter pattern. */
function plainPattern(pattern: string): string {
  try {
    return JSON.stringify(sorted(JSON.parse(pattern)));
  } catch {
    return pattern;
  }
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
