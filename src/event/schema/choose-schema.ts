/** Which of the schemas given decodes a content, and the decoding. */
import { readMessageIndexes } from '../wire-format.js';
import type { Schema } from './schema.js';

/** The schemas for a schema ID: those that the user gave for it, otherwise those without an ID. Empty: none fits. */
export function schemasFor(schemas: readonly Schema[], id: string | undefined): readonly Schema[] {
  const named = schemas.filter((schema) => schema.id !== null && schema.id === id);
  return named.length > 0 ? named : schemas.filter((schema) => schema.id === null);
}

/** Content as data of JSON with the schema that decodes it, or why none does. */
export type BySchemas = { data: unknown; schema: Schema } | { fault: string };

/**
 * Decodes by the first schema that fits. `withIndexes`: a serializer of a registry wrote it, so a Protobuf message has
 * the indexes of its type before it.
 */
export function decodeBySchemas(schemas: readonly Schema[], bytes: Uint8Array, withIndexes: boolean): BySchemas {
  const faults: string[] = [];
  for (const schema of schemas) {
    try {
      return { data: decodeBy(schema, bytes, withIndexes), schema };
    } catch (error) {
      faults.push(`${schema.file}: ${(error as Error).message}`);
    }
  }
  return { fault: faults.join('; ') };
}

function decodeBy(schema: Schema, bytes: Uint8Array, withIndexes: boolean): unknown {
  if (schema.dataFormat !== 'PROTOBUF' || !withIndexes) return schema.decode(bytes);
  const indexes = readMessageIndexes(bytes);
  try {
    if (indexes !== null) return schema.decode(indexes.rest, indexes.path);
  } catch {
    // Some serializers write none.
  }
  return schema.decode(bytes);
}
