/**
 * Recreating a mapping: its new settings, and whether records could be lost. Lambda allows one mapping for a
 * cluster, function and topic, and one for a custom consumer group, so the old one must be deleted first. The
 * cluster keeps the group's committed offsets, from which the new one continues.
 */
import { inLargestUnit } from '../text/duration.js';
import { textState } from '../catalogue/text-state.js';
import type { Mapping } from '../snapshot/resources/index.js';
import { changedSettings } from './change-of.js';
import type { MappingChanges, MappingSettings } from './settings.js';

export interface Recreation {
  settings: MappingSettings;
  /** Why records could be lost, or the request would have no effect; one sentence each. */
  refusals: string[];
  /** Information for the user, one sentence each. */
  notes: string[];
}

/** Days for which Kafka keeps the offsets of a group without members (default of `offsets.retention.minutes`). */
const offsetRetentionDays = 7;
const day = 86_400_000;

export function recreationOf(mapping: Mapping, changes: MappingChanges, now: Date): Recreation {
  const group = mapping.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId ?? mapping.UUID;
  const settings: MappingSettings = {
    ...changedSettings(mapping, changes),
    consumerGroup: changes.consumerGroup ?? group,
  };
  if (settings.startingPosition !== 'AT_TIMESTAMP') delete settings.startingPositionTimestamp;
  const moved = settings.cluster !== mapping.EventSourceArn || settings.topic !== mapping.Topics[0];
  const newGroup = settings.consumerGroup !== group;
  return {
    settings,
    refusals: [
      ...hiddenFilters(mapping, changes),
      ...losses(mapping, settings, { moved, newGroup, now }),
      ...(moved || newGroup ? [] : withoutEffect(mapping, settings, group)),
    ],
    notes: [
      ...(moved
        ? [`Records of ${mapping.Topics[0] ?? 'the old topic'} after the committed offsets will not be read.`]
        : []),
      ...(newGroup && settings.startingPosition === 'TRIM_HORIZON'
        ? ['The new consumer group has no committed offsets: every record that the topic keeps is read again.']
        : []),
    ],
  };
}

/**
 * AWS does not show encrypted filters to callers who may not decrypt them. Recreated without them, the mapping would
 * pass all records.
 */
const hiddenFilters = ({ FilterCriteriaError: error }: Mapping, { filters }: MappingChanges): string[] =>
  error === undefined || filters !== undefined
    ? []
    : [
        `AWS does not show the filters of the mapping (${error.Message ?? error.ErrorCode ?? 'no reason given'}): the new mapping would have none. Pass them with --filter, or pass --no-filter.`,
      ];

const instead = 'Pass --starting-position AT_TIMESTAMP with a time shortly before now, or TRIM_HORIZON.';

/** LATEST begins where the pollers start; only committed offsets override it. */
function losses(
  mapping: Mapping,
  settings: MappingSettings,
  { moved, newGroup, now }: { moved: boolean; newGroup: boolean; now: Date },
): string[] {
  if (settings.startingPosition !== 'LATEST') return [];
  if (moved || newGroup) {
    const why = newGroup
      ? `the consumer group ${settings.consumerGroup!} has no committed offsets there`
      : `the consumer group has no committed offsets on ${settings.topic}`;
    return [`Records could be lost: ${why}, and LATEST skips all records written before the pollers start. ${instead}`];
  }
  if (textState(mapping.LastProcessingResult) !== 'ok')
    return [
      `Records could be lost: nothing shows that the mapping has read any record, so its consumer group may have no committed offsets, and LATEST would skip the records written meanwhile. ${instead}`,
    ];
  const still = (now.getTime() - Date.parse(mapping.LastModified ?? '')) / day;
  if (mapping.State === 'Disabled' && still > offsetRetentionDays)
    return [
      `Records could be lost: the mapping has been disabled for ${inLargestUnit(Math.floor(still) * day)}, and Kafka deletes committed offsets after ${offsetRetentionDays} days by default; LATEST would then skip the records written meanwhile. ${instead}`,
    ];
  return [];
}

/** A group with committed offsets continues from them, whatever the position says. */
function withoutEffect(mapping: Mapping, settings: MappingSettings, group: string): string[] {
  const other =
    (mapping.StartingPosition !== undefined && settings.startingPosition !== mapping.StartingPosition) ||
    (mapping.StartingPositionTimestamp !== undefined &&
      settings.startingPositionTimestamp !== undefined &&
      Date.parse(settings.startingPositionTimestamp) !== Date.parse(mapping.StartingPositionTimestamp));
  const hasOffsets = textState(mapping.LastProcessingResult) === 'ok';
  return other && hasOffsets
    ? [
        `Another starting position would have no effect: the consumer group ${group} resumes from its committed offsets. To start elsewhere, also pass --consumer-group with a new ID.`,
      ]
    : [];
}
