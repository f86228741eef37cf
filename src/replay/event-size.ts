/** Bytes of an event as JSON, computed without building it: a replay without a handler builds none. */
import { buildEvent, type EventOrigin, type KafkaRecord } from '../event/build-event.js';

const base64Length = (bytes: Uint8Array | null): number =>
  bytes === null ? 'null'.length : 4 * Math.ceil(bytes.length / 3) + 2;

const emptyRecord = '{"topic":,"partition":,"offset":,"timestamp":,"timestampType":"","key":,"value":,"headers":[]}'
  .length;

/** Digits of a byte as Lambda writes those of headers, with the sign. */
const digits = Uint8Array.from({ length: 256 }, (_, byte) => String(byte > 127 ? byte - 256 : byte).length);

function headerBytes({ name, value }: KafkaRecord['headers'][number]): number {
  let sum = Buffer.byteLength(JSON.stringify(name)) + '{:[]}'.length;
  for (const byte of value ?? []) sum += digits[byte]!;
  return sum + Math.max(0, (value?.length ?? 0) - 1);
}

const metadataBytes = (name: string, schema: unknown): number =>
  schema === undefined ? 0 : Buffer.byteLength(`,"${name}":${JSON.stringify(schema)}`);

/** Bytes of a record in the event. */
export function recordBytes(record: KafkaRecord): number {
  const { topic, partition, offset, timestamp, timestampType = 'CREATE_TIME', key, value, headers } = record;
  let sum = emptyRecord + JSON.stringify(topic).length + timestampType.length;
  sum += String(partition).length + String(offset).length + String(timestamp).length;
  sum += base64Length(key) + base64Length(value) + Math.max(0, headers.length - 1);
  for (const header of headers) sum += headerBytes(header);
  return (
    sum +
    metadataBytes('keySchemaMetadata', record.keySchema) +
    metadataBytes('valueSchemaMetadata', record.valueSchema)
  );
}

/** Bytes of the event around the records of one partition; between two records comes one more. */
export const envelopeBytes = (topic: string, partition: number, origin: EventOrigin): number =>
  Buffer.byteLength(JSON.stringify(buildEvent([], origin))) +
  Buffer.byteLength(`${JSON.stringify(`${topic}-${partition}`)}:[]`);
