/** One Fetch of one partition, for those who read a topic without a session. */
import type { Connection } from './connection.js';
import { fetch } from './messages/topics.js';
import { malformed } from './wire-error.js';

/** The longest answer that is read, in bytes: a broker sends the first batch whole, whatever its size (KIP-74). */
const longestAnswer = 128 * 1024 * 1024;

export interface PartitionQuestion {
  topic: string;
  partition: number;
  offset: number;
  /** Milliseconds that the broker waits for records. */
  wait: number;
  /** Bytes that are asked for. */
  bytes: number;
  /** Only records of committed transactions (Kafka: isolation.level). */
  committedOnly: boolean;
  signal: AbortSignal;
}

/** What the broker says of the partition, Kafka's error for the whole request, or for how many milliseconds a quota throttles the client. */
export type PartitionAnswer =
  | {
      is: 'partition';
      errorCode: number;
      /** Offset up to which transactions are decided. */
      stableEnd: number;
      records: Buffer;
      aborted: readonly { producerId: number; firstOffset: number }[];
    }
  | { is: 'error'; errorCode: number }
  | { is: 'throttled'; ms: number };

/** Rejects with a `WireError`. */
export async function fetchPartition(connection: Connection, question: PartitionQuestion): Promise<PartitionAnswer> {
  const { topic, partition, offset, wait, bytes, committedOnly, signal } = question;
  const answer = await connection.request(
    fetch,
    {
      replicaId: -1,
      maxWaitMs: wait,
      minBytes: 1,
      maxBytes: bytes,
      isolationLevel: committedOnly ? 1 : 0,
      sessionId: 0,
      sessionEpoch: -1,
      topics: [
        {
          topic,
          partitions: [
            {
              partition,
              currentLeaderEpoch: -1,
              fetchOffset: offset,
              lastFetchedEpoch: -1,
              logStartOffset: -1,
              partitionMaxBytes: bytes,
            },
          ],
        },
      ],
      forgottenTopicsData: [],
      rackId: '',
    },
    { signal, longest: longestAnswer },
  );
  if (answer.errorCode !== 0) return { is: 'error', errorCode: answer.errorCode };
  const found = answer.responses
    .find((each) => each.topic === topic)
    ?.partitions.find(({ partitionIndex }) => partitionIndex === partition);
  // A broker answers a throttled fetch at once and without any partition (KIP-219).
  if (found === undefined && answer.throttleTimeMs > 0) return { is: 'throttled', ms: answer.throttleTimeMs };
  if (found === undefined) throw malformed('the broker does not answer about the partition');
  return {
    is: 'partition',
    errorCode: found.errorCode,
    stableEnd: found.lastStableOffset,
    records: found.records ?? Buffer.alloc(0),
    aborted: found.abortedTransactions ?? [],
  };
}
