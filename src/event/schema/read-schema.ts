/** Reads a schema file: Avro, Protobuf or JSON Schema, by its content. */
import { UsageError } from '../../errors.js';
import { visible } from '../../text/visible.js';
import type { Codec, Schema } from './schema.js';

/** Reads a file as text; undefined where it does not exist. Throws `UsageError` for one that cannot be read. */
export type ReadText = (path: string) => Promise<string | undefined>;

/**
 * The schema that a word names: `FILE`, `ID=FILE` for the records with this schema id, and for Protobuf
 * `FILE#MESSAGE`. Throws `UsageError` for a file that is missing or is not a schema.
 */
export async function readSchema(word: string, readText: ReadText): Promise<Schema> {
  const { id, path } = (await readText(word)) === undefined ? splitId(word) : { id: null, path: word };
  const { file, message } = (await readText(path)) === undefined ? splitMessage(path) : { file: path, message: null };
  const text = await readText(file);
  if (text === undefined) throw new UsageError(`schema file not found: ${visible(file)}`);
  try {
    return { ...(await codecOf(text, { file, message, readText })), file: path, id };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `${visible(file)} is not a schema: ${visible((error as Error).message)}`,
      'Expected an Avro schema (JSON), a .proto file, or a JSON Schema.',
      { cause: error },
    );
  }
}

function splitId(word: string): { id: string | null; path: string } {
  const [, id, path] = /^([\w-]{1,36})=(.+)$/s.exec(word) ?? [];
  return id === undefined || path === undefined ? { id: null, path: word } : { id: id.toLowerCase(), path };
}

function splitMessage(path: string): { file: string; message: string | null } {
  const at = path.lastIndexOf('#');
  return at === -1 ? { file: path, message: null } : { file: path.slice(0, at), message: path.slice(at + 1) };
}

async function codecOf(
  text: string,
  { file, message, readText }: { file: string; message: string | null; readText: ReadText },
): Promise<Codec> {
  const schema = parse(text);
  if (schema === undefined) {
    if (!/\bmessage\s/.test(text)) throw new Error('it is neither JSON nor a .proto file');
    const { protobufCodec } = await import('./protobuf.js');
    const folder = file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    return protobufCodec(text, message, (name) => readText(`${folder}${name}`));
  }
  if (isAvro(schema)) {
    const { avroCodec } = await import('./avro.js');
    return avroCodec(schema);
  }
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
    throw new Error('it is neither an Avro schema nor a JSON Schema');
  const { jsonSchemaCodec } = await import('./json-schema.js');
  return jsonSchemaCodec(schema);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Types that JSON Schema does not have, and names that it writes differently. */
const avroTypes = new Set(['record', 'error', 'enum', 'fixed', 'map', 'int', 'long', 'float', 'double', 'bytes']);

/** An Avro schema: a name of a type, a union, or an object with an Avro type and none of JSON Schema’s members. */
function isAvro(schema: unknown): boolean {
  if (typeof schema === 'string' || Array.isArray(schema)) return true;
  if (typeof schema !== 'object' || schema === null || '$schema' in schema) return false;
  const { type } = schema as { type?: unknown };
  return (
    (typeof type === 'string' && (avroTypes.has(type) || (type === 'array' && typeof (schema as { items?: unknown }).items === 'string'))) ||
    (type === 'string' && 'logicalType' in schema) ||
    (typeof type === 'object' && !Array.isArray(type))
  );
}
