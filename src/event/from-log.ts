/** Finds the event in a line of a log, or in a failed-record document of a destination. */
import { findObjects } from './documents-in-text.js';
import { readFailedRecord, type FailedRecord } from './failed-record.js';
import type { KafkaEvent } from './kafka-event.js';
import { isKafkaEvent } from './read-event.js';

/** What a text contains. */
export interface FoundInLog {
  /** The first event; null for none. */
  event: KafkaEvent | null;
  /** Events in the text. */
  events: number;
  /** The first failed-record document; null for none. */
  failure: FailedRecord | null;
  /** The text shows an event as Node.js prints objects, without their contents. */
  isInspected: boolean;
}

/** Searches a text of any kind. */
export function findInLog(text: string): FoundInLog {
  const failures = findObjects(text, isDestinationDocument);
  const [first] = failures;
  const events =
    first === undefined
      ? findObjects(text, isKafkaEvent)
      : failures.flatMap(({ payload }) => findObjects(JSON.stringify(payload ?? null), isKafkaEvent));
  return {
    event: events[0] ?? null,
    events: events.length,
    failure: first === undefined ? null : readFailedRecord(first),
    isInspected: events.length === 0 && /\beventSource: ?'(?:aws:kafka|SelfManagedKafka)'/.test(text),
  };
}

const isDestinationDocument = (value: object): value is Record<string, unknown> =>
  readFailedRecord(value as Record<string, unknown>) !== null;
