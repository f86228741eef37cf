/** Encodes the value of a record by a schema, as Lambda delivers it with or without a schema registry. */
import { UsageError } from '../errors.js';
import { visible } from '../text/visible.js';
import type { KafkaRecord } from './build-event.js';
import type { Schema } from './schema/schema.js';
import { firstMessage, writeFrame } from './wire-format.js';

/**
 * The form of an encoded value. SOURCE and JSON: a registry validated it, and EventRecordFormat of the mapping is this.
 * CONFLUENT and GLUE: the mapping has no registry, so the value has its header.
 */
export interface Encoding {
  schema: Schema;
  format: 'SOURCE' | 'JSON' | 'CONFLUENT' | 'GLUE';
  /** Null: an example. */
  schemaId: string | null;
}

const exampleIds = { confluent: '1', glue: '11111111-2222-3333-4444-555555555555' };

/** `name`: of the value in messages. Throws `UsageError` where the value is not JSON that fits the schema. */
export function encodeValue(record: KafkaRecord, encoding: Encoding | null, name: string): KafkaRecord {
  if (encoding === null || record.value === null) return record;
  const { schema, format, schemaId } = encoding;
  const encoded = encode(record.value, schema, name);
  // Serializers write the index of the Protobuf message for either registry, and Lambda leaves it in the value.
  const content = schema.dataFormat === 'PROTOBUF' ? Buffer.concat([firstMessage, encoded]) : encoded;
  if (format === 'CONFLUENT' || format === 'GLUE') {
    const registry = format === 'GLUE' ? 'glue' : 'confluent';
    try {
      return { ...record, value: writeFrame(registry, schemaId ?? exampleIds[registry], content) };
    } catch (error) {
      throw new UsageError(`--schema-id ${visible(schemaId ?? '')}: ${(error as Error).message}`, undefined, {
        cause: error,
      });
    }
  }
  return {
    ...record,
    value: format === 'JSON' ? record.value : content,
    // The format of what the function receives: consumers refuse another one (Powertools for AWS Lambda: kafka).
    valueSchema: {
      dataFormat: format === 'JSON' ? 'JSON' : schema.dataFormat,
      schemaId: schemaId ?? exampleIds.confluent,
    },
  };
}

function encode(value: Uint8Array, schema: Schema, name: string): Uint8Array {
  let data: unknown;
  try {
    data = JSON.parse(Buffer.from(value).toString('utf8'));
  } catch {
    throw new UsageError(`${visible(name)} is not JSON, so ${visible(schema.file)} cannot encode it`);
  }
  try {
    return schema.encode(data);
  } catch (error) {
    throw new UsageError(
      `${visible(name)} does not match the schema ${visible(schema.file)}: ${visible((error as Error).message)}`,
      undefined,
      { cause: error },
    );
  }
}
