/** Finds the event in a line of a log, or in a failed-record document of a destination. */
import { findObjects } from './documents-in-text.js';
import { readFailedRecord, type FailedRecord } from './failed-record.js';
import type { KafkaEvent } from './kafka-event.js';
import { isKafkaEvent } from './read-event.js';

/** What a text contains. */
export interface FoundInLog {
  /** The first event; null for none. With failed-record documents, that of `failure`. */
  event: KafkaEvent | null;
  /** Events in the text. */
  events: number;
  /** The first failed-record document that contains an event, otherwise the first of all; null for none. */
  failure: FailedRecord | null;
  /** Failed-record documents in the text. */
  failures: number;
  /** Why an event that the text begins is not found. `inspected`: Node.js printed it, without the records. */
  incomplete: 'inspected' | 'cut' | null;
}

/** Searches a text of any kind. */
export function findInLog(text: string): FoundInLog {
  const found = search(text);
  if (found.event !== null || found.failure !== null) return found;
  // A table that CloudWatch exports has the quotation marks of a field twice (RFC 4180).
  const table = text.includes('{""') ? search(text.replaceAll('""', '"')) : found;
  return table.event !== null || table.failure !== null ? table : found;
}

function search(text: string): FoundInLog {
  const failures = findObjects(text, isDestinationDocument).map((document) => ({
    document,
    events: findObjects(JSON.stringify(document['payload'] ?? null), isKafkaEvent),
  }));
  const chosen = failures.find(({ events }) => events.length > 0) ?? failures[0];
  const all = chosen === undefined ? findObjects(text, isKafkaEvent) : failures.flatMap(({ events }) => events);
  return {
    event: (chosen?.events ?? all)[0] ?? null,
    events: all.length,
    failure: chosen === undefined ? null : readFailedRecord(chosen.document),
    failures: failures.length,
    incomplete: all.length > 0 ? null : inspected.test(text) ? 'inspected' : begun.test(text) ? 'cut' : null,
  };
}

const inspected = /\beventSource: ?'(?:aws:kafka|(?:aws:)?SelfManagedKafka)'/;
const begun =
  /eventSource\\{0,15}["']{1,2}\s{0,4}:\s{0,4}\\{0,15}["']{1,2}(?:aws:kafka|(?:aws:)?SelfManagedKafka)\\{0,15}["']/;

const isDestinationDocument = (value: object): value is Record<string, unknown> =>
  readFailedRecord(value as Record<string, unknown>) !== null;
