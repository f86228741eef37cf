/**
 * Codes in the documents that Lambda sends to an on-failure destination (Lambda developer guide: on-failure destinations
 * and schema registries of Kafka event sources).
 */
import type { KnownText } from './known-text.js';

export const recordFailures: readonly KnownText[] = [
  {
    id: 'record-retries-exhausted',
    fragments: ['RetriesExhausted', 'RetryAttemptsExhausted'],
    text: '"condition": "RetriesExhausted"',
    meaning:
      'Lambda retried the batch as often as MaximumRetryAttempts allows, every invocation failed, and Lambda sent the records to the destination. With infinite retries and a destination, Lambda stops after 10 retries. responseContext.functionError shows whether the code failed; the offsets are in KafkaBatchInfo.recordsInfo.',
    causes: [
      { check: 'function.errors', because: 'the function fails on these records or is throttled' },
      { check: 'function.timeout', because: 'the batch takes longer than the function’s timeout' },
      { check: 'function.concurrency', because: 'the function has no concurrency left' },
      { check: 'records.dropped', because: 'records fail until the last retry or their maximum age' },
    ],
    remedy:
      'Search the function’s log for requestContext.requestId, fix the code, then process the stored records again. BisectBatchOnFunctionError or ReportBatchItemFailures prevents one bad record from failing the whole batch.',
  },
  {
    id: 'record-payload-too-large',
    fragments: ['MaximumPayloadSizeExceeded'],
    text: '"condition": "MaximumPayloadSizeExceeded"',
    meaning:
      'The records exceed the payload limit of one invocation (6 MB after Base64 encoding). Lambda sent them to the destination without invoking the function; responseContext is null.',
    causes: [{ check: 'mapping.batch', because: 'a batch of large records exceeds the payload limit' }],
    remedy:
      'A single record of more than about 4.5 MB never fits: store large content in S3 and send a reference. Otherwise reduce the batch size.',
  },
  {
    id: 'record-schema-not-found',
    fragments: ['SCHEMA_NOT_FOUND'],
    text: 'SCHEMA_NOT_FOUND',
    meaning:
      'A record names a schema that does not exist in the mapping’s schema registry. Lambda sends it to the on-failure destination, or discards it if there is none.',
    causes: [
      { check: 'mapping.schema-registry', because: 'the producer uses another registry' },
      { check: 'access.destination', because: 'the execution role may not read the schemas in the registry' },
    ],
    remedy:
      'Compare the registry of the mapping with the registry of the producer. Register a deleted schema again, then send the stored records again.',
  },
  {
    id: 'record-deserialization-error',
    fragments: ['DESERIALIZATION_ERROR'],
    text: 'DESERIALIZATION_ERROR',
    meaning:
      'Lambda found the schema but could not decode the record: the producer wrote it without a registry, in another format, or with the header of another registry. Lambda sends it to the on-failure destination, or discards it if there is none.',
    causes: [{ check: 'mapping.schema-registry', because: 'the key or value is validated although it has no schema' }],
    remedy:
      'Validate only the parts that the producer encodes with the registry (SchemaValidationConfigs KEY, VALUE), or fix the producer.',
  },
];
