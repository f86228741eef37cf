/**
 * What Lambda makes of a record for a mapping with a schema registry (Lambda developer guide: services-consume-kafka-events):
 * the attributes that the mapping validates are decoded; JSON delivers them as JSON, SOURCE as the encoded bytes without the
 * header of the registry. The schemas come from files instead of the registry.
 */
import { UsageError } from '../errors.js';
import { visible } from '../text/visible.js';
import type { KafkaRecord } from './build-event.js';
import { contentOfFrame } from './content.js';
import type { Schemas } from './decode-event.js';
import type { SchemaMetadata } from './kafka-event.js';
import { decodeBySchemas, schemasFor } from './schema/choose-schema.js';
import type { Schema } from './schema/schema.js';
import { readFrame, type Frame } from './wire-format.js';

export interface RegistryDecoding {
  /** EventRecordFormat. */
  format: 'JSON' | 'SOURCE';
  /** Whose headers Lambda reads; null: of either registry. */
  registry: Frame['registry'] | null;
  /** An attribute without schemas is left as it is. */
  schemas: Schemas;
}

/** As the function receives it, and decoded whatever the format, as filter patterns see it; or why Lambda gives it up. */
export type RegistryDecoded = { sent: KafkaRecord; data: KafkaRecord } | { problem: string };

const registryNames = { confluent: 'a Confluent schema registry', glue: 'the AWS Glue Schema Registry' };

/** Throws `UsageError` where no schema was given for the schema ID of the record: whether it decodes depends on that schema. */
export function decodeByRegistry(record: KafkaRecord, decoding: RegistryDecoding): RegistryDecoded {
  let [sent, data] = [record, record];
  for (const name of ['key', 'value'] as const) {
    const schemas = decoding.schemas[name];
    const bytes = record[name];
    // A tombstone and a record without a key have nothing to decode.
    if (schemas.length === 0 || bytes === null) continue;
    const part = decodePart(bytes, `the ${name}`, schemas, decoding, record);
    if ('problem' in part) return part;
    const metadata = { [name === 'key' ? 'keySchema' : 'valueSchema']: part.metadata };
    sent = { ...sent, [name]: part.sent, ...metadata };
    data = { ...data, [name]: part.json };
  }
  return { sent, data };
}

interface DecodedPart {
  sent: Uint8Array;
  json: Uint8Array;
  metadata: SchemaMetadata;
}

function decodePart(
  bytes: Uint8Array,
  subject: string,
  schemas: readonly Schema[],
  { format, registry }: RegistryDecoding,
  { topic, partition, offset }: KafkaRecord,
): DecodedPart | { problem: string } {
  const frame = readFrame(bytes);
  if (frame === null) return { problem: `DESERIALIZATION_ERROR: ${subject} has no header of a schema registry` };
  if (registry !== null && frame.registry !== registry)
    return {
      problem: `DESERIALIZATION_ERROR: ${subject} has the header of ${registryNames[frame.registry]}, and the mapping uses ${registryNames[registry]}`,
    };
  const { schemaId } = frame;
  const candidates = schemasFor(schemas, schemaId);
  if (candidates.length === 0)
    throw new UsageError(
      `no schema file was given for the schema ID ${schemaId} (${subject} of ${visible(topic)}-${partition}, offset ${offset})`,
      `Pass ${subject === 'the key' ? '--key-schema' : '--schema'} ${schemaId}=FILE too.`,
    );
  const content = contentOfFrame(frame);
  const fails = (because: string): { problem: string } => ({
    problem: `DESERIALIZATION_ERROR: ${subject} (schema ID ${schemaId}) does not decode: ${because}`,
  });
  if (content === null) return fails('it cannot be decompressed');
  const decoded = decodeBySchemas(candidates, content, true);
  if ('fault' in decoded) return fails(decoded.fault);
  const { dataFormat } = decoded.schema;
  // JSON content stays as it is written: a number could lose digits.
  const json = dataFormat === 'JSON' ? content : Buffer.from(JSON.stringify(decoded.data), 'utf8');
  const metadata = { dataFormat: deliveredFormat(format, dataFormat), schemaId };
  return { sent: format === 'JSON' ? json : content, json, metadata };
}

/**
 * The format that the metadata of a record names: that of what the function receives. Consumers refuse another one
 * (Powertools for AWS Lambda (Python): kafka); AWS’s page does not say it.
 */
export const deliveredFormat = (
  format: RegistryDecoding['format'],
  dataFormat: SchemaMetadata['dataFormat'],
): SchemaMetadata['dataFormat'] => (format === 'JSON' ? 'JSON' : dataFormat);
