/** One Fetch of a partition, as a consumer sees it: without markers and without aborted transactions. */
import type { KafkaRecord as TopicRecord } from '../event/build-event.js';
import type { Connection } from '../kafka/connection.js';
import { fetchPartition } from '../kafka/fetch-partition.js';
import { decodeBatches, type RecordBatch } from '../kafka/record-batch.js';
import { malformed } from '../kafka/wire-error.js';

/** Bytes that are asked for at once. A broker sends the first batch whole, whatever its size (KIP-74). */
const wantedBytes = 1024 * 1024;

export interface FetchQuestion {
  topic: string;
  partition: number;
  offset: number;
  /** Milliseconds that the broker waits for records. */
  wait: number;
  signal: AbortSignal;
}

export interface FetchAnswer {
  errorCode: number;
  records: TopicRecord[];
  /** The offset to read next; the same as asked for where the broker had nothing. */
  next: number;
  /** Offset up to which transactions are decided; records after it are not delivered yet. */
  stableEnd: number;
  /** Milliseconds for which a quota throttles this client; 0 where none does. */
  throttled: number;
}

/** Rejects with a `WireError`. */
export async function fetchRecords(connection: Connection, question: FetchQuestion): Promise<FetchAnswer> {
  const { topic, partition, offset, wait, signal } = question;
  const answer = await fetchPartition(connection, {
    topic,
    partition,
    offset,
    wait,
    bytes: wantedBytes,
    committedOnly: true,
    signal,
  });
  const empty = { errorCode: 0, records: [], next: offset, stableEnd: -1, throttled: 0 };
  if (answer.is === 'throttled') return { ...empty, throttled: answer.ms };
  if (answer.is === 'error') return { ...empty, errorCode: answer.errorCode };
  const { errorCode, stableEnd } = answer;
  if (errorCode !== 0 || answer.records.length === 0) return { ...empty, errorCode, stableEnd };
  const batches = await decodeBatches(answer.records);
  if (batches.length === 0) throw malformed('the broker sends a batch of records that is cut off');
  const visible = withoutAborted(batches, answer.aborted);
  const unknown = visible.find(({ records }) => records === null);
  if (unknown !== undefined)
    throw malformed(
      `the batch at offset ${unknown.firstOffset} is compressed by a codec that this version does not know`,
    );
  const records = visible
    .flatMap((batch) => batch.records!)
    // A compressed batch begins before the offset that was asked for.
    .filter((record) => record.offset >= offset)
    .map(({ appended, ...record }): TopicRecord => {
      return { topic, partition, ...record, timestampType: appended ? 'LOG_APPEND_TIME' : 'CREATE_TIME' };
    });
  return { errorCode, records, next: Math.max(offset, batches.at(-1)!.lastOffset + 1), stableEnd, throttled: 0 };
}

/** The batches that a consumer delivers: no markers, and none of the transactions that the broker names as aborted. */
export function withoutAborted(
  batches: readonly RecordBatch[],
  aborted: readonly { producerId: number; firstOffset: number }[],
): RecordBatch[] {
  const waiting = aborted.toSorted((a, b) => a.firstOffset - b.firstOffset);
  const open = new Set<number>();
  return batches.filter((batch) => {
    while (waiting.length > 0 && waiting[0]!.firstOffset <= batch.lastOffset) open.add(waiting.shift()!.producerId);
    if (batch.control) {
      if (isAbortMarker(batch)) open.delete(batch.transaction?.producerId ?? -1);
      return false;
    }
    return batch.transaction === null || !open.has(batch.transaction.producerId);
  });
}

/** The key of a marker holds a version and a type, 0 for abort (Kafka: control batches). */
function isAbortMarker({ records }: RecordBatch): boolean {
  const key = records?.[0]?.key;
  return key != null && key.length >= 4 && key.readInt16BE(2) === 0;
}
