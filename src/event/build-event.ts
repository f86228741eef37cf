/** Builds the event that Lambda sends for Kafka records. */
import type { EventRecord, KafkaEvent, SchemaMetadata } from './kafka-event.js';

/** A record of a topic, as a client reads it. */
export interface KafkaRecord {
  topic: string;
  partition: number;
  offset: number;
  /** Milliseconds since 1970. */
  timestamp: number;
  timestampType?: EventRecord['timestampType'];
  /** Null where the record has none. */
  key: Uint8Array | null;
  /** Null for a tombstone. */
  value: Uint8Array | null;
  /** A name may appear more than once. */
  headers: readonly { name: string; value: Uint8Array | null }[];
  keySchema?: SchemaMetadata;
  valueSchema?: SchemaMetadata;
}

/** Where the records come from: an MSK cluster, or brokers that Lambda calls self-managed. */
export type EventOrigin = { eventSourceArn: string; bootstrapServers: string } | { bootstrapServers: string };

/** The event for records of one or more partitions; in a partition they keep their order. */
export function buildEvent(records: readonly KafkaRecord[], origin: EventOrigin): KafkaEvent {
  const byPartition = new Map<string, EventRecord[]>();
  for (const record of records) {
    const name = `${record.topic}-${record.partition}`;
    const group = byPartition.get(name) ?? [];
    byPartition.set(name, group);
    group.push(toEventRecord(record));
  }
  const rest = { bootstrapServers: origin.bootstrapServers, records: Object.fromEntries(byPartition) };
  return 'eventSourceArn' in origin
    ? { eventSource: 'aws:kafka', eventSourceArn: origin.eventSourceArn, ...rest }
    : { eventSource: 'SelfManagedKafka', ...rest };
}

/** One record in the form of the event. */
export const toEventRecord = (record: KafkaRecord): EventRecord => ({
  topic: record.topic,
  partition: record.partition,
  offset: record.offset,
  timestamp: record.timestamp,
  timestampType: record.timestampType ?? 'CREATE_TIME',
  key: toBase64(record.key),
  value: toBase64(record.value),
  headers: record.headers.map(({ name, value }) =>
    Object.fromEntries([[name, signedBytes(value ?? new Uint8Array())]]),
  ),
  ...(record.keySchema === undefined ? {} : { keySchemaMetadata: record.keySchema }),
  ...(record.valueSchema === undefined ? {} : { valueSchemaMetadata: record.valueSchema }),
});

const toBase64 = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

/** Bytes as Lambda writes those of headers: from -128 to 127, as Java does. */
export const signedBytes = (bytes: Uint8Array): number[] =>
  Array.from(bytes, (byte) => (byte > 127 ? byte - 256 : byte));
