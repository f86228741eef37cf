/** The event with which Lambda invokes a function for Kafka records (Lambda developer guide: with-msk, with-kafka). */

/** What Lambda adds to a record whose key or value a schema registry has validated. */
export interface SchemaMetadata {
  dataFormat: DataFormat;
  /** The number of a Confluent schema, the UUID of a Glue schema version. */
  schemaId: string;
}

/** Data formats of schema registries that Lambda supports. */
export type DataFormat = 'AVRO' | 'PROTOBUF' | 'JSON';

/** A record in the event. */
export interface EventRecord {
  topic: string;
  partition: number;
  offset: number;
  /** Milliseconds since 1970. */
  timestamp: number;
  timestampType: 'CREATE_TIME' | 'LOG_APPEND_TIME';
  /** Base64; null where the record has none. */
  key: string | null;
  /** Base64; null for a tombstone. */
  value: string | null;
  /** Each with one member: the header’s name and its bytes as signed numbers. */
  headers: Record<string, number[]>[];
  keySchemaMetadata?: SchemaMetadata;
  valueSchemaMetadata?: SchemaMetadata;
}

/**
 * The sources of self-managed Kafka: as Lambda names it, and as libraries and examples of AWS do (Powertools for AWS
 * Lambda: KafkaSelfManagedEventModel).
 */
export const selfManagedSources = ['SelfManagedKafka', 'aws:SelfManagedKafka'] as const;

/** The event of an Amazon MSK mapping, or of one with self-managed Kafka, which has no `eventSourceArn`. */
export type KafkaEvent = {
  /** Addresses joined by commas. */
  bootstrapServers: string;
  /** By `topic-partition`. */
  records: Record<string, EventRecord[]>;
} & ({ eventSource: 'aws:kafka'; eventSourceArn: string } | { eventSource: (typeof selfManagedSources)[number] });
