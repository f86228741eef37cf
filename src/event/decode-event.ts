/** Decodes an event: each key, value and header as it can be read, and what the handler must do to read it. */
import { decodeBase64, readable, recognise, toText, type Content, type ContentKind } from './content.js';
import type { EventRecord, KafkaEvent, SchemaMetadata } from './kafka-event.js';
import { decodeBySchemas, schemasFor } from './schema/choose-schema.js';
import type { Schema } from './schema/schema.js';

/** A key or a value as it can be read. */
export interface DecodedContent {
  kind: ContentKind;
  /** Null for null. Bytes that are not text are in hexadecimal. */
  text: string | null;
}

/** A record as it can be read. */
export interface DecodedRecord {
  topic: string;
  partition: number;
  offset: number;
  timestamp: number | null;
  key: DecodedContent;
  value: DecodedContent;
  headers: { name: string; text: string | null }[];
  /** What the handler must decode, in sentences; null where it receives readable content. */
  problem: string | null;
}

/** Schemas for keys and for values. */
export interface Schemas {
  key: readonly Schema[];
  value: readonly Schema[];
}

/** The decoded event. */
export interface DecodedEvent {
  records: DecodedRecord[];
  /** What is unusual in the event but readable. */
  notes: string[];
  /** The number of keys and values that the schemas given do not decode. */
  undecodable: number;
}

/** Decodes every record, in the order of the event. */
export function decodeEvent(event: KafkaEvent, schemas: Schemas): DecodedEvent {
  const [notes, count] = [new Set<string>(), { undecodable: 0 }];
  const records = Object.values(event.records).flatMap((group) =>
    group.map((record) => {
      const key = decodePart('key', record, schemas, count);
      const value = decodePart('value', record, schemas, count);
      for (const note of [key.note, value.note]) if (note !== null) notes.add(note);
      const problems = [key.problem, value.problem].filter((problem) => problem !== null);
      return {
        topic: record.topic,
        partition: record.partition,
        offset: record.offset,
        timestamp: record.timestamp ?? null,
        key: { kind: key.kind, text: key.text },
        value: { kind: value.kind, text: value.text },
        headers: decodeHeaders(record, notes),
        problem: problems.length === 0 ? null : problems.join(' '),
      };
    }),
  );
  return { records, notes: [...notes], undecodable: count.undecodable };
}

interface Part extends DecodedContent {
  problem: string | null;
  /** What is unusual; the handler need not decode it. */
  note: string | null;
}

function decodePart(
  part: 'key' | 'value',
  record: EventRecord,
  schemas: Schemas,
  count: { undecodable: number },
): Part {
  const encoded = record[part] ?? null;
  const bytes = encoded === null ? null : decodeBase64(encoded);
  const subject = `The ${part}`;
  if (encoded !== null && bytes === null) {
    const { topic, partition, offset } = record;
    const plain = recognise(Buffer.from(encoded, 'utf8'));
    return {
      kind: plain.kind,
      text: plain.text,
      problem: problemOf(subject, plain, null),
      note: `${part} of ${topic}-${partition} offset ${offset} is not Base64; Lambda always sends Base64`,
    };
  }
  const content = recognise(bytes, part === 'key');
  const metadata = record[`${part}SchemaMetadata`];
  const decoded = bySchema(content, bytes, { schemas: schemas[part], metadata });
  if (decoded?.fault !== undefined) count.undecodable += 1;
  return {
    kind: content.kind,
    text: decoded?.text ?? content.text,
    problem: problemOf(subject, content, decoded),
    note: null,
  };
}

/** The result of decoding by a schema. */
type BySchema = { text: string; schema: Schema; fault?: undefined } | { text?: undefined; fault: string };

/** Null where no schema was given or the content is not encoded by one. */
function bySchema(
  { kind, frame, inner }: Content,
  bytes: Uint8Array | null,
  { schemas, metadata }: { schemas: readonly Schema[]; metadata: SchemaMetadata | undefined },
): BySchema | null {
  const framed = frame === undefined ? bytes : (inner ?? null);
  if (schemas.length === 0 || framed === null || framed.length === 0 || kind === 'gzip' || kind === 'base64')
    return null;
  const id = frame?.schemaId ?? metadata?.schemaId.toLowerCase();
  const candidates = schemasFor(schemas, id);
  if (candidates.length === 0) return { fault: `no schema file was given for the schema ID ${id ?? '(none)'}` };
  const decoded = decodeBySchemas(candidates, framed, frame !== undefined || metadata !== undefined);
  if ('data' in decoded) return { text: JSON.stringify(decoded.data), schema: decoded.schema };
  // Text and JSON without a header are readable, whatever the schema.
  return frame === undefined && (kind === 'json' || kind === 'text') ? null : { fault: decoded.fault };
}

function problemOf(subject: string, content: Content, decoded: BySchema | null): string | null {
  const by =
    decoded === null
      ? ''
      : decoded.fault === undefined
        ? ` ${decoded.schema.file} decodes it (${decoded.schema.dataFormat}).`
        : ` It does not decode: ${decoded.fault}.`;
  switch (content.kind) {
    case 'confluent':
      return `${subject} has the header of a Confluent schema registry (schema ID ${content.frame!.schemaId}): after Base64, the handler must remove the 5 bytes of the header and decode the rest ${restOf(content)}, or the mapping must have the schema registry.${by}`;
    case 'glue':
      return `${subject} has the header of the AWS Glue Schema Registry (schema version ${content.frame!.schemaId}): after Base64, the handler must remove the 18 bytes of the header${content.frame!.compressed ? ', decompress the rest (zlib)' : ''} and decode ${content.frame!.compressed ? 'it' : 'the rest'} ${restOf(content)}, or the mapping must have the schema registry.${by}`;
    case 'gzip':
      return content.inner === null
        ? `${subject} begins like gzip data but cannot be decompressed: it may be cut off.`
        : `${subject} is compressed with gzip by the producer’s code: after Base64, the handler must decompress it (Lambda decompresses only what Kafka compressed).`;
    case 'base64':
      return `${subject} is Base64 text itself: the handler must decode Base64 twice, or the producer must send the bytes.`;
    default:
      return by.includes('does not decode') ? `${subject} was not decoded.${by}` : null;
  }
}

/** How to decode what follows the header, as far as the content shows it. */
const restOf = ({ inner }: Content): string =>
  inner !== null && inner !== undefined && (toText(inner) ?? '').trimStart().startsWith('{')
    ? 'as JSON'
    : 'with this schema (Avro or Protobuf)';

function decodeHeaders(
  { headers, topic, partition, offset }: EventRecord,
  notes: Set<string>,
): DecodedRecord['headers'] {
  return (headers ?? []).flatMap((header) =>
    Object.entries(header).map(([name, bytes]: [string, number[] | null]) => {
      if (bytes === null) return { name, text: null };
      if (bytes.some((byte) => byte > 127))
        notes.add(
          `header ${name} of ${topic}-${partition} offset ${offset} has bytes above 127; Lambda sends signed bytes, from -128 to 127`,
        );
      return { name, text: readable(Uint8Array.from(bytes)) };
    }),
  );
}
