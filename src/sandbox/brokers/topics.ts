/** Topics of a cluster of the sandbox: partitions, leaders, and a few records in each. */
import { textState } from '../../catalogue/text-state.js';
import { isOk } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { KafkaRecordContent, KafkaState } from './kafka-state.js';

/** Records in each partition. */
const recordsPerPartition = 20;
/** Milliseconds between two records of a partition. */
const interval = 60_000;

/** The mappings that read from a cluster. */
export const mappingsOf = ({ mappings }: Snapshot, clusterArn: string): Mapping[] =>
  Object.values(mappings).flatMap((read) =>
    isOk(read) && read.value.EventSourceArn === clusterArn ? [read.value] : [],
  );

export interface TopicView {
  name: string;
  partitions: number;
  /** The offset after the last record of every partition. */
  end: number;
  leaderless: readonly number[];
}

/** The topics of a cluster. Those of its mappings exist where the account does not show the list. */
export function topicsOf(snapshot: Snapshot, clusterArn: string, { leaderless = {} }: KafkaState): TopicView[] {
  const read = snapshot.topics[clusterArn];
  const mappings = mappingsOf(snapshot, clusterArn);
  const listed =
    read !== undefined && isOk(read)
      ? read.value.map(({ TopicName: name = '', PartitionCount: partitions = 1 }) => ({ name, partitions }))
      : [...new Set(mappings.flatMap(({ Topics: names }) => names))].map((name) => ({ name, partitions: 3 }));
  return listed.map((topic) => ({
    ...topic,
    leaderless: leaderless[topic.name] ?? [],
    end: isWithoutRecords(mappings, topic.name) ? 0 : recordsPerPartition,
  }));
}

/** Lambda says of the topic that nobody writes to it. */
const isWithoutRecords = (mappings: readonly Mapping[], topic: string): boolean =>
  mappings.some(({ Topics: names, LastProcessingResult: text }) => names.includes(topic) && textState(text) === 'idle');

/** The leader of a partition; brokers are numbered from 1. */
export const leaderOf = (partition: number, brokers: number): number => (partition % brokers) + 1;

/** The content of a record, the same on every run. */
export function recordAt(
  { records }: KafkaState,
  { topic, partition, offset }: { topic: string; partition: number; offset: number },
): KafkaRecordContent {
  const special = records?.[topic]?.[partition]?.[offset];
  if (special !== undefined) return special;
  const number = 1000 + offset * 10 + partition;
  const value = { id: `o-${number}`, customer: `c-${number % 7}`, amount: (number % 90) + 0.5, currency: 'EUR' };
  return { key: `o-${number}`, value: Buffer.from(JSON.stringify(value)) };
}

/** Milliseconds since 1970: one minute after the record before, and all before the account was read. */
export const timeOf = (snapshot: Snapshot, offset: number): number =>
  Date.parse(snapshot.capturedAt) - (recordsPerPartition - offset) * interval;

/** The offset to read from for a time; the end where every record is older. */
export function offsetFor(snapshot: Snapshot, end: number, time: number): number {
  for (let offset = 0; offset < end; offset++) if (timeOf(snapshot, offset) >= time) return offset;
  return end;
}
