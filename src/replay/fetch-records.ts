/** One Fetch of a partition, as a consumer sees it: without markers and without aborted transactions. */
import type { KafkaRecord as TopicRecord } from '../event/build-event.js';
import type { Connection } from '../kafka/connection.js';
import { fetchPartition } from '../kafka/fetch-partition.js';
import { splitBatches, type ClosedBatch, type RecordBatch } from '../kafka/record-batch.js';
import { malformed } from '../kafka/wire-error.js';
import type { ReadRecords } from './record-source.js';

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
  /** Null where the broker had nothing. */
  batches: FetchedBatches | null;
  /** Offset up to which transactions are decided; records after it are not delivered yet. */
  stableEnd: number;
  /** Milliseconds for which a quota throttles this client; 0 where none does. */
  throttled: number;
}

/** Rejects with a `WireError`. */
export async function fetchRecords(connection: Connection, question: FetchQuestion): Promise<FetchAnswer> {
  const answer = await fetchPartition(connection, { ...question, bytes: wantedBytes, committedOnly: true });
  const empty = { errorCode: 0, batches: null, stableEnd: -1, throttled: 0 };
  if (answer.is === 'throttled') return { ...empty, throttled: answer.ms };
  if (answer.is === 'error') return { ...empty, errorCode: answer.errorCode };
  const { errorCode, stableEnd, records, aborted } = answer;
  if (errorCode !== 0 || records.length === 0) return { ...empty, errorCode, stableEnd };
  const batches = splitBatches(records);
  if (batches.length === 0) throw malformed('the broker sends a batch of records that is cut off');
  return { ...empty, batches: new FetchedBatches(question, batches, deliveredWith(aborted)), stableEnd };
}

/** Bytes of opened batches that are handed out together at least: all of an answer may be many times its size. */
const pieceBytes = 256 * 1024;

/** The batches of an answer, opened as they are asked for. */
export class FetchedBatches {
  private at = 0;

  constructor(
    private readonly question: Pick<FetchQuestion, 'topic' | 'partition' | 'offset'>,
    private readonly batches: readonly ClosedBatch[],
    private readonly isDelivered: (batch: RecordBatch) => boolean,
  ) {
    this.offset = question.offset;
  }

  /** The offset to read next. */
  offset: number;

  /** Whether all batches were handed out. */
  get done(): boolean {
    return this.at >= this.batches.length;
  }

  /** The records of the next batches. Rejects with a `WireError`. */
  async next(): Promise<ReadRecords> {
    const { topic, partition, offset } = this.question;
    const records: TopicRecord[] = [];
    for (let bytes = 0; bytes < pieceBytes && !this.done;) {
      const batch = await this.batches[this.at++]!.open();
      this.offset = Math.max(this.offset, batch.lastOffset + 1);
      if (!this.isDelivered(batch)) continue;
      if (batch.records === null)
        throw malformed(
          `the batch at offset ${batch.firstOffset} is compressed by a codec that this version does not know`,
        );
      for (const { appended, ...record } of batch.records) {
        bytes += (record.key?.length ?? 0) + (record.value?.length ?? 0);
        // A batch may begin before the offset that was asked for.
        if (record.offset >= offset)
          records.push({ topic, partition, ...record, timestampType: appended ? 'LOG_APPEND_TIME' : 'CREATE_TIME' });
      }
    }
    return { records, next: this.offset };
  }
}

/**
 * Whether a consumer delivers a batch, asked of all batches in order: no markers, and none of the transactions that the
 * broker names as aborted.
 */
export function deliveredWith(
  aborted: readonly { producerId: number; firstOffset: number }[],
): (batch: RecordBatch) => boolean {
  const waiting = aborted.toSorted((a, b) => a.firstOffset - b.firstOffset);
  const open = new Set<number>();
  return (batch) => {
    while (waiting.length > 0 && waiting[0]!.firstOffset <= batch.lastOffset) open.add(waiting.shift()!.producerId);
    if (batch.control) {
      if (isAbortMarker(batch)) open.delete(batch.transaction?.producerId ?? -1);
      return false;
    }
    return batch.transaction === null || !open.has(batch.transaction.producerId);
  };
}

/** The key of a marker holds a version and a type, 0 for abort (Kafka: control batches). */
function isAbortMarker({ records }: RecordBatch): boolean {
  const key = records?.[0]?.key;
  return key != null && key.length >= 4 && key.readInt16BE(2) === 0;
}
