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
      'Lambda called the function with the batch as often as MaximumRetryAttempts allows, each call failed, and Lambda sent the records to the destination. With infinite retries and a destination, Lambda stops after 10 retries. responseContext.functionError tells whether the code failed; the offsets are in KafkaBatchInfo.recordsInfo.',
    causes: [
      { check: 'function.errors', because: 'the function’s code fails on these records, or is throttled' },
      { check: 'function.timeout', because: 'the batch takes longer than the function’s timeout' },
      { check: 'function.concurrency', because: 'no concurrency is left for the function' },
    ],
    remedy:
      'Find the error by requestContext.requestId in the function’s log, repair the code, then process the stored records again. BisectBatchOnFunctionError or ReportBatchItemFailures keep one bad record from failing its batch.',
  },
  {
    id: 'record-payload-too-large',
    fragments: ['MaximumPayloadSizeExceeded'],
    text: '"condition": "MaximumPayloadSizeExceeded"',
    meaning:
      'The records do not fit into one call of the function, which takes 6 MB after base64. Lambda sent them to the destination without calling the function; responseContext is null.',
    causes: [{ check: 'mapping.batch', because: 'a batch of large records is more than one call can carry' }],
    remedy:
      'A single record of more than about 4.5 MB never fits: keep large contents in S3 and send a reference. Otherwise make the batch smaller.',
  },
  {
    id: 'record-schema-not-found',
    fragments: ['SCHEMA_NOT_FOUND'],
    text: 'SCHEMA_NOT_FOUND',
    meaning:
      'A record names a schema that the schema registry of the mapping does not have. Lambda sends it to the destination, or drops it where there is none.',
    causes: [
      { check: 'mapping.schema-registry', because: 'the registry is not the one that the producer uses' },
      { check: 'access.destination', because: 'the execution role may not read the registry’s schemas' },
    ],
    remedy:
      'Compare the registry of the mapping with the producer’s. A schema that was deleted can be registered again; then send the stored records again.',
  },
  {
    id: 'record-deserialization-error',
    fragments: ['DESERIALIZATION_ERROR'],
    text: 'DESERIALIZATION_ERROR',
    meaning:
      'Lambda found the schema and could not decode the record with it: the record was written without a registry, in another format, or with another registry’s header. Lambda sends it to the destination, or drops it where there is none.',
    causes: [{ check: 'mapping.schema-registry', because: 'key or value is validated though it has no schema' }],
    remedy:
      'Validate only what the producer encodes with the registry (SchemaValidationConfigs KEY, VALUE), or repair the producer.',
  },
];
