/** A mapping after a change, to judge it before the change. */
import type { Mapping } from '../snapshot/resources/index.js';
import { plannedMapping, settingsOf } from './mapping-of.js';
import type { MappingChanges, MappingSettings, SettingName } from './settings.js';
import { restartTime } from './wait.js';

/** The settings before a change; cleared settings are removed. */
export const changedSettings = (mapping: Mapping, wanted: MappingChanges): MappingSettings =>
  withoutNulls({
    ...settingsOf(mapping),
    ...wanted,
    ...(wanted.tags === undefined || wanted.tags === null ? {} : { tags: withoutNulls(wanted.tags) }),
  }) as MappingSettings;

const withoutNulls = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null && member !== undefined));

/** The mapping as AWS would show it after the change is complete. */
export function changedMapping(mapping: Mapping, wanted: MappingChanges): Mapping {
  const settings = changedSettings(mapping, wanted);
  const planned = plannedMapping(settings, mapping.UUID);
  const { EventSourceMappingArn: arn, LastModified: modified, AmazonManagedKafkaEventSourceConfig: kafka } = mapping;
  const group = settings.consumerGroup ?? kafka?.ConsumerGroupId;
  return {
    ...planned,
    State: (settings.enabled ?? true) ? 'Enabled' : 'Disabled',
    ...(arn === undefined ? {} : { EventSourceMappingArn: arn }),
    ...(modified === undefined ? {} : { LastModified: modified }),
    ...(group === undefined && planned.AmazonManagedKafkaEventSourceConfig === undefined
      ? {}
      : {
          AmazonManagedKafkaEventSourceConfig: {
            ...planned.AmazonManagedKafkaEventSourceConfig,
            ...(group === undefined ? {} : { ConsumerGroupId: group }),
          },
        }),
  };
}

/** Settings that can break a working mapping. */
const telling = new Set<SettingName>([
  'function',
  'sourceAccess',
  'filters',
  'kmsKey',
  'onFailure',
  'provisionedPollers',
  'schemaRegistry',
]);

/** Milliseconds after a change of these settings during which a good text is not trusted. */
export const restartAfter = (settings: readonly SettingName[]): number =>
  settings.some((setting) => telling.has(setting)) ? restartTime : 0;
