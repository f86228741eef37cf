/** Where a replay reads records: the brokers of a cluster, or a sandbox. */
import type { KafkaRecord } from '../event/build-event.js';

/** What a partition has when the replay begins. */
export interface SourcePartition {
  id: number;
  /** The first offset to read. */
  from: number;
  /** The offset after the last one to read, where the replay does not follow the topic. */
  end: number;
}

export interface ReadRecords {
  /** In the order of their offsets. */
  records: KafkaRecord[];
  /** The offset to read next; the same as before where the partition has no more records now. */
  next: number;
}

export interface RecordSource {
  /** Reads records of a partition from an offset on. Never commits. */
  read(partition: number, offset: number): Promise<ReadRecords>;
}
