/**
 * What Lambda does after a call of the function (Lambda developer guide: kafka-retry-configurations): retry the batch,
 * retry the records that a partial response names, split the batch, or give the records up. Pure.
 */
import { readBatchResponse } from '../event/batch-response.js';
import type { KafkaRecord } from '../event/build-event.js';
import type { KafkaEvent } from '../event/kafka-event.js';
import type { BatchResult } from './batch-line.js';
import { attemptsOf, givesUp, type PollerSettings } from './poller-settings.js';

/** How a call ended: what the function returned, or the error. */
export type CallOutcome = { returned: unknown } | { error: string };

/** Records for one call. */
export interface Attempt {
  records: readonly KafkaRecord[];
  /** Counts from 1. */
  number: number;
}

export interface Decision {
  result: BatchResult;
  because: string | null;
  /** What is called next, in this order, before the next batch of the partition. */
  next: Attempt[];
  /** Records that are given up, to a destination where the mapping has one. */
  givenUp: readonly KafkaRecord[];
  /** Offset at which the partition stops; null where it continues. */
  stoppedAt: number | null;
}

const done: Decision = { result: 'ok', because: null, next: [], givenUp: [], stoppedAt: null };

export function afterCall(
  attempt: Attempt,
  outcome: CallOutcome,
  event: KafkaEvent,
  settings: PollerSettings,
): Decision {
  if ('error' in outcome) return afterFailure(attempt, outcome.error, settings);
  // Without ReportBatchItemFailures, Lambda ignores the response.
  if (!settings.reportsItemFailures) return done;
  const { failures, fault } = readBatchResponse(outcome.returned, event);
  if (fault !== null) return afterFailure(attempt, `the batch response is not valid: ${fault}`, settings);
  if (failures.length === 0) return done;
  const offsets = new Set(failures.map(({ offset }) => offset));
  const failed = attempt.records.filter(({ offset }) => offsets.has(offset));
  const because = `the function reports ${failed.length} of ${attempt.records.length} records as failed, the first at offset ${failed[0]!.offset}`;
  if (attempt.number < attemptsOf(settings))
    return { ...done, result: 'partial', because, next: [{ records: failed, number: attempt.number + 1 }] };
  return exhausted(failed, because, 'partial', settings);
}

function afterFailure({ records, number }: Attempt, because: string, settings: PollerSettings): Decision {
  if (settings.bisect && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    // A split does not count as a retry.
    const halves = [records.slice(0, middle), records.slice(middle)];
    return { ...done, result: 'bisected', because, next: halves.map((half) => ({ records: half, number: 1 })) };
  }
  if (number < attemptsOf(settings))
    return { ...done, result: 'failed', because, next: [{ records, number: number + 1 }] };
  return exhausted(records, because, 'failed', settings);
}

/** No attempt is left for the records. */
function exhausted(
  records: readonly KafkaRecord[],
  because: string,
  result: BatchResult,
  settings: PollerSettings,
): Decision {
  if (!givesUp(settings)) return { ...done, result, because, stoppedAt: records[0]!.offset };
  return { ...done, result: settings.hasDestination ? 'destination' : 'dropped', because, givenUp: records };
}
