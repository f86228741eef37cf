/** The calls that plans consist of. */
import type { AwsCall } from '../aws/call.js';
import { settingsOf, toCreateInput } from '../mapping/mapping-of.js';
import type { MappingSettings } from '../mapping/settings.js';
import type { Mapping } from '../snapshot/resources/index.js';
import type { PlannedCall, RetryRule } from './plan.js';

/** A planned call; absent members get the value for “none”. */
export const plannedCall = (
  call: AwsCall,
  reason: string,
  retry: RetryRule,
  more: Partial<Omit<PlannedCall, 'call' | 'reason' | 'retry'>> = {},
): PlannedCall => ({
  call,
  reason,
  retry,
  undo: null,
  placeholders: [],
  yields: null,
  refusalsIn: null,
  interrupted: { during: null, after: [], replaces: false },
  progress: null,
  guard: null,
  wait: null,
  ...more,
});

/** CreateEventSourceMapping; the settings must be resolved to ARNs. */
export const createCall = (settings: MappingSettings): AwsCall => ({
  service: 'lambda',
  operation: 'CreateEventSourceMapping',
  input: toCreateInput(settings),
});

/** UpdateEventSourceMapping that enables or disables a mapping. */
export const enableCall = (uuid: string, enabled = true): AwsCall => ({
  service: 'lambda',
  operation: 'UpdateEventSourceMapping',
  input: { UUID: uuid, Enabled: enabled },
});

export const deleteCall = (uuid: string): AwsCall => ({
  service: 'lambda',
  operation: 'DeleteEventSourceMapping',
  input: { UUID: uuid },
});

/** The consumer group of a mapping: its UUID if none was set (AWS: customizable consumer group ID). */
export const groupOf = ({ UUID: uuid, AmazonManagedKafkaEventSourceConfig: kafka }: Mapping): string =>
  kafka?.ConsumerGroupId ?? uuid;

/**
 * The call that recreates a deleted mapping, with its consumer group but without its tags; null where AWS hides its
 * filters.
 */
export const undoDelete = (mapping: Mapping): AwsCall | null =>
  mapping.FilterCriteriaError === undefined
    ? createCall({ ...settingsOf(mapping), consumerGroup: groupOf(mapping) })
    : null;
