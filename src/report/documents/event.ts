/** The JSON documents of `event`. */
import * as z from 'zod/mini';
import type { DecodedEvent } from '../../event/decode-event.js';
import { integer, maybeText, text } from './parts.js';

const headers = z.array(z.record(z.string(), z.array(integer)));
const metadata = z.object({ dataFormat: z.enum(['AVRO', 'PROTOBUF', 'JSON']), schemaId: text });

/** The event as Lambda sends it; `eventSourceArn` only for Amazon MSK. */
export const eventSchema = z.object({
  eventSource: z.enum(['aws:kafka', 'SelfManagedKafka']),
  eventSourceArn: z.optional(text),
  bootstrapServers: text,
  /** By `topic-partition`. */
  records: z.record(
    z.string(),
    z.array(
      z.object({
        topic: text,
        partition: integer,
        offset: integer,
        timestamp: integer,
        timestampType: z.enum(['CREATE_TIME', 'LOG_APPEND_TIME']),
        /** Base64. */
        key: maybeText,
        /** Base64; null for a tombstone. */
        value: maybeText,
        headers,
        keySchemaMetadata: z.optional(metadata),
        valueSchemaMetadata: z.optional(metadata),
      }),
    ),
  ),
});

const content = z.object({
  kind: z.enum(['null', 'empty', 'json', 'text', 'binary', 'confluent', 'glue', 'gzip', 'base64']),
  /** Bytes that are not text are in hexadecimal; null for null. */
  text: maybeText,
});

export const decodedEventSchema = z.object({
  schemaVersion: z.literal(1),
  records: z.array(
    z.object({
      topic: text,
      partition: integer,
      offset: integer,
      timestamp: z.nullable(integer),
      key: content,
      value: content,
      headers: z.array(z.object({ name: text, text: maybeText })),
      /** What the handler must decode; null where it receives readable content. */
      problem: maybeText,
    }),
  ),
});
export type DecodedEventDocument = z.infer<typeof decodedEventSchema>;

export const toDecodedEventDocument = ({ records }: DecodedEvent): DecodedEventDocument => ({
  schemaVersion: 1,
  records,
});
