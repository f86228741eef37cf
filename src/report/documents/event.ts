/** The JSON documents of `event`. */
import * as z from 'zod/mini';
import type { DecodedEvent } from '../../event/decode-event.js';
import { selfManagedSources } from '../../event/kafka-event.js';
import type { InvocationResult, InvokedFunction } from '../../event/invocation.js';
import { integer, maybeText, text } from './parts.js';

const headers = z.array(z.record(z.string(), z.array(integer)));
const metadata = z.object({ dataFormat: z.enum(['AVRO', 'PROTOBUF', 'JSON']), schemaId: text });

/** The event as Lambda sends it; `eventSourceArn` only for Amazon MSK. */
export const eventSchema = z.object({
  eventSource: z.enum(['aws:kafka', ...selfManagedSources]),
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

const invocationOutcome = z.enum([
  'succeeded',
  'partial',
  'failed',
  'planned',
  'declined',
  'too-large',
  'refused',
  'unknown',
]);
export type InvocationOutcome = z.infer<typeof invocationOutcome>;

export const invocationSchema = z.object({
  schemaVersion: z.literal(1),
  outcome: invocationOutcome,
  /** Invocations that Lambda accepted. */
  changed: integer,
  /** What happened where there is no response; null otherwise. */
  message: maybeText,
  /** The function as it was called. */
  function: text,
  event: z.object({ records: integer, bytes: integer, limit: integer }),
  response: z.nullable(
    z.object({
      statusCode: z.nullable(integer),
      /** `Handled` or `Unhandled`; null where the function returned. */
      functionError: maybeText,
      executedVersion: maybeText,
      text,
      /** Milliseconds: of the function by its log, otherwise as measured with the network. */
      durationMs: z.number(),
      timeoutMs: z.nullable(integer),
    }),
  ),
  /** The end of the log, by line. */
  log: z.array(text),
  /** Of a valid partial batch response. */
  batchItemFailures: z.array(z.object({ partition: text, offset: integer })),
  problems: z.array(text),
});
export type InvocationDocument = z.infer<typeof invocationSchema>;

interface Invocation {
  target: InvokedFunction & { name: string };
  size: InvocationDocument['event'];
  outcome: InvocationOutcome;
  message: string;
  result: InvocationResult | null;
}

export const toInvocationDocument = ({ target, size, outcome, message, result }: Invocation): InvocationDocument => ({
  schemaVersion: 1,
  outcome,
  changed: result === null ? 0 : 1,
  message: message === '' ? null : message,
  function: target.name,
  event: size,
  response:
    result === null
      ? null
      : {
          statusCode: result.answer.statusCode,
          functionError: result.answer.functionError,
          executedVersion: result.answer.executedVersion,
          text: result.answer.payload,
          durationMs: result.duration,
          timeoutMs: target.timeout === null ? null : target.timeout * 1000,
        },
  log: result === null || result.answer.log === '' ? [] : result.answer.log.trimEnd().split('\n'),
  batchItemFailures: result?.failures ?? [],
  problems: result?.problems ?? [],
});
