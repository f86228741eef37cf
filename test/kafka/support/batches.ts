/** Batches of records as a broker stores them. */
import { Writer } from '../../../src/kafka/bytes.js';

export interface BatchRecord {
  key: Buffer | null;
  value: Buffer | null;
  headers: [name: string, value: string][];
}

interface Batch {
  firstOffset: number;
  timestamp: number;
  attributes?: number;
  records?: readonly BatchRecord[];
  /** Contents of records that follow no rule, after their attributes. */
  raw?: readonly Buffer[];
  compress?: (bytes: Buffer) => Buffer;
}

function sized(to: Writer, bytes: Buffer | null): void {
  to.varlong(bytes?.length ?? -1);
  if (bytes !== null) to.raw(bytes);
}

function recordBytes({ key, value, headers }: BatchRecord, index: number): Buffer {
  const writer = new Writer();
  writer.varlong(index);
  writer.varlong(index);
  sized(writer, key);
  sized(writer, value);
  writer.varlong(headers.length);
  for (const [name, text] of headers) {
    sized(writer, Buffer.from(name));
    sized(writer, Buffer.from(text));
  }
  return writer.bytes();
}

/** Format 2. The time of each record is one millisecond after that of the one before. */
export function batch2({
  firstOffset,
  timestamp,
  attributes = 0,
  records = [],
  raw,
  compress = (b) => b,
}: Batch): Buffer {
  const contents = raw ?? records.map(recordBytes);
  const content = new Writer();
  for (const each of contents) {
    content.varlong(each.length + 1);
    content.int8(0);
    content.raw(each);
  }
  const rest = new Writer();
  rest.int16(attributes);
  rest.int32(contents.length - 1);
  rest.int64(timestamp);
  rest.int64(timestamp + contents.length - 1);
  rest.int64(-1);
  rest.int16(-1);
  rest.int32(-1);
  rest.int32(contents.length);
  rest.raw(compress(content.bytes()));
  const tail = rest.bytes();
  const head = new Writer();
  head.int64(firstOffset);
  head.int32(tail.length + 9);
  head.int32(-1);
  head.int8(2);
  head.int32(0);
  return Buffer.concat([head.bytes(), tail]);
}

interface Message {
  magic: number;
  offset: number;
  timestamp?: number;
  attributes?: number;
  key?: Buffer;
  value: Buffer;
}

/** Formats 0 and 1. */
export function message({ magic, offset, timestamp = -1, attributes = 0, key, value }: Message): Buffer {
  const body = new Writer();
  body.int32(0);
  body.int8(magic);
  body.int8(attributes);
  if (magic === 1) body.int64(timestamp);
  body.int32(key?.length ?? -1);
  if (key !== undefined) body.raw(key);
  body.int32(value.length);
  body.raw(value);
  const bytes = body.bytes();
  const head = new Writer();
  head.int64(offset);
  head.int32(bytes.length);
  return Buffer.concat([head.bytes(), bytes]);
}
