/** Fetch of one record: only it proves the permission to read the topic. */
import type { Connection } from '../kafka/connection.js';
import { fetchPartition } from '../kafka/fetch-partition.js';
import { decodeBatches, type RecordBatch } from '../kafka/record-batch.js';
import { AnswerTooLong, kafkaError } from '../kafka/wire-error.js';
import type { BrokerLink, ProbeContext } from './broker-link.js';
import type { OffsetRange } from './offset-steps.js';
import type { PartitionResult, RecordResult } from './probe-result.js';
import { askUntilFinal } from './retry.js';
import { topicRefusal } from './topic-step.js';

/** Batches without a record for a consumer, such as markers of transactions, that are passed over. */
const mostBatches = 20;
/** Milliseconds that the broker may wait for the record. */
const longestWait = 500;

export interface FetchPoint {
  partition: number;
  offset: number;
  /** The broker has no record in the topic. */
  empty: boolean;
}

type Readable = PartitionResult & { offsets: OffsetRange };

/** The record that the group reads next, or else the first one of the topic; null where no offset is known. */
export function fetchPoint(partitions: readonly PartitionResult[]): FetchPoint | null {
  const readable = partitions.filter((partition): partition is Readable => partition.offsets !== null);
  const waiting = readable.find(
    ({ committed, offsets }) => committed !== null && committed >= offsets.first && committed < offsets.last,
  );
  if (waiting !== undefined) return { partition: waiting.id, offset: waiting.committed!, empty: false };
  const filled = readable.find(({ offsets }) => offsets.last > offsets.first);
  if (filled !== undefined) return { partition: filled.id, offset: filled.offsets.first, empty: false };
  const [first] = readable;
  return first === undefined ? null : { partition: first.id, offset: first.offsets.last, empty: true };
}

const throttled = {
  code: 89,
  name: 'THROTTLING_QUOTA_EXCEEDED',
  because: 'a quota throttles the client: the broker answers without records',
};

const tooLarge = ({ message }: AnswerTooLong) => ({ code: 10, name: 'MESSAGE_TOO_LARGE', because: message });

/** Step `fetch`, on the partition's leader; null where no record is there. */
export async function fetchRecord(
  link: BrokerLink,
  topic: string,
  point: FetchPoint,
  { input, facts, limits }: ProbeContext,
): Promise<RecordResult | null> {
  const connection = await link.ready();
  return link.step('fetch', async (signal) => {
    let { offset } = point;
    for (let count = 0; count < mostBatches; count++) {
      const batches = await askUntilFinal(
        () => fetchBatches(connection, topic, { ...point, offset }, signal),
        (answer) => answer === 'throttled',
        { limits, signal, share: 0.5 },
      ).catch((error: unknown) => {
        // The first batch alone is that long: the permission to read is proven, and the record stays unread.
        if (error instanceof AnswerTooLong) return error;
        throw error;
      });
      if (batches === 'throttled' || batches instanceof AnswerTooLong) {
        link.steps.record('fetch', 'warned', 0, batches === 'throttled' ? throttled : tooLarge(batches));
        return null;
      }
      if (batches === 'out-of-range') {
        facts.notes.push(`Retention removed offset ${offset} of partition ${point.partition} during the probe.`);
        return null;
      }
      const found = batches.map((batch) => recordOf(batch, { ...point, offset }, input.showRecord));
      const record = found.find((each) => each !== null);
      if (record !== undefined) return record;
      const last = batches.at(-1)?.lastOffset;
      if (last === undefined || last < offset) return null;
      offset = last + 1;
    }
    return null;
  });
}

async function fetchBatches(
  connection: Connection,
  topic: string,
  { partition, offset, empty }: FetchPoint,
  signal: AbortSignal,
): Promise<RecordBatch[] | 'out-of-range' | 'throttled'> {
  const answer = await fetchPartition(connection, {
    topic,
    partition,
    offset,
    wait: empty ? 0 : longestWait,
    // The first batch is sent whole all the same (KIP-74).
    bytes: 1,
    // As Kafka's consumers read by default.
    committedOnly: false,
    signal,
  });
  if (answer.is === 'throttled') return 'throttled';
  if (answer.is === 'partition' && answer.errorCode === 1) return 'out-of-range';
  if (answer.is === 'error' || answer.errorCode !== 0)
    throw kafkaError(answer.errorCode, topicRefusal(answer.errorCode, topic, 'Read'));
  return decodeBatches(answer.records);
}

/** The first record of the batch from an offset on; null where it has none for a consumer. */
function recordOf(batch: RecordBatch, { partition, offset }: FetchPoint, show: boolean): RecordResult | null {
  if (batch.control || batch.lastOffset < offset) return null;
  const sizes = { partition, codec: batch.codec ?? 'unknown', batchBytes: batch.bytes };
  if (batch.records === null)
    return {
      ...sizes,
      offset: Math.max(offset, batch.firstOffset),
      timestamp: batch.timestamp,
      keyBytes: null,
      valueBytes: null,
      headers: 0,
      opened: false,
    };
  const record = batch.records.find((each) => each.offset >= offset);
  if (record === undefined) return null;
  return {
    ...sizes,
    offset: record.offset,
    timestamp: record.timestamp,
    keyBytes: record.key?.length ?? null,
    valueBytes: record.value?.length ?? null,
    headers: record.headers.length,
    opened: true,
    ...(show ? { key: record.key?.toString('base64') ?? null, value: record.value?.toString('base64') ?? null } : {}),
  };
}
