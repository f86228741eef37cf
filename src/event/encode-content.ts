/** Encodes the key or the value of a record by a schema, as Lambda delivers it with or without a schema registry. */
import { UsageError } from '../errors.js';
import { visible } from '../text/visible.js';
import type { KafkaRecord } from './build-event.js';
import { deliveredFormat } from './registry-decode.js';
import type { Schema } from './schema/schema.js';
import { firstMessage, writeFrame } from './wire-format.js';

/**
 * The form of encoded content. SOURCE and JSON: a registry validated it, and EventRecordFormat of the mapping is this.
 * CONFLUENT and GLUE: the mapping has no registry, so the content has its header.
 */
export interface Encoding {
  schema: Schema;
  format: 'SOURCE' | 'JSON' | 'CONFLUENT' | 'GLUE';
  /** Null: an example. */
  schemaId: string | null;
}

const exampleIds = { confluent: '1', glue: '11111111-2222-3333-4444-555555555555' };

/** `name`: of the content in messages. Throws `UsageError` where the content is not JSON that fits the schema. */
export function encodeContent(
  record: KafkaRecord,
  part: 'key' | 'value',
  encoding: Encoding | null,
  name: string,
): KafkaRecord {
  const given = record[part];
  if (encoding === null || given === null) return record;
  const { schema, format, schemaId } = encoding;
  const encoded = encode(given, schema, name);
  // Serializers write the index of the Protobuf message for either registry, and Lambda leaves it in the content.
  const content = schema.dataFormat === 'PROTOBUF' ? Buffer.concat([firstMessage, encoded]) : encoded;
  if (format === 'CONFLUENT' || format === 'GLUE') {
    const registry = format === 'GLUE' ? 'glue' : 'confluent';
    try {
      return { ...record, [part]: writeFrame(registry, schemaId ?? exampleIds[registry], content) };
    } catch (error) {
      const flag = part === 'key' ? '--key-schema-id' : '--schema-id';
      throw new UsageError(`${flag} ${visible(schemaId ?? '')}: ${(error as Error).message}`, undefined, {
        cause: error,
      });
    }
  }
  return {
    ...record,
    [part]: format === 'JSON' ? given : content,
    [part === 'key' ? 'keySchema' : 'valueSchema']: {
      dataFormat: deliveredFormat(format, schema.dataFormat),
      schemaId: schemaId ?? exampleIds.confluent,
    },
  };
}

function encode(content: Uint8Array, schema: Schema, name: string): Uint8Array {
  let data: unknown;
  try {
    data = JSON.parse(Buffer.from(content).toString('utf8'));
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
