/** A mapping after a change, for judging it before. */
import type { Mapping } from '../snapshot/resources/index.js';
import { plannedMapping, settingsOf } from './mapping-of.js';
import type { MappingChanges, MappingSettings, SettingName } from './settings.js';
import { restartTime } from './wait.js';

/** Settings on top of which a change is laid; what it takes away is gone. */
export const changedSettings = (mapping: Mapping, wanted: MappingChanges): MappingSettings =>
  Object.fromEntries(
    Object.entries({ ...settingsOf(mapping), ...wanted }).filter(([, value]) => value !== null && value !== undefined),
  ) as MappingSettings;

/** The mapping as AWS would show it once the change has settled. */
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

/** Settings by which a poll that went well may go wrong. */
const telling = new Set<SettingName>([
  'function',
  'sourceAccess',
  'filters',
  'kmsKey',
  'onFailure',
  'provisionedPollers',
  'schemaRegistry',
]);

/** How long the text of a mapping that works is not believed after these settings were changed, in milliseconds. */
export const restartAfter = (settings: readonly SettingName[]): number =>
  settings.some((setting) => telling.has(setting)) ? restartTime : 0;
