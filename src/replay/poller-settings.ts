/** The settings of a mapping that decide about batches and failures. */
import type { KafkaRecord } from '../event/build-event.js';
import { retriesWithDestination } from '../aws/limits.js';

/**
 * What a schema registry makes of a record: as the function receives it (`sent`) and as filter patterns see it (`data`,
 * decoded whatever the format), or why it does not decode.
 */
export type DecodeRecord = (record: KafkaRecord) => { sent: KafkaRecord; data: KafkaRecord } | { problem: string };

export interface PollerSettings {
  batchSize: number;
  /** Seconds. */
  batchingWindow: number;
  /** Retries after the first attempt; null: until the records leave the topic. */
  retries: number | null;
  bisect: boolean;
  /** ReportBatchItemFailures. */
  reportsItemFailures: boolean;
  /** Seconds; null for no limit. */
  maximumAge: number | null;
  /** Whether the mapping has an on-failure destination. */
  hasDestination: boolean;
}

/** Calls that a replay makes where Lambda retries without end: enough to see that a failure repeats. */
const attemptsWithoutLimit = 2;

/** Calls of one batch at most, the first included. */
export function attemptsOf({ retries, hasDestination }: PollerSettings): number {
  if (retries !== null) return retries + 1;
  return hasDestination ? retriesWithDestination + 1 : attemptsWithoutLimit;
}

/** Whether Lambda gives a batch up in the end; otherwise its partition waits until the records leave the topic. */
export const givesUp = ({ retries, hasDestination }: PollerSettings): boolean => retries !== null || hasDestination;
