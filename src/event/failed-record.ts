/** The document that Lambda sends to an on-failure destination (Lambda developer guide: kafka-on-failure). */
import { recordFailures } from '../catalogue/record-failures.js';
import type { KnownText } from '../catalogue/known-text.js';

/** What the document says of the records. */
export interface FailedRecord {
  /** The reason as Lambda writes it; null where the document has none. */
  condition: string | null;
  /** Entries of the catalogue for the codes in the document, the condition first. */
  known: readonly KnownText[];
  functionArn: string | null;
  requestId: string | null;
  /** Invocations so far. */
  attempts: number | null;
  functionError: string | null;
  statusCode: number | null;
  /** By partition, in the document’s order. */
  batches: { partition: string; first: string | null; last: string | null }[];
  batchSize: number | null;
}

/** What a document says; null for one that is not of a destination. */
export function readFailedRecord(document: Record<string, unknown>): FailedRecord | null {
  const [request, response, batch] = ['requestContext', 'responseContext', 'KafkaBatchInfo'].map((name) =>
    objectOf(document[name]),
  );
  const condition = textOf(request?.['condition']);
  if (batch === undefined && (condition === null || isOfOtherSource(document))) return null;
  const { payload: _, ...described } = document;
  return {
    condition,
    known: knownFailures(condition, JSON.stringify(described)),
    functionArn: textOf(request?.['functionArn']),
    requestId: textOf(request?.['requestId']),
    attempts: numberOf(request?.['approximateInvokeCount']),
    functionError: textOf(response?.['functionError']),
    statusCode: numberOf(response?.['statusCode']),
    batches: Object.entries(objectOf(batch?.['recordsInfo']) ?? {}).map(([partition, info]) => ({
      partition,
      first: textOf(objectOf(info)?.['firstRecordOffset']),
      last: textOf(objectOf(info)?.['lastRecordOffset']),
    })),
    batchSize: numberOf(batch?.['batchSize']),
  };
}

/**
 * Whether a document without a Kafka batch is that of a stream (`KinesisBatchInfo`, `DDBStreamBatchInfo`), or of an
 * asynchronous invocation (`requestPayload`; Lambda developer guide: invocation-async-retain-records).
 */
const isOfOtherSource = (document: Record<string, unknown>): boolean =>
  Object.keys(document).some((name) => name === 'requestPayload' || name.endsWith('BatchInfo'));

/** The entries whose code is in the text; those of the condition come first. */
function knownFailures(condition: string | null, text: string): KnownText[] {
  const named = (entry: KnownText, words: string): boolean =>
    entry.fragments.flat().some((fragment) => words.includes(fragment));
  return recordFailures
    .filter((entry) => named(entry, text))
    .toSorted((a, b) => Number(named(b, condition ?? '')) - Number(named(a, condition ?? '')));
}

const objectOf = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

/** Offsets are texts in some documents and numbers in others. */
const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
